"""The school year of the collège: weeks, the grid of a day, periods, holidays.

The grid has half-hour places from eight, as most schools have, and lessons of 55
minutes on it: the labels say when a place really begins and ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import attrs

from schoolsync.model import Period
from schoolsync.sandbox.year import Calendar

__all__ = [
    "BREAKS",
    "CANTEEN",
    "PLACES_PER_DAY",
    "PLACES_PER_HOUR",
    "SLOTS",
    "Band",
    "CollegeYear",
    "Holiday",
    "TermPeriod",
]

ZONE = ZoneInfo("Europe/Paris")
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
AHEAD = dt.timedelta(weeks=4)
"""How much of the year there is after the day of the opening, at least."""

PLACES_PER_DAY = 20
PLACES_PER_HOUR = 2
FIRST_HOUR = dt.time(8)
HALF_DAY_PLACE = 10
"""The place at which the afternoon begins, where absences are counted by half days."""

STARTS = (
    *("08h00", "08h30", "08h55", "09h25", "10h05", "10h35", "11h00", "11h30", "11h55", "12h30"),
    *("13h00", "13h30", "14h00", "14h25", "14h55", "15h35", "16h05", "16h30", "17h00", "17h25", "18h00"),
)
"""When each place begins; one entry more than there are places."""
ENDS = (
    *("08h30", "08h55", "09h25", "09h50", "10h35", "11h00", "11h30", "11h55", "12h30", "13h00"),
    *("13h30", "14h00", "14h25", "14h55", "15h20", "16h05", "16h30", "17h00", "17h25", "18h00", "18h00"),
)
"""When each place ends; one entry more than there are places."""
SLOTS = {"M1": 0, "M2": 2, "M3": 4, "M4": 6, "S1": 11, "S2": 13, "S3": 15, "S4": 17}
"""Name of a lesson slot → the place of the day at which it begins. Each has two places."""


@attrs.frozen
class Band:
    """A stretch of the day between lessons."""

    label: str
    """What the school calls it."""
    place: int
    """The place of the day before which it ends (a break), or at which it begins (the canteen)."""
    start: dt.time
    """When it begins."""
    end: dt.time
    """When it ends."""


BREAKS = (
    Band("Récréation du matin", 4, dt.time(9, 50), dt.time(10, 5)),
    Band("Récréation de l'après-midi", 15, dt.time(15, 20), dt.time(15, 35)),
    Band("Récréation du soir", 19, dt.time(17, 25), dt.time(17, 25)),
)
"""The breaks, in order; the last one has no length on this grid."""
CANTEEN = Band("Demi-pension", 8, dt.time(11, 55), dt.time(13, 30))
"""When pupils eat."""
CANTEEN_LAST_PLACE = 10
"""The last place that the canteen takes. Evidence: inferred, as `Fin` of a lesson is its last place."""
CANTEEN_DAYS = (0, 1, 3, 4)
"""The weekdays with a canteen, 0 being Monday."""


@attrs.frozen
class TermPeriod:
    """A period, and what only the server says about it."""

    record: Period
    """As a correct client delivers it, but for its key."""
    kind: int
    """1 term, 2 semester, 3 year."""
    number: int
    """From 0, among those of its kind."""
    is_graded: bool = True
    """Whether marks are given in it; the college marks by terms."""


@attrs.frozen
class Holiday:
    """Days without school."""

    label: str
    """What the school calls them."""
    first: dt.date
    """First day."""
    last: dt.date
    """Last day, included."""


@attrs.frozen
class CollegeYear:
    """The school year around *today*."""

    today: dt.date
    """The day on which the school was opened."""

    @property
    def calendar(self) -> Calendar:
        """Which days are school days."""
        return Calendar(self.today)

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        return ZONE

    @property
    def first_day(self) -> dt.date:
        """The first of September."""
        return self.calendar.year_start

    @property
    def last_day(self) -> dt.date:
        """The last of August; later where that is near, so that something always lies ahead of `today`."""
        return max(self.first_day.replace(year=self.first_day.year + 1) - DAY, self.today + AHEAD)

    @property
    def first_monday(self) -> dt.date:
        """The Monday of week 1: that of the first of September."""
        return self.first_day - DAY * self.first_day.weekday()

    @property
    def label(self) -> str:
        """`2025-2026`."""
        return f"{self.first_day.year}-{self.last_day.year}"

    @property
    def last_week(self) -> int:
        """The number of the last week of the year."""
        return self.week(self.last_day)

    # -- weeks and places --------------------------------------------------------

    def week(self, day: dt.date) -> int:
        """The number of the week of *day*; 1 is the first of the year, less lies before."""
        return 1 + (day - self.first_monday).days // 7

    def monday(self, week: int) -> dt.date:
        """The Monday of that week."""
        return self.first_monday + WEEK * (week - 1)

    def working_weeks(self) -> Iterator[int]:
        """The weeks with lessons."""
        for week in range(1, self.last_week + 1):
            if self.calendar.is_school_day(self.monday(week)):
                yield week

    def fortnight(self, day: dt.date) -> int:
        """1 or 2: in which week of the fortnight *day* is."""
        return 1 if self.week(day) % 2 else 2

    def starts_at(self, place: int) -> dt.time:
        """When *place* of a day, or of a week, begins."""
        return dt.time.fromisoformat(STARTS[place % PLACES_PER_DAY].replace("h", ":"))

    def ends_at(self, place: int) -> dt.time:
        """When *place* of a day, or of a week, ends."""
        return dt.time.fromisoformat(ENDS[place % PLACES_PER_DAY].replace("h", ":"))

    def start_of(self, day: dt.date, place: int) -> dt.datetime:
        """The moment at which *place* begins on *day*, in the school's zone."""
        return dt.datetime.combine(day, self.starts_at(place), ZONE)

    def end_of(self, day: dt.date, place: int, length: int = 1) -> dt.datetime:
        """The moment at which what begins at *place* and takes *length* places ends on *day*."""
        return dt.datetime.combine(day, self.ends_at(place % PLACES_PER_DAY + length - 1), ZONE)

    def place_of(self, moment: dt.datetime | dt.time) -> int:
        """The place of the day during which the time of *moment* lies; the last one before it in a break.

        A *moment* is taken as it stands: give it in the school's zone.
        """
        time = moment.time() if isinstance(moment, dt.datetime) else moment
        return max((place for place in range(PLACES_PER_DAY) if self.starts_at(place) <= time), default=0)

    def week_place(self, moment: dt.datetime) -> int:
        """The place of the week of *moment*: those of the days before it in its week, and that of the day."""
        return moment.weekday() * PLACES_PER_DAY + self.place_of(moment)

    # -- periods and holidays -------------------------------------------------------

    def periods(self, today: dt.date | None = None) -> tuple[TermPeriod, ...]:
        """Three terms, two semesters and the year, in the server's order.

        Args:
            today: The day that `is_current` speaks of; that of the opening unless given.
        """
        year = self.first_day.year
        terms = (self.first_day, dt.date(year, 12, 1), dt.date(year + 1, 3, 2))
        halves = (self.first_day, dt.date(year + 1, 1, 26))
        plan = (("Trimestre {}", 1, terms), ("Semestre {}", 2, halves), ("Année continue", 3, terms[:1]))
        return tuple(
            self._period(name.format(number + 1), kind, number, starts, today or self.today)
            for name, kind, starts in plan
            for number in range(len(starts))
        )

    def _period(
        self, name: str, kind: int, number: int, starts: tuple[dt.date, ...], today: dt.date
    ) -> TermPeriod:
        start = starts[number]
        end = starts[number + 1] - DAY if number + 1 < len(starts) else self.last_day
        record = Period(
            key=f"period-{kind}-{number}",
            name=name,
            start=start,
            end=end,
            is_current=start <= today <= end,
        )
        return TermPeriod(record, kind, number, is_graded=kind == 1)

    def period(self, name: str) -> TermPeriod:
        """The period called *name*.

        Raises:
            KeyError: There is none.
        """
        return {one.record.name: one for one in self.periods()}[name]

    def term_of(self, day: dt.date) -> TermPeriod:
        """The term in which *day* lies.

        Raises:
            LookupError: It lies outside the year.
        """
        for one in self.periods():
            if one.kind == 1 and one.record.start <= day <= one.record.end:
                return one
        raise LookupError("outside the school year")

    @property
    def holidays(self) -> tuple[Holiday, ...]:
        """The holidays of the year, oldest first; both their days included."""
        free = [
            week
            for week in range(1, self.last_week + 1)
            if not self.calendar.is_school_day(self.monday(week))
        ]
        names = ("Vacances d'automne", "Vacances d'hiver", "Vacances de printemps", "Vacances d'été")
        return tuple(
            Holiday(
                names[number % len(names)],
                max(self.monday(week) - 2 * DAY, self.first_day),
                min(self.monday(week) + 6 * DAY, self.last_day),
            )
            for number, week in enumerate(free)
        )
