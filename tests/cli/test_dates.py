"""The days that a person means."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.cli.dates import days_between, each_day, each_week, school_week, week_meant
from schoolsync.errors import BadArgument
from schoolsync.provider import Days


@pytest.mark.parametrize(
    ("today", "monday"),
    [
        ("2026-03-09", "2026-03-09"),
        ("2026-03-13", "2026-03-09"),
        ("2026-03-14", "2026-03-16"),
        ("2026-03-15", "2026-03-16"),
        ("2026-12-31", "2026-12-28"),
    ],
)
def test_the_school_week(today: str, monday: str) -> None:
    """Monday to Friday; at the weekend people think of the next one."""
    first = dt.date.fromisoformat(monday)
    assert school_week(dt.date.fromisoformat(today)) == Days(first, first + dt.timedelta(days=4))


@pytest.mark.parametrize(
    ("first", "last", "argument"),
    [
        ("2026-13-01", None, "--from"),
        (None, "tomorrow", "--to"),
        ("2026-03-10", "2026-03-09", "--to"),
    ],
)
def test_days_that_cannot_be_meant(first: str | None, last: str | None, argument: str) -> None:
    """The option is named as it was typed."""
    with pytest.raises(BadArgument) as caught:
        days_between(first, last)
    assert caught.value.argument == argument


def test_days_may_be_open() -> None:
    """Nothing given is nothing meant; a day is enough on either side."""
    day = dt.date(2026, 3, 9)
    assert days_between(None, None) == Days()
    assert days_between("2026-03-09", None) == Days(day, None)
    assert days_between(None, "2026-03-09") == Days(None, day)


def test_each_day_of_an_interval() -> None:
    """Both ends included, across a month; an open interval stays as it is."""
    days = each_day(Days(dt.date(2026, 2, 27), dt.date(2026, 3, 1)))
    assert [day.first for day in days] == [dt.date(2026, 2, 27), dt.date(2026, 2, 28), dt.date(2026, 3, 1)]
    assert all(day.first == day.last for day in days)
    assert each_day(Days()) == (Days(),)


def test_each_week_of_an_interval() -> None:
    """Cut after each Sunday; nothing is lost, nothing comes twice; an open interval stays as it is."""
    monday = dt.date(2026, 3, 9)
    for length in range(20):
        for offset in range(7):
            first = monday + dt.timedelta(days=offset)
            whole = Days(first, first + dt.timedelta(days=length))
            weeks = each_week(whole)
            assert [day for week in weeks for day in each_day(week)] == list(each_day(whole))
            assert all(week.first and week.last for week in weeks)
            assert len({week.first.isocalendar()[:2] for week in weeks if week.first}) == len(weeks)
            assert all(week.first.isocalendar()[1] == week.last.isocalendar()[1] for week in weeks)  # type: ignore[union-attr]
    assert each_week(Days()) == (Days(),)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (Days(), Days(dt.date(2026, 3, 9), dt.date(2026, 3, 13))),
        (Days(dt.date(2026, 3, 2)), Days(dt.date(2026, 3, 2), dt.date(2026, 3, 8))),
        (Days(None, dt.date(2026, 3, 20)), Days(dt.date(2026, 3, 11), dt.date(2026, 3, 20))),
    ],
)
def test_the_week_that_is_meant(given: Days, meant: Days) -> None:
    """By those who give nothing, the first day, or the last one."""
    assert week_meant(given, dt.date(2026, 3, 11)) == meant
