"""What takes place beside lessons."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.sandbox.college.agenda import ELECTION, EVENT, PUBLIC_HOLIDAY, agenda
from schoolsync.sandbox.college.year import CollegeYear


@pytest.mark.parametrize("today", [dt.date(2026, 3, 9), dt.date(2025, 10, 26), dt.date(2026, 8, 31)])
def test_the_week_of_today_has_events_of_every_kind(today: dt.date) -> None:
    """In order, within the week, also where the clock changes."""
    year = CollegeYear(today)
    events = agenda(year)
    assert {one.kind for one in events} == {EVENT, ELECTION, PUBLIC_HOLIDAY}
    assert {one.is_all_day for one in events} == {one.is_class_council for one in events} == {True, False}
    assert [one.start for one in events] == sorted(one.start for one in events)
    for one in events:
        assert year.week(one.start.date()) == year.week(one.end.date()) == year.week(today)
        assert one.start < one.end
    assert len({one.number for one in events}) == len(events)
