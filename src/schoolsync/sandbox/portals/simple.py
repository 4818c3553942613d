"""A page with one form and nothing else, as that of the extranet for the collèges of the Somme.

Wire: `POST` to the page's own address; a landing page without a form. Evidence: read. The real one is on
plain http, where nobody should come; how its CAS is called, and that a password to be changed stops
nobody here, are guesses.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, Fake, filled, page, redirect

__all__ = ["Simple"]

FORM = """<html lang="fr"><head><title>Identification</title></head><body>
{{error}}<form method="post" action="{{action}}">
  <input type="text" name="username" value=""><input type="password" name="password" value="">
  <input type="hidden" name="suite" value="{{suite}}">
</form></body></html>"""
ERROR = "<p>Identifiant ou mot de passe incorrect</p>\n"
HOME = '<html lang="fr"><head><title>Extranet</title></head><body><h1>Accueil</h1></body></html>'
REFUSED = (
    '<html lang="fr"><head><title>Extranet</title></head><body><h1>Service non autorisé</h1></body></html>'
)


@attrs.define(kw_only=True)
class Simple(Fake):
    """The page."""

    family: ClassVar[str] = "simple_form"
    cookie: ClassVar[str] = "PHPSESSID"
    cas_path: ClassVar[str] = "/cas/login"

    path: str = "/identification/identification.php"
    """Where it is."""
    scheme: Literal["https", "http"] = "https"
    """How its address begins."""
    _pages: set[str] = attrs.field(factory=set, init=False, repr=False)

    @property
    def root(self) -> str:
        """Its address, without a slash at the end."""
        return f"{self.scheme}://{self.host}"

    def answer(self, ask: Ask) -> Response:
        """The form, what is posted to it, and the way to a school."""
        if ask.path == self.cas_path:
            return self._entered(ask)
        if ask.path != self.path:
            return self.missing()
        if ask.method == "POST":
            return self._posted(ask)
        return page(HOME) if self.member(ask) else self._form()

    def _form(self, error: str = "") -> Response:
        suite = self.common.token()
        self._pages.add(suite)
        template = FORM.replace("{{error}}", error)
        return page(filled(template, action=f"{self.root}{self.path}", suite=suite))

    def _posted(self, ask: Ask) -> Response:
        suite = ask.form.get("suite", "")
        if suite not in self._pages:
            return self._form()
        self._pages.remove(suite)
        person = self.common.person(ask.form.get("username", ""), ask.form.get("password", ""))
        if person is None or person.trouble in {"unlinked", "locked"}:
            return self._form(ERROR)
        answer = page(HOME, cookies=self.sign_in(person))
        if self.scheme == "https":
            return answer
        lines = tuple((name, value.replace("; Secure", "")) for name, value in answer.headers)
        return attrs.evolve(answer, headers=lines)

    def _entered(self, ask: Ask) -> Response:
        service, person = ask.query.get("service", ""), self.member(ask)
        if service and not self.common.serves(service):
            return page(REFUSED, status=403)
        if person is None or not service:
            return redirect(f"{self.root}{self.path}")
        return redirect(self.with_ticket(service, person))
