"""Kosmos, which runs Skolengo and kdecole: a CAS with sources of accounts to choose from.

Wire: `GET /login?selection=…&service=…` shows the form of that source, or sends to EduConnect by way of
`/delegate/redirect/…`; without a source that it knows it shows a chooser. `TGC` keeps people signed in, and
`302` with a ticket sends them on. Evidence: read, for addresses, names and the texts that clients test;
how it tells that it does not know an account of EduConnect, or that one is locked: guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final, Literal, TypeAlias
from urllib.parse import urlencode

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, filled, page, redirect
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.portals.saml import Believer, Requester

__all__ = ["Kosmos", "Source"]

Source: TypeAlias = Literal["form", "educonnect"]
"""Who asks for the password of a source of accounts: the CAS itself, or EduConnect."""

ACS: Final = "/saml/SAMLAssertionConsumer"
DELEGATE: Final = "/delegate/redirect/"
CHOOSER: Final = """<html lang="fr"><head><title>Connexion</title></head><body>
<form action="{{login}}" method="get">
  <input type="hidden" name="service" value="{{service}}">
[[choices]]  <input type="submit" id="button-submit" name="submit" value="Valider">
</form></body></html>"""
CHOICE: Final = """  <input type="radio" name="selection" id="idp-{{code}}" value="{{code}}">\
<label for="idp-{{code}}">{{label}}</label>
"""
LABELS: Final[Mapping[Source, str]] = {"educonnect": "Compte EduConnect", "form": "Autre compte"}
FORM: Final = """<html lang="fr"><head><title>Connexion</title></head><body>
[[mistake]]<form class="cas__login-form" method="post" action="{{action}}">
  <input type="text" id="username" name="username" value="">
  <input type="password" id="password" name="password" value="">
  <input type="hidden" name="selection" value="{{code}}">
  <input type="hidden" name="codeFournisseurIdentite" value="{{code}}">
  <input type="hidden" name="execution" value="{{execution}}">
  <input type="hidden" name="_eventId" value="submit">
  <input type="hidden" name="geolocation" value="">
  <input type="submit" name="submit" value="Se connecter">
</form></body></html>"""
MISTAKE: Final = """<p class="msg msg--error" role="alert">{{said}}</p>
"""
WRONG: Final = "Identifiant ou mot de passe incorrect"
LOCKED: Final = "Votre compte est verrouillé après plusieurs échecs"
MESSAGE: Final = """<html lang="fr"><head><title>{{title}}</title></head><body>
<div class="msg"><h1 class="msg__title">{{said}}</h1>
<div class="msg__content">[[more]]</div></div></body></html>"""
REFUSED: Final = "Application not allowed to use CAS"
UNLINKED: Final = "Votre compte EduConnect n'est rattaché à aucun compte de ce portail"
RENEWAL: Final = "Vous devez changer votre mot de passe avant de continuer"
NO_ANSWER: Final = "La réponse du fournisseur d'identité n'est pas valide"


@attrs.define
class Visit:
    """What a browser that is not signed in wants."""

    selection: str = ""
    """From which source it comes."""
    service: str = ""
    """Where it wants to go."""
    execution: str = attrs.field(default="", repr=False)
    """What the form that it was shown last wants back, once."""


@attrs.define(kw_only=True)
class Kosmos(Believer):
    """One CAS of Kosmos."""

    family: ClassVar[str] = "kosmos_form"
    cas_path: ClassVar[str] = "/login"

    selections: Mapping[str, Source] = attrs.field(factory=lambda: {"ATS_parent_eleve": "form"})
    """Its sources of accounts, by code, in the order of its chooser."""
    default: str | None = None
    """The source of somebody who does not say; `None`: they choose, if there is more than one."""
    is_direct: bool = False
    """Whether the way to EduConnect has no stop at `/delegate/redirect/…`."""
    pauses: bool = False
    """Whether it says that one is signed in, with a link, before it sends anybody on."""
    _visits: dict[str, Visit] = attrs.field(factory=dict, init=False, repr=False)

    @property
    def requester(self) -> Requester:
        """How EduConnect knows it. Evidence: guess, for what it is called."""
        return Requester(f"{self.root}/saml/metadata", f"{self.root}{ACS}")

    def providers(self) -> Mapping[str, str]:
        """It asks EduConnect, if any of its sources does."""
        return super().providers() if "educonnect" in self.selections.values() else {}

    def forget(self, ask: Ask) -> None:
        """Whoever asks is not signed in, and the form that they see is too old."""
        super().forget(ask)
        self._visits.pop(ask.cookies.get("JSESSIONID", ""), None)

    def answer(self, ask: Ask) -> Response:
        """The log-in page, the way to EduConnect, and the way back."""
        if ask.path == "/login":
            return self._posted(ask) if ask.method == "POST" else self._asked(ask)
        if ask.path.startswith(DELEGATE):
            return self._delegated(ask)
        if ask.path == ACS and ask.method == "POST":
            return self._vouched(ask)
        if ask.path == "/logout":
            self.forget(ask)
            return redirect("/login", cookies={self.cookie: None})
        return self.missing()

    # -- who asks -------------------------------------------------------------------------

    def _asked(self, ask: Ask) -> Response:
        service = ask.query.get("service", "")
        if service and not self.common.serves(service):
            return message(REFUSED)
        person = self.member(ask)
        if person and ask.query.get("renew") != "true":
            return self._sent_on(service, person)
        if service and ask.query.get("gateway") == "true":
            return redirect(service)
        return self._met(ask, service)

    def _met(self, ask: Ask, service: str) -> Response:
        """What somebody sees who is not signed in."""
        code = self._selection(ask)
        if code is None:
            return self._chooser(service)
        visit, cookies = self._visit(ask)
        visit.selection, visit.service = code, service
        if self.selections[code] == "form":
            return self._form(visit, cookies=cookies)
        if self.is_direct:
            return self._question(code, cookies)
        return redirect(f"{DELEGATE}{code}", cookies=cookies)

    def _selection(self, ask: Ask) -> str | None:
        """The source that is meant; `None` if that must be asked. What was chosen before is remembered."""
        if "selection" in ask.query:
            return ask.query["selection"] if ask.query["selection"] in self.selections else None
        known = (ask.cookies.get("preselection", ""), self.default)
        only = next(iter(self.selections)) if len(self.selections) == 1 else None
        return next((code for code in known if code in self.selections), only)

    def _visit(self, ask: Ask) -> tuple[Visit, dict[str, str | None]]:
        """What this browser wants, and the cookies by which it is known again."""
        token = ask.cookies.get("JSESSIONID", "")
        if token in self._visits:
            return self._visits[token], {}
        token = self.common.token()
        self._visits[token] = Visit()
        return self._visits[token], {"JSESSIONID": token, "SERVERID": "cas1"}

    def _chooser(self, service: str) -> Response:
        choices = "".join(
            filled(CHOICE, code=code, label=LABELS[source]) for code, source in self.selections.items()
        )
        shown = filled(CHOOSER, login=self.cas_url, service=service)
        return page(shown.replace("[[choices]]", choices))

    def _form(
        self, visit: Visit, mistake: str = "", *, cookies: Mapping[str, str | None] | None = None
    ) -> Response:
        """The form of a source."""
        visit.execution = self.common.token()
        asked = urlencode({"selection": visit.selection, "service": visit.service})
        shown = filled(
            FORM, action=f"{self.cas_url}?{asked}", code=visit.selection, execution=visit.execution
        )
        told = filled(MISTAKE, said=mistake) if mistake else ""
        kept = {**(cookies or {}), "preselection": visit.selection}
        return page(shown.replace("[[mistake]]", told), cookies=kept)

    # -- the password, or EduConnect's word -------------------------------------------------

    def _posted(self, ask: Ask) -> Response:
        """What a user name and a password open; the form again for a form that is too old."""
        visit = self._visits.get(ask.cookies.get("JSESSIONID", ""))
        if visit is None or not visit.execution or ask.form.get("execution") != visit.execution:
            return self._asked(ask)
        person = self.common.person(ask.form.get("username", ""), ask.form.get("password", ""))
        if person is None or person.trouble == "unlinked":
            return self._form(visit, WRONG)
        if person.trouble == "locked":
            return self._form(visit, LOCKED)
        if person.trouble == "new_password":
            return message(RENEWAL)
        return self._let_in(visit, person)

    def _delegated(self, ask: Ask) -> Response:
        """EduConnect is asked, for a browser that has chosen it."""
        code = ask.path.removeprefix(DELEGATE)
        if self.selections.get(code) != "educonnect":
            return self.missing()
        visit, cookies = self._visit(ask)
        visit.selection = code
        return self._question(code, cookies)

    def _question(self, code: str, cookies: Mapping[str, str | None]) -> Response:
        """The page that carries the question to EduConnect."""
        return self.requester.form(self.requester.acs, cookies={**cookies, "preselection": code})

    def _vouched(self, ask: Ask) -> Response:
        person = self.told_of(ask)
        if person is None or "RelayState" not in ask.form:
            return message(NO_ANSWER, status=403)
        if person.trouble == "unlinked":
            return message(UNLINKED)
        return self._let_in(self._visit(ask)[0], person)

    # -- signed in --------------------------------------------------------------------------

    def _let_in(self, visit: Visit, person: Person) -> Response:
        visit.execution = ""
        cookies = self.sign_in(person)
        if self.pauses:
            return self._done(visit.service, cookies)
        return self._sent_on(visit.service, person, cookies)

    def _sent_on(self, service: str, person: Person, cookies: Mapping[str, str] | None = None) -> Response:
        """The way to the service; without one, a page that says that one is signed in."""
        if service:
            return redirect(self.with_ticket(service, person), cookies=cookies)
        return self._done("", cookies)

    def _done(self, service: str, cookies: Mapping[str, str] | None) -> Response:
        link = f"{self.cas_url}?{urlencode({'service': service})}"
        more = filled('<a href="{{link}}">Continuer</a>', link=link)
        return message("Connexion réussie", title="Connexion", more=more, cookies=cookies)


def message(
    said: str,
    *,
    title: str = "Erreur",
    more: str = "",
    status: int = 200,
    cookies: Mapping[str, str] | None = None,
) -> Response:
    """A page that says one thing.

    Args:
        said: What.
        title: The page's title.
        more: Markup below it.
        status: HTTP status.
        cookies: What the page sets.
    """
    shown = filled(MESSAGE, title=title, said=said)
    return page(shown.replace("[[more]]", more), status=status, cookies=cookies)
