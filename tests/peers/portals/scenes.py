"""A town of portals under their real names, another one for every scene, and who walks through it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TypeAlias
from urllib.parse import urlsplit

import attrs
import requests
from pronotepy import pronoteAPI
from pronotepy.exceptions import PronoteAPIError
from requests.cookies import RequestsCookieJar

from schoolsync.flow.effects import Clock
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.faults import Outcome
from schoolsync.sandbox.mount import Server
from schoolsync.sandbox.portals.educonnect import Generation
from schoolsync.sandbox.portals.fake import Fake
from schoolsync.sandbox.portals.people import PEOPLE, Person
from schoolsync.sandbox.portals.town import Town, make_town
from schoolsync.sandbox.serve import serve_hosts
from tests.peers.portals.departures import CALLED_DIRECTLY
from tests.peers.portals.functions import Function
from tests.peers.portals.mapping import Roads, mapped

__all__ = ["LOUISON", "MONDAY", "ROBIN", "SUNDAY", "WRONG", "Play", "Scene", "Stage", "opened"]

LOUISON, ROBIN = PEOPLE[:2]
"""A pupil, and a parent."""
WRONG = attrs.evolve(LOUISON, password="not the password of anybody")
"""Louison, who has forgotten hers."""
MONDAY, SUNDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 15)
MORNING = dt.datetime(2026, 3, 9, 8, tzinfo=dt.UTC)
PATIENCE = 5


@cache
def _college() -> SandboxCollege:
    """Nothing here changes anything in it."""
    return make_college(today=MONDAY)


def _new_town() -> Town:
    return make_town(clock=HandClock(MORNING), college=_college())


@attrs.define
class Scene:
    """A town in which nobody has been yet."""

    town: Town
    """Everybody in it."""
    roads: Roads
    """How they are reached, and who was."""
    jar: RequestsCookieJar = attrs.field(factory=RequestsCookieJar, repr=False)
    """Every cookie that anybody set, whoever kept it."""

    def note(self, host: str, answer: Response) -> None:
        """The cookies of *answer*, which came from *host*, are in the jar."""
        for header, line in answer.headers:
            if header.lower() == "set-cookie":
                name, _, value = line.partition(";")[0].partition("=")
                self.jar.set(name, value, domain=host)

    # -- who heard what --

    def proofs(self, function: Function) -> tuple[int, int]:
        """How often a password was heard by EduConnect, and how often by the portal of *function*."""
        return self.town.educonnect.proofs, self.town.fake(function.host).proofs

    @property
    def fakes(self) -> list[Fake]:
        """Everybody but the schools, once each."""
        return [*{id(fake): fake for fake in self.town.fakes.values()}.values()]

    # -- the school --

    def url(self, host: str, person: Person) -> str:
        """The page of *person* at the school behind *host*, as the directory of schools has it."""
        root, _, page = self.town.instance(host, person.kind).rpartition("/")
        listed = (one.url for one in self.town.directory.schools)
        return f"{next(url for url in listed if url.lower() == root)}/{page}"

    # -- pronotepy --

    def enter(self, function: Function, person: Person, *, url: str | None = None) -> RequestsCookieJar:
        """The cookies that *function* has when it has signed *person* in.

        It is called as pronotepy's client calls it, with the address of the school; save those that cannot.

        Args:
            function: Which.
            person: Who.
            url: The address of the school, if it is not to be the listed one.
        """
        known = {"pronote_url": url or self._url(function, person)}
        given = {} if function.name in CALLED_DIRECTLY else known
        return function.call(person.username, person.password, **given)

    def page(self, function: Function, person: Person, cookies: RequestsCookieJar) -> Mapping[str, str]:
        """What pronotepy reads on the page behind the portal, opened with *cookies*.

        Raises:
            PronoteAPIError: There is no such page.
        """
        road = pronoteAPI._Communication(self._url(function, person), cookies, mobile=False)
        try:
            attributes: dict[str, str] = road.initialise()[0]
        finally:
            road.session.close()
        return attributes

    def is_vouched_for(self, function: Function, person: Person, page: Mapping[str, str]) -> bool:
        """Whether the school gave *page* to *person*, whom the portal of *function* has named to it."""
        school = self.town.school(function.host)
        session = school.sessions.find(int(page["h"]), school.clock.monotonic())
        account = self.town.college.account(person.login, person.kind)
        assert account is not None
        arrived = session.arrived if session else None
        said = (account.number, page["e"], page["f"])
        return arrived is not None and (arrived.account, arrived.handle, arrived.secret) == said

    def opens(self, function: Function, person: Person) -> bool:
        """Whether all cookies that were ever set open the page behind the portal."""
        url = self._url(function, person)
        with requests.Session() as session:
            answer = session.get(url, cookies=self.jar, timeout=PATIENCE)
        road = pronoteAPI._Communication(url, None, mobile=False)
        road.session.close()
        try:
            attributes = road._parse_html(answer.text)
        except PronoteAPIError:
            return False
        is_there = urlsplit(answer.url).netloc.lower() == urlsplit(url).netloc.lower()
        return is_there and {"e", "f"} <= attributes.keys()

    def _url(self, function: Function, person: Person) -> str:
        return self.url(function.host, person)


@attrs.define
class Stage:
    """Where one scene plays after the other, because serving a town takes its time."""

    roads: Roads | None = None
    """The ways to its hosts, as soon as it is served."""
    scene: Scene | None = None
    """What plays."""

    def play(self, generation: Generation = "G2026") -> Scene:
        """A new scene, on a Monday morning; the one before is over.

        Args:
            generation: The form that EduConnect has.
        """
        assert self.roads is not None
        self.roads.taken.clear()
        self.roads.refused.clear()
        self.scene = Scene(_new_town(), self.roads)
        self.scene.town.educonnect.generation = generation
        return self.scene


Play: TypeAlias = Callable[..., Scene]
"""What begins a scene."""


@attrs.frozen
class Actor:
    """One host of the stage: whoever has that name in the scene that plays."""

    stage: Stage
    """Where."""
    host: str
    """Which."""

    @property
    def _scene(self) -> Scene:
        assert self.stage.scene is not None
        return self.stage.scene

    @property
    def clock(self) -> Clock:
        """The time of the scene."""
        return self._scene.town.common.clock

    def handle(self, request: Request) -> Outcome:
        """What they make of it; what they set is noted."""
        outcome = self._scene.town.servers[self.host].handle(request)
        if outcome.response:
            self._scene.note(self.host, outcome.response)
        return outcome


@contextmanager
def opened() -> Iterator[Stage]:
    """A stage that is served until the block ends: over TLS, save those who have no TLS."""
    stage, town = Stage(), _new_town()
    plain = {host for host, fake in town.fakes.items() if fake.root.startswith("http:")}
    actors: dict[str, Server] = {host: Actor(stage, host) for host in town.servers}
    secure = {host: actor for host, actor in actors.items() if host not in plain}
    with (
        serve_hosts(secure) as place,
        serve_hosts({host: actors[host] for host in plain}, tls=False) as street,
        mapped(place, street) as roads,
    ):
        stage.roads = roads
        yield stage
