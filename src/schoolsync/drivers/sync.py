"""The blocking driver: performs what a flow asks for, one conversation at a time."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, TypeVar

import attrs

from schoolsync.drivers import conversation, http
from schoolsync.drivers.clock import SYSTEM_CLOCK
from schoolsync.drivers.heartbeat import Heartbeat, MakeFlow
from schoolsync.drivers.road import Bounds, check_scheme
from schoolsync.drivers.vault import KEEPER, Keeper
from schoolsync.flow.effects import Ask, Clock, Credentials, Flow, Permit, Question, Save, Send, Sleep

if TYPE_CHECKING:
    from schoolsync.flow.http import Request, ResponseHead

__all__ = ["Driver", "OnChallenge", "OnCredentials"]

T = TypeVar("T")
_log = logging.getLogger(__name__)

OnChallenge = Callable[[Question], str | None]
"""Answers a question; `None`: nobody did."""
OnCredentials = Callable[[Credentials], object]
"""Keeps new credentials; the next request leaves when it has returned."""


class Driver:
    """One session's way to the world. Threads may share it: each flow waits for its turn.

    Args:
        http_client: An injected client, never closed here; without one, our own is made at the
            first request.
        timeout: Seconds for each wait within an exchange.
        deadline: Seconds for a whole exchange.
        on_challenge: Answers what a log-in asks the person.
        on_credentials: Keeps rotated tokens.
        keeper: The log-in governor's ledger.
        clock: Time, for the ledger.
        plain_hosts: Hosts that may be asked over http; see `drivers.road.plain_hosts`.
        sleep: Waits so many seconds.

    Raises:
        BadArgument: `http_client` is async, or no client at all.
    """

    def __init__(
        self,
        *,
        http_client: http.HttpClient | None = None,
        timeout: float = 30.0,
        deadline: float = 120.0,
        on_challenge: OnChallenge | None = None,
        on_credentials: OnCredentials | None = None,
        keeper: Keeper = KEEPER,
        clock: Clock = SYSTEM_CLOCK,
        plain_hosts: frozenset[str] = frozenset(),
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._road = http.road(http_client)
        self._bounds = Bounds(timeout, deadline)
        self._on_challenge = on_challenge
        self._on_credentials = on_credentials
        self._keeper = keeper
        self._clock = clock
        self._plain_hosts = plain_hosts
        self._sleep = sleep
        self._turn = threading.Lock()
        self._owner: int | None = None
        self._heart: Heartbeat | None = None
        self._is_closed = False

    def run(self, flow: Flow[T]) -> T:
        """What *flow* returns, when its turn has come.

        An error of an effect is raised in the flow, at its `await`; any other exit (Ctrl-C)
        closes it. When this returns or raises, the flow has ended.

        Raises:
            UsageError: The client is closed, or was called from within its own callback.
        """
        try:
            if self._owner == threading.get_ident():
                raise conversation.reentered()
            with self._turn:
                if self._is_closed:
                    raise conversation.closed()
                return self._converse(flow, self._bounds)
        finally:
            flow.close()

    def iterate(self, items: AsyncGenerator[T]) -> Generator[T]:
        """The items of *items*, one turn for each, so that the loop's body may use the client.

        Leaving early (`close()`, or the last reference gone) closes *items*.
        """
        try:
            while (item := self.run(conversation.next_of(items))) is not conversation.END:
                yield item
        finally:
            conversation.ended(items)

    @contextmanager
    def stream(self, request: Request) -> Iterator[tuple[ResponseHead, Iterator[bytes]]]:
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
        with self._road.stream(request, self._bounds) as streamed:
            yield streamed

    def keep_alive(self, make_flow: MakeFlow | None, interval_seconds: float) -> None:
        """A thread runs what *make_flow* makes, in turn with everything else, until `close`; `None`: no more.

        Raises:
            BadArgument: The interval is not positive.
        """
        heart = Heartbeat(self, make_flow, interval_seconds) if make_flow else None
        self._stop_heart()
        self._heart = heart
        if heart:
            heart.start()

    def kept_alive(self, make_flow: MakeFlow, interval_seconds: float) -> AbstractContextManager[None]:
        """A context in which a thread runs what *make_flow* makes, in turn with everything else.

        Raises:
            BadArgument: The interval is not positive.
        """
        return Heartbeat(self, make_flow, interval_seconds).kept()

    def close(self, farewell: Flow[object] | None = None) -> None:
        """Connections of our own are closed, after *farewell* (a log-out) was tried for two seconds.

        Never raises for what goes wrong on the way; closing twice is once.
        """
        until = time.monotonic() + conversation.FAREWELL_SECONDS
        try:
            self._stop_heart()
            if not self._is_closed:
                self._part(farewell, until)
        finally:
            if farewell is not None:
                farewell.close()

    def _part(self, farewell: Flow[object] | None, until: float) -> None:
        bounds = attrs.evolve(self._bounds, timeout=conversation.FAREWELL_SECONDS, until=until)
        is_inside = self._owner == threading.get_ident()
        has_turn = not is_inside and self._turn.acquire(timeout=bounds.left())
        try:
            if farewell is not None and has_turn and not self._is_closed:
                _tried(lambda: self._converse(farewell, bounds))
        finally:
            self._is_closed = True
            if has_turn:
                self._turn.release()
        _tried(self._road.close)

    def _stop_heart(self) -> None:
        heart, self._heart = self._heart, None
        if heart:
            heart.stop(conversation.FAREWELL_SECONDS)

    def _converse(self, flow: Flow[T], bounds: Bounds) -> T:
        self._owner = threading.get_ident()
        try:
            effect = flow.send(None)
            while True:
                try:
                    answer = self._perform(effect, bounds)
                except Exception as error:  # noqa: BLE001 - whatever it is belongs to the flow
                    effect = flow.throw(error)
                else:
                    effect = flow.send(answer)
        except StopIteration as done:
            result: T = done.value
            return result
        finally:
            flow.close()  # within the turn: what was cut off marks its session before the next begins
            self._owner = None

    def _perform(self, effect: object, bounds: Bounds) -> object:
        match effect:
            case Send(request):
                if self._is_closed:
                    raise conversation.closed()
                check_scheme(request.url, plain_hosts=self._plain_hosts)
                return self._road.exchange(request, bounds)
            case Sleep(duration):
                self._sleep(duration.total_seconds())
            case Ask(question):
                answer = self._on_challenge(question) if self._on_challenge else None
                return conversation.answered(question, conversation.unawaited("on_challenge", answer))
            case Save(credentials):
                if self._on_credentials:
                    conversation.unawaited("on_credentials", self._on_credentials(credentials))
            case Permit(knock, outcome):
                self._keeper.permit(knock, outcome, self._clock.now())
            case _:
                raise conversation.foreign(effect)
        return None


def _tried(step: Callable[[], object]) -> None:
    """*step* was tried; what goes wrong in it must not spoil what it ends."""
    try:
        step()
    except Exception as error:  # noqa: BLE001
        _log.info("a step of closing failed: %s", type(error).__name__)
