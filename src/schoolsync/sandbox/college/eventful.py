"""The week of `today`, in which something of every kind happens to everybody's timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from schoolsync.model import LessonKind
from schoolsync.sandbox.college.lessons import (
    COUNCIL,
    LessonSheet,
    VirtualRoom,
    cancelled,
    changed,
    exempted,
    in_room,
    joined_online,
    lesson_sheet,
    moved,
    replacing,
    taught_by,
    with_memo,
    with_test,
)
from schoolsync.sandbox.college.staff import COUNSELLOR
from schoolsync.sandbox.college.weekplan import ROOMS, rank_at, teacher_of

if TYPE_CHECKING:
    from schoolsync.sandbox.college.timetable import Timetable

__all__ = ["COVER", "fill_week"]

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
COVER = "RENFORT B."
"""Who stands in."""
COURSE_LABEL, SITE, MATERIAL = 93, 94, 79
"""Kinds of further contents, as servers since 2025 count them."""
RESERVED, PERIOD_LABEL = 0, 4
"""Markers of contents that have no kind."""
ROOMS_ONLINE = (
    VirtualRoom("Classe virtuelle", "https://visio.example.test/r/42?pin=1&lang=fr"),
    VirtualRoom("Salle de secours", "https://visio.example.test/r/43", "Entrer", "En cas de panne."),
)
MEMO = "Apporter le compas & la règle.\nLes petits carreaux suffisent."


def fill_week(timetable: Timetable) -> None:
    """In the week of `today`, one row of every kind is in *timetable*."""
    monday = timetable.year.calendar.monday
    for (weekday, place), become in CHANGES.items():
        sheet = timetable.sheet(monday + dt.timedelta(weekday), place)
        timetable.replace(sheet, *become(timetable, sheet))
    for weekday, new in ADDED:
        timetable.add(*new(timetable, monday + dt.timedelta(weekday)))


# -- what happens to lessons -------------------------------------------------------


def _replaced(_: Timetable, sheet: LessonSheet) -> tuple[LessonSheet, ...]:
    """Cancelled, and something else in its place."""
    subject = "ARTS PLASTIQUES"
    return cancelled(sheet), replacing(sheet, subject, teacher_of(subject), ROOMS[subject][0])


def _in_two_groups(timetable: Timetable, sheet: LessonSheet) -> tuple[LessonSheet, ...]:
    """Two lessons at once, neither of which stands in for the other."""
    parts = [f"{timetable.file.class_name} GR.{number}" for number in (1, 2)]
    subjects = ("SCIENCES VIE & TERRE", "ANGLAIS LV1")
    return tuple(
        _row(
            timetable,
            sheet.day,
            sheet.place,
            rank=sheet.rank + number,
            subject=subject,
            class_parts=(part,),
            fields={"teachers": (teacher_of(subject),), "rooms": ROOMS[subject]},
        )
        for number, (part, subject) in enumerate(zip(parts, subjects, strict=True))
    )


def _moved(timetable: Timetable, sheet: LessonSheet) -> tuple[LessonSheet, ...]:
    """To the end of the day."""
    return (moved(sheet, timetable.year, sheet.day, 17),)


def _without_end(_: Timetable, sheet: LessonSheet) -> tuple[LessonSheet, ...]:
    """The server leaves its end to the grid."""
    record = sheet.record.model_copy(update={"end_inferred": True})
    return (attrs.evolve(sheet, record=record, says_end=False),)


def _labelled(_: Timetable, sheet: LessonSheet) -> tuple[LessonSheet, ...]:
    """With everything else that the contents of a lesson may hold."""
    labels = (("Module 3", COURSE_LABEL), ("Annexe sud", SITE), ("Chariot de tablettes", MATERIAL))
    markers = (("Réservé par le CDI", RESERVED), ("1er semestre", PERIOD_LABEL))
    return (attrs.evolve(sheet, labels=labels, markers=markers),)


def _dropped(_: Timetable, __: LessonSheet) -> tuple[LessonSheet, ...]:
    return ()


Become = Callable[["Timetable", LessonSheet], tuple[LessonSheet, ...]]

CHANGES: Mapping[tuple[int, int], Become] = {
    (MONDAY, 0): lambda _, sheet: (cancelled(sheet, "Prof. absent"),),
    (MONDAY, 2): _replaced,
    (MONDAY, 4): lambda _, sheet: (in_room(sheet, "C001"),),
    (MONDAY, 6): lambda _, sheet: (with_test(sheet),),
    (MONDAY, 11): lambda _, sheet: (with_test(sheet, is_evaluation=True),),
    (MONDAY, 13): _in_two_groups,
    (TUESDAY, 0): lambda _, sheet: (taught_by(sheet, COVER),),
    (TUESDAY, 4): lambda _, sheet: (joined_online(sheet, *ROOMS_ONLINE),),
    (TUESDAY, 6): lambda _, sheet: (with_memo(sheet, MEMO),),
    (TUESDAY, 11): _moved,
    (WEDNESDAY, 0): lambda _, sheet: (exempted(sheet),),
    (WEDNESDAY, 2): lambda _, sheet: (exempted(sheet, from_home=True),),
    (THURSDAY, 4): _dropped,
    (THURSDAY, 6): _dropped,
    (THURSDAY, 11): _dropped,
    (THURSDAY, 13): _labelled,
    (THURSDAY, 15): _dropped,
    (FRIDAY, 2): _without_end,
    (FRIDAY, 4): lambda _, sheet: (changed(sheet, "Exceptionnel"),),
    (FRIDAY, 6): lambda _, sheet: (cancelled(sheet, "Classe absente"),),
}
"""Weekday and place of a lesson → what stands there instead."""


# -- what is added -----------------------------------------------------------------


def _row(timetable: Timetable, day: dt.date, place: int, **more: Any) -> LessonSheet:
    more.setdefault("rank", rank_at(place))
    return lesson_sheet(timetable.file.pupil, timetable.year, day, place, **more)


def _detention(timetable: Timetable, day: dt.date) -> tuple[LessonSheet, ...]:
    fields = {
        "kind": LessonKind.DETENTION,
        "groups": ("Retenue",),
        "teachers": (COUNSELLOR.name,),
        "rooms": ("Permanence",),
        "colour": "#ff0000",
    }
    return (_row(timetable, day, 13, kind=None, fields=fields),)


def _outing(timetable: Timetable, day: dt.date) -> tuple[LessonSheet, ...]:
    """From the morning break until after the meal."""
    fields = {
        "kind": LessonKind.OUTING,
        "note": "Visite du musée qui n'existe pas",
        "teachers": (teacher_of("HISTOIRE-GEOGRAPHIE"), teacher_of("ARTS PLASTIQUES")),
        "colour": "#ffffff",
    }
    who = ("Classe", timetable.file.class_name)
    return (_row(timetable, day, 4, length=9, kind=None, audience=who, fields=fields),)


def _study(timetable: Timetable, day: dt.date) -> tuple[LessonSheet, ...]:
    fields = {"kind": LessonKind.STUDY, "rooms": ("Permanence",)}
    return (_row(timetable, day, 15, subject="PERMANENCE", fields=fields),)


def _council(timetable: Timetable, day: dt.date) -> tuple[LessonSheet, ...]:
    fields = {
        "kind": LessonKind.OTHER,
        "teachers": (teacher_of("MATHEMATIQUES"), teacher_of("FRANCAIS")),
        "rooms": ("Salle du conseil",),
    }
    return (_row(timetable, day, 17, kind=COUNCIL, classes=(timetable.file.class_name,), fields=fields),)


ADDED: tuple[tuple[int, Callable[[Timetable, dt.date], tuple[LessonSheet, ...]]], ...] = (
    (WEDNESDAY, _detention),
    (THURSDAY, _outing),
    (THURSDAY, _study),
    (THURSDAY, _council),
)
"""Weekday → what is there beside the lessons."""
