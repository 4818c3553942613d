"""The school year: weeks, places, periods, holidays, on any day of any year."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from schoolsync.sandbox.college.year import (
    BREAKS,
    CANTEEN,
    CANTEEN_LAST_PLACE,
    ENDS,
    PLACES_PER_DAY,
    SLOTS,
    STARTS,
    CollegeYear,
)

MONDAY = dt.date(2026, 3, 9)
DAYS = [
    *(dt.date(2025, 9, 1), dt.date(2025, 8, 31), dt.date(2025, 12, 31), dt.date(2026, 1, 1)),
    *(MONDAY, dt.date(2026, 3, 1), dt.date(2028, 2, 29), dt.date(2026, 3, 29)),
]
YEAR = CollegeYear(MONDAY)


@pytest.mark.parametrize("today", DAYS)
def test_today_is_in_the_year(today: dt.date) -> None:
    """In a week with lessons, in one term, one semester, and the year."""
    year = CollegeYear(today)
    assert year.first_day <= today <= year.last_day
    assert year.first_monday.weekday() == 0
    assert year.week(today) in [*year.working_weeks()]
    assert year.monday(year.week(today)) == year.calendar.monday
    current = [one.kind for one in year.periods() if one.record.is_current]
    assert current == [1, 2, 3]


@pytest.mark.parametrize("today", DAYS)
def test_something_lies_ahead(today: dt.date) -> None:
    """Four weeks at least, even at the end of August; the server could count them."""
    year = CollegeYear(today)
    assert year.last_day - today >= dt.timedelta(weeks=4)
    assert year.last_week <= 62
    assert year.last_day.month in {8, 9}


@pytest.mark.parametrize("today", DAYS)
def test_periods_follow_each_other(today: dt.date) -> None:
    """Without a gap, from the first day to the last."""
    year = CollegeYear(today)
    for kind, count in ((1, 3), (2, 2), (3, 1)):
        records = [one.record for one in year.periods() if one.kind == kind]
        assert len(records) == count
        assert records[0].start == year.first_day
        assert records[-1].end == year.last_day
        for one, other in pairwise(records):
            assert other.start - one.end == dt.timedelta(days=1)


def test_periods_are_seen_from_a_day() -> None:
    """Of the opening, or any other."""
    names = [one.record.name for one in YEAR.periods(dt.date(2025, 10, 1)) if one.record.is_current]
    assert names == ["Trimestre 1", "Semestre 1", "Année continue"]
    assert YEAR.term_of(dt.date(2025, 12, 1)).record.name == "Trimestre 2"
    assert YEAR.period("Semestre 2").record.start == dt.date(2026, 1, 26)
    assert [one.is_graded for one in YEAR.periods()] == [True, True, True, False, False, False]
    with pytest.raises(LookupError):
        YEAR.term_of(dt.date(2026, 9, 1))
    with pytest.raises(KeyError):
        YEAR.period("Trimestre 4")


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (dt.date(2025, 9, 1), 1),
        (dt.date(2025, 9, 7), 1),
        (dt.date(2025, 8, 31), 0),
        (dt.date(2025, 8, 24), -1),
        (MONDAY, 28),
        (dt.date(2026, 3, 29), 30),
    ],
)
def test_weeks(day: dt.date, week: int) -> None:
    """From the first Monday, rounded down before it."""
    assert YEAR.week(day) == week
    assert YEAR.monday(week) <= day < YEAR.monday(week + 1)


def test_fortnights_alternate() -> None:
    """Week 1 is of the first."""
    assert [YEAR.fortnight(YEAR.monday(week)) for week in (1, 2, 3, 28)] == [1, 2, 1, 2]


def test_labels_fill_the_day() -> None:
    """In order; a place ends when the next one begins, or a break does."""
    starts = [YEAR.starts_at(place) for place in range(PLACES_PER_DAY)]
    ends = [YEAR.ends_at(place) for place in range(PLACES_PER_DAY)]
    assert len(STARTS) == len(ENDS) == PLACES_PER_DAY + 1
    assert starts == sorted(starts)
    gaps = {place + 1: (end, starts[place + 1]) for place, end in enumerate(ends[:-1])}
    breaks = {one.place: (one.start, one.end) for one in BREAKS if one.start < one.end}
    assert {place: gap for place, gap in gaps.items() if gap[0] != gap[1]} == breaks
    last = BREAKS[-1]
    assert gaps[last.place] == (last.start, last.end)
    assert last.start == last.end


def test_lessons_take_55_minutes() -> None:
    """On half-hour places."""
    for place in SLOTS.values():
        start, end = YEAR.start_of(MONDAY, place), YEAR.end_of(MONDAY, place, 2)
        assert end - start == dt.timedelta(minutes=55)


def test_the_canteen_fills_the_places_between() -> None:
    """Those of the morning's last lesson and the afternoon's first one."""
    assert SLOTS["M4"] + 2 == CANTEEN.place
    assert SLOTS["S1"] == CANTEEN_LAST_PLACE + 1
    assert YEAR.starts_at(CANTEEN.place) == CANTEEN.start == YEAR.ends_at(SLOTS["M4"] + 1)
    assert YEAR.ends_at(CANTEEN_LAST_PLACE) == CANTEEN.end == YEAR.starts_at(SLOTS["S1"])


@pytest.mark.parametrize(
    ("time", "place"), [("08:00", 0), ("08:54", 1), ("08:55", 2), ("09:55", 3), ("17:59", 19), ("07:00", 0)]
)
def test_the_place_of_a_time(time: str, place: int) -> None:
    """The last one that has begun; of the week, those of the days before it, too."""
    at = dt.time.fromisoformat(time)
    assert YEAR.place_of(at) == place
    thursday = dt.datetime.combine(MONDAY + dt.timedelta(days=3), at, YEAR.zone)
    assert YEAR.place_of(thursday) == place
    assert YEAR.week_place(thursday) == 60 + place
    assert YEAR.starts_at(60 + place) == YEAR.starts_at(place)


@pytest.mark.parametrize("today", DAYS)
def test_holidays_have_no_lessons(today: dt.date) -> None:
    """Nor has any other week none."""
    year = CollegeYear(today)
    holidays = year.holidays
    assert [one.first for one in holidays] == sorted(one.first for one in holidays)
    free = {
        one.first + dt.timedelta(days=number)
        for one in holidays
        for number in range((one.last - one.first).days + 1)
    }
    day = year.first_day
    while day <= year.last_day:
        if day.weekday() < 5:
            assert year.calendar.is_school_day(day) is (day not in free)
        day += dt.timedelta(days=1)


def test_the_label_of_the_year() -> None:
    """Both of its years."""
    assert YEAR.label == "2025-2026"
    assert CollegeYear(dt.date(2026, 9, 1)).label == "2026-2027"
