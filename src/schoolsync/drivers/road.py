"""What a road is: performs single exchanges within bounds, over https."""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Collection
from typing import Final, Protocol
from urllib.parse import SplitResult, urlsplit

import attrs

from schoolsync.errors import BadArgument
from schoolsync.flow.http import AsyncStreaming, Request, Response, Streaming

__all__ = ["AsyncRoad", "Bounds", "Road", "check_scheme", "plain_hosts"]

BODY_BYTES: Final = 32 * 1024 * 1024
"""The largest decoded answer that a flow is given."""


@attrs.frozen
class Bounds:
    """How long one exchange may take, and how much may come back."""

    timeout: float = 30.0
    """Seconds for each wait: to connect, to send, for the next bytes."""
    deadline: float = 120.0
    """Seconds for the whole exchange; of a stream, until its head is there."""
    body_bytes: int = BODY_BYTES
    """The largest body, decoded. Streams have no limit."""
    until: float = math.inf
    """A `time.monotonic()` at which everything must be over, however it stands."""

    def ends(self) -> float:
        """The `time.monotonic()` at which an exchange that begins now must be over."""
        return min(time.monotonic() + self.deadline, self.until)

    def left(self) -> float:
        """Seconds that an exchange which begins now may take; never none at all."""
        return max(self.ends() - time.monotonic(), 0.001)


class Road(Protocol):
    """Performs exchanges and waits for them."""

    def exchange(self, request: Request, bounds: Bounds, /) -> Response:
        """The whole answer to *request*.

        Raises:
            NetworkError: With `was_sent`.
            Undecodable: The body is too large, or is not encoded as it says.
            UsageError: This cannot be sent at all.
        """
        ...

    def stream(self, request: Request, bounds: Bounds, /) -> Streaming:
        """The head of the answer, and its decoded body in pieces of at most 64 KiB."""
        ...

    def close(self) -> None:
        """Connections of our own are closed; an injected client is left alone."""
        ...


class AsyncRoad(Protocol):
    """The awaited twin of `Road`. The deadline is hard."""

    async def exchange(self, request: Request, bounds: Bounds, /) -> Response:
        """The whole answer to *request*."""
        ...

    def stream(self, request: Request, bounds: Bounds, /) -> AsyncStreaming:
        """The head of the answer, and its decoded body in pieces of at most 64 KiB."""
        ...

    async def aclose(self) -> None:
        """Connections of our own are closed; an injected client is left alone."""
        ...


# -- https ----------------------------------------------------------------------


def check_scheme(url: str, *, plain_hosts: Collection[str] = ()) -> None:
    """*url* may be asked: it is https, or http to a host that the caller named so.

    Raises:
        BadArgument: It is not; nothing was sent.
    """
    if url.startswith("https://"):
        return
    parts = _split(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in plain_hosts):
        return
    hint = "Only an address that you give yourself, on this computer, may begin with http://."
    raise BadArgument("url", "is not https", hint=hint)


def plain_hosts(url: str, *, allow_http: bool = False) -> frozenset[str]:
    """The hosts that may be asked over http because the caller's own *url* says so.

    A loopback address earns it by itself; another host only with *allow_http*. What an answer
    points to never does.

    Raises:
        BadArgument: *url* is http to another computer, or no http address at all.
    """
    parts = _split(url)
    if parts.scheme == "https" and parts.hostname:
        return frozenset()
    if parts.scheme != "http" or not parts.hostname:
        raise BadArgument("url", "is no https address")
    if not (allow_http or _is_loopback(parts.hostname)):
        raise BadArgument(
            "url", "is http, which everybody on the way can read", hint="Give its https address."
        )
    return frozenset({parts.hostname})


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise BadArgument("url", "is no address") from None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
