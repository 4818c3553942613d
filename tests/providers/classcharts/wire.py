"""ClassCharts' side of a scripted conversation: answers as the server words them, and who hears them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit
from zoneinfo import ZoneInfo

import attrs

from schoolsync.flow.http import Headers, Request, Response
from schoolsync.model import Pupil
from schoolsync.provider import Options
from schoolsync.providers.classcharts.account import Account
from schoolsync.providers.classcharts.envelope import Envelope, Opened, read_rows
from schoolsync.providers.classcharts.login import ParentLogin, StudentLogin
from schoolsync.providers.classcharts.mapping.mapped import Context
from schoolsync.providers.classcharts.mapping.people import to_pupil
from schoolsync.providers.classcharts.schema.people import PupilRow
from schoolsync.providers.classcharts.schema.words import Row
from schoolsync.providers.classcharts.service import ClassCharts
from schoolsync.providers.classcharts.session import ORIGIN, Session, Shelf
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script

EMAIL, PASSWORD = "robin@example.test", "s3cret&+ pässwörd"
CODE, BORN = "zztest0001", dt.date(2011, 3, 14)
FIRST_ID, COOKIE = "f" * 31 + "1", "opaque0cookie0value"
LONDON = ZoneInfo("Europe/London")
NOON = dt.datetime(2026, 3, 9, 12, tzinfo=LONDON)

ALEX: dict[str, Any] = {"id": 5000001, "name": "Alex Example", "first_name": "Alex", "last_name": "Example"}
SAM: dict[str, Any] = {"id": 5000002, "name": "Sam Example", "first_name": "Sam", "last_name": "Example"}
ROBIN: dict[str, Any] = {"id": 910001, "name": "Robin Example", "email": EMAIL, "isEmailVerified": True}


# -- answers -------------------------------------------------------------------


def said(body: object, status: int = 200, *lines: tuple[str, str]) -> Response:
    """Any JSON."""
    headers = (("content-type", "application/json; charset=utf-8"), *lines)
    return Response(status, headers, body=json.dumps(body).encode())


def answer(data: object = (), meta: object = (), success: object = 1) -> Response:
    """A successful envelope; empty maps are `[]`, as there."""
    return said({"success": success, "data": data, "meta": meta})


def refused(text: str | None, *, expired: object = 0, status: int = 200) -> Response:
    """A refusal."""
    return said({"success": 0, "expired": expired, "data": None, "meta": [], "error": text}, status)


def page(markup: str = "<h1>Log in</h1>", status: int = 200, *lines: tuple[str, str]) -> Response:
    """An HTML page."""
    return Response(status, (("content-type", "text/html; charset=utf-8"), *lines), body=markup.encode())


def moved(location: str, *lines: tuple[str, str], status: int = 302) -> Response:
    """A redirect."""
    return Response(status, (("location", location), *lines))


def cookies(
    role: str, session_id: str = FIRST_ID, *, credentials: str | None = None
) -> list[tuple[str, str]]:
    """The two lines that a log-in sets."""
    text = json.dumps({"remember_me": True, "session_id": session_id}) if credentials is None else credentials
    life = "expires=Tue, 09-Mar-2027 12:00:00 GMT; Max-Age=7200; path=/"
    return [
        ("set-cookie", f"cc-session={COOKIE}; {life}; HttpOnly"),
        ("set-cookie", f"{role}_session_credentials={quote(text, safe='')}; {life}"),
    ]


def entered(role: str = "parent", session_id: str = FIRST_ID) -> Response:
    """A log-in form that was accepted."""
    return moved(f"/mobile/{role}", *cookies(role, session_id))


def pinged(user: dict[str, Any] | None = None, session_id: str | None = "b" * 32) -> Response:
    """A ping's answer."""
    meta = {"version": "28.7.1"} | ({"session_id": session_id} if session_id else {})
    return answer({"user": ROBIN if user is None else user}, meta)


EXPIRED = refused("You are not logged in. [1]", expired=1)
TO_TES = moved("https://session.tes.com/v1/verify?returnUrl=https%3A%2F%2Fwww.classcharts.com%2F")
PARENT_IN: tuple[Response, ...] = (entered(), pinged(), answer([ALEX, SAM]))
"""What a parent's whole log-in hears."""
STUDENT_IN: tuple[Response, ...] = (entered("student"), pinged(ALEX))
"""What a student's whole log-in hears."""


# -- who hears them -------------------------------------------------------------


def _there(given: Answer) -> Answer:
    """*given*, coming from where the request went."""
    if isinstance(given, Response):
        return lambda request: attrs.evolve(given, url=request.url)
    return given


def script(*answers: Answer, **options: Any) -> Script:
    """A script of *answers*."""
    return Script([_there(given) for given in answers], **options)


def options(clock: HandClock | None = None, *, strict: bool = False, keep_raw: bool = False) -> Options:
    """A client's options; the clock stands still at noon unless given."""
    return Options(clock=clock or HandClock(NOON), is_strict=strict, keeps_raw=keep_raw)


def parent(clock: HandClock | None = None, *, strict: bool = False) -> ClassCharts:
    """A parent's service that has not signed in."""
    return _service(ParentLogin(EMAIL, PASSWORD), options(clock, strict=strict))


def student(clock: HandClock | None = None, *, strict: bool = False) -> ClassCharts:
    """A student's service that has not signed in."""
    return _service(StudentLogin(CODE, BORN), options(clock, strict=strict))


def _service(login: ParentLogin | StudentLogin, given: Options) -> ClassCharts:
    session = Session(login.role, ORIGIN, given)
    return ClassCharts(Account(login, session), Shelf(session))


def signed_in(service: ClassCharts, **flags: Any) -> ClassCharts:
    """*service* after a log-in; every pupil's row has *flags* too."""
    pupils = [ALEX | flags, SAM | flags]
    is_parent = service.account.role == "parent"
    answers = (entered(), pinged(), answer(pupils)) if is_parent else (entered("student"), pinged(pupils[0]))
    script(*answers).run(service.login())
    return service


def sent(talk: Script) -> list[str]:
    """Method and path of everything that was sent."""
    return [f"{request.method} {urlsplit(request.url).path}" for request in talk.sent]


def form(request: Request) -> dict[str, str]:
    """The fields of a request's body, decoded."""
    return dict(parse_qsl(request.body.decode(), keep_blank_values=True, strict_parsing=bool(request.body)))


def header(request: Request, name: str) -> str | None:
    """One header line of a request."""
    return next((value for line, value in request.headers if line == name), None)


def plain(lines: Headers) -> dict[str, str]:
    """Header lines by name; each may stand there once."""
    assert len({name for name, _ in lines}) == len(lines)
    return dict(lines)


# -- rows without a conversation -------------------------------------------------


def pupil(timezone: str | None = None) -> Pupil:
    """Alex."""
    return to_pupil(PupilRow.model_validate(ALEX | {"timezone": timezone}), ORIGIN)


def context(**given: Any) -> Context:
    """What a mapping is told about Alex."""
    return Context(pupil(), **given)


def listing(
    row: type[Row], meta: type[Row], data: Iterable[object] | Callable[[], object], said_meta: object = ()
) -> Envelope[Any, Any]:
    """The envelope of *data*, read by the schema."""
    opened = Opened(list(data) if not callable(data) else data(), dict(said_meta or {}))  # type: ignore[call-overload]
    return read_rows(options(keep_raw=True), opened, row, meta)
