"""The awaiting driver from its first event loop to its last words."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import anyio
import pytest
import trio

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.vault import Keeper
from schoolsync.errors import UsageError
from schoolsync.flow.effects import Question
from tests.drivers.loopback import Loopback, Script, answer, replying
from tests.drivers.scenes import (
    URL,
    Echo,
    Forever,
    Record,
    Yielding,
    log_in,
    numbered,
    question_flow,
    recorded,
)
from tests.drivers.worlds import LOOPBACK, asked, await_in, get, several

T = TypeVar("T")
Run = Callable[[Callable[[], Coroutine[Any, Any, T]]], T]


@pytest.fixture(params=["asyncio", "trio"])
def loop(request: pytest.FixtureRequest) -> Run[Any]:
    """Runs a test's body on one of the two."""
    return lambda body: await_in(request.param, body)


# -- event loops ------------------------------------------------------------------------


def test_a_client_goes_from_one_loop_to_the_next(loopback: Callable[[Script], Loopback]) -> None:
    """Of the same kind or the other; each opens its own connection."""
    server = loopback(replying(answer(b"yes", "Connection: close")))
    driver = AsyncDriver(plain_hosts=LOOPBACK)

    async def body() -> None:
        assert (await driver.run(asked(get(server.url))))[0].body == b"yes"

    asyncio.run(body())
    asyncio.run(body())
    trio.run(body)

    async def last() -> None:
        await body()
        await driver.aclose()

    asyncio.run(last())
    assert server.connections == 4


def test_a_client_cannot_be_busy_in_two_loops() -> None:
    """Two threads with a loop each could mix up one session."""
    ready, leave = threading.Event(), threading.Event()
    driver: AsyncDriver

    def callback(_: Question) -> str:
        ready.set()
        leave.wait(2)
        return "0000"

    driver = AsyncDriver(http_client=Echo(), on_challenge=callback)
    thread = threading.Thread(target=lambda: asyncio.run(driver.run(question_flow())))
    thread.start()
    ready.wait(2)

    async def body() -> None:
        with pytest.raises(UsageError, match="busy in another event loop"):
            await driver.run(asked(get(URL)))

    trio.run(body)
    leave.set()
    thread.join(2)
    asyncio.run(driver.run(asked(get(URL))))


def test_without_an_event_loop_there_is_a_clear_error() -> None:
    """And the flow is closed."""
    running = AsyncDriver(http_client=Echo()).run(asked(get(URL)))
    with pytest.raises(UsageError, match="asyncio or trio, and neither is running"):
        running.send(None)


# -- closing ------------------------------------------------------------------------------


def test_a_closed_client_is_closed(loop: Run[None]) -> None:
    """For flows, generators and streams; and nothing is left unawaited."""

    async def body() -> None:
        driver = AsyncDriver(http_client=Echo())
        await driver.aclose()
        with pytest.raises(UsageError, match="this client is closed"):
            await driver.run(asked(get(URL)))
        with pytest.raises(UsageError, match="this client is closed"):
            await anext(driver.iterate(several(get(URL))))
        with pytest.raises(UsageError, match="this client is closed"):
            await driver.stream(get(URL)).__aenter__()

    loop(body)


def test_a_farewell_is_said_once(loop: Run[None]) -> None:
    """Also when two tasks close at the same time."""

    async def body() -> None:
        counter = Yielding()
        driver, session = AsyncDriver(http_client=counter), {"next": 0}
        async with anyio.create_task_group() as group:
            group.start_soon(driver.aclose, numbered(session))
            group.start_soon(driver.aclose, numbered(session))
        await driver.aclose(numbered(session))
        assert counter.numbers == [0]

    loop(body)


def test_a_farewell_has_two_seconds(loop: Run[None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Here a little less; what fails on the way is forgotten."""
    monkeypatch.setattr("schoolsync.drivers.conversation.FAREWELL_SECONDS", 0.05)
    record = Record()

    async def failing() -> None:
        raise KeyError

    async def body() -> None:
        began = time.monotonic()
        await AsyncDriver(http_client=Forever()).aclose(recorded(record))
        await AsyncDriver(http_client=Echo()).aclose(failing())
        assert time.monotonic() - began < 1

    loop(body)
    assert record.log == ["begun", "GeneratorExit"]


def test_a_farewell_is_said_even_when_cancelled(loop: Run[None]) -> None:
    """As when a program is stopped inside `async with`: the school is told, then it goes on ending."""
    counter = Yielding()

    async def body() -> None:
        driver, session = AsyncDriver(http_client=counter), {"next": 0}
        with anyio.CancelScope() as scope:
            scope.cancel()
            await driver.aclose(numbered(session))
        with anyio.move_on_after(0) as late:
            await anyio.sleep(0.001)
        assert late.cancelled_caught

    loop(body)
    assert counter.numbers == [0]


def test_our_own_client_is_closed(loop: Run[None], loopback: Callable[[Script], Loopback]) -> None:
    """With its idle connection: an unclosed one would be complained about."""
    server = loopback(replying(answer()))

    async def body() -> None:
        driver = AsyncDriver(plain_hosts=LOOPBACK)
        await driver.run(asked(get(server.url)))
        assert driver._home is not None
        client: Any = driver._home.road
        await driver.aclose()
        assert client._client.is_closed

    loop(body)


def test_the_turn_is_quick(loop: Run[None]) -> None:
    """An uncontended turn does not let go of the event loop."""
    steps: list[str] = []

    async def other() -> None:
        steps.append("other")

    async def body() -> None:
        driver = AsyncDriver(http_client=Echo())
        async with anyio.create_task_group() as group:
            group.start_soon(other)
            await driver.run(asked(get(URL)))
            steps.append("driver")

    loop(body)
    assert steps == ["driver", "other"]


def test_time_is_given_to_flows_by_the_driver_s_clock(loop: Run[None]) -> None:
    """The ledger is written with the clock that was given, not with this computer's."""
    moment = dt.datetime(2040, 1, 1, tzinfo=dt.UTC)

    class Fixed:
        def now(self) -> dt.datetime:
            return moment

        def monotonic(self) -> float:
            return 0.0

    keeper = Keeper()

    async def body() -> None:
        await AsyncDriver(http_client=Echo(), keeper=keeper, clock=Fixed()).run(log_in())

    loop(body)
    assert [one.at for one in keeper._ledger.log_ins] == [moment]
