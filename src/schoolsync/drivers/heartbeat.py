"""Keep-alive for those who ask for it: a flow run again and again, in turn with everything else.

Nothing here runs by itself: `start` makes a daemon thread or an asyncio task, `kept` keeps one
for as long as its block lasts. A beat that fails is logged by the name of its error, and the
next one is tried all the same.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final

from schoolsync.errors import BadArgument, UsageError
from schoolsync.flow.effects import Flow

if TYPE_CHECKING:
    import asyncio

    from schoolsync.drivers.aio import AsyncDriver
    from schoolsync.drivers.sync import Driver

__all__ = ["AsyncHeartbeat", "Heartbeat", "MakeFlow"]

MakeFlow = Callable[[], Flow[object]]
"""Makes the flow of one beat: a coroutine runs only once."""

PATIENCE_SECONDS: Final = 2.0
"""How long to wait for a beat that is under way."""

_log = logging.getLogger(__name__)


class Heartbeat:
    """A heartbeat in a daemon thread.

    Args:
        driver: Runs each beat, when its turn has come.
        make_flow: Makes the flow of one beat.
        interval_seconds: The pause before each beat.
        wait: Waits so many seconds, or less when the given event is set; true if it is.

    Raises:
        BadArgument: The interval is not positive.
    """

    def __init__(
        self,
        driver: Driver,
        make_flow: MakeFlow,
        interval_seconds: float,
        *,
        wait: Callable[[threading.Event, float], bool] = threading.Event.wait,
    ) -> None:
        self._driver = driver
        self._make_flow = make_flow
        self._seconds = _positive(interval_seconds)
        self._wait = wait
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    def start(self) -> None:
        """It beats; if it did already, nothing changes."""
        if self._thread is None or not self._thread.is_alive():
            self._stopped = threading.Event()
            name, stopped = "schoolsync-heartbeat", self._stopped
            self._thread = threading.Thread(target=self._beat, args=(stopped,), name=name, daemon=True)
            self._thread.start()

    def stop(self, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """It beats no more; a beat under way is waited for, but not longer than that."""
        self._stopped.set()
        thread, self._thread = self._thread, None
        if thread is not None and thread is not threading.current_thread():
            thread.join(patience_seconds)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """It beats inside the block."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def _beat(self, stopped: threading.Event) -> None:
        while not self._wait(stopped, self._seconds):
            try:
                self._driver.run(self._make_flow())
            except Exception as error:  # noqa: BLE001 - the program goes on without us
                if _is_last(error):
                    return


class AsyncHeartbeat:
    """A heartbeat in a task. Arguments and errors are those of `Heartbeat`; `wait` is awaited.

    Args:
        driver: Runs each beat, when its turn has come.
        make_flow: Makes the flow of one beat.
        interval_seconds: The pause before each beat.
        wait: Waits so many seconds.
    """

    def __init__(
        self,
        driver: AsyncDriver,
        make_flow: MakeFlow,
        interval_seconds: float,
        *,
        wait: Callable[[float], Awaitable[object]] | None = None,
    ) -> None:
        self._driver = driver
        self._make_flow = make_flow
        self._seconds = _positive(interval_seconds)
        self._wait = wait
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """It beats in a task of asyncio; if it did already, nothing changes.

        Raises:
            UsageError: asyncio is not running: trio has no tasks without an owner.
        """
        import asyncio

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            hint = "Use the context manager: async with school.kept_alive(): …"
            raise UsageError("keep_alive(True) needs a running asyncio loop", hint=hint) from None
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._beat(), name="schoolsync-heartbeat")

    async def stop(self) -> None:
        """It beats no more; a beat under way was cancelled."""
        task, self._task = self._task, None
        if task is None or task.done():
            return
        import asyncio

        task.cancel()
        if task is not asyncio.current_task():
            await asyncio.wait([task], timeout=PATIENCE_SECONDS)

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """It beats inside the block, on asyncio and on trio. Errors of the block come out as they are."""
        import anyio

        problem: BaseException | None = None
        async with anyio.create_task_group() as group:
            group.start_soon(self._beat)
            try:
                yield
            except anyio.get_cancelled_exc_class():
                raise
            except BaseException as error:  # noqa: BLE001 - raised below, where no group can wrap it
                problem = error
            finally:
                group.cancel_scope.cancel()
        if problem is not None:
            raise problem

    async def _beat(self) -> None:
        import anyio

        wait = self._wait or anyio.sleep
        while True:
            await wait(self._seconds)
            try:
                await self._driver.run(self._make_flow())
            except Exception as error:  # noqa: BLE001 - the program goes on without us
                if _is_last(error):
                    return


def _positive(seconds: float) -> float:
    if seconds <= 0:
        raise BadArgument("interval", "must be more than no time")
    return seconds


def _is_last(error: Exception) -> bool:
    """Whether no beat can succeed after this one: only the programmer can mend it."""
    _log.warning("a heartbeat failed: %s", type(error).__name__)
    return isinstance(error, UsageError)
