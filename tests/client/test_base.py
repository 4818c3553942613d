"""The neutral operations: arguments, costs, and the same words in both worlds."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import BadArgument, Unavailable
from schoolsync.model import Rows
from schoolsync.sandbox.faults import Retype
from tests.client.worlds import TODAY, World

FRIDAY = "2026-11-27"
READINGS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "get_lessons": ({"from_": TODAY, "to": FRIDAY}, ["GET timetable"] * 5),
    "get_homeworks": ({"from_": TODAY, "to": FRIDAY}, ["GET homeworks"]),
    "get_marks": (
        {"from_": "2026-09-01"},
        ["GET homeworks", "GET getacademicreports", *["GET getacademicreport"] * 2],
    ),
    "get_absences": ({}, ["GET attendance"]),
    "get_announcements": ({}, ["GET announcements"]),
    "get_badges": ({}, ["GET eventbadges"]),
    "get_sanctions": ({}, ["GET detentions"]),
    "get_behaviour_events": ({"from_": "2026-11-16"}, ["GET activity", "GET activity"]),
}
WITH_DAYS = [*sorted(READINGS.keys() - {"get_badges"}), "get_averages"]
WITH_PERIOD = ["get_absences", "get_averages", "get_behaviour_events", "get_marks", "get_sanctions"]

# -- readings ----------------------------------------------------------------------


def test_each_reading_costs_what_it_says(world: World) -> None:
    """And gives rows with nothing amiss."""

    async def body() -> None:
        async with world.parent() as client:
            for name, (given, cost) in READINGS.items():
                before = len(world.server.log)
                found = await getattr(client, name)(**given)
                assert world.cost(before) == cost, name
                assert isinstance(found, Rows), name
                assert (bool(found), found.issues) == (True, ()), name

    world.run(body)


def test_what_classcharts_does_not_have_is_unavailable(world: World) -> None:
    """Never an empty list; nothing is sent for it, not even a log-in."""

    async def body() -> None:
        client = world.parent()
        for call in (client.get_periods, client.get_averages):
            with pytest.raises(Unavailable) as caught:
                await call()
            assert caught.value.reason == "not_in_provider"
        await client.aclose()

    world.run(body)
    assert world.server.log == []


def test_days_are_dates_or_iso_text(world: World) -> None:
    """Both mean the same; `date=` is one day, and so is a first day alone."""

    async def body() -> None:
        async with world.parent() as client:
            day = await client.get_lessons(TODAY, TODAY)
            for given in (
                {"from_": "2026-11-23", "to": "2026-11-23"},
                {"from_": TODAY},
                {"date": TODAY},
                {"date": "2026-11-23"},
                {"raw_view": True},
                {},
            ):
                assert await client.get_lessons(**given) == day
            week = await client.get_lessons(TODAY, FRIDAY)
            assert week[: len(day)] == day
            assert {lesson.start.date() for lesson in week} == {
                TODAY + dt.timedelta(days=n) for n in range(5)
            }

    world.run(body)


BAD_DAYS: list[tuple[dict[str, Any], str]] = [
    ({"from_": FRIDAY, "to": TODAY}, "from_"),
    ({"from_": "27/11/2026"}, "from_"),
    ({"to": dt.datetime(2026, 11, 23, tzinfo=dt.UTC)}, "to"),
    ({"from_": 20261123}, "from_"),
]


@pytest.mark.parametrize("name", WITH_DAYS)
@pytest.mark.parametrize(("given", "argument"), BAD_DAYS)
def test_days_that_cannot_be_meant_are_refused_unasked(
    blocking_world: World, name: str, given: dict[str, Any], argument: str
) -> None:
    """By every reading, before anybody signs in."""
    client = blocking_world.parent().blocking
    with pytest.raises(BadArgument) as caught:
        getattr(client, name)(**given)
    assert caught.value.argument == argument
    assert blocking_world.server.log == []


@pytest.mark.parametrize("name", WITH_PERIOD)
def test_days_and_a_period_are_one_too_many(blocking_world: World, name: str) -> None:
    """And of a period ClassCharts knows nothing."""
    client = blocking_world.parent().blocking
    with pytest.raises(BadArgument) as caught:
        getattr(client, name)(TODAY, period="Autumn")
    assert caught.value.argument == "period"
    with pytest.raises(Unavailable):
        getattr(client, name)(period="Autumn")


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda client: client.get_homeworks(display_date="due"), "display_date"),
        (lambda client: client.native.get_homeworks(display_date="due"), "display_date"),
        (lambda client: client.get_lessons(TODAY, date=TODAY), "date"),
        (lambda client: client.get_lessons("2026-01-01", "2027-12-31"), "to"),
        (lambda client: client.get_badges(pupil=1.5), "pupil"),
    ],
)
def test_other_arguments_that_cannot_be_meant(
    blocking_world: World, call: Callable[[Any], Any], argument: str
) -> None:
    """By their names."""
    with pytest.raises(BadArgument) as caught:
        call(blocking_world.parent().blocking)
    assert caught.value.argument == argument


@pytest.mark.parametrize("display_date", ["due_date", "issue_date"])
def test_homework_by_either_date(world: World, display_date: Any) -> None:
    """In its order, within the days."""

    async def body() -> None:
        async with world.student() as client:
            found = await client.get_homeworks("2026-11-01", FRIDAY, display_date=display_date)
            days = [one.due if display_date == "due_date" else one.assigned_on for one in found]
            assert days == sorted(days)
            assert days[0] >= dt.date(2026, 11, 1)
            assert str(days[-1]) <= FRIDAY

    world.run(body)


def test_homework_is_ticked_and_unticked(world: World) -> None:
    """The record knows whose it is; a parent cannot."""

    async def body() -> None:
        async with world.student() as client, world.parent() as parent:
            todo = next(one for one in await client.get_homeworks() if one.can_toggle and one.state == "todo")
            assert (await client.set_homework_done(todo)).state == "done"
            assert (await client.set_homework_done(todo.key, False)).state == "todo"
            parent.select_pupil("Sam")
            with pytest.raises(Unavailable) as caught:
                await parent.set_homework_done(todo)
            assert caught.value.reason == "not_for_this_account"

    world.run(body)


def test_strict_clients_refuse_and_others_tell(world: World) -> None:
    """As the option says."""
    world.server.faults.add(Retype("data[].colour", {"Alex": 1}), "*/eventbadges/*", times=2)

    async def body() -> None:
        async with world.parent() as client:
            found = await client.get_badges()
            assert found
            assert {issue.path.split(".")[-1] for issue in found.issues} == {"colour"}
        async with world.parent(strict=True, keep_raw=True) as strict:
            with pytest.raises(Exception, match=r"data\.0\.colour") as caught:
                await strict.get_badges()
            assert "Alex" not in str(caught.value)
            assert (await strict.get_badges())[0].raw is not None

    world.run(body)


# -- twins -----------------------------------------------------------------------------

MODULES = ("session", "base", "school", "connect", "classcharts", "classcharts_native")
SPOKEN = (
    (r"\bawait |\basync |\bAsync(?=[A-Z])", ""),
    (r"\bAbstractAsync", "Abstract"),
    (r"\baclose\b", "close"),
    (r"(?<=\w)_async\b", ""),
    (r"\bawaited\b", "blocking"),
)


def blocking(text: str) -> str:
    """How the other twin says it."""
    for words, instead in SPOKEN:
        text = re.sub(words, instead, text)
    return re.sub(r"__a(enter|exit)__", r"__\1__", text)


def publics(module: Any) -> dict[str, Any]:
    """The classes and functions that a module itself defines, and the public members of the classes."""
    found = {}
    for name, thing in vars(module).items():
        if getattr(thing, "__module__", None) != module.__name__ or name.startswith("_"):
            continue
        found[name] = thing
        if inspect.isclass(thing):
            members = {
                key: getattr(thing, key) for key in vars(thing) if not key.startswith("_") or key in KEPT
            }
            found |= {f"{name}.{key}": member for key, member in members.items()}
    return found


KEPT = {"__init__", "__aenter__", "__aexit__", "__enter__", "__exit__", "__getattr__"}


@pytest.mark.parametrize("name", MODULES)
def test_twins_differ_by_their_names_only(name: str) -> None:
    """Same members, parameters, kinds, defaults and docstrings, once "async" is taken out of them."""
    awaiting = publics(importlib.import_module(f"schoolsync.client._async.{name}"))
    twin = publics(importlib.import_module(f"schoolsync.client._sync.{name}"))
    assert awaiting
    assert {blocking(one) for one in awaiting} == set(twin)
    for one, thing in awaiting.items():
        other = twin[blocking(one)]
        mine = (thing.fget if isinstance(thing, property) else thing).__doc__
        theirs = (other.fget if isinstance(other, property) else other).__doc__
        assert " ".join(blocking(mine or "").split()) == " ".join((theirs or "").split())
        if inspect.isfunction(thing):
            for left, right in zip(_parameters(thing), _parameters(other), strict=True):
                assert left == right


def _parameters(function: Any) -> list[tuple[str, Any, Any, str]]:
    return [
        (one.name, one.kind, one.default, blocking(str(one.annotation)))
        for one in inspect.signature(function).parameters.values()
    ]


@pytest.mark.parametrize("name", MODULES)
def test_everything_that_waits_is_awaited_in_one_twin_and_not_in_the_other(name: str) -> None:
    """No coroutine was forgotten in the blocking one."""
    twin = publics(importlib.import_module(f"schoolsync.client._sync.{name}"))
    assert not [one for one, thing in twin.items() if inspect.iscoroutinefunction(thing)]
    awaiting = publics(importlib.import_module(f"schoolsync.client._async.{name}"))
    readings = {
        one: thing
        for one, thing in awaiting.items()
        if re.search(r"\.(get|set|add|change|check|purchase)_", one)
    }
    assert all(inspect.iscoroutinefunction(thing) for thing in readings.values())


def test_a_parameter_that_differs_would_be_noticed() -> None:
    """The comparison itself is not blind."""

    async def one(first: int, *, second: str = "x") -> None:
        """A flow."""

    def other(first: int, *, second: str = "y") -> None:
        """A flow."""

    assert _parameters(one) != _parameters(other)
    assert (
        blocking("async with AsyncParentClient: await client.aclose()") == "with ParentClient: client.close()"
    )
