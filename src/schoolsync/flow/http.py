"""Requests, responses and cookies: frozen, and of no HTTP library.

A `Request` says what to exchange; a `Response` what came back. Neither shows a
query, header or body in `repr`. Redirects are answers like any other. Cookies
are a value that a session keeps: `cookies.after(response, now)` is a new one.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Protocol, Self, runtime_checkable
from urllib.parse import urlencode, urljoin, urlsplit

import attrs

from schoolsync.errors import plain_address

__all__ = [
    "AsyncExchange",
    "Cookie",
    "Cookies",
    "Exchange",
    "Headers",
    "Request",
    "Response",
    "ResponseHead",
    "StreamedBody",
    "origin_of",
]

Headers = tuple[tuple[str, str], ...]
"""Header lines in order; names in lower case."""

FORM = "application/x-www-form-urlencoded"
AGE = re.compile(r"-[0-9]+|([0-9]+)")
LONGEST = dt.timedelta(days=400)
"""What browsers keep a cookie at most."""
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"']+)", re.IGNORECASE)


def _lowered(headers: Mapping[str, str] | Headers) -> Headers:
    lines = headers.items() if isinstance(headers, Mapping) else headers
    return tuple((name.lower(), value) for name, value in lines)


@attrs.frozen(repr=False)
class Request:
    """One HTTP exchange to perform."""

    method: str
    """`GET`, `POST`, …"""
    url: str = attrs.field()
    """Absolute address with its query."""
    headers: Headers = attrs.field(default=(), converter=_lowered)
    """Lines in order; the driver adds only what HTTP itself needs."""
    body: bytes = b""
    """The bytes to send."""
    is_read: bool = False
    """Whether sending it twice does no harm, so that a lost answer may be asked for again."""

    @classmethod
    def form(
        cls,
        url: str,
        fields: Mapping[str, str],
        *,
        headers: Mapping[str, str] | Headers = (),
        is_read: bool = False,
    ) -> Self:
        """A POST of form fields, URL-encoded as UTF-8, in the order given."""
        body = urlencode(fields).encode("ascii")
        return cls("POST", url, (("content-type", FORM), *_lowered(headers)), body, is_read)

    def __repr__(self) -> str:
        """Method and address without query."""
        return f"<Request {self.method} {plain_address(self.url)}>"


@attrs.frozen(repr=False)
class ResponseHead:
    """Status and headers of an answer whose body is still on its way."""

    status: int
    """HTTP status."""
    headers: Headers = attrs.field(default=(), converter=_lowered)
    """Lines in order; names in lower case, `set-cookie` one line each."""
    url: str = ""
    """The address that was asked."""

    def header(self, name: str) -> str | None:
        """The first line called *name* (lower case), or `None`."""
        return next((value for line, value in self.headers if line == name), None)

    @property
    def media_type(self) -> str | None:
        """The media type in lower case without parameters, or `None` if not said."""
        said = self.header("content-type")
        return said.partition(";")[0].strip().lower() if said else None

    @property
    def location(self) -> str | None:
        """The absolute address that a redirect points to; `None` if it is no redirect, or no address."""
        target = self.header("location")
        if not target or self.status // 100 != 3:  # noqa: PLR2004 - HTTP's own border
            return None
        try:
            return urljoin(self.url, target)
        except ValueError:
            return None

    def __repr__(self) -> str:
        """Status, media type and address without query."""
        return f"<{type(self).__name__} {self.status} {self.media_type} {plain_address(self.url)}>"


@attrs.frozen(repr=False)
class Response(ResponseHead):
    """The answer to one request, whole and decoded from its content encoding."""

    body: bytes = b""
    """The decoded bytes."""

    def json(self) -> object:
        """The body read as JSON.

        Raises:
            ValueError: It is none. Neither the error nor its context holds any of the body.
        """
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            problem = "nested too deeply" if isinstance(error, RecursionError) else "not JSON"
        raise ValueError(problem)

    @property
    def text(self) -> str:
        """The body as text: UTF-8 unless the header names another known charset."""
        said = CHARSET.search(self.header("content-type") or "")
        try:
            return self.body.decode(said[1] if said else "utf-8-sig", "replace")
        except (LookupError, UnicodeError):  # an unknown name, or a codec that is not for text on the wire
            return self.body.decode("utf-8-sig", "replace")


class StreamedBody(Protocol):
    """An answer whose body is read in pieces."""

    @property
    def head(self) -> ResponseHead:
        """Status and headers."""
        ...


@runtime_checkable
class Exchange(Protocol):
    """Anything that performs one HTTP exchange and waits for it.

    An object that also has `stream(request)`, a context manager giving `(ResponseHead, chunks)`,
    is used for downloads; without it the whole answer is taken at once.
    """

    def exchange(self, request: Request, /) -> Response:
        """Perform *request* without following redirects."""
        ...


@runtime_checkable
class AsyncExchange(Protocol):
    """The awaited twin of `Exchange`."""

    async def exchange(self, request: Request, /) -> Response:
        """Perform *request* without following redirects."""
        ...


Streaming = AbstractContextManager[tuple[ResponseHead, Iterator[bytes]]]
"""What `stream` of an `Exchange` gives."""
AsyncStreaming = AbstractAsyncContextManager[tuple[ResponseHead, AsyncIterator[bytes]]]
"""What `stream` of an `AsyncExchange` gives."""


def origin_of(url: str) -> tuple[str, str | None, int | None]:
    """Scheme, host and port of *url*, the port written out where it goes without saying.

    What is meant for one origin goes to no other.
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    return parts.scheme, parts.hostname, port or {"http": 80, "https": 443}.get(parts.scheme)


# -- cookies ------------------------------------------------------------------


@attrs.frozen(repr=False)
class Cookie:
    """One cookie, and where it may be sent."""

    name: str
    """Its name."""
    value: str
    """Its value exactly as sent, percent signs and all."""
    domain: str
    """Host it belongs to, lower case, without a leading dot."""
    path: str = "/"
    """Path it belongs to."""
    is_host_only: bool = True
    """Whether subdomains are left out."""
    is_secure: bool = False
    """Whether it travels over https only."""
    expires: dt.datetime | None = None
    """When it ends; `None`: with the session."""

    def fits(self, url: str) -> bool:
        """Whether it may be sent to *url*."""
        parts = urlsplit(url)
        host, path = (parts.hostname or "").lower(), parts.path or "/"
        at_home = host == self.domain or (not self.is_host_only and _is_below(host, self.domain))
        below = path == self.path or path.startswith(self.path.rstrip("/") + "/")
        return at_home and below and (parts.scheme == "https" or not self.is_secure)

    def has_ended(self, now: dt.datetime | None) -> bool:
        """Whether its time is over at *now*."""
        return self.expires is not None and now is not None and self.expires <= now

    def __repr__(self) -> str:
        """The name and the host, never the value."""
        return f"<Cookie {self.name} of {self.domain}>"


@attrs.frozen(repr=False)
class Cookies:
    """The cookies of one session (RFC 6265), as a value."""

    kept: tuple[Cookie, ...] = ()
    """In the order of arrival."""

    def after(self, response: ResponseHead, now: dt.datetime) -> Cookies:
        """These cookies and what *response* set or deleted.

        Cookies of one host are never accepted for another one or for a bare top-level name.
        """
        kept = {(cookie.name, cookie.domain, cookie.path): cookie for cookie in self.kept}
        for name, line in response.headers:
            cookie = _read_cookie(line, response.url, now) if name == "set-cookie" else None
            if cookie is None:
                continue
            kept[cookie.name, cookie.domain, cookie.path] = cookie
        return Cookies(tuple(cookie for cookie in kept.values() if not cookie.has_ended(now)))

    def get(self, name: str) -> str | None:
        """The value of the cookie called *name*, or `None`."""
        return next((cookie.value for cookie in reversed(self.kept) if cookie.name == name), None)

    def header(self, url: str, now: dt.datetime | None = None) -> Headers:
        """The `cookie` header line for *url*; nothing when no cookie fits.

        Args:
            url: The address that is about to be asked.
            now: The present, to leave out cookies that ended since the last answer.
        """
        fitting = [cookie for cookie in self.kept if cookie.fits(url) and not cookie.has_ended(now)]
        fitting.sort(key=lambda cookie: -len(cookie.path))
        text = "; ".join(f"{cookie.name}={cookie.value}" for cookie in fitting)
        return (("cookie", text),) if text else ()

    def __repr__(self) -> str:
        """The names, never the values."""
        return f"<Cookies {' '.join(sorted({cookie.name for cookie in self.kept}))}>"


def _read_cookie(line: str, url: str, now: dt.datetime) -> Cookie | None:
    """The cookie of one `set-cookie` line that came from *url*; `None` if it must be ignored."""
    pair, *rest = line.split(";")
    name, equals, value = pair.partition("=")
    said = {key.strip().lower(): text.strip() for key, _, text in (part.partition("=") for part in rest)}
    host = (urlsplit(url).hostname or "").lower()
    domain = said.get("domain", "").removeprefix(".").lower()
    is_foreign = bool(domain) and domain != host and not ("." in domain and _is_below(host, domain))
    if not equals or not name.strip() or is_foreign:
        return None
    path = said.get("path", "")
    return Cookie(
        name=name.strip(),
        value=value.strip(),
        domain=domain or host,
        path=path if path.startswith("/") else urlsplit(url).path.rpartition("/")[0] or "/",
        is_host_only=not domain,
        is_secure="secure" in said,
        expires=_read_expiry(said, now),
    )


def _is_below(host: str, domain: str) -> bool:
    """Whether *host* is a name below *domain*; numbers have nothing below them."""
    return host.endswith("." + domain) and not _is_number(host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _read_expiry(said: Mapping[str, str], now: dt.datetime) -> dt.datetime | None:
    """When a cookie ends: `max-age` before `expires`, and what cannot be read is not said."""
    age = AGE.fullmatch(said.get("max-age", ""))
    if age:
        return now + min(dt.timedelta(seconds=int(age[1][:10])), LONGEST) if age[1] else now
    try:
        # Servers write `21-Jan-2027`; the dash of a zone, `-0500`, stands before a digit and after a space.
        ends = parsedate_to_datetime(re.sub(r"(?<=\w)-(?=\w)", " ", said["expires"]))
    except (KeyError, ValueError, OverflowError):
        return None
    return ends if ends.tzinfo else ends.replace(tzinfo=dt.UTC)
