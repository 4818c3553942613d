"""The grid of a school's day: which clock times its places stand for.

A *place* is a step of the grid; places are numbered through the week, and here through the day. Schools
name the times of their places, and need not name all; the steps between them need not be equal (lessons
of 55 minutes on a grid of half hours). What is not named is counted in equal steps from the first hour.

Evidence: labels and numbers recorded; the order of trust read in the web client.
"""

from __future__ import annotations

import datetime as dt

from schoolsync.providers.pronote.mapping.year import SchoolYear

__all__ = [
    "canteen_times",
    "end_of_lesson",
    "end_of_place",
    "recess_times",
    "start_in_week",
    "start_of_place",
]

Times = tuple[dt.time, dt.time]
"""When something begins and ends."""
HOUR = dt.timedelta(hours=1)
SOME_DAY = dt.date(2000, 1, 1)


def start_of_place(year: SchoolYear, place: int) -> dt.time:
    """When *place*, of the day or of the week, begins.

    Raises:
        ValueError: Not on that day any more.
    """
    inside = place % year.places_per_day
    return year.starts.get(inside) or _steps(year, inside)


def end_of_place(year: SchoolYear, place: int) -> dt.time:
    """When *place*, of the day or of the week, ends.

    Raises:
        ValueError: Not on that day any more.
    """
    inside = place % year.places_per_day
    return year.ends.get(inside) or _steps(year, inside + 1)


def start_in_week(year: SchoolYear, week: int | None, place: int | None) -> dt.datetime | None:
    """When *place* of the grid of that week begins, by the school's clock; `None` if that is not known."""
    monday = year.monday_of(week) if week is not None else None
    if monday is None or place is None:
        return None
    day = monday + dt.timedelta(days=place // year.places_per_day)
    return dt.datetime.combine(day, start_of_place(year, place))


def end_of_lesson(
    year: SchoolYear, start: dt.datetime, place: int | None, duration: int | None
) -> dt.datetime:
    """When what begins at *start* ends, as far as the grid tells; never after the day's last place.

    Args:
        year: The grid.
        start: By the school's clock.
        place: Of the day or of the week, if it is said.
        duration: In places; an hour where it is not said.
    """
    places = max(duration or year.places_per_hour, 1)
    if place is not None:
        first = place % year.places_per_day
        last = min(first + places - 1, year.places_per_day - 1)
        end = dt.datetime.combine(start.date(), end_of_place(year, last))
        if end > start:
            return end
        places = last - first + 1
    return start + places * HOUR / year.places_per_hour


def recess_times(year: SchoolYear, place: int, duration: int | None = None) -> Times | None:
    """When the recess is that a school marks at *place*; `None` if it takes no time on its grid.

    Without a duration the mark stands between two places: the recess is what lies between the end of the
    one and the beginning of the other, where the school names both.
    """
    if duration and duration > 0:
        last = min(place + duration, year.places_per_day) - 1
        return _lasting(start_of_place(year, place), end_of_place(year, last))
    return _lasting(year.ends.get(place - 1), year.starts.get(place))


def canteen_times(year: SchoolYear) -> Times | None:
    """When the canteen is open; `None` if the school has none, or no hours for it."""
    if year.canteen is None:
        return None
    first, following = year.canteen
    return _lasting(start_of_place(year, first), start_of_place(year, following))


def _lasting(start: dt.time | None, end: dt.time | None) -> Times | None:
    return (start, end) if start is not None and end is not None and start < end else None


def _steps(year: SchoolYear, steps: int) -> dt.time:
    """The time after so many equal steps from the first hour."""
    when = dt.datetime.combine(SOME_DAY, year.first_hour) + steps * HOUR / year.places_per_hour
    if when.date() != SOME_DAY:
        raise ValueError("a place after the end of the day")
    return when.time()
