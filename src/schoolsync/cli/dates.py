"""Which days a reader means who gives none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from schoolsync.provider import Days

__all__ = ["days_between", "each_day", "each_week", "school_week", "week_meant"]

DAY: Final = dt.timedelta(days=1)
SATURDAY: Final = 5


def days_between(first: str | dt.date | None, last: str | dt.date | None) -> Days:
    """The days that `--from` and `--to` name.

    Raises:
        BadArgument: One is no ISO date, or they run backwards.
    """
    from schoolsync.errors import BadArgument
    from schoolsync.provider import Days, read_day

    days = Days(read_day(first, "--from"), read_day(last, "--to"))
    if days.first and days.last and days.first > days.last:
        raise BadArgument("--to", "is before --from, or before today where that is not given")
    return days


def school_week(today: dt.date) -> Days:
    """Monday to Friday of the week of *today*; of the coming one on a Saturday or Sunday."""
    monday = today - today.weekday() * DAY
    if today.weekday() >= SATURDAY:
        monday += 7 * DAY
    return days_between(monday, monday + 4 * DAY)


def week_meant(given: Days, today: dt.date) -> Days:
    """The school week; from a first day on, a week; until a last day, from today."""
    if given.first is None and given.last is None:
        return school_week(today)
    first = given.first or today
    return days_between(first, given.last or first + 6 * DAY)


def each_day(days: Days) -> Sequence[Days]:
    """The days of a closed interval, one by one."""
    if days.first is None or days.last is None:
        return (days,)
    count = (days.last - days.first).days + 1
    return [days_between(one, one) for one in (days.first + number * DAY for number in range(count))]


def each_week(days: Days) -> Sequence[Days]:
    """A closed interval cut in two after each Sunday."""
    if days.first is None or days.last is None:
        return (days,)
    mondays = [one.first for one in each_day(days) if one.first and one.first.weekday() == 0]
    starts = [days.first, *(monday for monday in mondays if monday > days.first)]
    return [
        days_between(first, following - DAY)
        for first, following in zip(starts, [*starts[1:], days.last + DAY], strict=True)
    ]
