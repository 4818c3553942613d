"""Which days are school days, counted from the day on which the school is opened.

The week of that day is always a school week, whatever the season, so that a
demo shows something in August too. Every eighth week is a holiday.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

__all__ = ["Calendar"]

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
SATURDAY = 5
HOLIDAY_EVERY = 8
"""Weeks from one holiday to the next."""
HOLIDAY_AT = 4
"""The holiday is this many weeks after (and before) the week of `today`."""
SEPTEMBER = 9


@attrs.frozen
class Calendar:
    """The school year around *today*."""

    today: dt.date
    """The day on which the school was opened."""

    @property
    def monday(self) -> dt.date:
        """The Monday of the week of `today`."""
        return self.today - DAY * self.today.weekday()

    @property
    def year_start(self) -> dt.date:
        """The first of September of the school year of `today`."""
        year = self.today.year if self.today.month >= SEPTEMBER else self.today.year - 1
        return dt.date(year, SEPTEMBER, 1)

    def week_number(self, day: dt.date) -> int:
        """Weeks from the week of `today` to that of *day*; negative before."""
        return (day - self.monday).days // 7

    def is_school_day(self, day: dt.date) -> bool:
        """Whether there are lessons on *day*."""
        is_holiday = self.week_number(day) % HOLIDAY_EVERY == HOLIDAY_AT
        return day.weekday() < SATURDAY and not is_holiday

    def school_day(self, offset: int) -> dt.date:
        """The school day that is *offset* school days after `today`, or before when negative.

        Zero is `today` itself, or the next school day if `today` is none.
        """
        day = self.today
        while not self.is_school_day(day):
            day += DAY
        for _ in range(abs(offset)):
            day = self._next(day, DAY) if offset > 0 else self.school_day_before(day)
        return day

    def school_day_before(self, day: dt.date) -> dt.date:
        """The last school day before *day*."""
        return self._next(day, -DAY)

    def _next(self, day: dt.date, step: dt.timedelta) -> dt.date:
        day += step
        while not self.is_school_day(day):
            day += step
        return day

    def school_days(self, first: dt.date, last: dt.date) -> Iterator[dt.date]:
        """The school days from *first* to *last*, both included."""
        day = first
        while day <= last:
            if self.is_school_day(day):
                yield day
            day += DAY
