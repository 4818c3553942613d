"""A collège in three worlds, and roads to it that notice what two conversations at once would do."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import threading
from collections.abc import Callable, Coroutine
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import anyio
import attrs

from schoolsync import pronote
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import PronoteServer, generation
from tests.client.worlds import Awaited, _stepped
from tests.drivers.worlds import await_in

__all__ = ["ENTRY", "HOST", "PARENT", "STUDENT", "TODAY", "WEEK", "Halting", "Lone", "Turns", "called"]

T = TypeVar("T")
HOST = "college.example"
TODAY = dt.date(2026, 3, 11)
WEEK = (dt.date(2026, 3, 9), dt.date(2026, 3, 15))
STUDENT = ("louison.example", "Sésame-42")
PARENT = ("dominique.factice", "mot de passe 100%")
CALLS = ("FonctionParametres", "Identification", "Authentification", "ParametresUtilisateur")
ENTRY = ["eleve.html", *CALLS]
"""What a log-in asks, in order."""


@cache
def _drawn() -> bytes:
    return pickle.dumps(make_college(today=TODAY))


def called(request: Request) -> str:
    """The function that *request* calls, or the last word of its path."""
    if request.method == "POST":
        said = json.loads(request.body)
        return str(said.get("id") or said.get("nom"))
    return request.url.partition("?")[0].rpartition("/")[2]


@attrs.define
class Turns:
    """A collège and a way to run things: `"sync"`, `"asyncio"` or `"trio"`."""

    name: str
    version: str = "2026.2.5.6"
    clock: HandClock = attrs.field(
        factory=lambda: HandClock(dt.datetime.combine(TODAY, dt.time(9), ZoneInfo("Europe/Paris")))
    )
    college: SandboxCollege = attrs.field(factory=lambda: pickle.loads(_drawn()))
    server: PronoteServer = attrs.field(init=False)
    slept: list[float] = attrs.field(factory=list)
    """Pauses that were asked for; none was really made."""

    @server.default
    def _new_server(self) -> PronoteServer:
        return PronoteServer(self.college, clock=self.clock, generation=generation(self.version))

    @property
    def mount(self) -> Mount:
        """The collège without a socket."""
        return Mount({HOST: self.server})

    def client(self, who: tuple[str, str] = STUDENT, account: str = "student", **options: Any) -> Any:
        """A client of this world, that awaits whatever the world is."""
        kind: Any = pronote.Client if self.name == "sync" else pronote.AsyncClient
        options = {"http_client": self.mount, "clock": self.clock} | options
        made = kind(f"https://{HOST}/pronote", *who, account=account, **options)
        made._driver._sleep = self.slept.append if self.name == "sync" else self._pause
        return Awaited(made) if self.name == "sync" else made

    async def _pause(self, seconds: float) -> None:
        self.slept.append(seconds)

    def run(self, body: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """What *body* returns."""
        return _stepped(body()) if self.name == "sync" else await_in(self.name, body)

    @property
    def asked(self) -> list[str]:
        """What arrived at the server, in order: pages and functions."""
        return [path.rpartition("/")[2] for _, path in self.server.log]


def session_of(client: Any) -> Any:
    """The conversation of a client, awaited or not."""
    return getattr(client, "blocking", client)._service.account.session


@attrs.define
class Halting:
    """A road on which one answer, or one request, never arrives: whoever waits for it is cut short."""

    mount: Mount
    function: str
    was_done: bool = True
    """Whether the server has done what it was asked."""
    requests: list[Request] = attrs.field(factory=list)
    halts: int = 0

    def _act(self, request: Request) -> tuple[Response | None, bool]:
        self.requests.append(request)
        is_meant = called(request) == self.function
        answer = None if is_meant and not self.was_done else self.mount.exchange(request)
        self.halts += is_meant
        return answer, is_meant

    def exchange(self, request: Request) -> Response:
        """The answer, or an interrupt by the person at the keyboard."""
        answer, is_meant = self._act(request)
        if is_meant or answer is None:
            raise KeyboardInterrupt
        return answer

    @property
    def awaited(self) -> Awaiting:
        """The same for those who await."""
        return Awaiting(self)


@attrs.define
class Awaiting:
    """A road that never ends where the other one is interrupted."""

    inner: Halting
    halted: anyio.Event = attrs.field(factory=anyio.Event)
    """Set when somebody waits for what never comes."""

    async def exchange(self, request: Request) -> Response:
        """The answer, or nothing for ever."""
        answer, is_meant = self.inner._act(request)
        if is_meant or answer is None:
            self.halted.set()
            await anyio.sleep_forever()
            raise AssertionError
        return answer


@attrs.define
class Lone:
    """A road that refuses a second exchange while one is under way."""

    mount: Mount
    pause: Callable[[], object] = lambda: None
    orders: list[str] = attrs.field(factory=list)
    _busy: Any = attrs.field(factory=threading.Lock)

    def exchange(self, request: Request) -> Response:
        """The answer."""
        if not self._busy.acquire(blocking=False):
            raise AssertionError("two exchanges at once")
        try:
            self.orders.append(request.url)
            self.pause()
            return self.mount.exchange(request)
        finally:
            self._busy.release()

    @property
    def awaited(self) -> LoneAwaited:
        """The same for those who await; every other task runs meanwhile."""
        return LoneAwaited(self)


@attrs.define
class LoneAwaited:
    """A road that refuses a second exchange while one is under way, and lets others run."""

    inner: Lone

    async def exchange(self, request: Request) -> Response:
        """The answer."""
        if not self.inner._busy.acquire(blocking=False):
            raise AssertionError("two exchanges at once")
        try:
            self.inner.orders.append(request.url)
            for _ in range(3):
                await anyio.lowlevel.checkpoint()
            return self.inner.mount.exchange(request)
        finally:
            self.inner._busy.release()
