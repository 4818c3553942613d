"""OpenENT, which runs the portals of Edifice, Neo and One: accounts of its own, and those of EduConnect.

Wire: `/cas/login?service=` sends on with a ticket, or to the log-in page, which is an empty shell that a
script fills; `POST /auth/login` takes `email`, `password` and `callBack`; `/auth/saml/authn/…` asks
EduConnect, and `/auth/saml/acs` takes its answer, also one that was not asked for. `oneSessionId` keeps
people signed in. Evidence: read, in the server's source, for addresses, fields and keys; its pages for
activation and for new passwords, and what it says to a service that it does not know: guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, Final
from urllib.parse import quote, urlencode

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, Fake, filled, page, redirect
from schoolsync.sandbox.portals.people import ELSEWHERE, Person
from schoolsync.sandbox.portals.saml import EDUCONNECT, Believer, Requester

__all__ = ["OpenEnt", "OpenEntFront"]

ACS: Final = "/auth/saml/acs"
AUTHN: Final = "/auth/saml/authn/"
RESET: Final = "/auth/reset/"
CALLBACK_SECONDS: Final = 600
LABELS: Final[Mapping[str, str]] = {"student": "Élève", "relative": "Parent"}
SHELL: Final = """<html lang="fr"><head><title>Authentification</title></head>
<body ng-app="app" ng-controller="LoginController"[[mistake]]><login-form></login-form></body></html>"""
MISTAKE: Final = """ ng-init="error='[[key]]'\""""
WRONG, BLOCKED, UNKNOWN = (
    "auth.error.authenticationFailed",
    "auth.error.blockedUser",
    "fed.auth.error.user.not.found",
)
HOME: Final = (
    """<html lang="fr"><head><title>Fil de nouveautés</title></head><body><main></main></body></html>"""
)
NOTICE: Final = """<html lang="fr"><head><title>{{said}}</title></head><body><p>{{said}}</p></body></html>"""
CHOOSER: Final = """<html lang="fr"><head><title>Choisissez votre profil</title></head><body>
[[links]]</body></html>"""
LINK: Final = """<a href="{{href}}">{{label}}</a>
"""
RENEWAL: Final = """<html lang="fr"><head><title>{{said}}</title></head><body><h1>{{said}}</h1>
<form method="post" action="{{action}}"><input type="password" name="password" value="">
  <input type="password" name="confirmPassword" value=""></form></body></html>"""
ACCOUNTS: Final = """<html lang="fr"><head><title>Choix du compte</title></head><body>
<div id="credentials-content">
[[accounts]]</div></body></html>"""
ACCOUNT: Final = """<form method="post" action="/auth/saml/selectUser"><div class="row">
  <label>{{school}}</label>
  <input type="hidden" name="id" value="{{id}}"><input type="hidden" name="login" value="{{login}}">
  <input type="hidden" name="key" value="{{key}}"><input type="hidden" name="nameId" value="{{name_id}}">
  <input type="hidden" name="sessionIndex" value="{{index}}">
  <button type="submit">Choisir</button></div></form>
"""
SCHOOLS: Final = ("Lycée Modèle", "Collège Exemple")
"""Where somebody with two accounts has them: at another school, and at the one of the sandbox."""


@attrs.frozen
class Choice:
    """One of somebody's accounts."""

    person: Person
    """Who they are there."""
    number: str
    """What the portal calls it."""


@attrs.define(kw_only=True)
class OpenEnt(Believer):
    """One portal of Edifice."""

    family: ClassVar[str] = "openent_local"
    cookie: ClassVar[str] = "oneSessionId"
    cas_path: ClassVar[str] = "/cas/login"

    authn: frozenset[str] = frozenset()
    """Who is sent to EduConnect by the portal itself: of `student` and `relative`."""
    provider_id: str = ""
    """What EduConnect calls it; the address of its metadata if empty."""
    front: str = ""
    """The host of its own chooser, to which it sends people instead of its log-in page."""
    moved_to: str = ""
    """The log-in page that took the place of its own, for `has_moved`."""
    has_moved: bool = False
    """Whether it has."""
    _callbacks: dict[str, str] = attrs.field(factory=dict, init=False, repr=False)
    _choices: dict[str, Choice] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def requester(self) -> Requester:
        """How EduConnect knows it."""
        return Requester(self.provider_id or f"{self.root}/auth/saml/metadata/idp.xml", f"{self.root}{ACS}")

    def answer(self, ask: Ask) -> Response:
        """What stands at the address."""
        ways: Mapping[tuple[str, str], Callable[[Ask], Response]] = {
            ("GET", "/"): self._home,
            ("GET", "/cas/login"): self._cas,
            ("GET", "/auth/login"): self._shell,
            ("POST", "/auth/login"): self._tried,
            ("GET", "/auth/openid/login"): self._elsewhere,
            ("GET", "/auth/logout"): self._left,
            ("GET", "/auth/saml/wayf"): self._wayf,
            ("POST", ACS): self._vouched,
            ("POST", "/auth/saml/selectUser"): self._chosen,
        }
        if (ask.method, ask.path) in ways:
            return ways[ask.method, ask.path](ask)
        if ask.path.startswith(AUTHN):
            return self._asks(ask)
        return self._renewal() if ask.path.startswith(RESET) else self.missing()

    # -- pages ------------------------------------------------------------------------------

    def _home(self, ask: Ask) -> Response:
        return page(HOME) if self.member(ask) else redirect("/auth/login")

    def _cas(self, ask: Ask) -> Response:
        """The way to the service, or to the log-in page, from where it goes on here."""
        person, service = self.member(ask), ask.query.get("service", "")
        if person and service and not self.common.serves(service):
            return page(filled(NOTICE, said="Ce service n'est pas autorisé"), status=403)
        if person:
            return redirect(self.with_ticket(service, person)) if service else page(HOME)
        if self.has_moved:
            return redirect(f"{self.moved_to}?{urlencode({'service': service})}")
        here = f"/cas/login?{urlencode({'service': service})}"
        way = f"/auth/login?callback={quote(here, safe='')}"
        if self.front:
            way = f"https://{self.front}/?callback={quote(f'{self.root}{here}', safe='')}"
        return redirect(way, cookies={"callback": self._kept(here)}, seconds=CALLBACK_SECONDS)

    def _shell(self, ask: Ask) -> Response:
        """The log-in page, which has no form. Its `callback` is for the script: the server keeps a cookie."""
        return redirect("/auth/openid/login") if self.has_moved else shell()

    def _elsewhere(self, ask: Ask) -> Response:
        return redirect(self.moved_to) if self.has_moved else self.missing()

    def _left(self, ask: Ask) -> Response:
        self.forget(ask)
        return redirect("/auth/login", cookies={self.cookie: None, "authenticated": None})

    def _wayf(self, ask: Ask) -> Response:
        """The portal's own chooser."""
        callback = ask.query.get("callback", "")
        return chooser(callback, self.authn, self.requester, root="")

    def _renewal(self) -> Response:
        return page(filled(RENEWAL, said="Choisissez un nouveau mot de passe", action="/auth/reset"))

    # -- accounts of its own ------------------------------------------------------------------

    def _tried(self, ask: Ask) -> Response:
        """What a user name and a password open. Whoever is refused sees the log-in page, and status 200."""
        person = self.common.person(ask.form.get("email", "").strip(), ask.form.get("password", ""))
        if person is None or person.trouble == "unlinked":
            return shell(WRONG)
        refusals: Mapping[str, Callable[[], Response]] = {
            "locked": lambda: shell(BLOCKED),
            "new_password": lambda: redirect(f"{RESET}forceChangePassword"),
            "reset": lambda: redirect(f"{RESET}{self.common.token()}"),
            "activation": lambda: page(
                filled(RENEWAL, said="Activez votre compte", action="/auth/activation")
            ),
        }
        refused = refusals.get(person.trouble)
        return refused() if refused else self._let_in(ask, person, ask.form.get("callBack", ""))

    # -- accounts of EduConnect -----------------------------------------------------------------

    def _asks(self, ask: Ask) -> Response:
        """EduConnect is asked, for a profile that comes from there."""
        if ask.path.removeprefix(AUTHN) not in self.authn:
            return page(filled(NOTICE, said="invalid.provider"), status=403)
        relay = self.common.token()
        cookies = {"relaystate": relay, "callback": self._kept(ask.query.get("callBack", "/"))}
        return redirect(self.requester.address(relay), cookies=cookies, seconds=CALLBACK_SECONDS)

    def _vouched(self, ask: Ask) -> Response:
        """What an answer of EduConnect opens: if the portal asked, only to the one who was sent there."""
        expected = ask.cookies.get("relaystate")
        if expected is not None and ask.form.get("RelayState") != expected:
            return page(filled(NOTICE, said="invalid_state"), status=403)
        person = self.told_of(ask)
        if person is None:
            return page(filled(NOTICE, said="invalid.assertion"), status=403)
        if person.trouble == "unlinked":
            return shell(UNKNOWN)
        return self._accounts(person) if person.trouble == "two_schools" else self._let_in(ask, person, "")

    def _accounts(self, person: Person) -> Response:
        """A form for each of somebody's accounts."""
        index, pieces = self.common.token(), []
        for school, one in zip(SCHOOLS, (attrs.evolve(person, login=ELSEWHERE), person), strict=True):
            key, number = self.common.token(), self.common.token()
            self._choices[key] = Choice(one, number)
            pieces.append(
                filled(
                    ACCOUNT, school=school, id=number, login=one.login, key=key, name_id=index, index=index
                )
            )
        return page(ACCOUNTS.replace("[[accounts]]", "".join(pieces)))

    def _chosen(self, ask: Ask) -> Response:
        choice = self._choices.pop(ask.form.get("key", ""), None)
        if choice is None or (choice.number, choice.person.login) != (
            ask.form.get("id"),
            ask.form.get("login"),
        ):
            return shell(WRONG)
        return self._let_in(ask, choice.person, "")

    # -- signed in --------------------------------------------------------------------------

    def _let_in(self, ask: Ask, person: Person, callback: str) -> Response:
        """The way to *callback*; else to where the browser was going; else home. Never to another host."""
        wanted = callback or self._callbacks.pop(ask.cookies.get("callback", ""), "/")
        path = wanted.removeprefix(self.root)
        is_ours = path.startswith("/") and not path.startswith("//")
        kept = {**self.sign_in(person), "authenticated": "true", "XSRF-TOKEN": self.common.token()}
        spent = {name: None for name in ("callback", "relaystate") if name in ask.cookies}
        return redirect(path if is_ours else "/", cookies={**kept, **spent})

    def _kept(self, callback: str) -> str:
        """What a cookie is given so that *callback* is known again."""
        token = self.common.token()
        self._callbacks[token] = callback
        return token


@attrs.define(kw_only=True)
class OpenEntFront(Fake):
    """A host that only leads to a portal."""

    family: ClassVar[str] = "openent_front"
    cas_path: ClassVar[str] = ""

    portal: str
    """The portal's host."""
    chooses: bool = False
    """Whether it shows the ways to come, with whatever is to happen afterwards in `callback`."""
    authn: frozenset[str] = frozenset()
    """Who is sent to EduConnect by the portal itself."""

    def answer(self, ask: Ask) -> Response:
        """The chooser, or the way to the portal."""
        root = f"https://{self.portal}"
        if not self.chooses:
            return redirect(f"{root}/")
        acs = f"{root}{ACS}"
        entity = next((name for name, listens in self.common.providers.items() if listens == acs), "")
        return chooser(ask.query.get("callback", "/"), self.authn, Requester(entity, acs), root=root)


def chooser(callback: str, authn: frozenset[str], portal: Requester, *, root: str) -> Response:
    """The ways to come in, as plain links.

    Args:
        callback: Where one wants to go afterwards.
        authn: Who is sent to EduConnect by the portal itself; if nobody is, EduConnect is told of the portal.
        portal: How EduConnect knows the portal.
        root: Where the portal is; empty: here.
    """
    wanted = quote(callback, safe="")
    told = (
        f"https://{EDUCONNECT}/idp/profile/SAML2/Unsolicited/SSO?providerId={quote(portal.entity, safe='')}"
    )
    ways = {f"{root}{AUTHN}{name}?callBack={wanted}": LABELS[name] for name in LABELS if name in authn}
    ways = ways or {told: "Élève ou parent"}
    ways[f"{root}/auth/login?callback={wanted}"] = "Autre"
    links = "".join(filled(LINK, href=href, label=label) for href, label in ways.items())
    return page(CHOOSER.replace("[[links]]", links))


def shell(mistake: str = "") -> Response:
    """The log-in page; with *mistake*, the key of what its script is to say."""
    told = MISTAKE.replace("[[key]]", mistake) if mistake else ""
    return page(SHELL.replace("[[mistake]]", told))
