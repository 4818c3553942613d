"""The five effects: what a driver is asked, and what a flow gets back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Coroutine
from typing import Any, get_args

import pytest

from schoolsync.errors import LoginHeld, TimedOut
from schoolsync.flow import effects
from schoolsync.flow.effects import (
    Ask,
    Clock,
    Credentials,
    Knock,
    Outcome,
    Permit,
    Question,
    Save,
    Send,
    Sleep,
    ask,
    permit,
    report,
    save,
    send,
    sleep,
)
from schoolsync.flow.http import Request, Response
from schoolsync.flow.secret import Secret
from schoolsync.sandbox.clock import HandClock

REQUEST = Request("GET", "https://h.test/")
ANSWER = Response(200)
QUESTION = Question("pin", "Your PIN?")
KNOCK = Knock("h.test", "opaque", Secret("s3cret"))
CREDENTIALS = Credentials("classcharts", {"email": "robin@example.test", "password": "s3cret"})
PAUSE = dt.timedelta(seconds=3)

CASES: list[tuple[Any, object, object, object]] = [
    # what makes the flow, what it asks of the world, what the world answers, what it returns
    (lambda: send(REQUEST), Send(REQUEST), ANSWER, ANSWER),
    (lambda: sleep(PAUSE), Sleep(PAUSE), None, None),
    (lambda: ask(QUESTION), Ask(QUESTION), "1234", "1234"),
    (lambda: save(CREDENTIALS), Save(CREDENTIALS), None, None),
    (lambda: permit(KNOCK), Permit(KNOCK), None, None),
    (lambda: report(KNOCK, Outcome.REFUSED), Permit(KNOCK, Outcome.REFUSED), None, None),
]
each = pytest.mark.parametrize(("flow", "effect", "answer", "result"), CASES)


@each
def test_a_flow_asks_and_gets(flow: Any, effect: object, answer: object, result: object) -> None:
    """One effect, one answer, done."""
    running: Coroutine[Any, Any, object] = flow()
    assert running.send(None) == effect
    with pytest.raises(StopIteration) as done:
        running.send(answer)
    assert done.value.value == result


@each
def test_an_error_comes_out_where_it_was_thrown(
    flow: Any, effect: object, answer: object, result: object
) -> None:
    """At the `await`; and a flow that is closed there ends."""
    thrown = LoginHeld(None) if isinstance(effect, Permit) else TimedOut()
    running = flow()
    running.send(None)
    with pytest.raises(type(thrown)) as caught:
        running.throw(thrown)
    assert caught.value is thrown
    closed = flow()
    closed.send(None)
    closed.close()
    with pytest.raises(RuntimeError):
        closed.send(answer)


def test_there_are_five() -> None:
    """A sixth needs a written reason."""
    assert set(get_args(effects.Effect)) == {Send, Sleep, Ask, Save, Permit}
    assert {type(effect) for _, effect, _, _ in CASES} == set(get_args(effects.Effect))


@pytest.mark.parametrize("effect", [effect for _, effect, _, _ in CASES])
def test_no_effect_shows_a_secret(effect: object) -> None:
    """Not in a log of what a flow did, nor in a failed test."""
    shown = repr(effect) + str(effect)
    assert "s3cret" not in shown
    assert "robin" not in shown
    assert "opaque" not in shown


@pytest.mark.parametrize("effect", [effect for _, effect, _, _ in CASES])
def test_an_effect_is_frozen(effect: object) -> None:
    """What was asked for stays what was asked for."""
    for name in ("request", "duration", "question", "credentials", "knock", "another"):
        with pytest.raises(AttributeError):
            setattr(effect, name, None)


def test_the_words_for_an_outcome() -> None:
    """What a governor can be told."""
    assert set(Outcome) == {"accepted", "refused", "rate_limited", "suspended", "unsent"}


def test_a_clock_is_anything_with_two_faces() -> None:
    """The sandbox's, for one: type checkers hold it to the protocol."""
    clock: Clock = HandClock(dt.datetime(2026, 3, 9, tzinfo=dt.UTC))
    assert clock.now().tzinfo is not None
    assert clock.monotonic() == 0
