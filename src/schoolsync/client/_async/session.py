"""What every client is before it reads anything: an account, its session, its files."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Self, TypeAlias, TypedDict, TypeVar, Unpack

import attrs

from schoolsync.drivers.aio import AsyncDriver
from schoolsync.drivers.clock import SYSTEM_CLOCK
from schoolsync.drivers.downloads import keep_async
from schoolsync.drivers.http import AsyncHttpClient
from schoolsync.drivers.road import plain_hosts
from schoolsync.drivers.vault import KEEPER, Store
from schoolsync.errors import StaleReference
from schoolsync.flow.effects import Clock, Credentials, Flow, Question
from schoolsync.model import Attachment, Capabilities, Pupil, School, find_pupil
from schoolsync.provider import Options, PupilLike, Service

__all__ = ["AsyncCalls", "AsyncClientOptions", "AsyncSession", "Day"]

S = TypeVar("S", bound=Service)
T = TypeVar("T")
Day: TypeAlias = dt.date | str
"""A `datetime.date`, or ISO text: `2026-03-09`."""
MAX_HOPS = 6
"""Redirects that a download follows, all of them visible to the provider."""


class AsyncClientOptions(TypedDict, total=False):
    """What every client takes beside its credentials."""

    http_client: AsyncHttpClient | None
    """An HTTP client of httpx or httpx2, or an object with `exchange`; it is never closed."""
    timeout: float
    """Seconds that one read may take; 30 if not given."""
    deadline: float
    """Seconds that one whole exchange may take; 120 if not given."""
    clock: Clock | None
    """Time; the system's if not given."""
    on_credentials: Callable[[Credentials], Any] | None
    """Keeps new credentials before the next request leaves."""
    on_challenge: Callable[[Question], Any] | None
    """Answers what only the person can answer."""
    store: Store | None
    """Keeps the log-in ledger and minted keys; never a secret."""
    strict: bool
    """A row that cannot be read is an error."""
    keep_raw: bool
    """Records keep what the server sent."""


@attrs.frozen
class AsyncCalls:
    """A provider's own calls: every flow of its `native` as a method, one turn each."""

    _native: Any = attrs.field(repr=False)
    _driver: AsyncDriver = attrs.field(repr=False)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The call of that name."""
        flow = getattr(self._native, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            return await self._driver.run(flow(*args, **kwargs))

        return call


class AsyncSession(Generic[S]):
    """An account at a school platform. Signs in on `async with`, or at the first reading.

    One operation runs at a time, whoever calls. Errors are those of `schoolsync.errors`.

    Args:
        make: Gives the provider's service; sends nothing.
        options: See `AsyncClientOptions`.

    Raises:
        TypeError: An option that there is not.
    """

    def __init__(self, make: Callable[[Options], S], **options: Unpack[AsyncClientOptions]) -> None:
        for name in options.keys() - AsyncClientOptions.__annotations__.keys():
            raise TypeError(f"unexpected keyword argument {name!r}")
        clock = options.get("clock") or SYSTEM_CLOCK
        is_strict, keeps_raw = options.get("strict", False), options.get("keep_raw", False)
        self._service: S = make(Options(clock=clock, is_strict=is_strict, keeps_raw=keeps_raw))
        store = options.get("store")
        if store is not None:
            KEEPER.remember_in(store)
        self._driver = AsyncDriver(
            http_client=options.get("http_client"),
            timeout=options.get("timeout", 30.0),
            deadline=options.get("deadline", 120.0),
            clock=clock,
            on_credentials=options.get("on_credentials"),
            on_challenge=options.get("on_challenge"),
            keeper=KEEPER,
            plain_hosts=plain_hosts(self._service.address, allow_http=self._service.allows_http),
        )
        self._selected: str | None = None

    # -- who, without I/O --

    @property
    def provider(self) -> str:
        """Name of the provider. No I/O."""
        return self._service.name

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """The account's pupils, in the provider's order. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self._service.pupils

    @property
    def selected_pupil(self) -> Pupil:
        """Whom readings are about when they name nobody; the first one until `select_pupil`. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self.pupils[0] if self._selected is None else find_pupil(self.pupils, self._selected)

    @property
    def school(self) -> School:
        """The selected pupil's school. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self.selected_pupil.school

    @property
    def capabilities(self) -> Capabilities:
        """What the account can see and do, with reasons. No I/O.

        Raises:
            UsageError: Nobody has signed in yet.
        """
        return self._service.capabilities.about(self._selected)

    def select_pupil(self, pupil: PupilLike) -> Pupil:
        """The pupil whom readings are about from now on. No I/O, and nothing changes at the school.

        Args:
            pupil: A `Pupil`, key or name, or a number: a provider's id, else a position from 1.

        Raises:
            UnknownName: No such pupil.
            UsageError: Nobody has signed in yet.
        """
        found = find_pupil(self.pupils, pupil)
        self._selected = found.key
        return found

    @property
    def native(self) -> Any:
        """The provider's own calls and answers. No I/O.

        Raises:
            Unavailable: The provider shows none.
        """
        return AsyncCalls(self._service.native, self._driver)

    # -- the session --

    async def login(self) -> Self:
        """The account is signed in anew.

        Raises:
            WrongCredentials: The school refused.
            LoginHeld: The governor held it back, because there were too many.
        """
        await self._run(self._service.login())
        return self

    async def logout(self) -> None:
        """The session is ended at the school; the next reading signs in again."""
        await self._run(self._service.logout())

    async def aclose(self) -> None:
        """The heartbeat has stopped, the school was told, connections are closed. Never raises.

        Takes at most two seconds. An injected HTTP client stays open.
        """
        await self._driver.aclose(self._service.logout())

    async def __aenter__(self) -> Self:
        """Signed in, now or before; closed again when that fails."""
        try:
            await self._run(self._service.ready())
        except BaseException:
            await self.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closed."""
        await self.aclose()

    async def keep_alive(self, enabled: bool = True, interval: float | None = None) -> None:
        """A heartbeat keeps the session young from now on, or no more.

        Args:
            enabled: Whether it beats.
            interval: Seconds between two beats; the provider's own measure if not given.

        Raises:
            BadArgument: An interval that is not positive.
            UsageError: This event loop has no tasks of its own (trio): use `kept_alive()`.
        """
        seconds = self._beat_seconds(interval)
        await self._driver.keep_alive(self._service.keep_alive if enabled else None, seconds)

    def kept_alive(self, interval: float | None = None) -> AbstractAsyncContextManager[None]:
        """A context in which a heartbeat keeps the session young.

        Args:
            interval: Seconds between two beats; the provider's own measure if not given.
        """
        return self._driver.kept_alive(self._service.keep_alive, self._beat_seconds(interval))

    def _beat_seconds(self, interval: float | None) -> float:
        return self._service.beat_every.total_seconds() if interval is None else interval

    # -- files --

    async def download(self, attachment: Attachment, directory: str | os.PathLike[str]) -> Path:
        """The path that the file was written to: its name made safe, nothing ever overwritten.

        Args:
            attachment: A file of a record of this account.
            directory: Where to; it must exist.

        Raises:
            BadArgument: A link, or no such directory.
            StaleReference: The school does not list the file any more.
        """
        async with self.open(attachment) as chunks:
            return await keep_async(chunks, Path(directory), attachment.name)

    @asynccontextmanager
    async def open(self, attachment: Attachment) -> AsyncIterator[AsyncIterator[bytes]]:
        """A context with the bytes of a file, in chunks; readings may go on meanwhile.

        A stale address is listed again once.

        Raises:
            BadArgument: It is a link.
            StaleReference: The school does not list the file any more.
        """
        async with AsyncExitStack() as stack:
            try:
                chunks = await self._open(attachment, stack, anew=False)
            except StaleReference:
                chunks = await self._open(attachment, stack, anew=True)
            yield chunks

    async def _open(
        self, attachment: Attachment, stack: AsyncExitStack, *, anew: bool
    ) -> AsyncIterator[bytes]:
        """Chunks of the file, at the end of its redirects; of them all, only its own answer stays open."""
        request = await self._run(self._service.locate(attachment, anew=anew))
        for _ in range(MAX_HOPS):
            async with AsyncExitStack() as hop:
                head, chunks = await hop.enter_async_context(self._driver.stream(request))
                following = self._service.follow(request, head)
                if following is None:
                    await stack.enter_async_context(hop.pop_all())
                    return chunks
            request = following
        raise StaleReference(provider=self.provider, operation="open")

    # -- how --

    def _whom(self, pupil: PupilLike | None) -> PupilLike | None:
        return self._selected if pupil is None else pupil

    async def _run(self, flow: Flow[T]) -> T:
        """What *flow* returns: one turn."""
        return await self._driver.run(flow)
