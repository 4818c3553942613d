"""A session in trouble: over, silent for long, not ours, and tried again only where that is safe."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.errors import (
    InstanceClosed,
    Interrupted,
    LoginHeld,
    NetworkError,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    StaleReference,
    TimedOut,
    Unavailable,
    Undecodable,
    UnexpectedShape,
    Unreachable,
    WrongCredentials,
)
from schoolsync.flow.effects import Permit
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.account import Account
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.providers.pronote.entering import (
    ENTRY,
    STEPS,
    asked,
    entry,
    pupil,
    ready,
    show_nothing,
    steps,
    user,
)
from tests.providers.pronote.keeping import FUNCTIONS, READ, WRITE, Talking, done, failed, read, run, write
from tests.providers.pronote.wire import JSON, NOON, USER, Server, error, html

NEW = user(pupil("46#new"))
"""The same pupil, as the next session knows it."""


# -- over -----------------------------------------------------------------------------------


@pytest.mark.parametrize("flow", [read, write])
@pytest.mark.parametrize("number", [8, 10, 11, 13, 14, 18, 21])
def test_a_dead_session_is_one_log_in_and_the_call_again(flow: Talking, number: int) -> None:
    """Writes too: a dead session kept them from running. The second call uses the new session's ids."""
    made, server = ready()
    talk = run(flow, made, lambda _: error(number), *entry(server, NEW), done(server, flow))
    function = FUNCTIONS[flow]
    assert steps(talk) == [function, *ENTRY, function]
    assert server.log[-1].data == {"N": "46#new"}
    assert talk.slept == []
    assert [permit.outcome for permit in talk.permits] == [None, "accepted"]


@pytest.mark.parametrize("flow", [read, write])
def test_a_session_that_is_dead_twice_is_given_up(flow: Talking) -> None:
    """After one log-in, without a pause and without a third try."""
    made, server = ready()
    caught, talk = failed(flow, made, lambda _: error(10), *entry(server), lambda _: error(10))
    assert type(caught) is SessionExpired
    assert (caught.provider, caught.operation) == ("pronote", "reading" if flow is read else "action")
    assert steps(talk) == [FUNCTIONS[flow], *ENTRY, FUNCTIONS[flow]]


def test_a_log_in_that_is_held_back_is_told() -> None:
    """The governor has the last word, inside a reading too."""
    made, _ = ready()

    def hold(_: Permit) -> None:
        raise LoginHeld(NOON)

    caught, talk = failed(read, made, lambda _: error(10), holds=hold)
    assert isinstance(caught, LoginHeld)
    assert (steps(talk), caught.operation) == ([READ], "reading")


def test_a_secret_that_became_wrong_is_told() -> None:
    """Somebody changed the password elsewhere; it is not tried again."""
    made, server = ready()
    refused = server.answered("Authentification", {"Acces": 1})
    caught, talk = failed(read, made, lambda _: error(10), *asked(server), refused)
    assert type(caught) is WrongCredentials
    assert steps(talk) == [READ, *STEPS]
    show_nothing(caught, talk.permits, made)


def test_the_old_ids_are_gone_with_the_session() -> None:
    """Nothing of a session may be said in the next one."""
    made, server = ready()
    before = made.known
    run(read, made, lambda _: error(10), *entry(server, NEW), done(server))
    assert made.resource(None).id == "46#new"
    assert made.pupils[0].key == before.pupils[0].key
    assert made.pupils[0].provider_id == "46#new"


# -- never again -------------------------------------------------------------------------------


@pytest.mark.parametrize("flow", [read, write])
@pytest.mark.parametrize(
    ("no", "leaf"),
    [
        (error(3), Unavailable),
        (error(4), Unavailable),
        (error(22), StaleReference),
        (error(25), RateLimited),
        (error(99, "Autre"), Refused),
        (html("<p>Le site n'est pas disponible</p>"), InstanceClosed),
        (html("Le site est momentanément indisponible"), RateLimited),
        (html("", 503), InstanceClosed),
    ],
)
def test_a_refusal_is_told_and_not_repeated(flow: Talking, no: Answer, leaf: type[SchoolSyncError]) -> None:
    """No other try, no pause, no log-in; the session lives on."""
    made, server = ready()
    caught, talk = failed(flow, made, no)
    assert type(caught) is leaf
    assert (steps(talk), talk.slept, talk.permits) == ([FUNCTIONS[flow]], [], [])
    server.counter += 2
    run(read, made, done(server))


def test_a_refusal_names_nobody() -> None:
    """Neither the pupil nor the user, whole or in parts."""
    made, _ = ready()
    caught, _ = failed(read, made, error(99, "Refus", f"EXAMPLE Louison ({USER}) : voir Louison"))
    assert isinstance(caught, Refused)
    assert caught.text == "Refus … (…) : voir …"


@pytest.mark.parametrize(
    "damaged",
    [Response(200, JSON, body=b'{"session":'), Response(200), html("<h1>Maintenance</h1>")],
)
def test_a_damaged_answer_is_asked_for_once_more(damaged: Response) -> None:
    """With the next number, after a pause; a second one is told."""
    made, server = ready()
    server.counter += 2
    talk = run(read, made, damaged, done(server))
    assert (steps(talk), talk.slept) == ([READ] * 2, [dt.timedelta(seconds=1)])
    caught, talk = failed(read, made, damaged, damaged)
    assert isinstance(caught, Undecodable)
    assert (len(talk.sent), talk.permits) == (2, [])


def test_a_damaged_answer_of_an_action_is_told_at_once() -> None:
    """Nobody knows what was done."""
    made, _ = ready()
    caught, talk = failed(write, made, Response(200, JSON, body=b"{"))
    assert isinstance(caught, Undecodable)
    assert len(talk.sent) == 1


def test_a_wrong_status_is_not_asked_for_again() -> None:
    """Repeating does not help."""
    made, _ = ready()
    _, talk = failed(read, made, html("", 403))
    assert len(talk.sent) == 1


# -- the road ------------------------------------------------------------------------------------


def test_a_lost_reading_is_lost_after_the_second_time_and_the_next_one_signs_in() -> None:
    """The identical bytes once more, then the error: a broken road is no reason for a log-in."""
    made, server = ready()
    caught, talk = failed(read, made, TimedOut(was_sent=True), TimedOut(was_sent=True))
    assert isinstance(caught, NetworkError)
    assert (steps(talk), talk.permits, talk.sent[0]) == ([READ] * 2, [], talk.sent[1])
    assert not made.is_signed_in
    assert steps(run(read, made, *entry(server), done(server))) == [*ENTRY, READ]


def test_a_lost_action_is_interrupted() -> None:
    """And never sent again by itself."""
    made, _ = ready()
    caught, talk = failed(write, made, TimedOut(was_sent=True))
    assert isinstance(caught, Interrupted)
    assert (steps(talk), caught.operation) == ([WRITE], "action")


def test_what_never_left_costs_no_session() -> None:
    """The number was not counted."""
    made, server = ready()
    failed(write, made, Unreachable(was_sent=False))
    assert steps(run(read, made, done(server))) == [READ]


def test_a_cancelled_reading_costs_the_session_and_nothing_else() -> None:
    """Nobody knows what the server has counted; the next call signs in again."""
    made, server = ready()
    flow = read(made)
    flow.send(None)
    flow.close()
    assert not made.is_signed_in
    assert steps(run(read, made, *entry(server), done(server))) == [*ENTRY, READ]


def test_a_session_that_died_before_it_was_learnt_is_replaced() -> None:
    """Else nobody could ever sign in again after a bad evening."""
    made, server = ready()
    made._known = None
    talk = run(read, made, lambda _: error(10), *entry(server), done(server))
    assert steps(talk) == [ENTRY[-1], *ENTRY, READ]


# -- silent for long --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "entered"), [(0, False), (9, False), (29, False), (30, True), (1000, True)]
)
def test_after_a_long_silence_the_session_is_not_asked_any_more(minutes: int, entered: bool) -> None:
    """Before that it is tried: asking costs less than a log-in."""
    clock = HandClock(NOON)
    made, server = ready(clock)
    clock.advance(minutes * 60)
    talk = run(read, made, *(entry(server) if entered else ()), done(server))
    assert steps(talk) == [*(ENTRY if entered else ()), READ]


# -- signs of life --------------------------------------------------------------------------------


def keep(made: Account, *answers: Answer) -> Script:
    """What a sign of life asked of the world."""
    talk = Script(list(answers))
    talk.run(made.told("keep_alive", made.renew()))
    assert not talk.answers
    return talk


def test_a_sign_of_life_makes_the_session_young() -> None:
    """By the home screen."""
    clock = HandClock(NOON)
    made, server = ready(clock)
    clock.advance(120)
    talk = keep(made, server.answered("Navigation", {}))
    assert (steps(talk), made.session.age) == (["Navigation"], 0)
    assert (server.log[-1].tab, server.log[-1].data) == (7, {"onglet": 7, "ongletPrec": 7})


def old() -> Server:
    """A server before 2024.3.9."""
    flags = {"sCrA": True, "sCoA": True}
    return Server(version="2023.0.3", has_new_names=False, has_new_content=False, layout="body", flags=flags)


def test_an_older_server_hears_the_older_sign() -> None:
    """Without anything in it."""
    made, server = ready(server=old())
    assert steps(keep(made, server.answered("Presence"))) == ["Presence"]
    assert server.log[-1].signature == {}


@pytest.mark.parametrize("number", [3, 99])
def test_a_refused_presence_falls_back_to_navigation_for_good(number: int) -> None:
    """A server that was updated overnight."""
    made, server = ready(server=old())
    no = server.answered("Presence")

    def refuse(request: Any) -> Response:
        no(request)
        return error(number)

    assert steps(keep(made, refuse, server.answered("Navigation", {}))) == ["Presence", "Navigation"]
    assert steps(keep(made, server.answered("Navigation", {}))) == ["Navigation"]


def test_a_presence_that_kills_the_session_is_not_said_again() -> None:
    """Else every sign of life would cost a log-in."""
    made, server = ready(server=old())
    assert steps(keep(made, lambda _: error(11), *entry(server))) == ["Presence", *ENTRY]
    assert steps(keep(made, server.answered("Navigation", {}))) == ["Navigation"]


def test_a_sign_of_life_to_a_dead_session_is_one_log_in() -> None:
    """No second sign is needed then."""
    made, server = ready()
    assert steps(keep(made, lambda _: error(10), *entry(server))) == ["Navigation", *ENTRY]


def test_without_a_session_there_is_no_sign_of_life() -> None:
    """Before the log-in, and when the session is lost."""
    made, _ = ready()
    made.session.is_lost = True
    assert keep(made).sent == []
    made.session.forget()
    assert keep(made).sent == []


@pytest.mark.parametrize(
    "answer", [lambda _: error(10), lambda _: error(3), Unreachable(was_sent=True), html("", 503)]
)
def test_a_log_out_forgets_the_session_whatever_is_answered(answer: Answer) -> None:
    """A session that is over already is no error."""
    made, _ = ready()
    talk = Script([answer])
    caught: SchoolSyncError | None = None
    try:
        talk.run(made.logout())
    except SchoolSyncError as trouble:
        caught = trouble
    assert not isinstance(caught, SessionExpired)
    assert made.session.start is None
    assert steps(talk) == ["SaisieDeconnexion"]


def test_an_error_of_readiness_names_what_was_wanted() -> None:
    """And the provider."""
    made, server = ready()
    made.session.forget()
    talk = Script([*entry(server)[:-1], server.answered("ParametresUtilisateur", {"ressource": {}})])
    with pytest.raises(UnexpectedShape) as caught:
        talk.run(made.prepare("lessons"))
    assert (caught.value.provider, caught.value.operation) == ("pronote", "lessons")
