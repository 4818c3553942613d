"""Gateways to EduConnect: that of PRONOTE's vendor, and those of two academies.

Wire: `GET /EduConnect/cas/login?service=…` at the vendor's, which refuses services that it does not know;
an academy's is entered at an address of its own, and knows people afterwards. Evidence: read, for the
addresses where the ways begin, for the forms that carry SAML, and for the vendor's two sentences; where the
answers of EduConnect are taken, and what academies say to strangers: guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, filled, page, redirect
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.portals.saml import Believer, Requester

__all__ = ["HubEduConnect", "SamlDiscovery"]

REFUSAL: Final = """<html lang="fr"><head><title>EduConnect</title></head><body>\
<label id="zone_msgDetail">{{said}}</label></body></html>"""
EMPTY, UNTRUSTED = "L'url de service est vide", "{} n'est pas une url de confiance."
NO_ANSWER: Final = "La réponse d'EduConnect n'est pas valide."
HOME: Final = """<html lang="fr"><head><title>{{said}}</title></head><body><h1>{{said}}</h1></body></html>"""
STRANGER: Final = "Votre compte EduConnect n'est rattaché à aucun compte de l'académie"


@attrs.define(kw_only=True)
class Gateway(Believer):
    """A host that takes EduConnect's word, and keeps where everybody wanted to go."""

    acs_path: ClassVar[str]
    """Where it takes the answers."""

    _awaited: dict[str, str] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def requester(self) -> Requester:
        """How EduConnect knows it. Evidence: guess."""
        return Requester(f"{self.root}/metadata", f"{self.root}{self.acs_path}")

    def _relay(self, service: str) -> str:
        """What goes along with a question, so that *service* is known when the answer comes."""
        relay = self.common.token()
        self._awaited[relay] = service
        return relay

    def _vouched(self, ask: Ask) -> tuple[Person, str] | None:
        """Who came back from EduConnect, and which service they wanted; `None` if it is no such answer."""
        service = self._awaited.pop(ask.form.get("RelayState", ""), None)
        person = self.told_of(ask)
        return None if person is None or service is None else (person, service)


@attrs.define(kw_only=True)
class HubEduConnect(Gateway):
    """The gateway of PRONOTE's vendor. It has no accounts: it passes on whom EduConnect names."""

    family: ClassVar[str] = "hubeduconnect"
    cookie: ClassVar[str] = "JSESSIONID"
    cas_path: ClassVar[str] = "/EduConnect/cas/login"
    acs_path: ClassVar[str] = "/EduConnect/saml/SSO"

    def answer(self, ask: Ask) -> Response:
        """The log-in page, and the way back."""
        if ask.path == self.cas_path:
            return self._asked(ask)
        if ask.path == self.acs_path and ask.method == "POST":
            back = self._vouched(ask)
            return refusal(NO_ANSWER, status=403) if back is None else self._let_in(*back)
        return self.missing()

    def _asked(self, ask: Ask) -> Response:
        service = ask.query.get("service", "")
        if not service:
            return refusal(EMPTY)
        if not self.common.serves(service):
            return refusal(UNTRUSTED.format(service))
        person = self.member(ask)
        if person:
            return redirect(self.with_ticket(service, person))
        return self.requester.form(self._relay(service))

    def _let_in(self, person: Person, service: str) -> Response:
        return redirect(self.with_ticket(service, person), cookies=self.sign_in(person))


@attrs.define(kw_only=True)
class SamlDiscovery(Gateway):
    """An academy's gateway: entered first, and the school afterwards. Its own CAS is inferred."""

    family: ClassVar[str] = "saml_discovery_educonnect"
    cookie: ClassVar[str] = "SESSIONID"
    cas_path: ClassVar[str] = "/cas/login"
    acs_path: ClassVar[str] = "/saml/SAML2/POST"

    start_path: str = "/saml/discovery/"
    """Where it is entered."""
    asks_by_form: bool = True
    """Whether the question to EduConnect is a form on a page; else it is in an address."""

    def answer(self, ask: Ask) -> Response:
        """The beginning, the CAS, and the way back."""
        if ask.path == self.start_path:
            return self._welcomed(ask, "")
        if ask.path == self.cas_path:
            return self._welcomed(ask, ask.query.get("service", ""))
        if ask.path == self.acs_path and ask.method == "POST":
            return self._let_in(ask)
        return self.missing()

    def _welcomed(self, ask: Ask, service: str) -> Response:
        """EduConnect is asked about somebody new; somebody known is sent on."""
        if service and not self.common.serves(service):
            return home("Cette application n'est pas autorisée", status=403)
        person = self.member(ask)
        if person:
            return self._sent_on(service, person)
        relay = self._relay(service)
        if self.asks_by_form:
            return self.requester.form(relay)
        return redirect(self.requester.address(relay))

    def _let_in(self, ask: Ask) -> Response:
        back = self._vouched(ask)
        if back is None:
            return home(NO_ANSWER, status=403)
        person, service = back
        if person.trouble == "unlinked":
            return home(STRANGER)
        return self._sent_on(service, person, self.sign_in(person))

    def _sent_on(self, service: str, person: Person, cookies: Mapping[str, str] | None = None) -> Response:
        if service:
            return redirect(self.with_ticket(service, person), cookies=cookies)
        return home("Accueil", cookies=cookies)


def refusal(said: str, *, status: int = 200) -> Response:
    """A page of the vendor's that says why not; apostrophes are written as clients look for them."""
    return page(filled(REFUSAL, said=said), status=status)


def home(said: str, *, status: int = 200, cookies: Mapping[str, str] | None = None) -> Response:
    """A page without a form."""
    return page(filled(HOME, said=said), status=status, cookies=cookies)
