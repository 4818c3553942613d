"""What every fake has: a host, visitors with cookies, faults, and a record of what arrived."""

from __future__ import annotations

import html
import random
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import ClassVar
from urllib.parse import parse_qsl, unquote, unquote_plus, urlsplit

import attrs

from schoolsync.flow.effects import Clock
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.faults import Faults, Outcome, Scene
from schoolsync.sandbox.mount import turns
from schoolsync.sandbox.portals.people import PEOPLE, Assertions, Person, Tickets

__all__ = ["Ask", "Common", "Fake", "filled", "page", "redirect"]

GAP = re.compile(r"\{\{(\w+)\}\}")


@attrs.define(kw_only=True)
class Common:
    """What all fakes of one town share."""

    clock: Clock
    """Their time."""
    chance: random.Random = attrs.field(factory=lambda: random.Random("portals"), repr=False)
    """What cookies, tickets and tokens are drawn from."""
    people: tuple[Person, ...] = attrs.field(default=PEOPLE, repr=False)
    """Who has an account."""
    tickets: Tickets = attrs.field(
        default=attrs.Factory(lambda self: Tickets(self.chance, self.clock), takes_self=True), repr=False
    )
    """What portals tell schools."""
    assertions: Assertions = attrs.field(
        default=attrs.Factory(lambda self: Assertions(self.chance), takes_self=True), repr=False
    )
    """What EduConnect tells portals."""
    providers: dict[str, str] = attrs.field(factory=dict)
    """Portals that EduConnect knows: what they are called there → where its answer is posted."""
    schools: set[str] = attrs.field(factory=set)
    """Hosts of schools that portals give tickets to, in lower case. Empty: to any."""

    def person(self, username: str, password: str) -> Person | None:
        """Whoever has that user name and that password; `None` if nobody has."""
        known = (one for one in self.people if (one.username, one.password) == (username, password))
        return next(known, None)

    def called(self, username: str) -> Person | None:
        """Whoever has that user name; `None` if nobody has."""
        return next((one for one in self.people if one.username == username), None)

    def serves(self, service: str) -> bool:
        """Whether portals give tickets for *service*, a whole address, decoded."""
        parts = urlsplit(service)
        return parts.scheme == "https" and (not self.schools or parts.netloc.lower() in self.schools)

    def token(self) -> str:
        """Something that cannot be guessed."""
        return f"{self.chance.getrandbits(96):024x}"


@attrs.frozen(repr=False)
class Ask:
    """A request, as a fake reads it."""

    request: Request
    method: str
    path: str
    query: Mapping[str, str]
    """Decoded once; the last one of a name."""
    form: Mapping[str, str]
    """The fields of a posted form; empty otherwise."""
    cookies: Mapping[str, str]

    @property
    def host(self) -> str:
        """The host that was asked, in lower case; with its port if the address has one."""
        return urlsplit(self.request.url).netloc.lower()


@attrs.define(kw_only=True)
class Fake(ABC):
    """One portal, or another party of the way.

    A subclass answers; this keeps who is signed in, what goes wrong, and what was sent.
    """

    family: ClassVar[str]
    """Which family of portals it shows, `kosmos_form`; the first one of them if it shows several."""
    cookie: ClassVar[str] = "TGC"
    """The cookie by which it knows who is signed in."""
    cas_path: ClassVar[str] = "/login"
    """Where schools send people."""

    host: str
    """Its name, as clients call it."""
    common: Common = attrs.field(repr=False)
    """What it shares with the others."""
    faults: Faults = attrs.field(factory=Faults, init=False)
    """What is going to go wrong."""
    log: list[tuple[str, str]] = attrs.field(factory=list, init=False)
    """Method and path of every request that arrived, in order."""
    proofs: int = attrs.field(default=0, init=False)
    """How many requests brought a password, right or wrong."""
    foreign_cookies: int = attrs.field(default=0, init=False)
    """How many cookies arrived that it had not set for the host they were sent to."""
    _baked: set[tuple[str, str, str]] = attrs.field(factory=set, init=False, repr=False)
    _members: dict[str, Person] = attrs.field(factory=dict, init=False, repr=False)
    _turn: AbstractContextManager[bool] = attrs.field(factory=turns, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """EduConnect is told who asks it."""
        self.common.providers.update(self.providers())

    @property
    def clock(self) -> Clock:
        """Its time."""
        return self.common.clock

    @property
    def root(self) -> str:
        """Its address, without a slash at the end."""
        return f"https://{self.host}"

    @property
    def cas_url(self) -> str:
        """Where schools send people, without the service."""
        return f"{self.root}{self.cas_path}"

    def providers(self) -> Mapping[str, str]:
        """What EduConnect knows of it: what it is called there → where the answer is posted."""
        return {}

    # -- requests in, answers out -------------------------------------------------------

    def handle(self, request: Request) -> Outcome:
        """What becomes of *request*, faults included; one request at a time."""
        with self._turn:
            fault = self.faults.next_for(request)
            scene = Scene(request, lambda: self._answered(request), lambda: self.forget(_read(request)))
            outcome = fault.meet(scene) if fault else Outcome(scene.act())
            if outcome.was_received:
                self.log.append((request.method, urlsplit(request.url).path))
            if outcome.response is None:
                return outcome
            return attrs.evolve(outcome, response=attrs.evolve(outcome.response, url=request.url))

    @abstractmethod
    def answer(self, ask: Ask) -> Response:
        """The answer to *ask*; `missing()` for what this host does not have."""

    def missing(self) -> Response:
        """There is no such page."""
        return page("<h1>404</h1>", status=404)

    # -- who is signed in -----------------------------------------------------------------

    def sign_in(self, person: Person) -> dict[str, str]:
        """The cookie that keeps *person* signed in."""
        token = self.common.token()
        self._members[token] = person
        return {self.cookie: token}

    def member(self, ask: Ask) -> Person | None:
        """Who is signed in, and asks; `None`: somebody who is not."""
        return self._members.get(ask.cookies.get(self.cookie, ""))

    def forget(self, ask: Ask) -> None:
        """Whoever asks is not signed in any more, and is in the middle of nothing."""
        self._members.pop(ask.cookies.get(self.cookie, ""), None)

    def with_ticket(self, service: str, person: Person) -> str:
        """The address of *service* with a ticket for *person*."""
        ticket = self.common.tickets.give(service, person.login)
        return f"{service}{'&' if '?' in service else '?'}ticket={ticket}"

    # -- what arrived -----------------------------------------------------------------------

    def _answered(self, request: Request) -> Response:
        ask = _read(request)
        self.proofs += self._is_proof(ask)
        brought = {(ask.host, name, value) for name, value in ask.cookies.items()}
        self.foreign_cookies += len(brought - self._baked)
        answer = self.answer(ask)
        lines = (
            value.partition(";")[0].partition("=") for name, value in answer.headers if name == "set-cookie"
        )
        self._baked |= {(ask.host, name, value) for name, _, value in lines}
        return answer

    def _is_proof(self, ask: Ask) -> bool:
        """Whether a password is in it: anything in a field for one, or a known one anywhere at all."""
        wrong = ask.form.get("password") or (ask.form.get("j_username") and ask.form.get("j_password"))
        cookies = " ".join(ask.cookies.values())
        told = f"{ask.request.url} {ask.request.body.decode('utf-8', 'replace')} {cookies}"
        told = " ".join((told, unquote(told), unquote_plus(told)))
        return bool(wrong) or any(person.password in told for person in self.common.people)


def _read(request: Request) -> Ask:
    parts = urlsplit(request.url)
    sent = dict(request.headers)
    is_form = sent.get("content-type", "").startswith("application/x-www-form-urlencoded")
    body = request.body.decode("utf-8", "replace") if is_form else ""
    pairs = (pair.strip().partition("=") for pair in sent.get("cookie", "").split(";"))
    return Ask(
        request=request,
        method=request.method,
        path=parts.path,
        query=dict(parse_qsl(parts.query, keep_blank_values=True)),
        form=dict(parse_qsl(body, keep_blank_values=True)),
        cookies={name: value for name, _, value in pairs if name},
    )


# -- answers ----------------------------------------------------------------------------------

Jar = Mapping[str, str | None]
"""Cookies that are set, by name; `None`: it is taken back."""


def page(
    markup: str,
    *,
    status: int = 200,
    cookies: Jar | None = None,
    path: str = "/",
    seconds: int | None = None,
) -> Response:
    """A page.

    Args:
        markup: What stands after the first line.
        status: HTTP status.
        cookies: What is set, `Secure` and `HttpOnly`.
        path: The part of the host that cookies are set for.
        seconds: How long they are good; `None`: as long as the browser is open.
    """
    lines = (("content-type", "text/html; charset=utf-8"), *_lines(cookies, path, seconds))
    return Response(status, lines, body=f"<!DOCTYPE html>\n{markup}".encode())


def redirect(
    url: str, *, status: int = 302, cookies: Jar | None = None, path: str = "/", seconds: int | None = None
) -> Response:
    """The way to *url*: absolute, or beginning with a slash. Cookies as for `page`."""
    return Response(status, (("location", url), *_lines(cookies, path, seconds)))


def filled(template: str, **values: str) -> str:
    """*template* with every `{{name}}` replaced by its value, escaped for HTML.

    Raises:
        KeyError: A value is missing.
    """
    return GAP.sub(lambda gap: html.escape(values[gap[1]]), template)


def _lines(cookies: Jar | None, path: str, seconds: int | None) -> tuple[tuple[str, str], ...]:
    return tuple(
        ("set-cookie", f"{name}={value or ''}; Path={path}; Secure; HttpOnly{_age(value, seconds)}")
        for name, value in (cookies or {}).items()
    )


def _age(value: str | None, seconds: int | None) -> str:
    left = 0 if value is None else seconds
    return "" if left is None else f"; Max-Age={left}"
