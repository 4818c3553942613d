"""The sandbox's two clocks."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest

from schoolsync.sandbox.clock import HandClock, RunningClock

LONDON = ZoneInfo("Europe/London")
START = dt.datetime(2026, 3, 9, 8, tzinfo=LONDON)


def test_a_hand_clock_stands_still_until_moved() -> None:
    """Both of its faces move by the same amount, given in seconds or as a duration."""
    clock = HandClock(START)
    assert (clock.now(), clock.monotonic()) == (START, 0)
    clock.advance(90)
    clock.advance(dt.timedelta(minutes=1))
    assert (clock.now(), clock.monotonic()) == (START + dt.timedelta(seconds=150), 150)


def test_a_hand_clock_knows_the_change_of_the_clock() -> None:
    """A day that has 23 hours is over after 23."""
    clock = HandClock(dt.datetime(2026, 3, 29, tzinfo=LONDON))
    clock.advance(dt.timedelta(hours=23))
    assert clock.now() == dt.datetime(2026, 3, 30, tzinfo=LONDON)
    assert clock.now().tzinfo is LONDON


def test_time_does_not_go_back() -> None:
    """A clock on the wall can be set; the age of things cannot."""
    clock = HandClock(START)
    with pytest.raises(ValueError, match="does not go back"):
        clock.advance(-1)
    clock.advance(60)
    clock.moment = START - dt.timedelta(hours=1)
    assert (clock.now(), clock.monotonic()) == (START - dt.timedelta(hours=1), 60)


def test_a_clock_needs_a_zone() -> None:
    """A naive time would mean another instant on every machine."""
    naive = START.replace(tzinfo=None)
    for kind in (HandClock, RunningClock):
        with pytest.raises(ValueError, match="zone"):
            kind(naive)
    with pytest.raises(ValueError, match="zone"):
        HandClock(START).moment = naive


def test_a_hand_clock_is_moved_by_many_threads() -> None:
    """No move is lost."""
    clock = HandClock(START)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: clock.advance(1), range(400)))
    assert clock.monotonic() == 400
    assert clock.now() == START + dt.timedelta(seconds=400)


def test_a_running_clock_runs_from_its_start() -> None:
    """It begins at the given moment, in its zone, and never goes back."""
    clock = RunningClock(START)
    ages = [clock.monotonic() for _ in range(50)]
    assert ages == sorted(ages)
    assert START <= clock.now() < START + dt.timedelta(minutes=5)
    assert clock.now().tzinfo is LONDON
