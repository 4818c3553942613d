"""The five things that a flow may ask of the world.

A flow is an `async def` that awaits nothing else. It does no I/O: a driver
performs each effect and answers at the `await`, or throws the error there.

`send` one HTTP exchange · `sleep` a pause · `ask` the person · `save` new
credentials before anything else is sent · `permit` a log-in. A sixth needs a
written reason. Time is not an effect: a flow that needs it is given a `Clock`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Coroutine, Generator, Mapping
from enum import StrEnum
from typing import Any, Protocol, TypeAlias, TypeVar

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.flow.secret import Secret

__all__ = [
    "Ask",
    "Clock",
    "Credentials",
    "Effect",
    "Flow",
    "Knock",
    "Outcome",
    "Permit",
    "Question",
    "Save",
    "Send",
    "Sleep",
    "ask",
    "permit",
    "report",
    "save",
    "send",
    "sleep",
]

T = TypeVar("T")
Flow: TypeAlias = Coroutine[Any, Any, T]
"""An `async def` that awaits only effects, and gives a `T`."""


class Clock(Protocol):
    """Time, given to whoever needs it."""

    def now(self) -> dt.datetime:
        """The present, aware, in any zone: for today's date and the ledger."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back: for ages."""
        ...


# -- send ---------------------------------------------------------------------


@attrs.frozen
class Send:
    """Please perform this exchange."""

    request: Request
    """What to send."""

    def __await__(self) -> Generator[Send, Response, Response]:
        """Stop here until a driver has the answer."""
        return (yield self)


async def send(request: Request) -> Response:
    """The answer to *request*, redirects not followed.

    Raises:
        NetworkError: Thrown by the driver, with `was_sent`.
    """
    return await Send(request)


# -- sleep --------------------------------------------------------------------


@attrs.frozen
class Sleep:
    """Please wait."""

    duration: dt.timedelta
    """How long."""

    def __await__(self) -> Generator[Sleep, None, None]:
        """Stop here until a driver has waited."""
        yield self


async def sleep(duration: dt.timedelta) -> None:
    """A pause of *duration*."""
    await Sleep(duration)


# -- ask ----------------------------------------------------------------------


@attrs.frozen
class Question:
    """Something that only the person can answer. Only log-in flows may ask."""

    kind: str
    """What is asked for: `"pin"`, `"second_factor"`, `"account"`."""
    text: str
    """The question as shown."""
    choices: tuple[str, ...] = ()
    """What can be answered; empty for free text."""


@attrs.frozen
class Ask:
    """Please ask the person."""

    question: Question
    """What to ask."""

    def __await__(self) -> Generator[Ask, str, str]:
        """Stop here until a driver has the answer."""
        return (yield self)


async def ask(question: Question) -> str:
    """The person's answer to *question*.

    Raises:
        ChallengeUnanswered: Nobody is there to answer (no `on_challenge=`).
    """
    return await Ask(question)


# -- save ---------------------------------------------------------------------


@attrs.frozen
class Credentials:
    """What the next log-in needs. Holds secrets: `repr` shows the provider only."""

    provider: str
    """Name of the provider."""
    fields: Mapping[str, str] = attrs.field(repr=False)
    """What `connect(provider, **fields)` takes."""


@attrs.frozen
class Save:
    """Please keep these before the next request leaves."""

    credentials: Credentials
    """What to keep."""

    def __await__(self) -> Generator[Save, None, None]:
        """Stop here until a driver has kept them."""
        yield self


async def save(credentials: Credentials) -> None:
    """*credentials* are with the user's `on_credentials=`, if there is one."""
    await Save(credentials)


# -- permit -------------------------------------------------------------------


class Outcome(StrEnum):
    """How a log-in ended, as far as the governor must know."""

    ACCEPTED = "accepted"
    """The school let us in."""
    REFUSED = "refused"
    """The school refused this secret."""
    RATE_LIMITED = "rate_limited"
    """The school asked for fewer requests."""
    SUSPENDED = "suspended"
    """The school said that it blocks this address."""
    UNSENT = "unsent"
    """It never left this computer, so the school has not seen it."""


@attrs.frozen
class Knock:
    """A log-in about to be tried."""

    host: str
    """Host that will see it."""
    account: str = attrs.field(repr=False)
    """Who knocks, as the ledger may keep it: opaque, never a name."""
    secret: Secret
    """What will be sent, to tell a new secret from a refused one."""


@attrs.frozen
class Permit:
    """Please ask the log-in governor, or tell it the outcome."""

    knock: Knock
    """The log-in."""
    outcome: Outcome | None = None
    """`None`: may I? Else: this is how it ended."""

    def __await__(self) -> Generator[Permit, None, None]:
        """Stop here until the governor has answered."""
        yield self


async def permit(knock: Knock) -> None:
    """The log-in is allowed, and counted.

    Raises:
        LoginHeld: Too many log-ins, or this secret was refused before.
    """
    await Permit(knock)


async def report(knock: Knock, outcome: Outcome) -> None:
    """The governor knows how the log-in ended."""
    await Permit(knock, outcome)


Effect: TypeAlias = Send | Sleep | Ask | Save | Permit
"""What a driver must be able to perform."""
