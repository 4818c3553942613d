"""Rows of the timetable: how one is written down, and what may become of it.

A *sheet* holds the neutral record and what only the server says beside it. Each
change gives a new sheet, both halves of which say the same.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import attrs

from schoolsync.model import FrozenMap, Lesson, LessonStatus, Pupil
from schoolsync.sandbox.college.subjects import subject_called
from schoolsync.sandbox.college.year import CollegeYear
from schoolsync.sandbox.papers import named

__all__ = [
    "COUNCIL",
    "NORMAL",
    "REPLACING",
    "SUBSTITUTE",
    "LessonSheet",
    "VirtualRoom",
    "cancelled",
    "changed",
    "exempted",
    "in_room",
    "joined_online",
    "lesson_sheet",
    "moved",
    "replacing",
    "taught_by",
    "with_memo",
    "with_test",
]

NORMAL, COUNCIL, REPLACING, SUBSTITUTE = 0, 1, 2, 4
"""Kinds of rows, as the server counts them."""
SUBSTITUTE_MARKER = 3
"""What marks a line of a lesson's contents that speaks of a substitute."""
TEACHER_AWAY = re.compile(r"prof.*absent", re.IGNORECASE)


@attrs.frozen
class VirtualRoom:
    """Where to join a lesson from home."""

    name: str
    """What it is called."""
    url: str
    """Where it is."""
    link_label: str = "Rejoindre"
    """What to click on."""
    comment: str = ""
    """What the teacher added."""


@attrs.frozen(kw_only=True)
class LessonSheet:
    """One row of the timetable."""

    record: Lesson
    """As a correct client delivers it; only who replaces whom is left for the timetable to say."""
    place: int
    """The place of the day at which it begins."""
    length: int
    """How many places it takes."""
    kind: int | None = NORMAL
    """`NORMAL` and so on; detentions and outings have none."""
    classes: tuple[str, ...] = ()
    """Those of the record's groups that are whole classes."""
    class_parts: tuple[str, ...] = ()
    """Those of the record's groups that are parts of a class."""
    labels: tuple[tuple[str, int], ...] = ()
    """Further contents: text, and its kind on servers since 2025."""
    markers: tuple[tuple[str, int], ...] = ()
    """Contents without a kind: text, and its marker."""
    virtual_rooms: tuple[VirtualRoom, ...] = ()
    """Where to join it, one for each of the record's addresses."""
    follows_from_home: bool = False
    """Whether a pupil who need not come takes part from home."""
    is_evaluation: bool = False
    """Whether its test is one of skills."""
    says_end: bool = True
    """Whether the server says when it ends, rather than leave that to the grid."""
    audience: tuple[str, str] = ("Classe", "")
    """Who goes on an outing: `Classe`, `4B`."""

    @property
    def key(self) -> str:
        """Of the record."""
        return self.record.key

    @property
    def day(self) -> dt.date:
        """On which day."""
        return self.record.start.date()

    @property
    def rank(self) -> int:
        """Of several rows in one place, the highest is shown on top."""
        return int(str(self.record.extras["pronote.num"]))

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.record.status is LessonStatus.CANCELLED

    def overlaps(self, other: LessonSheet) -> bool:
        """Whether both take one place of one day."""
        return (
            self.day == other.day
            and self.place < other.place + other.length
            and other.place < self.place + self.length
        )


def lesson_sheet(
    pupil: Pupil,
    year: CollegeYear,
    day: dt.date,
    place: int,
    *,
    length: int = 2,
    rank: int = 100,
    subject: str | None = None,
    groups: Sequence[str] = (),
    classes: Sequence[str] = (),
    class_parts: Sequence[str] = (),
    says_end: bool = True,
    fields: dict[str, Any] | None = None,
    **more: Any,
) -> LessonSheet:
    """A row whose neutral record says the same as its other fields.

    Args:
        pupil: Whose timetable it is in.
        year: Knows the grid.
        day: The day.
        place: The place of the day at which it begins.
        length: How many places it takes.
        rank: Of several rows in one place, the highest is shown on top.
        subject: What is taught.
        groups: Groups who are taught, as the college writes them.
        classes: Classes who are taught; they come after the groups.
        class_parts: Parts of classes who are taught; they come last.
        says_end: Whether the server says when it ends.
        fields: Fields of the `Lesson`: `teachers`, `rooms`, `kind`, …
        more: Fields of the `LessonSheet`.
    """
    shown = subject_called(subject) if subject else None
    record = Lesson(
        **{
            **named("lesson", f"{day}-{place}-{rank}", pupil, num=rank),
            "start": year.start_of(day, place),
            "end": year.end_of(day, place, length),
            "end_inferred": not says_end,
            "subject": shown,
            "groups": (*groups, *classes, *class_parts),
            "colour": shown.colour if shown else None,
            **(fields or {}),
        }
    )
    return LessonSheet(
        record=record,
        place=place,
        length=length,
        classes=(*classes,),
        class_parts=(*class_parts,),
        says_end=says_end,
        **more,
    )


# -- what may become of it ---------------------------------------------------------


def changed(
    sheet: LessonSheet, words: str | None, status: LessonStatus = LessonStatus.UNKNOWN, **fields: Any
) -> LessonSheet:
    """*sheet*, of which the school says *words*.

    Args:
        sheet: The row.
        words: What the server shows.
        status: What a correct client understands by it.
        fields: Further fields of the `Lesson` that are different.
    """
    update = {"status": status, "status_text": words, **fields}
    return attrs.evolve(sheet, record=sheet.record.model_copy(update=update))


def cancelled(sheet: LessonSheet, words: str = "Cours annulé") -> LessonSheet:
    """*sheet* does not take place; *words* may say that the teacher is away: `Prof. absent`."""
    away = True if TEACHER_AWAY.search(words) else None
    return changed(sheet, words, LessonStatus.CANCELLED, is_teacher_absent=away)


def replacing(sheet: LessonSheet, subject: str, teacher: str, room: str) -> LessonSheet:
    """What takes place instead of *sheet*, in its place and above it."""
    rank = sheet.rank + 1
    shown = subject_called(subject)
    key = f"{sheet.key.rpartition('-')[0]}-{rank}"
    extras = FrozenMap({**sheet.record.extras, "pronote.num": rank})
    facts = {"key": key, "extras": extras, "subject": shown, "colour": shown.colour}
    new = attrs.evolve(sheet, kind=REPLACING, record=sheet.record.model_copy(update=facts))
    return changed(new, "Remplacement", LessonStatus.REPLACED, teachers=(teacher,), rooms=(room,))


def in_room(sheet: LessonSheet, room: str) -> LessonSheet:
    """*sheet* in another room."""
    return changed(sheet, "Changement de salle", LessonStatus.ROOM_CHANGED, rooms=(room,))


def taught_by(sheet: LessonSheet, teacher: str) -> LessonSheet:
    """*sheet* with a substitute, whom the row marks as one."""
    new = attrs.evolve(sheet, kind=SUBSTITUTE, markers=(("Remplaçant", SUBSTITUTE_MARKER),))
    return changed(new, "Remplaçant", LessonStatus.TEACHER_CHANGED, teachers=(teacher,))


def moved(sheet: LessonSheet, year: CollegeYear, day: dt.date, place: int) -> LessonSheet:
    """*sheet* at another time; where it was, the server lists nothing any more."""
    new = attrs.evolve(sheet, place=place)
    start, end = year.start_of(day, place), year.end_of(day, place, sheet.length)
    return changed(new, "Cours déplacé", LessonStatus.MOVED, start=start, end=end)


def exempted(sheet: LessonSheet, *, from_home: bool = False) -> LessonSheet:
    """*sheet*, to which the pupil need not come; perhaps they take part from home."""
    status = LessonStatus.ONLINE if from_home else LessonStatus.SCHEDULED
    new = attrs.evolve(sheet, follows_from_home=from_home)
    return changed(new, None, status, is_exempted=True)


def with_test(sheet: LessonSheet, *, is_evaluation: bool = False) -> LessonSheet:
    """*sheet* with a test, or an evaluation of skills."""
    record = sheet.record.model_copy(update={"is_test": True})
    return attrs.evolve(sheet, record=record, is_evaluation=is_evaluation)


def joined_online(sheet: LessonSheet, *rooms: VirtualRoom) -> LessonSheet:
    """*sheet* with virtual rooms."""
    record = sheet.record.model_copy(update={"online_urls": tuple(room.url for room in rooms)})
    return attrs.evolve(sheet, record=record, virtual_rooms=rooms)


def with_memo(sheet: LessonSheet, memo: str) -> LessonSheet:
    """*sheet* with a note: plain text, perhaps of several lines."""
    extras = FrozenMap({**sheet.record.extras, "pronote.memo": memo})
    return attrs.evolve(sheet, record=sheet.record.model_copy(update={"note": memo, "extras": extras}))
