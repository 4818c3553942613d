"""Log-ins and their ids."""

from __future__ import annotations

import random
import re

import pytest

from schoolsync.sandbox.classcharts.shapes import Rules
from schoolsync.sandbox.classcharts.state import LogIn, Sessions


@pytest.fixture
def sessions() -> Sessions:
    """Nobody is in."""
    return Sessions(Rules(), random.Random(1))


@pytest.fixture
def log_in(sessions: Sessions) -> LogIn:
    """A parent who came in at second 0."""
    return sessions.begin("parent", "910001", 0, has_web_session=True)


def test_ids_look_like_the_real_ones(sessions: Sessions, log_in: LogIn) -> None:
    """32 lower-case hex digits, never the same, never shown."""
    tokens = {log_in.newest, log_in.cookie, sessions.issue(log_in, 0), sessions.issue(log_in, 0)}
    assert len(tokens) == 4
    assert all(re.fullmatch("[0-9a-f]{32}", token) for token in tokens)
    assert not any(token in repr(log_in) for token in tokens)


def test_an_id_lives_three_minutes(sessions: Sessions, log_in: LogIn) -> None:
    """Then it is dead, though it may still ping while the log-in lives."""
    first = log_in.newest
    assert sessions.find(first, 179) is log_in
    assert sessions.find(first, 180) is None
    assert sessions.find(first, 180, is_ping=True) is log_in
    assert sessions.find(first, 7201, is_ping=True) is None
    assert sessions.find("0" * 32, 0, is_ping=True) is None


def test_a_strict_server_forgives_no_late_ping(sessions: Sessions, log_in: LogIn) -> None:
    """Expired is expired."""
    sessions.rules = Rules(strict_ping=True)
    assert sessions.find(log_in.newest, 179, is_ping=True) is log_in
    assert sessions.find(log_in.newest, 180, is_ping=True) is None


def test_a_superseded_id_stays_good(sessions: Sessions, log_in: LogIn) -> None:
    """Until its own end, and at least a minute, whichever is later; others keep theirs."""
    first = log_in.newest
    second = sessions.issue(log_in, 10, presented=first)
    assert sessions.find(first, 179) is log_in
    third = sessions.issue(log_in, 176, presented=first)
    assert sessions.find(first, 235) is log_in
    assert sessions.find(first, 237) is None
    assert sessions.find(second, 235) is log_in
    assert sessions.find(third, 355) is log_in


def test_an_id_is_extended(sessions: Sessions, log_in: LogIn) -> None:
    """A ping without data gives the presented id, and the log-in, a new life."""
    first = log_in.newest
    sessions.extend(log_in, first, 170)
    assert sessions.find(first, 349) is log_in
    assert log_in.ends == 170 + 7200


def test_a_cookie_leads_to_its_log_in(sessions: Sessions, log_in: LogIn) -> None:
    """While it lives."""
    assert sessions.find_cookie(log_in.cookie, 7200) is log_in
    assert sessions.find_cookie(log_in.cookie, 7201) is None
    assert sessions.find_cookie("other", 0) is None


def test_ends(sessions: Sessions, log_in: LogIn) -> None:
    """One log-in ends, by itself or by its id, and others stay; or all do."""
    other = sessions.begin("parent", "910001", 0, has_web_session=False)
    third = sessions.begin("student", "5000001", 0, has_web_session=True)
    sessions.end(log_in)
    assert sessions.find(log_in.newest, 0) is None
    sessions.end_by_id(other.newest)
    assert sessions.find(other.newest, 0) is None
    assert sessions.find(third.newest, 0) is third
    sessions.end_all()
    assert sessions.find(third.newest, 0) is None
