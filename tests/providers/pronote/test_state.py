"""What a session remembers: keys, numbers, age; and what it shows of that."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import tracemalloc
from urllib.parse import urlsplit

import pytest

from schoolsync.ent.border import Side
from schoolsync.errors import SessionExpired, Undecodable
from schoolsync.flow.http import Cookies, Response
from schoolsync.providers.pronote.crypto import BUILT_IN_KEY, EMPTY_KEY, NO_IV
from schoolsync.providers.pronote.page import Start, read_start
from schoolsync.providers.pronote.schema.settings import SettingsPage
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.providers.pronote.wire import EARLY, LATE, NEW, OLD, Wire
from schoolsync.sandbox.clock import HandClock
from tests.providers.pronote.wire import (
    IV,
    MATERIAL,
    NOON,
    NUMBER,
    ROOT,
    md5,
    options,
    page,
    sealed,
    session,
    signed_in,
    unsealed,
)

START = Start(number=NUMBER, space=3, version=(2026, 2, 6))
PLAIN = Wire(NEW, LATE, False, False, None)


def cookies(line: str = "lb=node-7; path=/") -> Cookies:
    """One cookie of the school's host."""
    return Cookies().after(Response(200, (("set-cookie", line),), f"{ROOT}/eleve.html"), NOON)


def test_nobody_has_begun() -> None:
    """No number, no vector, no age; and nothing can be asked."""
    state = session()
    assert (state.start, state.wire, state.version, state.order) == (None, None, (), 1)
    assert (state.key, state.iv) == (EMPTY_KEY, NO_IV)
    assert state.age == float("inf")
    assert state.space_number == 3
    assert not state.takes_presence
    for ask in (lambda: state.number, state.announcement, lambda: state.file_url("48#a", "a.pdf")):
        with pytest.raises(SessionExpired):
            ask()


def test_a_page_begins_a_session() -> None:
    """A new vector, the empty key, the first number; what the page says decides how to write."""
    state = session()
    state.cookies, state.device, state.passes = cookies(), "NAV-0001", {Side.PORTAL: cookies()}
    state.order, state.is_lost = 9, True
    state.enter(START)
    assert (state.number, state.version, state.order, state.is_lost) == (NUMBER, (2026, 2, 6), 1, False)
    assert (state.key, state.drawn, state.iv) == (EMPTY_KEY, IV, md5(IV))
    assert state.wire == PLAIN
    assert state.announcement() == "AAECAwQFBgcICQoLDA0ODw=="
    assert (state.cookies, state.device) == (cookies(), "NAV-0001")


def test_each_session_draws_a_vector_of_its_own() -> None:
    """From the source that it was given; by default from the system's own."""
    state = Session(ROOT, Space.STUDENT, options())
    state.enter(START)
    first = state.drawn
    state.enter(START)
    assert len(first) == len(state.drawn) == 16
    assert first != state.drawn


def test_a_page_may_say_another_space() -> None:
    """A primary school's pages carry the same names; the number is its own."""
    state = session()
    state.enter(Start(number=1, space=23))
    assert state.space_number == 23
    state.enter(Start(number=1, space=0))
    assert state.space_number == 0


def test_without_tls_the_vector_is_told_under_the_built_in_key() -> None:
    """And the generation that encrypts is expected."""
    state = Session("http://127.0.0.1:8000/pronote", Space.STUDENT, options(), draw=bytes)
    state.enter(Start(number=1, is_http=True))
    assert state.wire == Wire(OLD, None, True, True, BUILT_IN_KEY)
    assert len(state.announcement()) == 172


def test_somebody_else_has_begun_and_signed_in() -> None:
    """Everything that they say is taken over."""
    state, drawn = session(), bytes(range(16, 32))
    wire = Wire(OLD, EARLY, True, True, None)
    state.adopt(START, material=MATERIAL, drawn=drawn, order=9, wire=wire)
    assert (state.key, state.drawn, state.iv, state.order) == (md5(MATERIAL), drawn, md5(drawn), 9)
    assert state.wire == wire
    assert state.takes_presence
    assert not state.is_lost


def test_the_key_is_made_of_what_the_server_sent() -> None:
    """The vector and the counter stay."""
    state = session()
    state.enter(START)
    state.order = 7
    state.switch_key(MATERIAL)
    assert (state.key, state.iv, state.order) == (md5(MATERIAL), md5(IV), 7)


def test_nobody_is_signed_in_any_more() -> None:
    """Keys, cookies and numbers are gone; the device, the private words and a portal's passes stay."""
    given = options()
    state = signed_in(given=given)
    state.passes = {Side.PORTAL: cookies()}
    state.switch_key(MATERIAL)
    state.cookies, state.device, state.is_lost = cookies(), "NAV-0001", True
    state.private.names.add("louison")
    state.forget()
    fresh = session(given=given)
    state.draw = fresh.draw
    fresh.device, fresh.passes = "NAV-0001", {Side.PORTAL: cookies()}
    fresh.private.names.add("louison")
    assert state == fresh


def test_a_number_is_burned_before_it_leaves() -> None:
    """Until the answer comes, the session is lost; what never left is not counted."""
    clock = HandClock(NOON)
    state = signed_in(given=options(clock))
    first = state.order
    state.spend_number()
    assert (state.order, state.is_lost) == (first + 2, True)
    state.take_number_back()
    assert (state.order, state.is_lost) == (first, False)
    state.spend_number()
    clock.advance(dt.timedelta(seconds=9))
    state.hear_answer(Response(200, (("set-cookie", "lb=node-7; path=/"),), f"{ROOT}/eleve.html"))
    assert (state.order, state.is_lost, state.age) == (first + 2, False, 0)
    assert state.cookies == cookies()
    state.lose()
    with pytest.raises(SessionExpired):
        _ = state.number


def test_what_the_first_answers_tell_is_kept() -> None:
    """The names inside, the version and the device; what they do not say stays as it was."""
    state = session()
    state.enter(START)
    state.learn_names(EARLY)
    assert state.wire == Wire(NEW, EARLY, False, False, None)
    state.learn(SettingsPage.model_validate({"General": {}}))
    assert (state.version, state.device) == ((2026, 2, 6), None)
    said = {"General": {"versionPN": "2026.2.7"}, "identifiantNav": "NAV-0001"}
    state.learn(SettingsPage.model_validate(said))
    assert (state.version, state.device) == ((2026, 2, 7), "NAV-0001")


def test_the_age_counts_from_the_last_answer() -> None:
    """By the clock that never goes back."""
    clock = HandClock(NOON)
    state = signed_in(given=options(clock))
    assert state.age == 0
    clock.advance(dt.timedelta(seconds=100))
    assert state.age == 100


def test_what_the_session_key_seals() -> None:
    """A PIN goes, a password comes."""
    state = signed_in()
    state.switch_key(MATERIAL)
    assert state.sealed("1234") == "ca82d9dfdb9173b3446751a8af72a584"
    assert state.unsealed(sealed("é".encode(), md5(MATERIAL), md5(IV))) == "é"
    for text, stage in (
        ("zz", "hex"),
        ("00" * 16, "decrypt"),
        (sealed(b"\xff", md5(MATERIAL), md5(IV)), "encoding"),
    ):
        with pytest.raises(Undecodable, match=f"at {stage}") as caught:
            state.unsealed(text)
        assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_the_address_of_a_file() -> None:
    """Under the keys of this session, with its number."""
    state = signed_in()
    state.switch_key(MATERIAL)
    url = urlsplit(state.file_url("48#PJ1", "énoncé 3.pdf", code="DevoirSujet"))
    segment, name = url.path.split("/")[3:]
    said = json.loads(unsealed(segment, md5(MATERIAL), md5(IV)))
    assert said == {"N": "48#PJ1", "Actif": True, "G": "DevoirSujet"}
    assert name == "%C3%A9nonc%C3%A9%203.pdf"
    assert url.query == f"Session={NUMBER}"


def test_how_a_request_is_dressed() -> None:
    """As a desktop browser, with the cookies that fit the address and no others."""
    state = session()
    state.cookies = cookies()
    lines = dict(state.dress(f"{ROOT}/eleve.html"))
    assert set(lines) == {"user-agent", "accept-language", "cookie"}
    assert "Firefox/" in lines["user-agent"]
    assert lines["user-agent"].endswith("schoolsync")
    assert lines["cookie"] == "lb=node-7"
    assert "cookie" not in dict(state.dress("https://elsewhere.example/"))


def test_a_state_shows_nothing_private() -> None:
    """No key, no vector, no number, no cookie, no device, no name."""
    state = signed_in(Space.PARENT)
    state.switch_key(MATERIAL)
    state.cookies, state.device, state.passes = cookies(), "NAV-0001", {Side.PORTAL: cookies()}
    state.private.names.add("louison")
    shown = repr(state)
    for hidden in (str(NUMBER), "node-7", "NAV-0001", "louison", repr(state.key), repr(IV), repr(state.iv)):
        assert hidden not in shown


def test_how_a_server_writes_is_not_told_by_identity() -> None:
    """A copy means the same."""
    wire = pickle.loads(pickle.dumps(Wire(OLD, EARLY, False, False, None)))
    assert wire.secured("F", None, {}) == {"nom": "F"}
    assert wire.takes_presence


def test_a_session_is_small() -> None:
    """Whatever the page weighed, nothing big is kept of it."""
    state = session()
    first = read_start(Response(200, (), f"{ROOT}/eleve.html", page({"e": "x", "f": "y"}).body))
    assert first is not None
    state.enter(first)  # what is made once, at the first page, is no session's
    tracemalloc.start()
    try:
        whole = page({"e": "x" * 16, "f": "y" * 16}).body + b"<!-- " + b"z" * 300_000 + b" -->"
        before = tracemalloc.get_traced_memory()[0] - len(whole)
        start = read_start(Response(200, (), f"{ROOT}/eleve.html", whole))
        assert start is not None
        state.enter(start)
        del whole, start
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert kept < 16 * 1024
