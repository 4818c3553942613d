"""A Shibboleth service with a discovery page, behind which is EduConnect: e-lyco; Argos of Bordeaux.

Wire: `GET /access/login?service=` leads to `/discovery/WAYF`, that back to `/Shibboleth.sso/Login`, that to
EduConnect; `POST /Shibboleth.sso/SAML2/POST` sets `_shibsession_…` and leads back to where it began.
Evidence: read. Argos has its discovery page on a host of its own and carries its question by a form.
"""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlencode

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, filled, page, redirect
from schoolsync.sandbox.portals.saml import EDUCONNECT, Believer, Requester

__all__ = ["ShibWayf"]

DISCOVERY = """<html lang="fr"><head><title>Choix du fournisseur</title></head><body>
<form action="WAYF" method="get">
  <input type="hidden" name="entityID" value="{{entity}}">
  <input type="hidden" name="return" value="{{back}}">
  <input type="hidden" name="returnIDParam" value="entityID">
  <input type="hidden" name="action" value="selection">
  <select name="origin"><option value="{{origin}}">Parent ou élève</option></select>
  <input type="submit" id="valider" value="Valider">
</form></body></html>"""
HOME = '<html lang="fr"><head><title>Accueil</title></head><body><h1>Accueil</h1></body></html>'
SIGN = '<html lang="fr"><head><title>Connexion</title></head><body><h1>{{text}}</h1></body></html>'
REFUSED = "Service non autorisé"
UNKNOWN = "Votre compte EduConnect n'est rattaché à aucun compte de ce portail"
NO_RETURN, NO_METADATA, NO_MESSAGE = (
    "Invalid return",
    "Unable to locate metadata",
    "Unable to process message",
)
WAYF, LOGIN, ACS = "/discovery/WAYF", "/Shibboleth.sso/Login", "/Shibboleth.sso/SAML2/POST"


@attrs.define(kw_only=True)
class ShibWayf(Believer):
    """The service, its discovery page, and the CAS behind them."""

    family: ClassVar[str] = "shib_wayf_educonnect"
    cookie: ClassVar[str] = "_shibsession_64656661756c74"

    path: str = "/access/login"
    """Where schools send people."""
    ds_host: str = attrs.field(default=attrs.Factory(lambda self: self.host, takes_self=True))
    """The host of its discovery page."""
    origin: str = f"https://{EDUCONNECT}/idp"
    """What that page calls EduConnect."""
    asks_by_form: bool = False
    """Whether it carries its question to EduConnect by a form, not by an address."""
    _targets: dict[str, str] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def cas_url(self) -> str:
        """Where schools send people, without the service."""
        return f"{self.root}{self.path}"

    @property
    def requester(self) -> Requester:
        """How EduConnect knows it."""
        return Requester(f"{self.root}/shibboleth", f"{self.root}{ACS}")

    def answer(self, ask: Ask) -> Response:
        """What is at that address."""
        if ask.path == WAYF and ask.host == self.ds_host:
            return self._discovery(ask)
        if ask.host != self.host:
            return self.missing()
        if ask.path == self.path:
            return self._asked(ask)
        if ask.path == LOGIN:
            return self._login(ask)
        if (ask.method, ask.path) == ("POST", ACS):
            return self._vouched(ask)
        return page(HOME) if ask.path == "/" and self.member(ask) else self.missing()

    # -- the CAS --------------------------------------------------------------------------

    def _asked(self, ask: Ask) -> Response:
        service = ask.query.get("service", "")
        if service and not self.common.serves(service):
            return page(filled(SIGN, text=REFUSED), status=403)
        person = self.member(ask)
        if person is None:
            return self._to_discovery(service)
        if person.trouble == "unlinked":
            return page(filled(SIGN, text=UNKNOWN), status=403)
        return redirect(self.with_ticket(service, person)) if service else page(HOME)

    # -- the discovery page ---------------------------------------------------------------

    def _to_discovery(self, service: str) -> Response:
        target = f"ss:mem:{self.common.token()}"
        self._targets[target] = (
            f"{self.cas_url}?{urlencode({'service': service})}" if service else self.cas_url
        )
        back = f"{self.root}{LOGIN}?{urlencode({'SAMLDS': '1', 'target': target})}"
        asked = {"entityID": self.requester.entity, "return": back, "returnIDParam": "entityID"}
        return redirect(f"https://{self.ds_host}{WAYF}?{urlencode(asked)}")

    def _discovery(self, ask: Ask) -> Response:
        """The page; or back to the service with what was chosen. Older clients say `returnX`."""
        back = ask.query.get("return") or ask.query.get("returnX", "")
        if back.partition("?")[0] != f"{self.root}{LOGIN}":
            return page(filled(SIGN, text=NO_RETURN), status=400)
        if ask.query.get("action") != "selection" or ask.query.get("origin") != self.origin:
            return page(filled(DISCOVERY, entity=self.requester.entity, back=back, origin=self.origin))
        chosen = {} if "SAMLDS=1" in back else {"SAMLDS": "1"}
        chosen |= {ask.query.get("returnIDParam", "entityID"): self.origin}
        return redirect(f"{back}{'&' if '?' in back else '?'}{urlencode(chosen)}")

    # -- the service ----------------------------------------------------------------------

    def _login(self, ask: Ask) -> Response:
        if "entityID" not in ask.query:
            return self._to_discovery("")
        if ask.query["entityID"] != self.origin:
            return page(filled(SIGN, text=NO_METADATA), status=500)
        relay = ask.query.get("target") or "ss:mem:accueil"
        return self.requester.form(relay) if self.asks_by_form else redirect(self.requester.address(relay))

    def _vouched(self, ask: Ask) -> Response:
        person = self.told_of(ask)
        if person is None:
            return page(filled(SIGN, text=NO_MESSAGE), status=500)
        target = self._targets.pop(ask.form.get("RelayState", ""), f"{self.root}/")
        return redirect(target, cookies=self.sign_in(person))
