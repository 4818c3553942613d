"""Roads that never leave the process: any object of the protocols `Exchange` and `AsyncExchange`."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from typing import Any

from schoolsync.drivers.road import Bounds
from schoolsync.errors import TimedOut, Undecodable, UsageError
from schoolsync.flow.http import AsyncExchange, Exchange, Request, Response, ResponseHead

__all__ = ["AsyncObjectRoad", "ObjectRoad"]


class ObjectRoad:
    """Exchanges through an `Exchange`. It cannot be interrupted, so the times do not apply."""

    def __init__(self, target: Exchange) -> None:
        self._target = target

    def exchange(self, request: Request, bounds: Bounds) -> Response:
        """The object's answer, if it is one and not too large."""
        answer = self._target.exchange(request)
        return (
            answer
            if type(answer) is Response and len(answer.body) <= bounds.body_bytes
            else _checked(answer, bounds)
        )

    @contextmanager
    def stream(self, request: Request, bounds: Bounds) -> Iterator[tuple[ResponseHead, Iterator[bytes]]]:
        """The object's own stream; without one, the whole answer as one piece."""
        opener = getattr(self._target, "stream", None)
        if opener is None:
            answer = self.exchange(request, bounds)
            yield _head(answer), iter((answer.body,))
        else:
            with opener(request) as (head, pieces):
                yield head, pieces

    def close(self) -> None:
        """The object belongs to whoever gave it."""


class AsyncObjectRoad:
    """Exchanges through an `AsyncExchange` or an `Exchange`."""

    def __init__(self, target: AsyncExchange | Exchange) -> None:
        self._target = target

    async def exchange(self, request: Request, bounds: Bounds) -> Response:
        """The object's answer, if it is one, in time and not too large."""
        answer = self._target.exchange(request)
        if not inspect.isawaitable(answer):
            return _checked(answer, bounds)
        import anyio

        with anyio.move_on_after(bounds.left()):
            return _checked(await answer, bounds)
        raise TimedOut(address=request.url)

    @asynccontextmanager
    async def stream(
        self, request: Request, bounds: Bounds
    ) -> AsyncIterator[tuple[ResponseHead, AsyncIterator[bytes]]]:
        """The object's own stream, of either kind; without one, the whole answer as one piece."""
        opener = getattr(self._target, "stream", None)
        if opener is None:
            answer = await self.exchange(request, bounds)
            async with aclosing(_awaited(iter((answer.body,)))) as whole:
                yield _head(answer), whole
            return
        streaming = opener(request)
        if hasattr(streaming, "__aenter__"):
            async with streaming as (head, pieces):
                yield head, pieces
        else:
            with streaming as (head, pieces):
                async with aclosing(_awaited(pieces)) as awaited:
                    yield head, awaited

    async def aclose(self) -> None:
        """The object belongs to whoever gave it."""


def _checked(answer: Any, bounds: Bounds) -> Response:
    """*answer*, if it is one.

    Raises:
        Undecodable: At `"size"`.
        UsageError: The object answered with something else.
    """
    if isinstance(answer, Response):
        if len(answer.body) > bounds.body_bytes:
            raise Undecodable("size", f"more than {bounds.body_bytes} bytes")
        return answer
    if inspect.iscoroutine(answer):
        answer.close()
    kind = type(answer).__name__
    raise UsageError(f"exchange() of http_client must give a schoolsync Response, and gave a {kind}")


def _head(answer: Response) -> ResponseHead:
    return ResponseHead(answer.status, answer.headers, answer.url)


async def _awaited(pieces: Iterator[bytes]) -> AsyncGenerator[bytes]:
    for piece in pieces:
        yield piece
