"""Playing a flow: scripted answers in order, and no mistake of a test goes unnoticed."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Awaitable
from types import coroutine
from typing import TYPE_CHECKING, Any

import pytest

from schoolsync.errors import (
    ChallengeUnanswered,
    LoginHeld,
    NetworkError,
    SchoolSyncError,
    TimedOut,
    Unreachable,
)
from schoolsync.flow.effects import (
    Credentials,
    Knock,
    Outcome,
    Permit,
    Question,
    ask,
    permit,
    report,
    save,
    send,
    sleep,
)
from schoolsync.flow.http import Request, Response
from schoolsync.flow.secret import Secret
from schoolsync.testing.play import Script, play

if TYPE_CHECKING:
    from collections.abc import Generator

ONE, TWO = Request("GET", "https://h.test/1?secret"), Request("GET", "https://h.test/2")
OK, GONE = Response(200), Response(410)


async def both() -> tuple[int, int]:
    """Two requests."""
    return (await send(ONE)).status, (await send(TWO)).status


async def stubborn() -> str:
    """A flow that survives whatever is an `Exception`."""
    try:
        await send(ONE)
    except Exception as error:  # noqa: BLE001 - that is its point
        return type(error).__name__
    return "answered"


# --- answers --------------------------------------------------------------------------


def test_answers_in_order() -> None:
    """The result, and what was sent."""
    assert play(both(), [OK, GONE]) == ((200, 410), [ONE, TWO])


def test_a_function_looks_at_the_request() -> None:
    """And answers it."""
    result, _ = play(both(), [lambda request: Response(int(request.url[15:16])), OK])
    assert result == (1, 200)


def test_a_flow_may_ask_nothing() -> None:
    """Then nothing was sent."""

    async def silent() -> int:
        return 5

    assert play(silent()) == (5, [])


def test_errors_are_thrown_at_the_await() -> None:
    """Where the request was made, so that the flow can try again."""

    async def patient() -> int:
        try:
            await send(ONE)
        except NetworkError:
            return (await send(ONE)).status
        return 0

    assert play(patient(), [TimedOut(), OK]) == (200, [ONE, ONE])


def test_an_error_of_the_flow_is_raised() -> None:
    """As itself, whether it was thrown in or is its own."""
    thrown = Unreachable()
    with pytest.raises(Unreachable) as caught:
        play(both(), [thrown])
    assert caught.value is thrown

    async def broken() -> None:
        await send(ONE)
        raise LookupError

    with pytest.raises(LookupError):
        play(broken(), [OK])


def test_a_function_may_raise() -> None:
    """Into the flow, like a driver."""

    def cut(request: Request) -> Response:
        raise TimedOut(address=request.url)

    assert play(stubborn(), [cut]) == ("TimedOut", [ONE])


# --- mistakes of a test ---------------------------------------------------------------


def test_asking_too_much() -> None:
    """Names the request without its query; the flow cannot swallow it."""
    with pytest.raises(AssertionError, match=r"https://h\.test/1") as caught:
        play(stubborn())
    assert "secret" not in str(caught.value)
    with pytest.raises(AssertionError, match=r"https://h\.test/2"):
        play(both(), [OK])


def test_answers_left_over() -> None:
    """A conversation that is shorter than the script is another conversation."""
    with pytest.raises(AssertionError, match="2 answers were not asked for"):
        play(both(), [OK, OK, OK, OK])


def test_an_assertion_about_a_request_is_not_swallowed() -> None:
    """A function that refuses the request fails the test, not the flow."""

    def expects_a_post(request: Request) -> Response:
        assert request.method == "POST"
        return OK

    with pytest.raises(AssertionError, match="POST"):
        play(stubborn(), [expects_a_post])


def test_an_answer_that_is_none() -> None:
    """A class instead of an object, or a function that forgot to return."""
    mistakes: list[Any] = [TimedOut, Response, lambda _: None]
    for mistake in mistakes:
        with pytest.raises(AssertionError, match="no Response"):
            play(stubborn(), [mistake])


@coroutine
def bare_yield() -> Generator[object, object, None]:
    """What other people's awaitables do."""
    yield object()


@pytest.mark.parametrize("foreign", [lambda: asyncio.sleep(0), bare_yield])
def test_a_foreign_awaitable(foreign: Any) -> None:
    """Is refused by its type; the flow cannot swallow that either."""

    async def lost() -> None:
        awaitable: Awaitable[None] = foreign()
        with contextlib.suppress(Exception):
            await awaitable
        await send(ONE)

    with pytest.raises(TypeError, match="effects only, not"):
        play(lost(), [OK])


# --- endings --------------------------------------------------------------------------


class Watched:
    """A flow that tells how it ended."""

    def __init__(self) -> None:
        self.ending: BaseException | None = None

    async def flow(self) -> None:
        """Wait for an answer and note what comes instead."""
        try:
            await send(ONE)
        except BaseException as error:
            self.ending = error
            raise


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt(), SystemExit(), asyncio.CancelledError()])
def test_what_is_no_error_closes_the_flow(interrupt: BaseException) -> None:
    """An interrupt leaves by its own way; the flow learns of it as `GeneratorExit`."""
    watched = Watched()
    with pytest.raises(type(interrupt)):
        play(watched.flow(), [interrupt])
    assert isinstance(watched.ending, GeneratorExit)


def test_a_flow_is_closed_when_the_script_ends() -> None:
    """Nothing is left running behind a failed test."""
    watched = Watched()
    with pytest.raises(AssertionError):
        play(watched.flow())
    assert isinstance(watched.ending, GeneratorExit)


def test_a_flow_that_awaits_while_it_is_closed() -> None:
    """Breaks the rule against awaiting in `finally`, and is told so."""

    async def clingy() -> None:
        try:
            await send(ONE)
        finally:
            await send(TWO)

    with pytest.raises(RuntimeError, match="ignored GeneratorExit"):
        play(clingy(), [KeyboardInterrupt()])


# --- the other effects ----------------------------------------------------------------

KNOCK = Knock("h.test", "opaque", Secret("s3cret"))
SAVED = Credentials("sandbox", {"token": "s3cret"})
PIN = Question("pin", "Your PIN?")


async def signing_in() -> str:
    """A flow with one of everything."""
    await permit(KNOCK)
    await sleep(dt.timedelta(hours=1))
    pin = await ask(PIN)
    await send(ONE)
    await save(SAVED)
    await report(KNOCK, Outcome.ACCEPTED)
    return pin


def test_everything_is_recorded() -> None:
    """Questions answered, credentials kept, pauses not made."""
    script = Script([OK], replies=["1234"])
    assert script.run(signing_in()) == "1234"
    assert (script.sent, script.asked, script.saved) == ([ONE], [PIN], [SAVED])
    assert script.slept == [dt.timedelta(hours=1)]
    assert script.permits == [Permit(KNOCK), Permit(KNOCK, Outcome.ACCEPTED)]
    assert not script.answers
    assert not script.replies


def test_a_question_without_a_reply() -> None:
    """Nobody was there to answer, as without `on_challenge=`."""
    script = Script([OK])
    with pytest.raises(ChallengeUnanswered, match="pin"):
        script.run(signing_in())
    assert script.asked == [PIN]
    assert script.sent == []


def test_a_governor_may_hold_a_log_in() -> None:
    """It sees both the question and the outcome."""
    seen: list[Permit] = []

    def hold(asked: Permit) -> None:
        seen.append(asked)
        raise LoginHeld(None, "wrong_credentials")

    with pytest.raises(SchoolSyncError, match="until the secret changes"):
        Script([OK], holds=hold).run(signing_in())
    assert seen == [Permit(KNOCK)]


def test_a_script_goes_on() -> None:
    """Several flows of one session can share it."""
    script = Script([OK, GONE, GONE, OK])
    assert (script.run(both()), script.run(both())) == ((200, 410), (410, 200))
    assert script.sent == [ONE, TWO, ONE, TWO]
