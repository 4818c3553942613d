"""Ways in that stay shut: every sign of a refusal, what is proven, and what is never tried again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import attrs
import pytest

from schoolsync.errors import (
    ActionRequired,
    AddressSuspended,
    ChallengeUnanswered,
    InstanceClosed,
    Interrupted,
    LostOnTheWay,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    TimedOut,
    Unavailable,
    Undecodable,
    UnexpectedShape,
    Unreachable,
    Unsupported,
    WrongCredentials,
)
from schoolsync.flow.effects import Outcome
from schoolsync.flow.http import Response
from schoolsync.testing.play import Answer
from tests.providers.pronote.entering import (
    LOGIN,
    PAGE,
    STEPS,
    asked,
    enter,
    entry,
    failed,
    scrambling,
    settings,
    steps,
)
from tests.providers.pronote.wire import JSON, PASSWORD, ROOT, USER, Server, error, html, session

WRONG = attrs.evolve(LOGIN, password="another")


def told(talk: Any) -> list[Outcome | None]:
    """What the governor heard after it was asked."""
    assert talk.permits[0].outcome is None
    return [permit.outcome for permit in talk.permits[1:]]


def refused(data: dict[str, Any]) -> tuple[SchoolSyncError, Any]:
    """A log-in whose proof was answered with *data*."""
    server = Server()
    return failed(*asked(server), server.answered("Authentification", data))


# -- the secret is wrong -------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["2023.0.3", "2024.3.11", "2025.2.6", "2026.1.3"])
def test_a_scrambled_challenge_that_does_not_open_is_not_answered(version: str) -> None:
    """The server counts no failed log-in; the governor keeps the secret from being tried again."""
    caught, talk = failed(*asked(scrambling(version=version, flags={"CrA": False})), login=WRONG)
    assert type(caught) is WrongCredentials
    assert caught.part == "user name or password"
    assert "portal" in str(caught)
    assert steps(talk) == STEPS[:3]
    assert told(talk) == [Outcome.REFUSED]


@pytest.mark.parametrize("version", ["2026.2.4", "2026.2.6", ""])
def test_a_newer_server_is_asked_in_the_other_form(version: str) -> None:
    """A challenge that does not open may be meant as it stands; the server has the last word."""
    server = Server(version=version, flags={"CrA": False})
    caught, talk = failed(*asked(server, direct=False), server.accepted(), login=WRONG)
    assert type(caught) is WrongCredentials
    assert steps(talk) == STEPS
    assert told(talk) == [Outcome.REFUSED]


def test_a_direct_challenge_is_judged_by_the_server() -> None:
    """Nobody else can."""
    server = Server()
    caught, talk = failed(*asked(server), server.accepted(direct=True), login=WRONG)
    assert type(caught) is WrongCredentials
    assert steps(talk) == STEPS
    assert told(talk) == [Outcome.REFUSED]


def test_a_new_server_with_a_scrambled_challenge_lets_the_right_one_in() -> None:
    """Some still send one."""
    server = Server(version="2026.2.6")
    enter(*entry(server, direct=False)[:-1])


# -- the table of `Acces` ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("access", "leaf", "outcomes"),
    [
        (1, WrongCredentials, [Outcome.REFUSED]),
        ("1", WrongCredentials, [Outcome.REFUSED]),
        (2, Unavailable, []),
        (3, Unavailable, []),
        (4, ActionRequired, []),
        (5, Unavailable, []),
        (6, ActionRequired, []),
        (7, Unavailable, []),
        (8, Unavailable, []),
        (9, Refused, []),
        (10, ActionRequired, []),
        (11, Refused, []),
    ],
)
def test_each_refusal_has_its_leaf(
    access: object, leaf: type[SchoolSyncError], outcomes: list[Outcome]
) -> None:
    """And a key beside it changes nothing."""
    for more in ({}, {"cle": "ab"}):
        caught, talk = refused({"Acces": access} | more)
        assert type(caught) is leaf
        assert told(talk) == outcomes
        assert steps(talk) == STEPS


def test_the_leaves_say_what_to_do() -> None:
    """A disabled account is no wrong password."""
    assert "disabled" in str(refused({"Acces": 6})[0])
    assert "disabled" in str(refused({"Acces": 10})[0])
    assert "no pupils" in str(refused({"Acces": 4})[0])
    denied = refused({"Acces": 5})[0]
    assert isinstance(denied, Unavailable)
    assert denied.reason == "not_for_this_account"
    assert "account=" in str(denied)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"titre": "Fermeture", "message": "<b>Revenez</b> lundi&nbsp;!"}, "Fermeture: Revenez lundi !"),
        ({"message": f"{USER.upper()} : voir l'administration"}, "… : voir l'administration"),
        ({}, None),
        (None, None),
    ],
)
def test_a_message_of_the_school_is_shown(message: object, text: str | None) -> None:
    """Without tags and without the account's own words."""
    caught, _ = refused({"Acces": 9, "AccesMessage": message})
    assert isinstance(caught, Refused)
    assert (caught.code, caught.text) == (9, text)


# -- a second step -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actions", "leaf", "word"),
    [
        ("[0]", ActionRequired, "personal password"),
        ("[1]", ActionRequired, "secured"),
        ("[2]", ActionRequired, "PIN"),
        ("[3]", ChallengeUnanswered, "pin"),
        ("[4]", ActionRequired, "new PIN"),
        ("[5]", ChallengeUnanswered, "device"),
        ("[0,3]", ActionRequired, "personal password"),
        ("[3,5]", ChallengeUnanswered, "pin"),
        ("[7]", ActionRequired, "protection"),
    ],
)
def test_a_second_step_is_named(actions: str, leaf: type[SchoolSyncError], word: str) -> None:
    """The password was right, and nobody is signed in: the account is not asked for."""
    server, on = Server(), session()
    accepted = server.accepted(direct=True, actionsDoubleAuth={"_T": 26, "V": actions})
    caught, talk = failed(*asked(server), accepted, on=on)
    assert type(caught) is leaf
    assert word in str(caught)
    assert "on_challenge" not in str(caught)  # nobody would be asked
    assert steps(talk) == STEPS
    assert told(talk) == []
    assert on.start is None


def test_no_second_step_is_none() -> None:
    """An empty set stands in every answer of some servers."""
    server = Server()
    enter(*asked(server), server.accepted(direct=True, actionsDoubleAuth={"_T": 26, "V": "[]"}))


# -- nothing is proven ----------------------------------------------------------------------------


@pytest.mark.parametrize("data", [{}, {"Acces": 0}, {"Acces": 0, "cle": ""}, {"cle": None}])
def test_an_entry_without_a_key_proves_nothing(data: dict[str, Any]) -> None:
    """It is not called a wrong password."""
    caught, talk = refused(data)
    assert isinstance(caught, UnexpectedShape)
    assert (caught.path, told(talk)) == ("Authentification.cle", [])


@pytest.mark.parametrize(("key", "stage"), [("zz", "hex"), ("00" * 16, "decrypt")])
def test_a_key_that_cannot_be_read_proves_nothing(key: str, stage: str) -> None:
    """Nor is it tried again."""
    caught, talk = refused({"cle": key})
    assert isinstance(caught, Undecodable)
    assert (caught.stage, told(talk)) == (stage, [])
    assert steps(talk) == STEPS


def test_a_challenge_that_is_none_is_not_answered() -> None:
    """No hexadecimal: the server speaks in another way."""
    server = Server()
    caught, talk = failed(*asked(server)[:2], server.answered("Identification", {"challenge": "x" * 64}))
    assert isinstance(caught, Undecodable)
    assert (caught.stage, told(talk)) == ("hex", [])


def test_settings_without_a_year_stop_before_any_proof() -> None:
    """They mean that the session failed."""
    server = Server()
    page = asked(server)[0]
    caught, talk = failed(page, server.answered("FonctionParametres", {"identifiantNav": "x"}))
    assert isinstance(caught, UnexpectedShape)
    assert caught.path == "FonctionParametres.General"
    assert steps(talk) == STEPS[:2]


# -- the page -----------------------------------------------------------------------------------------

SUSPENDED = "<p>Votre adresse IP est provisoirement suspendue.</p><p>Le site n'est pas disponible</p>"


@pytest.mark.parametrize(
    ("page", "leaf", "outcomes"),
    [
        (html(SUSPENDED), AddressSuspended, [Outcome.SUSPENDED]),
        (html("<p>Le site n'est pas disponible</p>"), InstanceClosed, []),
        (html("Le site est momentanément indisponible"), RateLimited, [Outcome.RATE_LIMITED]),
        (html("", 503), InstanceClosed, []),
        (html("", 404), Unavailable, []),
        (html("", 429, ("retry-after", "30")), RateLimited, [Outcome.RATE_LIMITED]),
        (html("<form>L'EQUIPE vous souhaite la bienvenue</form>"), Undecodable, []),
        (Response(302, (("location", "https://portal.example/cas"),), url=ROOT), ActionRequired, []),
        (Response(302, (("location", "/elsewhere"),), url=f"{ROOT}/eleve.html"), LostOnTheWay, []),
        (Unreachable(was_sent=False), Unreachable, [Outcome.UNSENT]),
        (Unreachable(was_sent=None), Unreachable, []),
        (TimedOut(was_sent=True), TimedOut, []),
    ],
)
def test_a_page_that_is_no_start_ends_the_log_in(
    page: Answer, leaf: type[SchoolSyncError], outcomes: list[Outcome]
) -> None:
    """One request, and the governor is told what it must know."""
    caught, talk = failed(page)
    assert type(caught) is leaf
    assert steps(talk) == [PAGE]
    assert told(talk) == outcomes


# -- errors of a call --------------------------------------------------------------------------------

PLACES: dict[str, Callable[[Server], list[Answer]]] = {
    "FonctionParametres": lambda server: asked(server)[:1],
    "Identification": lambda server: asked(server)[:2],
    "Authentification": asked,
}
FINAL: list[tuple[int, type[SchoolSyncError], list[Outcome]]] = [
    (3, Unavailable, []),
    (4, Unavailable, []),
    (7, AddressSuspended, [Outcome.SUSPENDED]),
    (25, RateLimited, [Outcome.RATE_LIMITED]),
    (99, Refused, []),
]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("number", "leaf", "outcomes"), FINAL)
def test_an_error_of_any_call_ends_the_log_in(
    place: str, number: int, leaf: type[SchoolSyncError], outcomes: list[Outcome]
) -> None:
    """At whichever step it comes."""
    answers = PLACES[place](Server())
    caught, talk = failed(*answers, error(number, "Vous avez dépassé", f"Compte {USER}"))
    assert type(caught) is leaf
    assert told(talk) == outcomes
    assert len(talk.sent) == len(answers) + 1


@pytest.mark.parametrize("number", [8, 10, 11, 13, 14, 18, 21])
def test_a_proof_is_never_sent_twice(number: int) -> None:
    """Even when the session ended just then."""
    caught, talk = failed(*asked(Server()), error(number))
    assert isinstance(caught, SessionExpired)
    assert steps(talk) == STEPS
    assert told(talk) == []


def test_two_mistaken_generations_are_an_unsupported_one() -> None:
    """After one try of each."""
    server = Server()
    page = asked(server)[0]
    caught, talk = failed(page, error(11), page, error(11))
    assert isinstance(caught, Unsupported)
    assert caught.version == "2026.2.6"
    assert steps(talk) == STEPS[:2] * 2


def test_a_challenge_that_is_refused_twice_is_given_up() -> None:
    """One session of each form, and no third."""
    server = Server(rsa=None)
    page, known, _ = cast("list[Any]", asked(server))
    no: Callable[[Any], Response] = lambda _: error(14)  # noqa: E731
    heard = lambda request: attrs.evolve(known(_plain(request)), url=request.url)  # noqa: E731
    caught, talk = failed(page, known, no, page, heard, no)
    assert isinstance(caught, SessionExpired)
    assert steps(talk) == STEPS[:3] * 2
    assert told(talk) == []


def _plain(request: Any) -> Any:
    """*request* with the vector told openly, because only the vendor can decrypt it."""
    start, _, rest = request.body.partition(b'"Uuid":"')
    return attrs.evolve(request, body=start + b'"Uuid":"AAECAwQFBgcICQoLDA0ODw==' + rest[rest.index(b'"') :])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("trouble", "leaf"),
    [
        (TimedOut(was_sent=True), Interrupted),
        (Unreachable(was_sent=None), Interrupted),
        (Unreachable(was_sent=False), Unreachable),
    ],
)
def test_a_road_that_breaks_half_way_is_told(
    place: str, trouble: Answer, leaf: type[SchoolSyncError]
) -> None:
    """No step of a log-in is sent twice, and it counts: the school has seen somebody come."""
    answers = PLACES[place](Server())
    caught, talk = failed(*answers, trouble)
    assert type(caught) is leaf
    assert len(talk.sent) == len(answers) + 1
    assert told(talk) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_garbled_answer_is_told_with_its_stage(place: str) -> None:
    """A log-in is not repeated for it."""
    answers = PLACES[place](Server())
    caught, talk = failed(*answers, Response(200, JSON, body=b'{"session":'))
    assert isinstance(caught, Undecodable)
    assert caught.stage == "JSON"
    assert len(talk.sent) == len(answers) + 1


def test_a_failed_log_in_leaves_nobody_signed_in() -> None:
    """Nothing of the old session either; the device stays."""
    server = Server()
    on, _, _ = enter(*entry(server)[:-1])
    failed(*asked(server), server.accepted(direct=True), on=on, login=WRONG)
    assert (on.start, on.wire) == (None, None)
    assert on.device


def test_strict_settings_are_refused_before_any_proof() -> None:
    """A row that cannot be read is an error then."""
    server = Server()
    year = settings()
    year["General"] |= {"listeJoursFeries": {"_T": 24, "V": ["?"]}}
    on = session(given=attrs.evolve(session().options, is_strict=True))
    caught, talk = failed(asked(server)[0], server.answered("FonctionParametres", year), on=on)
    assert isinstance(caught, UnexpectedShape)
    assert steps(talk) == STEPS[:2]
    assert PASSWORD not in str(caught)
