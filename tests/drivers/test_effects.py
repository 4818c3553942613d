"""Every effect, performed by both drivers: blocking, on asyncio and on trio."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable

import pytest

from schoolsync.drivers.sync import Driver
from schoolsync.drivers.vault import Keeper
from schoolsync.errors import (
    ChallengeUnanswered,
    LoginHeld,
    NetworkError,
    TimedOut,
)
from schoolsync.flow import effects
from schoolsync.flow.effects import Outcome, Question
from schoolsync.flow.http import Request, Response
from schoolsync.policy import Limits, Pace
from schoolsync.sandbox.clock import HandClock
from tests.drivers.scenes import (
    PIN,
    URL,
    Broken,
    Counter,
    Echo,
    Record,
    log_in,
    question_flow,
    recorded,
    saving_flow,
)
from tests.drivers.worlds import World, asked, await_in, get, several

NOON = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)


def test_a_flow_returns_what_it_returns(world: World) -> None:
    """Also one that asks for nothing."""

    async def silent_flow() -> str:
        return "nothing asked"

    assert world.run(silent_flow(), client=Echo()) == "nothing asked"
    assert [r.status for r in world.run(asked(get(URL), get(URL)), client=Echo())] == [200, 200]


def test_an_error_enters_where_the_request_was_made(world: World) -> None:
    """The flow may handle it, and go on."""

    async def flow() -> str:
        try:
            await effects.send(get(URL))
        except NetworkError as error:
            return f"handled {type(error).__name__}"
        raise AssertionError

    assert world.run(flow(), client=Broken()) == "handled TimedOut"
    record = Record()
    with pytest.raises(TimedOut):
        world.run(recorded(record), client=Broken())
    assert record.log == ["begun", "TimedOut"]


def test_a_foreign_awaitable_is_refused(world: World) -> None:
    """With a clear TypeError, at the await."""

    async def flow() -> None:
        await asyncio.sleep(0)

    with pytest.raises(TypeError, match="a flow may await only send, sleep, ask, save, permit and report"):
        world.run(flow(), client=Echo())


def test_a_pause_is_made(world: World) -> None:
    """By the waiting that was given, in seconds; really without one."""
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    async def flow(duration: dt.timedelta) -> None:
        await effects.sleep(duration)

    world.run(flow(dt.timedelta(minutes=2)), client=Echo(), sleep=wait if world.is_async else waited.append)
    assert waited == [120]
    began = time.monotonic()
    world.run(flow(dt.timedelta(milliseconds=10)), client=Echo())
    assert time.monotonic() - began >= 0.009


def test_a_question_is_asked(world: World) -> None:
    """Of a plain function in either world."""
    seen: list[Question] = []

    def answer_it(question: Question) -> str:
        seen.append(question)
        return "0000"

    assert world.run(question_flow(), client=Echo(), on_challenge=answer_it) == "0000"
    assert seen == [PIN]


@pytest.mark.parametrize("on_challenge", [None, lambda _: None])
def test_a_question_that_nobody_answers(
    world: World, on_challenge: Callable[[Question], None] | None
) -> None:
    """Its kind is told, at the await."""
    with pytest.raises(ChallengeUnanswered) as caught:
        world.run(question_flow(), client=Echo(), on_challenge=on_challenge)
    assert caught.value.kind == "pin"


def test_credentials_are_kept_before_the_next_request_leaves(world: World) -> None:
    """Or dropped, if nobody wants them."""
    order: list[str] = []

    class Noting(Echo):
        def exchange(self, request: Request) -> Response:
            order.append("sent")
            return super().exchange(request)

    world.run(saving_flow(), client=Noting(), on_credentials=lambda kept: order.append(kept.fields["token"]))
    assert order == ["new", "sent"]
    world.run(saving_flow(), client=Echo())


def test_what_a_callback_raises_enters_the_flow(world: World) -> None:
    """And nothing is sent after credentials that could not be kept."""
    counter = Counter()

    def fail(_: object) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        world.run(saving_flow(), client=counter, on_credentials=fail)
    assert counter.numbers == []


def test_log_ins_are_governed(world: World) -> None:
    """By the given keeper and the given clock; refusals too, which take a while to compute."""
    keeper = Keeper(Limits(paces=(Pace(1, dt.timedelta(minutes=1)),)))
    clock = HandClock(NOON)
    world.run(log_in(), client=Echo(), keeper=keeper, clock=clock)
    with pytest.raises(LoginHeld) as caught:
        world.run(log_in(), client=Echo(), keeper=keeper, clock=clock)
    assert caught.value.until == NOON + dt.timedelta(minutes=1)
    clock.advance(60)
    world.run(log_in(Outcome.REFUSED), client=Echo(), keeper=keeper, clock=clock)
    with pytest.raises(LoginHeld, match="wrong_credentials"):
        world.run(log_in(), client=Echo(), keeper=keeper, clock=clock)


def test_items_come_lazily(world: World) -> None:
    """One request for each item that is taken; the loop's body may use the client; all are closed."""
    counter = Counter()
    requests = [get(f"{URL}{number}") for number in (1, 2, 3)]
    seen: list[tuple[str, int]] = []

    async def body() -> None:
        from schoolsync.drivers.aio import AsyncDriver

        driver = AsyncDriver(http_client=counter)
        async for item in driver.iterate(several(*requests)):
            seen.append((item.url, len(counter.numbers)))
            await driver.run(asked(get(f"{URL}0")))

    if world.is_async:
        await_in(world.name, body)
    else:
        driver = Driver(http_client=counter)
        for item in driver.iterate(several(*requests)):
            seen.append((item.url, len(counter.numbers)))
            driver.run(asked(get(f"{URL}0")))
    assert seen == [(f"{URL}1", 1), (f"{URL}2", 3), (f"{URL}3", 5)]
    assert counter.numbers == [1, 0, 2, 0, 3, 0]


def test_an_error_between_items_comes_out_of_the_loop(world: World) -> None:
    """And the generator has ended."""
    if world.is_async:
        from schoolsync.drivers.aio import AsyncDriver

        async def body() -> None:
            async for _ in AsyncDriver(http_client=Broken()).iterate(several(get(URL))):
                raise AssertionError

        with pytest.raises(TimedOut):
            await_in(world.name, body)
    else:
        with pytest.raises(TimedOut):
            next(Driver(http_client=Broken()).iterate(several(get(URL))))
