"""A session in trouble: dead once, dead twice, and tried again exactly where that is safe."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from schoolsync.errors import (
    ActionRequired,
    InstanceClosed,
    Interrupted,
    LoginHeld,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    TimedOut,
    Undecodable,
    Unreachable,
    WrongCredentials,
)
from schoolsync.flow.effects import Permit
from schoolsync.flow.http import Request, Response
from schoolsync.providers.classcharts.account import Account
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer
from tests.providers.classcharts.keeping import (
    DONE,
    ENTRY,
    FOURTH,
    LOG_IN,
    PING,
    READ,
    SECOND,
    WRITE,
    failed,
    read,
    ready,
    run,
    write,
)
from tests.providers.classcharts.wire import (
    ALEX,
    EXPIRED,
    NOON,
    PARENT_IN,
    TO_TES,
    answer,
    entered,
    header,
    page,
    parent,
    pinged,
    refused,
    said,
    script,
    sent,
)

# -- ended ---------------------------------------------------------------------------


@pytest.mark.parametrize("flow", [read, write])
@pytest.mark.parametrize(
    "ended",
    [
        EXPIRED,
        refused("You are not logged in. [1]", expired=0),
        refused("whatever", status=401),
        TO_TES,
        Response(302, (("location", "/parent/login"),)),
    ],
)
def test_a_dead_session_is_one_log_in_and_the_call_again(
    flow: Callable[[Account], object], ended: Response
) -> None:
    """Writes too: a dead session kept them from running. The second one is dressed anew."""
    clock = HandClock(NOON)
    account = ready(clock)
    entry = (entered(), pinged(session_id="d" * 32), answer([ALEX]))
    talk = run(flow, account, ended, *entry, DONE)
    line = READ if flow is read else WRITE
    assert sent(talk) == [line, *ENTRY, line]
    assert header(talk.sent[-1], "authorization") == f"Basic {'d' * 32}"
    assert talk.slept == []


@pytest.mark.parametrize("flow", [read, write])
@pytest.mark.parametrize(("ended", "leaf"), [(EXPIRED, SessionExpired), (TO_TES, ActionRequired)])
def test_a_session_that_is_dead_twice_is_given_up(
    flow: Callable[[Account], object], ended: Response, leaf: type[SchoolSyncError]
) -> None:
    """After one log-in, without a pause and without a third try."""
    error, talk = failed(flow, ready(), ended, *PARENT_IN, ended)
    assert type(error) is leaf
    assert error.operation == ("reading" if flow is read else "action")
    assert sent(talk).count(LOG_IN) == 1
    assert (len(talk.sent), talk.slept) == (5, [])


def test_a_tes_gate_that_shuts_the_first_ping_asks_for_the_person() -> None:
    """One log-in, and no loop."""
    error, talk = failed(read, parent().account, entered(), TO_TES)
    assert isinstance(error, ActionRequired)
    assert "Tes" in error.where
    assert sent(talk) == [LOG_IN, PING]


def test_a_log_in_that_is_held_back_is_told() -> None:
    """The governor has the last word, inside a reading too."""
    account = ready()

    def hold(_: Permit) -> None:
        raise LoginHeld(NOON)

    talk = script(EXPIRED, holds=hold)
    with pytest.raises(LoginHeld) as caught:
        talk.run(read(account))
    assert sent(talk) == [READ]
    assert caught.value.operation == "reading"


def test_a_secret_that_became_wrong_is_told() -> None:
    """Somebody changed the password elsewhere."""
    error, talk = failed(
        read, ready(), EXPIRED, page(), refused("Email address or password provided is incorrect")
    )
    assert isinstance(error, WrongCredentials)
    assert sent(talk) == [READ, LOG_IN, "POST /apiv2parent/login"]


# -- tried again ----------------------------------------------------------------------

TROUBLE: list[Answer] = [Unreachable(), Unreachable(was_sent=True), TimedOut(was_sent=True), page(status=500)]


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_reading_in_trouble_is_tried_three_times(trouble: Answer) -> None:
    """With pauses that grow."""
    talk = run(read, ready(), trouble, trouble, DONE)
    assert sent(talk) == [READ] * 3
    assert talk.slept == [SECOND, FOURTH]


@pytest.mark.parametrize("trouble", TROUBLE)
def test_and_then_its_error_is_told(trouble: Answer) -> None:
    """As it was, with the operation."""
    error, talk = failed(read, ready(), trouble, trouble, trouble)
    assert isinstance(error, Unreachable | TimedOut | InstanceClosed)
    assert (error.provider, error.operation) == ("classcharts", "reading")
    assert len(talk.sent) == 3


@pytest.mark.parametrize("trouble", TROUBLE)
def test_an_action_in_trouble_is_never_tried_again(trouble: Answer) -> None:
    """It may have been done."""
    error, talk = failed(write, ready(), trouble)
    assert isinstance(error, Interrupted | InstanceClosed)
    assert (sent(talk), talk.slept) == ([WRITE], [])


DAMAGED = [page("<h1>Maintenance</h1>"), Response(200), Undecodable("inflate")]


@pytest.mark.parametrize("damaged", DAMAGED)
def test_a_damaged_answer_is_asked_for_once_more(damaged: Answer) -> None:
    """A cut-off body heals; a page instead of JSON does not."""
    talk = run(read, ready(), damaged, DONE)
    assert (sent(talk), talk.slept) == ([READ] * 2, [SECOND])
    error, talk = failed(read, ready(), damaged, damaged)
    assert isinstance(error, Undecodable)
    assert len(talk.sent) == 2


@pytest.mark.parametrize(
    "no",
    [
        refused("You do not have access to this pupil"),
        said({"data": []}),
        page("<title>Just a moment…</title>", 403),
        Undecodable("size"),
        page("", 429, ("retry-after", "31")),
    ],
)
def test_what_repeating_does_not_help_is_not_repeated(no: Answer) -> None:
    """Refusals, other shapes, challenges, too much at once, a pause longer than anybody waits."""
    _, talk = failed(read, ready(), no)
    assert (len(talk.sent), talk.slept) == (1, [])


def test_the_server_s_own_pause_is_kept() -> None:
    """If it is short enough to wait for."""
    limited = page("", 429, ("retry-after", "17"))
    talk = run(read, ready(), limited, limited, DONE)
    assert talk.slept == [dt.timedelta(seconds=17)] * 2
    error, _ = failed(read, ready(), limited, limited, limited)
    assert isinstance(error, RateLimited)


@pytest.mark.parametrize("damaged", DAMAGED)
def test_a_damaged_answer_of_an_action_is_told_at_once(damaged: Answer) -> None:
    """Nobody knows what was done."""
    _, talk = failed(write, ready(), damaged)
    assert len(talk.sent) == 1


def test_a_refused_action_is_told_in_the_server_s_words() -> None:
    """Without the pupil's name and number."""
    error, _ = failed(write, ready(), refused("Sam Example (5000002) has reached the daily limit"))
    assert isinstance(error, Refused)
    assert error.text == "… (…) has reached the daily limit"


def test_a_flow_that_is_closed_half_way_leaves_no_trace() -> None:
    """A cancelled reading: the next one works."""
    account = ready()
    flow = read(account)
    effect = flow.send(None)
    assert isinstance(effect.request, Request)
    flow.close()
    run(read, account, DONE)
