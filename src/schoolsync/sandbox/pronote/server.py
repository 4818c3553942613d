"""PRONOTE in front of the invented collège: requests in, answers out, no socket.

```python
server = PronoteServer(college, clock=clock, generation=generation("2025.1.3"))
answer = server.answer(Request("GET", "https://college.example.test/pronote/eleve.html"))
```
"""

from __future__ import annotations

import datetime as dt
import json
import random
from contextlib import AbstractContextManager
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import attrs

from schoolsync.errors import Unreachable
from schoolsync.flow.effects import Clock
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.faults import Faults, Outcome, Scene
from schoolsync.sandbox.mount import turns
from schoolsync.sandbox.pronote import page
from schoolsync.sandbox.pronote.calendars import calendar
from schoolsync.sandbox.pronote.calling import Address, Calling, Wait
from schoolsync.sandbox.pronote.crypto import Garbled, drawn_text
from schoolsync.sandbox.pronote.doors import Door, Failures
from schoolsync.sandbox.pronote.files import (
    PRINTS,
    FileAddress,
    file_address,
    open_file,
    open_print,
    print_address,
    session_number,
)
from schoolsync.sandbox.pronote.gate import Gate, is_passed_by
from schoolsync.sandbox.pronote.generations import CURRENT, Generation
from schoolsync.sandbox.pronote.greeting import Greeting
from schoolsync.sandbox.pronote.sessions import Rules, Session, Sessions
from schoolsync.sandbox.pronote.tokens import MobileTokens
from schoolsync.sandbox.pronote.wire import Payload, json_response

__all__ = ["PronoteServer"]

CALLS, FAREWELLS, CALENDARS, APP = "appelfonction", "appeldeconnexion", "ical", "infomobileapp.json"
ADDRESS_PARTS = 3
EXPIRED = "La page a expiré !"


def _gate(server: PronoteServer) -> Gate:
    chance = random.Random(f"{server.seed} gate")
    return Gate(college=server.college, base_path=server.base_path, chance=chance)


def _calling(server: PronoteServer) -> Calling:
    """What answers calls; everything that is drawn by chance is drawn from the server's seed."""
    door = Door(
        college=server.college,
        generation=server.generation,
        failures=server.failures,
        chance=random.Random(f"{server.seed} doors"),
        tokens=server.tokens,
    )
    sessions = Sessions(server.rules, random.Random(f"{server.seed} sessions"))
    return Calling(
        college=server.college,
        generation=server.generation,
        payload=Payload(generation=server.generation, encrypts=server.encrypts, compresses=server.compresses),
        rules=server.rules,
        sessions=sessions,
        greeting=Greeting(college=server.college, generation=server.generation, sessions=sessions, door=door),
    )


@attrs.define(kw_only=True)
class PronoteServer:
    """Pages, function calls, files; one generation of the protocol."""

    college: SandboxCollege = attrs.field(kw_only=False, repr=False)
    """The school behind it; calls change it."""
    clock: Clock
    """Its time."""
    generation: Generation = CURRENT
    """How it talks."""
    encrypts: bool = False
    """Whether what is secured is encrypted."""
    compresses: bool = False
    """Whether it is compressed."""
    seed: int = 1
    """What session numbers, ids and challenges are drawn from."""
    base_path: str = "/pronote"
    """Where it stands on its host."""
    rules: Rules = attrs.field(factory=Rules)
    """How it behaves."""
    condition: page.Condition = "open"
    """What the whole site is; may be set at any time."""
    faults: Faults = attrs.field(factory=Faults, init=False)
    """What is going to go wrong; a call's path ends with the name of its function."""
    log: list[tuple[str, str]] = attrs.field(factory=list, init=False)
    """Method and path of every request that arrived, in order: no query, session, order number or body;
    a call's path ends with the name of its function."""
    failures: Failures = attrs.field(
        init=False, default=attrs.Factory(lambda self: Failures(self.rules), takes_self=True)
    )
    """Wrong passwords."""
    tokens: MobileTokens = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda self: MobileTokens(self.rules, random.Random(f"{self.seed} tokens")), takes_self=True
        ),
        repr=False,
    )
    """What telephones sign in with; `tokens.revoke_all()` ends them all."""
    calling: Calling = attrs.field(init=False, default=attrs.Factory(_calling, takes_self=True), repr=False)
    """What answers function calls."""
    _gate: Gate = attrs.field(init=False, default=attrs.Factory(_gate, takes_self=True), repr=False)
    _turn: AbstractContextManager[bool] = attrs.field(factory=turns, init=False, repr=False)

    @property
    def sessions(self) -> Sessions:
        """Who has opened a page."""
        return self.calling.sessions

    def keep_waiting(self, function: str, *, times: int = 1, seconds: float = 0.5) -> None:
        """The next call of *function* is answered only when it was repeated *times* times.

        Args:
            function: Its name.
            times: How often it must be asked again.
            seconds: What the server says about how long to wait each time.
        """
        self.calling.waits[function] = Wait(times, seconds)

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
            shown = self._shown(request)
            fault = self.faults.next_for(attrs.evolve(request, url=shown))
            scene = Scene(request, lambda: self._answer(request), lambda: self._forget(request))
            outcome = fault.meet(scene) if fault else Outcome(scene.act())
            if outcome.was_received:
                self.log.append((request.method, shown))
            if outcome.response is None:
                return outcome
            return attrs.evolve(outcome, response=attrs.evolve(outcome.response, url=request.url))

    def _shown(self, request: Request) -> str:
        """The path, with the name of the function instead of session and order number, and no file's name."""
        folder = self._below(request.url).partition("/")[0]
        if folder == CALLS:
            return f"{self.base_path}/{CALLS}/{_function(request.body)}"
        return f"{self.base_path}/{folder}"

    def _below(self, url: str) -> str:
        """The part of the path below the root, or the whole of it."""
        path = urlsplit(url).path
        is_below = path.lower().startswith(f"{self.base_path}/".lower())
        return path[len(self.base_path) + 1 :] if is_below else path.removeprefix(self.base_path)

    def _answer(self, request: Request) -> Response:
        at = self.clock.now().astimezone(self.college.year.zone)
        self.college.catch_up(at)
        answer = self._routed(request, self._below(request.url), at)
        name = (
            "nginx" if self.rules.hides_version else f"PRONOTE {self.generation.label} Microsoft-HTTPAPI/2.0"
        )
        return attrs.evolve(answer, headers=(*answer.headers, ("server", name)))

    def _routed(self, request: Request, path: str, at: dt.datetime) -> Response:
        if not urlsplit(request.url).path.lower().startswith(self.base_path.lower()):
            return page.missing()
        folder, *rest = path.split("/")
        if request.method == "POST":
            return self._post(request, folder, rest, at)
        if folder == CALENDARS:
            return calendar(request, self.college) or page.missing()
        address = file_address(request, path) or print_address(request, path)
        if address:
            return self._file(address, is_print=folder == PRINTS)
        if path.lower() == APP:
            return self._app()
        return self._page(request, path)

    def _forget(self, request: Request) -> None:
        """The log-in that *request* belongs to is forgotten."""
        folder, *rest = self._below(request.url).split("/")
        number = rest[1] if folder == CALLS and len(rest) > 1 else ""
        self.sessions.end(int(number) if number.isdigit() else session_number(request.url) or 0)

    # -- pages --------------------------------------------------------------------

    def _page(self, request: Request, name: str) -> Response:
        """The page called *name*, or what stands in its place."""
        parts = urlsplit(request.url)
        if parts.path.lower() == self.base_path.lower():
            return Response(301, (("location", urlunsplit(("", "", f"{parts.path}/", parts.query, ""))),))
        now = self.clock.monotonic()
        condition = "suspended" if self.failures.is_suspended(now) else self.condition
        if condition != "open":
            return page.notice(*page.SENTENCES[condition])
        space = page.space_called(name)
        if space is None:
            return page.missing()
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        front, arrived = self.rules.portal, None
        if front and not is_passed_by(query):
            met = self._gate.meet(front, request.url, space, query)
            if isinstance(met, Response):
                return met
            arrived = met
        elif self.rules.checks_browser and space.is_mobile and "fd" not in query:
            return page.notice(page.INCOMPATIBLE)
        session = self.sessions.begin(space.number, now)
        session.arrived = arrived
        return page.start_page(
            self.generation,
            session,
            encrypts=self.encrypts,
            compresses=self.compresses,
            is_demo=self.rules.is_demo,
            path=self.base_path,
        )

    def _app(self) -> Response:
        if not self.rules.has_app:
            return page.missing()
        now = f"{self.clock.now().astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S.000Z}"
        portal, token = self.rules.portal, drawn_text(self._gate.chance)
        address = portal.address if portal else None
        school = self.college.school.name
        return json_response(page.app_information(self.generation, school, now, address, token))

    def _file(self, address: FileAddress, *, is_print: bool) -> Response:
        """A file; a page instead when the session has ended or knows no such file. Evidence: read."""
        session = self.sessions.find(address.session, self.clock.monotonic())
        if session is None or session.account is None:
            return page.notice(EXPIRED)
        if is_print:
            return open_print(address, session.ids) or page.missing()
        return open_file(address, self.college, session.ids, session.cipher) or page.missing()

    # -- calls --------------------------------------------------------------------

    def _post(self, request: Request, folder: str, rest: list[str], at: dt.datetime) -> Response:
        if folder == CALLS and len(rest) == ADDRESS_PARTS:
            now = self.clock.monotonic()
            return self.calling.answer(request, Address(*rest), now=now, at=at)
        if folder == FAREWELLS and rest:
            return self._farewell(request, rest[0])
        return page.missing()

    def _farewell(self, request: Request, order: str) -> Response:
        """Nothing; the session that the browser left is forgotten if it really was its browser."""
        number, told = _farewell_of(request.body, has_new_names=self.generation.has_new_names)
        session = self.sessions.find(number, self.clock.monotonic())
        if session and told.lower() == order.lower() and _is_next(session, told):
            self.sessions.end(session.number)
        return Response(200)


def _function(body: bytes) -> str:
    """The name of the function that *body* calls, which is never encrypted; empty if it has none."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    name = (said.get("id") or said.get("nom")) if isinstance(said, dict) else None
    return name if isinstance(name, str) and name.isidentifier() else ""


def _farewell_of(body: bytes, *, has_new_names: bool) -> tuple[object, str]:
    """Session and order number in what a browser sends when it is closed."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None, ""
    if not isinstance(said, dict):
        return None, ""
    number, order = ("ns", "no") if has_new_names else ("numeroSession", "numeroOrdre")
    return said.get(number), str(said.get(order))


def _is_next(session: Session, order: str) -> bool:
    """Whether *order* is the session's next order number. Evidence: inferred."""
    try:
        return session.cipher.open(order) == str(session.order).encode()
    except Garbled:
        return False
