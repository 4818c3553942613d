"""How flows and their generators are stepped, ended and refused."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator
from typing import Any

import pytest

from schoolsync.drivers import conversation
from schoolsync.errors import BadArgument, ChallengeUnanswered
from schoolsync.flow import effects
from schoolsync.flow.effects import Question, Sleep

PIN = Question("pin", "Your PIN?")


class Items:
    """A generator of a flow that says how it ended."""

    def __init__(self) -> None:
        self.log: list[str] = []

    async def all(self) -> AsyncGenerator[int]:
        """Two items, with a pause before each."""
        try:
            for number in (1, 2):
                await effects.sleep(dt.timedelta(seconds=number))
                yield number
        except BaseException as error:
            self.log.append(type(error).__name__)
            raise
        finally:
            self.log.append("ended")


def stepped(flow: Any) -> Any:
    """What *flow* returns when every effect is answered with nothing."""
    try:
        while True:
            assert isinstance(flow.send(None), Sleep)
    except StopIteration as done:
        return done.value


def test_items_come_one_by_one_and_then_the_end() -> None:
    """Each by a flow of its own."""
    items = Items()
    generator = items.all()
    got = [stepped(conversation.next_of(generator)) for _ in range(4)]
    assert got == [1, 2, conversation.END, conversation.END]
    assert items.log == ["ended"]


def test_an_error_is_thrown_at_the_generator_s_await() -> None:
    """And comes out again."""
    items = Items()
    flow: Any = conversation.next_of(items.all())
    flow.send(None)
    with pytest.raises(KeyError):
        flow.throw(KeyError("x"))
    assert items.log == ["KeyError", "ended"]


def test_closing_reaches_the_generator_where_it_waits() -> None:
    """In the middle of an exchange, on every Python; closing the generator itself is then easy."""
    items = Items()
    generator = items.all()
    flow: Any = conversation.next_of(generator)
    flow.send(None)
    flow.close()
    assert items.log == ["GeneratorExit", "ended"]
    conversation.ended(generator)


def test_a_generator_is_ended_between_two_items() -> None:
    """Or before the first, or after the last."""
    items = Items()
    generator = items.all()
    stepped(conversation.next_of(generator))
    conversation.ended(generator)
    assert items.log == ["GeneratorExit", "ended"]
    assert stepped(conversation.next_of(generator)) is conversation.END
    conversation.ended(generator)
    conversation.ended(Items().all())


def test_a_generator_may_not_await_while_it_is_closed() -> None:
    """There is no driver any more."""

    async def clinging() -> AsyncGenerator[int]:
        try:
            yield 1
        finally:
            await effects.sleep(dt.timedelta(0))

    generator = clinging()
    stepped(conversation.next_of(generator))
    with pytest.raises(RuntimeError, match="may not await anything while it is being closed"):
        conversation.ended(generator)


def test_a_flow_that_was_never_begun_can_be_closed() -> None:
    """As when it is cancelled while it waits for its turn."""
    generator = Items().all()
    flow: Any = conversation.next_of(generator)
    flow.close()
    conversation.ended(generator)


def test_a_foreign_awaitable_is_named() -> None:
    """By its class, with the list of what is allowed."""
    error = conversation.foreign(asyncio.Lock())
    assert "this one awaited a Lock" in str(error)
    assert "send, sleep, ask, save, permit and report" in str(error)


def test_an_answer_is_text() -> None:
    """Nothing is no answer, and something else is a mistake that is not quoted."""
    assert conversation.answered(PIN, "0000") == "0000"
    with pytest.raises(ChallengeUnanswered) as unanswered:
        conversation.answered(PIN, None)
    assert unanswered.value.kind == "pin"
    with pytest.raises(BadArgument, match="on_challenge: must give text, and gave a int"):
        conversation.answered(PIN, 1234)


def test_a_blocking_client_cannot_await_a_callback() -> None:
    """It says so, and leaves no coroutine behind."""

    async def callback() -> str:
        raise AssertionError

    with pytest.raises(BadArgument, match="on_challenge: is async"):
        conversation.unawaited("on_challenge", callback())
    assert conversation.unawaited("on_challenge", "0000") == "0000"
