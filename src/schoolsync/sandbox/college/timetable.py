"""The timetable of one pupil: every row that the server lists, and what a correct client makes of them.

A day's rows are made when somebody asks for them, always the same ones, unless
somebody has put others there: those come out as they were put in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs

from schoolsync.model import Lesson, LessonKind
from schoolsync.sandbox.college.eventful import fill_week
from schoolsync.sandbox.college.lessons import LessonSheet
from schoolsync.sandbox.college.roll import PupilFile
from schoolsync.sandbox.college.weekplan import WeekPlan, draw_week_plan
from schoolsync.sandbox.college.year import BREAKS, CANTEEN, CANTEEN_DAYS, Band, CollegeYear
from schoolsync.sandbox.papers import named

__all__ = ["Timetable", "draw_timetable"]

DAY = dt.timedelta(days=1)


@attrs.define
class Timetable:
    """The lessons of one pupil."""

    file: PupilFile
    """Whose they are."""
    year: CollegeYear
    """The school year."""
    plan: WeekPlan
    """What usually takes place."""
    _changed: dict[dt.date, tuple[LessonSheet, ...]] = attrs.field(factory=dict)
    _planned: dict[dt.date, tuple[LessonSheet, ...]] = attrs.field(
        factory=dict, init=False, repr=False, eq=False
    )

    # -- readings ------------------------------------------------------------------

    def sheets_of(self, day: dt.date) -> tuple[LessonSheet, ...]:
        """Every row of *day*, by start; of several in one place, the one on top comes last."""
        if day in self._changed:
            return self._changed[day]
        if day not in self._planned:
            self._planned[day] = tuple(self.plan.sheets(self.file, self.year, day))
        return self._planned[day]

    def sheets(self, first: dt.date, last: dt.date) -> tuple[LessonSheet, ...]:
        """Every row that the server lists from *first* to *last*, both included, by start."""
        return tuple(sheet for day in _days(first, last) for sheet in self.sheets_of(day))

    def rows(self, first: dt.date, last: dt.date, *, says_ends: bool = True) -> tuple[Lesson, ...]:
        """The same as records: what a correct client delivers when asked for every row.

        Args:
            first: The first day.
            last: The last day, included.
            says_ends: Whether the server says when a lesson ends, as all but old ones do.
        """
        days = (self.sheets_of(day) for day in _days(first, last))
        return tuple(_told(sheet, sheets, says_ends=says_ends) for sheets in days for sheet in sheets)

    def lessons(self, first: dt.date, last: dt.date, *, says_ends: bool = True) -> tuple[Lesson, ...]:
        """What a correct client delivers unless asked for every row, by start.

        A cancelled lesson that another one takes the place of is not shown; breaks and the canteen
        are, on days with lessons, where they have a length and no lesson takes their time.

        Args:
            first: As for `rows`.
            last: As for `rows`.
            says_ends: As for `rows`.
        """
        shown = [row for row in self.rows(first, last, says_ends=says_ends) if not row.replaced_by_key]
        days = groupby(shown, lambda row: row.start.date())
        bands = [band for day, lessons in days for band in self._bands(day, [*lessons])]
        return tuple(sorted([*shown, *bands], key=lambda row: row.start))

    def _bands(self, day: dt.date, lessons: Iterable[Lesson]) -> Iterator[Lesson]:
        """What lies between the *lessons* of *day*."""
        bands = [(band, "break") for band in BREAKS]
        if day.weekday() in CANTEEN_DAYS:
            bands.append((CANTEEN, "canteen"))
        for band, name in bands:
            row = self._band(day, band, name)
            is_free = all(row.end <= lesson.start or lesson.end <= row.start for lesson in lessons)
            if is_free and row.start < row.end:
                yield row

    def _band(self, day: dt.date, band: Band, name: str) -> Lesson:
        zone = self.year.zone
        return Lesson(
            **named("lesson", f"{day}-{band.label}", self.file.pupil, band=name),
            start=dt.datetime.combine(day, band.start, zone),
            end=dt.datetime.combine(day, band.end, zone),
            groups=(band.label,),
            kind=LessonKind.BREAK,
        )

    # -- changes -------------------------------------------------------------------

    def set_day(self, day: dt.date, sheets: Iterable[LessonSheet]) -> None:
        """The rows of *day* are *sheets* from now on.

        Raises:
            ValueError: One of them is of another day.
        """
        rows = sorted(sheets, key=lambda sheet: (sheet.record.start, sheet.rank))
        if any(sheet.day != day for sheet in rows):
            raise ValueError("a row of another day")
        self._changed[day] = tuple(rows)

    def add(self, *sheets: LessonSheet) -> None:
        """There are these rows, too."""
        for sheet in sheets:
            self.set_day(sheet.day, (*self.sheets_of(sheet.day), sheet))

    def replace(self, sheet: LessonSheet, *new: LessonSheet) -> None:
        """Instead of *sheet* there are *new* ones, on its day or others; none: it is not listed any more.

        Raises:
            LookupError: *sheet* is not in the timetable.
        """
        before = self.sheets_of(sheet.day)
        kept = tuple(one for one in before if one.key != sheet.key)
        if len(kept) == len(before):
            raise LookupError(sheet.key)
        self.set_day(sheet.day, kept)
        self.add(*new)

    def sheet(self, day: dt.date, place: int) -> LessonSheet:
        """The topmost row that begins at *place* of *day*.

        Raises:
            LookupError: There is none.
        """
        for sheet in reversed(self.sheets_of(day)):
            if sheet.place == place:
                return sheet
        raise LookupError(f"nothing begins at place {place} of that day")


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return (first + DAY * number for number in range((last - first).days + 1))


def _told(sheet: LessonSheet, sheets: Iterable[LessonSheet], *, says_ends: bool) -> Lesson:
    """The record of *sheet* among *sheets*: who replaces whom, and whether its end was said."""
    over = [one for one in sheets if one.overlaps(sheet) and one.is_cancelled is not sheet.is_cancelled]
    first = min(over, key=lambda one: (one.record.start, -one.rank), default=None)
    keys = {"replaced_by_key" if sheet.is_cancelled else "replaces_key": first.key} if first else {}
    return sheet.record.model_copy(update={**keys, "end_inferred": not (says_ends and sheet.says_end)})


def draw_timetable(file: PupilFile, year: CollegeYear, seed: int) -> Timetable:
    """The timetable of a pupil, with something of every kind in the week of `today`."""
    timetable = Timetable(file, year, draw_week_plan(seed, file))
    fill_week(timetable)
    return timetable
