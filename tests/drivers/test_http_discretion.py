"""Nothing of ours stays in an injected client or in the logs, and nothing of the host's reaches us."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.clock import SYSTEM_CLOCK
from schoolsync.drivers.sync import Driver
from schoolsync.errors import SchoolSyncError
from schoolsync.flow import effects
from schoolsync.flow.http import Cookies, Request, Response
from tests.drivers.loopback import Loopback, Script, answer, cutting, dropping, replying, silent
from tests.drivers.worlds import LOOPBACK, World, asked, await_in, get

Serve = Callable[[Script], Loopback]


# -- cookies ----------------------------------------------------------------------


def greet(request: bytes) -> bytes:
    """Sets a cookie named after the path, and to others than the host replaces and deletes the host's own.

    The body is the cookies that came.
    """
    head = request.decode().lower()
    name = head.split(" ")[1].strip("/").partition("/")[0]
    got = next((line.partition(": ")[2] for line in head.split("\r\n") if line.startswith("cookie: ")), "")
    lines = [f"Set-Cookie: {name}=tell-nobody; Path=/"]
    if name not in {"host", "lasting"}:
        lines += ["Set-Cookie: host=stolen; Path=/", "Set-Cookie: lasting=; Path=/; Max-Age=0"]
    return answer(got.encode(), *lines)


def mock_handler(library: ModuleType) -> Callable[[Any], Any]:
    """The same server without a socket, where the library tells us nothing from inside."""

    def handle(request: Any) -> Any:
        path, cookies = request.url.raw_path.decode(), request.headers.get("cookie", "")
        reply = greet(f"GET {path} HTTP/1.1\r\ncookie: {cookies}\r\n\r\n".encode())
        head, _, body = reply.partition(b"\r\n\r\n")
        headers = [line.split(b": ") for line in head.split(b"\r\n")[1:]]
        return library.Response(200, headers=[(k, v) for k, v in headers], stream=library.ByteStream(body))

    return handle


def held(client: Any) -> dict[str, str]:
    """The cookies in a client's jar."""
    return {cookie.name: cookie.value for cookie in client.cookies.jar}


@pytest.fixture(params=["sockets", "no sockets"])
def place(request: pytest.FixtureRequest, library: ModuleType, loopback: Serve) -> tuple[str, dict[str, Any]]:
    """An address, and the options of a client that reaches it: really, or by a transport of the host's."""
    if request.param == "sockets":
        return loopback(replying(greet)).url, {}
    return "http://127.0.0.1", {"transport": library.MockTransport(mock_handler(library))}


async def session(url: str, name: str, times: int) -> list[str]:
    """A flow with cookies of its own: what the server got, each time."""
    cookies, seen = Cookies(), []
    for _ in range(times):
        request = get(f"{url}/{name}", headers=cookies.header(f"{url}/{name}"))
        response = await effects.send(request)
        cookies = cookies.after(response, SYSTEM_CLOCK.now())
        seen.append(response.text)
    return seen


def test_two_accounts_and_the_host_share_a_client(
    library: ModuleType, place: tuple[str, dict[str, Any]]
) -> None:
    """In threads, at the same time: each sees its own cookies and nobody else's."""
    url, options = place
    with library.Client(**options) as client:
        client.get(f"{url}/host")
        client.get(f"{url}/lasting")
        before = held(client)
        results: dict[str, list[str]] = {}

        def use(name: str) -> None:
            driver = Driver(http_client=client, plain_hosts=LOOPBACK)
            results[name] = driver.run(session(url, name, 20))

        threads = [threading.Thread(target=use, args=(name,)) for name in ("one", "two")]
        for thread in threads:
            thread.start()
        own = [client.get(f"{url}/host").text for _ in range(20)]
        for thread in threads:
            thread.join()
        assert held(client) == before
    assert set(own) <= {"host=tell-nobody; lasting=tell-nobody", "lasting=tell-nobody; host=tell-nobody"}
    for name in ("one", "two"):
        expected = f"{name}=tell-nobody; host=stolen"
        assert results[name] == ["", *[expected] * 19]


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_two_accounts_and_the_host_share_an_async_client(
    name: str, library: ModuleType, place: tuple[str, dict[str, Any]]
) -> None:
    """In tasks, at the same time."""
    url, options = place

    async def body() -> None:
        import anyio

        async with library.AsyncClient(**options) as client:
            await client.get(f"{url}/host")
            await client.get(f"{url}/lasting")
            before = held(client)
            results: dict[str, list[str]] = {}
            own: list[str] = []

            async def use(account: str) -> None:
                driver = AsyncDriver(http_client=client, plain_hosts=LOOPBACK)
                results[account] = await driver.run(session(url, account, 20))

            async def use_as_host() -> None:
                own.extend([(await client.get(f"{url}/host")).text for _ in range(20)])

            async with anyio.create_task_group() as group:
                group.start_soon(use, "one")
                group.start_soon(use, "two")
                group.start_soon(use_as_host)
            assert held(client) == before
            assert all("one" not in text and "two" not in text and "stolen" not in text for text in own)
            for account in ("one", "two"):
                assert results[account] == ["", *[f"{account}=tell-nobody; host=stolen"] * 19]

    await_in(name, body)


def test_streams_and_failures_leave_no_cookie_either(
    world: World, library: ModuleType, loopback: Serve
) -> None:
    """Whatever way an exchange ends."""
    client = world.client(library)
    world.stream(get(f"{loopback(replying(greet)).url}/one"), client)
    assert held(client) == {}
    client = world.client(library)
    head = b"HTTP/1.1 200 OK\r\nSet-Cookie: a=tell-nobody\r\nContent-Length: 9\r\n\r\n"
    with pytest.raises(SchoolSyncError):
        world.run(asked(get(loopback(cutting(head)).url)), client=client)
    assert held(client) == {}


def test_a_jar_that_the_host_changes_is_kept_clean_too(library: ModuleType, loopback: Serve) -> None:
    """A new jar in the middle of a session."""
    server = loopback(replying(greet))
    with library.Client() as client:
        driver = Driver(http_client=client, plain_hosts=LOOPBACK)
        driver.run(asked(get(f"{server.url}/one")))
        client.cookies = {"own": "1"}
        driver.run(asked(get(f"{server.url}/one")))
        assert held(client) == {"own": "1"}


# -- logs -------------------------------------------------------------------------

SECRETS = ("tell-nobody", "ticket-text", "body-text")


def exchanges(loopback: Serve) -> list[tuple[Request, float]]:
    """One that succeeds, and one for each way to fail, with secrets in every place; and a time-out."""
    lines = ["Set-Cookie: sid=tell-nobody", "Location: /?t=ticket-text"]
    good = answer(b"body-text", *lines, status="302 Found")
    scripts = [(replying(good), 5.0), (dropping(), 5.0), (cutting(good[:-3]), 5.0), (silent(), 0.03)]
    headers = {"cookie": "sid=tell-nobody", "authorization": "Basic tell-nobody"}
    return [
        (Request("POST", f"{loopback(script).url}/log-in?t=ticket-text", headers, b"p=body-text"), timeout)
        for script, timeout in scripts
    ]


def test_no_secret_is_logged_at_all(
    world: World, library: ModuleType, loopback: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    """At DEBUG, on the root logger, with every kind of failure; but that something happened is."""
    caplog.set_level(logging.DEBUG)
    errors: list[SchoolSyncError] = []
    for request, timeout in exchanges(loopback):
        for is_stream in (False, True):
            client = world.client(library)
            try:
                if is_stream:
                    world.stream(request, client, timeout=timeout)
                else:
                    world.run(asked(request), client=client, timeout=timeout)
            except SchoolSyncError as error:
                errors.append(error)
    assert len(errors) == 6
    assert not any(secret in repr(error) + str(error) for secret in SECRETS for error in errors)
    core = library.__name__.replace("httpx", "httpcore")
    names = {record.name for record in caplog.records}
    assert {library.__name__, f"{core}.connection", f"{core}.http11"} <= names
    assert "receive_response_headers.complete (the rest is not logged)" in caplog.messages
    assert [text for text in caplog.messages if any(secret in text for secret in SECRETS)] == []


def test_the_host_s_own_requests_are_logged_whole(
    library: ModuleType, loopback: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    """Before, between and inside our streams: the same client, the same loggers."""
    caplog.set_level(logging.DEBUG)
    server = loopback(replying(answer(b"body-text", "Set-Cookie: own=visible")))
    with library.Client() as client:
        driver = Driver(http_client=client, plain_hosts=LOOPBACK)
        with driver.stream(get(server.url)) as (_, pieces):
            next(pieces)
            caplog.clear()
            client.get(f"{server.url}/mine?q=visible")
            driver.run(asked(get(f"{server.url}/ours?q=hidden")))
    assert any("/mine?q=visible" in text for text in caplog.messages)
    assert any("own=visible" in text for text in caplog.messages)
    assert not any("q=hidden" in text for text in caplog.messages)


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_a_task_of_the_host_is_logged_whole_meanwhile(
    name: str, library: ModuleType, loopback: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    """While ours waits for its answer in another task."""
    caplog.set_level(logging.DEBUG)
    slow, quick = loopback(silent()), loopback(replying(answer()))

    async def body() -> None:
        import anyio

        async with library.AsyncClient() as client:
            driver = AsyncDriver(http_client=client, plain_hosts=LOOPBACK)
            async with anyio.create_task_group() as group:
                group.start_soon(driver.run, asked(get(f"{slow.url}/ours?q=hidden")))
                await anyio.to_thread.run_sync(slow.asked.wait)
                await client.get(f"{quick.url}/mine?q=visible")
                group.cancel_scope.cancel()

    await_in(name, body)
    assert any("/mine?q=visible" in text for text in caplog.messages)
    assert not any("q=hidden" in text for text in caplog.messages)


def test_the_one_who_asked_gets_every_header(world: World, library: ModuleType, loopback: Serve) -> None:
    """Discretion is towards others: hooks of the host and our own flow still see the cookie."""
    seen: list[str] = []

    def hook(response: Any) -> None:
        seen.append(response.headers["set-cookie"])

    async def async_hook(response: Any) -> None:
        hook(response)

    client = world.client(library, event_hooks={"response": [async_hook if world.is_async else hook]})
    server = loopback(replying(answer(b"", "Set-Cookie: sid=1")))
    (back,) = world.run(asked(get(server.url)), client=client)
    assert isinstance(back, Response)
    assert back.header("set-cookie") == seen[0] == "sid=1"
