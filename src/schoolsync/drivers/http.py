"""The road over httpx or httpx2: the only file that makes or drives one of their clients.

What goes in is our `Request`, what comes out is our `Response` or an error of ours. No
redirect is followed, no cookie is read from a client's jar or left in it, and no body is
larger than agreed.
"""

from __future__ import annotations

import inspect
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast

from schoolsync.drivers.bodies import Decoder, Pile
from schoolsync.drivers.discretion import keep_out, quieten
from schoolsync.drivers.inprocess import AsyncObjectRoad, ObjectRoad
from schoolsync.drivers.leg import Leg, library_of
from schoolsync.drivers.road import AsyncRoad, Bounds, Road
from schoolsync.errors import BadArgument, TimedOut, UsageError
from schoolsync.flow.http import AsyncExchange, Exchange, Request, Response, ResponseHead

if TYPE_CHECKING:
    import ssl

    import httpx
    import httpx2

__all__ = ["AsyncHttpClient", "HttpClient", "async_road", "road"]

HttpClient: TypeAlias = "httpx.Client | httpx2.Client | Exchange"
"""What `http_client=` of a blocking class takes."""
AsyncHttpClient: TypeAlias = "httpx.AsyncClient | httpx2.AsyncClient | AsyncExchange | Exchange"
"""What `http_client=` of an async class takes."""


# -- which road -------------------------------------------------------------------


def road(http_client: HttpClient | None) -> Road:
    """The blocking road over *http_client*, or over a client of our own. Nothing is opened yet.

    Raises:
        BadArgument: It is an async client, or none at all.
    """
    library = library_of(http_client)
    if http_client is None or (library and isinstance(http_client, library.Client)):
        return ClientRoad(http_client)
    exchange = getattr(http_client, "exchange", None)
    if library or inspect.iscoroutinefunction(exchange):
        raise BadArgument(
            "http_client", "is async, and this class blocks: use the Async class, or a blocking client"
        )
    if not callable(exchange):
        raise _no_client(http_client)
    return ObjectRoad(cast("Exchange", http_client))


def async_road(http_client: AsyncHttpClient | None) -> AsyncRoad:
    """The awaited road over *http_client*, or over a client of our own. Nothing is opened yet.

    Raises:
        BadArgument: It is a blocking client, or none at all.
    """
    library = library_of(http_client)
    if http_client is None or (library and isinstance(http_client, library.AsyncClient)):
        return AsyncClientRoad(http_client)
    if library:
        raise BadArgument("http_client", "blocks, and this class is async: give an AsyncClient")
    if not callable(getattr(http_client, "exchange", None)):
        raise _no_client(http_client)
    return AsyncObjectRoad(cast("Exchange | AsyncExchange", http_client))


def _no_client(given: object) -> BadArgument:
    kind = type(given).__name__
    return BadArgument(
        "http_client", f"is a {kind}: give a client of httpx or httpx2, or an object with exchange()"
    )


# -- answers ------------------------------------------------------------------


def _head(response: Any, request: Request) -> ResponseHead:
    """Status and headers; byte for byte, so that a cookie goes back as it came."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("utf-8", "surrogateescape"))
        for name, value in response.headers.raw
    )
    return ResponseHead(response.status_code, headers, request.url)


def _late(request: Request, was_sent: bool | None) -> TimedOut:
    return TimedOut(address=request.url, was_sent=was_sent)


# -- clients ----------------------------------------------------------------------

_BUFFERED: Final = 1000
"""Pieces that an abandoned answer may have waiting; more than a read holds in practice."""
_TLS: Final[list[ssl.SSLContext]] = []
_TLS_TURN: Final = threading.Lock()


def _own(kind: str) -> Any:
    """A client of our own: few connections that do not idle long, and the one TLS context of this process."""
    import httpx

    with _TLS_TURN:
        if not _TLS:
            _TLS.append(httpx.create_ssl_context())
    limits = httpx.Limits(max_connections=8, max_keepalive_connections=2, keepalive_expiry=15.0)
    client: httpx.Client | httpx.AsyncClient = getattr(httpx, kind)(verify=_TLS[0], limits=limits)
    return client


class ClientRoad:
    """Exchanges through one blocking client: an injected one, or our own, made at the first request."""

    def __init__(self, injected: Any) -> None:
        self._client = injected
        self._is_own = injected is None
        self._opening = threading.Lock()

    def exchange(self, request: Request, bounds: Bounds) -> Response:
        """The whole answer. The deadline is looked at between pieces."""
        ends = bounds.ends()
        pile = Pile(bounds.body_bytes)
        with self.stream(request, bounds) as (head, pieces):
            for piece in pieces:
                pile.add(piece)
                if time.monotonic() > ends:
                    raise _late(request, True)
        return Response(head.status, head.headers, head.url, pile.whole())

    @contextmanager
    def stream(self, request: Request, bounds: Bounds) -> Iterator[tuple[ResponseHead, Iterator[bytes]]]:
        """The head, and the decoded body in pieces."""
        client = self._ready()
        leg = Leg(client, request)
        with leg:
            sent = leg.dressed(bounds, leg.trace)
            response = client.send(sent, stream=True, auth=None, follow_redirects=False)
        head = _head(response, request)
        try:
            yield head, _pieces(response, head, leg)
        finally:
            with leg:
                response.close()

    def close(self) -> None:
        """Our own client is closed; an injected one is left alone."""
        with self._opening:
            if self._is_own and self._client is not None:
                self._client.close()

    def _ready(self) -> Any:
        with self._opening:
            if self._client is None:
                self._client = _own("Client")
            return _prepared(self._client)


class AsyncClientRoad:
    """Exchanges through one async client. A client of our own belongs to the event loop that opens it."""

    def __init__(self, injected: Any) -> None:
        self._client = injected
        self._is_own = injected is None

    async def exchange(self, request: Request, bounds: Bounds) -> Response:
        """The whole answer, within the deadline."""
        import anyio

        client = self._ready()
        leg = Leg(client, request)
        pile = Pile(bounds.body_bytes)
        with anyio.move_on_after(bounds.left()):
            response = await _answer(client, leg, bounds)
            async with _opened(response, leg, request) as (head, pieces):
                async for piece in pieces:
                    pile.add(piece)
            return Response(head.status, head.headers, head.url, pile.whole())
        raise _late(request, leg.was_sent())

    @asynccontextmanager
    async def stream(
        self, request: Request, bounds: Bounds
    ) -> AsyncIterator[tuple[ResponseHead, AsyncIterator[bytes]]]:
        """The head, within the deadline, and the decoded body in pieces."""
        import anyio

        client = self._ready()
        leg = Leg(client, request)
        response = None
        with anyio.move_on_after(bounds.left()):
            response = await _answer(client, leg, bounds)
        if response is None:
            raise _late(request, leg.was_sent())
        async with _opened(response, leg, request) as streamed:
            yield streamed

    async def aclose(self) -> None:
        """Our own client is closed; an injected one is left alone."""
        if self._is_own and self._client is not None:
            await self._client.aclose()

    def _ready(self) -> Any:
        if self._client is None:
            self._client = _own("AsyncClient")
        return _prepared(self._client)


def _prepared(client: Any) -> Any:
    """*client*, open, discreet about what we do with it.

    Raises:
        UsageError: It was closed.
    """
    if client.is_closed:
        raise UsageError("the HTTP client of this session is closed")
    quieten()
    keep_out(client.cookies.jar)
    return client


# -- bodies -----------------------------------------------------------------------


def _pieces(response: Any, head: ResponseHead, leg: Leg) -> Iterator[bytes]:
    """The decoded body of *response*."""
    if response.is_stream_consumed:  # by the transport or an event hook, which then decoded it too
        yield response.content
        return
    decoder = Decoder(head.header("content-encoding"))
    raws = response.iter_raw()
    while True:
        with leg:
            raw = next(raws, None)
        if raw is None:
            return decoder.finish()
        yield from decoder.feed(raw)


async def _answer(client: Any, leg: Leg, bounds: Bounds) -> Any:
    with leg:
        sent = leg.dressed(bounds, leg.trace_async)
        return await client.send(sent, stream=True, auth=None, follow_redirects=False)


@asynccontextmanager
async def _opened(
    response: Any, leg: Leg, request: Request
) -> AsyncIterator[tuple[ResponseHead, AsyncIterator[bytes]]]:
    """The head of *response* and its decoded body; closed, whatever was read of it."""
    head = _head(response, request)
    raws = None if response.is_stream_consumed else response.aiter_raw()
    pieces = _async_pieces(response, raws, head, leg)
    try:
        yield head, pieces
    finally:
        if not response.is_closed:
            with leg:
                await response.aclose()
                await _ended(raws)
        await pieces.aclose()


async def _async_pieces(
    response: Any, raws: AsyncIterator[bytes] | None, head: ResponseHead, leg: Leg
) -> AsyncGenerator[bytes]:
    """The decoded body of *response*, from its *raws*; from its content if something else read it."""
    if raws is None:
        yield response.content
        return
    decoder = Decoder(head.header("content-encoding"))
    while True:
        with leg:
            raw = await anext(raws, None)
        if raw is None:
            decoder.finish()
            return
        for piece in decoder.feed(raw):
            yield piece


async def _ended(raws: AsyncIterator[bytes] | None) -> None:
    """The library's own generators, left half-way, have come to their end.

    They do not close one another, and trio complains about each that is left to the garbage
    collector. Reading on in a cancelled scope ends them all: nothing is waited for.
    """
    import anyio

    if raws is not None:
        with anyio.CancelScope() as scope, suppress(Exception):
            scope.cancel()
            for _ in range(_BUFFERED):
                await anext(raws)
