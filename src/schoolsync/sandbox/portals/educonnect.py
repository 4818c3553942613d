"""EduConnect: where most pupils and parents have their account, in each of the four forms that it has had.

A conversation begins with a portal's question, or with the name of a portal (`Unsolicited`), and goes on in
numbered steps of one address, `?execution=e1s1`; `JSESSIONID` says whose it is. It ends with a page that
carries the answer to the portal.

| | |
|---|---|
| `G2021` | one log-in form |
| `G2022` | the form comes twice, and both times wants the password |
| `G2025` | as 2021, with a hidden `csrf_token` that is new on every page |
| `G2026` | a page that reads the browser's store, the log-in form with the profile, the store again |

Evidence: read, for fields, ids and order; what is marked so below is a guess.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, Fake, filled, page, redirect
from schoolsync.sandbox.portals.people import Person, Trouble
from schoolsync.sandbox.portals.saml import POST, REDIRECT, Requester, answer_page, requester

__all__ = ["Assistance", "EduConnect", "Generation"]

Generation: TypeAlias = Literal["G2021", "G2022", "G2025", "G2026"]
View: TypeAlias = Literal["store", "login", "birth_date", "code", "action", "store_again", "done"]
Mistake: TypeAlias = Literal["", "wrong", "locked", "captcha"]

UNSOLICITED: Final = "/idp/profile/SAML2/Unsolicited/SSO"
ASSISTANCE: Final = "https://assistance.phm.education.gouv.fr/"
PROCEED: Final = "_eventId_proceed"
PROFILES: Final[Mapping[str, str]] = {"student": "eleve", "parent": "responsable"}
DETOURS: Final[Mapping[Trouble, View]] = {
    "birth_date": "birth_date",
    "code": "code",
    "new_password": "action",
    "activation": "action",
}
"""What comes between the password and the end."""

# -- pages --------------------------------------------------------------------------------

STORE: Final = """<html lang="fr"><head><title>EduConnect</title></head><body>
<form id="form1" method="post" action="{{here}}">
  <input type="hidden" name="csrf_token" value="{{csrf}}">
  <input type="hidden" name="shib_idp_ls_exception.shib_idp_session_ss" value="">
  <input type="hidden" name="shib_idp_ls_success.shib_idp_session_ss" value="false">
  <input type="hidden" name="shib_idp_ls_value.shib_idp_session_ss" value="">
  <input type="hidden" name="shib_idp_ls_exception.shib_idp_persistent_ss" value="">
  <input type="hidden" name="shib_idp_ls_success.shib_idp_persistent_ss" value="false">
  <input type="hidden" name="shib_idp_ls_value.shib_idp_persistent_ss" value="">
  <input type="hidden" name="shib_idp_ls_supported" value="">
  <input type="hidden" name="_eventId_proceed" value="">
  <noscript><input type="submit" value="Continuer"></noscript>
</form></body></html>"""
LOGIN: Final = """<html lang="fr"><head><title>EduConnect</title></head><body>
<div id="div_profil"><h1>Je choisis mon profil</h1>
  <button type="button" id="bouton_responsable">Responsable d'élève</button>
  <button type="button" id="bouton_eleve">Élève</button></div>
<div id="div_connexion"><h1>Je me connecte</h1>
<form id="validerAuth" method="post" action="{{here}}">[[csrf]][[profile]]
  <input type="text" id="username" name="j_username" value="">
  <p id="erreurIdentifiant" hidden>Identifiant à renseigner</p>
  <input type="password" id="password" name="j_password" value="">
  [[mistake]][[captcha]]
  <button type="submit" id="bouton_valider" name="_eventId_proceed">Se connecter</button>
</form></div></body></html>"""
CSRF: Final = """
  <input type="hidden" name="csrf_token" value="{{csrf}}">"""
PROFILE: Final = """
  <input type="hidden" name="typeUser" id="typeUser" value="">"""
MISTAKES: Final[Mapping[Mistake, str]] = {
    "": '<p id="erreurMdp" hidden>Mot de passe à renseigner</p>',
    "wrong": '<p id="erreurMdp" class="fr-error-text">Identifiant ou mot de passe incorrect</p>',
    "locked": '<p id="erreurMdp" class="fr-error-text">Votre compte est verrouillé : trop de tentatives</p>',
    "captcha": '<p id="erreurMdp" hidden>Mot de passe à renseigner</p>',
}
"""What stands below the password. How a locked account is told: guess."""
CAPTCHA: Final = """
  <div id="captcha"><label id="label_captcha" for="captcha_reponse">Recopiez le code</label>
    <input type="text" id="captcha_reponse" name="captcha_reponse" value=""></div>
  <p id="erreurCaptcha" class="fr-error-text">Code requis</p>"""
BIRTH_DATE: Final = """<html lang="fr"><head><title>Confirmation de l'identité</title></head><body>
<form id="theForm" method="post" action="{{here}}">[[csrf]]
  <div id="dateNaissance"><input name="jour"><input name="mois"><input name="annee"></div>
  <input type="hidden" id="password-input" name="j_password" value="">
  <button type="submit" id="submit-button" name="_eventId_proceed">Valider</button>
</form></body></html>"""
CODE: Final = """<html lang="fr"><head><title>EduConnect</title></head><body>
<p>Saisissez le code de vérification que vous avez reçu.</p>
<form method="post" action="{{here}}">[[csrf]]<input type="text" name="code" value=""></form></body></html>"""
ACTIONS: Final[Mapping[str, str]] = {
    "new_password": "Vous devez changer le mot de passe avant de continuer.",
    "activation": "Vous devez activer votre compte avant de continuer.",
}
ACTION: Final = """<html lang="fr"><head><title>EduConnect</title></head><body>
<p>{{what}}</p>
<form method="post" action="{{here}}">[[csrf]]
  <input type="password" name="nouveau" value=""></form></body></html>"""
STALE: Final = """<html lang="fr"><head><title>EduConnect</title></head><body>
<h1>Unable to process request</h1><p>La requête n'a pas pu être traitée.</p></body></html>"""
DISTURBED: Final = """<html lang="fr"><head><title>Accès perturbé</title></head><body>
<p>Le service rencontre des difficultés techniques.</p></body></html>"""


# -- conversations ------------------------------------------------------------------------


@attrs.define(kw_only=True)
class Conversation:
    """One portal's question, and how far its answer has come."""

    number: int
    """Which one of its browser it is, from 1."""
    path: str
    """Where it takes place."""
    acs: str
    """Where the answer goes."""
    relay: str = attrs.field(repr=False)
    """What goes with it."""
    view: View
    """What is shown."""
    step: int = 1
    """How many pages it has had."""
    csrf: str = attrs.field(default="", repr=False)
    """What the page that is shown wants back."""
    mistake: Mistake = ""
    """What the page says was wrong."""
    has_posted: bool = False
    """Whether a password was sent in it."""
    person: Person | None = None
    """Whose password it was."""
    is_over: bool = False
    """Whether the answer was given."""

    @property
    def execution(self) -> str:
        """What its address calls the page that is shown: `e1s2`."""
        return f"e{self.number}s{self.step}"

    @property
    def here(self) -> str:
        """The address of that page, on the host."""
        return f"{self.path}?execution={self.execution}"


@attrs.define
class Browser:
    """What is known of one browser."""

    conversations: list[Conversation] = attrs.field(factory=list)
    """All that it has begun."""
    person: Person | None = None
    """Who is signed in with it."""


# -- the host -------------------------------------------------------------------------------


@attrs.define(kw_only=True)
class EduConnect(Fake):
    """EduConnect itself."""

    family: ClassVar[str] = "educonnect"
    cookie: ClassVar[str] = "JSESSIONID"
    cas_path: ClassVar[str] = ""

    generation: Generation = "G2026"
    """Which of its forms it has; may be changed between conversations."""
    stores_twice: bool = True
    """Whether `G2026` reads the browser's store after the password too. Evidence: guess."""
    blocks: bool = False
    """Whether it sends everybody to the assistance, before any form, as it does with addresses abroad."""
    is_silent: bool = False
    """Whether a wrong password is answered by the same page at the same address, without a word."""
    tries: int = 3
    """After how many wrong passwords of an account a picture must be read."""
    failures: dict[str, int] = attrs.field(factory=dict, init=False, repr=False)
    """User name → wrong passwords since the last right one."""
    _browsers: dict[str, Browser] = attrs.field(factory=dict, init=False, repr=False)
    _chance: random.Random = attrs.field(
        default=attrs.Factory(lambda self: random.Random(f"{self.host} csrf"), takes_self=True),
        init=False,
        repr=False,
    )

    def forget(self, ask: Ask) -> None:
        """The browser that asks is a new one."""
        self._browsers.pop(ask.cookies.get(self.cookie, ""), None)

    def answer(self, ask: Ask) -> Response:
        """A step of a conversation, or a new one."""
        if ask.path not in {POST, REDIRECT, UNSOLICITED}:
            return self.missing()
        if self.blocks:
            return redirect(ASSISTANCE)
        if "execution" not in ask.query:
            return self._begun(ask)
        browser = self._browsers.get(ask.cookies.get(self.cookie, ""), Browser())
        here = f"{ask.path}?execution={ask.query['execution']}"
        current = next((one for one in browser.conversations if one.here == here), None)
        if current is None or current.is_over:
            return stale()
        return self._shown(current) if ask.method == "GET" else self._posted(ask, browser, current)

    # -- the beginning --

    def _begun(self, ask: Ask) -> Response:
        asking = self._requester(ask)
        if asking is None or self.common.providers.get(asking.entity) != asking.acs:
            return stale()
        token = ask.cookies.get(self.cookie, "")
        if token not in self._browsers:
            token = self.common.token()
        browser = self._browsers.setdefault(token, Browser())
        relay = ask.form.get("RelayState") or ask.query.get("RelayState") or "ss:mem:retour"
        after: View = "done" if browser.person else "login"
        browser.conversations.append(
            Conversation(
                number=len(browser.conversations) + 1,
                path=ask.path,
                acs=asking.acs,
                relay=relay,
                view="store" if self.generation == "G2026" else after,
                person=browser.person,
            )
        )
        return redirect(browser.conversations[-1].here, cookies={self.cookie: token}, path="/idp")

    def _requester(self, ask: Ask) -> Requester | None:
        if ask.path == UNSOLICITED:
            entity = ask.query.get("providerId", "")
            return Requester(entity, self.common.providers.get(entity, ""))
        if ask.path == POST:
            return requester(ask.form.get("SAMLRequest", ""), is_squeezed=False)
        return requester(ask.query.get("SAMLRequest", ""), is_squeezed=True)

    # -- what is shown --

    def _shown(self, current: Conversation) -> Response:
        if current.view == "done" and current.person:
            said = self.common.assertions.give(current.acs, current.person)
            current.is_over = True
            return answer_page(said, relay=current.relay, acs=current.acs)
        current.csrf = f"{self._chance.getrandbits(128):032x}"
        template = self._template(current)
        said = ACTIONS.get(current.person.trouble, "") if current.person else ""
        return page(filled(template, here=current.here, csrf=current.csrf, what=said))

    def _template(self, current: Conversation) -> str:
        if current.view in {"store", "store_again"}:
            return STORE
        parts = {
            "csrf": CSRF if self.has_csrf else "",
            "profile": PROFILE if self.generation == "G2026" else "",
            "mistake": MISTAKES[current.mistake],
            "captcha": CAPTCHA if current.mistake == "captcha" else "",
        }
        template = {"birth_date": BIRTH_DATE, "code": CODE, "action": ACTION}.get(current.view, LOGIN)
        for name, part in parts.items():
            template = template.replace(f"[[{name}]]", part)
        return template

    @property
    def has_csrf(self) -> bool:
        """Whether its forms hold a `csrf_token`, and are refused without."""
        return self.generation in {"G2025", "G2026"}

    # -- what is posted --

    def _posted(self, ask: Ask, browser: Browser, current: Conversation) -> Response:
        if self.has_csrf and ask.form.get("csrf_token") != current.csrf:
            return stale()
        if current.view in {"store", "login", "birth_date", "store_again"} and PROCEED not in ask.form:
            return stale()
        if current.view in {"store", "store_again"}:
            return self._stored(ask, browser, current)
        if current.view == "login":
            return self._tried(ask, browser, current)
        if self._is_settled(ask, current):
            return self._let_in(browser, current)
        return self._next(current, current.view)

    def _stored(self, ask: Ask, browser: Browser, current: Conversation) -> Response:
        """Past the browser's store; a password has no business there."""
        if ask.form.get("j_username") or ask.form.get("j_password"):
            return stale()
        return self._next(current, "done" if browser.person else "login")

    def _tried(self, ask: Ask, browser: Browser, current: Conversation) -> Response:
        """What becomes of a user name and a password."""
        if "j_username" not in ask.form or "j_password" not in ask.form:
            return stale()
        if self.generation == "G2026" and ask.form.get("typeUser") not in PROFILES.values():
            return stale()
        if self.generation == "G2022" and not current.has_posted:
            current.has_posted = True
            return self._next(current, "login")
        mistake, person = self._looked_up(ask)
        if person is None:
            return self._refused(current, mistake)
        current.person = person
        detour = DETOURS.get(person.trouble)
        return self._next(current, detour) if detour else self._let_in(browser, current)

    def _looked_up(self, ask: Ask) -> tuple[Mistake, Person | None]:
        """What is wrong; or nothing, and who it is. A wrong profile is a wrong password: guess."""
        username = ask.form["j_username"].strip()
        known, person = self.common.called(username), self.common.person(username, ask.form["j_password"])
        if known and known.trouble == "locked":
            return "locked", None
        if person and not self._is_profile(ask, person):
            person = None
        if person and self.failures.get(username, 0) < self.tries:
            self.failures.pop(username, None)
            return ("captcha", None) if person.trouble == "captcha" else ("", person)
        self.failures[username] = self.failures.get(username, 0) + 1
        return "captcha" if self.failures[username] >= self.tries else "wrong", None

    def _is_profile(self, ask: Ask, person: Person) -> bool:
        """Whether *person* has an account here, and came as who they are."""
        profile = PROFILES.get(person.kind)
        return profile is not None and (self.generation != "G2026" or ask.form.get("typeUser") == profile)

    def _refused(self, current: Conversation, mistake: Mistake) -> Response:
        if self.is_silent and mistake == "wrong":
            return self._shown(current)
        current.mistake = mistake
        return self._next(current, "login")

    def _is_settled(self, ask: Ask, current: Conversation) -> bool:
        """Whether what comes after the password was answered rightly; a date joined in any way (a guess)."""
        person = current.person
        if person is None:
            return False
        if current.view == "birth_date":
            return _digits(ask.form.get("j_password", "")) == _digits(person.birth_date)
        return current.view == "code" and ask.form.get("code", "").strip() == person.code

    def _let_in(self, browser: Browser, current: Conversation) -> Response:
        browser.person = current.person
        return self._next(
            current, "store_again" if self.generation == "G2026" and self.stores_twice else "done"
        )

    def _next(self, current: Conversation, view: View) -> Response:
        """The next page of a conversation; the last one comes at once."""
        current.view = view
        current.step += 1
        return self._shown(current) if view == "done" else redirect(current.here)


@attrs.define(kw_only=True)
class Assistance(Fake):
    """Where EduConnect sends those whom it does not serve."""

    family: ClassVar[str] = "assistance"
    cas_path: ClassVar[str] = ""

    def answer(self, ask: Ask) -> Response:
        """That it is in trouble, whatever was asked."""
        return page(DISTURBED)


def stale() -> Response:
    """It is not known what this is about: too late, twice, the wrong step, or no portal of ours."""
    return page(STALE, status=400)


def _digits(date: str) -> str:
    return "".join(sign for sign in date if sign.isdigit())
