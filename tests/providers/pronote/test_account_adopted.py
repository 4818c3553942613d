"""A session that somebody else has signed in to: used as it is, and final when it ends."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from schoolsync.errors import BadArgument, SessionExpired, UsageError
from schoolsync.providers.pronote.account import Account
from schoolsync.providers.pronote.calls import entering
from schoolsync.providers.pronote.session import Session
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Script, play
from tests.providers.pronote.entering import ENTRY, LOGIN, SETTINGS, STEPS, pupil, steps, user
from tests.providers.pronote.keeping import READ, failed, read, run
from tests.providers.pronote.wire import NOON, answered, error, options, signed_in

NEW = user(pupil("46#new"))
"""The same pupil, as the next session knows it."""


def adopted(clock: HandClock | None = None, **given: Any) -> tuple[Account, Session]:
    """An account around a session that somebody else signed in to, told of its settings."""
    session = signed_in(given=options(clock))
    settings, _ = play(entering.settings(session), [answered(STEPS[1], SETTINGS)])
    made = Account(None, session, **given)
    made.begin_with(settings)
    return made, session


def test_an_adopted_session_is_used_without_a_log_in() -> None:
    """Only the account is asked for."""
    made, _ = adopted(timezone="Pacific/Noumea")
    answers = (answered("ParametresUtilisateur", user()), answered(READ, "done"))
    talk = run(read, made, *answers)
    assert (steps(talk), talk.permits) == ([ENTRY[-1], READ], [])
    assert made.year.school == "COLLEGE EXEMPLE"
    assert made.settings.general.school == "COLLEGE EXEMPLE"
    assert made.pupils[0].school.timezone == "Pacific/Noumea"


def test_an_adopted_session_without_settings_asks_for_them() -> None:
    """With the vector that it has."""
    made = Account(None, signed_in())
    answers = (
        answered("FonctionParametres", SETTINGS),
        answered("ParametresUtilisateur", user()),
        answered(READ, "done"),
    )
    talk = run(read, made, *answers)
    assert (steps(talk), talk.permits) == ([STEPS[1], ENTRY[-1], READ], [])
    assert steps(run(read, made, answered(READ, "done"))) == [READ]


def test_the_end_of_an_adopted_session_is_final() -> None:
    """There is nothing to sign in with; the hint says what to do."""
    made, session = adopted()
    run(read, made, answered("ParametresUtilisateur", user()), answered(READ, "done"))
    for answers in ((lambda _: error(10),), ()):
        caught, talk = failed(read, made, *answers)
        assert type(caught) is SessionExpired
        assert (len(talk.sent), talk.permits) == (len(answers), [])
        assert "elsewhere" in str(caught)
    assert session.is_lost


def test_an_adopted_session_is_tried_after_any_silence() -> None:
    """Asking is all that can be done."""
    clock = HandClock(NOON)
    made, _ = adopted(clock)
    run(read, made, answered("ParametresUtilisateur", user()), answered(READ, "done"))
    clock.advance(5000)
    assert steps(run(read, made, answered(READ, "done"))) == [READ]


def test_an_adopted_session_may_be_adopted_anew() -> None:
    """What was known of the old one is asked for again."""
    made, session = adopted()
    run(read, made, answered("ParametresUtilisateur", user()), answered(READ, "done"))
    other = signed_in()
    assert other.start is not None
    assert other.wire is not None
    session.adopt(attrs.evolve(other.start), material=b"", drawn=other.drawn, order=7, wire=other.wire)
    answers = (
        answered("FonctionParametres", SETTINGS),
        answered("ParametresUtilisateur", NEW),
        answered(READ, "done"),
    )
    assert steps(run(read, made, *answers)) == [STEPS[1], ENTRY[-1], READ]
    assert made.resource(None).id == "46#new"


def test_an_adopted_session_has_no_credentials() -> None:
    """And says so."""
    made, _ = adopted()
    with pytest.raises(UsageError, match="elsewhere"):
        made.credentials  # noqa: B018
    with pytest.raises(SessionExpired):
        Script().run(made.sign_in())


def test_a_session_that_never_began_cannot_be_adopted_with_settings() -> None:
    """They would be of another one."""
    settings, _ = play(entering.settings(signed_in()), [answered(STEPS[1], SETTINGS)])
    with pytest.raises(SessionExpired):
        Account(None, Session(LOGIN.root, LOGIN.space, options())).begin_with(settings)


def test_an_adopted_session_has_a_zone_too() -> None:
    """Checked as everybody's."""
    with pytest.raises(BadArgument):
        adopted(timezone="Europe/Pariss")
