"""Bodies in bounded steps."""

from __future__ import annotations

import gzip
import zlib

import pytest

from schoolsync.drivers.bodies import PIECE_BYTES, Decoder, Pile
from schoolsync.errors import Undecodable

TEXT = b"".join(b"lesson %d, " % number for number in range(20_000))


def bare(data: bytes) -> bytes:
    """Deflate without any frame, as some servers mean it."""
    deflater = zlib.compressobj(wbits=-15)
    return deflater.compress(data) + deflater.flush()


ENCODED = [
    (None, TEXT),
    ("identity", TEXT),
    ("gzip", gzip.compress(TEXT)),
    ("x-gzip", gzip.compress(TEXT)),
    (" GZIP ", gzip.compress(TEXT)),
    ("gzip", gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:])),
    ("gzip", gzip.compress(TEXT) + b"\0" * 512),
    ("deflate", zlib.compress(TEXT)),
    ("deflate", bare(TEXT)),
]


@pytest.mark.parametrize(("encoding", "data"), ENCODED)
@pytest.mark.parametrize("step", [1, 997, 10_000_000])
def test_what_was_encoded_comes_out(encoding: str | None, data: bytes, step: int) -> None:
    """However the bytes arrive, and in pieces of bounded length."""
    decoder = Decoder(encoding)
    pieces = [piece for at in range(0, len(data), step) for piece in decoder.feed(data[at : at + step])]
    decoder.finish()
    assert b"".join(pieces) == TEXT
    if encoding not in {None, "identity"}:
        assert max(map(len, pieces)) <= PIECE_BYTES


def test_a_bomb_comes_out_a_piece_at_a_time() -> None:
    """A gigabyte in a megabyte: the first piece is no larger than any other."""
    deflater = zlib.compressobj(wbits=31)
    bomb = b"".join(deflater.compress(bytes(2**20)) for _ in range(64)) + deflater.flush()
    pieces = Decoder("gzip").feed(bomb)
    assert [len(next(pieces)) for _ in range(3)] == [PIECE_BYTES] * 3


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_cut_body_is_noticed(encoding: str) -> None:
    """When it ends, not before."""
    data = gzip.compress(TEXT) if encoding == "gzip" else zlib.compress(TEXT)
    decoder = Decoder(encoding)
    assert b"".join(decoder.feed(data[:-10]))
    with pytest.raises(Undecodable, match="at inflate, saw a body that ends too early"):
        decoder.finish()


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_damage_is_noticed(encoding: str) -> None:
    """What is not compressed cannot be expanded."""
    with pytest.raises(Undecodable, match="at inflate") as caught:
        list(Decoder(encoding).feed(b"<html>plain</html>"))
    assert caught.value.__suppress_context__


def test_an_encoding_that_nobody_asked_for_is_refused() -> None:
    """But not where there is no body that would have it."""
    decoder = Decoder("br")
    decoder.finish()
    with pytest.raises(Undecodable, match="at encoding"):
        decoder.feed(b"\x0b")


@pytest.mark.parametrize("encoding", [None, "gzip", "deflate"])
def test_an_empty_body_is_whole(encoding: str | None) -> None:
    """An answer to HEAD names an encoding too."""
    decoder = Decoder(encoding)
    assert list(decoder.feed(b"")) == []
    decoder.finish()


def test_a_pile_has_a_limit() -> None:
    """Exactly so much, and not a byte more."""
    pile = Pile(4)
    pile.add(b"ab")
    pile.add(b"cd")
    assert pile.whole() == b"abcd"
    with pytest.raises(Undecodable, match="at size, saw more than 4 bytes"):
        pile.add(b"e")
