"""Bodies over httpx and httpx2: decoded, bounded, streamed."""

from __future__ import annotations

import functools
import gzip
import zlib
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from schoolsync.errors import Undecodable
from tests.drivers.loopback import Loopback, Script, answer, replying
from tests.drivers.worlds import World, asked, get

Serve = Callable[[Script], Loopback]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_encoded_body_is_decoded(
    world: World, library: ModuleType, loopback: Serve, encoding: str
) -> None:
    """In one answer and as a stream."""
    text = b"marks " * 50_000
    data = gzip.compress(text) if encoding == "gzip" else zlib.compress(text)
    server = loopback(replying(answer(data, f"Content-Encoding: {encoding}")))
    (back,) = world.run(asked(get(server.url)), client=world.client(library))
    assert back.body == text
    _, pieces = world.stream(get(server.url), world.client(library))
    assert b"".join(pieces) == text
    assert max(map(len, pieces)) <= 65536


@functools.cache
def bomb() -> bytes:
    """48 MiB of nothing in some kilobytes."""
    deflater = zlib.compressobj(wbits=31)
    return b"".join(deflater.compress(bytes(2**20)) for _ in range(48)) + deflater.flush()


@pytest.mark.parametrize("kind", ["plain", "bomb"])
def test_a_body_has_a_limit_in_decoded_bytes(
    world: World, library: ModuleType, loopback: Serve, kind: str
) -> None:
    """A 48 MiB body and a gzip bomb break off at 32 MiB; the connection is not used again."""
    server = loopback(
        replying(answer(bomb(), "Content-Encoding: gzip") if kind == "bomb" else answer(bytes(48 << 20)))
    )
    with pytest.raises(Undecodable, match="at size, saw more than 33554432 bytes"):
        world.run(asked(get(server.url)), client=world.client(library))


@pytest.mark.parametrize(
    ("reply", "stage"),
    [
        (answer(b"not gzip", "Content-Encoding: gzip"), "inflate"),
        (answer(gzip.compress(b"x" * 99)[:-9], "Content-Encoding: gzip"), "inflate"),
        (answer(b"\x0b", "Content-Encoding: br"), "encoding"),
    ],
)
def test_a_body_that_is_not_what_it_says(
    world: World, library: ModuleType, loopback: Serve, reply: bytes, stage: str
) -> None:
    """Undecodable, with the stage."""
    server = loopback(replying(reply))
    with pytest.raises(Undecodable) as caught:
        world.run(asked(get(server.url)), client=world.client(library))
    assert caught.value.stage == stage


def test_a_stream_may_be_left_early(world: World, library: ModuleType, loopback: Serve) -> None:
    """A large one, after its first piece: the connection is closed, and nothing complains."""
    server = loopback(replying(answer(bytes(48 << 20))))
    head, pieces = world.stream(get(server.url), world.client(library), pieces=1)
    assert (head.status, head.header("content-length")) == (200, str(48 << 20))
    assert 0 < len(pieces[0]) <= 65536


def test_a_stream_has_no_limit(world: World, loopback: Serve) -> None:
    """A file may be larger than an answer."""
    server = loopback(replying(answer(bytes(40 << 20))))
    _, pieces = world.stream(get(server.url))
    assert sum(map(len, pieces)) == 40 << 20


def test_a_body_that_a_hook_has_read_is_taken_as_it_is(
    world: World, library: ModuleType, loopback: Serve
) -> None:
    """Hosts that log answers do so; the library has decoded it then."""
    seen: list[bytes] = []

    def hook(response: Any) -> None:
        seen.append(response.read())

    async def async_hook(response: Any) -> None:
        seen.append(await response.aread())

    server = loopback(replying(answer(gzip.compress(b"marks"), "Content-Encoding: gzip")))
    client = world.client(library, event_hooks={"response": [async_hook if world.is_async else hook]})
    assert world.run(asked(get(server.url)), client=client)[0].body == b"marks"
    assert seen == [b"marks"]
