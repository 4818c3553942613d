"""What survives between two calls: the session's number and keys, its order numbers, its age. No I/O."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import attrs

from schoolsync.errors import SessionExpired, Undecodable
from schoolsync.flow.http import Cookie, Cookies, Headers, Response
from schoolsync.flow.secret import Secret
from schoolsync.provider import Options
from schoolsync.providers.pronote.address import Space, file_url
from schoolsync.providers.pronote.crypto import (
    EMPTY_KEY,
    IV_BYTES,
    NO_IV,
    announced_iv,
    decrypt_hex,
    digest,
    encrypt_hex,
    file_segment,
)
from schoolsync.providers.pronote.page import Start
from schoolsync.providers.pronote.refusals import Private
from schoolsync.providers.pronote.schema.settings import SettingsPage
from schoolsync.providers.pronote.schema.words import Version
from schoolsync.providers.pronote.wire import Inner, Wire, choose_wire

if TYPE_CHECKING:
    from schoolsync.ent.border import Side

__all__ = ["State"]

AGENT: Final[Headers] = (
    ("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 schoolsync"),
    ("accept-language", "fr-FR,fr;q=0.9"),
)
"""Who asks: servers show unknown agents a page about their browser instead (Evidence: read), and their
sentences are known to us in French."""


@attrs.define
class State:
    """One conversation with a PRONOTE server, as far as it has come."""

    root: str
    """The instance, without page and without a slash at the end."""
    space: Space
    """Whose page is spoken to."""
    options: Options
    """Clock, strictness, raw rows."""
    draw: Callable[[int], bytes] = attrs.field(default=secrets.token_bytes, repr=False)
    """So many random bytes."""
    device: str | None = attrs.field(default=None, repr=False)
    """How the server knows this device again (`identifiantNav`), for the log-ins of this object."""
    cookies: Cookies = attrs.field(factory=Cookies)
    """What the server set."""
    private: Private = attrs.field(factory=Private, repr=False)
    """What no error may quote of the account."""
    next_token: Secret | None = attrs.field(default=None, init=False, repr=False)
    """What the server gave for the next log-in, until it is kept: no other copy of it exists."""
    passes: Mapping[Side, Cookies] = attrs.field(factory=dict, init=False)
    """What a portal set on the way in. By them it may know us again, without a password."""
    start: Start | None = attrs.field(default=None, init=False)
    """What the start page said; `None` before."""
    wire: Wire | None = attrs.field(default=None, init=False)
    """How the server writes; `None` before the start page."""
    version: Version = attrs.field(default=(), init=False)
    """The server's, as the page or its settings say it; empty if neither does."""
    key: bytes = attrs.field(default=EMPTY_KEY, init=False, repr=False)
    """The AES key."""
    drawn: bytes = attrs.field(default=NO_IV, init=False, repr=False)
    """What was drawn for this session, and is announced."""
    iv: bytes = attrs.field(default=NO_IV, init=False, repr=False)
    """The vector in use: the digest of `drawn`."""
    order: int = attrs.field(default=1, init=False)
    """Number of the next call."""
    is_lost: bool = attrs.field(default=False, init=False)
    """Whether nobody knows any more what the server has counted."""
    answered_at: float | None = attrs.field(default=None, init=False)
    """Monotonic time of the last answer."""

    @property
    def age(self) -> float:
        """Seconds since the last answer; without end when there was none."""
        if self.answered_at is None:
            return float("inf")
        return self.options.clock.monotonic() - self.answered_at

    @property
    def number(self) -> int:
        """The session's number.

        Raises:
            SessionExpired: There is none.
        """
        return self._alive()[0].number

    @property
    def space_number(self) -> int:
        """The server's number for the space: as its page says, else as it usually is."""
        said = self.start.space if self.start else None
        return self.space.number if said is None else said

    @property
    def takes_presence(self) -> bool:
        """Whether `Presence` keeps it alive; else `Navigation` does."""
        return self.wire is not None and self.wire.takes_presence

    def enter(self, start: Start, *, other_names: bool = False, other_key: bool = False) -> None:
        """A new session begins with this page: a new vector, the empty key, the first number.

        Cookies, device and private words stay.

        Args:
            start: The page, from `open` or after a portal.
            other_names: Take the names of the other generation than the page lets expect.
            other_key: Announce the vector in the other way.
        """
        is_https = self.root.startswith("https:")
        self.start, self.version = start, start.version
        self.wire = choose_wire(start, is_https=is_https, other_names=other_names, other_key=other_key)
        self.drawn = self.draw(IV_BYTES)
        self.key, self.iv = EMPTY_KEY, digest(self.drawn)
        self.order, self.is_lost = 1, False
        self.answered_at = self.options.clock.monotonic()

    def adopt(self, start: Start, *, material: bytes, drawn: bytes, order: int, wire: Wire) -> None:
        """The session is one that somebody else has begun and signed in.

        Args:
            start: Its page.
            material: The bytes that its key was made of (`cle`).
            drawn: The 16 bytes that were announced.
            order: Number of the next call, odd.
            wire: How the server writes.
        """
        self.enter(start)
        self.wire, self.drawn, self.iv, self.order = wire, drawn, digest(drawn), order
        self.switch_key(material)

    def switch_key(self, material: bytes) -> None:
        """From the next call on, everything is encrypted with the key made of *material*."""
        self.key = digest(material)

    def leave(self) -> None:
        """No session is open. What the next one needs stays: cookies, device, private words."""
        self.start = self.wire = None

    def forget(self) -> None:
        """Nobody is signed in, and no session is open.

        What outlives it stays: device, private words, a portal's passes, a token for the next log-in.
        """
        self.leave()
        self.answered_at = None
        self.key, self.drawn, self.iv = EMPTY_KEY, NO_IV, NO_IV
        self.cookies, self.version = Cookies(), ()
        self.order, self.is_lost = 1, False

    # -- what happens on the way --

    def spend_number(self) -> None:
        """The next number is burned: until the school answers, nobody knows what it has counted."""
        self.order += 2
        self.is_lost = True

    def take_number_back(self) -> None:
        """The number burned last never left, so the school has not counted it."""
        self.order -= 2
        self.is_lost = False

    def hear(self, response: Response) -> None:
        """The cookies of *response*, which came from the school, are kept."""
        self.cookies = self.cookies.after(response, self.options.clock.now())

    def hear_answer(self, response: Response) -> None:
        """The school has counted a call, and *response* is its answer."""
        self.is_lost = False
        self.hear(response)
        self.answered_at = self.options.clock.monotonic()

    def lose(self) -> None:
        """Nobody can go on with the session."""
        self.is_lost = True

    def learn_names(self, inner: Inner) -> None:
        """From now on calls are worded as the school's first answer was."""
        if self.wire is not None:
            self.wire = attrs.evolve(self.wire, inner=inner)

    def take_token(self, token: str | None) -> None:
        """*token*, if there is one, is for the next log-in; no error quotes it."""
        if token:
            self.next_token = Secret(token)
            self.private.secrets.add(token)

    def learn(self, settings: SettingsPage) -> None:
        """What the school's settings say of its server and of this device is kept."""
        self.version = settings.server_version or self.version
        self.device = settings.device or self.device

    # -- what it shows --

    def announcement(self) -> str:
        """The `Uuid` that tells the server the vector; `FonctionParametres` carries it.

        Raises:
            SessionExpired: No page is open.
            Undecodable: At `RSA key`: the page's key is none.
        """
        return announced_iv(self.drawn, self._alive()[1].rsa_key, self.draw)

    def sealed(self, text: str, material: bytes | None = None) -> str:
        """*text* under the session's key, or the one made of *material*: a PIN, a new password."""
        return encrypt_hex(text, self.key if material is None else digest(material), self.iv)

    def unsealed(self, text: str, material: bytes | None = None) -> str:
        """What the server sent under the session's key, or the one made of *material*.

        Raises:
            Undecodable: At `hex`, `decrypt` or `encoding`.
        """
        try:
            return decrypt_hex(text, self.key if material is None else digest(material), self.iv).decode()
        except UnicodeDecodeError:
            pass
        raise Undecodable("encoding")

    def file_url(self, file_id: str, name: str, *, code: str | None = None) -> str:
        """The address of a stored file; good while the session lives, with its cookies.

        Args:
            file_id: Of the file, or of the person whose photo it is.
            name: What the file is called.
            code: For special files: `DevoirSujet`, `EvaluationCorrige`, …
        """
        segment = file_segment(file_id, self.key, self.iv, code=code)
        return file_url(self.root, segment, name, self.number)

    def dress(self, url: str, cookies: Mapping[str, str] | None = None) -> Headers:
        """The header lines that go to *url*: who asks, in which language, the fitting cookies.

        Args:
            url: The address that is about to be asked.
            cookies: More of them, by name.
        """
        host = (urlsplit(url).hostname or "").lower()
        more = (Cookie(name, value, host) for name, value in (cookies or {}).items())
        jar = Cookies((*self.cookies.kept, *more))
        return (*AGENT, *jar.header(url, self.options.clock.now()))

    def _alive(self) -> tuple[Start, Wire]:
        if self.start is None or self.wire is None or self.is_lost:
            raise SessionExpired
        return self.start, self.wire
