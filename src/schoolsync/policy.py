"""Decisions about *when*, with the time passed in: renew, try again, hold a log-in back.

Nothing here reads a clock, keeps a state or does I/O. The log-in governor is a
value, the `Ledger`, and three functions from ledger to ledger: `admitted` before
a log-in, `reported` after it, `joined` for a ledger that was kept elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol, Self

import attrs

from schoolsync.errors import BadArgument, LoginHeld, RateLimited, SchoolSyncError

__all__ = [
    "Attempt",
    "Block",
    "Freshness",
    "Ledger",
    "Limits",
    "LogIn",
    "Pace",
    "Refusal",
    "Retry",
    "admitted",
    "has_refusals",
    "joined",
    "reported",
]


@attrs.frozen
class Freshness:
    """How long a session may be used before it is renewed."""

    lifetime: dt.timedelta
    """How long the server keeps it."""
    margin: dt.timedelta
    """How much earlier to renew, so that no request arrives too late."""

    def needs_renewal(self, age_seconds: float) -> bool:
        """Whether a session of this age is renewed before it is used."""
        return age_seconds >= (self.lifetime - self.margin).total_seconds()


@attrs.frozen
class Retry:
    """When to ask again after an error. Writes are never repeated."""

    attempts: int = 3
    """How often to ask in all."""
    first_pause: dt.timedelta = dt.timedelta(seconds=1)
    """The pause after the first failure; each further one is twice as long."""
    cap: dt.timedelta = dt.timedelta(seconds=30)
    """No pause is longer; a server that asks for a longer one is not asked again."""

    def pause(self, attempt: int, error: SchoolSyncError, *, is_read: bool) -> dt.timedelta | None:
        """How long to wait after the failure of *attempt* (counted from 1); `None`: give up."""
        if not is_read or not error.is_retryable or attempt >= self.attempts:
            return None
        pause = min(self.first_pause * 2.0 ** (attempt - 1), self.cap)
        if isinstance(error, RateLimited) and error.retry_after is not None:
            pause = max(pause, error.retry_after)
        return pause if pause <= self.cap else None


# -- the log-in governor --------------------------------------------------------

REFUSALS_KEPT: Final = 8
"""Refused secrets remembered for one account; the oldest give way."""
VERSION: Final = 1
"""Of the form that `Ledger.to_dict` writes."""


@attrs.frozen
class Pace:
    """So many log-ins in so long a time."""

    log_ins: int = attrs.field(validator=attrs.validators.ge(1))
    """How many are allowed; at least one."""
    within: dt.timedelta
    """In any stretch of this length."""


@attrs.frozen
class Limits:
    """What the governor allows."""

    paces: tuple[Pace, ...] = (Pace(3, dt.timedelta(minutes=10)), Pace(12, dt.timedelta(hours=1)))
    """Per host and account; all of them hold."""
    after_rate_limit: dt.timedelta = dt.timedelta(minutes=30)
    """No log-in at this host for so long after it asked for fewer requests."""
    after_suspension: dt.timedelta = dt.timedelta(hours=6)
    """No log-in at this host for so long after it blocked this address."""

    def hold(self, cause: str) -> dt.timedelta:
        """How long a host is left alone for *cause*, `"rate_limited"` or `"suspended"`."""
        return self.after_suspension if cause == "suspended" else self.after_rate_limit


class Fingerprinted(Protocol):
    """A secret that can be compared without being kept."""

    def fingerprint(self, salt: bytes, /) -> str:
        """A slow, salted digest."""
        ...


class Attempt(Protocol):
    """A log-in about to be tried; `flow.effects.Knock` is one."""

    @property
    def host(self) -> str:
        """Host that will see it."""
        ...

    @property
    def account(self) -> str:
        """Who knocks: opaque, never a name."""
        ...

    @property
    def secret(self) -> Fingerprinted:
        """What will be sent."""
        ...


@attrs.frozen
class LogIn:
    """A log-in that was let through."""

    host: str
    """Host that saw it."""
    account: str = attrs.field(repr=False)
    """Opaque, as the knock named it."""
    at: dt.datetime
    """When."""


@attrs.frozen
class Refusal:
    """A secret that the school refused."""

    host: str
    """Host that refused it."""
    account: str = attrs.field(repr=False)
    """Opaque, as the knock named it."""
    salt: bytes = attrs.field(repr=False)
    """What the fingerprint was made with."""
    fingerprint: str = attrs.field(repr=False)
    """Tells whether another secret is the same one."""

    def is_of(self, knock: Attempt) -> bool:
        """Whether it is about this host and account, whatever the secret."""
        return (self.host, self.account) == (knock.host, knock.account)


@attrs.frozen
class Block:
    """A host that turned this address away."""

    host: str
    """The host."""
    cause: str
    """`"rate_limited"` or `"suspended"`."""
    at: dt.datetime
    """When it said so."""


@attrs.frozen
class Ledger:
    """What the governor remembers: no name, and no secret that could be read back."""

    salt: bytes = attrs.field(repr=False)
    """16 random bytes for the fingerprints to come."""
    log_ins: tuple[LogIn, ...] = ()
    """In order."""
    refusals: tuple[Refusal, ...] = ()
    """In order."""
    blocks: tuple[Block, ...] = ()
    """One per host and cause."""

    def to_dict(self) -> dict[str, Any]:
        """A form that JSON can keep."""
        return {
            "version": VERSION,
            "salt": self.salt.hex(),
            "log_ins": [[one.host, one.account, one.at.isoformat()] for one in self.log_ins],
            "refusals": [[one.host, one.account, one.salt.hex(), one.fingerprint] for one in self.refusals],
            "blocks": [[one.host, one.cause, one.at.isoformat()] for one in self.blocks],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The ledger that `to_dict` wrote.

        Raises:
            ValueError: It is none, or of a version that is not known. Quotes nothing of it.
        """
        if data.get("version") != VERSION:
            msg = "not a ledger of log-ins, or one of another version"
            raise ValueError(msg)
        try:
            return cls(
                salt=bytes.fromhex(data["salt"]),
                log_ins=tuple(LogIn(str(h), str(a), _moment(at)) for h, a, at in data["log_ins"]),
                refusals=tuple(
                    Refusal(str(h), str(a), bytes.fromhex(salt), str(mark))
                    for h, a, salt, mark in data["refusals"]
                ),
                blocks=tuple(Block(str(h), str(cause), _moment(at)) for h, cause, at in data["blocks"]),
            )
        except (KeyError, TypeError, ValueError):
            msg = "a damaged ledger of log-ins"
            raise ValueError(msg) from None


def _moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        msg = "a moment without a zone"
        raise ValueError(msg)
    return moment


_LIMITS: Final = Limits()


def admitted(ledger: Ledger, knock: Attempt, now: dt.datetime, limits: Limits = _LIMITS) -> Ledger:
    """*ledger* with this log-in counted; it may be made.

    The secret's fingerprint is computed only when one was refused for this account before.

    Raises:
        LoginHeld: The school refused this very secret (`until` is `None`: not before it
            changes), turned the address away, or saw too many log-ins of this account.
    """
    kept = _pruned(ledger, now, limits)
    if _was_refused(kept, knock):
        hint = "The school refused exactly this secret before: sign in with the right one."
        raise LoginHeld(None, "wrong_credentials", hint=hint)
    holds = [hold for hold in _holds(kept, knock, limits) if hold[0] > now]
    if holds:
        raise LoginHeld(*max(holds))
    return attrs.evolve(kept, log_ins=(*kept.log_ins, LogIn(knock.host, knock.account, now)))


def reported(
    ledger: Ledger, knock: Attempt, outcome: str, now: dt.datetime, limits: Limits = _LIMITS
) -> Ledger:
    """*ledger* knowing how the log-in ended.

    A refusal holds for this host, account and secret; a rate limit or suspension for the whole host.
    A log-in that never left does not count.

    Args:
        ledger: What is known so far.
        knock: The log-in.
        outcome: A `flow.effects.Outcome`: `"accepted"`, `"refused"`, `"rate_limited"`, `"suspended"`,
            `"unsent"`.
        now: The present, aware.
        limits: How long what is known must be kept.
    """
    kept = _pruned(ledger, now, limits)
    match outcome:
        case "accepted":
            return kept
        case "refused":
            return kept if _was_refused(kept, knock) else _with_refusal(kept, knock)
        case "rate_limited" | "suspended":
            block = Block(knock.host, str(outcome), now)
            others = (one for one in kept.blocks if (one.host, one.cause) != (block.host, block.cause))
            return attrs.evolve(kept, blocks=(*others, block))
        case "unsent":
            return _without_last(kept, knock)
        case _:
            raise BadArgument("outcome", "is not one that a log-in can have")


def _without_last(ledger: Ledger, knock: Attempt) -> Ledger:
    """*ledger* without the latest log-in of this account."""
    account = (knock.host, knock.account)
    last = next((one for one in reversed(ledger.log_ins) if (one.host, one.account) == account), None)
    return attrs.evolve(ledger, log_ins=tuple(one for one in ledger.log_ins if one is not last))


def joined(mine: Ledger, other: Ledger) -> Ledger:
    """*mine* and what *other* knows besides; fingerprints to come are made with my salt."""
    new = (one for one in other.log_ins if one not in mine.log_ins)
    blocks = {(one.host, one.cause): one for one in sorted((*mine.blocks, *other.blocks), key=lambda b: b.at)}
    return Ledger(
        salt=mine.salt,
        log_ins=tuple(sorted((*mine.log_ins, *new), key=lambda one: one.at)),
        refusals=tuple(dict.fromkeys((*other.refusals, *mine.refusals))),
        blocks=tuple(blocks.values()),
    )


def has_refusals(ledger: Ledger, knock: Attempt) -> bool:
    """Whether judging this log-in needs its fingerprint, which is slow on purpose."""
    return any(one.is_of(knock) for one in ledger.refusals)


def _was_refused(ledger: Ledger, knock: Attempt) -> bool:
    known = [one for one in ledger.refusals if one.is_of(knock)]
    marks = {salt: knock.secret.fingerprint(salt) for salt in {one.salt for one in known}}
    return any(marks[one.salt] == one.fingerprint for one in known)


def _with_refusal(ledger: Ledger, knock: Attempt) -> Ledger:
    mark = knock.secret.fingerprint(ledger.salt)
    known = [one for one in ledger.refusals if one.is_of(knock)]
    too_many = set(known[: len(known) + 1 - REFUSALS_KEPT]) if len(known) >= REFUSALS_KEPT else set()
    others = (one for one in ledger.refusals if one not in too_many)
    return attrs.evolve(ledger, refusals=(*others, Refusal(knock.host, knock.account, ledger.salt, mark)))


def _holds(ledger: Ledger, knock: Attempt, limits: Limits) -> Iterator[tuple[dt.datetime, str]]:
    """Until when, and why, the log-in is held back; moments in the past among them."""
    for block in ledger.blocks:
        if block.host == knock.host:
            yield block.at + limits.hold(block.cause), block.cause
    times = [one.at for one in ledger.log_ins if (one.host, one.account) == (knock.host, knock.account)]
    for pace in limits.paces:
        if len(times) >= pace.log_ins:
            yield sorted(times)[-pace.log_ins] + pace.within, "pace"


def _pruned(ledger: Ledger, now: dt.datetime, limits: Limits) -> Ledger:
    """*ledger* without what can no longer hold anything back.

    What seems to come from the future (the clock was put back) counts as of now, so that no
    wrong clock holds a log-in for longer than the limits say.
    """
    horizon = max((pace.within for pace in limits.paces), default=dt.timedelta(0))
    log_ins = (attrs.evolve(one, at=min(one.at, now)) for one in ledger.log_ins)
    blocks = (attrs.evolve(one, at=min(one.at, now)) for one in ledger.blocks)
    return attrs.evolve(
        ledger,
        log_ins=tuple(one for one in log_ins if one.at + horizon > now),
        blocks=tuple(one for one in blocks if one.at + limits.hold(one.cause) > now),
    )
