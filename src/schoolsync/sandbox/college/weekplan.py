"""Who is taught what and when: a pattern of two weeks for each class, drawn once from a seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping

import attrs

from schoolsync.sandbox.college.lessons import LessonSheet, lesson_sheet
from schoolsync.sandbox.college.roll import TEACHERS, PupilFile
from schoolsync.sandbox.college.year import CollegeYear

__all__ = ["FRAME", "ROOMS", "WeekPlan", "draw_week_plan", "rank_at", "teacher_of"]

FRAME: Mapping[int, tuple[tuple[int, int], ...]] = {
    0: ((0, 2), (2, 2), (4, 2), (6, 2), (11, 2), (13, 2)),
    1: ((0, 4), (4, 2), (6, 2), (11, 2), (13, 4)),
    2: ((0, 2), (2, 2), (4, 4)),
    3: ((0, 2), (2, 2), (4, 2), (6, 2), (11, 2), (13, 2), (15, 2)),
    4: ((2, 2), (4, 2), (6, 2), (11, 2), (15, 2)),
}
"""Weekday → first place and number of places of each lesson.

The last lesson of a Tuesday goes on through the break; on Wednesdays the afternoon is free, and on
Fridays there is a hole in it.
"""
WEEKDAYS = len(FRAME)

HOURS = {
    "MATHEMATIQUES": 4,
    "FRANCAIS": 4,
    "HISTOIRE-GEOGRAPHIE": 3,
    "ANGLAIS LV1": 3,
    "ESPAGNOL LV2": 3,
    "ED.PHYSIQUE & SPORT.": 3,
    "SCIENCES VIE & TERRE": 2,
    "ARTS PLASTIQUES": 1,
}
"""Subject → its share of the lessons."""
IN_GROUPS = "ESPAGNOL LV2"
"""What only those learn who are in a group for it."""

ROOMS: Mapping[str, tuple[str, ...]] = {
    "MATHEMATIQUES": ("B204",),
    "FRANCAIS": ("B110",),
    "HISTOIRE-GEOGRAPHIE": ("A101",),
    "ANGLAIS LV1": ("A104",),
    "ESPAGNOL LV2": ("A105",),
    "SCIENCES VIE & TERRE": ("Labo 1", "Labo 2"),
    "ARTS PLASTIQUES": ("205 <arts>",),
}
"""Subject → where it is taught; sport is taught nowhere in particular."""


def teacher_of(subject: str) -> str:
    """Who teaches *subject*, as lessons show it.

    Raises:
        StopIteration: Nobody does.
    """
    return next(one.name for one in TEACHERS if one.subject == subject)


def rank_at(place: int) -> int:
    """The rank of what usually takes place at *place*; the one above is free for what replaces it."""
    return 100 + 2 * place


@attrs.frozen
class WeekPlan:
    """Which subject is taught in each lesson of two weeks."""

    pattern: tuple[tuple[str, ...], ...]
    """Day of the fortnight (0 to 9) → the subject of each lesson of `FRAME`."""

    def sheets(self, file: PupilFile, year: CollegeYear, day: dt.date) -> Iterator[LessonSheet]:
        """The lessons of *day*, in order; none outside school days."""
        if not year.calendar.is_school_day(day):
            return
        subjects = self.pattern[(year.fortnight(day) - 1) * WEEKDAYS + day.weekday()]
        for (place, length), subject in zip(FRAME[day.weekday()], subjects, strict=True):
            yield lesson_sheet(
                file.pupil,
                year,
                day,
                place,
                length=length,
                rank=rank_at(place),
                subject=subject,
                groups=_groups(file, subject),
                fields={"teachers": (teacher_of(subject),), "rooms": ROOMS.get(subject, ())},
            )


def _groups(file: PupilFile, subject: str) -> tuple[str, ...]:
    """The pupil's groups for *subject*, in the brackets in which the college shows groups."""
    if subject != IN_GROUPS:
        return ()
    return tuple(f"[{name}]" for name in file.groups if name.endswith("LV2"))


def draw_week_plan(seed: int, file: PupilFile) -> WeekPlan:
    """The pattern of a pupil's class: the same for all who are in it."""
    chance = random.Random(f"timetable {seed} {file.class_name}")
    learns_groups = bool(_groups(file, IN_GROUPS))
    deck = [name for name, hours in HOURS.items() for _ in range(hours) if learns_groups or name != IN_GROUPS]
    lessons = 2 * sum(map(len, FRAME.values()))
    turns = (deck * (lessons // len(deck) + 1))[:lessons]
    chance.shuffle(turns)
    drawn = iter(turns)
    return WeekPlan(tuple(tuple(next(drawn) for _ in FRAME[day % WEEKDAYS]) for day in range(2 * WEEKDAYS)))
