"""The school year as the readings need it: weeks, the grid of a day, periods, holidays."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping

import attrs

from schoolsync.errors import UnexpectedShape
from schoolsync.providers.pronote.schema.settings import GeneralRow, HourRow, SettingsPage
from schoolsync.providers.pronote.schema.words import Version

__all__ = ["SchoolYear", "YearPeriod", "to_school_year"]

WEEK = dt.timedelta(days=7)
FIRST_WEEK = "FonctionParametres.General.PremierLundi"
CLOCK = re.compile(r"\s*(\d{1,2})\s*[h:]\s*(\d{2})?")


@attrs.frozen
class YearPeriod:
    """A period of the school year, with the id that it has in this session."""

    id: str
    """Good for this session."""
    name: str
    """`Trimestre 1`."""
    kind: int | None
    """1 term, 2 semester, 3 year or other."""
    start: dt.date | None
    """First day."""
    end: dt.date | None
    """Last day, included."""


@attrs.frozen
class SchoolYear:
    """What `FonctionParametres` says of the year, small enough to be kept."""

    version: Version = ()
    """Of the server."""
    school: str = ""
    """Name of the school."""
    first_monday: dt.date | None = None
    """Monday of week 1."""
    first_day: dt.date | None = None
    """First day of the year."""
    last_day: dt.date | None = None
    """Last day of the year, included."""
    places_per_day: int = 20
    """Places of the grid in one day."""
    places_per_hour: int = 2
    """Places of the grid in one hour."""
    first_hour: dt.time = dt.time(8)
    """When place 0 begins."""
    starts: Mapping[int, dt.time] = attrs.field(factory=dict)
    """Place in the day → when it begins, as far as the school names it."""
    ends: Mapping[int, dt.time] = attrs.field(factory=dict)
    """Place in the day → when it ends."""
    periods: tuple[YearPeriod, ...] = ()
    """In the server's order."""
    breaks: tuple[tuple[str, int], ...] = ()
    """Name of a break, and the place of the day that follows it."""
    canteen: tuple[int, int] | None = None
    """First place of the canteen's hours, and the place with which lessons go on; `None`: no canteen."""
    canteen_days: tuple[int, ...] = ()
    """Days of the week on which it is open, 0 is Monday; empty: not said."""

    def week_of(self, day: dt.date) -> int:
        """The number of the week of *day*, from 1; 0 and less before the first week.

        Raises:
            UnexpectedShape: The server does not say when its weeks begin.
        """
        if self.first_monday is None:
            raise UnexpectedShape(FIRST_WEEK, "missing")
        return 1 + (day - self.first_monday) // WEEK

    def monday_of(self, week: int) -> dt.date | None:
        """The Monday of that week."""
        return None if self.first_monday is None else self.first_monday + WEEK * (week - 1)


def to_school_year(settings: SettingsPage) -> SchoolYear:
    """The year that *settings* describe."""
    general = settings.general
    first_hour = general.first_hour.time() if general.first_hour else dt.time(8)
    return SchoolYear(
        version=settings.server_version,
        school=general.school or "",
        first_monday=general.first_monday or _monday(general.first_day),
        first_day=general.first_day,
        last_day=general.last_day,
        places_per_day=general.places_per_day or 20,
        places_per_hour=general.places_per_hour or 2,
        first_hour=first_hour,
        starts=_clock(general.starts),
        ends=_clock(general.ends),
        periods=tuple(_periods(general)),
        breaks=tuple((row.label, row.place) for row in general.breaks if row.place is not None),
        canteen=_canteen(general),
        canteen_days=general.canteen_days,
    )


def _monday(day: dt.date | None) -> dt.date | None:
    """The Monday before *day*: where weeks begin, if only the first day is said. Evidence: inferred."""
    return None if day is None else day - dt.timedelta(days=day.weekday())


def _periods(general: GeneralRow) -> Iterable[YearPeriod]:
    for row in general.periods:
        if row.id:
            yield YearPeriod(row.id, row.label, row.kind, row.start, row.end)


def _canteen(general: GeneralRow) -> tuple[int, int] | None:
    """Its hours, as places, if the school says that it has one."""
    first, end = general.canteen_first_place, general.canteen_end_place
    return (first, end) if general.has_canteen and first is not None and end is not None else None


def _clock(rows: Iterable[HourRow]) -> dict[int, dt.time]:
    """The times that the school's labels say; a label that is no time says none."""
    found = ((row.place, CLOCK.match(row.label)) for row in rows)
    times = ((place, said) for place, said in found if said and int(said[1]) < 24)  # noqa: PLR2004
    return {place: dt.time(int(said[1]), int(said[2] or 0) % 60) for place, said in times}
