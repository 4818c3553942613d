"""Who has opened a page, and how far they got: ciphers, order numbers, accounts."""

from __future__ import annotations

import datetime as dt
import random
from typing import Literal

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.pronote.claims import Claim
from schoolsync.sandbox.pronote.crypto import Cipher, digest
from schoolsync.sandbox.pronote.front import Arrived, Front, front
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["Challenge", "Rules", "Session", "Sessions"]

SMALLEST, LARGEST = 1_000_000, 9_999_999


@attrs.frozen(kw_only=True)
class Rules:
    """How the server behaves."""

    idle: dt.timedelta = dt.timedelta(minutes=10)
    """After how much silence a session is forgotten. Evidence: read (5 to 10 minutes)."""
    expired_code: Literal[8, 10] = 10
    """What is said to a session that was forgotten, or never was. Evidence: read; both were seen."""
    stranger_code: Literal[3, 8] = 8
    """What is said to somebody who calls a function before signing in. Evidence: guess."""
    unknown_code: int = 5
    """The number beside "La page demandée n'existe pas". Evidence: guess, the text alone was seen."""
    tries: int = 5
    """How many wrong passwords are forgiven; the next one suspends the address."""
    suspension: dt.timedelta = dt.timedelta(minutes=30)
    """For how long."""
    portal: Front | None = attrs.field(default=None, converter=front)
    """The portal to which pages without `login=true` send people, if the school has one in front. An
    address alone is that of a portal that lets nobody in."""
    is_demo: bool = False
    """Whether it is a school for demonstration: pages say so, and tokens are given but not kept."""
    checks_browser: bool = False
    """Whether mobile pages without `fd=1` refuse browsers that they do not know: here all of them."""
    wants_cookie: bool = False
    """Whether calls must bring the cookie that the page had set, as behind a load balancer."""
    hides_version: bool = False
    """Whether a proxy has put its own name into the header `Server`."""
    has_app: bool = True
    """Whether the mobile app is allowed: else `InfoMobileApp.json` is not there."""
    is_read_only: bool = False
    """Whether the server is being looked after: what would be saved is refused."""


@attrs.frozen
class Challenge:
    """What somebody who wants to sign in was asked."""

    claim: Claim
    """Who they say they are, and how they prove it."""
    account: str | None
    """Number of the account that this is; `None`: of none."""
    key: bytes = attrs.field(repr=False)
    """The key that the right secret makes; by chance if nothing is right."""
    answers: frozenset[str] = attrs.field(repr=False)
    """The texts that prove it."""


@attrs.define
class Session:
    """One opened page."""

    number: int
    """What the page calls it."""
    space: int
    """Through which page."""
    ids: Ids = attrs.field(repr=False)
    """The ids of this session."""
    cookie: str = attrs.field(repr=False)
    """What the page set."""
    last_seen: float
    """When it was used last, in seconds of the clock."""
    cipher: Cipher = attrs.field(factory=Cipher, repr=False)
    """How it encrypts now."""
    arrived: Arrived | None = None
    """Whom the portal vouches for on it."""
    order: int = 1
    """The next order number."""
    device: str = attrs.field(default="", repr=False)
    """How the server knows this browser again."""
    telephone: str = attrs.field(default="", repr=False)
    """Which telephone was given a token; empty: none."""
    challenge: Challenge | None = None
    """What was asked last."""
    account: str | None = None
    """Number of the account that is signed in."""
    unsettled: frozenset[int] = frozenset()
    """What the account must do before anything else."""
    pin_tries: int = 3
    """How many more PINs may be tried."""
    has_pin: bool = False
    """Whether the right PIN was given."""
    last_request: bytes = attrs.field(default=b"", repr=False)
    """What arrived last."""
    last_answer: Response | None = attrs.field(default=None, repr=False)
    """What was answered to it, for a client that did not get it. Evidence: inferred, from the vendor's
    own client, which sends the same bytes again when nothing comes back."""


@attrs.define
class Sessions:
    """All sessions of one server."""

    rules: Rules
    """How long they are good."""
    _chance: random.Random
    _open: dict[int, Session] = attrs.field(factory=dict)

    def begin(self, space: int, now: float) -> Session:
        """A new session."""
        number = self._chance.randint(SMALLEST, LARGEST)
        while number in self._open:
            number = self._chance.randint(SMALLEST, LARGEST)
        ids, cookie = Ids(self._chance.randbytes(16)), f"{self._chance.getrandbits(64):016x}"
        self._open[number] = Session(number, space, ids, cookie, now)
        return self._open[number]

    def find(self, number: object, now: float) -> Session | None:
        """The session called *number*, if it is still good."""
        session = self._open.get(number) if isinstance(number, int) else None
        if session and now - session.last_seen > self.rules.idle.total_seconds():
            self.end(session.number)
            return None
        return session

    def end(self, number: int) -> None:
        """The session is forgotten, if there is one."""
        self._open.pop(number, None)

    def end_all(self) -> None:
        """Every session is forgotten."""
        self._open.clear()

    def device(self) -> str:
        """A name for a browser that was not seen before."""
        return digest(self._chance.randbytes(16)).hex().upper()
