"""The upkeep of a session: signed in, fresh, and tried again exactly where that is safe."""

from __future__ import annotations

import pytest

from schoolsync.errors import (
    ActionRequired,
    Interrupted,
    Refused,
    TimedOut,
    Unavailable,
    UnexpectedShape,
    UnknownName,
    Unreachable,
    UsageError,
)
from schoolsync.flow.http import Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer
from tests.providers.classcharts.keeping import (
    DONE,
    ENTRY,
    FOURTH,
    LOG_IN,
    PING,
    PUPILS,
    READ,
    SECOND,
    failed,
    read,
    ready,
    run,
)
from tests.providers.classcharts.wire import (
    ALEX,
    EXPIRED,
    FIRST_ID,
    NOON,
    PARENT_IN,
    SAM,
    STUDENT_IN,
    TO_TES,
    answer,
    entered,
    header,
    page,
    parent,
    pinged,
    refused,
    sent,
    signed_in,
    student,
)

# -- signing in ----------------------------------------------------------------------


def test_the_first_reading_signs_in() -> None:
    """Form, ping, pupils: the ping wakes the session, and its id is the one that counts."""
    account = parent().account
    talk = run(read, account, *PARENT_IN, DONE)
    assert sent(talk) == [*ENTRY, READ]
    basics = [header(request, "authorization") for request in talk.sent]
    assert basics == [None, f"Basic {FIRST_ID}", f"Basic {'b' * 32}", f"Basic {'b' * 32}"]
    assert [pupil.name for pupil in account.pupils] == ["Alex Example", "Sam Example"]


def test_a_student_signs_in_with_two_requests() -> None:
    """The ping says who it is."""
    account = student().account
    talk = run(read, account, *STUDENT_IN, DONE)
    assert sent(talk) == ["POST /student/login", "POST /apiv2student/ping", "GET /apiv2student/data"]
    assert [pupil.provider_id for pupil in account.pupils] == ["5000001"]


def test_nothing_is_known_before() -> None:
    """And asking does no I/O."""
    account = parent().account
    with pytest.raises(UsageError, match="nobody has signed in"):
        account.pupils  # noqa: B018
    with pytest.raises(UsageError, match="nobody has signed in"):
        account.capabilities  # noqa: B018


def test_pupils_that_are_empty_once_are_asked_for_again() -> None:
    """After another ping, which may be the one that wakes the session."""
    talk = run(read, parent().account, *PARENT_IN[:2], answer([]), pinged(), answer([ALEX]), DONE)
    assert sent(talk) == [*ENTRY, PING, PUPILS, READ]


def test_pupils_that_stay_empty_are_an_error() -> None:
    """An empty list here is no data, and a later call asks again without another log-in."""
    account = parent().account
    empty = (pinged(), answer([]), pinged(), answer([]))
    error, talk = failed(read, account, entered(), *empty)
    assert isinstance(error, ActionRequired)
    assert (error.provider, error.operation) == ("classcharts", "reading")
    assert sent(talk) == [*ENTRY, PING, PUPILS]
    _, talk = failed(read, account, *empty)
    assert sent(talk) == [PING, PUPILS, PING, PUPILS]
    run(read, account, pinged(), answer([ALEX]), DONE)


def test_a_session_that_died_before_it_told_its_pupils_is_replaced() -> None:
    """Else nobody could ever sign in again after an evening without pupils."""
    account = parent().account
    failed(read, account, entered(), pinged(), answer([]), pinged(), answer([]))
    talk = run(read, account, EXPIRED, *PARENT_IN, DONE)
    assert sent(talk) == [PING, *ENTRY, READ]


def test_a_pupil_that_cannot_be_read_is_told_and_the_other_is_there(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A child must not vanish without a word."""
    account = parent().account
    run(read, account, *PARENT_IN[:2], answer([{"name": "Sam Example"}, ALEX]), DONE)
    assert len(account.pupils) == 1
    assert "data.0.id (missing)" in caplog.text
    assert "Sam" not in caplog.text


def test_pupils_that_cannot_be_read_at_all_are_a_shape_error() -> None:
    """Not "the school shows none": that would be a wrong cause."""
    error, _ = failed(read, parent().account, *PARENT_IN[:2], answer([{"name": "x"}]))
    assert isinstance(error, UnexpectedShape)
    assert error.path == "data.0.id"


def test_trouble_right_after_the_form_sends_no_second_form() -> None:
    """Ping and pupils are reads and are tried again; the log-in counts already."""
    talk = run(read, parent().account, entered(), page(status=503), *PARENT_IN[1:], DONE)
    assert sent(talk) == [LOG_IN, PING, PING, PUPILS, READ]
    assert talk.slept == [SECOND]
    assert len(talk.permits) == 2


@pytest.mark.parametrize(
    "first", [page(status=503), page("", 429, ("retry-after", "5")), Unreachable(was_sent=False)]
)
def test_a_log_in_is_never_repeated_by_itself(first: Answer) -> None:
    """However retryable its error is for whoever decides to try again."""
    error, talk = failed(read, parent().account, first)
    assert error.is_retryable
    assert (sent(talk), talk.slept) == ([LOG_IN], [])


def test_a_reason_is_asked_for_once_in_an_account_s_life() -> None:
    """The second refusal sends the form alone."""
    account = parent().account
    locked = (page(), refused("Your account is locked"))
    for answers in (locked, locked[:1]):
        error, talk = failed(read, account, *answers)
        assert isinstance(error, Refused)
        assert sent(talk) == [LOG_IN, "POST /apiv2parent/login"][: len(answers)]


def test_a_lost_log_in_is_interrupted() -> None:
    """It may have been counted."""
    error, talk = failed(read, parent().account, TimedOut(was_sent=True))
    assert isinstance(error, Interrupted)
    assert sent(talk) == [LOG_IN]


# -- fresh ---------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "pings"), [(0, 0), (174.9, 0), (175, 1), (180, 1), (100_000, 1)])
def test_the_session_is_renewed_five_seconds_before_it_ends(age: float, pings: int) -> None:
    """By the injected clock, and the reading is dressed with the new id."""
    clock = HandClock(NOON)
    account = ready(clock)
    clock.advance(age)
    fresh = [pinged(session_id="c" * 32)] * pings
    talk = run(read, account, *fresh, DONE)
    assert sent(talk) == [PING] * pings + [READ]
    newest = "c" * 32 if pings else "b" * 32
    assert header(talk.sent[-1], "authorization") == f"Basic {newest}"
    talk = run(read, account, DONE)
    assert sent(talk) == [READ]


def test_a_ping_that_gives_no_id_is_enough() -> None:
    """Else every call would ping again."""
    clock = HandClock(NOON)
    account = ready(clock)
    clock.advance(176)
    run(read, account, pinged(session_id=None), DONE)
    assert sent(run(read, account, DONE)) == [READ]


@pytest.mark.parametrize("refusal", [EXPIRED, TO_TES, refused("not logged in", status=401)])
def test_a_refused_ping_is_one_full_log_in(refusal: Response) -> None:
    """The session idled for too long."""
    clock = HandClock(NOON)
    account = ready(clock)
    clock.advance(4000)
    talk = run(read, account, refusal, *PARENT_IN, DONE)
    assert sent(talk) == [PING, *ENTRY, READ]


def test_a_ping_in_trouble_is_tried_again() -> None:
    """It is a read."""
    clock = HandClock(NOON)
    account = ready(clock)
    clock.advance(176)
    talk = run(read, account, Unreachable(), page(status=500), pinged(), DONE)
    assert sent(talk) == [PING] * 3 + [READ]
    assert talk.slept == [SECOND, FOURTH]


# -- whom, and whether -------------------------------------------------------------------


def test_pupils_are_found_however_they_are_named() -> None:
    """And nobody else."""
    account = ready()
    alex, sam = account.pupils
    assert account.pupil(None) is alex
    for wanted in (sam, sam.key, "sam example", "Sam", 2, 5000002, "5000002"):
        assert account.pupil(wanted) is sam
    for wanted in ("Robin", 3, 5000009, ""):
        with pytest.raises(UnknownName) as caught:
            account.pupil(wanted)
        assert "Sam" not in str(caught.value)


def test_what_is_off_is_refused_before_anything_is_sent() -> None:
    """With the reason; what was not said is left open."""
    account = signed_in(parent(), display_timetable=False, display_homework=True).account
    account.need("homeworks", None)
    account.need("announcements", SAM["id"])
    with pytest.raises(Unavailable) as caught:
        account.need("lessons", None)
    assert (caught.value.reason, caught.value.operation) == ("off_at_school", "lessons")
    with pytest.raises(Unavailable) as caught:
        account.need("homeworks", None, "write")
    assert caught.value.reason == "not_for_this_account"


def test_an_account_shows_no_secret() -> None:
    """In `repr`, at any depth."""
    text = repr(ready())
    for secret in ("robin@example.test", "s3cret", "Alex", "b" * 32):
        assert secret not in text
