"""The story: what happens while the clock runs, once each, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.college.story import LessonCancelled
from tests.sandbox.college.fresh import MONDAY

TUESDAY = MONDAY + dt.timedelta(days=1)


def at(clock: str, day: dt.date = MONDAY) -> dt.datetime:
    """A time of the school's clock."""
    return dt.datetime.combine(day, dt.time.fromisoformat(clock), ZoneInfo("Europe/Paris"))


def changed(college: SandboxCollege, status: str, who: str) -> int:
    """How many lessons of Tuesday are so."""
    return sum(one.status == status for one in college.lessons(who, TUESDAY, has_all_rows=True))


SEEN: list[tuple[str, Callable[[SandboxCollege], int]]] = [
    ("08:20", lambda college: changed(college, "cancelled", "e1")),
    ("09:10", lambda college: changed(college, "room_changed", "e2")),
    ("10:40", lambda college: len(college.marks("e1"))),
    ("11:35", lambda college: len(college.homeworks("e1"))),
    ("12:05", lambda college: len(college.announcements("e1"))),
    ("12:05", lambda college: len(college.announcements("e2"))),
]
"""At which minute one more is there."""


@pytest.mark.parametrize(("clock", "count"), SEEN)
def test_something_happens(
    college: SandboxCollege, clock: str, count: Callable[[SandboxCollege], int]
) -> None:
    """At its minute, not before, and once."""
    moment = at(clock)
    college.catch_up(moment - dt.timedelta(seconds=1))
    before = count(college)
    college.catch_up(moment)
    assert count(college) == before + 1
    college.catch_up(moment + dt.timedelta(minutes=1))
    college.catch_up(moment)
    assert count(college) == before + 1


def test_the_next_morning(college: SandboxCollege) -> None:
    """Another lesson is cancelled; whatever zone the clock is in."""
    college.catch_up(at("23:59"))
    before = changed(college, "cancelled", "e2")
    college.catch_up(at("08:05", TUESDAY).astimezone(dt.UTC))
    assert changed(college, "cancelled", "e2") == before + 1


def test_what_is_new_says_so(college: SandboxCollege) -> None:
    """Mark, homework, information: of today, unread, not done."""
    college.catch_up(at("13:00"))
    newest = college.announcements("e1")[0]
    assert (newest.title, newest.is_read, newest.published_at) == ("Fermeture à midi", False, at("12:05"))
    mark = next(one for one in college.marks("e1") if one.title == "Interrogation surprise")
    assert mark.given_on == MONDAY
    given = next(one for one in college.homeworks("e1") if one.description_text == "Apporter un caillou.")
    assert (given.assigned_on, given.state) == (MONDAY, "todo")
    assert given.due > MONDAY


def test_it_can_be_quiet() -> None:
    """Then nothing happens."""
    college = make_college(today=MONDAY, has_story=False)
    before = len(college.marks("e1"))
    college.catch_up(at("23:00"))
    assert len(college.marks("e1")) == before


def test_a_lesson_that_is_not_there_is_left_alone(college: SandboxCollege) -> None:
    """On a day without lessons, or beyond the last one."""
    sunday = MONDAY - dt.timedelta(days=1)
    for day in (sunday, TUESDAY):
        before = college.lessons("e1", day, has_all_rows=True)
        event = LessonCancelled(at=at("08:00"), pupil="e1", day=day, order=99)
        event.happen(college.desk("e1"))
        assert college.lessons("e1", day, has_all_rows=True) == before


def test_events_are_in_order(college: SandboxCollege) -> None:
    """By time."""
    times = [event.at for event in college.story.events]
    assert times == sorted(times)
    assert len(college.story.events_until(times[-1])) == len(times)
    assert college.story.events_until(times[0] - dt.timedelta(seconds=1)) == ()
