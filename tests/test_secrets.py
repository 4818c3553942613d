"""No password, code, birthday, session id, cookie, address, name or mark is ever printed.

Everything is provoked at DEBUG with ears at the root logger: whole conversations over served HTTP,
through clients of ours and injected ones, in process; and every error that ClassCharts can lead to.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import importlib
import json
import logging
import re
import warnings
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from pydantic import BaseModel

from schoolsync import classcharts, errors
from schoolsync.drivers import vault
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts import ClassChartsServer, Rules
from schoolsync.sandbox.classcharts.links import Links
from schoolsync.sandbox.classcharts.state import Sessions
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import (
    Drop,
    ExpireSession,
    Fault,
    HugeBody,
    LoseAnswer,
    Outcome,
    RedirectLoop,
    Retype,
    Scene,
    Slow,
    Status,
    TooMany,
    Truncate,
)
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.serve import serve
from tests.fuzz.mutant import without_pauses
from tests.listening import Ears, Secrets, listening
from tools.record import ACCOUNTS, NEW_PASSWORD, SCRIPTS, Patient, new_clock, new_server

PLACE = "www.classcharts.com"
ROBIN, ALEX = ACCOUNTS["parent"].log_in, ACCOUNTS["student"].log_in
WRONG, NOBODY, NO_CODE, NOT_BORN = "a wr0ng p&ssword", "Alex Exampel", "ZZNOBODY99", "03/04/2012"
TYPED = {
    "password": ROBIN[1],
    "e-mail": ROBIN[0],
    "new password": NEW_PASSWORD,
    "wrong password": WRONG,
    "code": ALEX[0],
    "birthday": ALEX[1],
    "ISO birthday": "2011-03-14",
    "wrong code": NO_CODE,
    "wrong birthday": NOT_BORN,
    "nobody": NOBODY,
}
KNOWN = {
    "first name": "Alex",
    "name": "Robin Example",
    "mark": "18/20",
    "grade": "6.5/10",
    "homework": "Algebra",
    "announcement": "Museum trip",
    "reason": "Excellent effort",
    "teacher": "Mr K Sample",
}


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has knocked anywhere yet."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What any server gave: session ids, cookies, signatures of addresses."""
    made: list[str] = []
    token, redirect = Sessions._token, Links.redirect

    def new_token(sessions: Sessions) -> str:
        made.append(token(sessions))
        return made[-1]

    def new_redirect(links: Links, target: str) -> str:
        address = redirect(links, target)
        made.extend(re.findall(r"signature(?:=|%3D)(\w+)", address))
        return address

    monkeypatch.setattr(Sessions, "_token", new_token)
    monkeypatch.setattr(Links, "redirect", new_redirect)
    return made


def secrets(given: list[str]) -> Secrets:
    """What must not be heard: what was typed, what a server gave, whom it is about."""
    return Secrets({**TYPED, **KNOWN, **{f"given {number}": one for number, one in enumerate(set(given))}})


@attrs.define
class Remembering:
    """The sandbox in process; it keeps every request and answer."""

    inner: Mount
    spoken: list[Any] = attrs.field(factory=list)

    def exchange(self, request: Request) -> Response:
        """The answer to *request*."""
        self.spoken += (request, answer := self.inner.exchange(request))
        return answer


def shown_by(client: Any) -> list[Any]:
    """The parts of a client that a debugger or a careless log line would print."""
    service = client._service
    session = service.account.session
    return [
        *(client, client.native, service, service.account, service.account.login, client._driver),
        *(session, session.cookies, *session.cookies.kept, session.session_id, session.options),
        *(service.account.login.credentials, service.shelf, client.capabilities, *client.pupils),
        *(client.school, service.native),
    ]


# -- whole conversations ---------------------------------------------------------


def hold(kind: Any, role: str, ears: Ears, clock: HandClock, **options: Any) -> None:
    """The conversation of *role* with a blocking client."""
    with without_pauses(kind(*ACCOUNTS[role].log_in, clock=clock, **options)) as client:
        for _ in SCRIPTS[role](Patient(client), clock, ACCOUNTS[role]).__await__():
            raise TypeError
        ears.look_at(*shown_by(client))


async def hold_async(kind: Any, role: str, ears: Ears, clock: HandClock, **options: Any) -> None:
    """The same with an async one."""
    async with kind(*ACCOUNTS[role].log_in, clock=clock, **options) as client:
        await SCRIPTS[role](Patient(client), clock, ACCOUNTS[role])
        ears.look_at(*shown_by(client))


ROADS = ("own", "httpx", "httpx2", "async own", "async httpx", "async httpx2", "in process")


@pytest.mark.parametrize("role", SCRIPTS)
@pytest.mark.parametrize("road", ROADS)
def test_a_whole_conversation_is_discreet(role: str, road: str, given: list[str]) -> None:
    """Over every road, at DEBUG, with downloads, a renewal and a log-out."""
    server = new_server(new_clock())
    with listening() as ears:
        _speak(road, role, ears, server)
    assert len(set(given)) > 10
    assert ears.leaks(secrets(given)) == []
    if road != "in process":
        core = "httpcore2" if road.endswith("httpx2") else "httpcore"
        assert any(where.startswith(f"log {core}.") for where, _ in ears.heard), "the library was listened to"


def _speak(road: str, role: str, ears: Ears, server: ClassChartsServer) -> None:
    clock = server.clock
    assert isinstance(clock, HandClock)
    side = "Async" if road.startswith("async") else ""
    kind = getattr(classcharts, f"{side}{role.title()}Client")
    if road == "in process":
        memory = Remembering(Mount({PLACE: server}))
        hold(kind, role, ears, clock, http_client=memory)
        return ears.look_at(*memory.spoken)
    library = road.rsplit(maxsplit=1)[-1]
    made = None if library == "own" else getattr(importlib.import_module(library), f"{side}Client")()
    with serve(server) as place:
        options = {"base_url": place.url, "http_client": made}
        if not side:
            hold(kind, role, ears, clock, **options)
            if made:
                made.close()
            return None

        async def speak() -> None:
            await hold_async(kind, role, ears, clock, **options)
            if made:
                await made.aclose()

        return asyncio.run(speak())


def test_records_are_discreet(given: list[str]) -> None:
    """Neither a record nor a row, a list or an envelope shows whom it is about, not even with `keep_raw`."""
    clock = new_clock()
    server = new_server(clock)
    client = classcharts.ParentClient(*ROBIN, http_client=Mount({PLACE: server}), clock=clock, keep_raw=True)
    with listening() as ears, client:
        days = (dt.date(2026, 9, 1), dt.date(2026, 11, 29))
        for listing in (
            client.get_lessons("2026-11-23"),
            *(client.get_homeworks(*days), client.get_marks(*days), client.get_absences(*days)),
            *(client.get_announcements(), client.get_badges(), client.get_sanctions(*days)),
            *(client.get_behaviour_events(*days), client.get_activity(*days), client.get_detentions()),
            *(client.get_pupils(), client.get_classes(), client.get_academic_reports()),
        ):
            assert listing
            ears.look_at(
                listing, *listing, *(file for row in listing for file in getattr(row, "attachments", ()))
            )
        ears.look_at(
            *(client.get_attendance(*days), client.get_behaviour(*days), client.get_student_info()),
            *(client.get_academic_report(121), client.native.get_homeworks(*days)),
            *(client.native.get_parent_info(), client.native.request("pupils")),
        )
    assert ears.leaks(secrets(given)) == []


# -- every error -----------------------------------------------------------------


@attrs.frozen
class Says(Fault):
    """A refusal that quotes what it should not."""

    text: str

    def meet(self, scene: Scene) -> Outcome:
        """The refusal."""
        said = {"success": 0, "expired": 0, "error": self.text}
        return Outcome(Response(200, (("content-type", "application/json"),), body=json.dumps(said).encode()))


QUOTING = f"<b>{ROBIN[0]}</b> and {ROBIN[0].upper()} with {ROBIN[1]} cannot see Alex Example"
Act = Callable[[Any], Any]
DAYS = ("2026-09-01", "2026-11-29")


@attrs.frozen
class Trouble:
    """Something that goes wrong, and the leaf that it leads to."""

    leaf: type[errors.SchoolSyncError]
    act: Act
    fault: Fault | None = None
    path: str = "*/homeworks/*"
    role: str = "parent"
    log_in: tuple[str, str] | None = None
    options: dict[str, Any] = attrs.field(factory=dict)
    rules: Rules = attrs.field(factory=Rules)
    patience: dt.timedelta | None = None


def homeworks(client: Any) -> Any:
    """One reading."""
    return client.get_homeworks(*DAYS)


def a_file(client: Any) -> Any:
    """The first bytes of a file."""
    found = next(file for row in homeworks(client) for file in row.attachments if file.kind == "file")
    with client.open(found) as chunks:
        return next(chunks)


def often(client: Any) -> None:
    """More log-ins than are good."""
    for _ in range(5):
        client.login()


TROUBLES = (
    Trouble(errors.Unreachable, homeworks, Drop()),
    Trouble(errors.TimedOut, homeworks, Slow(dt.timedelta(seconds=9)), patience=dt.timedelta(seconds=1)),
    Trouble(
        errors.Interrupted, lambda c: c.change_password(ROBIN[1], NEW_PASSWORD), LoseAnswer(), "*/password"
    ),
    Trouble(errors.Interrupted, lambda c: c.purchase_reward(5502), LoseAnswer(), "*/purchase/*", "student"),
    Trouble(errors.WrongCredentials, lambda c: c.login(), log_in=(ROBIN[0], WRONG)),
    Trouble(errors.WrongCredentials, lambda c: c.login(), role="student", log_in=(NO_CODE, ALEX[1])),
    Trouble(errors.WrongCredentials, lambda c: c.login(), role="student", log_in=(ALEX[0], NOT_BORN)),
    Trouble(errors.ChallengeUnanswered, homeworks, Status(403)),
    Trouble(errors.SchoolSyncError, lambda c: c.login(), rules=Rules(requires_captcha=True)),
    Trouble(errors.ActionRequired, homeworks, RedirectLoop("https://session.tes.com/v1/verify?returnUrl=x")),
    Trouble(errors.LoginHeld, often),
    Trouble(errors.Unavailable, lambda c: c.get_averages()),
    Trouble(errors.InstanceClosed, homeworks, Status(503, "<h1>Alex Example</h1>")),
    Trouble(errors.SessionExpired, homeworks, RedirectLoop("https://www.classcharts.com/parent/login")),
    Trouble(errors.ActionRequired, homeworks, ExpireSession()),
    Trouble(errors.StaleReference, lambda c: c.set_homework_done("homework-0", True), role="student"),
    Trouble(errors.StaleReference, a_file, Status(200, "<h1>Alex Example</h1>"), "/redirect"),
    Trouble(errors.RateLimited, homeworks, TooMany("3600")),
    Trouble(errors.Refused, homeworks, Says(QUOTING)),
    Trouble(errors.Refused, lambda c: c.change_password(WRONG, NEW_PASSWORD)),
    Trouble(errors.Refused, lambda c: c.get_student_code(dt.date(2012, 4, 3)), role="student"),
    Trouble(errors.Undecodable, homeworks, Truncate()),
    Trouble(errors.Undecodable, homeworks, HugeBody()),
    Trouble(errors.UnexpectedShape, homeworks, Retype("data", "Alex Example")),
    Trouble(errors.UnexpectedShape, homeworks, Retype("data[].due_date", QUOTING), options={"strict": True}),
    Trouble(errors.UnexpectedShape, homeworks, Retype("data[].id", QUOTING), options={"strict": True}),
    Trouble(errors.UnknownName, lambda c: c.get_homeworks(pupil=NOBODY)),
    Trouble(errors.UnknownName, lambda c: c.select_pupil(NOBODY)),
    Trouble(errors.BadArgument, lambda c: c.get_student_code(ALEX[1]), role="student"),
    Trouble(errors.BadArgument, lambda c: c.get_homeworks(NOBODY)),
    Trouble(errors.BadArgument, lambda c: c.change_password(ROBIN[1], "")),
    Trouble(errors.BadArgument, lambda _: classcharts.StudentClient(ALEX[0], "2011/03/14")),
    Trouble(errors.BadArgument, lambda _: classcharts.ParentClient(*ROBIN, base_url=f"ftp://{ROBIN[0]}")),
    Trouble(errors.BadArgument, lambda _: classcharts.ParentClient(*ROBIN, http_client=WRONG)),  # type: ignore[arg-type]
)


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.leaf.__name__)
def test_an_error_is_discreet(trouble: Trouble, given: list[str]) -> None:
    """Its text, `repr`, traceback and everything behind it, and what is logged on the way."""
    clock = new_clock()
    server = new_server(clock)
    server.rules = trouble.rules
    with listening() as ears:
        error = provoked(trouble, server, ears)
    assert isinstance(error, trouble.leaf)
    ears.catch(error)
    assert ears.leaks(secrets(given)) == []


def provoked(trouble: Trouble, server: ClassChartsServer, ears: Ears) -> errors.SchoolSyncError:
    """The error that *trouble* leads to, with a client that had already read everything."""
    kind = classcharts.ParentClient if trouble.role == "parent" else classcharts.StudentClient
    memory = Remembering(Mount({PLACE: server}, trouble.patience))
    log_in = trouble.log_in or ACCOUNTS[trouble.role].log_in
    client = without_pauses(kind(*log_in, http_client=memory, clock=server.clock, **trouble.options))
    if trouble.log_in is None and not trouble.rules.requires_captcha:
        homeworks(client)
    if trouble.fault:
        server.faults.add(trouble.fault, trouble.path, times=9)
    with pytest.raises(errors.SchoolSyncError) as caught:
        trouble.act(client)
    ears.look_at(client, *memory.spoken)
    return caught.value


def test_every_error_that_can_come_was_provoked() -> None:
    """Of the leaves, only those are missing that no parent or student of ClassCharts can meet."""
    leaves = {
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.SchoolSyncError) and not kind.__subclasses__()
    }
    missing = {leaf.__name__ for leaf in leaves - {trouble.leaf for trouble in TROUBLES}}
    assert missing == {"AddressSuspended", "LostOnTheWay", "ProfileRequired", "Unsupported"}


# -- the ears hear ----------------------------------------------------------------


class Mark(BaseModel):
    """A model that does not hide what it was given."""

    value: int


def _chained() -> errors.SchoolSyncError:
    error = errors.Undecodable("JSON")
    with pytest.raises(ValueError, match="value") as caught:
        Mark(value="18/20")  # type: ignore[arg-type]
    error.__cause__ = caught.value
    return error


PLANTED: tuple[tuple[str, Callable[[Ears], Any]], ...] = (
    ("password", lambda _: logging.getLogger("httpcore.http11").debug("send %r", TYPED["password"])),
    ("e-mail", lambda _: logging.getLogger("httpx2").debug("GET /?q=%s", "robin%40example.test")),
    (
        "birthday",
        lambda _: logging.getLogger("a.b").debug("dob %s", "14%2F03%2F2011"),
    ),
    ("code", lambda _: warnings.warn("zztest0001 is old", stacklevel=1)),
    ("first name", lambda ears: ears.look_at({"pupil": "Alex"})),
    ("mark", lambda ears: ears.catch(_chained())),
    ("new password", lambda ears: ears.catch(errors.Refused(NEW_PASSWORD))),
    ("given 0", lambda ears: ears.look_at(b"\x00" + b"0" * 32)),
)


@pytest.mark.parametrize(
    ("name", "plant"), PLANTED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_planted_leak_is_heard(name: str, plant: Callable[[Ears], Any]) -> None:
    """In a child logger, a query, a warning, a `repr`, a cause."""
    with listening() as ears:
        plant(ears)
    assert name in " ".join(ears.leaks(secrets(["0" * 32])))
    with listening() as silence:
        logging.getLogger("httpx").debug("HTTP Request: GET https://www.classcharts.com/parent/login 200")
    assert silence.leaks(secrets(["0" * 32])) == []
