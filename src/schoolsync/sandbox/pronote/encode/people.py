"""Whom and what a page speaks of, as elements: pupils, teachers, classes, subjects, periods.

Every page of a session gives the same thing the same id, which `Call.thing`
turns into its name again: `pupil:e1`, `subject:FRANCAIS`, `period:Trimestre 1`.
"""

from __future__ import annotations

from typing import Any

from schoolsync.model import Period
from schoolsync.sandbox.college.roll import Account, PupilFile, Teacher
from schoolsync.sandbox.college.year import TermPeriod
from schoolsync.sandbox.pronote.encode.words import element
from schoolsync.sandbox.pronote.ids import Ids

__all__ = [
    "CLASS",
    "GROUP",
    "GUARDIAN",
    "PERIOD",
    "PUPIL",
    "ROOM",
    "STAFF",
    "SUBJECT",
    "TEACHER",
    "account_element",
    "class_element",
    "group_element",
    "period_element",
    "pupil_element",
    "room_element",
    "school_element",
    "subject_element",
    "teacher_element",
]

CLASS, GROUP, TEACHER, PUPIL, GUARDIAN = 1, 2, 3, 4, 5
SUBJECT, ROOM, STAFF = 16, 17, 34
PERIOD = 11
"""Kinds of resources, the same in every generation."""

# The numbers in front of an id, as real servers have them. They are no kinds.
PREFIXES = {
    "class": 23,
    "group": 60,
    "guardian": 5,
    "period": 105,
    "pupil": 46,
    "room": 17,
    "school": 50,
    "subject": 79,
    "teacher": 3,
}


def _of(ids: Ids, what: str, name: str) -> str:
    return ids.of(PREFIXES[what], f"{what}:{name}")


def pupil_element(ids: Ids, file: PupilFile) -> dict[str, Any]:
    """A pupil: `pupil:e1`."""
    return element(_of(ids, "pupil", file.number), file.pupil.name, PUPIL)


def account_element(ids: Ids, account: Account) -> dict[str, Any]:
    """Who is signed in, where that is no pupil: `guardian:p1`, `teacher:t1`."""
    what, kind = ("teacher", TEACHER) if account.kind == "teacher" else ("guardian", GUARDIAN)
    return element(_of(ids, what, account.number), account.name, kind)


def teacher_element(ids: Ids, teacher: Teacher | str, kind: int | None = TEACHER) -> dict[str, Any]:
    """Somebody who teaches, by their short name if given as text: `teacher:t1`, `teacher:RENFORT B.`."""
    if isinstance(teacher, str):
        return element(_of(ids, "teacher", teacher), teacher, kind)
    return element(_of(ids, "teacher", teacher.number), teacher.name, kind)


def class_element(ids: Ids, name: str, kind: int | None = CLASS) -> dict[str, Any]:
    """A class: `class:4B`."""
    return element(_of(ids, "class", name), name, kind)


def group_element(ids: Ids, name: str, kind: int | None = GROUP) -> dict[str, Any]:
    """A group of pupils: `group:4ESP-LV2`."""
    return element(_of(ids, "group", name), name, kind)


def room_element(ids: Ids, name: str, kind: int | None = ROOM) -> dict[str, Any]:
    """A room: `room:B204`."""
    return element(_of(ids, "room", name), name, kind)


def school_element(ids: Ids, name: str) -> dict[str, Any]:
    """The school: `school:COLLEGE EXEMPLE`."""
    return element(_of(ids, "school", name), name)


def subject_element(ids: Ids, name: str, kind: int | None = SUBJECT, **more: Any) -> dict[str, Any]:
    """What is taught: `subject:FRANCAIS`."""
    return element(_of(ids, "subject", name), name, kind, **more)


def period_element(
    ids: Ids, period: TermPeriod | Period | str, kind: int | None = None, **more: Any
) -> dict[str, Any]:
    """A period of the year: `period:Trimestre 1`."""
    record = period.record if isinstance(period, TermPeriod) else period
    name = record if isinstance(record, str) else record.name
    return element(_of(ids, "period", name), name, kind, **more)
