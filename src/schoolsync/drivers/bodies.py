"""Bodies in bounded steps: never more decoded bytes at once, or in all, than agreed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

from schoolsync.errors import Undecodable

__all__ = ["ENCODINGS", "Decoder", "Pile"]

ENCODINGS: Final = "gzip, deflate"
"""What to ask for: the encodings that can be undone a step at a time everywhere."""
PIECE_BYTES: Final = 64 * 1024
"""The longest piece that a decoder gives at once."""

_GZIP: Final = 31
_ZLIB: Final = 15
_BARE: Final = -15


class Decoder:
    """Undoes one content encoding."""

    def __init__(self, encoding: str | None) -> None:
        self._encoding = (encoding or "identity").strip().lower()
        self._inflater: zlib._Decompress | None = None

    def feed(self, raw: bytes) -> Iterator[bytes]:
        """The decoded pieces of *raw*, the next bytes as they came.

        Raises:
            Undecodable: At `"encoding"`, of a kind that was not asked for; at `"inflate"`.
        """
        if not raw or self._encoding == "identity":
            return iter((raw,) if raw else ())
        if self._encoding not in {"gzip", "x-gzip", "deflate"}:
            raise Undecodable("encoding", "a content encoding that was not asked for")
        return self._inflated(raw)

    def _inflated(self, raw: bytes) -> Iterator[bytes]:
        while True:
            if self._inflater is None:
                self._inflater = zlib.decompressobj(self._window(raw))
            try:
                piece = self._inflater.decompress(raw, PIECE_BYTES)
            except zlib.error:
                raise Undecodable("inflate", "no valid compression") from None
            if piece:
                yield piece
            if self._inflater.eof:
                raw = self._inflater.unused_data.lstrip(b"\0")
                if not raw:
                    return
                self._inflater = None
            else:
                raw = self._inflater.unconsumed_tail
                if not raw and len(piece) < PIECE_BYTES:
                    return

    def _window(self, raw: bytes) -> int:
        """Which of the three dialects: servers mean two different things by `deflate`."""
        if self._encoding != "deflate":
            return _GZIP
        is_zlib = raw[0] & 0x0F == zlib.DEFLATED
        return _ZLIB if is_zlib else _BARE

    def finish(self) -> None:
        """The body has ended where it should.

        Raises:
            Undecodable: At `"inflate"`: it was cut.
        """
        if self._inflater is not None and not self._inflater.eof:
            raise Undecodable("inflate", "a body that ends too early")


class Pile:
    """Pieces of one body, up to a limit."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._pieces: list[bytes] = []
        self._size_bytes = 0

    def add(self, piece: bytes) -> None:
        """*piece* lies on top.

        Raises:
            Undecodable: At `"size"`.
        """
        self._size_bytes += len(piece)
        if self._size_bytes > self._limit_bytes:
            raise Undecodable("size", f"more than {self._limit_bytes} bytes")
        self._pieces.append(piece)

    def whole(self) -> bytes:
        """All of it."""
        return b"".join(self._pieces)
