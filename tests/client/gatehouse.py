"""A collège behind a portal of one form, in three worlds, without a socket."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs

from schoolsync import pronote
from schoolsync.flow.http import Response
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.portals.fake import Ask, Common, Fake, filled, page, redirect
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.pronote import Front, Rules
from tests.client.pronote_turns import HOST, Turns
from tests.client.worlds import Awaited
from tests.providers.pronote.passing import CAS, PORTAL

__all__ = ["CHOOSER", "PARENT", "PUPIL", "Gatehouse", "Town", "town"]

PUPIL = ("l.example", "Portail & Louison 1")
PARENT = ("d.factice", "Portail%Dominique 3")
CHOOSER = ("deux.example", "Portail 11 deux")
FORM = (
    '<form method="post" action="/login"><input name="username"><input type="password" name="password">'
    '<input type="hidden" name="service" value="{{service}}"></form>'
)
CHOICE = (
    '<form method="post" action="/choice"><input name="choice"><input name="who" value="{{who}}">'
    '<input name="service" value="{{service}}"></form>'
)


@attrs.define(kw_only=True)
class Gatehouse(Fake):
    """The portal of the family `Gate`: whoever it has let in, it knows by a cookie."""

    family: ClassVar[str] = "gate"

    visitors: dict[str, Person] = attrs.field(factory=dict)
    """Who has which cookie."""

    def answer(self, ask: Ask) -> Response:
        """A form, a choice, or the way back with a ticket."""
        service = ask.query.get("service") or ask.form.get("service", "")
        known = self.visitors.get(ask.cookies.get("TGC", ""))
        if known is not None:
            return redirect(self.with_ticket(service, known))
        if ask.path == "/choice" and ask.form["choice"] == "north":
            return self._let_in(self.visitors[ask.form["who"]], service)
        if ask.method != "POST":
            return page(filled(FORM, service=service))
        person = self.common.person(ask.form.get("username", ""), ask.form.get("password", ""))
        if person is None:
            return page("<p>Mot de passe incorrect</p>" + filled(FORM, service=service))
        if person.trouble == "two_schools":
            who = self.common.token()
            self.visitors[who] = person
            return page(filled(CHOICE, service=service, who=who))
        return self._let_in(person, service)

    def _let_in(self, person: Person, service: str) -> Response:
        cookie = self.common.token()
        self.visitors[cookie] = person
        return redirect(self.with_ticket(service, person), cookies={"TGC": cookie})


@attrs.define
class Town:
    """The collège, its portal, and a way to run things."""

    turns: Turns
    gate: Gatehouse

    @property
    def mount(self) -> Mount:
        """Both of them without a socket."""
        return Mount({HOST: self.turns.server, CAS: self.gate})

    def client(
        self, who: tuple[str, str] = PUPIL, account: str = "student", *, cas: Any = PORTAL, **options: Any
    ) -> Any:
        """A client of this town, that awaits whatever its world is."""
        kind: Any = pronote.Client if self.turns.name == "sync" else pronote.AsyncClient
        given = {"http_client": self.mount, "clock": self.turns.clock} | options
        made = kind(f"https://{HOST}/pronote", *who, account=account, cas=cas, **given)
        return Awaited(made) if self.turns.name == "sync" else made

    @property
    def asked(self) -> list[str]:
        """What arrived at the school, in order: pages and functions."""
        return self.turns.asked


def town(name: str, version: str = "2026.2.5.6") -> Town:
    """A collège of that generation behind its portal, in threads, on asyncio or on trio."""
    turns = Turns(name, version)
    common = Common(clock=turns.clock)
    rules = Rules(portal=Front(f"https://{CAS}/login", common.tickets))
    turns.server.rules = turns.server.calling.rules = rules
    return Town(turns, Gatehouse(host=CAS, common=common))
