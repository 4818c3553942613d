"""What can break between us and a server, on httpx and httpx2: the right error, and whether it was sent."""

from __future__ import annotations

import math
import socket
import time
import traceback
from collections.abc import Callable
from types import ModuleType
from typing import Any

import anyio
import pytest

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.errors import BadArgument, NetworkError, TimedOut, Unreachable, UsageError
from schoolsync.flow.http import Request
from tests.drivers.loopback import (
    Loopback,
    Script,
    answer,
    cutting,
    dropping,
    replying,
    resetting,
    silent,
    trickling,
)
from tests.drivers.worlds import LOOPBACK, World, asked, await_in, get

Serve = Callable[[Script], Loopback]


def chunked(*pieces: bytes) -> bytes:
    """A body in HTTP's own pieces, without the end."""
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def free_port() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def failure(world: World, library: ModuleType, url: str, **options: Any) -> NetworkError:
    """The error of a POST with a secret in every place."""
    secret = Request("POST", f"{url}/log-in?t=tell-nobody", {"cookie": "tell-nobody"}, b"tell-nobody")
    with pytest.raises(NetworkError) as caught:
        world.run(asked(secret), client=world.client(library), **options)
    assert "tell-nobody" not in "".join(traceback.format_exception(caught.value))
    assert f"{url}/log-in" in str(caught.value)
    return caught.value


def late(error: NetworkError, server: Loopback) -> None:
    """*error* says that no answer came in time, and whether the request left as the server saw it.

    A slow machine may not even have connected in so short a time.
    """
    assert type(error) is TimedOut
    assert server.asked.wait(1 if error.was_sent else 0.02) is (error.was_sent is True)


def test_nobody_listens(world: World, library: ModuleType) -> None:
    """Unreachable, and certainly not sent."""
    error = failure(world, library, f"http://127.0.0.1:{free_port()}")
    assert (type(error), error.was_sent) == (Unreachable, False)


# httpx leaves its own generator of the request's body half-way when a write fails; only trio minds.
@pytest.mark.filterwarnings("ignore:Async generator 'httpx._content:ResourceWarning")
def test_the_connection_breaks_within_the_request(world: World, library: ModuleType, loopback: Serve) -> None:
    """Nobody can tell how much of it was read; certainly not that it never left."""
    error = failure(world, library, loopback(resetting(is_read=False)).url)
    assert type(error) is Unreachable
    assert error.was_sent is not False


@pytest.mark.parametrize("script", [resetting(is_read=True), dropping()], ids=["reset", "hang up"])
def test_the_connection_breaks_after_the_request(
    world: World, library: ModuleType, loopback: Serve, script: Script
) -> None:
    """Unreachable, and sent."""
    error = failure(world, library, loopback(script).url)
    assert (type(error), error.was_sent) == (Unreachable, True)


@pytest.mark.parametrize(
    "start",
    [answer(b"half", length=999), CHUNKED + chunked(b"half"), b"HTTP/1.1 200 OK\r\nConte", b"SMTP ready\r\n"],
)
def test_the_answer_is_cut(world: World, library: ModuleType, loopback: Serve, start: bytes) -> None:
    """Half a body is no answer; nor is half a head, or something else."""
    error = failure(world, library, loopback(cutting(start)).url)
    assert (type(error), error.was_sent) == (Unreachable, True)


def test_no_answer_comes(world: World, library: ModuleType, loopback: Serve) -> None:
    """The time-out of one read."""
    server = loopback(silent())
    late(failure(world, library, server.url, timeout=0.03), server)


def test_an_answer_that_trickles_meets_the_deadline(
    world: World, library: ModuleType, loopback: Serve
) -> None:
    """Each read is in time, and all together are not."""
    server = loopback(trickling(CHUNKED, [chunked(b"x")] * 100, 0.01))
    began = time.monotonic()
    late(failure(world, library, server.url, deadline=0.04), server)
    assert time.monotonic() - began < 0.9


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_a_head_that_trickles_meets_the_deadline(name: str, library: ModuleType, loopback: Serve) -> None:
    """In the async driver the deadline is hard."""
    world = World(name)
    server = loopback(trickling(b"HTTP/1.1 200 OK\r\n", [b"X: y\r\n"] * 100, 0.01))
    late(failure(world, library, server.url, deadline=0.04), server)
    with pytest.raises(TimedOut):
        world.stream(get(server.url), world.client(library), deadline=0.04)


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_a_stream_s_deadline_ends_with_its_head(name: str, library: ModuleType, loopback: Serve) -> None:
    """A long download is no failure: while it is read, no deadline is in force."""
    server = loopback(replying(answer(b"file")))

    async def body() -> None:
        async with library.AsyncClient() as client:
            driver = AsyncDriver(http_client=client, plain_hosts=LOOPBACK, deadline=5)
            async with driver.stream(get(server.url)) as (_, pieces):
                assert anyio.current_effective_deadline() == math.inf
                assert [piece async for piece in pieces] == [b"file"]

    await_in(name, body)


def test_a_stream_that_falls_silent_times_out(world: World, library: ModuleType, loopback: Serve) -> None:
    """At its next piece, long before any deadline."""
    server = loopback(trickling(CHUNKED + chunked(b"x"), [b""], 5))
    with pytest.raises(TimedOut) as caught:
        world.stream(get(server.url), world.client(library), timeout=0.03)
    late(caught.value, server)


@pytest.mark.parametrize("url", ["https://", "https://x:port/", "https://x\n.invalid/"])
def test_an_address_that_is_none(world: World, library: ModuleType, url: str) -> None:
    """A UsageError, and its query is not shown."""
    with pytest.raises(UsageError) as caught:
        world.run(asked(get(url + "?t=tell-nobody")), client=world.client(library))
    assert "tell-nobody" not in str(caught.value)


@pytest.mark.parametrize("headers", [{"cookie": "a\r\nb: tell-nobody"}, {"naïve\udc80": "x"}, {"a b": "x"}])
def test_a_request_that_is_no_http(
    world: World, library: ModuleType, loopback: Serve, headers: dict[str, str]
) -> None:
    """Nothing is smuggled into the head."""
    server = loopback(replying(answer()))
    with pytest.raises(UsageError, match="cannot be said in HTTP"):
        world.run(asked(get(server.url, headers=headers)), client=world.client(library))
    assert server.requests == []


def test_http_is_refused_unless_the_caller_named_the_host(
    world: World, library: ModuleType, loopback: Serve
) -> None:
    """In a flow, after a redirect for instance, and for streams; nothing is sent."""
    server = loopback(replying(answer()))
    with pytest.raises(BadArgument, match="is not https"):
        world.run(asked(get(server.url)), client=world.client(library), plain_hosts=frozenset())
    with pytest.raises(BadArgument, match="is not https"):
        world.stream(get(server.url), world.client(library), plain_hosts=frozenset())
    assert server.connections == 0


def test_tls_is_never_done_without(world: World, loopback: Serve) -> None:
    """A server that does not speak it is not spoken to in the clear."""

    def plain(server: Loopback, connection: socket.socket) -> None:
        server.requests.append(connection.recv(65536))
        connection.sendall(answer())

    server = loopback(plain)
    with pytest.raises(Unreachable) as caught:
        world.run(asked(get(server.url.replace("http:", "https:"))))
    assert caught.value.was_sent is False
    assert b"HTTP" not in server.requests[0]
