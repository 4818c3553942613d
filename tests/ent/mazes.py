"""Portals that nobody would build: any page behind any other, and what must hold whatever they say.

`Maze` answers every request with something drawn: forms with the hooks that families look for and any
address to go to, redirects, echoes of what it heard, cookies for everybody. `faults` looks at what was sent,
with a reading of addresses of its own, so that no mistake of the walk can hide in it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any, Final, Protocol, TypeVar
from urllib.parse import parse_qsl, quote, quote_plus, unquote, unquote_plus

import attrs

from schoolsync.ent.portal import Arrival, Door, Portal, Profile, Visitor
from schoolsync.ent.walk import enter
from schoolsync.errors import SchoolSyncError
from schoolsync.flow.effects import Ask, Flow, Question, Send
from schoolsync.flow.http import Cookies, Request, Response
from schoolsync.flow.secret import Secret
from schoolsync.sandbox.clock import HandClock

__all__ = ["Chance", "Drawn", "Maze", "Seeded", "faults", "walked"]

T = TypeVar("T")
EDU: Final = "educonnect.education.gouv.fr"
SCHOOL: Final = "0000001a.example.test"
INSTANCE: Final = f"https://{SCHOOL}/pronote/eleve.html"
SERVICE: Final = "https:%2F%2F0000001A.example.test%2Fpronote%2Feleve.html"
USERNAME: Final = "louison.example"
PASSWORD: Final = "Sésame & ouvre+toi=1%"
TICKET: Final = "ST-20260907-invented"
START: Final = "<body onload=\"Start({e:'1',f:'2'})\">"
NOW: Final = dt.datetime(2026, 9, 7, 8, 0, tzinfo=dt.UTC)


class Chance(Protocol):
    """Whatever decides."""

    def one_of(self, choices: Sequence[T]) -> T:
        """One of *choices*."""
        ...


@attrs.frozen
class Drawn:
    """Hypothesis decides."""

    draw: Callable[..., Any]
    sampled_from: Callable[..., Any]

    def one_of(self, choices: Sequence[T]) -> T:
        """One of *choices*, kept simple if something goes wrong."""
        chosen: T = self.draw(self.sampled_from(choices))
        return chosen


@attrs.frozen
class Seeded:
    """A generator decides."""

    choice: Callable[[Sequence[Any]], Any]

    def one_of(self, choices: Sequence[T]) -> T:
        """One of *choices*."""
        chosen: T = self.choice(choices)
        return chosen


# -- pages --------------------------------------------------------------------------------

ASK: Final = '<input type="text" name="username"><input type="password" name="password">'
EDU_ASK: Final = '<input name="j_username"><input type="password" name="j_password" value="{1}">'
HIDDEN: Final = '<input type="hidden" name="{0}" value="{{1}}">'
QUESTION: Final = f"<form {{0}}>{HIDDEN.format('SAMLRequest')}{HIDDEN.format('RelayState')}</form>"
ANSWER: Final = f"<form {{0}}>{HIDDEN.format('SAMLResponse')}{HIDDEN.format('TARGET')}</form>"
AT_EDU: Final = (
    f"<form {{0}}>{EDU_ASK}</form>",
    f'<form {{0}}>{EDU_ASK}<input name="csrf_token" value="{{1}}"></form>',
)
FORMS: Final = (
    f'<form {{0}} class="cas__login-form"><input type="hidden" name="execution" value="{{1}}">{ASK}</form>',
    f'<form {{0}} id="fm1"><input type="hidden" name="lt" value="{{1}}">{ASK}</form>',
    f'<form {{0}} id="kc-form-login"><input type="hidden" name="credentialId" value="{{1}}">{ASK}</form>',
    *AT_EDU,
    '<form {0}><input name="shib_idp_ls_value" value="{1}"><input name="_eventId_proceed"></form>',
    '<form {0}><input name="jour"><input name="mois"><input name="annee"><input id="password-input" name=p>',
    '<form {0}><p>code de vérification</p><input name="code"></form>',
    '<form {0} id="kc-otp-login-form"><input name="emailCode"></form>',
    QUESTION,
    ANSWER,
    f'<form {{0}}><input type="radio" name="selection" value="EDU">{HIDDEN.format("q")}</form>',
    '<form {0}><input name="origin" value="{1}"><input name="entityID"></form>',
    '<form {0}><input name="_saml_idp" value="educonnect"><input name="return" value="{1}"></form>',
    '<div id="cas-profile-tiles"><form {0}><input name="key" value="{1}"><p>A</p></form></div>',
    f'<table><form {{0}}><tr><td>{ASK}<td><input name="x" value="{{1}}"></form></table>',
)
FITTING: Final = {
    "kosmos_form": FORMS[0],
    "apereo_cas_form": FORMS[1],
    "keycloak_monlycee": FORMS[2],
    "oze": FORMS[2],
    "openent_local": "<login-form></login-form>",
}
"""The log-in form that a family looks for."""
HIDDEN_FORM: Final = f"<form {{0}}>{HIDDEN.format('q')}</form>"
WORDS: Final = (
    *("", "<main id=home>Accueil</main>", "<p>compte bloqué</p>", "<p>Identifiant incorrect</p>"),
    '<p id="erreurMdp">non</p>',
    "<login-form></login-form><div ng-controller='LoginController'></div>",
    '<div class="msg__title">Connecté</div><div class="msg__content"><a href="{2}">x</a></div>',
    '<a id="portalCASLoginLink" href="{2}">x</a><r-wayf></r-wayf>',
    '<meta http-equiv="refresh" content="0;url={2}"><script>location="{2}"</script>',
    '<base href="{2}">',
    "<p>page expirée: la session a expiré</p>",
)
XML: Final = "<reponse><conversation>{1}</conversation><uidInSession>u1</uidInSession></reponse>"
ODD: Final = (
    *("https://{0}.evil.test/x", "https://{0}:444/x", "https://{0}@evil.test/", "https://evil.test@{0}/x"),
    *("http://{0}/x", "https://{0}./x", "https://{0}\\@evil.test/", "https://{0}\t.evil.test/", "ws://{0}/"),
    *("https://evil.test/{0}", "javascript:{0}", "data:text/html,{0}", "https://{0}%2eevil.test/"),
    *("https://c\u0430s.{0}/", "https://{0}\u3002evil.test/", "https://[{0}", "https:\\\\evil.test"),
    *("//evil.test/", "///evil.test"),
)
PATHS: Final = (
    *("/login", "/auth/login", "/auth/saml/acs", "/idp/profile/SAML2/POST/SSO?execution=e1s1"),
    *("/idp/profile/SAML2/POST/SSO?execution=e1s2", "/", f"/x?ticket={TICKET}", "/x?SAMLRequest=q"),
    *("/x?SAMLResponse=a", "/idp/Authn/RemoteUser?conversation=c&sessionid=s", "/v1/users/me"),
    *(f"/u/{USERNAME}?next=1", "/pronote/eleve.html?identifiant=1", "/login/ct_logon_vk.jsp"),
    *("/sso/educonnect", "/discovery/WAYF"),
)
JSONS: Final[tuple[object, ...]] = (
    {"currentProfil": {"codeProfil": "ELEVE", "uai": "0000001A"}},
    [{"code": "pronote", "externalRoute": "/cas/proxySSO/9"}],
    [{"code": "pronote", "externalRoute": "https://evil.test/"}],
    {"autorisationId": "7", "projet": "p"},
)


@attrs.define
class Maze:
    """All hosts of the world, of which none can be trusted."""

    portal: Portal
    chance: Chance
    sent: list[Request] = attrs.field(factory=list)

    @property
    def is_told(self) -> bool:
        """Whether anybody has heard the password, and could say it again."""
        return any(_shows(request.body) for request in self.sent)

    @property
    def places(self) -> tuple[str, ...]:
        """Where things could be."""
        return (*self.portal.all_hosts, EDU, *self.portal.fronts, SCHOOL, "evil.test")

    def answer(self, request: Request) -> Response:
        """Anything."""
        self.sent.append(request)
        if _host(request.url) == SCHOOL and not self._happens(4):
            return self._school(request.url)
        kind = self.chance.one_of(("page", "page", "page", "page", "redirect", "data"))
        if kind == "redirect":
            status = self.chance.one_of((302, 302, 303, 301, 307, 308))
            return self._made(status, "", ("location", self._address()))
        if kind == "data" and self._happens(2):
            data = self.chance.one_of((*map(json.dumps, JSONS), XML.replace("{1}", escape(self._value()))))
            kind = self.chance.one_of(("application/json", "text/xml"))
            return self._made(200, data, ("content-type", kind))
        status = self.chance.one_of((401, 400, 403, 503)) if self._happens(12) else 200
        return self._made(status, self._markup(), ("content-type", "text/html; charset=utf-8"))

    def _school(self, url: str) -> Response:
        """As a school does: a ticket is good once, and others are led to the portal."""
        if "identifiant=" in url:
            return self._made(200, START)
        to = "/pronote/eleve.html?identifiant=1" if "ticket=" in url else entrance_of(self.portal)
        return self._made(302, "", ("location", to))

    def _happens(self, once_in: int) -> bool:
        return self.chance.one_of((*(False,) * (once_in - 1), True))

    def _made(self, status: int, text: str, *lines: tuple[str, str]) -> Response:
        return Response(status, (*lines, *self._cookies()), body=text.encode())

    def _markup(self) -> str:
        """A page: most have a form that may be expected there, and lead where they should."""
        forms = [self.chance.one_of(FORMS), self.chance.one_of(FORMS) if self._happens(4) else ""]
        action, method = self._address(), "get" if self._happens(8) else "post"
        if not self._happens(4):
            forms[0], action, method = *self._apt(), "post"
        words = self.chance.one_of(WORDS) if self._happens(3) else ""
        marks = f'action="{escape(action)}" method="{method}"'
        return "".join(
            part.replace("{0}", marks)
            .replace("{1}", escape(self._value()))
            .replace("{2}", escape(self._address()))
            for part in (words, *forms)
        )

    def _apt(self) -> tuple[str, str]:
        """A form that may be expected here, and its address."""
        family, own = self.portal.family, self.portal.all_hosts[0]
        if _host(self.sent[-1].url) == EDU:
            if self.is_told:
                return ANSWER, f"https://{own}/auth/saml/acs"
            return self.chance.one_of(AT_EDU), "/idp/profile/SAML2/POST/SSO?execution=e1s2"
        if self.is_told:
            return self.chance.one_of(("", HIDDEN_FORM)), f"https://{own}/x?ticket={TICKET}"
        if family.uses_educonnect:
            return QUESTION, f"https://{EDU}/idp/profile/SAML2/POST/SSO?execution=e1s1"
        form = FITTING.get(family.kind) or self.chance.one_of(FORMS[:3])
        return form, f"https://{family.password_hosts[0]}/auth/login"

    def _address(self) -> str:
        """Somewhere: mostly where the way could really lead."""
        host = self.chance.one_of(self.places if self._happens(4) else (*self.portal.all_hosts, SCHOOL))
        path = self.chance.one_of(PATHS)
        if self._happens(12):
            return self.chance.one_of(ODD).format(host)
        if self._happens(8):
            return self.chance.one_of((f"https://{host.upper()}:443{path}", ""))
        echo = f"{'&' if '?' in path else '?'}q={self._value()}" if self._happens(5) else ""
        return self.chance.one_of((f"https://{host}{path}{echo}", f"{path}{echo}"))

    def _value(self) -> str:
        """Something hidden; the password, in any dress, once it was heard."""
        if not self.is_told or not self._happens(5):
            return self.chance.one_of(("e1s1", "EDU", "é&<", ""))
        once = quote_plus(PASSWORD)
        return self.chance.one_of((PASSWORD, once, quote(PASSWORD, safe=""), quote_plus(once)))

    def _cookies(self) -> Iterator[tuple[str, str]]:
        """Who set it stands in its value."""
        host = _host(self.sent[-1].url)
        for name in self.chance.one_of(((), (), ("a",), ("a", "b"))):
            parents = [host.split(".", count)[-1] for count in range(4)]
            domain = self.chance.one_of(("", *(f"; Domain={parent}" for parent in parents)))
            yield "set-cookie", f"{name}={host}{domain}; Path=/"


def entrance_of(portal: Portal) -> str:
    """Where the school leads."""
    family = portal.family
    host = portal.all_hosts[0] if family.uses_educonnect else family.password_hosts[0]
    return f"https://{host}/login?service={SERVICE}"


# -- walking --------------------------------------------------------------------------------


def walked(maze: Maze, profile: Profile) -> Arrival | SchoolSyncError:
    """How a walk through *maze* ended. Anything else than an error of ours is raised."""
    entrance = maze.chance.one_of((entrance_of(maze.portal), ""))
    door = Door(INSTANCE, entrance, lambda response: b"e:'" in response.body)
    visitor = Visitor(username=USERNAME, password=Secret(PASSWORD), profile=profile)
    try:
        return _driven(enter(maze.portal, door, visitor, HandClock(NOW)), maze)
    except SchoolSyncError as error:
        return error


def _driven(flow: Flow[T], maze: Maze) -> T:
    answer: object = None
    try:
        while True:
            effect = flow.send(answer)
            if isinstance(effect, Send):
                answer = maze.answer(effect.request)
            else:
                assert isinstance(effect, Ask), effect
                answer = _reply(effect.question)
    except StopIteration as done:
        result: T = done.value
        return result


def _reply(question: Question) -> str:
    return question.choices[0] if question.choices else "31/12/2012"


# -- what must hold ---------------------------------------------------------------------------

PLAIN: Final = re.compile(r"https://([a-z0-9.-]+(?::[0-9]+)?)(?:[/?][!-~]*)?", re.IGNORECASE)


def faults(maze: Maze, ended: Arrival | SchoolSyncError) -> list[str]:
    """What was done that must never be done."""
    found = [fault for request in maze.sent for fault in _faults_of(maze.portal, request)]
    proofs = [request for request in maze.sent if _shows(request.body)]
    most = 2 if maze.portal.family.uses_educonnect else 1
    if len(proofs) > most or len({_host(request.url) for request in proofs}) > 1:
        found.append("the password was sent too often")
    if len(maze.sent) > 40:
        found.append("too many requests")
    told = unquote_plus(f"{ended} {ended!r} {getattr(ended, 'hops', '')}")
    found.extend(f"{word[:3]}… is shown" for word in (PASSWORD, USERNAME, TICKET) if word in told)
    if isinstance(ended, Arrival):
        educonnect = {EDU} if maze.portal.family.uses_educonnect else set()
        own = {*maze.portal.all_hosts, *maze.portal.fronts}
        jars = [(ended.cookies, {SCHOOL}), *((jar, educonnect | own) for jar in ended.passes.values())]
        found.extend("a jar holds what others set" for jar, side in jars if _values(jar) - side)
        found.extend("a jar is mixed" for jar, _ in jars if _values(jar) & educonnect and _values(jar) & own)
    return found


def _values(jar: Cookies) -> set[str]:
    return {cookie.value for cookie in jar.kept}


def _faults_of(portal: Portal, request: Request) -> Iterator[str]:
    """What is wrong with one request, told by its letters alone."""
    host, educonnect = _host(request.url), {EDU} if portal.family.uses_educonnect else set()
    own = {*portal.all_hosts}
    if host not in own | educonnect | {*portal.fronts, SCHOOL}:
        yield "a foreign host was asked"
    if request.method != "GET" and host not in own | educonnect:
        yield "a form was sent to a host that is only read"
    if _shows(request.url) or _shows(json.dumps(request.headers, ensure_ascii=False)):
        yield "the password stood where it can be seen"
    if _shows(request.body) and (request.method != "POST" or host not in portal.family.password_hosts):
        yield "the password went to a wrong host"
    names = {name for name, _ in parse_qsl(request.body.decode(), keep_blank_values=True)}
    asked = {name for name, _ in parse_qsl(request.url.partition("?")[2], keep_blank_values=True)}
    if "SAMLResponse" in names | asked and host not in own:
        yield "an assertion went astray"
    if ("SAMLRequest" in names and host not in educonnect) or (
        "SAMLRequest" in asked and host not in own | educonnect
    ):
        yield "a question about an account went astray"
    set_by = {part.partition("=")[2] for part in dict(request.headers).get("cookie", "").split("; ") if part}
    sides = ({SCHOOL}, educonnect, own | {*portal.fronts})
    if not any(host in side and set_by <= side for side in sides):
        yield "a cookie crossed over"


def _host(url: str) -> str:
    """The host of a plain https address in lower case; nothing of any other."""
    plain = PLAIN.fullmatch(url)
    return plain[1].lower().removesuffix(":443") if plain else ""


def _shows(what: str | bytes) -> bool:
    """Whether the password stands in *what*, however it is written."""
    text = what.decode() if isinstance(what, bytes) else what
    dresses = {text, unquote(text), unquote_plus(text)}
    dresses |= {read(one) for one in dresses for read in (unquote, unquote_plus)}
    return any(PASSWORD in one for one in dresses)
