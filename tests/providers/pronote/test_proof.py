"""A proof: counted by the governor, made once, and read so that nothing precious in its answer is lost."""

from __future__ import annotations

from typing import Any

import pytest
from Crypto.PublicKey import RSA

from schoolsync.errors import (
    AddressSuspended,
    Interrupted,
    LoginHeld,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    UnexpectedShape,
    Unreachable,
    WrongCredentials,
)
from schoolsync.flow.effects import Knock, Outcome, Permit
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote import wire
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.crypto import RsaKey
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.proof import SignedIn, counted, introduced, outcome_of, proven
from schoolsync.providers.pronote.refusals import wrong_password
from schoolsync.providers.pronote.schema.entering import ChallengePage
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.testing.play import Answer
from tests.providers.pronote.entering import asked, scrambling
from tests.providers.pronote.phone import NEXT, STEPS, Diary
from tests.providers.pronote.wire import (
    MATERIAL,
    NOON,
    PASSWORD,
    USER,
    Server,
    error,
    md5,
    options,
    proof,
    session,
)

KNOCK = Knock("0000000a.example", "opaque", Secret(PASSWORD))
TOLD = ["GET eleve.html", *STEPS[1:]]


async def whole(on: Session) -> SignedIn:
    """A log-in as any other: page, settings, challenge, proof."""

    async def identify() -> Page[ChallengePage]:
        return await entering.identify(on, USER)

    settings, page, challenge = await introduced(on, identify)
    key = proof(USER, PASSWORD, challenge.alea or "")
    return SignedIn(settings, page, await proven(on, challenge, key, wrong_password), challenge.login)


def tried(
    *answers: Answer, on: Session | None = None, holds: Any = None
) -> tuple[SignedIn | SchoolSyncError, Session, Diary]:
    """How a counted log-in ended."""
    on, talk = on or session(), Diary(list(answers), holds=holds)
    found: SignedIn | SchoolSyncError
    try:
        found = talk.run(counted(on, KNOCK, (PASSWORD,), lambda: whole(on)))
    except SchoolSyncError as trouble:
        found = trouble
    assert not talk.answers
    return found, on, talk


def test_a_proof_is_counted_and_told() -> None:
    """The governor first, then the school, then the governor again."""
    server = Server()
    found, on, talk = tried(*asked(server), server.accepted(direct=True, libelleUtil="EXAMPLE Louison"))
    assert isinstance(found, SignedIn)
    assert (found.label, found.username) == ("EXAMPLE Louison", None)
    assert talk.told == ["may I?", *TOLD, "accepted"]
    assert on.key == md5(MATERIAL)
    assert "Louison" not in repr(found)


def test_what_is_held_back_leaves_the_session_as_it_was() -> None:
    """Keys, cookies, numbers."""
    on = session()
    on.switch_key(b"other")

    def no(_: Permit) -> None:
        raise LoginHeld(NOON)

    found, _, talk = tried(on=on, holds=no)
    assert isinstance(found, LoginHeld)
    assert (on.key, talk.sent) == (md5(b"other"), [])


def test_a_refused_proof_leaves_no_session_and_quotes_nobody() -> None:
    """What was typed is private from the first request on."""
    server = Server()
    no = server.answered(
        "Authentification", {"Acces": 9, "AccesMessage": {"message": f"Pas vous, {PASSWORD}"}}
    )
    found, on, talk = tried(*asked(server), no)
    assert isinstance(found, Refused)
    assert found.text == "Pas vous, …"
    assert on.start is None
    assert talk.told == ["may I?", *TOLD]


def test_a_key_that_does_not_fit_is_not_sent() -> None:
    """It is a wrong password, and the governor knows."""
    server = scrambling()
    page, known, _ = asked(server)
    found, _, talk = tried(page, known, server.challenged(USER, "another"))
    assert isinstance(found, WrongCredentials)
    assert talk.told == ["may I?", *TOLD[:-1], "refused"]


@pytest.mark.parametrize("number", [8, 10, 13, 14, 18, 21])
def test_a_server_that_understood_the_vector_wrongly_is_told_once_more(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same log-in, and in the other way; a second time is too much."""
    private = RSA.generate(1024)
    monkeypatch.setattr(wire, "BUILT_IN_KEY", RsaKey(private.n, private.e))
    first, second = asked(Server())[:2], asked(Server(rsa=private))[:2]
    found, _, talk = tried(*first, error(number), *second, error(number))
    assert isinstance(found, SessionExpired)
    assert talk.told == ["may I?", *TOLD[:-1], *TOLD[:-1]]


@pytest.mark.parametrize("is_strict", [False, True])
def test_a_token_is_taken_before_strictness_is_kept(is_strict: bool) -> None:
    """An answer that cannot be read whole is an error in strict mode; its token is ours in both."""
    on, server = session(Space.STUDENT, options(strict=is_strict)), Server()
    more = {"AccesMessage": "no object", "jetonConnexionAppliMobile": NEXT}
    found, on, _ = tried(*asked(server), server.accepted(direct=True, **more), on=on)
    assert isinstance(found, UnexpectedShape) is is_strict
    assert on.next_token == Secret(NEXT)


@pytest.mark.parametrize(
    ("trouble", "has_left", "outcome"),
    [
        (WrongCredentials(), True, Outcome.REFUSED),
        (AddressSuspended(), True, Outcome.SUSPENDED),
        (RateLimited(None), True, Outcome.RATE_LIMITED),
        (Unreachable(was_sent=False), False, Outcome.UNSENT),
        (Unreachable(was_sent=False), True, None),
        (Unreachable(was_sent=None), False, None),
        (Interrupted(was_sent=True), True, None),
        (Refused("no"), True, None),
    ],
)
def test_what_the_governor_must_know(
    trouble: SchoolSyncError, has_left: bool, outcome: Outcome | None
) -> None:
    """What never left does not count; what nobody knows is a log-in, and no more."""
    assert outcome_of(trouble, has_left=has_left) is outcome
