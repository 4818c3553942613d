"""The same test in three worlds (threads, asyncio, trio) and on both HTTP libraries."""

from __future__ import annotations

import asyncio
import importlib
import itertools
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from types import ModuleType
from typing import Any, TypeVar

import attrs
import trio

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.sync import Driver
from schoolsync.drivers.vault import Keeper
from schoolsync.flow import effects
from schoolsync.flow.http import Request, Response, ResponseHead

__all__ = ["LOOPBACK", "World", "asked", "await_in", "get", "several"]

T = TypeVar("T")
LOOPBACK = frozenset({"127.0.0.1"})


def get(url: str, **more: Any) -> Request:
    """A plain reading."""
    return Request("GET", url, is_read=True, **more)


async def asked(*requests: Request) -> list[Response]:
    """A flow: the answers to *requests*, in order."""
    return [await effects.send(request) for request in requests]


async def several(*requests: Request) -> AsyncGenerator[Response]:
    """A generator of a flow: one answer after the other."""
    for request in requests:
        yield await effects.send(request)


def await_in(name: str, body: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What *body* returns when it is awaited in asyncio or in trio."""
    if name == "trio":
        result: T = trio.run(body)
        return result
    return asyncio.run(body())


@attrs.frozen
class World:
    """One way to run things: `"sync"`, `"asyncio"` or `"trio"`."""

    name: str

    @property
    def is_async(self) -> bool:
        """Whether things are awaited there."""
        return self.name != "sync"

    def client(self, library: ModuleType | str, **options: Any) -> Any:
        """A new client of *library* for this world."""
        if isinstance(library, str):
            library = importlib.import_module(library)
        return library.AsyncClient(**options) if self.is_async else library.Client(**options)

    def run(self, *flows: effects.Flow[T], client: Any = None, **options: Any) -> T:
        """What the last of *flows* returns, all run by one driver, which is closed afterwards."""
        options = {"plain_hosts": LOOPBACK, "keeper": Keeper(), "http_client": client} | options
        if not self.is_async:
            return self._run_sync(flows, client, options)

        async def body() -> T:
            driver = AsyncDriver(**options)
            try:
                results = [await driver.run(flow) for flow in flows]
            finally:
                await driver.aclose()
                if hasattr(client, "aclose"):
                    await client.aclose()
            return results[-1]

        try:
            return await_in(self.name, body)
        finally:
            _close(flows)

    def _run_sync(self, flows: Sequence[effects.Flow[T]], client: Any, options: dict[str, Any]) -> T:
        driver = Driver(**options)
        try:
            return [driver.run(flow) for flow in flows][-1]
        finally:
            driver.close()
            if hasattr(client, "close"):
                client.close()
            _close(flows)

    def stream(
        self, request: Request, client: Any = None, pieces: int | None = None, **options: Any
    ) -> tuple[ResponseHead, list[bytes]]:
        """The head of the answer and its first *pieces*, or all of them, streamed."""
        options = {"plain_hosts": LOOPBACK, "http_client": client} | options
        if self.is_async:
            return await_in(self.name, lambda: _streamed(request, client, pieces, options))
        driver = Driver(**options)
        try:
            with driver.stream(request) as (head, chunks):
                return head, list(itertools.islice(chunks, pieces))
        finally:
            driver.close()
            if hasattr(client, "close"):
                client.close()


async def _streamed(
    request: Request, client: Any, pieces: int | None, options: dict[str, Any]
) -> tuple[ResponseHead, list[bytes]]:
    driver, taken = AsyncDriver(**options), []
    try:
        async with driver.stream(request) as (head, chunks):
            async for chunk in chunks:
                taken.append(chunk)
                if len(taken) == pieces:
                    break
        return head, taken
    finally:
        await driver.aclose()
        if hasattr(client, "aclose"):
            await client.aclose()


def _close(flows: Sequence[effects.Flow[Any]]) -> None:
    """A flow that came after a failing one is not left unawaited."""
    for flow in flows:
        flow.close()
