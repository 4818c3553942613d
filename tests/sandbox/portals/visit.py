"""Somebody on the way to EduConnect, sent there by a portal that says whom it was told of."""

from __future__ import annotations

from typing import get_args
from urllib.parse import quote, urlsplit

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.educonnect import Assistance, EduConnect, Generation
from schoolsync.sandbox.portals.fake import Ask, Common, Fake, page
from schoolsync.sandbox.portals.people import PEOPLE, Person
from schoolsync.sandbox.portals.saml import EDUCONNECT, Requester
from tests.sandbox.portals.browser import Browser, clock

GENERATIONS = get_args(Generation)
PORTAL = Requester("urn:example:portal", "https://cas.example.test/acs")
UNSOLICITED = f"https://{EDUCONNECT}/idp/profile/SAML2/Unsolicited/SSO?providerId={quote(PORTAL.entity)}"
LOUISON, ROBIN, ANA = PEOPLE[0], PEOPLE[1], PEOPLE[3]
TYPES = {"student": "eleve", "parent": "responsable", "teacher": "responsable"}


@attrs.define(kw_only=True)
class Portal(Fake):
    """A portal that says whom it was told of."""

    family = "portal"

    def providers(self) -> dict[str, str]:
        """Itself."""
        return {PORTAL.entity: PORTAL.acs}

    def answer(self, ask: Ask) -> Response:
        """Who it is, and what came along."""
        person = self.common.assertions.take(ask.form.get("SAMLResponse", ""), PORTAL.acs)
        return page(f"<p>{person.login if person else 'nobody'}, {ask.form['RelayState']}</p>")


@attrs.define
class Visit:
    """Somebody on the way to EduConnect."""

    idp: EduConnect
    browser: Browser

    @property
    def step(self) -> str:
        """Which page is shown: `e1s2`."""
        return urlsplit(self.browser.answer.url).query.removeprefix("execution=")

    @property
    def text(self) -> str:
        """The page."""
        return self.browser.text

    def begin(self, url: str = UNSOLICITED) -> Response:
        """At EduConnect, past the page that reads the store."""
        answer = self.browser.get(url)
        return self.browser.submit() if self.idp.generation == "G2026" and answer.status == 200 else answer

    def sign_in(self, person: Person, password: str | None = None, **more: str) -> Response:
        """The page that comes when *person* has given a password; with that of another profile if told so."""
        fields = {"j_username": person.username, "j_password": password or person.password}
        if self.idp.generation == "G2026":
            fields["typeUser"] = TYPES[person.kind]
        return self.browser.submit(0, most=20, **fields | more)

    def sign_in_through(self, person: Person, password: str | None = None) -> Response:
        """The same, and once more where the form comes twice."""
        answer = self.sign_in(person, password)
        is_first = self.idp.generation == "G2022" and 'id="erreurMdp" hidden' in answer.text
        return self.sign_in(person, password) if is_first else answer

    def carry(self) -> str:
        """What the portal says to the answer on the page; through the store if it is read once more."""
        if "shib_idp_ls_supported" in self.text:
            self.browser.submit()
        return self.browser.submit().text.partition("<p>")[2].partition("</p>")[0]


def at_educonnect() -> Visit:
    """Somebody at a browser, with nothing asked for yet."""
    common = Common(clock=clock())
    idp = EduConnect(host=EDUCONNECT, common=common)
    portal = Portal(host="cas.example.test", common=common)
    assistance = Assistance(host="assistance.phm.education.gouv.fr", common=common)
    return Visit(idp, Browser({EDUCONNECT: idp, portal.host: portal, assistance.host: assistance}))
