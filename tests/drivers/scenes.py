"""Flows and servers without sockets that several driver tests play with."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import anyio
import attrs

from schoolsync.errors import TimedOut
from schoolsync.flow import effects
from schoolsync.flow.effects import Credentials, Knock, Outcome, Question
from schoolsync.flow.http import Request, Response
from schoolsync.flow.secret import Secret

__all__ = ["URL", "Counter", "Echo", "Record", "numbered", "recorded"]

URL = "https://school.example/"
PIN = Question("pin", "Your PIN?")
KNOCK = Knock("school.example", "a1b2", Secret("correct horse"))


class Echo:
    """Answers everything."""

    def exchange(self, request: Request) -> Response:
        """An answer."""
        return Response(200, (), request.url)


class Broken:
    """Never answers."""

    def exchange(self, request: Request) -> Response:
        """No answer."""
        raise TimedOut(address=request.url, was_sent=True)


@attrs.define
class Counter:
    """A server that insists on its order numbers, and on one exchange at a time."""

    pause: Callable[[], object] = lambda: None
    """What happens while it thinks."""
    numbers: list[int] = attrs.field(factory=list)
    """Those that came."""
    _busy: Any = attrs.field(factory=threading.Lock)

    def exchange(self, request: Request) -> Response:
        """An answer, if the number is the next one."""
        if not self._busy.acquire(blocking=False):
            raise AssertionError("two exchanges at once")
        self.numbers.append(int(request.url.rpartition("/")[2]))
        self.pause()
        self._busy.release()
        return Response(200, (), request.url)


async def numbered(session: dict[str, int], times: int = 1) -> int:
    """A flow that burns order numbers of its session."""
    for _ in range(times):
        number = session["next"]
        session["next"] = number + 1
        await effects.send(Request("GET", f"{URL}{number}"))
    return session["next"]


@attrs.define
class Record:
    """What happened to a flow."""

    log: list[str] = attrs.field(factory=list)


async def recorded(record: Record, request: Request | None = None) -> None:
    """A flow that notes how it ends."""
    record.log.append("begun")
    try:
        await effects.send(request or Request("GET", URL))
        record.log.append("done")
    except BaseException as error:
        record.log.append(type(error).__name__)
        raise


async def question_flow() -> str:
    """A log-in that asks."""
    return await effects.ask(PIN)


async def saving_flow() -> None:
    """Tokens rotate, and the next request follows at once."""
    await effects.save(Credentials("classcharts", {"token": "new"}))
    await effects.send(Request("GET", URL))


async def log_in(outcome: Outcome | None = None) -> None:
    """A log-in, as far as the governor is concerned."""
    await effects.permit(KNOCK)
    if outcome:
        await effects.report(KNOCK, outcome)


class Forever:
    """Asks, and never gets an answer."""

    def __init__(self) -> None:
        self.asked = anyio.Event()

    async def exchange(self, request: Request) -> Response:
        """No answer."""
        self.asked.set()
        await anyio.sleep_forever()
        raise AssertionError


class Yielding(Counter):
    """An async server that lets every other task run while it thinks."""

    async def exchange(self, request: Request) -> Response:  # type: ignore[override]
        """An answer, if the number is the next one and nobody else is asking."""
        with self._busy:
            assert self.numbers == list(range(len(self.numbers)))
            self.numbers.append(int(request.url.rpartition("/")[2]))
        for _ in range(3):
            await anyio.lowlevel.checkpoint()
        return Response(200, (), request.url)
