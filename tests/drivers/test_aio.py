"""The awaiting driver on asyncio and trio: order, cancellation, loops, callbacks, closing."""

from __future__ import annotations

import gc
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import aclosing
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.vault import FileStore, Keeper
from schoolsync.errors import LoginHeld, UsageError
from schoolsync.flow.effects import Credentials, Outcome, Question
from schoolsync.flow.http import Request, Response
from tests.drivers.loopback import Loopback, Script, answer, replying, silent
from tests.drivers.scenes import (
    KNOCK,
    URL,
    Echo,
    Forever,
    Record,
    Yielding,
    log_in,
    numbered,
    question_flow,
    recorded,
    saving_flow,
)
from tests.drivers.worlds import LOOPBACK, asked, await_in, get

T = TypeVar("T")
Run = Callable[[Callable[[], Coroutine[Any, Any, T]]], T]


@pytest.fixture(params=["asyncio", "trio"])
def loop(request: pytest.FixtureRequest) -> Run[Any]:
    """Runs a test's body on one of the two."""
    return lambda body: await_in(request.param, body)


# -- turns ------------------------------------------------------------------------


def test_fifty_tasks_take_turns(loop: Run[None]) -> None:
    """In the order in which they came; each flow of several exchanges is one turn."""
    ended: list[int] = []

    async def body() -> None:
        counter = Yielding()
        driver, session = AsyncDriver(http_client=counter), {"next": 0}

        async def use() -> None:
            ended.append(await driver.run(numbered(session, 3)))

        async with anyio.create_task_group() as group:
            for _ in range(50):
                group.start_soon(use)
        assert counter.numbers == list(range(150))

    loop(body)
    assert ended == list(range(3, 153, 3))


def test_a_cancelled_exchange_closes_its_flow(loop: Run[None]) -> None:
    """The flow sees its end within its turn, and the next one has its own."""
    record = Record()

    async def body() -> None:
        server = Forever()
        driver = AsyncDriver(http_client=server)
        async with anyio.create_task_group() as group:
            group.start_soon(driver.run, recorded(record))
            await server.asked.wait()
            group.cancel_scope.cancel()
        assert record.log == ["begun", "GeneratorExit"]
        assert driver._home is not None
        assert not driver._home.turn.locked()

    loop(body)


def test_a_cancelled_exchange_over_a_socket_is_usable_again(
    loop: Run[None], loopback: Callable[[Script], Loopback]
) -> None:
    """On our own client, whose broken connection is not used again."""
    slow, quick = loopback(silent()), loopback(replying(answer(b"yes")))

    async def body() -> None:
        driver = AsyncDriver(plain_hosts=LOOPBACK)
        with anyio.move_on_after(5):
            async with anyio.create_task_group() as group:
                group.start_soon(driver.run, asked(get(slow.url)))
                await anyio.to_thread.run_sync(slow.asked.wait)
                group.cancel_scope.cancel()
        assert (await driver.run(asked(get(quick.url))))[0].body == b"yes"
        await driver.aclose()

    loop(body)


def test_a_flow_cancelled_while_it_waits_is_closed_cleanly(loop: Run[None]) -> None:
    """It was never begun, and nobody complains that it was never awaited."""
    waiting, first = Record(), Record()

    async def body() -> None:
        server = Forever()
        driver = AsyncDriver(http_client=server)
        async with anyio.create_task_group() as group:
            group.start_soon(driver.run, recorded(first))
            await server.asked.wait()
            with anyio.move_on_after(0.01):
                await driver.run(recorded(waiting))
            group.cancel_scope.cancel()
        gc.collect()

    loop(body)
    assert waiting.log == []
    assert first.log == ["begun", "GeneratorExit"]


def test_a_callback_that_uses_its_own_client_is_told(loop: Run[None]) -> None:
    """Whether it is awaited or not; but another task only has to wait."""

    async def body() -> None:
        async def callback(_: Question) -> str:
            await driver.run(asked(get(URL)))
            raise AssertionError

        driver = AsyncDriver(http_client=Echo(), on_challenge=callback)
        with pytest.raises(UsageError, match="from within its own callback"):
            await driver.run(question_flow())

        async def spawning(_: Question) -> str:
            group.start_soon(other.run, asked(get(URL)))
            await anyio.lowlevel.checkpoint()
            return "0000"

        other = AsyncDriver(http_client=Echo(), on_challenge=spawning)
        with anyio.fail_after(2):
            async with anyio.create_task_group() as group:
                assert await other.run(question_flow()) == "0000"

    loop(body)


# -- callbacks ----------------------------------------------------------------------


def test_callbacks_are_awaited_before_anything_else_is_sent(loop: Run[None]) -> None:
    """A question and credentials; and nobody else has the turn meanwhile."""
    order: list[str] = []

    class Noting(Echo):
        def exchange(self, request: Request) -> Response:
            order.append("sent")
            return super().exchange(request)

    async def ask(question: Question) -> str:
        await anyio.lowlevel.checkpoint()
        order.append("asked")
        return "0000"

    async def keep(credentials: Credentials) -> None:
        order.append("keeping")
        await anyio.sleep(0.002)
        order.append("kept")

    async def body() -> None:
        driver = AsyncDriver(http_client=Noting(), on_challenge=ask, on_credentials=keep)
        assert await driver.run(question_flow()) == "0000"
        async with anyio.create_task_group() as group:
            group.start_soon(driver.run, saving_flow())
            await anyio.lowlevel.checkpoint()
            group.start_soon(driver.run, asked(get(URL)))

    loop(body)
    assert order == ["asked", "keeping", "kept", "sent", "sent"]


def test_slow_governing_does_not_stop_the_loop(loop: Run[None], tmp_path: Path) -> None:
    """Files and fingerprints are for a thread; what is quick needs none."""
    threads: list[str] = []

    class Noting(Keeper):
        def permit(self, *args: Any) -> None:
            threads.append("main" if threading.current_thread() is threading.main_thread() else "worker")
            super().permit(*args)

    async def body() -> None:
        keeper = Noting()
        driver = AsyncDriver(http_client=Echo(), keeper=keeper)
        await driver.run(log_in(Outcome.ACCEPTED))
        await driver.run(log_in(Outcome.REFUSED))
        with pytest.raises(LoginHeld):
            await driver.run(log_in())
        stored = Noting()
        stored.remember_in(FileStore(tmp_path))
        await AsyncDriver(http_client=Echo(), keeper=stored).run(log_in())

    loop(body)
    assert threads == ["main", "main", "main", "worker", "worker", "worker"]
    assert KNOCK.account in (tmp_path / "log-ins.json").read_text()


# -- generators and streams -----------------------------------------------------------


def test_a_generator_cancelled_mid_exchange_is_closed(loop: Run[None]) -> None:
    """Where it stands, and without a complaint of the event loop."""
    record = Record()

    async def items() -> AsyncGenerator[None]:
        await recorded(record)
        yield None

    async def body() -> None:
        server = Forever()
        driver = AsyncDriver(http_client=server)

        async def read() -> None:
            async with aclosing(driver.iterate(items())) as iterator:
                async for _ in iterator:
                    raise AssertionError

        async with anyio.create_task_group() as group:
            group.start_soon(read)
            await server.asked.wait()
            group.cancel_scope.cancel()
        assert record.log == ["begun", "GeneratorExit"]
        gc.collect()

    loop(body)


def test_leaving_a_loop_early_closes_the_generator(loop: Run[None]) -> None:
    """When it is told so."""
    log: list[str] = []

    async def items() -> AsyncGenerator[int]:
        try:
            yield 1
            yield 2
        finally:
            log.append("ended")

    async def body() -> None:
        async with aclosing(AsyncDriver(http_client=Echo()).iterate(items())) as iterator:
            async for _ in iterator:
                break
        assert log == ["ended"]

    loop(body)


def test_a_stream_runs_outside_the_turn(loop: Run[None], loopback: Callable[[Script], Loopback]) -> None:
    """Readings go on while a file comes in."""
    server = loopback(replying(answer(bytes(100_000))))

    async def body() -> None:
        driver = AsyncDriver(plain_hosts=LOOPBACK)
        async with driver.stream(get(server.url)) as (_, pieces):
            await anext(pieces)
            assert len((await driver.run(asked(get(server.url))))[0].body) == 100_000
        await driver.aclose()

    loop(body)


def test_a_cancelled_stream_is_closed(loop: Run[None], loopback: Callable[[Script], Loopback]) -> None:
    """In the middle of a piece that does not come."""

    def stalling(server: Loopback, connection: Any) -> None:
        server.read(connection)
        connection.sendall(answer(b"start", length=10))
        server.stopped.wait(5)

    server = loopback(stalling)

    async def body() -> None:
        driver = AsyncDriver(plain_hosts=LOOPBACK)
        got: list[bytes] = []
        with anyio.move_on_after(0.05) as scope:
            async with driver.stream(get(server.url)) as (_, pieces):
                async for piece in pieces:
                    got.append(piece)  # noqa: PERF401 - the loop never ends by itself
        assert scope.cancelled_caught
        assert got in ([b"start"], [])
        await driver.aclose()

    loop(body)
