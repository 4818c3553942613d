"""Toutatice of Brittany: a chooser, EduConnect, and an exchange of sessions in XML.

1. `GET /casshib/shib/toutatice/login?service=`, `GET /portail/auth/MonEspace`: on to the chooser.
2. `POST /wayf/Ctrl`: on to EduConnect; cookie `IDP_JSESSIONID`.
3. `POST /idp/Authn/RemoteUser/Shibboleth.sso/SAML2/POST`: `302` with a link in its body, then a loader page.
4. `GET /idp/Authn/RemoteUser?conversation=&redirectToLoaderRemoteUser=0&sessionid=`: the next
   conversation, in XML.
5. `GET /idp/Authn/RemoteUser?conversation=&uidInSession=&sessionid=`: back to where it began, signed in.

Evidence: read; the addresses of the loader and the name of the portal's own cookie are guesses.
"""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlencode

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, filled, page, redirect
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.portals.saml import Believer, Requester

__all__ = ["Toutatice"]

CHOOSER = """<html lang="fr"><head><title>Choix du profil</title></head><body>
<form class="eduouprofils" method="post" action="Ctrl">
  <input type="hidden" name="entityID" value="{{entity}}">
  <input type="hidden" name="return" value="{{back}}">
  <input type="hidden" name="_saml_idp" value="educonnect">
</form></body></html>"""
LINK = '<html><head><title>302</title></head><body><p><a href="{{onwards}}">suite</a></p></body></html>'
LOADER = '<html lang="fr"><head><title>Chargement</title></head><body><p>Chargement</p></body></html>'
HOME = '<html lang="fr"><head><title>Mon espace</title></head><body><h1>Accueil</h1></body></html>'
SIGN = '<html lang="fr"><head><title>Toutatice</title></head><body><h1>{{text}}</h1></body></html>'
NEXT = (
    '<?xml version="1.0"?><reponse><conversation>{{conversation}}</conversation>'
    "<uidInSession>{{uid}}</uidInSession></reponse>"
)
UNKNOWN = '<?xml version="1.0"?><reponse><erreurFonctionnelle>compte inconnu</erreurFonctionnelle></reponse>'
TROUBLE = '<?xml version="1.0"?><reponse><erreurTechnique>{{text}}</erreurTechnique></reponse>'
REFUSED = "Service non autorisé"
WAYF, REMOTE = "/wayf/Ctrl", "/idp/Authn/RemoteUser"
SPACES = frozenset(("/portail/auth/MonEspace", "/portail/auth/pagemarker/2/MonEspace"))
FIRST, SECOND = "e1s1", "e1s2"


def _xml(markup: str) -> Response:
    return Response(200, (("content-type", "text/xml; charset=utf-8"),), body=markup.encode())


@attrs.define
class Visit:
    """Somebody on the way, known by `IDP_JSESSIONID`."""

    back: str
    """Where they came from."""
    conversation: str = ""
    """What the exchange goes on with."""
    person: Person | None = None
    """Who they are, once EduConnect has told."""
    uid: str = attrs.field(default="", repr=False)
    """What the exchange calls them."""


@attrs.define(kw_only=True)
class Toutatice(Believer):
    """The portal, its chooser, and what stands between it and EduConnect."""

    family: ClassVar[str] = "toutatice"
    cookie: ClassVar[str] = "PORTALSESSIONID"
    cas_path: ClassVar[str] = "/casshib/shib/toutatice/login"

    is_in_trouble: bool = False
    """Whether the exchange of sessions fails for a technical reason."""
    _visits: dict[str, Visit] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def requester(self) -> Requester:
        """How EduConnect knows it. Evidence: its assertion consumer is read, its name a guess."""
        return Requester(f"{self.root}/idp/shibboleth", f"{self.root}{REMOTE}/Shibboleth.sso/SAML2/POST")

    def answer(self, ask: Ask) -> Response:
        """What is at that address."""
        if ask.path in {self.cas_path, *SPACES}:
            return self._asked(ask)
        if ask.path == WAYF:
            return self._chosen(ask) if ask.method == "POST" else self._chooser(ask)
        if f"{self.root}{ask.path}" == self.requester.acs and ask.method == "POST":
            return self._vouched(ask)
        if ask.path == REMOTE:
            return self._exchanged(ask)
        return page(LOADER) if ask.path == f"{REMOTE}/loader" else self.missing()

    def forget(self, ask: Ask) -> None:
        """They are not on their way any more either."""
        super().forget(ask)
        self._visits.pop(ask.cookies.get("IDP_JSESSIONID", ""), None)

    # -- the portal ---------------------------------------------------------------------

    def _asked(self, ask: Ask) -> Response:
        service = ask.query.get("service", "") if ask.path == self.cas_path else ""
        if service and not self.common.serves(service):
            return page(filled(SIGN, text=REFUSED), status=403)
        person = self.member(ask)
        if person:
            return redirect(self.with_ticket(service, person)) if service else page(HOME)
        back = f"{self.root}{ask.path}" + (f"?{urlencode({'service': service})}" if service else "")
        return redirect(f"{WAYF}?{urlencode({'entityID': self.requester.entity, 'return': back})}")

    # -- the chooser --------------------------------------------------------------------

    def _chooser(self, ask: Ask) -> Response:
        values = {"entity": ask.query.get("entityID", ""), "back": ask.query.get("return", "")}
        return page(filled(CHOOSER, **values))

    def _chosen(self, ask: Ask) -> Response:
        back = ask.form.get("return", "")
        is_own = ask.form.get("entityID") == self.requester.entity and back.startswith(f"{self.root}/")
        if not is_own or ask.form.get("_saml_idp") != "educonnect":
            return page(filled(SIGN, text="Demande incorrecte"), status=400)
        token = self.common.token()
        self._visits[token] = Visit(back)
        return redirect(self.requester.address(self.common.token()), cookies={"IDP_JSESSIONID": token})

    # -- the exchange -------------------------------------------------------------------

    def _vouched(self, ask: Ask) -> Response:
        """A redirect with the same link in its body: there are clients that read only that."""
        person = self.told_of(ask)
        visit = self._visits.get(ask.cookies.get("IDP_JSESSIONID", ""))
        if person is None or visit is None:
            return page(filled(SIGN, text="Session inconnue"), status=403)
        visit.person, visit.conversation = person, FIRST
        onwards = f"{self.root}{REMOTE}"
        body = filled(LINK, onwards=onwards).encode()
        return Response(302, (("location", onwards), ("content-type", "text/html; charset=utf-8")), body=body)

    def _exchanged(self, ask: Ask) -> Response:
        token = ask.cookies.get("IDP_JSESSIONID", "")
        visit = self._visits.get(token)
        if visit is None or visit.person is None:
            return page(filled(SIGN, text="Session inconnue"), status=403)
        if "conversation" not in ask.query:
            said = urlencode({"conversation": visit.conversation, "sessionid": token})
            return redirect(f"{REMOTE}/loader?{said}")
        if (ask.query["conversation"], ask.query.get("sessionid")) != (visit.conversation, token):
            return _xml(filled(TROUBLE, text="conversation inconnue"))
        if visit.conversation == SECOND:
            return self._opened(ask, visit, visit.person)
        return self._continued(visit, visit.person)

    def _continued(self, visit: Visit, person: Person) -> Response:
        """What the exchange goes on with, or why it does not."""
        if self.is_in_trouble:
            return _xml(filled(TROUBLE, text="service indisponible"))
        if person.trouble == "unlinked":
            return _xml(UNKNOWN)
        visit.conversation, visit.uid = SECOND, self.common.token()
        return _xml(filled(NEXT, conversation=visit.conversation, uid=visit.uid))

    def _opened(self, ask: Ask, visit: Visit, person: Person) -> Response:
        if ask.query.get("uidInSession") != visit.uid:
            return _xml(filled(TROUBLE, text="utilisateur inconnu"))
        self._visits.pop(ask.cookies["IDP_JSESSIONID"])
        return redirect(visit.back, cookies=self.sign_in(person))
