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
from schoolsync.cli.household import PROVIDERS, read_household
from schoolsync.cli.lessons import LESSONS
from schoolsync.cli.progress import Steps
from schoolsync.cli.stage import Stage
from schoolsync.model import Lesson
from schoolsync.provider import Days
from schoolsync.sandbox.clock import HandClock
from tests.cli.terminal import AFTER_SCHOOL, Ended, run, run_on_terminal

TypeIn = Callable[..., Ended]
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|38;[0-9;]+|4[0-7])[;m]")


def test_the_real_program_in_a_pipe() -> None:
    """Over real HTTP, from a process of its own: one agenda, both children, plain text, exit code 0."""
    ended = run("demo", "--date", "2026-03-11", COLUMNS="80")
    assert (ended.code, ended.err) == (0, "")
    week, louison, alex = ended.out.index("Mon 9"), *map(ended.out.index, ("EXAMPLE Louison", "Alex Example"))
    assert week < louison < alex
    assert "\x1b" not in ended.out
    *lines, _, _, _ = ended.out.splitlines()  # the last ones are commands to copy, however long
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
    """A group for each child, with a list for each reading; `null` and why for what a platform has not."""
    groups = type_in("demo", "--date", "2026-03-11", "--json").json
    assert [group["pupil"]["first_name"] for group in groups] == ["Louison", "Alex"]
    assert [group["unavailable"] for group in groups] == [{"badges": "not_in_provider"}, {}]
    names = [reading.name for reading in demo.wanted(dt.date(2026, 3, 11))]
    for group in groups:
        assert list(group) == ["pupil", *names, "unavailable", "issues"]
        assert [name for name in names if not group[name]] == list(group["unavailable"])
        assert group["issues"] == {}
        days = {Lesson.from_dict(one).start.date() for one in group["lessons"]}
        assert days == {dt.date(2026, 3, day) for day in range(9, 14)}


@pytest.mark.parametrize(("provider", "name"), [("pronote", "Louison"), ("classcharts", "Alex")])
def test_one_child(type_in: TypeIn, provider: str, name: str) -> None:
    """The one whose school is on that platform."""
    (group,) = type_in("demo", "--date", "2026-03-11", "--provider", provider, "--json").json
    assert group["pupil"]["first_name"] == name
    text = type_in("demo", "--date", "2026-03-11", "--provider", provider).out
    other = {"Louison", "Alex"} - {name}
    assert name in text
    assert other.isdisjoint(text.split())


def test_it_is_evening_at_home_on_a_chosen_day(type_in: TypeIn) -> None:
    """So the day that comes is the next one."""
    text = type_in("demo", "--date", "2026-03-11").out
    assert "Thursday 12 March, hour by hour" in text
    assert "Wed 11 today" in text


@pytest.mark.parametrize(
    ("now", "title"),
    [
        ("2026-03-11T05:00", "Today, Wednesday 11 March, hour by hour"),
        ("2026-03-29T12:00", "Monday 30 March, hour by hour"),
        ("2026-03-13T20:00", None),
    ],
)
def test_what_comes_next(type_in: TypeIn, stage: Stage, now: str, title: str | None) -> None:
    """Today, as long as somebody has a lesson; the Monday, at the weekend; nothing on a Friday night."""
    stage.clock = HandClock(dt.datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Europe/London")))
    lines = [line for line in type_in("demo").out.splitlines() if "hour by hour" in line]
    assert lines == ([title] if title else [])


def test_a_bar_tells_how_far_it_is() -> None:
    """On a terminal, once it takes over a second: all steps of both accounts."""
    steps = Steps()
    read_household(AFTER_SCHOOL, tuple(PROVIDERS), demo.wanted(dt.date(2026, 3, 11)), steps)
    assert steps.total == steps.done == (1 + 6) + (5 + 6)


@pytest.mark.parametrize(
    "now",
    ["2026-08-12T10:00", "2026-12-25T23:59", "2026-03-14T00:01", "2026-03-29T00:59", "2026-10-25T01:30"],
)
def test_every_day_has_a_school_week(type_in: TypeIn, stage: Stage, now: str) -> None:
    """In the holidays, at Christmas, at the weekend, when clocks change: five days, never an empty demo."""
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
