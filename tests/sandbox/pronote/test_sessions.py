"""Sessions: numbers, ages, ends."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from schoolsync.sandbox.pronote.sessions import Rules, Sessions


@pytest.fixture
def sessions() -> Sessions:
    """None yet."""
    return Sessions(Rules(idle=dt.timedelta(seconds=60)), random.Random(1))


def test_every_session_is_its_own(sessions: Sessions) -> None:
    """Number, ids and cookie; seven digits."""
    opened = [sessions.begin(3, 0) for _ in range(50)]
    assert len({one.number for one in opened}) == 50
    assert len({one.cookie for one in opened}) == 50
    assert len({one.ids.of(46, "pupil:e1") for one in opened}) == 50
    assert all(len(str(one.number)) == 7 for one in opened)


def test_a_number_is_never_given_twice(sessions: Sessions, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if chance would."""
    drawn = iter([1_234_567, 1_234_567, 7_654_321])
    monkeypatch.setattr(sessions._chance, "randint", lambda *_: next(drawn))
    assert [sessions.begin(3, 0).number for _ in range(2)] == [1_234_567, 7_654_321]


def test_silence_ends_a_session(sessions: Sessions) -> None:
    """After the time that the rules say, and not before; it stays ended."""
    one = sessions.begin(3, 100)
    assert sessions.find(one.number, 160) is one
    one.last_seen = 150
    assert sessions.find(one.number, 210) is one
    assert sessions.find(one.number, 210.1) is None
    assert sessions.find(one.number, 150) is None


@pytest.mark.parametrize("number", [None, "1", 0, -1, 1.5, []])
def test_what_is_no_session(sessions: Sessions, number: object) -> None:
    """Is not found."""
    assert sessions.find(number, 0) is None


def test_sessions_can_be_ended(sessions: Sessions) -> None:
    """One, or all; one that is not there is no error."""
    one, two, three = (sessions.begin(3, 0) for _ in range(3))
    sessions.end(one.number)
    sessions.end(one.number)
    assert sessions.find(one.number, 0) is None
    assert sessions.find(two.number, 0) is two
    sessions.end_all()
    assert sessions.find(three.number, 0) is None


def test_a_new_browser_gets_a_name(sessions: Sessions) -> None:
    """Another one each time."""
    names = {sessions.device() for _ in range(20)}
    assert len(names) == 20
    assert all(len(name) == 32 for name in names)
