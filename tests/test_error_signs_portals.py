"""The rows of docs/reference/errors.md on school portals, provoked one by one: leaf, facts, no second try.

The tables themselves are read: a row without a case fails, and so does a case without a row.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Final

import attrs
import pytest

from schoolsync import ent
from schoolsync.drivers.vault import Keeper
from schoolsync.ent import directory, families, keycloak_monlycee, openent_local
from schoolsync.ent.portal import Family, Portal, Profile, State
from schoolsync.errors import SchoolSyncError, WrongCredentials
from schoolsync.flow.effects import Flow
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.address import Space
from schoolsync.providers.pronote.discovery import find_cas, find_schools, instance
from schoolsync.providers.pronote.entrance import sign_in
from schoolsync.providers.pronote.login import AutoLogin, PortalLogin, read_login
from schoolsync.providers.pronote.passage import settled
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.ent import sign_cases, sign_cases_portals, walking
from tests.ent.signs import KOSMOS, KOSMOS_EDU, LOCAL, VOUCHED, Case, Met, Way, behind, unsent
from tests.ent.walking import looked, page, refused
from tests.error_tables import TABLES, Row, agrees, read_rows
from tests.providers.pronote import passing
from tests.providers.pronote.passing import ENTRANCE, LOGIN
from tests.providers.pronote.passing import VOUCHED as FLAGS
from tests.providers.pronote.wire import JSON, NOON, ROOT, Server, html, session

ROWS = read_rows("CD")
TIMES = {"no": (0, 1), "from the start": (2,), "on the way back": (2, 3)}
"""How often the portal is asked at its entrance."""
MARKS = {"recorded", "read", "inferred", "guess"}
SECRETS = (
    *(walking.USERNAME, walking.PASSWORD, "ST-1-invented", "ST-2-invented", "e1s1-invented"),
    *(passing.USERNAME, passing.WORD, passing.HANDLE, passing.ONCE, passing.TICKET, "EXAMPLE"),
)


# -- the school, before and after ---------------------------------------------------------------


def entering(*answers: Answer, login: PortalLogin = LOGIN) -> Met:
    """A whole log-in of PRONOTE's own code."""
    return played(lambda: sign_in(session(), login), *answers)


def played(flow: Callable[[], Flow[Any]], *answers: Answer, kind: str = "walk", holds: Any = None) -> Met:
    """What came of a flow that gets *answers*."""
    script = Script(list(answers), holds=holds)
    with pytest.raises(SchoolSyncError) as caught:
        script.run(flow())
    assert not script.answers
    urls = [request.url for request in script.sent]
    told = sum(b"Portail" in request.body for request in script.sent)
    return Met(caught.value, urls.count(ENTRANCE), told, kind if urls else "unsent")


def at_school(*pages: Response) -> Case:
    """Signs of the school, to whoever comes for the first time, and to the ticket."""
    return lambda: [
        *(entering(attrs.evolve(one, url=passing.PAGE)) for one in pages),
        *behind(*pages),
    ]


def not_taken() -> list[Met]:
    """The name and the word for one use, which the school does not know."""
    server = Server(flags=FLAGS)
    start = [*passing.arrived(lambda _: server.page()), *passing.who_is_vouched_for(server)[:2]]
    said = server.answered("Authentification", {"Acces": 1})
    return [entering(*passing.to_portal(), *passing.asked_and_let_in(), *start, said)]


def misled() -> list[Met]:
    """A school that asks for a ticket on behalf of another one."""
    other = ENTRANCE.replace("0000000A", "0000000B")
    return [entering(*passing.to_portal(other))]


def elsewhere() -> list[Met]:
    """A school with another portal before it."""
    other = ENTRANCE.replace(passing.CAS, "cas.other.example")
    return [entering(*passing.to_portal(other)), walked_past(KOSMOS), walked_past(KOSMOS_EDU)]


def walked_past(way: Way) -> Met:
    """A walk that is to begin where this portal has no place."""
    door = attrs.evolve(way.door, entrance="https://cas.other.example/login?service=x")
    walk = refused(way.portal, door=door)
    assert walk.error
    return Met(walk.error, len(walk.sent), walk.proofs, "walk")


SCHOOL: Final[Mapping[str, Case]] = {
    "C1a": lambda: [entering(Server().page())],
    "C1b": misled,
    "C1c": at_school(page(sign_cases.SUSPENDED), page(sign_cases.SUSPENDED, status=503)),
    "C1d": at_school(sign_cases.CLOSED),
    "C1e": at_school(sign_cases.BUSY, html("", 429, ("retry-after", "7"))),
    "C1f": at_school(page("", status=503), page("", status=500)),
    "C1g": at_school(sign_cases.GONE, page("", status=404)),
    "C1m": not_taken,
    "C1n": elsewhere,
}


# -- finding out ----------------------------------------------------------------------------------


def told(said: object) -> Response:
    """JSON."""
    return Response(200, JSON, body=json.dumps(said).encode())


def of_itself(*answers: Answer) -> list[Met]:
    """What a school tells about itself."""
    return [played(lambda: instance(ROOT), answer, kind="read") for answer in answers]


def of_others(*answers: Answer) -> list[Met]:
    """What the directory tells of schools."""
    return [played(lambda: find_schools(46.5, 2.5), answer, kind="read") for answer in answers]


def of_its_portal(*pages: Answer, tells: Answer) -> list[Met]:
    """What a school's page shows to `find_cas`, after its information."""
    clock = HandClock(NOON)
    return [played(lambda: find_cas(ROOT, Space.STUDENT, clock), tells, one, kind="read") for one in pages]


def automatic(entrance: str) -> Met:
    """`cas="auto"`, and where the school leads."""
    login = AutoLogin(ROOT, Space.STUDENT, passing.USERNAME, passing.WORD)
    way = passing.redirect(entrance, passing.PAGE)
    return played(lambda: settled(session(), login), html("", 404), way, html("<h1>x</h1>"), kind="read")


NOTHING: Final = html("", 404)
FINDING: Final[Mapping[str, Case]] = {
    "C7a": lambda: of_itself(NOTHING, html("", 403), passing.redirect(ENTRANCE, ROOT)),
    "C7b": lambda: [*of_itself(html("", 503)), *of_others(html("", 502))],
    "C7c": lambda: [
        *of_itself(html("", 429, ("retry-after", "7"))),
        *of_others(html("", 429, ("retry-after", "7"))),
    ],
    "C7d": lambda: [*of_itself(html("<p>PRONOTE</p>")), *of_others(html("<p>x</p>"), html(""))],
    "C7e": lambda: [*of_itself(told([1]), told("x")), *of_others(told("x"), told({"a": 1}))],
    "C7f": lambda: [
        *of_itself(html(sign_cases.SUSPENDED)),
        *of_its_portal(html(sign_cases.SUSPENDED), tells=NOTHING),
    ],
    "C7g": lambda: of_its_portal(sign_cases.CLOSED, html("", 503), tells=NOTHING),
    "C7h": lambda: of_its_portal(sign_cases.GONE, html("", 404), tells=NOTHING),
    "C7i": lambda: [
        automatic("https://cas.mon-ent-occitanie.fr/login?service=x"),
        automatic("https://cas.nobody.example/login?service=x"),
    ],
}


# -- before anything is sent ------------------------------------------------------------------------


def closed(portal: Portal, profile: Profile = Profile.PARENT) -> list[Met]:
    """What somebody is told who wants to enter *portal*, or to look at it."""
    walk = refused(portal, door=KOSMOS.door, profile=profile)
    assert walk.error
    with pytest.raises(type(walk.error)) as caught:
        looked(portal, door=KOSMOS.door, profile=profile)
    return [Met(error, len(walk.sent), 0, "unsent") for error in (walk.error, caught.value)]


def row(**changes: Any) -> Portal:
    """A portal that somebody writes down."""
    given = {"name": "exemple", "title": "Exemple", "family": KOSMOS.portal.family}
    return Portal(**{**given, "evidence": "Invented.", "seen": dt.date(2026, 9, 1), **changes})


@attrs.frozen(kw_only=True)
class Greedy(families.SimpleForm):
    """A family that would tell strangers."""

    @property
    def password_hosts(self) -> tuple[str, ...]:
        """Of nobody's."""
        return ("evil.example.test",)


def held(*, refused_before: bool) -> Case:
    """A log-in that the governor holds back, at a school where nobody has ever come."""

    def case() -> list[Met]:
        keeper = Keeper()
        governor = lambda one: keeper.permit(one.knock, one.outcome, NOON)  # noqa: E731
        for _ in range(1 if refused_before else 3):
            answers = passing.refused() if refused_before else in_full()
            with suppress(WrongCredentials):
                Script([*passing.to_portal(), *answers], holds=governor).run(sign_in(session(), LOGIN))
        other = attrs.evolve(LOGIN, root="https://0000000b.example/pronote")
        met = played(lambda: sign_in(session(), other), holds=governor)
        assert (vars(met.error)["until"] is None) is refused_before
        return [met]

    return case


def in_full() -> list[Answer]:
    """The portal and the school let in."""
    server = Server(flags=FLAGS)
    return [*passing.asked_and_let_in(), *passing.behind(server)]


DEAD: Final = tuple(one for one in directory.BUILT_IN if one.state is State.DEAD)
UNSENT: Final[Mapping[str, Case]] = {
    "D1": lambda: [met for portal in DEAD for met in closed(portal)],
    "D2": lambda: [met for way in VOUCHED for met in closed(way.portal, Profile.STAFF)],
    "D3": unsent(
        lambda: directory.find("ac-nowhere"),
        lambda: read_login(url=ROOT, username="x", password="x", cas="toulose"),
    ),
    "D4": lambda: [
        Met(refused(KOSMOS_EDU.portal, door=walking.door(url="http://exemple.test/x")).error, 0, 0, "unsent")  # type: ignore[arg-type]
    ],
    "D5": unsent(
        lambda: row(hosts=("*.example.test",)),
        lambda: row(fronts=("http://www.example.test",)),
        lambda: row(evidence=" "),
        lambda: row(name="Ma région"),
        lambda: row(family=Greedy(url="https://www.example.test/")),
    ),
    "D6": held(refused_before=False),
    "D7": held(refused_before=True),
    "D8": unsent(
        lambda: Script().run(find_schools(91, 0)), lambda: Script().run(find_schools(0, float("nan")))
    ),
}
CASES: Final = {**SCHOOL, **sign_cases.CASES, **sign_cases_portals.CASES, **FINDING, **UNSENT}


@cache
def provoked(row: str) -> list[Met]:
    """What came of a row's case, which is played once."""
    return CASES[row]()


# -- the tables ---------------------------------------------------------------------------


def test_every_row_has_a_case_and_every_case_a_row() -> None:
    """The tables were found, and nobody forgot one."""
    assert len(ROWS) > 90
    assert ROWS.keys() == CASES.keys()


def test_every_table_of_the_page_is_read_by_a_test() -> None:
    """Each letter is the first of somebody's rows."""
    files = [file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_error_signs*.py")]
    said = [
        letters
        for text in files
        for letters in re.findall(r'^ROWS\b.* = read_rows\("(\w+)"\)', text, re.MULTILINE)
    ]
    assert {row[0] for row in read_rows(ascii_uppercase)} == {*"".join(said)}


each = pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)


@each
def test_the_sign_is_the_leaf_of_its_row(row: Row) -> None:
    """With every fact that the row names."""
    agrees(row, provoked(row.id))


@each
def test_nothing_is_tried_again_but_what_its_row_says(row: Row) -> None:
    """And never with the password: it is sent once, whatever comes."""
    for met in provoked(row.id):
        assert met.times in TIMES[row.tried]
        assert met.is_back is (row.tried == "on the way back")
        assert met.log_ins <= 1
        assert not (met.log_ins and row.tried == "from the start")


@each
def test_the_sign_comes_where_its_row_says(row: Row) -> None:
    """Before the password, after it, or both."""
    seen = {met.log_ins for met in provoked(row.id)}
    when = row.where.rpartition(", ")[2]
    wanted = {"before": {0}, "after": {1}, "anywhere": {0, 1}}
    assert seen == wanted.get(when, {0})
    assert (row.id[0] == "D") is all(met.kind == "unsent" for met in provoked(row.id))


@each
def test_what_is_shown_is_safe_to_paste(row: Row) -> None:
    """No secret, no name, no ticket, no query."""
    for met in provoked(row.id):
        text = f"{met.error} {met.error!r} {met.error.__cause__!r}"
        assert not [secret for secret in SECRETS if secret in text]
        assert "?" not in text or row.id == "D3"  # it suggests: did you mean …?


@pytest.mark.parametrize("row", sign_cases_portals.QUESTIONS)
def test_a_question_is_put_before_it_counts_as_unanswered(row: str) -> None:
    """Once, and of the kind that the error names."""
    for met in provoked(row):
        assert met.asked == (vars(met.error)["kind"],)
    others = [met for one in ROWS if one not in sign_cases_portals.QUESTIONS for met in provoked(one)]
    assert not [met for met in others if met.asked]


def test_a_portal_that_is_over_names_the_one_to_use() -> None:
    """Every one of them."""
    assert len(DEAD) > 20
    for portal in DEAD:
        assert all(repr(portal.successor) in str(met.error) for met in closed(portal))


# -- nothing was forgotten --------------------------------------------------------------------

TREES: Final = [ast.parse(file.read_text(encoding="utf-8")) for file in Path(ent.__path__[0]).rglob("*.py")]


def spoken(*names: str) -> set[str]:
    """The first words of every call of *names* in the code of portals, written out or under a name."""
    calls = [node for tree in TREES for node in ast.walk(tree) if isinstance(node, ast.Call)]
    first = [call.args[0] for call in calls if getattr(call.func, "id", "") in names and call.args]
    named = {
        one.target.id: one.value
        for tree in TREES
        for one in tree.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    }
    said = [named.get(node.id) if isinstance(node, ast.Name) else node for node in first]
    return {str(node.value) for node in said if isinstance(node, ast.Constant)}


def facts(name: str) -> set[str]:
    """What the provoked errors say of it."""
    return {
        str(getattr(met.error, name)) for row in ROWS for met in provoked(row) if hasattr(met.error, name)
    }


def test_every_step_and_every_question_of_the_code_has_a_row() -> None:
    """What somebody must do, and what they are asked, as the code of portals words it."""
    listed = [*keycloak_monlycee.ACTIONS.values(), *openent_local.WANTED_FIRST.values()]
    listed += openent_local.CONTROLLERS.values()
    assert len(spoken("ActionRequired")) > 5
    assert (spoken("ActionRequired") | set(listed)) - facts("where") == set()
    assert spoken("ChallengeUnanswered") - facts("kind") == set()
    asked = {kind for row in sign_cases_portals.QUESTIONS for met in provoked(row) for kind in met.asked}
    assert {"account"} <= spoken("Question") <= asked


def test_every_hook_that_is_a_sign_by_itself_stands_in_a_row() -> None:
    """An address or an id that is added to the code needs a row."""
    signs = " ".join(row.sign for row in ROWS.values())
    hooks = [*keycloak_monlycee.ACTIONS, *openent_local.WANTED_FIRST, *openent_local.CONTROLLERS]
    assert [hook for hook in hooks if hook not in signs] == []


def test_every_make_of_portal_is_met() -> None:
    """With accounts of its own, or of EduConnect."""
    kinds = [one for one in vars(families).values() if inspect.isclass(one) and issubclass(one, Family)]
    makes = {one for one in kinds if one not in {Family, families.Retired}}
    assert {type(way.portal.family) for way in (*LOCAL, *VOUCHED)} == makes
    assert all(way.portal.family.uses_educonnect for way in VOUCHED)


def test_every_row_is_marked() -> None:
    """In its last cell, with one word of the page's legend."""
    lines = [
        line for line in TABLES.read_text(encoding="utf-8").splitlines() if line.startswith(("| C", "| D"))
    ]
    assert len(lines) == len(ROWS)
    assert {line.rstrip("| ").rpartition("| ")[2] for line in lines} <= MARKS
