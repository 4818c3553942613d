"""The opt-in heartbeat: a thread, a task, a context; with the waiting passed in."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable
from typing import Any

import anyio
import pytest
import trio

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.heartbeat import AsyncHeartbeat, Heartbeat
from schoolsync.drivers.sync import Driver
from schoolsync.errors import BadArgument, TimedOut, UsageError
from schoolsync.flow.effects import Flow
from tests.drivers.scenes import URL, Counter, Echo, numbered
from tests.drivers.worlds import asked, await_in, get


class Beats:
    """Waiting that a test moves by hand: so many beats, and then a rest."""

    def __init__(self, times: int) -> None:
        self.left = times
        self.waited: list[float] = []
        self.rests = threading.Event()

    def wait(self, stopped: threading.Event, seconds: float) -> bool:
        """For the thread: no time at all while there are beats left, then until it is stopped."""
        self.waited.append(seconds)
        self.left -= 1
        if self.left >= 0:
            return stopped.is_set()
        self.rests.set()
        return stopped.wait(5)

    async def wait_async(self, seconds: float) -> None:
        """For the task."""
        self.waited.append(seconds)
        self.left -= 1
        await anyio.lowlevel.checkpoint()
        if self.left < 0:
            self.rests.set()
            await anyio.sleep_forever()


async def until(condition: Callable[[], bool]) -> None:
    """Lets other tasks run until *condition*."""
    with anyio.fail_after(5):
        while not condition():
            await anyio.lowlevel.checkpoint()


def heartbeats() -> list[str]:
    """The heartbeats that run as threads."""
    return [thread.name for thread in threading.enumerate() if "heartbeat" in thread.name]


def failing(log: list[str], error: Exception) -> Callable[[], Flow[None]]:
    """Makes flows that fail."""

    async def flow() -> None:
        log.append("beat")
        raise error

    return flow


# -- threads ------------------------------------------------------------------------


def test_nothing_beats_unless_asked() -> None:
    """Not even a heartbeat that was made and not started."""
    driver = Driver(http_client=Echo())
    driver.run(asked(get(URL)))
    Heartbeat(driver, lambda: asked(get(URL)), 60)
    assert heartbeats() == []


def test_a_thread_beats_in_turn_with_everything_else() -> None:
    """The order numbers of the beats and of the program are one sequence."""
    counter, session, beats = Counter(), {"next": 0}, Beats(20)
    driver = Driver(http_client=counter)
    with Heartbeat(driver, lambda: numbered(session, 2), 60, wait=beats.wait).kept():
        assert heartbeats() == ["schoolsync-heartbeat"]
        for _ in range(20):
            driver.run(numbered(session, 2))
        beats.rests.wait(5)
    assert heartbeats() == []
    assert counter.numbers == list(range(80))
    assert beats.waited == [60] * 21


def test_a_beat_that_fails_is_noted_and_the_next_is_tried(caplog: pytest.LogCaptureFixture) -> None:
    """By the name of its error; the program goes on."""
    log: list[str] = []
    beats = Beats(3)
    make = failing(log, TimedOut(address=URL + "?t=tell-nobody"))
    with Heartbeat(Driver(http_client=Echo()), make, 60, wait=beats.wait).kept():
        beats.rests.wait(5)
    assert log == ["beat"] * 3
    assert caplog.messages == ["a heartbeat failed: TimedOut"] * 3


def test_a_beat_that_can_never_succeed_is_the_last() -> None:
    """The client was closed, for instance."""
    beats = Beats(3)
    driver = Driver(http_client=Echo())
    driver.close()
    heart = Heartbeat(driver, lambda: asked(get(URL)), 60, wait=beats.wait)
    heart.start()
    thread = heart._thread
    assert thread is not None
    thread.join(2)
    assert not thread.is_alive()
    assert len(beats.waited) == 1


def test_a_thread_dies_with_the_program_and_starts_once() -> None:
    """A daemon; and starting twice is once, starting again after a stop works."""
    beats = Beats(0)
    heart = Heartbeat(Driver(http_client=Echo()), lambda: asked(get(URL)), 60, wait=beats.wait)
    heart.start()
    first = heart._thread
    heart.start()
    assert heart._thread is first
    assert first is not None
    assert first.daemon
    heart.stop()
    heart.stop()
    heart.start()
    assert len(heartbeats()) == 1
    heart.stop()


def test_a_beat_may_stop_its_own_heart() -> None:
    """Without waiting for itself."""
    beats = Beats(3)
    heart: Heartbeat

    async def flow() -> None:
        heart.stop()

    heart = Heartbeat(Driver(http_client=Echo()), flow, 60, wait=beats.wait)
    heart.start()
    while heartbeats():
        threading.Event().wait(0.001)
    assert len(beats.waited) == 2


@pytest.mark.parametrize("seconds", [0, -1, -0.5])
def test_an_interval_is_some_time(seconds: float) -> None:
    """A heart that never rests would be a flood."""
    for make in (Heartbeat, AsyncHeartbeat):
        with pytest.raises(BadArgument, match="interval"):
            make(Any, asked, seconds)  # type: ignore[arg-type]


def test_a_driver_has_a_heart() -> None:
    """One at a time; `None` stops it, and so does closing."""
    counter, session = Counter(), {"next": 0}
    driver = Driver(http_client=counter)
    driver.keep_alive(lambda: numbered(session), 0.001)
    driver.keep_alive(lambda: numbered(session), 0.001)
    assert len(heartbeats()) == 1
    while len(counter.numbers) < 3:
        threading.Event().wait(0.001)
    driver.keep_alive(None, 0.001)
    assert heartbeats() == []
    with driver.kept_alive(lambda: numbered(session), 0.001):
        assert len(heartbeats()) == 1
    driver.keep_alive(lambda: numbered(session), 60)
    driver.close()
    assert heartbeats() == []


# -- tasks --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_a_context_beats_in_turn_with_everything_else(name: str) -> None:
    """On both; and it has ended when the block has."""
    counter, session, beats = Counter(), {"next": 0}, Beats(20)

    async def body() -> None:
        driver = AsyncDriver(http_client=counter)
        async with AsyncHeartbeat(driver, lambda: numbered(session, 2), 60, wait=beats.wait_async).kept():
            for _ in range(20):
                await driver.run(numbered(session, 2))
                await anyio.lowlevel.checkpoint()
            await until(beats.rests.is_set)

    await_in(name, body)
    assert counter.numbers == list(range(80))
    assert beats.waited == [60] * 21


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_errors_of_the_block_come_out_as_they_are(name: str, caplog: pytest.LogCaptureFixture) -> None:
    """No group around them; while failing beats are only noted."""
    log: list[str] = []
    beats = Beats(2)

    async def body(error: BaseException) -> None:
        heart = AsyncHeartbeat(
            AsyncDriver(http_client=Echo()), failing(log, KeyError("x")), 60, wait=beats.wait_async
        )
        async with heart.kept():
            await until(beats.rests.is_set)
            raise error

    for error in (TimedOut(), SystemExit()):
        with pytest.raises(type(error)) as caught:
            await_in(name, functools.partial(body, error))
        assert caught.value is error
    assert log == ["beat"] * 2
    assert caplog.messages.count("a heartbeat failed: KeyError") == 2


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_a_cancelled_block_is_cancelled(name: str) -> None:
    """The heartbeat does not swallow it."""

    async def body() -> None:
        heart = AsyncHeartbeat(AsyncDriver(http_client=Echo()), lambda: asked(get(URL)), 60)
        with anyio.move_on_after(0.005) as scope:
            async with heart.kept():
                await anyio.sleep_forever()
        assert scope.cancelled_caught

    await_in(name, body)


def test_a_task_of_asyncio_beats_until_it_is_stopped() -> None:
    """Starting twice is once; stopping waits for its end; a last beat ends it too."""
    counter, session, beats = Counter(), {"next": 0}, Beats(3)

    async def body() -> None:
        driver = AsyncDriver(http_client=counter)
        heart = AsyncHeartbeat(driver, lambda: numbered(session), 60, wait=beats.wait_async)
        heart.start()
        task = heart._task
        heart.start()
        assert heart._task is task
        assert task is not None
        await until(beats.rests.is_set)
        await heart.stop()
        await heart.stop()
        assert task.cancelled()
        assert len(asyncio.all_tasks()) == 1
        await driver.aclose()
        last = AsyncHeartbeat(driver, lambda: numbered(session), 60, wait=Beats(3).wait_async)
        last.start()
        assert last._task is not None
        await asyncio.wait([last._task], timeout=2)
        assert last._task.done()

    asyncio.run(body())
    assert counter.numbers == [0, 1, 2]


def test_trio_is_told_of_the_context() -> None:
    """It has no tasks without an owner."""

    async def body() -> None:
        driver = AsyncDriver(http_client=Echo())
        with pytest.raises(UsageError, match=r"async with school\.kept_alive\(\)"):
            await driver.keep_alive(lambda: asked(get(URL)), 60)
        await driver.aclose()

    trio.run(body)


def test_an_async_driver_has_a_heart() -> None:
    """One at a time; `None` stops it, and so does closing."""
    counter, session = Counter(), {"next": 0}

    async def body() -> None:
        driver = AsyncDriver(http_client=counter)
        await driver.keep_alive(lambda: numbered(session), 0.001)
        await driver.keep_alive(lambda: numbered(session), 0.001)
        assert len(asyncio.all_tasks()) == 2
        await until(lambda: len(counter.numbers) >= 3)
        await driver.keep_alive(None, 0.001)
        assert len(asyncio.all_tasks()) == 1
        async with driver.kept_alive(lambda: numbered(session), 0.001):
            assert len(asyncio.all_tasks()) == 2
        await driver.keep_alive(lambda: numbered(session), 60)
        await driver.aclose()
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(body())
