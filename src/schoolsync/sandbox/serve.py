"""The sandbox on loopback: real HTTP, on a port of this machine that nobody else reaches.

```python
with serve(ClassChartsServer(school, clock=clock)) as place:
    client = classcharts.ParentClient(email, password, base_url=place.url)
```

`serve_hosts` serves many hosts under their real names over TLS, behind one port: a client connects there
instead of asking who has the name, and trusts the authority that the place brings along. Nothing of the
system is changed: no file of hosts, no port below 1024, no certificate that anybody else trusts.

Needs the extra `sandbox` (starlette, trustme and uvicorn), which is loaded when it is first used.
"""

from __future__ import annotations

import asyncio
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Server

if TYPE_CHECKING:
    import uvicorn
    from starlette.requests import Request as Incoming
    from starlette.types import ASGIApp, Receive, Scope, Send

__all__ = ["Place", "ServedHosts", "run", "serve", "serve_hosts"]

LOOPBACK = "127.0.0.1"
GRACEFUL_SECONDS = 1
PORTS = {"http": 80, "https": 443}
"""The port that an address means when it names none."""
Peer = tuple[str, int]
Choice: TypeAlias = Callable[[Request], Server | None]
"""Who answers a request; `None`: nobody."""


@attrs.frozen
class Place:
    """Where a served sandbox is."""

    url: str
    """Scheme, host and port, without a slash at the end: `http://127.0.0.1:8421`."""


@attrs.frozen
class ServedHosts:
    """Where served hosts are: all of them behind one port of loopback."""

    names: frozenset[str]
    """Their names in lower case, as addresses write them: with a port only if it is not the usual one."""
    port: int
    """Where a client must connect that asks for any of them."""
    authority: Path | None
    """The certificate to trust, a file in PEM that is there until the block ends; `None`: plain http."""

    @property
    def scheme(self) -> str:
        """How their addresses begin: `https`, or `http`."""
        return "http" if self.authority is None else "https"


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
    with _serving(_by_path(servers), port) as listener:
        yield Place(_url(listener))


@contextmanager
def serve_hosts(servers: Mapping[str, Server], *, port: int = 0, tls: bool = True) -> Iterator[ServedHosts]:
    """*servers* are reachable under their names, behind one port of loopback, until the block ends.

    Which of them answers is what a request's `Host` says; a host that is not served has no page.

    Args:
        servers: By host, with a port where the address has one.
        port: Where; 0 for any free port.
        tls: Whether over TLS, with a certificate made for these names and for this block.

    Raises:
        OSError: The port is taken.
        ModuleNotFoundError: The extra `sandbox` is not installed.
    """
    by_host = {name.lower(): server for name, server in servers.items()}
    names = frozenset(by_host)
    with (
        _certified(names) if tls else nullcontext((None, None)) as (authority, certificate),
        _serving(_by_host(by_host), port, certificate) as listener,
    ):
        yield ServedHosts(names, listener.getsockname()[1], authority)


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
        _program(_by_path(servers), lambda: announce(Place(_url(listener)))).run([listener])


# -- where ------------------------------------------------------------------------


@contextmanager
def _serving(choose: Choice, port: int, certificate: Path | None = None) -> Iterator[socket.socket]:
    """A program answers at the socket, from a thread of its own, until the block ends."""
    listener = _listener(port)
    ready = threading.Event()
    program = _program(choose, ready.set, certificate)

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
        yield listener
    finally:
        program.should_exit = True
        thread.join()
        listener.close()


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


@contextmanager
def _certified(names: frozenset[str]) -> Iterator[tuple[Path, Path]]:
    """The certificate of an authority, and one of *names* with its key: two files."""
    import trustme

    authority = trustme.CA(organization_name="schoolsync sandbox")
    leaf = authority.issue_cert(*sorted({name.partition(":")[0] for name in names}))
    with tempfile.TemporaryDirectory(prefix="schoolsync-sandbox-") as folder:
        files = Path(folder, "authority.pem"), Path(folder, "certificate.pem")
        files[0].write_bytes(authority.cert_pem.bytes())
        files[1].write_bytes(leaf.private_key_and_cert_chain_pem.bytes())
        yield files


# -- who answers --------------------------------------------------------------------


def _by_path(servers: Server | Mapping[str, Server]) -> Choice:
    """The server with the longest beginning of a request's path, if any fits."""
    by_path = servers if isinstance(servers, Mapping) else {"/": servers}

    def choose(request: Request) -> Server | None:
        path = urlsplit(request.url).path
        fitting = max((start for start in by_path if path.startswith(start)), key=len, default=None)
        return None if fitting is None else by_path[fitting]

    return choose


def _by_host(servers: Mapping[str, Server]) -> Choice:
    """The server of exactly the host that a request names."""

    def choose(request: Request) -> Server | None:
        parts = urlsplit(request.url)
        return servers.get(parts.netloc.lower().removesuffix(f":{PORTS[parts.scheme]}"))

    return choose


# -- requests in, answers out -----------------------------------------------------------


def _program(choose: Choice, on_ready: Callable[[], None], certificate: Path | None = None) -> uvicorn.Server:
    """A uvicorn in front of those whom *choose* names, which tells when it began to answer."""
    import uvicorn

    open_roads: dict[Peer, asyncio.Transport] = {}

    class Program(uvicorn.Server):
        """Tells when it is ready."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            on_ready()

    config = uvicorn.Config(
        _application(choose, open_roads),
        http=_road(open_roads),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACEFUL_SECONDS,
        ssl_certfile=certificate,
    )
    return Program(config)


def _road(open_roads: dict[Peer, asyncio.Transport]) -> type[asyncio.Protocol]:
    """What every connection is: it stands in *open_roads* as long as it is open."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Road(H11Protocol):
        """One connection, known by its peer so that a fault can cut it."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            # A connection over TLS that both sides close at once knows neither of these afterwards.
            self._peer: Peer = transport.get_extra_info("peername")
            self._is_over_tls = transport.get_extra_info("ssl_object") is not None
            open_roads[self._peer] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            open_roads.pop(self._peer, None)
            super().connection_lost(exc)

        def shutdown(self) -> None:
            """The end; nobody waits for a client that is idle to say good-bye in TLS."""
            # Aborted, and not closed before: one that is closed a second time cannot be aborted any more.
            if self._is_over_tls and getattr(self.cycle, "response_complete", True):
                self.transport.abort()
            else:
                super().shutdown()

    return Road


def _application(choose: Choice, open_roads: Mapping[Peer, asyncio.Transport]) -> ASGIApp:
    """An ASGI application in front of the servers; it cuts the road where a fault says so."""
    from starlette.requests import Request as Incoming

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        request = await _read(Incoming(scope, receive))
        server = choose(request)
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
    url = f"{scope['scheme']}://{incoming.headers.get('host', LOOPBACK)}{scope['raw_path'].decode()}{query}"
    return Request(incoming.method, url, headers, await incoming.body())


async def _write(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    from starlette.responses import Response as Outgoing

    outgoing = Outgoing(response.body, response.status)
    outgoing.raw_headers = [
        (b"content-length", str(len(response.body)).encode()),
        *((name.encode("latin-1"), value.encode("latin-1")) for name, value in response.headers),
    ]
    await outgoing(scope, receive, send)
