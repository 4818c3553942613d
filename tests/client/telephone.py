"""A town whose schools give tokens, in three worlds, and a diary of what was sent and what was kept."""

from __future__ import annotations

import pickle
from typing import Any

import attrs

from schoolsync import pronote
from schoolsync.flow.effects import Credentials
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.portals.town import Town, make_town
from schoolsync.sandbox.pronote import PronoteServer, generation
from tests.client.pronote_turns import Turns, _drawn, called
from tests.client.worlds import Awaited

__all__ = ["CAS", "FIRST", "PERSON", "RENEWED", "Line"]

CAS = "cas.agora06.fr"
PERSON = ("l.example", "Portail & Louison 1")
CALLS = ("FonctionParametres", "Identification", "Authentification")
FIRST = ["JetonAppliMobile", "mobile.eleve.html", *CALLS, "save", "SaisieDeconnexion"]
"""What it takes to have a first token, and when it is kept."""
RENEWED = ["mobile.eleve.html", *CALLS, "save", "ParametresUtilisateur"]
"""A log-in by a token, and when the next one is kept."""


@attrs.define
class Line:
    """One person's telephone line: a town, a school in it, and everything that happened in order."""

    turns: Turns
    rules: dict[str, Any] = attrs.field(factory=dict)
    diary: list[str] = attrs.field(factory=list)
    """Functions and pages by name, and `save`."""
    kept: list[Credentials] = attrs.field(factory=list)
    """What was kept, in order."""
    requests: list[Request] = attrs.field(factory=list)
    town: Town = attrs.field(init=False)

    @town.default
    def _make_town(self) -> Town:
        college = pickle.loads(_drawn())
        town = make_town(clock=self.turns.clock, college=college, generation=generation(self.turns.version))
        server = town.school(CAS)
        server.rules = server.calling.rules = attrs.evolve(server.rules, **self.rules)
        return town

    @classmethod
    def to(cls, name: str, version: str = "2026.2.5.6", **rules: Any) -> Line:
        """In threads, on asyncio or on trio, to a school of that generation and those `Rules`."""
        return cls(Turns(name, version), rules)

    @property
    def school(self) -> PronoteServer:
        """The PRONOTE behind the portal."""
        return self.town.school(CAS)

    def exchange(self, request: Request) -> Response:
        """The town's answer; what was asked of the school stands in the diary."""
        self.requests.append(request)
        if request.url.startswith(self.town.instance(CAS).rpartition("/")[0]):
            self.diary.append(called(request))
        return Mount(self.town.servers).exchange(request)

    def keep(self, credentials: Credentials) -> None:
        """*credentials* are kept."""
        self.diary.append("save")
        self.kept.append(credentials)

    @property
    def options(self) -> dict[str, Any]:
        """Of every client."""
        return {"http_client": self, "clock": self.turns.clock, "on_credentials": self.keep}

    # -- clients, that await whatever the world is --

    async def by_portal(self, who: tuple[str, str] = PERSON, kind: str = "student", **more: Any) -> Any:
        """Somebody whom the portal let in."""
        url = self.town.instance(CAS, kind)
        given = self.options | {"account": kind, "cas": "agora06"} | more
        if self.turns.name == "sync":
            return Awaited(pronote.login(url, *who, **given))
        return await pronote.login_async(url, *who, **given)

    async def by_token(self, credentials: Any, **more: Any) -> Any:
        """Somebody whom a token let in."""
        given = self.options | more
        if self.turns.name == "sync":
            return Awaited(pronote.login_token(credentials, **given))
        return await pronote.login_token_async(credentials, **given)

    async def issued(self, who: tuple[str, str] = PERSON, kind: str = "student", **more: Any) -> Credentials:
        """A first token, and nobody is signed in any more."""
        client = await self.by_portal(who, kind, **more)
        try:
            found: Credentials = await client.issue_token()
        finally:
            await client.aclose()
        self.diary.clear()
        return found
