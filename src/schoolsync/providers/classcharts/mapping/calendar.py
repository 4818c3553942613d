"""Which days are meant: of the English school year, around a due date, under which a mark is listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from schoolsync.errors import BadArgument
from schoolsync.model import Homework, Mark
from schoolsync.provider import Days

__all__ = ["A_YEAR", "EVER", "around", "day_of_mark", "each", "from_now_on", "in_school_year"]

SCHOOL_YEAR_BEGINS = (9, 1)
"""Month and day of the first day of an English school year."""
A_YEAR = dt.timedelta(days=366)
MAX_DAYS_OF_LESSONS = 400
"""Each day of lessons is one request."""
EVER = Days(dt.date(1970, 1, 1), dt.date(2100, 1, 1))
"""All days that a listing could hold; the server takes wide ranges in one call. Evidence: read."""


def each(days: Days) -> Iterator[dt.date]:
    """Every day of a closed interval; of an open one, none.

    Raises:
        BadArgument: More days than anybody means; each would be a request.
    """
    if days.first is None or days.last is None:
        return iter(())
    first, count = days.first, (days.last - days.first).days + 1
    if count > MAX_DAYS_OF_LESSONS:
        raise BadArgument("to", f"at most {MAX_DAYS_OF_LESSONS} days at once: each is a request")
    return (first + dt.timedelta(days=number) for number in range(count))


def from_now_on(days: Days, today: dt.date) -> Days:
    """*days*, from *today* where they do not say, for a year where they are open."""
    first = days.first or min(today, days.last or today)
    return Days(first, days.last or _later(max(first, today)))


def in_school_year(days: Days, today: dt.date) -> Days:
    """*days* with their open sides closed by school years: that of the other side, and not before today's."""
    if days.first and days.last:
        return days
    first = days.first or _year(days.last or today)[0]
    return Days(first, days.last or max(_year(first)[1], _year(today)[1]))


def around(homework: Homework) -> Days:
    """Days around a due date, because teachers move it."""
    due = homework.due.date() if isinstance(homework.due, dt.datetime) else homework.due
    return Days(_earlier(due), _later(due))


def day_of_mark(mark: Mark) -> dt.date | None:
    """The day that a mark is listed under: its own, else the due date of its homework."""
    due = mark.extras.get("classcharts.due_date")
    return mark.given_on or (dt.datetime.fromisoformat(due).date() if isinstance(due, str) else None)


def _year(day: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the English school year around *day*."""
    year = day.year if (day.month, day.day) >= SCHOOL_YEAR_BEGINS else day.year - 1
    year = min(max(year, dt.MINYEAR), dt.MAXYEAR - 1)
    first = dt.date(year, *SCHOOL_YEAR_BEGINS)
    return first, dt.date(year + 1, *SCHOOL_YEAR_BEGINS) - dt.timedelta(days=1)


def _earlier(day: dt.date) -> dt.date:
    return day - A_YEAR if day - dt.date.min > A_YEAR else dt.date.min


def _later(day: dt.date) -> dt.date:
    return day + A_YEAR if dt.date.max - day > A_YEAR else dt.date.max
