"""Days at the invented collège, served on loopback in every mode of the protocol, and who signs in there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any, Literal
from zoneinfo import ZoneInfo

import attrs
import pronotepy
import pytest
from pronotepy import clients, dataClasses, pronoteAPI
from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter

from schoolsync.flow.http import Request
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.roll import Account
from schoolsync.sandbox.faults import Outcome
from schoolsync.sandbox.pronote.generations import CURRENT, Generation
from schoolsync.sandbox.pronote.server import PronoteServer
from schoolsync.sandbox.pronote.sessions import Rules
from schoolsync.sandbox.serve import serve

__all__ = [
    "BOTH",
    "CLEAR",
    "DOMINIQUE",
    "LOUISON",
    "MAE",
    "MODES",
    "NOE",
    "Mode",
    "Scene",
    "Stage",
    "Who",
    "elsewhere",
    "opened",
]

PARIS = ZoneInfo("Europe/Paris")
MORNING = dt.datetime(2026, 3, 11, 8, tzinfo=PARIS)
"""A Wednesday: before anything of the story has happened."""


@attrs.frozen
class Mode:
    """How what is secured is packed."""

    name: str
    """For messages."""
    encrypts: bool
    """Whether it is encrypted."""
    compresses: bool
    """Whether it is compressed."""


CLEAR, BOTH = Mode("clear", False, False), Mode("both", True, True)
MODES = (CLEAR, Mode("encrypted", True, False), Mode("compressed", False, True), BOTH)


@attrs.frozen
class Who:
    """Somebody who signs in."""

    role: Literal["student", "parent"]
    """Through which page."""
    login: str
    """With which name."""
    password: str = attrs.field(repr=False)
    """With which password."""

    @property
    def page(self) -> str:
        """Name of the page."""
        return "parent.html" if self.role == "parent" else "eleve.html"


LOUISON = Who("student", "louison.example", "Sésame-42")
DOMINIQUE = Who("parent", "dominique.factice", "mot de passe 100%")
"""Of Maë and Noé."""
MAE, NOE = "FACTICE Maë", "FACTICE Noé"


def elsewhere(url: str) -> bytes:
    """What is at *url*, where that is no address of the school."""
    return f"a page of somebody else, at {url}".encode()


class Elsewhere(BaseAdapter):
    """The rest of the world: so that nothing that follows a link leaves this machine."""

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """What is there."""
        answer = Response()
        answer.status_code, answer.request, answer.url = 200, request, request.url or ""
        answer._content = elsewhere(answer.url)
        return answer

    def close(self) -> None:
        """Nothing is open."""


@attrs.frozen
class Scene:
    """A served collège."""

    server: PronoteServer
    """Who answers."""
    url: str
    """Where it is, without page."""

    @property
    def college(self) -> SandboxCollege:
        """The school."""
        return self.server.college

    @property
    def clock(self) -> HandClock:
        """The time, for school and peer."""
        assert isinstance(self.server.clock, HandClock)
        return self.server.clock

    @property
    def today(self) -> dt.date:
        """The day at the school."""
        return self.clock.now().astimezone(PARIS).date()

    def account(self, who: Who) -> Account:
        """Their account."""
        found = self.college.account(who.login, who.role)
        assert found is not None
        return found

    def desks(self, who: Who) -> list[CollegeDesk]:
        """The desks of the pupils whom they may see."""
        return [self.college.desk(number) for number in self.account(who).pupils]

    def things(self, client: Any) -> Callable[[object], str | None]:
        """What the ids of the session of *client* stand for."""
        session = self.server.sessions.find(int(client.attributes["h"]), self.clock.monotonic())
        assert session is not None
        return session.ids.thing

    def requests(self) -> list[str]:
        """What arrived since the last time this was asked: `PageNotes`, or a page: `GET /eleve.html`."""
        seen = [
            path.rpartition("/")[2] if method == "POST" else f"{method} {path.removeprefix('/pronote')}"
            for method, path in self.server.log
        ]
        self.server.log.clear()
        return seen

    def fetch(self, url: str) -> bytes:
        """What is at *url*; nothing if it is refused."""
        answer = self.server.answer(Request("GET", url))
        return answer.body if answer.status == HTTPStatus.OK else b""

    def target(self, url: str) -> str | None:
        """Where *url* redirects, if it does."""
        return self.server.answer(Request("GET", url)).location

    @contextmanager
    def client(self, who: Who, **more: Any) -> Iterator[Any]:
        """Somebody who is signed in until the block ends. It is the scene's time for them, too.

        Args:
            who: Who.
            more: Further arguments of pronotepy's client.
        """
        kind = pronotepy.ParentClient if who.role == "parent" else pronotepy.Client
        with self.made(kind, f"{self.url}/{who.page}", who.login, who.password, **more) as client:
            yield client

    @contextmanager
    def made(self, make: Callable[..., Any], *given: Any, **more: Any) -> Iterator[Any]:
        """The client that *make* makes of the rest, in the scene's time, until the block ends."""
        dataClasses.Period.instances.clear()
        with _in_this_world(self.clock):
            client = make(*given, **more)
            try:
                yield client
            finally:
                client.communication.session.close()


@contextmanager
def _in_this_world(clock: HandClock) -> Iterator[None]:
    """The peer lives in the time of *clock*, and no link leads out of this machine."""

    def session() -> Session:
        made = Session()
        made.mount("https://", Elsewhere())
        return made

    def time() -> float:
        return clock.now().timestamp()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pronoteAPI, "requests", SimpleNamespace(Session=session))
        patch.setattr(pronoteAPI, "time", time)
        patch.setattr(clients, "time", time)
        patch.setenv("NO_PROXY", "127.0.0.1")
        yield


@attrs.define
class Stage:
    """A place on loopback where one scene after the other plays, because opening one takes its time."""

    url: str = ""
    """Where it is."""
    _server: PronoteServer | None = None

    @property
    def clock(self) -> HandClock:
        """The time of the scene that plays."""
        assert isinstance(self._playing.clock, HandClock)
        return self._playing.clock

    def handle(self, request: Request) -> Outcome:
        """What the server of the scene that plays makes of it."""
        return self._playing.handle(request)

    @property
    def _playing(self) -> PronoteServer:
        assert self._server is not None
        return self._server

    def play(self, mode: Mode = CLEAR, generation: Generation = CURRENT, rules: Rules | None = None) -> Scene:
        """A new scene, on a Wednesday morning; the one before is over."""
        self._server = PronoteServer(
            make_college(today=MORNING.date()),
            clock=HandClock(MORNING),
            generation=generation,
            encrypts=mode.encrypts,
            compresses=mode.compresses,
            rules=rules or Rules(),
        )
        return Scene(self._server, f"{self.url}/pronote")


@contextmanager
def opened() -> Iterator[Stage]:
    """A stage that is served until the block ends."""
    stage = Stage()
    with serve({"/pronote": stage}) as place:
        stage.url = place.url
        yield stage
