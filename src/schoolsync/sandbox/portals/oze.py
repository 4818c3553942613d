"""Oze, ENC: a form of Keycloak's look, and then an interface for programs on a host of its own.

Wire: `POST /` with the user name and the portal's host behind it; `GET https://api-…/v1/users/me`,
`/v1/ozapps`, `/v1/config/Pronote`; `GET /cas/proxySSO/<number>` leads to the school with a ticket. Evidence:
read; how the session comes to the other host, the CAS and its path, that the proxy brings a ticket, and that
a password to be changed stops nobody here are guesses.
"""

from __future__ import annotations

import json
from typing import ClassVar
from urllib.parse import urlencode

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, Fake, filled, page, redirect
from schoolsync.sandbox.portals.keycloak import KC_LOGIN
from schoolsync.sandbox.portals.people import Person

__all__ = ["Oze"]

HOME = '<html lang="fr"><head><title>Oze</title></head><body><h1>Accueil</h1></body></html>'
SIGN = '<html lang="fr"><head><title>Oze</title></head><body><h1>{{text}}</h1></body></html>'
REFUSED = "Application non autorisée"
PROFILES = {"student": "ELEVE", "parent": "PARENT", "teacher": "ENSEIGNANT"}
NUMBER, PROJECT = "9", "oze"
PROXY = f"/cas/proxySSO/{NUMBER}"
FORM = KC_LOGIN.replace("{{error}}", "").replace("{{invalid}}", "")


def _json(said: object, *, status: int = 200) -> Response:
    lines = (("content-type", "application/json; charset=utf-8"),)
    return Response(status, lines, body=json.dumps(said).encode())


@attrs.define(kw_only=True)
class Oze(Fake):
    """The portal, and the host of its interface."""

    family: ClassVar[str] = "oze"
    cookie: ClassVar[str] = "OZESESSION"
    cas_path: ClassVar[str] = "/cas/login"

    school: str = "0920000A"
    """Number of the school that its people belong to."""
    service: str = ""
    """The school's PRONOTE, to which the proxy leads; empty: it opens a session there, and no more."""
    lists_app: bool = True
    """Whether PRONOTE is in the list of applications; else its settings must be asked for."""
    _handed: dict[str, Person] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def api_host(self) -> str:
        """The host of the interface."""
        return f"api-{self.host}"

    def answer(self, ask: Ask) -> Response:
        """What is at that address."""
        if ask.host == self.api_host:
            return self._interface(ask)
        if ask.path == "/":
            return self._posted(ask) if ask.method == "POST" else self._front(ask)
        if ask.path in {self.cas_path, PROXY}:
            return self._entered(ask)
        return self.missing()

    # -- the portal ---------------------------------------------------------------------

    def _front(self, ask: Ask) -> Response:
        return page(HOME) if self.member(ask) else self._form()

    def _form(self, user: str = "", *, is_bad: bool = False) -> Response:
        markup = filled(FORM, action=f"{self.root}/", user=user)
        return page(markup.replace("<body>", '<body class="auth_form">', 1) if is_bad else markup)

    def _posted(self, ask: Ask) -> Response:
        user = ask.form.get("username", "")
        name, at, where = user.rpartition("@")
        person = self.common.person(name, ask.form.get("password", "")) if at and where == self.host else None
        if person is None or person.trouble in {"unlinked", "locked"}:
            return self._form(user, is_bad=True)
        code = self.common.token()
        self._handed[code] = person
        address = f"https://{self.api_host}/v1/session?{urlencode({'code': code})}"
        return redirect(address, cookies=self.sign_in(person))

    def _entered(self, ask: Ask) -> Response:
        """The way to a school: the one that is asked for, or the one that is known."""
        person = self.member(ask)
        if person is None:
            return self._form()
        service = self.service if ask.path == PROXY else ask.query.get("service", "")
        if not service:
            return page(HOME)
        if not self.common.serves(service):
            return page(filled(SIGN, text=REFUSED), status=403)
        return redirect(self.with_ticket(service, person))

    # -- the interface for programs -------------------------------------------------------

    def _interface(self, ask: Ask) -> Response:
        if ask.path == "/v1/session":
            person = self._handed.pop(ask.query.get("code", ""), None)
            return redirect(f"{self.root}/", cookies=self.sign_in(person) if person else None)
        person = self.member(ask)
        if person is None:
            return _json({"error": "unauthorized"}, status=401)
        profile = {"codeProfil": PROFILES[person.kind], "uai": self.school}
        if ask.path == "/v1/users/me":
            return _json({"currentProfil": profile})
        if [ask.query.get(name) for name in ("ctx_profil", "ctx_etab")] != [*profile.values()]:
            return _json({"error": "forbidden"}, status=403)
        known: dict[str, object] = {
            "/v1/ozapps": [{"code": "pronote", "externalRoute": PROXY}] if self.lists_app else [],
            "/v1/config/Pronote": {"autorisationId": NUMBER, "projet": PROJECT},
        }
        return _json(known[ask.path]) if ask.path in known else _json({"error": "not found"}, status=404)
