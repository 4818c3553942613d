"""The road over httpx and httpx2, against a real server: what is sent, what comes back, what breaks."""

from __future__ import annotations

import asyncio
import os
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import httpx
import pytest
import trio

from schoolsync.drivers import http
from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.sync import Driver
from schoolsync.errors import (
    BadArgument,
    Unreachable,
    UsageError,
)
from schoolsync.flow.http import Request, Response
from tests.drivers.loopback import (
    Loopback,
    Script,
    answer,
    replying,
)
from tests.drivers.worlds import LOOPBACK, World, asked, get

Serve = Callable[[Script], Loopback]


# -- what is sent and what comes back ---------------------------------------------


@pytest.mark.parametrize("injected", [False, True])
def test_a_request_arrives_as_it_was_built(
    world: World, library: ModuleType, loopback: Serve, injected: bool
) -> None:
    """Body, headers and cookies are the flow's; nothing of the injected client's is added."""
    server = loopback(replying(answer()))
    client = None
    if injected:
        client = world.client(
            library,
            headers={"x-host": "its own"},
            cookies={"host": "its own"},
            auth=("host", "its own"),
            params={"host": "its-own"},
            base_url="http://elsewhere.invalid",
        )
    request = Request.form(f"{server.url}/a/b?c=d%2Fe", {"é": "&"}, headers={"Cookie": "sid=1"})
    world.run(asked(request), client=client)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    line, *headers = head.decode().split("\r\n")
    assert line == "POST /a/b?c=d%2Fe HTTP/1.1"
    assert body == b"%C3%A9=%26"
    assert {h.lower() for h in headers} == {
        f"host: 127.0.0.1:{server.port}",
        "content-type: application/x-www-form-urlencoded",
        "content-length: 10",
        "cookie: sid=1",
        "accept-encoding: gzip, deflate",
    }


def test_an_answer_comes_back_whole(world: World, library: ModuleType, loopback: Serve) -> None:
    """Status, headers in order, both cookies byte for byte, and the address that was asked."""
    lines = ["Set-Cookie: a=1; Path=/", "X-Name: caf\xe9", "Set-Cookie: b=%7B\xff"]
    body = answer(b"[1]", *lines, "Content-Type: application/json", status="418 No").decode()
    server = loopback(replying(body.encode("latin-1")))
    request = get(f"{server.url}/x?y=z")
    (back,) = world.run(asked(request), client=world.client(library))
    assert (back.status, back.url, back.json(), back.media_type) == (
        418,
        request.url,
        [1],
        "application/json",
    )
    cookies = [value for name, value in back.headers if name == "set-cookie"]
    assert [value.encode("utf-8", "surrogateescape") for value in cookies] == [b"a=1; Path=/", b"b=%7B\xff"]
    again = get(request.url, headers={"cookie": cookies[1]})
    world.run(asked(again), client=world.client(library))
    assert b"cookie: b=%7b\xff" in server.requests[-1].lower()


@pytest.mark.parametrize("location", ["/next", "http://elsewhere.invalid/", "http://a:b/", ""])
def test_a_redirect_is_an_answer_like_any_other(
    world: World, library: ModuleType, loopback: Serve, location: str
) -> None:
    """It is never followed, even by a client that would."""
    server = loopback(replying(answer(b"", f"Location: {location}", status="302 Found")))
    client = world.client(library, follow_redirects=True)
    if library is httpx and location == "http://a:b/":  # httpx 0.28 reads the address although it need not
        with pytest.raises(Unreachable):
            world.run(asked(get(server.url)), client=client)
    else:
        assert world.run(asked(get(server.url)), client=client)[0].header("location") == location
    assert len(server.requests) == 1


def test_an_answer_without_a_body_is_one(world: World, library: ModuleType, loopback: Serve) -> None:
    """To HEAD, though it names a length and an encoding that nobody asked for."""
    server = loopback(replying(answer(b"", "Content-Encoding: br", length=999)))
    (back,) = world.run(asked(Request("HEAD", server.url)), client=world.client(library))
    assert (back.status, back.body) == (200, b"")


def test_our_own_client_is_made_at_the_first_request_and_reused(world: World, loopback: Serve) -> None:
    """One connection for one session."""
    server = loopback(replying(answer(b"{}")))
    answers = world.run(asked(get(server.url), get(server.url)), asked(get(server.url)))
    assert len(answers) == 1
    assert (len(server.requests), server.connections) == (3, 1)


def test_all_sessions_share_one_tls_context(monkeypatch: pytest.MonkeyPatch, loopback: Serve) -> None:
    """Reading the certificates takes longer than a request."""
    made: list[Any] = []
    real = httpx.create_ssl_context

    def create() -> Any:
        made.append(real())
        return made[-1]

    monkeypatch.setattr(httpx, "create_ssl_context", create)
    monkeypatch.setattr(http, "_TLS", [])
    server = loopback(replying(answer()))
    for name in ("sync", "asyncio", "trio"):
        World(name).run(asked(get(server.url)))
    assert len(made) == 1
    assert (made[0].verify_mode, made[0].check_hostname) == (ssl.CERT_REQUIRED, True)


def test_nothing_is_imported_before_a_client_needs_it() -> None:
    """Neither HTTP library, nor anyio, nor what they bring."""
    code = (
        "import sys, schoolsync.drivers.sync as s, schoolsync.drivers.aio as a\n"
        "s.Driver(); a.AsyncDriver()\n"
        "late = {'httpx', 'httpx2', 'httpcore', 'anyio', 'asyncio', 'trio', 'ssl', 'http.client'}\n"
        "print(sorted(late & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.strip() == "[]"


# -- which client -------------------------------------------------------------------


def test_subclasses_are_recognised(world: World, library: ModuleType, loopback: Serve) -> None:
    """Home Assistant has its own."""
    base = library.AsyncClient if world.is_async else library.Client

    class Own(base):  # type: ignore[misc, valid-type]
        pass

    server = loopback(replying(answer(b"yes")))
    assert world.run(asked(get(server.url)), client=Own())[0].body == b"yes"


def test_a_client_of_the_other_world_is_refused_at_construction(library: ModuleType) -> None:
    """Before any I/O, with the argument's name."""
    with pytest.raises(BadArgument, match="http_client: is async"):
        Driver(http_client=library.AsyncClient())
    with pytest.raises(BadArgument, match="http_client: blocks"):
        AsyncDriver(http_client=library.Client())

    class AsyncObject:
        async def exchange(self, request: Request) -> Response:
            raise AssertionError

    with pytest.raises(BadArgument, match="http_client: is async"):
        Driver(http_client=AsyncObject())  # type: ignore[arg-type]


@pytest.mark.parametrize("given", [object(), "https://school.example", httpx])
def test_what_is_no_client_is_refused_at_construction(given: Any) -> None:
    """It says what to give."""
    for make in (Driver, AsyncDriver):
        with pytest.raises(BadArgument, match="give a client of httpx or httpx2, or an object with exchange"):
            make(http_client=given)


def test_a_closed_client_is_a_mistake_of_the_programmer(world: World, library: ModuleType) -> None:
    """Before any I/O."""
    client = world.client(library)
    if not world.is_async:
        client.close()
    else:
        asyncio.run(client.aclose()) if world.name == "asyncio" else trio.run(client.aclose)
    with pytest.raises(UsageError, match="is closed"):
        world.run(asked(get("https://school.invalid/")), client=client)


def test_an_injected_client_stays_open(library: ModuleType, loopback: Serve) -> None:
    """It belongs to the host."""
    server = loopback(replying(answer(b"yes")))
    with library.Client() as client:
        driver = Driver(http_client=client, plain_hosts=LOOPBACK)
        driver.run(asked(get(server.url)))
        driver.close()
        assert client.get(server.url).content == b"yes"

    async def body() -> None:
        async with library.AsyncClient() as client:
            driver = AsyncDriver(http_client=client, plain_hosts=LOOPBACK)
            await driver.run(asked(get(server.url)))
            await driver.aclose()
            assert (await client.get(server.url)).content == b"yes"

    asyncio.run(body())
    trio.run(body)


def test_an_injected_client_keeps_its_own_manners(world: World, library: ModuleType, loopback: Serve) -> None:
    """A hook that raises on statuses is told apart from a broken road."""

    def hook(response: Any) -> None:
        response.raise_for_status()

    async def async_hook(response: Any) -> None:
        response.raise_for_status()

    server = loopback(replying(answer(status="403 Forbidden")))
    client = world.client(library, event_hooks={"response": [async_hook if world.is_async else hook]})
    with pytest.raises(UsageError, match="event hook"):
        world.run(asked(get(server.url + "/?t=tell-nobody")), client=client)


def test_two_threads_open_one_client(loopback: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams run outside the turn, so the first request may come twice at once."""
    made: list[str] = []
    real = http._own

    def own(kind: str) -> Any:
        made.append(kind)
        return real(kind)

    monkeypatch.setattr(http, "_own", own)
    server = loopback(replying(answer(b"yes")))
    driver = Driver(plain_hosts=LOOPBACK)
    barrier, bodies = threading.Barrier(2), []

    def download() -> None:
        barrier.wait()
        with driver.stream(get(server.url)) as (_, pieces):
            bodies.append(b"".join(pieces))

    threads = [threading.Thread(target=download) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (bodies, len(made)) == ([b"yes"] * 2, 1)
    driver.close()
