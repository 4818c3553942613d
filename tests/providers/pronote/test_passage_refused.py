"""Ways through a portal that stay shut: who said no, what the governor hears, and no second try."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    TimedOut,
    Unavailable,
    Undecodable,
    UnexpectedShape,
    Unreachable,
    WrongCredentials,
)
from schoolsync.flow.effects import Outcome
from schoolsync.flow.http import Request, Response
from schoolsync.providers.pronote.entrance import sign_in
from schoolsync.testing.play import Answer, Script
from tests.providers.pronote.entering import failed, scrambling, settings
from tests.providers.pronote.passing import (
    CAS,
    ENTRANCE,
    FORM,
    HANDLE,
    LOGIN,
    ONCE,
    PAGE,
    TICKET,
    USERNAME,
    VOUCHED,
    WORD,
    arrived,
    asked_and_let_in,
    at,
    behind,
    form,
    html,
    known_and_let_in,
    redirect,
    refused,
    to_portal,
    who_is_vouched_for,
)
from tests.providers.pronote.wire import ROOT, Server, error, session

SCHOOL = "0000000a.example"
SUSPENDED = "<p>Votre adresse IP est provisoirement suspendue.</p>"
BUSY = "<p>Le site est momentanément indisponible</p>"
IN: Callable[[], list[Answer]] = lambda: [*to_portal(), *asked_and_let_in()]  # noqa: E731


def told(talk: Script) -> dict[str, list[Outcome]]:
    """What the governor heard after it was asked: by host."""
    places: dict[str, list[Outcome]] = {permit.knock.host: [] for permit in talk.permits}
    for permit in talk.permits:
        if permit.outcome is not None:
            places[permit.knock.host].append(permit.outcome)
    return places


def turned_away(*answers: Answer) -> tuple[SchoolSyncError, Script]:
    """The error of a log-in, which shows neither what was typed nor what is for one use."""
    on = session()
    caught, talk = failed(*answers, login=LOGIN, on=on)
    shown = f"{caught} {caught!r} {caught.__cause__!r} {on!r} {talk.permits!r} {LOGIN!r}"
    for secret in (USERNAME, WORD, "Portail", HANDLE, ONCE, TICKET, "invented-pass", "service="):
        assert secret not in shown
    assert (on.start, on.wire) == (None, None)
    return caught, talk


def posts(talk: Script) -> int:
    """How often the portal was told the password."""
    return len([one for one in talk.sent if b"Portail" in one.body])


# -- the portal says no ------------------------------------------------------------------------


def test_a_wrong_password_is_final_at_the_portal() -> None:
    """Told once; the governor keeps exactly that secret from that host, whatever the school."""
    caught, talk = turned_away(*to_portal(), *refused())
    assert type(caught) is WrongCredentials
    assert posts(talk) == 1
    assert told(talk) == {CAS: [Outcome.REFUSED], SCHOOL: []}


@pytest.mark.parametrize(
    ("answer", "leaf", "at_portal"),
    [
        (html(f"<p>Compte bloque</p>{FORM}", ENTRANCE), ActionRequired, []),
        (html('<form method="post"><input name="choice"></form>', ENTRANCE), ChallengeUnanswered, []),
        (html("<h1>Bienvenue</h1>", ENTRANCE), LostOnTheWay, []),
        (html("", ENTRANCE, 503), InstanceClosed, []),
        (html("", ENTRANCE, 429), RateLimited, [Outcome.RATE_LIMITED]),
        (redirect("https://elsewhere.example/login", ENTRANCE), LostOnTheWay, []),
        (TimedOut(was_sent=True), TimedOut, []),
        (Unreachable(was_sent=False), Unreachable, []),
    ],
)
def test_what_the_portal_shows_instead_of_its_form_ends_the_log_in(
    answer: Answer, leaf: type[SchoolSyncError], at_portal: list[Outcome]
) -> None:
    """It counts at both places: the school has seen somebody come. A limit counts where it was set."""
    caught, talk = turned_away(*to_portal(), answer)
    assert type(caught) is leaf
    assert posts(talk) == 0
    assert told(talk) == {CAS: at_portal, SCHOOL: []}


@pytest.mark.parametrize("answer", [TimedOut(was_sent=True), Unreachable(was_sent=False)])
def test_a_password_without_an_answer_is_not_sent_again(answer: Answer) -> None:
    """Whether it was right, nobody knows."""
    caught, talk = turned_away(*to_portal(), form(), answer)
    assert isinstance(caught, TimedOut | Unreachable)
    assert posts(talk) == 1
    assert told(talk) == {CAS: [], SCHOOL: []}


# -- the school says no, before and after ----------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "leaf", "at_school"),
    [
        (html(SUSPENDED, PAGE), AddressSuspended, [Outcome.SUSPENDED]),
        (html("<p>Le site n'est pas disponible</p>", PAGE), InstanceClosed, []),
        (html(BUSY, PAGE), RateLimited, [Outcome.RATE_LIMITED]),
        (html("", PAGE, 503), InstanceClosed, []),
        (html("", PAGE, 404), Unavailable, []),
        (html("<h1>no PRONOTE</h1>", PAGE), Undecodable, []),
        (TimedOut(was_sent=True), TimedOut, []),
    ],
)
def test_a_school_that_is_shut_sends_nobody_to_its_portal(
    page: Answer, leaf: type[SchoolSyncError], at_school: list[Outcome]
) -> None:
    """One request; what it says counts at the school alone."""
    caught, talk = turned_away(page)
    assert type(caught) is leaf
    assert len(talk.sent) == 1
    assert told(talk) == {CAS: [], SCHOOL: at_school}


def test_what_never_left_is_not_counted_anywhere() -> None:
    """Neither at the school nor at the portal."""
    caught, talk = turned_away(Unreachable(was_sent=False))
    assert isinstance(caught, Unreachable)
    assert told(talk) == {CAS: [Outcome.UNSENT], SCHOOL: [Outcome.UNSENT]}


def test_a_school_without_a_portal_is_told_apart() -> None:
    """Before any password: the page is PRONOTE's own."""
    caught, talk = turned_away(Server().page())
    assert isinstance(caught, Unavailable)
    assert caught.reason == "off_at_school"
    assert "cas=" in str(caught)
    assert len(talk.sent) == 1


@pytest.mark.parametrize(
    ("page", "leaf", "at_school"),
    [
        (html(SUSPENDED, PAGE), AddressSuspended, [Outcome.SUSPENDED]),
        (html("<p>Le site n'est pas disponible</p>", PAGE), InstanceClosed, []),
        (html(BUSY, PAGE), RateLimited, [Outcome.RATE_LIMITED]),
        (html("", PAGE, 503), InstanceClosed, []),
        (html("<title>PRONOTE</title><p>Accès refusé</p>", PAGE), Unavailable, []),
        (html("<title>PRONOTE</title> onload='Start ({h:})'", PAGE), Undecodable, []),
        (html("<h1>It works!</h1>", PAGE), Undecodable, []),
    ],
)
def test_what_the_school_shows_behind_the_door_is_the_schools(
    page: Answer, leaf: type[SchoolSyncError], at_school: list[Outcome]
) -> None:
    """And no refusal of the password, which the portal took."""
    caught, talk = turned_away(*IN(), *arrived(page))
    assert type(caught) is leaf
    assert told(talk) == {CAS: [], SCHOOL: at_school}
    assert posts(talk) == 1


def test_an_account_without_a_page_is_told_what_to_check() -> None:
    """The portal let it in; the school has nothing to show."""
    caught, _ = turned_away(*IN(), *arrived(html("<title>PRONOTE</title>", PAGE)))
    assert isinstance(caught, Unavailable)
    assert caught.reason == "not_for_this_account"
    assert "account=" in str(caught)


@pytest.mark.parametrize("status", [401, 403])
def test_a_ticket_that_is_not_taken_is_asked_for_once_more(status: int) -> None:
    """The portal knows us by then; after that the school's page itself, and then it is over."""
    shut = at(f"{PAGE}?ticket={TICKET}", html("", PAGE, status))
    once_more = [*known_and_let_in(), shut]
    itself = at(PAGE, redirect(ENTRANCE, PAGE))
    caught, talk = turned_away(*IN(), shut, *once_more, itself, *once_more)
    assert isinstance(caught, LostOnTheWay)
    assert "does not lead back" in str(caught)
    assert posts(talk) == 1
    assert told(talk) == {CAS: [], SCHOOL: []}


def test_a_ticket_that_is_taken_the_second_time_is_fine() -> None:
    """It was old, or the school slow."""
    shut = at(f"{PAGE}?ticket={TICKET}", html("", PAGE, 403))
    server = Server(flags=VOUCHED)
    talk = Script([*IN(), shut, *known_and_let_in(), *behind(server)])
    assert talk.run(sign_in(session(), LOGIN)).label == "EXAMPLE Louison"
    assert posts(talk) == 1


# -- the proof ------------------------------------------------------------------------------------


def proven(server: Server, *rest: Answer, steps: int = 2) -> tuple[SchoolSyncError, Script]:
    """A log-in whose proof, or what comes before it, was answered otherwise."""
    start = [*arrived(lambda _: server.page()), *who_is_vouched_for(server)[:steps]]
    return turned_away(*IN(), *start, *rest)


@pytest.mark.parametrize("access", [1, "1"])
def test_a_word_that_is_not_taken_is_no_wrong_password(access: object) -> None:
    """The portal took the password: it is not held against it."""
    server = Server(flags=VOUCHED)
    caught, talk = proven(server, server.answered("Authentification", {"Acces": access}))
    assert isinstance(caught, Refused)
    assert (caught.code, caught.text) == (1, None)
    assert told(talk) == {CAS: [], SCHOOL: []}


def test_a_challenge_that_the_word_does_not_open_is_no_wrong_password_either() -> None:
    """Of a server that scrambles; nothing is answered."""
    server = scrambling(flags={"CrA": False, **VOUCHED})
    start = [*arrived(lambda _: server.page()), server.answered("FonctionParametres", settings("2025.2.6"))]
    caught, talk = turned_away(*IN(), *start, server.challenged("", "another", alea=""))
    assert isinstance(caught, Refused)
    assert told(talk) == {CAS: [], SCHOOL: []}


@pytest.mark.parametrize(
    ("access", "leaf"), [(2, Unavailable), (4, ActionRequired), (6, ActionRequired), (9, Refused)]
)
def test_other_refusals_are_those_of_any_log_in(access: int, leaf: type[SchoolSyncError]) -> None:
    """An account that is disabled, or not for this page."""
    server = Server(flags=VOUCHED)
    said: dict[str, Any] = {"Acces": access, "AccesMessage": {"message": f"{HANDLE.lower()} {USERNAME}: non"}}
    caught, _ = proven(server, server.answered("Authentification", said))
    assert type(caught) is leaf


def test_a_second_step_is_named() -> None:
    """As after a password."""
    server = Server(flags=VOUCHED)
    accepted = server.accepted("", ONCE, alea="", direct=True, actionsDoubleAuth={"_T": 26, "V": "[3]"})
    caught, _ = proven(server, accepted)
    assert isinstance(caught, ChallengeUnanswered)


@pytest.mark.parametrize(
    ("answer", "leaf", "at_school"),
    [
        (error(7), AddressSuspended, [Outcome.SUSPENDED]),
        (error(25), RateLimited, [Outcome.RATE_LIMITED]),
        (error(3), Unavailable, []),
        (TimedOut(was_sent=True), Interrupted, []),
        (Unreachable(was_sent=False), Unreachable, []),
    ],
)
@pytest.mark.parametrize("steps", [0, 1, 2])
def test_an_error_of_any_call_counts_at_the_school(
    answer: Answer, leaf: type[SchoolSyncError], at_school: list[Outcome], steps: int
) -> None:
    """Whatever the portal said before."""
    caught, talk = proven(Server(flags=VOUCHED), answer, steps=steps)
    assert type(caught) is leaf
    assert told(talk) == {CAS: [], SCHOOL: at_school}


def test_an_entry_without_a_key_proves_nothing() -> None:
    """It is not called a refusal."""
    server = Server(flags=VOUCHED)
    caught, _ = proven(server, server.answered("Authentification", {}))
    assert isinstance(caught, UnexpectedShape)


def test_the_refusal_of_a_renewal_without_a_password_is_held_against_nobody() -> None:
    """A portal that shows the error of somebody else's form was told nothing."""
    on = session()
    Script([*IN(), *behind(Server(flags=VOUCHED))]).run(sign_in(on, LOGIN))

    def shown(request: Request) -> Response:
        return html(f"Mot de passe incorrect {FORM}", request.url)

    talk = Script([*to_portal(), at(ENTRANCE, shown)])
    with pytest.raises(WrongCredentials):
        talk.run(sign_in(on, LOGIN, anew=False))
    assert told(talk) == {SCHOOL: []}
    assert ROOT in talk.sent[0].url
