"""What both drivers say alike: how a flow is stepped and ended, and what it may not do."""

from __future__ import annotations

import inspect
import types
from collections.abc import AsyncGenerator, Generator
from enum import Enum
from typing import Any, Final, TypeVar

from schoolsync.errors import BadArgument, ChallengeUnanswered, UsageError
from schoolsync.flow.effects import Question

__all__ = ["END", "FAREWELL_SECONDS", "End", "answered", "closed", "ended", "foreign", "next_of", "reentered"]

T = TypeVar("T")

FAREWELL_SECONDS: Final = 2.0
"""How long a log-out may take when a client is closed."""


class End(Enum):
    """What a generator gives when it has no more items."""

    END = "end"
    """The only one."""


END: Final = End.END
"""There are no more items."""


def foreign(effect: object) -> TypeError:
    """What a flow is told that awaits something which only an event loop could give it."""
    kind = type(effect).__name__
    return TypeError(
        f"a flow may await only send, sleep, ask, save, permit and report; this one awaited a {kind}. "
        "What belongs to asyncio or trio has its place in a driver."
    )


def reentered() -> UsageError:
    """What a callback is told that uses the client which is waiting for its answer."""
    hint = "A callback may use other clients; this one goes on when the callback has returned."
    return UsageError("this client was called from within its own callback", hint=hint)


def closed() -> UsageError:
    """What is said of a client that was closed."""
    return UsageError("this client is closed", hint="Make a new one.")


def answered(question: Question, answer: object) -> str:
    """What `on_challenge=` gave, if it is an answer.

    Raises:
        ChallengeUnanswered: It is `None`.
        BadArgument: It is no text.
    """
    if answer is None:
        raise ChallengeUnanswered(question.kind)
    if not isinstance(answer, str):
        raise BadArgument("on_challenge", f"must give text, and gave a {type(answer).__name__}")
    return answer


def unawaited(name: str, answer: object) -> object:
    """*answer* of a callback of a blocking client.

    Raises:
        BadArgument: It would have to be awaited.
    """
    if inspect.isawaitable(answer):
        if inspect.iscoroutine(answer):
            answer.close()
        raise BadArgument(name, "is async, and this class blocks: use its Async twin")
    return answer


async def next_of(items: AsyncGenerator[T]) -> T | End:
    """The next item as a flow; `END` after the last.

    Closing this flow closes *items* where it stands, which closing a plain `anext()` does not
    do before Python 3.13.
    """
    return await _step(items)


@types.coroutine
def _step(items: AsyncGenerator[T]) -> Generator[Any, Any, T | End]:
    stepper = items.__anext__()
    try:
        effect = stepper.send(None)
        while True:
            try:
                answer = yield effect
            except BaseException as error:  # noqa: BLE001 - GeneratorExit above all
                effect = stepper.throw(error)
            else:
                effect = stepper.send(answer)
    except StopIteration as item:
        return item.value  # type: ignore[no-any-return]
    except StopAsyncIteration:
        return END


def ended(items: AsyncGenerator[Any]) -> None:
    """*items* is closed where it stands, without a driver.

    Raises:
        RuntimeError: It awaits something in a `finally`.
    """
    closing = items.aclose()
    try:
        closing.send(None)
    except StopIteration:
        return
    closing.close()
    msg = "a flow may not await anything while it is being closed"
    raise RuntimeError(msg)
