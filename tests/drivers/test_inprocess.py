"""Objects of the protocols `Exchange` and `AsyncExchange`, in every driver that takes them."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.inprocess import AsyncObjectRoad, ObjectRoad
from schoolsync.drivers.road import Bounds
from schoolsync.drivers.sync import Driver
from schoolsync.errors import TimedOut, Undecodable, UsageError
from schoolsync.flow.http import Request, Response, ResponseHead
from tests.drivers.worlds import World, asked, await_in, get

URL = "https://school.example/x"


class Echo:
    """Answers with the address that was asked."""

    def exchange(self, request: Request) -> Response:
        """An answer."""
        return Response(200, {"content-type": "text/plain"}, request.url, request.url.encode())


class AsyncEcho:
    """The same, awaited."""

    async def exchange(self, request: Request) -> Response:
        """An answer, after letting others go first."""
        return Echo().exchange(request)


class Streamer(Echo):
    """With a stream of its own."""

    closed = False

    @contextmanager
    def stream(self, request: Request) -> Iterator[tuple[ResponseHead, Iterator[bytes]]]:
        """Three pieces."""
        yield ResponseHead(206, (), request.url), iter((b"a", b"b", b"c"))
        self.closed = True


class AsyncStreamer(AsyncEcho):
    """The same, awaited."""

    closed = False

    @asynccontextmanager
    async def stream(self, request: Request) -> AsyncIterator[tuple[ResponseHead, AsyncIterator[bytes]]]:
        """Three pieces."""

        async def pieces() -> AsyncIterator[bytes]:
            for piece in (b"a", b"b", b"c"):
                yield piece

        yield ResponseHead(206, (), request.url), pieces()
        self.closed = True


def kinds(world: World, blocking: Any, awaited: Any) -> list[Any]:
    """The objects that a driver of this world takes."""
    return [blocking, awaited] if world.is_async else [blocking]


def test_an_object_answers(world: World) -> None:
    """The async driver takes both kinds."""
    for target in kinds(world, Echo(), AsyncEcho()):
        assert world.run(asked(get(URL)), client=target)[0].text == URL


def test_an_object_streams(world: World) -> None:
    """With its own stream, which is left properly."""
    for target in kinds(world, Streamer(), AsyncStreamer()):
        head, pieces = world.stream(get(URL), target)
        assert (head.status, pieces, target.closed) == (206, [b"a", b"b", b"c"], True)


def test_an_object_without_a_stream_gives_all_at_once(world: World) -> None:
    """The whole body is the one piece, and the head shows none of it."""
    for target in kinds(world, Echo(), AsyncEcho()):
        head, pieces = world.stream(get(URL), target)
        assert pieces == [URL.encode()]
        assert not isinstance(head, Response)


def test_an_answer_may_be_too_large() -> None:
    """In this process as well as on the wire."""
    bounds = Bounds(body_bytes=3)
    with pytest.raises(Undecodable, match="at size"):
        ObjectRoad(Echo()).exchange(get(URL), bounds)
    for target in (Echo(), AsyncEcho()):
        with pytest.raises(Undecodable, match="at size"):
            await_in("asyncio", functools.partial(AsyncObjectRoad(target).exchange, get(URL), bounds))


@pytest.mark.parametrize("given", [None, "text", object()])
def test_what_is_no_answer_is_named_by_its_class(world: World, given: object) -> None:
    """And never shown."""

    class Wrong:
        def exchange(self, request: Request) -> Any:
            return given

    with pytest.raises(UsageError, match=f"gave a {type(given).__name__}"):
        world.run(asked(get(URL)), client=Wrong())


def test_a_blocking_driver_does_not_take_a_coroutine_for_an_answer() -> None:
    """Hidden behind a plain function, it is found at the first exchange, and closed."""

    class Hidden:
        def exchange(self, request: Request) -> Any:
            return AsyncEcho().exchange(request)

    with pytest.raises(UsageError, match="gave a coroutine"):
        Driver(http_client=Hidden()).run(asked(get(URL)))


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_an_awaited_object_has_a_deadline(name: str) -> None:
    """Nobody can tell whether it did something before."""

    class Slow:
        async def exchange(self, request: Request) -> Response:
            import anyio

            await anyio.sleep_forever()
            raise AssertionError

    async def body() -> None:
        with pytest.raises(TimedOut) as caught:
            await AsyncDriver(http_client=Slow(), deadline=0.01).run(asked(get(URL)))
        assert caught.value.was_sent is None

    await_in(name, body)


def test_an_error_of_an_object_comes_out_as_it_is(world: World) -> None:
    """At the await."""

    class Broken:
        def exchange(self, request: Request) -> Response:
            raise TimedOut(address=request.url, was_sent=True)

    with pytest.raises(TimedOut) as caught:
        world.run(asked(get(URL)), client=Broken())
    assert caught.value.was_sent is True


def test_closing_leaves_the_object_alone() -> None:
    """It belongs to whoever gave it."""
    ObjectRoad(Echo()).close()
    asyncio.run(AsyncObjectRoad(Echo()).aclose())
