"""`schoolsync lessons`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from schoolsync.cli.lessons import LESSONS
from schoolsync.errors import BadArgument
from schoolsync.provider import Days
from schoolsync.sandbox.classcharts import ClassChartsServer
from tests.cli.terminal import ROBIN, Ended

WEDNESDAY = dt.date(2026, 3, 11)


def day(text: str) -> dt.date:
    """A day of March 2026."""
    return dt.date.fromisoformat(f"2026-03-{text}")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (Days(), Days(day("09"), day("13"))),
        (Days(day("02")), Days(day("02"), day("08"))),
        (Days(None, day("12")), Days(WEDNESDAY, day("12"))),
        (Days(day("02"), day("03")), Days(day("02"), day("03"))),
    ],
)
def test_the_days_that_are_meant(given: Days, meant: Days) -> None:
    """The week; a week from a day on; until a day, from today."""
    assert LESSONS.days(given, WEDNESDAY) == meant


def test_a_last_day_in_the_past_needs_a_first_one() -> None:
    """From today on it cannot be meant."""
    with pytest.raises(BadArgument, match="before today"):
        LESSONS.days(Days(None, day("01")), WEDNESDAY)


def test_one_request_for_each_day(type_in: Callable[..., Ended], server: ClassChartsServer) -> None:
    """And no more: three to sign in, five for a week."""
    ended = type_in("lessons", *ROBIN, "--pupil", "1")
    assert ended.code == 0
    paths = [path for _, path in server.log if path.startswith("/apiv2parent/timetable")]
    assert len(paths) == 5


def test_the_week_at_a_glance(type_in: Callable[..., Ended]) -> None:
    """Days, times, subjects and rooms; another teacher is said to be a change."""
    text = type_in("lessons", *ROBIN, "--pupil", "Alex").out
    for word in ("Mon 9", "Wed 11 today", "08:40", "Mathematics", "Room 12", "changed"):
        assert word in text
