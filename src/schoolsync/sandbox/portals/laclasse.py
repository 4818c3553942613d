"""laclasse.com of Grand Lyon: accounts of its own, and those of EduConnect.

Wire: `GET /sso/login?service=` shows a form with `state`; `POST /sso/login` answers `302` with a ticket.
`GET /sso/educonnect?service=` leads to EduConnect. Evidence: read; how the service survives the detour over
EduConnect is a guess, and can be switched off; so are the texts of its troubles.
"""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlencode

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, filled, page, redirect
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.portals.saml import Believer, Requester

__all__ = ["Laclasse"]

LOGIN = """<html lang="fr"><head><title>Connexion</title></head><body>
{{error}}<form method="post" action="{{action}}">
  <input type="hidden" name="service" value="{{service}}">
  <input type="hidden" name="state" value="{{state}}">
  <input type="text" name="username" value="">
  <input type="password" name="password" value="">
</form><a href="{{educonnect}}">EduConnect</a></body></html>"""
ERROR = '<p class="error">{{text}}</p>\n'
WRONG, LOCKED = "Identifiants incorrects", "Ce compte est bloqué."
HOME = '<html lang="fr"><head><title>Accueil</title></head><body><div id="app"></div></body></html>'
SIGN = (
    '<html lang="fr"><head><title>Connexion</title></head><body><p class="error">{{text}}</p></body></html>'
)
REFUSED = "Ce service n'est pas autorisé."
UNKNOWN = "Votre compte EduConnect n'est rattaché à aucun compte de ce portail"
RENEWAL = "Vous devez changer votre mot de passe."
EDUCONNECT_PATH, ACS_PATH = "/sso/educonnect", "/sso/educonnect/acs"


@attrs.define(kw_only=True)
class Laclasse(Believer):
    """The portal. Its landing page has no form: there are clients that take any form for a refusal."""

    family: ClassVar[str] = "laclasse_sso"
    cookie: ClassVar[str] = "LACLASSE_AUTH"
    cas_path: ClassVar[str] = "/sso/login"

    keeps_service: bool = True
    """Whether it still knows the service when somebody comes back from EduConnect."""
    _states: dict[str, str] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def requester(self) -> Requester:
        """How EduConnect knows it. Evidence: guess."""
        return Requester(f"{self.root}/sso/metadata", f"{self.root}{ACS_PATH}")

    def answer(self, ask: Ask) -> Response:
        """The log-in page, and both ways through it."""
        service = ask.query.get("service", "")
        if service and not self.common.serves(service):
            return page(filled(SIGN, text=REFUSED), status=403)
        if ask.path == self.cas_path:
            return self._posted(ask) if ask.method == "POST" else self._asked(ask, service)
        if ask.path == EDUCONNECT_PATH:
            return redirect(self.requester.address(self._state(service if self.keeps_service else "")))
        return self._vouched(ask) if (ask.method, ask.path) == ("POST", ACS_PATH) else self.missing()

    def _asked(self, ask: Ask, service: str) -> Response:
        person = self.member(ask)
        return self._welcome(person, service) if person else self._form(service)

    def _form(self, service: str, error: str = "") -> Response:
        template = LOGIN.replace("{{error}}", filled(ERROR, text=error) if error else "")
        way = f"{EDUCONNECT_PATH}?{urlencode({'service': service})}"
        return page(
            filled(template, action=self.cas_url, service=service, state=self._state(service), educonnect=way)
        )

    def _state(self, service: str) -> str:
        """The name of a new conversation, which knows its service: what is posted is not believed."""
        state = self.common.token()
        self._states[state] = service
        return state

    def _posted(self, ask: Ask) -> Response:
        service = self._states.pop(ask.form.get("state", ""), None)
        if service is None:
            return self._form("")
        person = self.common.person(ask.form.get("username", ""), ask.form.get("password", ""))
        if person is None or person.trouble == "unlinked":
            return self._form(service, WRONG)
        if person.trouble == "locked":
            return self._form(service, LOCKED)
        if person.trouble == "new_password":
            return page(filled(SIGN, text=RENEWAL))
        return self._welcome(person, service, self.sign_in(person))

    def _vouched(self, ask: Ask) -> Response:
        """What EduConnect's answer opens."""
        person = self.told_of(ask)
        service = self._states.pop(ask.form.get("RelayState", ""), None)
        if person is None or service is None or person.trouble == "unlinked":
            return page(filled(SIGN, text=UNKNOWN), status=403)
        return self._welcome(person, service, self.sign_in(person))

    def _welcome(self, person: Person, service: str, cookies: dict[str, str] | None = None) -> Response:
        """The way to the service; without one, the landing page."""
        if service:
            return redirect(self.with_ticket(service, person), cookies=cookies)
        return page(HOME, cookies=cookies)
