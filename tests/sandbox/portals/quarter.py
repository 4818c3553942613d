"""A portal with EduConnect and a school around it: where one test takes place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.educonnect import EduConnect
from schoolsync.sandbox.portals.fake import Ask, Common, Fake, page, redirect
from schoolsync.sandbox.portals.people import PEOPLE, Person
from tests.sandbox.portals.browser import Browser, clock

__all__ = ["LOUISON", "SCHOOL", "SERVICE", "Quarter", "School", "quarter", "somebody"]

SCHOOL = "0000001a.example.test"
SERVICE = "https://0000001A.example.test/pronote/eleve.html"
WRITTEN = "https:%2F%2F0000001A.example.test%2Fpronote%2Feleve.html"
"""The same, as the school writes it into an address."""
LOUISON = PEOPLE[0]
F = TypeVar("F", bound=Fake)


def somebody(trouble: str) -> Person:
    """Whoever has that trouble."""
    return next(one for one in PEOPLE if one.trouble == trouble)


@attrs.define(kw_only=True)
class School(Fake):
    """A school behind the portal: it sends people there, and says whom it was told of."""

    family = "school"
    portal: str
    """Where it sends people."""

    def answer(self, ask: Ask) -> Response:
        """The page, for whoever brings a ticket; once."""
        if "ticket" not in ask.query:
            return redirect(f"{self.portal}?service={WRITTEN}")
        login = self.common.tickets.take(ask.query["ticket"], SERVICE)
        return page(f"<p>in as {login}</p>") if login else page("<p>no entry</p>", status=403)


@attrs.define
class Quarter:
    """What there is, and somebody at a browser."""

    portal: Fake
    """The portal."""
    educonnect: EduConnect
    """EduConnect, in its oldest form."""
    school: School
    """The school behind the portal."""
    browser: Browser
    """Somebody who begins at nowhere."""

    def to_school(self) -> Response:
        """The page that comes when the school's is asked for."""
        return self.browser.get(f"https://{SCHOOL}/pronote/eleve.html")

    def at_educonnect(self, person: Person, password: str | None = None) -> Response:
        """The page that comes when *person* signs in at EduConnect, whose page is open."""
        assert self.browser.answer.url.startswith("https://educonnect.education.gouv.fr/")
        answer = self.browser.submit(j_username=person.username, j_password=password or person.password)
        return self.browser.submit() if "SAMLResponse" in answer.text else answer

    @property
    def is_in(self) -> str:
        """As whom somebody came to the school; empty: they did not."""
        return self.browser.text.rpartition("in as ")[2].removesuffix("</p>") if self._is_there else ""

    @property
    def _is_there(self) -> bool:
        return (
            self.browser.answer.url.lower().startswith(f"https://{SCHOOL}/") and "in as" in self.browser.text
        )

    @property
    def fakes(self) -> tuple[Fake, ...]:
        """Everybody there."""
        return (self.portal, self.educonnect, self.school)


def quarter(make: Callable[[Common], F], *more_hosts: str) -> Quarter:
    """The portal that *make* makes, with what is around it.

    Args:
        make: Gives the portal.
        more_hosts: Its other hosts.
    """
    common = Common(clock=clock(), schools={SCHOOL})
    portal = make(common)
    educonnect = EduConnect(host="educonnect.education.gouv.fr", common=common, generation="G2021")
    school = School(host=SCHOOL, common=common, portal=portal.cas_url)
    servers = dict.fromkeys((portal.host, *more_hosts), portal)
    browser = Browser({**servers, educonnect.host: educonnect, SCHOOL: school})
    return Quarter(portal, educonnect, school, browser)
