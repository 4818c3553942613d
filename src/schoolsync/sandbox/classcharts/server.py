"""ClassCharts in front of the invented school: requests in, answers out, no socket."""

from __future__ import annotations

import random
from collections.abc import Mapping
from contextlib import AbstractContextManager
from urllib.parse import parse_qs, quote, unquote, urlsplit

import attrs

from schoolsync.errors import Unreachable
from schoolsync.flow.effects import Clock
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts import urls
from schoolsync.sandbox.classcharts.actions import ACTIONS
from schoolsync.sandbox.classcharts.call import Call
from schoolsync.sandbox.classcharts.doors import Door
from schoolsync.sandbox.classcharts.links import Links, is_file_address, open_file, open_redirect, picture
from schoolsync.sandbox.classcharts.readings import FEATURE_OF, READINGS
from schoolsync.sandbox.classcharts.shapes import Mode, Rules, Shapes
from schoolsync.sandbox.classcharts.state import LogIn, Role, Sessions
from schoolsync.sandbox.classcharts.wire import Crash, Refusal, envelope, fields_of, page, refusal
from schoolsync.sandbox.faults import Faults, Outcome, Scene
from schoolsync.sandbox.mount import turns
from schoolsync.sandbox.school import SandboxSchool

__all__ = ["ClassChartsServer"]

NOT_LOGGED_IN = "You are not logged in. [1]"
SWITCHED_OFF = "This feature has been disabled by your school"
REPORT_CARDS = "getpupilreportcard"
"""Functions that begin so say `success: true`."""


@attrs.define
class ClassChartsServer:
    """Both APIs, the log-in pages and the file storage.

    ```python
    server = ClassChartsServer(school, clock=clock)
    answer = server.answer(Request("GET", "https://www.classcharts.com/apiv2parent/pupils"))
    ```
    """

    school: SandboxSchool
    """The school behind it; calls change it."""
    clock: Clock = attrs.field(kw_only=True)
    """Its time."""
    mode: Mode = attrs.field(default="lenient", kw_only=True)
    """What an API call must bring."""
    rules: Rules = attrs.field(factory=Rules, kw_only=True)
    """How it behaves."""
    shapes: Shapes = attrs.field(factory=Shapes, kw_only=True)
    """How it words its answers."""
    seed: int = attrs.field(default=1, kw_only=True)
    """What session ids are drawn from."""
    faults: Faults = attrs.field(factory=Faults, init=False)
    """What is going to go wrong."""
    log: list[tuple[str, str]] = attrs.field(factory=list, init=False)
    """Method and path of every request that arrived, in order: no query, header or body."""
    sessions: Sessions = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: Sessions(self.rules, random.Random(f"{self.seed} sessions")), takes_self=True
        ),
    )
    """Who is signed in."""
    _secret: str = attrs.field(
        init=False,
        repr=False,
        default=attrs.Factory(
            lambda self: f"{random.Random(f'{self.seed} links').getrandbits(128):032x}", takes_self=True
        ),
    )
    _turn: AbstractContextManager[bool] = attrs.field(factory=turns, init=False, repr=False)

    # -- requests in, answers out -----------------------------------------------

    def answer(self, request: Request) -> Response:
        """The answer to *request*, faults included.

        Raises:
            Unreachable: A fault broke the connection.
        """
        outcome = self.handle(request)
        if outcome.response is None:
            raise Unreachable(address=request.url, was_sent=outcome.was_received)
        return outcome.response

    def handle(self, request: Request) -> Outcome:
        """What becomes of *request*, faults included; one request at a time."""
        with self._turn:
            fault = self.faults.next_for(request)
            scene = Scene(request, lambda: self._answer(request), lambda: self._forget(request))
            outcome = fault.meet(scene) if fault else Outcome(scene.act())
            if outcome.was_received:
                self.log.append((request.method, urls.shown_path(request.url)))
            if outcome.response is None:
                return outcome
            return attrs.evolve(outcome, response=attrs.evolve(outcome.response, url=request.url))

    def _answer(self, request: Request) -> Response:
        self.school.catch_up(self.clock.now())
        try:
            place = urls.find(request.url)
            if place is None:
                return self._web(request)
            is_allowed = request.method in place.route.methods
            return self._api(request, place) if is_allowed else page("Method Not Allowed", status=405)
        except Refusal as no:
            return refusal(no.text, meta=no.meta)
        except Crash:
            return page("Whoops, looks like something went wrong.", status=500)

    def _forget(self, request: Request) -> None:
        self.sessions.end_by_id(_session_id(request))

    # -- pages ------------------------------------------------------------------

    def _web(self, request: Request) -> Response:
        path = urlsplit(request.url).path.rstrip("/")
        role = _LOG_IN_PAGES.get(path)
        if role:
            now, at = self.clock.monotonic(), self.clock.now()
            return self._door.form(role, request, fields_of(request), now=now, at=at)
        if path.startswith("/student/checkpupilcode/"):
            return envelope({"has_dob": self._door.asks_birthday(unquote(path.rpartition("/")[2]))})
        if path == urlsplit(urls.tes_address(request.url)).path:
            return _back_from_tes(request)
        return self._file(request, path)

    def _file(self, request: Request, path: str) -> Response:
        """A file, a picture, the redirect to a file; else nothing is there."""
        now = self.clock.monotonic()
        if is_file_address(request.url):
            return open_file(request, self.school, self._secret, now)
        if path.startswith(urls.PICTURES_PATH):
            return picture()
        if path != "/redirect":
            return page("Not Found", status=404)
        is_known = self._known_cookie(request) or self.sessions.find(_session_id(request), now)
        return open_redirect(request, self._secret) if is_known else page("Log in")

    @property
    def _door(self) -> Door:
        return Door(self.school, self.sessions, self.rules, self.shapes)

    # -- the API ----------------------------------------------------------------

    def _api(self, request: Request, place: urls.Place) -> Response:
        fields, now = fields_of(request), self.clock.monotonic()
        match place.route.name:
            case "login":
                return self._door.api(place.role, request, fields, now=now, at=self.clock.now())
            case "hasdob":
                return envelope({"has_dob": self._door.asks_birthday(fields.get("code", ""))})
            case "logout":
                return self._log_out(self.sessions.find(_session_id(request), now, is_ping=True))
        if self.mode == "tes" and not self._known_cookie(request):
            return _to_tes(request)
        log_in = self.sessions.find(_session_id(request), now, is_ping=place.route.name == "ping")
        if log_in is None or log_in.role != place.role:
            flag, status = self.rules.expired_flag, self.rules.expired_status
            return refusal(NOT_LOGGED_IN, expired=flag, status=status)
        return self._call(self._made(request, place, fields, log_in))

    def _made(self, request: Request, place: urls.Place, fields: Mapping[str, str], log_in: LogIn) -> Call:
        return Call(
            request=request,
            place=place,
            fields=fields,
            log_in=log_in,
            session_id=_session_id(request),
            sessions=self.sessions,
            school=self.school,
            shapes=self.shapes,
            rules=self.rules,
            moment=self.clock.now(),
            age=self.clock.monotonic(),
            links=Links(request.url, self._secret, self.clock.monotonic(), self.rules.link_life),
        )

    def _call(self, call: Call) -> Response:
        name = call.place.route.name
        is_off = name in FEATURE_OF and not call.desk.file.features[FEATURE_OF[name]]
        if is_off and (name in ACTIONS or self.rules.refuses_switched_off):
            raise Refusal(SWITCHED_OFF)
        is_blank = is_off or (self.rules.require_ping and not call.log_in.has_pinged)
        if name in ACTIONS:
            data, meta = ACTIONS[name](call)
        else:
            data, meta = ([], {}) if is_blank else READINGS[name](call)
        says_true = self.shapes.success_as_bool or name.startswith(REPORT_CARDS)
        return envelope(data, meta, success=True if says_true else 1)

    def _log_out(self, log_in: LogIn | None) -> Response:
        if log_in:
            self.sessions.end(log_in)
        return Response(200, (("content-type", "text/html; charset=utf-8"),))

    def _known_cookie(self, request: Request) -> bool:
        cookie = _cookies(request).get("cc-session")
        return cookie is not None and self.sessions.find_cookie(cookie, self.clock.monotonic()) is not None


_LOG_IN_PAGES: Mapping[str, Role] = {"/parent/login": "parent", "/student/login": "student"}


def _header(request: Request, name: str) -> str:
    return next((value for line, value in request.headers if line == name), "")


def _session_id(request: Request) -> str:
    scheme, _, said = _header(request, "authorization").partition(" ")
    return said.strip() if scheme.lower() == "basic" else ""


def _cookies(request: Request) -> dict[str, str]:
    """Cookies by name, the first of each: some clients send attributes and dates along."""
    found: dict[str, str] = {}
    for piece in _header(request, "cookie").split(";"):
        name, equals, value = piece.partition("=")
        if equals:
            found.setdefault(name.strip(), value.strip())
    return found


def _to_tes(request: Request) -> Response:
    """To the verification page, which leads nowhere without a browser."""
    target = f"{urls.tes_address(request.url)}?prompt=login&returnUrl={quote(request.url, safe='')}"
    return Response(302, (("location", target),))


def _back_from_tes(request: Request) -> Response:
    """Where the verification page sends a browser that is not signed in: back, and so for ever."""
    target = next(iter(parse_qs(urlsplit(request.url).query).get("returnUrl", [])), "")
    if urls.origin_of(target) != urls.origin_of(request.url):
        return page("Not Found", status=404)
    mark = "" if "prompt=login" in target else "&prompt=login" if "?" in target else "?prompt=login"
    return Response(302, (("location", target + mark),))
