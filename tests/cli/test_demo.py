"""`schoolsync demo`, as people run it."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable
from importlib import util
from zoneinfo import ZoneInfo

import pytest

from schoolsync.cli import demo
from schoolsync.cli.absences import ABSENCES
from schoolsync.cli.homework import HOMEWORK
from schoolsync.cli.lessons import LESSONS
from schoolsync.cli.stage import Stage
from schoolsync.model import Lesson
from schoolsync.provider import Days
from schoolsync.sandbox.clock import HandClock
from tests.cli.terminal import Ended, run, run_on_terminal

TypeIn = Callable[..., Ended]
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|38;[0-9;]+|4[0-7])[;m]")


def test_the_real_program_in_a_pipe() -> None:
    """Over real HTTP, from a process of its own: both children, plain text, exit code 0."""
    ended = run("demo", "--date", "2026-03-11", COLUMNS="80")
    assert (ended.code, ended.err) == (0, "")
    assert "Alex Example" in ended.out
    assert "Sam Example" in ended.out
    assert "\x1b" not in ended.out
    *lines, _, _ = ended.out.splitlines()  # the last two are commands to copy, however long
    assert max(map(len, lines)) <= 80
    assert not any(line.endswith(" ") for line in ended.out.splitlines())


def test_the_real_program_on_a_terminal_without_colour() -> None:
    """`NO_COLOR` is respected; bold is no colour."""
    ended = run_on_terminal("demo", "--date", "2026-03-11", NO_COLOR="1")
    assert ended.code == 0
    assert "\x1b[1m" in ended.out
    assert not COLOUR.search(ended.out)


def test_a_terminal_has_colour(type_in: TypeIn) -> None:
    """So that the test above could fail."""
    ended = type_in("demo", "--date", "2026-03-11", FORCE_COLOR="1", TERM="xterm-256color", NO_COLOR="")
    assert COLOUR.search(ended.out)


def test_json_for_programs(type_in: TypeIn) -> None:
    """A group for each child, with a list for each reading."""
    groups = type_in("demo", "--date", "2026-03-11", "--json").json
    assert [group["pupil"]["first_name"] for group in groups] == ["Alex", "Sam"]
    for group in groups:
        assert list(group) == [
            "pupil",
            *("lessons", "homework", "announcements", "absences", "badges", "behaviour"),
            *("unavailable", "issues"),
        ]
        assert all(group[reading.name] for reading in demo.wanted(dt.date(2026, 3, 11)))
        days = {Lesson.from_dict(one).start.date() for one in group["lessons"]}
        assert days == {dt.date(2026, 3, day) for day in range(9, 14)}


@pytest.mark.parametrize("now", ["2026-08-12T10:00", "2026-12-25T23:59", "2026-03-14T00:01"])
def test_every_day_has_a_school_week(type_in: TypeIn, stage: Stage, now: str) -> None:
    """In the holidays, at Christmas, at the weekend: five days of lessons, never an empty demo."""
    stage.clock = HandClock(dt.datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/London")))
    for group in type_in("demo", "--json").json:
        days = sorted({Lesson.from_dict(one).start.date() for one in group["lessons"]})
        assert [day.weekday() for day in days] == [0, 1, 2, 3, 4]
        assert days[-1] >= stage.clock.now().date()
        assert group["homework"]


def test_what_a_parent_wants_to_know() -> None:
    """On a Wednesday: the whole week, a week of homework ahead, and two weeks back."""
    days = demo.wanted(dt.date(2026, 3, 11))
    assert days[LESSONS] == Days(dt.date(2026, 3, 9), dt.date(2026, 3, 13))
    assert days[HOMEWORK] == Days(dt.date(2026, 3, 9), dt.date(2026, 3, 18))
    assert days[ABSENCES] == Days(dt.date(2026, 2, 25), dt.date(2026, 3, 11))


def test_at_the_weekend_homework_is_that_of_the_coming_week() -> None:
    """From the Saturday to the Monday after."""
    assert demo.wanted(dt.date(2026, 3, 14))[HOMEWORK] == Days(dt.date(2026, 3, 14), dt.date(2026, 3, 23))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--provider", "klasscharts"), "unknown provider 'klasscharts' (did you mean classcharts?)."),
        (("--date", "someday"), "--date: an ISO date is expected: 2026-03-09."),
    ],
)
def test_what_cannot_be_meant(type_in: TypeIn, words: tuple[str, str], message: str) -> None:
    """One line, exit code 2."""
    ended = type_in("demo", *words)
    assert (ended.code, ended.out, ended.err) == (2, "", f"schoolsync: {message}\n")


def test_a_missing_extra_is_one_clear_line(type_in: TypeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a web server there is no sandbox, and the line says how to get it."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert util.find_spec("uvicorn") is None
    ended = type_in("demo")
    hint = "Install it: pip install 'schoolsync[cli,sandbox]'"
    assert (ended.code, ended.err) == (2, f"schoolsync: the sandbox is not installed. {hint}\n")
