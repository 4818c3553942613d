"""One operation at a time, whoever calls: renewed once, signed in once, and never the wrong child."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import attrs
import pytest
import trio

from schoolsync import classcharts
from schoolsync.errors import BadArgument, UsageError
from schoolsync.flow.http import Request, Response
from tests.client.worlds import ENTRY, World

FULL_PING = "POST ping"


async def all_at_once(count: int, call: Callable[[int], Any]) -> list[Any]:
    """The results of so many calls, begun together."""
    results: list[Any] = [None] * count

    async def one(number: int) -> None:
        results[number] = await call(number)

    async with anyio.create_task_group() as group:
        for number in range(count):
            group.start_soon(one, number)
    return results


def in_threads(count: int, call: Callable[[int], Any]) -> list[Any]:
    """The same in threads that wait for each other at the start."""
    gate = threading.Barrier(count)

    def one(number: int) -> Any:
        gate.wait(10)
        return call(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


# -- renewed exactly once ----------------------------------------------------------------


@pytest.mark.parametrize(("age", "pings"), [(174.5, 0), (175.5, 1), (179, 1)])
def test_fifty_threads_renew_once(blocking_world: World, age: float, pings: int) -> None:
    """By the injected clock."""
    world = blocking_world
    with world.parent().blocking as client:
        world.clock.advance(age)
        before = len(world.server.log)
        found = in_threads(50, lambda _: client.get_badges())
        cost = world.cost(before)
    assert cost == [FULL_PING] * pings + ["GET eventbadges"] * 50
    assert all(one == found[0] and one for one in found)


@pytest.mark.parametrize(("age", "pings"), [(174.5, 0), (175.5, 1)])
def test_many_tasks_renew_once(async_world: World, age: float, pings: int) -> None:
    """Fifty on asyncio, twenty on trio."""
    world = async_world
    count = 50 if world.name == "asyncio" else 20

    async def body() -> list[str]:
        async with world.parent() as client:
            world.clock.advance(age)
            before = len(world.server.log)
            await all_at_once(count, lambda _: client.get_badges())
            return world.cost(before)

    assert world.run(body) == [FULL_PING] * pings + ["GET eventbadges"] * count


def test_a_dead_session_is_replaced_once(world: World) -> None:
    """Ten callers find it dead; one signs in, nine go on."""
    world.server.rules = attrs.evolve(world.server.rules, strict_ping=True)

    async def body() -> None:
        client = world.parent()
        await client.login()
        world.server.sessions.end_all()
        before = len(world.server.log)
        if world.name == "sync":
            in_threads(10, lambda _: client.blocking.get_badges())
        else:
            await all_at_once(10, lambda _: client.get_badges())
        assert world.cost(before) == ["GET eventbadges", *ENTRY, *["GET eventbadges"] * 10]
        await client.aclose()

    world.run(body)


def test_the_first_reading_of_many_signs_in_once(world: World) -> None:
    """Nobody signed in before."""

    async def body() -> None:
        client = world.parent()
        if world.name == "sync":
            in_threads(20, lambda _: client.blocking.get_badges())
        else:
            await all_at_once(20, lambda _: client.get_badges())
        assert world.cost() == [*ENTRY, *["GET eventbadges"] * 20]
        await client.aclose()

    world.run(body)


# -- never the wrong child -----------------------------------------------------------------


def test_a_named_pupil_is_not_touched_by_who_is_selected(world: World) -> None:
    """While others select back and forth."""

    async def body() -> None:
        client = world.parent()
        await client.login()
        keys = [pupil.key for pupil in client.pupils]

        def chosen(number: int) -> Any:
            client.select_pupil(1 + (number // 2) % 2)
            return (client.blocking if world.name == "sync" else client).get_badges(pupil=1 + number % 2)

        if world.name == "sync":
            found = in_threads(24, chosen)
        else:
            found = await all_at_once(24, chosen)
        for number, badges in enumerate(found):
            assert {badge.pupil_key for badge in badges} == {keys[number % 2]}
        await client.aclose()

    world.run(body)


# -- cancelled ------------------------------------------------------------------------------


@attrs.define
class Slow:
    """A school on whose answers one can wait."""

    world: World
    path: str
    waiting: int = 0

    async def exchange(self, request: Request) -> Response:
        """The answer, after a while for one path."""
        if self.path in request.url:
            self.waiting += 1
            await anyio.sleep(30)
        return self.world.mount.exchange(request)


@pytest.mark.parametrize("path", ["/eventbadges/", "/ping", "/pupils", "/parent/login"])
def test_a_cancelled_call_leaves_the_client_whole(async_world: World, path: str) -> None:
    """Wherever it stood; the next one works."""
    world = async_world
    slow = Slow(world, path)

    async def body() -> None:
        client = world.parent(http_client=slow)
        with anyio.move_on_after(0.05) as scope:
            await client.get_badges()
        assert (scope.cancelled_caught, slow.waiting) == (True, 1)
        slow.path = "/nowhere/"
        assert await client.get_badges()
        await client.aclose()

    world.run(body)


def test_a_call_that_waits_for_its_turn_can_be_cancelled(async_world: World) -> None:
    """Without a warning about what never ran."""
    world = async_world
    slow = Slow(world, "/eventbadges/")

    async def body() -> None:
        client = world.parent(http_client=slow)
        await client.login()
        with anyio.move_on_after(0.05):
            await all_at_once(3, lambda _: client.get_badges())
        assert slow.waiting == 1
        slow.path = "/nowhere/"
        assert await client.get_badges()
        await client.aclose()

    world.run(body)


# -- the heartbeat ------------------------------------------------------------------------------


async def _passed(world: World, seconds: float) -> None:
    """So much real time, while a heart may beat beside us."""
    if world.name == "sync":
        threading.Event().wait(seconds)
    else:
        await anyio.sleep(seconds)


async def _beats(world: World, count: int) -> None:
    """Wait until the server has seen so many pings more than the log-in's."""
    until = time.monotonic() + 10
    while world.cost().count(FULL_PING) < 1 + count:
        assert time.monotonic() < until, "no heartbeat"
        await _passed(world, 0.005)


def test_a_heartbeat_beats_inside_its_block(world: World) -> None:
    """In all three worlds, and no more after it."""

    async def body() -> None:
        async with world.parent() as client:
            async with client.kept_alive(0.01):
                await _beats(world, 2)
                assert await client.get_badges()
            stopped = world.cost().count(FULL_PING)
            await _passed(world, 0.05)
            assert world.cost().count(FULL_PING) == stopped

    world.run(body)


@pytest.mark.parametrize("world", ["sync", "asyncio"], indirect=True)
def test_a_heartbeat_is_switched_on_and_off(world: World) -> None:
    """And ends with its client."""

    async def body() -> None:
        client = world.parent()
        await client.login()
        before = threading.active_count()
        await client.keep_alive(True, 0.01)
        await client.keep_alive(True, 0.02)
        assert threading.active_count() == before + (world.name == "sync")
        await _beats(world, 2)
        await client.keep_alive(False)
        assert threading.active_count() == before
        await client.keep_alive(interval=0.01)
        await client.aclose()
        assert threading.active_count() == before

    world.run(body)


def test_trio_is_told_to_use_the_block(async_world: World) -> None:
    """It has no tasks without an owner."""
    world = async_world

    async def body() -> None:
        async with world.parent() as client:
            if world.name == "trio":
                with pytest.raises(UsageError, match="kept_alive"):
                    await client.keep_alive()
            else:
                await client.keep_alive()

    world.run(body)


def test_an_interval_must_be_some_time(world: World) -> None:
    """And a bad one leaves the heart that beats alone."""

    async def body() -> None:
        async with world.parent() as client:
            with pytest.raises(BadArgument):
                await client.keep_alive(True, 0)
            with pytest.raises(BadArgument):
                client.kept_alive(-1)

    world.run(body)


def test_the_provider_knows_how_often() -> None:
    """Before the three minutes are over, with room for a failure."""
    client = classcharts.ParentClient("a@example.test", "x")
    assert client._beat_seconds(None) == dt.timedelta(minutes=2).total_seconds() < 175
    assert client._beat_seconds(5) == 5


def test_a_heartbeat_signs_nobody_in(world: World) -> None:
    """Who signed out stays out."""

    async def body() -> None:
        client = world.parent()
        async with client.kept_alive(0.005):
            await _passed(world, 0.05)
        assert world.cost() == []
        await client.aclose()

    world.run(body)


def test_loops_one_after_the_other_may_share_a_client(async_world: World) -> None:
    """As scripts do that call `run` twice."""
    world = async_world
    client = world.parent()

    async def body() -> int:
        return len(await client.get_badges())

    assert (asyncio.run(body()), trio.run(body), asyncio.run(body())) == (3, 3, 3)
    assert world.cost().count("POST parent/login") == 1
