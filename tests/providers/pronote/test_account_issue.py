"""A first token, for somebody who is signed in: a code, and a second session that is soon over."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import (
    Refused,
    SchoolSyncError,
    SessionExpired,
    Unavailable,
)
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.testing.play import Answer
from tests.providers.pronote import entering
from tests.providers.pronote.keeping import READ, done
from tests.providers.pronote.phone import (
    APP,
    CODE,
    CODE_TOKEN,
    FIRST,
    LOGIN,
    NEXT,
    STEPS,
    THIRD,
    UUID,
    Diary,
    asked,
    begun,
    code,
    entry,
    hide_tokens,
    let_in,
    phone,
    run,
    token_of,
)
from tests.providers.pronote.wire import Server, error, options

ENTRY = [*STEPS, "ParametresUtilisateur"]


def password(space: Space = Space.STUDENT) -> tuple[Account, Server]:
    """Somebody whom a password let in, who draws the PIN of the vectors."""
    server, made = Server(), entering.account(space)
    made.session = begun(space)
    Diary(entering.entry(server)).run(made.ready())
    server.log.clear()
    return made, server


def issue(made: Account, *answers: Answer) -> tuple[Any, Diary]:
    """What is issued, or why not."""
    talk = Diary(list(answers))
    try:
        found: Any = talk.run(made.told("issue_token", made.issue_token()))
    except SchoolSyncError as trouble:
        found = trouble
    assert not talk.answers
    hide_tokens(found if isinstance(found, SchoolSyncError) else None, made, made.session, found)
    return found, talk


def redeemed(app: Server) -> list[Answer]:
    """What the server answers to the app."""
    return [*asked(app, CODE_TOKEN), let_in(app, CODE_TOKEN), app.answered("SaisieDeconnexion")]


def test_a_first_token_is_issued() -> None:
    """By a code and a second session, which is ended; kept before that, and the first session goes on."""
    made, server = password()
    before = (made.session.start, made.session.key, made.login)
    credentials, talk = issue(made, code(server), *redeemed(Server(**APP)))
    first, *steps, last = FIRST
    assert talk.told == [first, "may I?", *steps, "accepted", f"save {NEXT}", last]
    assert talk.saved == [credentials]
    assert {"token": NEXT, "username": CODE["username"], "account": "student"}.items() <= (
        credentials.fields.items()
    )
    assert "password" not in credentials.fields
    assert (made.session.start, made.session.key, made.login) == before
    assert run(made, done(server)).told == [READ]


def test_somebody_who_is_not_signed_in_is_first() -> None:
    """As at any reading; so is somebody whose session is over."""
    server, made = Server(), entering.account()
    made.session = begun()
    credentials, talk = issue(made, *entering.entry(server), code(server), *redeemed(Server(**APP)))
    assert talk.steps == ["GET eleve.html", *ENTRY[1:], *FIRST]
    assert credentials.fields["token"] == NEXT
    over = [lambda _: error(10), *entering.entry(server), code(server)]
    _, talk = issue(made, *over, *redeemed(Server(**APP)))
    assert talk.steps == [FIRST[0], "GET eleve.html", *ENTRY[1:], *FIRST]


def test_a_token_may_be_issued_by_a_token() -> None:
    """For another installation; the first one keeps its own."""
    server = Server(**APP)
    made = phone()
    made.session = begun()
    run(made, *entry(server), done(server))
    credentials, _ = issue(made, code(server), *redeemed_for(Server(**APP), THIRD))
    assert credentials.fields["token"] == THIRD
    assert credentials.fields["uuid"] != UUID
    assert token_of(made) == Secret(NEXT)


def redeemed_for(app: Server, token: str) -> list[Answer]:
    """The same, and *token* is what it is given."""
    answers = [*asked(app, CODE_TOKEN), let_in(app, CODE_TOKEN, token)]
    return [*answers, app.answered("SaisieDeconnexion")]


def test_a_session_that_somebody_else_signed_in_to_gets_one() -> None:
    """It has no credentials of its own; when it is over, that is final."""
    made, server = password()
    made.login = None
    credentials, _ = issue(made, code(server), *redeemed(Server(**APP)))
    assert credentials.fields["token"] == NEXT
    found, _ = issue(made, lambda _: error(10))
    assert isinstance(found, SessionExpired)


@pytest.mark.parametrize("number", [3, 4])
def test_an_account_without_that_screen_gets_none(number: int) -> None:
    """The school says so; no second session is begun."""
    made, _ = password()
    found, talk = issue(made, lambda _: error(number))
    assert isinstance(found, Unavailable)
    assert (found.reason, found.operation) == ("not_for_this_account", "issue_token")
    assert talk.told == ["JetonAppliMobile"]


@pytest.mark.parametrize(
    ("flags", "said"), [({"a": 3, "d": True}, {}), ({"a": 3}, {"AvecEspaceMobile": False})]
)
def test_a_school_without_tokens_is_not_asked(flags: dict[str, Any], said: dict[str, Any]) -> None:
    """One for demonstrations, and one without pages for the app."""
    server, made = Server(flags=flags), entering.account()
    page, _, *rest = entering.entry(server)
    known = server.answered("FonctionParametres", entering.settings(**said))
    found, talk = issue(made, page, known, *rest)
    assert isinstance(found, Unavailable)
    assert (found.reason, found.operation) == ("off_at_school", "issue_token")
    assert talk.steps == ["GET eleve.html", *ENTRY[1:]]


def test_the_pin_is_quoted_by_no_error_while_it_is_good() -> None:
    """And hides nothing afterwards: four digits may be a year."""
    made, server = password()
    no = server.answered("JetonAppliMobile", signature={"Erreur": 1, "MessageErreur": "Code 1234 refusé"})
    found, _ = issue(made, no)
    assert isinstance(found, Refused)
    assert found.text == "Code … refusé"
    assert made.session.private.hide("1234") == "1234"


def test_a_code_that_is_not_taken_keeps_nothing() -> None:
    """The first session goes on."""
    made, server = password()
    app = Server(**APP)
    refused = [*asked(app, CODE_TOKEN), app.answered("Authentification", {"Acces": 1})]
    found, talk = issue(made, code(server), *refused)
    assert isinstance(found, Refused)
    assert talk.saved == []
    assert run(made, done(server)).told == [READ]


def test_the_second_session_has_a_device_and_draws_of_the_first() -> None:
    """So that the school knows it again, and asks for no PIN."""
    made, server = password()
    app = Server(**APP)
    issue(made, code(server), *redeemed(app))
    assert app.log[0].data["identifiantNav"] == made.session.device == entering.DEVICE


def test_a_token_is_issued_in_strict_mode() -> None:
    """Everything that is asked for can be read."""
    server, made = Server(), entering.account(strict=True)
    made.session = Session(made.session.root, Space.STUDENT, options(strict=True), draw=begun().draw)
    credentials, _ = issue(made, *entering.entry(server), code(server), *redeemed(Server(**APP)))
    assert credentials.provider == "pronote"
    assert LOGIN.knock.host in credentials.fields["url"]
