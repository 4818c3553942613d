"""An account with a token: the newest one is kept before anything else is sent, whatever goes wrong."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import (
    ChallengeUnanswered,
    Interrupted,
    LoginHeld,
    SchoolSyncError,
    TimedOut,
    WrongCredentials,
)
from schoolsync.flow.effects import Effect, Permit, Save, Send
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.account import Account
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer
from tests.providers.pronote import entering
from tests.providers.pronote.keeping import READ, done, read
from tests.providers.pronote.phone import (
    APP,
    NEXT,
    STEPS,
    THIRD,
    TOKEN,
    UUID,
    Diary,
    asked,
    entry,
    hide_tokens,
    let_in,
    phone,
    run,
    token_of,
)
from tests.providers.pronote.wire import NOON, USER, Server, error

ENTRY = [*STEPS, "ParametresUtilisateur"]
WHOLE = ["may I?", *STEPS, "accepted", f"save {NEXT}", ENTRY[-1], READ]
"""The first reading of somebody with a token."""


def failed(made: Account, *answers: Answer, flow: Any = read, holds: Any = None) -> tuple[Any, Diary]:
    """The error of a reading, and what it asked of the world."""
    talk = Diary(list(answers), holds=holds)
    with pytest.raises(SchoolSyncError) as caught:
        talk.run(flow(made))
    assert not talk.answers
    hide_tokens(caught.value, made, made.login, made.session)
    return caught.value, talk


def ready(clock: HandClock | None = None) -> tuple[Account, Server]:
    """Somebody whom a token let in, and the server that did."""
    made, server = phone(clock=clock), Server(**APP)
    run(made, *entry(server), done(server))
    return made, server


# -- kept first ------------------------------------------------------------------------------


def test_the_next_token_is_kept_before_the_next_request() -> None:
    """Right after the log-in; the credentials are whole, and the next log-in is by them."""
    made, server = phone(timezone="Pacific/Noumea"), Server(**APP)
    talk = run(made, *entry(server), done(server))
    assert talk.told == WHOLE
    (kept,) = talk.saved
    assert kept == made.credentials
    fields = {"token": NEXT, "uuid": UUID, "username": USER, "account": "student"}
    assert fields.items() <= kept.fields.items()
    assert kept.fields["timezone"] == "Pacific/Noumea"
    assert made.session.next_token is None


@pytest.mark.parametrize("number", [8, 10, 13])
def test_a_silent_renewal_is_by_the_newest_token(number: int) -> None:
    """And gives another one, which is kept before the reading goes on."""
    made, server = ready()
    talk = run(made, lambda _: error(number), *entry(server, NEXT, THIRD), done(server))
    assert talk.told == [READ, "may I?", *STEPS, "accepted", f"save {THIRD}", ENTRY[-1], READ]
    assert token_of(made) == Secret(THIRD)


def test_a_session_that_was_silent_for_long_is_renewed_so() -> None:
    """Without asking whether it still lives."""
    clock = HandClock(NOON)
    made, server = ready(clock)
    clock.advance(1800)
    talk = run(made, *entry(server, NEXT, THIRD), done(server))
    assert talk.told[:2] == ["may I?", STEPS[0]]
    assert token_of(made) == Secret(THIRD)


def test_a_server_that_gives_no_other_token_is_asked_with_this_one_again() -> None:
    """There is nothing new to keep."""
    made, server = phone(), Server(**APP)
    talk = run(made, *entry(server, following=None), done(server))
    assert talk.saved == []
    assert token_of(made) == Secret(TOKEN)


def test_a_token_is_kept_when_its_log_in_led_nowhere() -> None:
    """A PIN is asked for: the token is another one all the same."""
    made, server = phone(), Server(**APP)
    step: dict[str, Any] = {"actionsDoubleAuth": {"_T": 26, "V": "[3]"}}
    caught, talk = failed(made, *asked(server), let_in(server, **step))
    assert isinstance(caught, ChallengeUnanswered)
    assert talk.told == ["may I?", *STEPS, f"save {NEXT}"]
    assert token_of(made) == Secret(NEXT)


def test_a_password_brings_no_token() -> None:
    """Should a server give one unasked, a password stays a password."""
    server, made = Server(), entering.account()
    page, known, challenge, _, user = entering.entry(server)
    unasked = server.accepted(direct=True, jetonConnexionAppliMobile=NEXT)
    talk = run(made, page, known, challenge, unasked, user, done(server))
    assert talk.saved == []
    assert "password" in made.credentials.fields


# -- cut off ---------------------------------------------------------------------------------


def effects(made: Account, server: Server, count: int) -> tuple[list[Effect], bool]:
    """The first *count* effects of a reading that is then cut off; whether a token was given by then."""
    flow, answers = read(made), [*entry(server), done(server)]
    seen: list[Effect] = []
    effect: Any = flow.send(None)
    given = False
    while len(seen) < count:
        seen.append(effect)
        answer: Any = None
        if isinstance(effect, Send):
            asks: Any = answers.pop(0)
            answer = asks(effect.request)
            given = given or len(answers) == 2
        effect = flow.send(answer)
    flow.close()
    return [*seen, effect], given


@pytest.mark.parametrize("count", range(len(WHOLE)))
def test_wherever_it_is_cut_off_the_newest_token_is_not_lost(count: int) -> None:
    """What was given is what the next log-in is by; what was not kept is kept first of all."""
    made, server = phone(), Server(**APP)
    seen, given = effects(made, server, count)
    assert given is (count > WHOLE.index(STEPS[-1]))
    newest, following = (NEXT, THIRD) if given else (TOKEN, NEXT)
    assert token_of(made) == Secret(newest)
    is_kept = any(isinstance(effect, Save) for effect in seen[:-1])
    is_in = count >= WHOLE.index(f"save {NEXT}") and not isinstance(seen[-1], Send)
    rest = [] if is_in else entry(server, newest, following)
    user = [entry(server)[-1]] if is_in else []
    talk = run(made, *rest, *user, done(server))
    first = talk.told[0]
    assert (first == f"save {NEXT}") is (given and not is_kept)
    assert token_of(made) == Secret(newest if is_in else following)


def test_what_could_not_be_kept_is_kept_before_anything_is_sent() -> None:
    """As often as it takes; it costs no other log-in."""
    made, server = phone(), Server(**APP)

    class Full(Diary):
        is_full = True

        def _perform(self, effect: Any) -> object:
            done = super()._perform(effect)
            if isinstance(effect, Save) and self.is_full:
                raise OSError("no space left")
            return done

    *before, user = entry(server)
    talk = Full(list(before))
    for told in (["may I?", *STEPS, "accepted", f"save {NEXT}"], [f"save {NEXT}"]):
        with pytest.raises(OSError, match="no space"):
            talk.run(read(made))
        assert talk.told == told
        talk.told.clear()
    assert token_of(made) == Secret(NEXT)
    with pytest.raises(OSError, match="no space"):
        talk.run(made.renew())
    talk.is_full = False
    talk.told.clear()
    talk.answers += [user, done(server)]
    assert talk.run(read(made)) == "done"
    assert talk.told == [f"save {NEXT}", ENTRY[-1], READ]
    assert run(made, done(server)).told == [READ]


def test_an_explicit_log_in_keeps_what_was_not_kept() -> None:
    """And is by that token."""
    made, server = phone(), Server(**APP)
    effects(made, server, WHOLE.index(f"save {NEXT}"))
    talk = Diary(entry(server, NEXT, THIRD))
    talk.run(made.sign_in(anew=True))
    assert talk.told == [f"save {NEXT}", "may I?", *STEPS, "accepted", f"save {THIRD}", ENTRY[-1]]


def test_a_farewell_keeps_what_was_not_kept() -> None:
    """Whoever leaves in the middle finds the newest token where it belongs."""
    made, server = phone(), Server(**APP)
    effects(made, server, WHOLE.index(f"save {NEXT}"))
    talk = Diary([server.answered("SaisieDeconnexion")])
    talk.run(made.logout())
    assert talk.told == [f"save {NEXT}", "SaisieDeconnexion"]
    again = Diary()
    again.run(made.logout())
    assert again.told == []


# -- lost, dead ------------------------------------------------------------------------------


def test_a_lost_answer_is_tried_once_more_by_the_next_log_in() -> None:
    """The token may live: then all is well."""
    made, server = phone(), Server(**APP)
    caught, talk = failed(made, *asked(server), TimedOut(was_sent=True))
    assert isinstance(caught, Interrupted)
    assert talk.saved == []
    assert token_of(made) == Secret(TOKEN)
    assert run(made, *entry(server), done(server)).told == WHOLE


def test_a_token_that_died_with_a_lost_answer_is_told() -> None:
    """Once; then the governor remembers it."""
    made, server = phone(), Server(**APP)
    failed(made, *asked(server), TimedOut(was_sent=True))
    dead = [*asked(server), server.answered("Authentification", {"Acces": 1})]
    caught, talk = failed(made, *dead)
    assert isinstance(caught, WrongCredentials)
    assert talk.told == ["may I?", *STEPS, "refused"]


def test_the_token_before_the_newest_may_help_once() -> None:
    """A school that has forgotten the newest; afterwards there is a new chain."""
    made, server = ready()
    forgotten = [*asked(server, NEXT), server.answered("Authentification", {"Acces": 1})]
    talk = run(made, lambda _: error(10), *forgotten, *entry(server, TOKEN, THIRD), done(server))
    assert talk.told == [
        READ,
        *("may I?", *STEPS, "refused"),
        *("may I?", *STEPS, "accepted", f"save {THIRD}", ENTRY[-1], READ),
    ]
    assert token_of(made) == Secret(THIRD)


def test_a_token_that_is_held_back_is_not_sent() -> None:
    """The governor has the last word."""

    def no(_: Permit) -> None:
        raise LoginHeld(NOON)

    caught, talk = failed(phone(), holds=no)
    assert isinstance(caught, LoginHeld)
    assert talk.sent == []
