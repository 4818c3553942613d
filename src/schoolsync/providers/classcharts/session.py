"""What survives between two calls: session id, cookies, age, and where files are.

A session id lives about 180 seconds; `ping` gives a fresh one. The cookies of
the log-in travel with every call (the Tes gate of April 2026 demands them). Id
and cookies go to ClassCharts' own host and to no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import quote, urlencode, urljoin, urlsplit

import attrs

from schoolsync.errors import BadArgument, Interrupted, NetworkError, StaleReference
from schoolsync.flow.effects import send
from schoolsync.flow.http import Cookies, Headers, Request, Response, ResponseHead, origin_of
from schoolsync.flow.secret import Secret
from schoolsync.model import Attachment
from schoolsync.provider import Options
from schoolsync.providers.classcharts.envelope import Opened, opened, raise_for_trouble

__all__ = ["AGENT", "ORIGIN", "Role", "Session", "Shelf", "read_origin"]

ORIGIN = "https://www.classcharts.com"
"""ClassCharts' own host."""
AGENT: Headers = (("user-agent", "schoolsync"),)
"""Who asks. Every client that is known to work names itself somehow. Evidence: measured."""
PAGES = frozenset(("text/html", "application/xhtml+xml", "application/xml", "text/xml"))
"""What comes instead of a file whose address has ended: a page, or the storage's error. Evidence: read."""
PAGES_TO_ENTER = ("/login", "/verify")
"""How the path of a page ends that wants a log-in. Evidence: read."""


def read_origin(url: str) -> str:
    """Scheme, host and port of *url*, and a path if it has one.

    Raises:
        BadArgument: It has no http(s) scheme or no host, or a user name, query or fragment.
    """
    try:
        parts = urlsplit(url.strip())
        is_plain = parts.port != 0 and not (parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError:
        parts, is_plain = urlsplit(""), False
    if not is_plain or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadArgument("base_url", f"an origin like {ORIGIN} is expected")
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}"


class Role(StrEnum):
    """Who signs in; each has an API of its own."""

    PARENT = "parent"
    STUDENT = "student"


@attrs.define
class Session:
    """One conversation with ClassCharts."""

    role: Role
    """Whose API is spoken to."""
    origin: str
    """`https://www.classcharts.com`, or a test server's."""
    options: Options
    """Clock, strictness, raw rows."""
    session_id: Secret | None = None
    """What `Authorization` carries; `None` before the log-in."""
    cookies: Cookies = attrs.field(factory=Cookies)
    """What the server set, by name."""
    renewed_at: float | None = None
    """Monotonic time of the last fresh id."""
    private: set[str] = attrs.field(factory=set, repr=False)
    """Words of the account that no error may quote."""

    @property
    def age(self) -> float:
        """Seconds since the id was fresh; without end before the log-in."""
        if self.renewed_at is None:
            return float("inf")
        return self.options.clock.monotonic() - self.renewed_at

    def adopt(self, session_id: str) -> None:
        """The id is *session_id* from now on, and fresh."""
        self.session_id = Secret(session_id)
        self.renewed_at = self.options.clock.monotonic()

    def renew(self, session_id: str | None) -> None:
        """The session is as young as new: with *session_id*, else with the id that it had."""
        if session_id:
            self.adopt(session_id)
        elif self.session_id is not None:
            self.renewed_at = self.options.clock.monotonic()

    def forget(self) -> None:
        """Nobody is signed in."""
        self.session_id = None
        self.cookies = Cookies()
        self.renewed_at = None

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | None] | None = None,
        form: Mapping[str, str] | None = None,
        is_read: bool = True,
    ) -> Request:
        """A call of this role's API, dressed with the present id and cookies.

        Args:
            method: `GET` or `POST`.
            path: Below the API's base: `homeworks/5000001`.
            query: Parameters; those that are `None` are left out.
            form: Fields of the body.
            is_read: Whether it may be sent twice.
        """
        said = {name: value for name, value in (query or {}).items() if value is not None}
        url = f"{self.origin}/apiv2{self.role}/{quote(path.lstrip('/'))}"
        url += f"?{urlencode(said)}" if said else ""
        if method == "GET":
            return Request("GET", url, self.dress(url), is_read=is_read)
        return Request.form(url, form or {}, headers=self.dress(url), is_read=is_read)

    def dress(self, url: str) -> Headers:
        """The header lines that go to *url* on our own host: id and fitting cookies."""
        lines: Headers = (("accept", "application/json"), *AGENT)
        if self.session_id is not None:
            lines += (("authorization", f"Basic {self.session_id.reveal()}"),)
        return lines + self.cookies.header(url, self.options.clock.now())

    async def exchange(self, request: Request) -> Response:
        """The answer to *request*; its cookies are kept.

        Raises:
            NetworkError: Nothing came; `Interrupted` when it was a write that may have been done.
        """
        try:
            response = await send(request)
        except NetworkError as error:
            if request.is_read or error.was_sent is False:
                raise
            raise Interrupted(address=request.url, was_sent=error.was_sent) from None
        self.cookies = self.cookies.after(response, self.options.clock.now())
        return response

    async def ask(self, request: Request) -> Opened:
        """The opened answer to *request*.

        Raises:
            SchoolSyncError: Nothing came, or the server refused: see `envelope.opened`.
        """
        return opened(await self.exchange(request), self.private)


@attrs.define
class Shelf:
    """The files that the session's listings named.

    Addresses are signed and end soon, so they are kept for the session only and never leave it.
    """

    session: Session
    """Whose id and cookies open them."""
    addresses: dict[tuple[str, int], str] = attrs.field(factory=dict, repr=False)
    """By record key and position."""

    def request(self, attachment: Attachment) -> Request | None:
        """The first request for its bytes; `None` when no listing of this session named it."""
        address = self.addresses.get(attachment.ref)
        return self._dressed(urljoin(self.session.origin + "/", address)) if address else None

    def follow(self, head: ResponseHead) -> Request | None:
        """The next request on the way; `None` when *head* begins the bytes.

        Raises:
            StaleReference: It leads to a page instead of a file.
            RateLimited: Fewer requests are asked for.
            InstanceClosed: The storage is in trouble.
        """
        raise_for_trouble(head)
        target = head.location
        if target is not None and not urlsplit(target).path.rstrip("/").endswith(PAGES_TO_ENTER):
            return self._dressed(target)
        if head.status != 200 or head.media_type in PAGES:  # noqa: PLR2004 - the only status with a file
            raise StaleReference
        return None

    def _dressed(self, address: str) -> Request:
        is_home = origin_of(address) == origin_of(self.session.origin)
        return Request("GET", address, self.session.dress(address) if is_home else AGENT, is_read=True)
