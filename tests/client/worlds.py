"""One test body for three worlds: a blocking client, an async one on asyncio, and one on trio."""

from __future__ import annotations

import asyncio
import datetime as dt
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Self, TypeVar

import attrs
import trio

from schoolsync import classcharts
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.people import ParentAccount, PupilFile
from schoolsync.sandbox.school import SandboxSchool

__all__ = ["ENTRY", "HOST", "TODAY", "Awaited", "Recorder", "World"]

T = TypeVar("T")
HOST = "www.classcharts.com"
TODAY = dt.date(2026, 11, 23)
ENTRY = ["POST parent/login", "POST ping", "GET pupils"]
CONTEXTS = frozenset(("open", "kept_alive"))


class _Context:
    """A blocking context manager, entered by `async with`."""

    def __init__(self, inner: AbstractContextManager[Any]) -> None:
        self._inner = inner

    async def __aenter__(self) -> Any:
        entered = self._inner.__enter__()
        return _each(entered) if isinstance(entered, Iterator) else entered

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        return self._inner.__exit__(kind, error, trace)


async def _each(items: Iterator[T]) -> AsyncIterator[T]:
    try:
        for item in items:
            yield item
    finally:
        if hasattr(items, "close"):
            items.close()


class Awaited:
    """A blocking client that looks like an awaiting one."""

    def __init__(self, client: Any) -> None:
        self.blocking = client

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.blocking, "close" if name == "aclose" else name)
        if name == "native":
            return Awaited(found)
        if not callable(found) or name == "select_pupil":
            return found
        if name in CONTEXTS:
            return lambda *args, **given: _Context(found(*args, **given))
        if name == "iter_activity":
            return lambda *args, **given: _each(found(*args, **given))

        async def call(*args: Any, **given: Any) -> Any:
            return found(*args, **given)

        return call

    async def __aenter__(self) -> Self:
        self.blocking.__enter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        ended: bool | None = self.blocking.__exit__(kind, error, trace)
        return ended


@attrs.define
class Recorder:
    """A mounted school that remembers every request, and whose answers may be replaced."""

    mount: Mount
    requests: list[Request] = attrs.field(factory=list)
    instead: dict[str, Callable[[Request], Response]] = attrs.field(factory=dict)
    """Part of an address → what answers there."""

    def exchange(self, request: Request) -> Response:
        """The school's answer, or the one that stands in for it."""
        self.requests.append(request)
        for part, serve in self.instead.items():
            if part in request.url:
                return attrs.evolve(serve(request), url=request.url)
        return self.mount.exchange(request)

    def sent(self, part: str) -> list[Request]:
        """The requests whose address has *part*."""
        return [request for request in self.requests if part in request.url]


@attrs.define
class World:
    """A school and a way to run things: `"sync"`, `"asyncio"` or `"trio"`."""

    name: str
    school: SandboxSchool
    server: ClassChartsServer
    clock: HandClock
    slept: list[float] = attrs.field(factory=list)
    """Pauses that were asked for; none was really made."""

    @property
    def mount(self) -> Mount:
        """The school without a socket."""
        return Mount({HOST: self.server})

    @property
    def recorder(self) -> Recorder:
        """The same with a memory."""
        return Recorder(self.mount)

    def parent(self, who: ParentAccount | None = None, **options: Any) -> Any:
        """A parent's client: Robin's, with Alex and Sam, unless said otherwise."""
        who = who or self.school.parents[0]
        return self.client("ParentClient", who.email, options.pop("password", who.password), **options)

    def student(self, who: PupilFile | None = None, **options: Any) -> Any:
        """A student's client: Alex's unless said otherwise."""
        who = who or self.school.pupil_files[0]
        return self.client("StudentClient", who.access_code, who.born_on, **options)

    def client(self, kind: str, *who: Any, **options: Any) -> Any:
        """A client of this world."""
        options = {"http_client": self.mount, "clock": self.clock} | options
        made = getattr(classcharts, kind if self.name == "sync" else f"Async{kind}")(*who, **options)
        made._driver._sleep = self.slept.append if self.name == "sync" else self._pause
        return Awaited(made) if self.name == "sync" else made

    async def _pause(self, seconds: float) -> None:
        self.slept.append(seconds)

    def run(self, body: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What *body* returns."""
        if self.name == "trio":
            found: T = trio.run(body)
            return found
        if self.name == "asyncio":
            return asyncio.run(body())
        return _stepped(body())

    def cost(self, before: int = 0) -> list[str]:
        """The requests that reached the server since the first *before*: method and first word."""
        return [f"{method} {_word(path)}" for method, path in self.server.log[before:]]


def _stepped(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns that never really waits."""
    assert inspect.iscoroutine(coroutine)
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        coroutine.close()
    raise AssertionError("a blocking client awaited something")


def _word(path: str) -> str:
    words = path.strip("/").split("/")
    return words[1] if words[0].startswith("apiv2") else "/".join(words[-2:])
