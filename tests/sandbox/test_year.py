"""The school year around the day on which the school is opened."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.sandbox.year import Calendar

MONDAY = dt.date(2026, 3, 9)


@pytest.mark.parametrize("today", [dt.date(2025, 12, 25), dt.date(2026, 8, 12), dt.date(2028, 2, 29)])
def test_the_week_of_today_is_a_school_week(today: dt.date) -> None:
    """A demo shows something at Christmas and in August too."""
    calendar = Calendar(today)
    week = list(calendar.school_days(calendar.monday, calendar.monday + dt.timedelta(days=6)))
    assert [day.weekday() for day in week] == [0, 1, 2, 3, 4]


def test_a_school_year_has_holidays() -> None:
    """Of 52 weeks, between six and seven are free."""
    calendar = Calendar(MONDAY)
    days = list(calendar.school_days(MONDAY, MONDAY + dt.timedelta(weeks=52, days=-1)))
    assert (52 - 7) * 5 <= len(days) <= (52 - 6) * 5


def test_school_days_are_counted_over_weekends_and_holidays() -> None:
    """Five school days from Monday is the next Monday; the holiday of the fifth week is skipped."""
    calendar = Calendar(MONDAY)
    assert calendar.school_day(5) == MONDAY + dt.timedelta(weeks=1)
    assert calendar.school_day(-1) == MONDAY - dt.timedelta(days=3)
    assert calendar.school_day(20) == MONDAY + dt.timedelta(weeks=5)


@pytest.mark.parametrize("weekend", [dt.date(2026, 3, 14), dt.date(2026, 3, 15)])
def test_a_weekend_counts_from_the_next_monday(weekend: dt.date) -> None:
    """Zero is a school day in any case, and what was before it lies before the weekend."""
    calendar = Calendar(weekend)
    assert calendar.school_day(0) == dt.date(2026, 3, 16)
    assert calendar.school_day(-1) == dt.date(2026, 3, 13)


@pytest.mark.parametrize(
    ("today", "start"), [(MONDAY, dt.date(2025, 9, 1)), (dt.date(2026, 9, 1), dt.date(2026, 9, 1))]
)
def test_a_school_year_begins_in_september(today: dt.date, start: dt.date) -> None:
    """The first of September belongs to the new year."""
    assert Calendar(today).year_start == start
