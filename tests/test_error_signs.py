"""The ClassCharts rows of docs/reference/errors.md, provoked one by one: leaf, facts, and how often it tries.

The tables themselves are read: a row without a case fails, and so does a case without a row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.drivers.vault import Keeper
from schoolsync.errors import SchoolSyncError, TimedOut, Undecodable, Unreachable, WrongCredentials
from schoolsync.flow.effects import Flow
from schoolsync.flow.http import Request, Response
from schoolsync.provider import Days, Span
from schoolsync.providers.classcharts.login import ParentLogin, StudentLogin
from schoolsync.providers.classcharts.service import ClassCharts
from schoolsync.testing.play import Answer, Script
from tests.error_tables import Row, Seen, agrees, read_rows
from tests.providers.classcharts import wire
from tests.providers.classcharts.wire import EXPIRED, TO_TES, answer, moved, page, refused, said

TIMES = {"no": 1, "once": 2, "paced": 3, "signed in": 2, "listed anew, then once": 2}
DAY = dt.date(2026, 3, 9)


ROWS = read_rows("EU")

# -- provoked ----------------------------------------------------------------------------

Case = Callable[[], list[Seen]]
PATHS = {"read": "/eventbadges/", "write": "/addparentbehaviour/", "pupils": "/pupils"}


def _caught(script: Script, flow: Flow[Any]) -> SchoolSyncError:
    with pytest.raises(SchoolSyncError) as caught:
        script.run(flow)
    return caught.value


def _school(path: str, given: Answer) -> Callable[[Request], Response]:
    """A school that answers *given* to one function, and lets everybody in."""
    whole = {"/parent/login": wire.entered(), "/ping": wire.pinged(), "/pupils": answer([wire.ALEX])}

    def serve(request: Request) -> Response:
        asked = urlsplit(request.url).path
        chosen = given if path in asked else next(one for end, one in whole.items() if asked.endswith(end))
        if isinstance(chosen, BaseException):
            raise chosen
        return attrs.evolve(chosen(request) if callable(chosen) else chosen, url=request.url)

    return serve


def call(given: Answer, kind: str = "read", *, strict: bool = False) -> Seen:
    """A parent who is signed in makes one call, and gets *given* whenever it is made."""
    service = wire.signed_in(wire.parent(strict=strict))
    native = service.native
    flow: Flow[Any] = native.badges() if kind == "read" else native.add_parent_behaviour(1)
    script = Script([_school(PATHS[kind], given)] * 40)
    error = _caught(script, flow)
    paths = [urlsplit(request.url).path for request in script.sent]
    return Seen(error, sum(PATHS[kind] in path for path in paths), paths.count("/parent/login"), kind)


def one_object(data: list[dict[str, Any]]) -> Seen:
    """A parent asks for one report card, and gets *data*."""
    service = wire.signed_in(wire.parent())
    script = Script([_school("/getpupilreportcard/", answer(data))] * 40)
    error = _caught(script, service.native.report_card(1))
    return Seen(error, len(script.sent), 0, "read")


def log_in(*given: Answer, student: bool = False) -> Seen:
    """Somebody signs in: *given* are the form's answer and the JSON log-in's."""
    script = wire.script(*given)
    error = _caught(script, (wire.student() if student else wire.parent()).login())
    forms = sum(not urlsplit(request.url).path.startswith("/apiv2") for request in script.sent)
    return Seen(error, forms, forms, "log-in")


def both(given: Answer) -> Case:
    """The same sign at a reading and at the log-in."""
    return lambda: [call(given), log_in(given)]


def reading(given: Answer) -> Case:
    """The sign at a reading."""
    return lambda: [call(given)]


def either(given: Answer) -> Case:
    """The sign at a reading and at a write: a dead session, which kept both from running."""
    return lambda: [call(given), call(given, "write")]


def no_pupils() -> list[Seen]:
    """A school that shows no pupils."""
    script = Script([_school("/pupils", answer([]))] * 40)
    error = _caught(script, wire.parent().login())
    assert sum(request.url.endswith("/ping") for request in script.sent) == 2
    assert sum(request.url.endswith("/pupils") for request in script.sent) == 2
    return [Seen(error, 1, 1, "log-in")]


def reason(sentence: str, *, student: bool = False) -> Seen:
    """A refused form, and what the JSON log-in says of it."""
    return log_in(page(), refused(sentence), student=student)


def file(given: Response) -> Seen:
    """A file whose address answers so."""
    service = wire.signed_in(wire.parent())
    with pytest.raises(SchoolSyncError) as caught:
        service.follow(
            Request("GET", "https://www.classcharts.com/f"),
            attrs.evolve(given, url="https://www.classcharts.com/f"),
        )
    return Seen(caught.value, 1, 0, "file")


def unsent(make: Callable[[ClassCharts], Flow[Any]], **flags: Any) -> Case:
    """Something that a parent who is signed in is told before anything is sent."""

    def case() -> list[Seen]:
        return [Seen(_caught(Script(), make(wire.signed_in(wire.parent(), **flags))), 0, 0, "unsent")]

    return case


def mistaken(*makes: Callable[[], object]) -> Case:
    """Something that is told where it is written."""

    def case() -> list[Seen]:
        found = []
        for make in makes:
            with pytest.raises(SchoolSyncError) as caught:
                make()
            found.append(Seen(caught.value, 0, 0, "unsent"))
        return found

    return case


def held(*, refused_before: bool) -> Case:
    """A log-in that the governor holds back: the real one, with its own ledger."""

    def case() -> list[Seen]:
        keeper = Keeper()
        first = (page(), refused("Invalid login credentials")) if refused_before else wire.PARENT_IN
        for _ in range(1 if refused_before else 3):
            script = wire.script(*first, holds=lambda one: keeper.permit(one.knock, one.outcome, wire.NOON))
            with suppress(WrongCredentials):
                script.run(wire.parent().login())
        script = wire.script(holds=lambda one: keeper.permit(one.knock, one.outcome, wire.NOON))
        error = _caught(script, wire.parent().login())
        assert (vars(error)["until"] is None) is refused_before
        return [Seen(error, 0, 0, "unsent")]

    return case


CHALLENGES = (
    page("<title>Just a moment...</title>"),
    page("<div class=g-recaptcha-response>", 403),
    page("<script src=/cdn-cgi/challenge-platform/x>", 503),
)
PAUSES = (
    page("", 429, ("retry-after", "7")),
    page(
        "", 429, ("retry-after", "Mon, 09 Mar 2026 12:00:07 GMT"), ("date", "Mon, 09 Mar 2026 12:00:00 GMT")
    ),
    page("", 429),
)
CASES: dict[str, Case] = {
    "E1a": either(EXPIRED),
    "E1b": either(refused("You are not logged in. [1]", expired=0)),
    "E1c": either(refused("Anything", status=401)),
    "E8a": lambda: [*either(TO_TES)(), *either(moved("https://www.classcharts.com/x?prompt=login"))()],
    "E8b": either(moved("/parent/login")),
    "E8c": reading(moved("/somewhere")),
    "E9": no_pupils,
    "E2a": lambda: [log_in(page(), refused("Invalid login credentials"))],
    "E2b": lambda: [log_in(moved("/mobile/parent"), refused("Invalid login credentials"))],
    "E2c": lambda: [
        log_in(moved("/", *wire.cookies("parent", credentials=text)), refused("Invalid login credentials"))
        for text in ("{}", "[]", "words")
    ],
    "E2d": lambda: [log_in(page("", status), refused("Invalid login credentials")) for status in (401, 422)],
    "E2e": lambda: [log_in(page("", status)) for status in (201, 403, 404, 418)],
    "E3a": lambda: [
        reason(text, student=True)
        for text in ("The pupil code you have provided is incorrect. Please ask.", "Invalid code")
    ],
    "E3b": lambda: [
        reason(f"The {text} you have provided is incorrect", student=True)
        for text in ("date of birth", "date")
    ],
    "E3c": lambda: [
        reason(text)
        for text in ("Email address or password provided is incorrect", "Invalid login credentials")
    ],
    "E3d": lambda: [reason("Your account is locked")],
    "E3e": lambda: [log_in(page(), answer({"id": 1}, {"session_id": "x"}))],
    "E3f": lambda: [log_in(page(), page("", 404))],
    "E3g": lambda: [reason("Captcha verification failed"), reason("reCAPTCHA missing", student=True)],
    "E4": lambda: [call(refused("You have reached the daily limit awarding this behaviour"), "write")],
    "E5": reading(refused("Invalid request")),
    "E6": reading(refused("You do not have access to this pupil")),
    "E7a": unsent(lambda service: service.lessons(Days()), display_timetable=False),
    "E7b": reading(refused("This feature has been disabled")),
    "E10a": reading(page("<h1>Log in</h1>")),
    "E10b": lambda: [seen for one in CHALLENGES for seen in both(one)()],
    "E10c": reading(page("<h1>Blocked</h1>", 403)),
    "E11a": both(page("<h1>Back soon</h1>", 503)),
    "E11b": lambda: [*both(page("<h1>Whoops</h1>", 500))(), *both(said({"success": 0, "error": "x"}, 502))()],
    "E12a": lambda: [seen for one in PAUSES for seen in both(one)()],
    "E12b": both(page("", 403, ("retry-after", "7"))),
    "E13": reading(Response(200)),
    "E15a": reading(attrs.evolve(answer([1, 2]), body=answer([1, 2]).body[:-5])),
    "E15b": reading(lambda _: _raised(Undecodable("inflate"))),
    "E15c": lambda: [call(given) for given in (said([]), said("x"), said({"data": []}))],
    "E15d": lambda: [call(said({"success": given})) for given in (None, "maybe", 2)],
    "E15e": lambda: [call(answer(given)) for given in ("x", 7, True)],
    "E15f": lambda: [call(answer([given]), strict=True) for given in ({}, {"id": 1, "colour": {}})],
    "E15h": lambda: [one_object([{"id": 1}, {"id": 2}])],
    "E15g": reading(lambda _: _raised(Undecodable("size"))),
    "E14a": lambda: [file(given) for given in (page(), page("<Error/>", 403), page("", 404))],
    "E14b": lambda: [file(moved("/parent/login")), file(moved("https://session.tes.com/v1/verify?x=1"))],
    "E14c": lambda: [file(page("", 429)), file(page("", 503))],
    "E16a": lambda: [
        call(lambda _: _raised(Unreachable(was_sent=False))),
        log_in(Unreachable(was_sent=False)),
    ],
    "E16b": reading(lambda _: _raised(Unreachable(was_sent=True))),
    "E16c": reading(lambda _: _raised(TimedOut(was_sent=True))),
    "E16d": lambda: [
        seen
        for error in (Unreachable(was_sent=True), Unreachable(was_sent=None), TimedOut(was_sent=True))
        for seen in (call(error, "write"), log_in(error))
    ],
    "E16e": lambda: [
        seen
        for error in (Unreachable(was_sent=False), TimedOut(was_sent=False))
        for seen in (call(error, "write"), log_in(error))
    ],
    "U1": mistaken(
        lambda: ParentLogin(" ", "x"), lambda: ParentLogin("x", ""), lambda: StudentLogin("", None)
    ),
    "U2": mistaken(lambda: StudentLogin.read("x", "2011-03-14")),
    "U3": unsent(lambda service: service.badges(pupil="Nobody")),
    "U4": mistaken(lambda: Days.read(DAY, "2026-03-01"), lambda: Days.read("soon")),
    "U5": held(refused_before=False),
    "U6": held(refused_before=True),
    "U7": unsent(lambda service: service.averages(Span())),
    "U8": unsent(lambda service: service.native.rewards()),
}


def _raised(error: SchoolSyncError) -> Response:
    raise error


@cache
def provoked(row: str) -> list[Seen]:
    """What came of a row's case, which is played once."""
    return CASES[row]()


# -- the tables ---------------------------------------------------------------------------


def test_every_row_has_a_case_and_every_case_a_row() -> None:
    """The tables were found, and nobody forgot one."""
    assert len(ROWS) > 40
    assert ROWS.keys() == CASES.keys()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_sign_is_the_leaf_of_its_row(row: Row) -> None:
    """With every fact that the row names."""
    agrees(row, provoked(row.id))


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_it_is_tried_again_as_often_as_its_row_says(row: Row) -> None:
    """Reads; a log-in or a write goes out once, unless a dead session kept it from running."""
    for one in provoked(row.id):
        if one.kind == "unsent":
            assert one.times == 0
        elif one.kind == "read" or (one.kind == "write" and row.tried == "signed in"):
            assert one.times == TIMES[row.tried]
            assert one.log_ins == (row.tried == "signed in")
        else:
            assert one.times == 1


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_is_shown_is_safe_to_paste(row: Row) -> None:
    """No secret, no name, no query."""
    for one in provoked(row.id):
        text = f"{one.error} {one.error!r} {one.error.__cause__!r}"
        for secret in (wire.EMAIL, wire.PASSWORD, wire.CODE, wire.FIRST_ID, wire.COOKIE, "Alex", "?"):
            assert secret not in text
