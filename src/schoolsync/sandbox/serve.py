"""The sandbox on loopback: real HTTP, on a port of this machine that nobody else reaches.

```python
with serve(ClassChartsServer(school, clock=clock)) as place:
    client = classcharts.ParentClient(email, password, base_url=place.url)
```

Needs the extra `sandbox` (starlette and uvicorn), which is loaded when it is first used.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Server

if TYPE_CHECKING:
    import uvicorn
    from starlette.requests import Request as Incoming
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Place", "run", "serve"]

LOOPBACK = "127.0.0.1"
GRACEFUL_SECONDS = 1
Peer = tuple[str, int]


@attrs.frozen
class Place:
    """Where a served sandbox is."""

    url: str
    """Scheme, host and port, without a slash at the end: `http://127.0.0.1:8421`."""


@contextmanager
def serve(servers: Server | Mapping[str, Server], *, port: int = 0) -> Iterator[Place]:
    """*servers* are reachable on loopback, from a thread of their own, until the block ends.

    Args:
        servers: One, or several by the beginning of the path that each answers (`"/"` for the rest).
        port: Where; 0 for any free port.

    Raises:
        OSError: The port is taken.
        ModuleNotFoundError: The extra `sandbox` is not installed.
    """
    listener = _listener(port)
    ready = threading.Event()
    program = _program(servers, ready.set)

    def work() -> None:
        try:
            program.run([listener])
        finally:
            ready.set()

    thread = threading.Thread(target=work, name="sandbox", daemon=True)
    thread.start()
    try:
        ready.wait()
        if not program.started:
            raise OSError("the sandbox could not be served")
        yield Place(_url(listener))
    finally:
        program.should_exit = True
        thread.join()
        listener.close()


def run(
    servers: Server | Mapping[str, Server],
    *,
    port: int = 0,
    announce: Callable[[Place], None] = lambda _: None,
) -> None:
    """*servers* are reachable on loopback until the process is asked to stop.

    Args:
        servers: As for `serve`.
        port: Where; 0 for any free port.
        announce: Told where it is as soon as it answers.

    Raises:
        OSError: The port is taken.
        ModuleNotFoundError: The extra `sandbox` is not installed.
    """
    with _listener(port) as listener, suppress(KeyboardInterrupt):
        _program(servers, lambda: announce(Place(_url(listener)))).run([listener])


def _listener(port: int) -> socket.socket:
    # Only where the protocol is named does asyncio switch Nagle's algorithm off: 40 ms an answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError:
        listener.close()
        raise
    return listener


def _url(listener: socket.socket) -> str:
    return f"http://{LOOPBACK}:{listener.getsockname()[1]}"


def _program(servers: Server | Mapping[str, Server], on_ready: Callable[[], None]) -> uvicorn.Server:
    """A uvicorn that answers from *servers* and tells when it began to."""
    import uvicorn
    from uvicorn.protocols.http.h11_impl import H11Protocol

    open_roads: dict[Peer, asyncio.Transport] = {}

    class Road(H11Protocol):
        """One connection, known by its peer so that a fault can cut it."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            open_roads[transport.get_extra_info("peername")] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            open_roads.pop(self.transport.get_extra_info("peername"), None)
            super().connection_lost(exc)

    class Program(uvicorn.Server):
        """Tells when it is ready."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            on_ready()

    by_path = servers if isinstance(servers, Mapping) else {"/": servers}
    config = uvicorn.Config(
        _application(by_path, open_roads),
        http=Road,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
    )
    return Program(config)


def _application(servers: Mapping[str, Server], open_roads: Mapping[Peer, asyncio.Transport]) -> ASGIApp:
    """An ASGI application in front of *servers*; it cuts the road where a fault says so."""
    from starlette.requests import Request as Incoming

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        request = await _read(Incoming(scope, receive))
        server = _server_for(servers, request)
        if server is None:
            return await _write(Response(404), scope, receive, send)
        outcome = server.handle(request)
        if isinstance(server.clock, HandClock):
            server.clock.advance(outcome.delay)
        else:
            await asyncio.sleep(outcome.delay.total_seconds())
        if outcome.response is None:
            open_roads[scope["client"]].abort()
            await receive()
            return None
        return await _write(outcome.response, scope, receive, send)

    return application


async def _read(incoming: Incoming) -> Request:
    """The request as it was sent: its path is not decoded, because addresses are signed."""
    headers = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in incoming.headers.raw)
    scope = incoming.scope
    query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
    url = f"http://{incoming.headers.get('host', LOOPBACK)}{scope['raw_path'].decode()}{query}"
    return Request(incoming.method, url, headers, await incoming.body())


async def _write(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    from starlette.responses import Response as Outgoing

    outgoing = Outgoing(response.body, response.status)
    outgoing.raw_headers = [
        (b"content-length", str(len(response.body)).encode()),
        *((name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers),
    ]
    await outgoing(scope, receive, send)


def _server_for(servers: Mapping[str, Server], request: Request) -> Server | None:
    """The server with the longest beginning of the request's path, if any fits."""
    path = urlsplit(request.url).path
    fitting = max((start for start in servers if path.startswith(start)), key=len, default=None)
    return None if fitting is None else servers[fitting]
