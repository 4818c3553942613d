"""The awaiting driver, for asyncio and trio: the twin of `sync`."""

from __future__ import annotations

import inspect
import logging
import threading
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import attrs

from schoolsync.drivers import conversation, http
from schoolsync.drivers.clock import SYSTEM_CLOCK
from schoolsync.drivers.heartbeat import AsyncHeartbeat, MakeFlow
from schoolsync.drivers.road import AsyncRoad, Bounds, check_scheme
from schoolsync.drivers.vault import KEEPER, Keeper
from schoolsync.errors import UsageError
from schoolsync.flow.effects import Ask, Clock, Credentials, Flow, Permit, Question, Save, Send, Sleep

if TYPE_CHECKING:
    import anyio

    from schoolsync.flow.http import Request, ResponseHead

__all__ = ["AsyncDriver", "AsyncOnChallenge", "AsyncOnCredentials"]

T = TypeVar("T")
_log = logging.getLogger(__name__)

AsyncOnChallenge = Callable[[Question], Awaitable[str | None] | str | None]
"""Answers a question, now or awaited; `None`: nobody did."""
AsyncOnCredentials = Callable[[Credentials], object]
"""Keeps new credentials, now or awaited; the next request leaves when it has returned."""


@attrs.define(eq=False)
class _Home:
    """What belongs to one event loop: the turn and who has it, and the road with its connections."""

    loop: object
    turn: anyio.Lock
    road: AsyncRoad
    owner: object = None

    async def enter(self, task: object) -> None:
        """*task* has the turn."""
        if self.owner is task:
            raise conversation.reentered()
        await self.turn.acquire()
        self.owner = task

    def leave(self) -> None:
        """The next one has the turn."""
        self.owner = None
        self.turn.release()


class AsyncDriver:
    """One session's way to the world. Tasks of one event loop may share it: each flow waits for its turn.

    A client of our own belongs to the event loop that opened it; used from another loop, it is
    opened anew. Arguments and errors are those of `sync.Driver`; `sleep` is awaited, and the
    callbacks are if they give something to await.
    """

    def __init__(
        self,
        *,
        http_client: http.AsyncHttpClient | None = None,
        timeout: float = 30.0,
        deadline: float = 120.0,
        on_challenge: AsyncOnChallenge | None = None,
        on_credentials: AsyncOnCredentials | None = None,
        keeper: Keeper = KEEPER,
        clock: Clock = SYSTEM_CLOCK,
        plain_hosts: frozenset[str] = frozenset(),
        sleep: Callable[[float], Awaitable[object]] | None = None,
    ) -> None:
        self._road = http.async_road(http_client)
        self._http_client = http_client
        self._bounds = Bounds(timeout, deadline)
        self._on_challenge = on_challenge
        self._on_credentials = on_credentials
        self._keeper = keeper
        self._clock = clock
        self._plain_hosts = plain_hosts
        self._sleep = sleep
        self._home: _Home | None = None
        self._moving = threading.Lock()
        self._heart: AsyncHeartbeat | None = None
        self._is_closed = False

    async def run(self, flow: Flow[T]) -> T:
        """What *flow* returns, when its turn has come.

        An error of an effect is raised in the flow, at its `await`; any other exit (cancellation)
        closes it. When this returns or raises, the flow has ended.

        Raises:
            UsageError: The client is closed, is busy in another event loop, or was called from
                within its own callback.
        """
        try:
            loop, task = _here()
            home = self._at_home(loop)
            await home.enter(task)
            try:
                if self._is_closed:
                    raise conversation.closed()
                return await self._converse(flow, home, self._bounds)
            finally:
                home.leave()
        finally:
            flow.close()

    async def iterate(self, items: AsyncGenerator[T]) -> AsyncGenerator[T]:
        """The items of *items*, one turn for each, so that the loop's body may use the client.

        Leaving early (`aclose()`) closes *items*.
        """
        try:
            while (item := await self.run(conversation.next_of(items))) is not conversation.END:
                yield item
        finally:
            conversation.ended(items)

    @asynccontextmanager
    async def stream(self, request: Request) -> AsyncIterator[tuple[ResponseHead, AsyncIterator[bytes]]]:
        """The head of the answer to *request*, and its decoded body in pieces, outside the turn.

        The deadline holds until the head is there, the time-out for each piece. Leaving early
        closes the connection.

        Raises:
            NetworkError: The road broke, here or at a piece.
            UsageError: The client is closed, or the address is not https.
        """
        if self._is_closed:
            raise conversation.closed()
        check_scheme(request.url, plain_hosts=self._plain_hosts)
        async with self._at_home(_here()[0]).road.stream(request, self._bounds) as streamed:
            yield streamed

    async def keep_alive(self, make_flow: MakeFlow | None, interval_seconds: float) -> None:
        """A task runs what *make_flow* makes, in turn with everything else, until `aclose`; `None`: no more.

        Raises:
            BadArgument: The interval is not positive.
            UsageError: asyncio is not running: use `kept_alive`.
        """
        heart = AsyncHeartbeat(self, make_flow, interval_seconds) if make_flow else None
        await self._stop_heart()
        if heart:
            heart.start()
            self._heart = heart

    def kept_alive(self, make_flow: MakeFlow, interval_seconds: float) -> AbstractAsyncContextManager[None]:
        """A context in which a task runs what *make_flow* makes, in turn with everything else.

        Raises:
            BadArgument: The interval is not positive.
        """
        return AsyncHeartbeat(self, make_flow, interval_seconds).kept()

    async def aclose(self, farewell: Flow[object] | None = None) -> None:
        """Connections of our own are closed, after *farewell* (a log-out) was tried for two seconds.

        That much time it has even when the task is cancelled. Never raises for what goes wrong on
        the way; closing twice is once.
        """
        try:
            if not self._is_closed:
                await self._part(farewell)
        finally:
            if farewell is not None:
                farewell.close()

    async def _part(self, farewell: Flow[object] | None) -> None:
        import anyio

        ends = anyio.current_time() + conversation.FAREWELL_SECONDS
        with anyio.CancelScope(deadline=ends - conversation.FAREWELL_SECONDS / 8, shield=True):
            await _tried(self._stop_heart())
            if farewell is not None or self._home is not None:
                await _tried(self._last_turn(farewell))
        self._is_closed = True
        home, self._home = self._home, None
        if home is not None and home.loop is _here()[0]:
            with anyio.CancelScope(deadline=ends, shield=True):
                await _tried(home.road.aclose())

    async def _last_turn(self, farewell: Flow[object] | None) -> None:
        loop, task = _here()
        home = self._at_home(loop)
        await home.enter(task)
        try:
            if farewell is not None and not self._is_closed:
                until = time.monotonic() + conversation.FAREWELL_SECONDS
                await self._converse(farewell, home, attrs.evolve(self._bounds, until=until))
        finally:
            self._is_closed = True
            home.leave()

    async def _stop_heart(self) -> None:
        heart, self._heart = self._heart, None
        if heart:
            await heart.stop()

    def _at_home(self, loop: object) -> _Home:
        """The turn and the road of *loop*, which runs now."""
        if self._home is None or self._home.loop is not loop:
            with self._moving:
                self._home = self._moved(self._home, loop)
        return self._home

    def _moved(self, old: _Home | None, loop: object) -> _Home:
        import anyio

        if old is None:
            return _Home(loop, anyio.Lock(fast_acquire=True), self._road)
        if old.turn.locked() and not getattr(old.loop, "is_closed", bool)():
            raise UsageError(
                "this client is busy in another event loop", hint="Make one client for each loop."
            )
        return _Home(loop, anyio.Lock(fast_acquire=True), http.async_road(self._http_client))

    async def _converse(self, flow: Flow[T], home: _Home, bounds: Bounds) -> T:
        try:
            effect = flow.send(None)
            while True:
                try:
                    answer = await self._perform(effect, home, bounds)
                except Exception as error:  # noqa: BLE001 - whatever it is belongs to the flow
                    effect = flow.throw(error)
                else:
                    effect = flow.send(answer)
        except StopIteration as done:
            result: T = done.value
            return result
        finally:
            flow.close()  # within the turn: what was cut off marks its session before the next begins

    async def _perform(self, effect: object, home: _Home, bounds: Bounds) -> object:
        match effect:
            case Send(request):
                if self._is_closed:
                    raise conversation.closed()
                check_scheme(request.url, plain_hosts=self._plain_hosts)
                return await home.road.exchange(request, bounds)
            case Sleep(duration):
                await self._pause(duration.total_seconds())
            case Ask(question):
                answer = self._on_challenge(question) if self._on_challenge else None
                return conversation.answered(question, await _settled(answer))
            case Save(credentials):
                if self._on_credentials:
                    await _settled(self._on_credentials(credentials))
            case Permit():
                await self._permit(effect)
            case _:
                raise conversation.foreign(effect)
        return None

    async def _pause(self, seconds: float) -> None:
        import anyio

        await (self._sleep or anyio.sleep)(seconds)

    async def _permit(self, effect: Permit) -> None:
        """As the keeper says; in a thread where that reads files or computes for long."""
        knock, outcome, now = effect.knock, effect.outcome, self._clock.now()
        if self._keeper.is_quick(knock, outcome):
            self._keeper.permit(knock, outcome, now)
        else:
            from anyio import to_thread

            await to_thread.run_sync(self._keeper.permit, knock, outcome, now)


async def _tried(step: Awaitable[None]) -> None:
    """*step* was tried; what goes wrong in it must not spoil what it ends."""
    try:
        await step
    except Exception as error:  # noqa: BLE001
        _log.info("a step of closing failed: %s", type(error).__name__)


async def _settled(answer: object) -> object:
    return await answer if inspect.isawaitable(answer) else answer


def _here() -> tuple[object, object]:
    """The event loop and the task that run now.

    Raises:
        UsageError: None does.
    """
    import asyncio

    try:
        return asyncio.get_running_loop(), asyncio.current_task()
    except RuntimeError:
        pass
    try:
        from trio import lowlevel

        return lowlevel.current_trio_token(), lowlevel.current_task()
    except (ImportError, RuntimeError):
        raise UsageError("this client works in asyncio or trio, and neither is running here") from None
