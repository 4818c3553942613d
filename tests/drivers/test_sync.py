"""The blocking driver: order, the turn, callbacks, closing."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest

from schoolsync.drivers.sync import Driver
from schoolsync.errors import (
    BadArgument,
    TimedOut,
    UsageError,
)
from schoolsync.flow import effects
from schoolsync.flow.effects import Question
from schoolsync.flow.http import Request, Response
from tests.drivers.loopback import Loopback, Script, answer, replying, silent
from tests.drivers.scenes import (
    PIN,
    URL,
    Counter,
    Echo,
    Record,
    numbered,
    question_flow,
    recorded,
    saving_flow,
)
from tests.drivers.worlds import LOOPBACK, asked, get, several

# -- the blocking driver --------------------------------------------------------------


def test_fifty_threads_take_turns() -> None:
    """Each flow of several exchanges is one turn; no order number is lost or doubled."""
    counter = Counter(pause=lambda: time.sleep(0.0002))
    driver, session = Driver(http_client=counter), {"next": 0}
    threads = [threading.Thread(target=lambda: driver.run(numbered(session, 3))) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.numbers == list(range(150))


def test_ctrl_c_closes_the_flow() -> None:
    """Mid-exchange: the flow sees its end, not the key, and the next one has its turn."""

    class Impatient(Echo):
        def exchange(self, request: Request) -> Response:
            raise KeyboardInterrupt

    record = Record()
    driver = Driver(http_client=Impatient())
    with pytest.raises(KeyboardInterrupt):
        driver.run(recorded(record))
    assert record.log == ["begun", "GeneratorExit"]
    assert not driver._turn.locked()
    with pytest.raises(KeyboardInterrupt):
        next(driver.iterate(several(get(URL))))


def test_a_flow_ends_before_the_next_begins() -> None:
    """Its last words are said within its turn."""
    order: list[str] = []
    driver: Driver

    async def cut() -> None:
        try:
            await effects.send(get(URL))
        finally:
            order.append(f"turn is held: {driver._turn.locked()}")

    class Impatient(Echo):
        def exchange(self, request: Request) -> Response:
            raise KeyboardInterrupt

    driver = Driver(http_client=Impatient())
    with pytest.raises(KeyboardInterrupt):
        driver.run(cut())
    assert order == ["turn is held: True"]


@pytest.mark.parametrize("way", ["run", "iterate", "login in a thread"])
def test_a_callback_that_uses_its_own_client_is_told(way: str) -> None:
    """A UsageError and no deadlock; but another thread only has to wait."""
    waiting: list[threading.Thread] = []

    def callback(_: Question) -> str:
        if way == "run":
            driver.run(asked(get(URL)))
        elif way == "iterate":
            list(driver.iterate(several(get(URL))))
        else:
            waiting.append(threading.Thread(target=driver.run, args=(asked(get(URL)),)))
            waiting[0].start()
        return "0000"

    driver = Driver(http_client=Echo(), on_challenge=callback)
    if way == "login in a thread":
        assert driver.run(question_flow()) == "0000"
        waiting[0].join(2)
        assert not waiting[0].is_alive()
    else:
        with pytest.raises(UsageError, match="from within its own callback"):
            driver.run(question_flow())
    assert len(driver.run(asked(get(URL)))) == 1


def test_a_callback_may_use_another_client() -> None:
    """To fetch the second factor from somewhere."""
    other = Driver(http_client=Echo())
    driver = Driver(http_client=Echo(), on_challenge=lambda _: str(len(other.run(asked(get(URL))))))
    assert driver.run(question_flow()) == "1"


@pytest.mark.parametrize("name", ["on_challenge", "on_credentials"])
def test_an_async_callback_is_refused(name: str) -> None:
    """It could never be awaited here."""

    async def callback(_: object) -> str:
        raise AssertionError

    options: dict[str, Any] = {name: callback}
    flow: Any = question_flow() if name == "on_challenge" else saving_flow()
    with pytest.raises(BadArgument, match=f"{name}: is async"):
        Driver(http_client=Echo(), **options).run(flow)


def test_leaving_a_loop_early_closes_the_generator() -> None:
    """At once when asked to; else with the last reference."""
    log: list[str] = []

    async def items() -> AsyncGenerator[int]:
        try:
            yield 1
            yield 2
        finally:
            log.append("ended")

    iterator = Driver(http_client=Echo()).iterate(items())
    assert next(iterator) == 1
    iterator.close()
    assert log == ["ended"]
    for _ in Driver(http_client=Echo()).iterate(items()):
        break
    assert log == ["ended"] * 2


def test_a_stream_runs_outside_the_turn(loopback: Callable[[Script], Loopback]) -> None:
    """Readings go on while a file comes in."""
    server = loopback(replying(answer(bytes(100_000))))
    driver = Driver(plain_hosts=LOOPBACK)
    with driver.stream(get(server.url)) as (_, pieces):
        next(pieces)
        assert len(driver.run(asked(get(server.url)))[0].body) == 100_000
        assert sum(map(len, pieces)) > 0
    driver.close()


# -- closing --------------------------------------------------------------------------


def test_a_closed_client_is_closed() -> None:
    """For flows, generators and streams; and nothing is left unawaited."""
    driver = Driver(http_client=Echo())
    driver.close()
    for use in (
        lambda: driver.run(asked(get(URL))),
        lambda: next(driver.iterate(several(get(URL)))),
        lambda: driver.stream(get(URL)).__enter__(),
    ):
        with pytest.raises(UsageError, match="this client is closed"):
            use()


def test_a_farewell_is_said_once() -> None:
    """The second close does nothing, and leaves no flow behind."""
    counter = Counter()
    driver, session = Driver(http_client=counter), {"next": 0}
    driver.close(numbered(session))
    driver.close(numbered(session))
    assert counter.numbers == [0]


@pytest.mark.parametrize("error", [TimedOut(), KeyError("tell-nobody"), AssertionError()])
def test_a_farewell_that_fails_is_noted_and_forgotten(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """By the name of its error."""

    async def farewell() -> None:
        raise error

    caplog.set_level(logging.INFO)
    Driver(http_client=Echo()).close(farewell())
    assert caplog.messages == [f"a step of closing failed: {type(error).__name__}"]


def test_a_farewell_has_two_seconds(
    loopback: Callable[[Script], Loopback], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here a little less."""
    monkeypatch.setattr("schoolsync.drivers.conversation.FAREWELL_SECONDS", 0.04)
    server = loopback(silent())
    driver, record = Driver(plain_hosts=LOOPBACK), Record()
    began = time.monotonic()
    driver.close(recorded(record, get(server.url)))
    assert time.monotonic() - began < 1
    assert record.log == ["begun", "TimedOut"]


def test_closing_waits_for_whoever_has_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """But not for ever; a log-out that cannot have its turn is not said."""
    monkeypatch.setattr("schoolsync.drivers.conversation.FAREWELL_SECONDS", 0.02)
    inside, leave = threading.Event(), threading.Event()

    def pause() -> None:
        inside.set()
        leave.wait(2)

    counter = Counter(pause=pause)
    driver, session = Driver(http_client=counter), {"next": 0}
    thread = threading.Thread(target=driver.run, args=(numbered(session),))
    thread.start()
    inside.wait(2)
    driver.close(numbered(session))
    leave.set()
    thread.join(2)
    assert counter.numbers == [0]


def test_a_callback_may_close_its_client() -> None:
    """The conversation ends at its next request."""

    def callback(_: Question) -> str:
        driver.close(asked(get(URL)))
        return "0000"

    async def flow() -> None:
        await effects.ask(PIN)
        await effects.send(get(URL))

    driver = Driver(http_client=Echo(), on_challenge=callback)
    with pytest.raises(UsageError, match="this client is closed"):
        driver.run(flow())


def test_constructors_only_store() -> None:
    """No thread, no socket, no file."""
    before = threading.active_count()
    for _ in range(3):
        Driver(timeout=1, deadline=2)
    assert threading.active_count() == before
