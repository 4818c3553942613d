"""CAS servers of Apereo's make: one with a form of its own, and one that hands over to EduConnect.

Wire: `GET …/login?service=`; the form `#fm1`; `302` to the service with a ticket. The second one takes
`idpId=` and asks EduConnect at once; without it, it shows a chooser. Evidence: read; the texts of its
troubles are those that such servers are known for, in our own words: guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlencode, urlsplit

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, Fake, filled, page, redirect
from schoolsync.sandbox.portals.people import ELSEWHERE, Person
from schoolsync.sandbox.portals.saml import Believer, Requester

__all__ = ["ApereoCasEduConnect", "ApereoCasForm"]

FORM = """<html lang="fr"><head><title>CAS</title></head><body>
{{error}}<form id="fm1" method="post" action="{{action}}">
  <input type="text" id="username" name="username" value="">
  <input type="password" id="password" name="password" value="">
  <input type="hidden" name="lt" value="{{lt}}">
  <input type="hidden" name="execution" value="{{execution}}">
  <input type="hidden" name="_eventId" value="submit">
  <input type="submit" name="submit" value="">
</form></body></html>"""
LT = '  <input type="hidden" name="lt" value="{{lt}}">\n'
ERROR = '<div id="loginErrorsPanel"><p>{{text}}</p></div>\n'
WRONG, LOCKED = "Identifiants invalides", "Ce compte a été verrouillé."
SIGN = '<html lang="fr"><head><title>CAS</title></head><body>{{body}}</body></html>'
DONE = '<h2>Connexion réussie</h2><span id="principalId">{{uid}}</span>'
STOP = '<div class="banner-danger"><p>Accès refusé</p></div>'
REFUSED = '<div class="banner-danger"><h2>Application non autorisée à utiliser CAS</h2></div>'
RENEWAL = "<h2>Vous devez changer de mot de passe</h2><p>Le vôtre n'est plus valable.</p>"
LINK = '<a href="{{href}}">{{label}}</a>'
TILE = """<form method="post" action="{{action}}">\
<input type="hidden" name="execution" value="{{execution}}">\
<input type="hidden" name="_eventId" value="select"><input type="hidden" name="key" value="{{key}}">\
<button type="submit">{{label}}</button></form>
"""


def _sign(body: str, *, status: int = 200) -> Response:
    return page(SIGN.replace("{{body}}", body), status=status)


@attrs.frozen
class Flow:
    """One conversation, as `execution` names it: good for one answer."""

    service: str
    """Where it leads; empty: nowhere."""
    lt: str = ""
    """What older servers want back as well."""
    profiles: Mapping[str, Person] = attrs.field(factory=dict, repr=False)
    """Who may be chosen, by key."""


@attrs.define(kw_only=True)
class ApereoCasForm(Fake):
    """A CAS server that asks for the password itself: Atrium."""

    family: ClassVar[str] = "apereo_cas_form"
    cas_path: ClassVar[str] = "/connexion/login"

    has_lt: bool = False
    """Whether its form has `lt`, as it had until 2021, and wants it back."""
    _flows: dict[str, Flow] = attrs.field(factory=dict, init=False, repr=False)

    def answer(self, ask: Ask) -> Response:
        """The log-in page, and what is posted to it; its other hosts only lead there."""
        if ask.host != self.host:
            return redirect(urlsplit(ask.request.url)._replace(netloc=self.host).geturl())
        if ask.path != self.cas_path:
            return self.missing()
        return self._posted(ask) if ask.method == "POST" else self._asked(ask, ask.query.get("service", ""))

    # -- who asks -----------------------------------------------------------------------

    def _asked(self, ask: Ask, service: str) -> Response:
        if service and not self.serves(service):
            return _sign(REFUSED, status=403)
        person = self.member(ask)
        if person and ask.query.get("renew") != "true":
            return self._welcome(person, service)
        if service and ask.query.get("gateway") == "true":
            return redirect(service)
        return self._met(ask, service)

    def serves(self, service: str) -> bool:
        """Whether it gives tickets for *service*."""
        return self.common.serves(service)

    def _met(self, ask: Ask, service: str) -> Response:
        """What somebody sees who is not signed in."""
        return self._form(service)

    def _form(self, service: str, error: str = "") -> Response:
        """The form; with an *error* the status is 401."""
        template = FORM.replace("{{error}}", filled(ERROR, text=error) if error else "")
        lt = f"LT-{self.common.token()}" if self.has_lt else ""
        values = {"action": self._address(service), "execution": self._begin(Flow(service, lt)), "lt": lt}
        return page(
            filled(template if self.has_lt else template.replace(LT, ""), **values),
            status=401 if error else 200,
        )

    def _address(self, service: str) -> str:
        return f"{self.cas_url}?{urlencode({'service': service})}" if service else self.cas_url

    def _begin(self, flow: Flow) -> str:
        """The name of a new conversation."""
        execution = f"{self.common.token()}_e1s1"
        self._flows[execution] = flow
        return execution

    # -- what is posted -------------------------------------------------------------------

    def _posted(self, ask: Ask) -> Response:
        flow = self._flows.pop(ask.form.get("execution", ""), None)
        event = ask.form.get("_eventId")
        if flow and flow.profiles and event == "select":
            person = flow.profiles.get(ask.form.get("key", ""))
            return self._let_in(person, flow.service) if person else _sign(STOP, status=403)
        if flow is None or flow.profiles or event != "submit" or flow.lt != ask.form.get("lt", ""):
            return self._form(ask.query.get("service", ""))
        return self._judged(ask, flow.service)

    def _judged(self, ask: Ask, service: str) -> Response:
        """What the user name and the password of *ask* open."""
        person = self.common.person(ask.form.get("username", ""), ask.form.get("password", ""))
        if person is None or person.trouble == "unlinked":
            return self._form(service, WRONG)
        if person.trouble == "locked":
            return self._form(service, LOCKED)
        return _sign(RENEWAL) if person.trouble == "new_password" else self._let_in(person, service)

    def _let_in(self, person: Person, service: str) -> Response:
        return self._welcome(person, service, self.sign_in(person))

    def _welcome(self, person: Person, service: str, cookies: Mapping[str, str] | None = None) -> Response:
        """The way to the service; without one, a page."""
        folder = self.cas_path.rpartition("/")[0]
        if service:
            return redirect(self.with_ticket(service, person), cookies=cookies, path=folder)
        body = filled(DONE, uid=person.username)
        return page(SIGN.replace("{{body}}", body), cookies=cookies, path=folder)


@attrs.define(kw_only=True)
class ApereoCasEduConnect(Believer, ApereoCasForm):
    """A CAS server in front of several who may vouch for people, EduConnect among them: RECIA, Net O'Centre.

    Its own form, for all others, is shown to `idpId=autres-publics`. Evidence: read.
    """

    family: ClassVar[str] = "apereo_cas_educonnect"
    cas_path: ClassVar[str] = "/cas/login"
    others: ClassVar[str] = "autres-publics"
    """Who has an account of its own."""

    idp_id: str = "parentEleveEN-IdP"
    """What it calls EduConnect."""
    acs_path: str = "/cas/login?client_name=EduConnect"
    """Where it takes EduConnect's answer. Evidence: that of the older host is read, this one inferred."""
    portal_host: str = ""
    """The host of the portal in front of it, which is shown too."""
    wants_token: bool = False
    """Whether it sends those to the portal who do not bring the token of the portal's link."""
    token: str = attrs.field(
        init=False, default=attrs.Factory(lambda self: self.common.token(), takes_self=True), repr=False
    )
    """What the portal's link has in it, until somebody has used it."""
    _awaited: dict[str, str] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def requester(self) -> Requester:
        """How EduConnect knows it. Evidence: guess."""
        return Requester(f"{self.root}/cas/samlmetadata", f"{self.root}{self.acs_path}")

    @property
    def portal_url(self) -> str:
        """The portal's page, and where it wants people back."""
        return f"https://{self.portal_host}/portail/f/welcome/normal/render.uP"

    def serves(self, service: str) -> bool:
        """The schools, and the portal itself."""
        return super().serves(service) or service == self.portal_url

    def answer(self, ask: Ask) -> Response:
        """The log-in page; EduConnect's answers; the portal's page."""
        if ask.host == self.portal_host:
            return self._portal(ask)
        if ask.path == urlsplit(self.acs_path).path and "SAMLResponse" in ask.form:
            return self._vouched(ask)
        return super().answer(ask)

    # -- the portal ---------------------------------------------------------------------

    def _portal(self, ask: Ask) -> Response:
        """Its page: with the link to the log-in page, or for somebody who came back from there."""
        if ask.request.url.partition("?")[0] != self.portal_url:
            return self.missing()
        login = self.common.tickets.take(ask.query.get("ticket", ""), self.portal_url)
        person = next((one for one in self.common.people if one.login == login), None)
        if person:
            return redirect(self.portal_url, cookies=self.sign_in(person))
        if self.member(ask):
            return _sign("<h1>Accueil</h1>")
        link = f"{self._address(self.portal_url)}&token={self.token}"
        return _sign(filled('<a id="portalCASLoginLink" href="{{link}}">Connexion</a>', link=link))

    # -- who vouches --------------------------------------------------------------------

    def _met(self, ask: Ask, service: str) -> Response:
        if self.wants_token and ask.query.get("token") != self.token:
            return redirect(self.portal_url)
        chosen = ask.query.get("idpId")
        if chosen not in {self.idp_id, self.others}:
            return self._chooser(ask)
        self.token = self.common.token()
        if chosen == self.others:
            return self._form(service)
        relay = self.common.token()
        self._awaited[relay] = service
        return redirect(self.requester.address(relay))

    def _chooser(self, ask: Ask) -> Response:
        """Links to the same address, each with who is to vouch; a script draws them."""
        asked = {name: value for name, value in ask.query.items() if name != "idpId"}
        labels = {self.idp_id: "Parents et élèves", self.others: "Autres publics"}
        links = (
            filled(LINK, href=f"{self.cas_url}?{urlencode({**asked, 'idpId': name})}", label=label)
            for name, label in labels.items()
        )
        return _sign(f"<r-wayf>{''.join(links)}</r-wayf>")

    def _vouched(self, ask: Ask) -> Response:
        """What EduConnect's answer opens."""
        person = self.told_of(ask)
        service = self._awaited.pop(ask.form.get("RelayState", ""), None)
        if person is None or service is None or person.trouble == "unlinked":
            return _sign(STOP, status=403)
        if person.trouble == "two_profiles":
            return self._tiles(person, service)
        return self._let_in(person, service)

    def _tiles(self, person: Person, service: str) -> Response:
        """A form for each profile; the second one is that of the school."""
        stranger = attrs.evolve(person, login=ELSEWHERE)
        profiles = {self.common.token(): one for one in (stranger, person)}
        execution = self._begin(Flow(service, profiles=profiles))
        labels = ("Lycée Modèle", "Collège Exemple")
        tiles = (
            filled(TILE, action=self.cas_url, execution=execution, key=key, label=label)
            for key, label in zip(profiles, labels, strict=True)
        )
        return _sign(f'<div id="cas-profile-tiles">\n{"".join(tiles)}</div>')
