"""MonLycée.net of Île-de-France: a Keycloak that asks for the password, and three who believe it.

Wire: the front page and the CAS of the portal, and the CAS in front of Keycloak itself, send people to
`/realms/IDF/protocol/openid-connect/auth`; the form `#kc-form-login` posts to
`/realms/IDF/login-actions/authenticate`; back with `state=` and `code=`. Evidence: read; names of cookies and
the texts of troubles are Keycloak's own ways, in our words. Guess: HTTP 400 for the page that has expired.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlencode

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, Fake, filled, page, redirect
from schoolsync.sandbox.portals.people import Person

__all__ = ["KC_LOGIN", "KeycloakMonLycee"]

KC_LOGIN = """<html lang="fr"><head><title>Connexion</title></head><body>
{{error}}<form id="kc-form-login" method="post" action="{{action}}">
  <input id="username" name="username" type="text" value="{{user}}"{{invalid}}>
  <input id="password" name="password" type="password" value="">
  <input type="hidden" name="credentialId" value="">
  <input id="kc-login" name="login" type="submit" value="Connexion">
</form></body></html>"""
"""The form; `error` and `invalid` are markup, put in before the rest is filled."""
CODE = """<html lang="fr"><head><title>Code</title></head><body>
{{error}}<form id="kc-otp-login-form" method="post" action="{{action}}">
  <input id="emailCode" name="emailCode" type="text" value=""{{invalid}}>\
<input name="login" type="submit" value="Valider">
</form></body></html>"""
RENEWAL = """<html lang="fr"><head><title>Mot de passe</title></head><body>
<p>Vous devez changer votre mot de passe.</p>
<form id="kc-passwd-update-form" method="post" action="{{action}}">
  <input id="password-new" name="password-new" type="password" value="">
  <input id="password-confirm" name="password-confirm" type="password" value="">
</form></body></html>"""
EXPIRED = """<html lang="fr"><head><title>La page a expiré</title></head><body>
<p id="instruction1">La page a expiré. <a id="loginRestartLink" href="{{again}}">Recommencer</a></p>
</body></html>"""
ERROR = '<span id="input-error" aria-live="polite">{{text}}</span>\n'
WRONG = "Nom d'utilisateur ou mot de passe invalide."
LOCKED = "Compte désactivé, contactez votre administrateur."
WRONG_CODE = "Code invalide."
REFUSED = "<h1>Nous sommes désolés</h1><p>Paramètre invalide : {{name}}</p>"
HOME = '<html lang="fr"><head><title>MonLycée</title></head><body><h1>Accueil</h1></body></html>'
STOP = '<html lang="fr"><head><title>CAS</title></head><body><h2>Application non autorisée</h2></body></html>'
AUTH = "/realms/IDF/protocol/openid-connect/auth"
ACTION = "/realms/IDF/login-actions/authenticate"
CALLBACK = "/oauth2/callback"


@attrs.frozen
class Attempt:
    """Somebody's log-in at Keycloak, as far as it has come."""

    client: str
    """Who sent them."""
    back: str
    """Where they go afterwards."""
    state: str = attrs.field(repr=False)
    """What goes back with them."""
    browser: str = attrs.field(repr=False)
    """The cookie of the browser that it belongs to."""
    person: Person | None = None
    """Whose password was right already."""


@attrs.define(kw_only=True)
class KeycloakMonLycee(Fake):
    """Keycloak's host; and the portal's two others, whom it tells who somebody is."""

    family: ClassVar[str] = "keycloak_monlycee"
    cookie: ClassVar[str] = "KEYCLOAK_IDENTITY"
    cas_path: ClassVar[str] = "/cas/login/keycloak-idf"

    portal_host: str = "psn.monlycee.net"
    """The front page's host."""
    ent_host: str = "ent.monlycee.net"
    """The host of the portal's older CAS."""
    _attempts: dict[str, Attempt] = attrs.field(factory=dict, init=False, repr=False)
    _codes: dict[str, tuple[str, Person]] = attrs.field(factory=dict, init=False, repr=False)

    def answer(self, ask: Ask) -> Response:
        """What the host that was asked shows."""
        if ask.host == self.portal_host:
            return self._front(ask)
        if ask.host == self.ent_host:
            return self._cas(ask, "oneSessionId", "ent") if ask.path == "/cas/login" else self.missing()
        if ask.path == self.cas_path:
            return self._cas(ask, "TGC", "proxy-cas")
        if ask.path == AUTH:
            return self._asked(ask)
        return self._posted(ask) if (ask.method, ask.path) == ("POST", ACTION) else self.missing()

    def forget(self, ask: Ask) -> None:
        """Nobody of the three knows them any more."""
        for value in ask.cookies.values():
            self._members.pop(value, None)
            self._attempts = {code: one for code, one in self._attempts.items() if one.browser != value}

    # -- Keycloak -----------------------------------------------------------------------

    @property
    def _clients(self) -> Mapping[str, str]:
        """Whom it serves → how the address begins to which it sends people back."""
        return {
            "psn-web-een": f"https://{self.portal_host}{CALLBACK}",
            "ent": f"https://{self.ent_host}/cas/login",
            "proxy-cas": self.cas_url,
        }

    def _asked(self, ask: Ask) -> Response:
        client, back = ask.query.get("client_id", ""), ask.query.get("redirect_uri", "")
        if client not in self._clients or back.partition("?")[0] != self._clients[client]:
            wrong = "redirect_uri" if client in self._clients else "client_id"
            return page(filled(REFUSED, name=wrong), status=400)
        attempt = Attempt(client, back, ask.query.get("state", ""), self.common.token())
        person = self.member(ask)
        if person:
            return self._onwards(attempt, person)
        answer = self._form(attempt)
        kept = (("set-cookie", f"AUTH_SESSION_ID={attempt.browser}; Path=/realms/IDF/; Secure; HttpOnly"),)
        return attrs.evolve(answer, headers=(*answer.headers, *kept))

    def _form(self, attempt: Attempt, error: str = "", user: str = "") -> Response:
        return self._shown(KC_LOGIN, attempt, error, user=user)

    def _shown(self, template: str, attempt: Attempt, error: str = "", **values: str) -> Response:
        """A page whose form goes on with *attempt*."""
        template = template.replace("{{error}}", filled(ERROR, text=error) if error else "")
        template = template.replace("{{invalid}}", ' aria-invalid="true"' if error else "")
        return page(filled(template, action=self._action(attempt), **values))

    def _action(self, attempt: Attempt) -> str:
        """Where the next step of *attempt* is posted: good once."""
        code = self.common.token()
        self._attempts[code] = attempt
        step = {"session_code": code, "execution": self.common.token(), "client_id": attempt.client}
        return f"{self.root}{ACTION}?{urlencode({**step, 'tab_id': code[:11]})}"

    def _posted(self, ask: Ask) -> Response:
        attempt = self._attempts.pop(ask.query.get("session_code", ""), None)
        if attempt is None or ask.cookies.get("AUTH_SESSION_ID") != attempt.browser:
            again = f"https://{self.portal_host}/"
            return page(filled(EXPIRED, again=again), status=400)
        if attempt.person:
            if ask.form.get("emailCode") != attempt.person.code:
                return self._shown(CODE, attempt, WRONG_CODE)
            return self._onwards(attempt, attempt.person)
        return self._judged(ask, attempt)

    def _judged(self, ask: Ask, attempt: Attempt) -> Response:
        """What the user name and the password of *ask* open."""
        user = ask.form.get("username", "")
        person = self.common.person(user, ask.form.get("password", ""))
        if person is None or person.trouble == "unlinked":
            return self._form(attempt, WRONG, user)
        if person.trouble == "locked":
            return self._form(attempt, LOCKED, user)
        if person.trouble == "new_password":
            return self._shown(RENEWAL, attempt)
        if person.trouble == "code":
            return self._shown(CODE, attrs.evolve(attempt, person=person))
        return self._onwards(attempt, person)

    def _onwards(self, attempt: Attempt, person: Person) -> Response:
        """The way back, with a code that tells who it is."""
        code = self.common.token()
        self._codes[code] = (attempt.back, person)
        said = urlencode({"state": attempt.state, "session_state": self.common.token(), "code": code})
        target = f"{attempt.back}{'&' if '?' in attempt.back else '?'}{said}"
        return redirect(target, cookies=self.sign_in(person), path="/realms/IDF/")

    # -- who believes it ----------------------------------------------------------------

    def _told(self, ask: Ask, back: str) -> Person | None:
        """Of whom the code speaks that came back to *back*, once."""
        meant, person = self._codes.pop(ask.query.get("code", ""), ("", None))
        return person if meant == back else None

    def _known(self, ask: Ask, cookie: str) -> Person | None:
        token = ask.cookies.get(cookie, "")
        return self._members.get(token) if token.startswith(cookie) else None

    def _keep(self, person: Person, cookie: str) -> dict[str, str]:
        token = f"{cookie}.{self.common.token()}"
        self._members[token] = person
        return {cookie: token}

    def _ask_keycloak(self, client: str, back: str, cookie: str) -> Response:
        state = self.common.token()
        asked = {"client_id": client, "redirect_uri": back, "response_type": "code", "state": state}
        address = f"{self.root}{AUTH}?{urlencode({**asked, 'scope': 'openid'})}"
        return redirect(address, cookies={cookie: state})

    def _front(self, ask: Ask) -> Response:
        """The portal's front page, behind a gate that keeps who was let in."""
        back = f"https://{self.portal_host}{CALLBACK}"
        if ask.path == CALLBACK:
            is_own = ask.query.get("state", "") == ask.cookies.get("_oauth2_proxy_csrf")
            person = self._told(ask, back) if is_own else None
            return redirect("/", cookies=self._keep(person, "_oauth2_proxy")) if person else self._forbidden()
        if ask.path != "/":
            return self.missing()
        if self._known(ask, "_oauth2_proxy"):
            return page(HOME)
        return self._ask_keycloak("psn-web-een", back, "_oauth2_proxy_csrf")

    def _forbidden(self) -> Response:
        return page("<h1>403</h1><p>Invalid state or code.</p>", status=403)

    def _cas(self, ask: Ask, cookie: str, client: str) -> Response:
        """A CAS of theirs: a ticket for whom it knows, Keycloak for everybody else."""
        service = ask.query.get("service", "")
        if service and not self.common.serves(service):
            return page(STOP, status=403)
        bare = ask.request.url.partition("?")[0]
        here = f"{bare}?{urlencode({'service': service})}" if service else bare
        person = self._known(ask, cookie)
        if person is None and "code" in ask.query:
            is_own = ask.query.get("state", "") == ask.cookies.get("OAuth_Token_Request_State")
            person = self._told(ask, here) if is_own else None
            if person is None:
                return self._forbidden()
        if person is None:
            return self._ask_keycloak(client, here, "OAuth_Token_Request_State")
        kept = self._keep(person, cookie)
        return (
            redirect(self.with_ticket(service, person), cookies=kept) if service else page(HOME, cookies=kept)
        )
