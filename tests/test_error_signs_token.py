"""The rows about tokens in docs/reference/errors.md, provoked one by one: leaf, facts, how often it tries.

The table itself is read: a row without a case fails, and so does a case without a row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeAlias

import attrs
import pytest

from schoolsync.drivers.vault import Keeper
from schoolsync.errors import SchoolSyncError, TimedOut, Unreachable, WrongCredentials
from schoolsync.flow.effects import Credentials
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.login import TokenLogin, read_login, read_token
from schoolsync.testing.play import Answer
from tests.error_tables import Row, agrees, read_rows
from tests.error_tables import Seen as Provoked
from tests.providers.pronote import entering
from tests.providers.pronote.phone import (
    APP,
    CODE_PIN,
    CODE_TOKEN,
    LOGIN,
    OLD,
    Diary,
    asked,
    begun,
    code,
    hide_tokens,
    let_in,
    phone,
    shown,
)
from tests.providers.pronote.wire import NOON, PASSWORD, Server, error, html, md5, sealed

ROWS = read_rows("T")
PROOF = "Authentification"
TIMES = {"no": 1, "with the one before": 2, "by the next log-in, once": 1}
Case: TypeAlias = Callable[[], list[Provoked]]
KNOWN = attrs.evolve(LOGIN, previous=Secret(OLD))
FIELDS: dict[str, Any] = dict(LOGIN.credentials.fields)


def no(server: Server, number: int = 1) -> Answer:
    """A proof that is not taken."""
    return server.answered(PROOF, {"Acces": number})


# -- who meets it ----------------------------------------------------------------------------


def by_token(
    *answers: Answer, counted: str = PROOF, login: TokenLogin = LOGIN, holds: Any = None
) -> Provoked:
    """Somebody with a token signs in."""
    made, talk = phone(login), Diary(list(answers), holds=holds)
    with pytest.raises(SchoolSyncError) as found:
        talk.run(made.told("login", made.sign_in()))
    assert not talk.answers
    return Provoked(found.value, talk.steps.count(counted), 0, "log-in")


def issued(
    *answers: Answer,
    counted: str = PROOF,
    flags: dict[str, Any] | None = None,
    given: Any = None,
    **settings: Any,
) -> Provoked:
    """Somebody who is signed in wants a token; *given* comes instead of a code."""
    server, made = Server(flags={"a": 3} | (flags or {})), entering.account()
    made.session = begun()
    page, _, *rest = entering.entry(server)
    year = server.answered("FonctionParametres", entering.settings(**settings))
    Diary([page, year, *rest]).run(made.ready())
    talk = Diary([code(server) if given is None else given(server), *answers] if given != "nothing" else [])
    with pytest.raises(SchoolSyncError) as found:
        talk.run(made.told("issue_token", made.issue_token()))
    assert not talk.answers
    times = talk.steps.count(counted)
    return Provoked(found.value, times, 0, "log-in" if talk.sent else "unsent")


def with_code(*answers: Callable[[Server], Answer], **more: Any) -> Provoked:
    """An app comes with a code, and gets *answers* at its proof and after it."""
    app = Server(**APP)
    return issued(*asked(app, CODE_TOKEN), *(answer(app) for answer in answers), **more)


def said(**words: str) -> Callable[[Server], Answer]:
    """A code that says something else."""
    good = {"login": "louison.example", "jeton": CODE_TOKEN}
    code = {name: sealed(word.encode(), md5(CODE_PIN.encode()), bytes(16)) for name, word in good.items()}
    told = {name: word for name, word in (code | words).items() if word}
    return lambda server: server.answered("JetonAppliMobile", told)


def unsent(*makes: Callable[[], object]) -> Case:
    """What is told where it is written."""

    def case() -> list[Provoked]:
        found = []
        for make in makes:
            with pytest.raises(SchoolSyncError) as caught:
                make()
            found.append(Provoked(caught.value, 0, 0, "unsent"))
        return found

    return case


def without(name: str, word: Any = None) -> dict[str, Any]:
    """Credentials that lack a field."""
    return {**FIELDS, name: word}


def lost() -> list[Provoked]:
    """A proof that may have arrived."""
    roads = (TimedOut(was_sent=True), Unreachable(was_sent=True), Unreachable(was_sent=None))
    return [by_token(*asked(Server(**APP)), road) for road in roads]


def refused_twice() -> list[Provoked]:
    """The newest token, and the one before it."""
    server = Server(**APP)
    return [by_token(*asked(server), no(server), *asked(server, OLD), no(server), login=KNOWN)]


def refused_before() -> list[Provoked]:
    """A governor with its own ledger."""
    keeper, server = Keeper(), Server(**APP)

    def holds(one: Any) -> None:
        keeper.permit(one.knock, one.outcome, NOON)

    by_token(*asked(server), no(server), holds=holds)
    found = by_token(holds=holds)
    assert vars(found.error)["until"] is None
    return [attrs.evolve(found, kind="unsent")]


def dead() -> list[Provoked]:
    """A token that the school does not take."""
    server = Server(**APP)
    return [by_token(*asked(server), no(server))]


def unopened() -> list[Provoked]:
    """A challenge that the token does not open."""
    server = entering.scrambling(**APP)
    return [by_token(*asked(server, "another"), counted="Identification")]


DEMO: dict[str, Any] = {"flags": {"d": True}}
PAGE = "GET mobile.eleve.html"
CASES: dict[str, Case] = {
    "T1a": dead,
    "T1b": refused_twice,
    "T1c": unopened,
    "T1d": lambda: [by_token(shown(Server(flags={"a": 6, "d": True})), counted=PAGE)],
    "T1e": lost,
    "T2a": lambda: [issued(given="nothing", **DEMO), issued(given="nothing", AvecEspaceMobile=False)],
    "T2b": lambda: [
        issued(given=lambda _, n=number: error(n), counted="JetonAppliMobile") for number in (3, 4)
    ],
    "T2c": lambda: [
        issued(given=said(**{name: ""}), counted="JetonAppliMobile") for name in ("login", "jeton")
    ],
    "T2d": lambda: [
        issued(given=said(**{name: "00" * 16}), counted="JetonAppliMobile") for name in ("login", "jeton")
    ],
    "T2e": lambda: [
        issued(there, counted=PAGE) for there in (html("", 404), html("La page demandée n'existe pas"))
    ],
    "T2f": lambda: [with_code(no)],
    "T2g": lambda: [with_code(partial(no, number=number)) for number in (2, 3, 5, 7, 8)],
    "T2h": lambda: [
        with_code(
            lambda app: let_in(app, CODE_TOKEN, following=None),
            lambda app: app.answered("SaisieDeconnexion"),
        )
    ],
    "T3a": unsent(
        lambda: read_token(Credentials("classcharts", FIELDS)),
        lambda: read_token({**FIELDS, "password": PASSWORD}),
    ),
    "T3b": unsent(*(partial(read_token, without(name)) for name in FIELDS)),
    "T3c": unsent(
        lambda: read_login(**FIELDS, password=PASSWORD),
        lambda: read_login(**FIELDS, cas="agora06"),
    ),
    "T3d": refused_before,
}


@cache
def provoked(row: str) -> list[Provoked]:
    """What came of a row's case, which is played once."""
    return CASES[row]()


# -- the table ---------------------------------------------------------------------------------


def test_every_row_has_a_case_and_every_case_a_row() -> None:
    """The table was found, and nobody forgot one."""
    assert ROWS.keys() == CASES.keys()


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_the_sign_is_the_leaf_of_its_row(row: Row) -> None:
    """With every fact that the row names."""
    agrees(row, provoked(row.id))


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_it_is_tried_again_as_often_as_its_row_says(row: Row) -> None:
    """A proof goes out once; twice where another token is known."""
    for one in provoked(row.id):
        assert one.times == (0 if one.kind == "unsent" else TIMES[row.tried])


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_what_is_shown_is_safe_to_paste(row: Row) -> None:
    """No token, no code, no name of an installation, nobody."""
    for one in provoked(row.id):
        hide_tokens(one.error)


def test_a_dead_token_is_one_error_however_it_shows() -> None:
    """So that programs need to know one."""
    assert {type(one.error) for row in ("T1a", "T1b", "T1c") for one in provoked(row)} == {WrongCredentials}
