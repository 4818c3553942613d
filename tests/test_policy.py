"""Renewal, retry and the log-in governor, with time as a plain value."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import attrs
import pytest

from schoolsync.errors import BadArgument, LoginHeld, RateLimited, SchoolSyncError, TimedOut, WrongCredentials
from schoolsync.flow.effects import Knock, Outcome
from schoolsync.flow.secret import Secret
from schoolsync.policy import (
    REFUSALS_KEPT,
    Freshness,
    Ledger,
    Limits,
    Pace,
    Retry,
    admitted,
    has_refusals,
    joined,
    reported,
)

NOON = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
EMPTY = Ledger(salt=bytes(16))


@attrs.frozen
class QuickSecret:
    """A secret whose fingerprint costs nothing, and says so each time it is asked for."""

    text: str
    asked: list[bytes] = attrs.field(factory=list, eq=False)

    def fingerprint(self, salt: bytes) -> str:
        """The text turned round, with the salt."""
        self.asked.append(salt)
        return self.text[::-1] + salt.hex()


@attrs.frozen
class QuickKnock:
    """A log-in with such a secret."""

    host: str = "school.example"
    account: str = "a1b2"
    secret: QuickSecret = attrs.field(factory=lambda: QuickSecret("first"))


KNOCK = QuickKnock()


def held(ledger: Ledger, knock: Any, now: dt.datetime, limits: Limits | None = None) -> LoginHeld:
    """The error that holds *knock* back."""
    with pytest.raises(LoginHeld) as caught:
        admitted(ledger, knock, now, limits or Limits())
    return caught.value


# -- freshness ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("age", "is_due"), [(0, False), (174.9, False), (175, True), (180, True), (9999, True)]
)
def test_a_session_is_renewed_a_margin_before_it_ends(age: float, is_due: bool) -> None:
    """180 seconds with a margin of five: at 175."""
    freshness = Freshness(dt.timedelta(seconds=180), dt.timedelta(seconds=5))
    assert freshness.needs_renewal(age) is is_due


# -- retry ----------------------------------------------------------------------


def test_pauses_double_up_to_the_cap_and_end() -> None:
    """1, 2, 4, then the cap of 5; the last attempt is followed by none."""
    retry = Retry(attempts=6, cap=dt.timedelta(seconds=5))
    pauses = [retry.pause(attempt, TimedOut(), is_read=True) for attempt in range(1, 7)]
    assert pauses == [*(dt.timedelta(seconds=s) for s in (1, 2, 4, 5, 5)), None]


def test_a_write_is_never_tried_again() -> None:
    """Whatever the error."""
    assert Retry().pause(1, TimedOut(was_sent=False), is_read=False) is None


def test_an_error_that_stays_is_not_tried_again() -> None:
    """A wrong password does not become right."""
    assert Retry().pause(1, WrongCredentials(), is_read=True) is None


@pytest.mark.parametrize(
    ("asked_seconds", "pause_seconds"), [(None, 1), (0, 1), (7, 7), (30, 30), (31, None), (3600, None)]
)
def test_the_wish_of_the_server_is_honoured_up_to_the_cap(
    asked_seconds: int | None, pause_seconds: int | None
) -> None:
    """Coming back earlier than asked would be worse than not at all."""
    wish = None if asked_seconds is None else dt.timedelta(seconds=asked_seconds)
    expected = None if pause_seconds is None else dt.timedelta(seconds=pause_seconds)
    assert Retry().pause(1, RateLimited(wish), is_read=True) == expected


# -- the pace of log-ins --------------------------------------------------------


def test_three_log_ins_in_ten_minutes() -> None:
    """The fourth is held until the first is ten minutes old."""
    ledger = EMPTY
    for minute in range(3):
        ledger = admitted(ledger, KNOCK, NOON + minute * MINUTE)
    error = held(ledger, KNOCK, NOON + 9 * MINUTE)
    assert (error.until, error.cause) == (NOON + 10 * MINUTE, "pace")
    assert admitted(ledger, KNOCK, NOON + 10 * MINUTE).log_ins[-1].at == NOON + 10 * MINUTE


def test_twelve_log_ins_in_an_hour() -> None:
    """Spread out so that the shorter pace never holds."""
    ledger = EMPTY
    for number in range(12):
        ledger = admitted(ledger, KNOCK, NOON + number * 4 * MINUTE)
    error = held(ledger, KNOCK, NOON + 50 * MINUTE)
    assert (error.until, error.cause) == (NOON + HOUR, "pace")


def test_paces_are_of_one_host_and_account() -> None:
    """Another account, or another host, has its own."""
    ledger = EMPTY
    for _ in range(3):
        ledger = admitted(ledger, KNOCK, NOON)
    for other in (attrs.evolve(KNOCK, account="c3d4"), attrs.evolve(KNOCK, host="other.example")):
        assert len(admitted(ledger, other, NOON).log_ins) == 4


def test_limits_can_be_set() -> None:
    """One log-in a minute."""
    limits = Limits(paces=(Pace(1, MINUTE),))
    ledger = admitted(EMPTY, KNOCK, NOON, limits)
    assert held(ledger, KNOCK, NOON, limits).until == NOON + MINUTE
    admitted(ledger, KNOCK, NOON + MINUTE, limits)


def test_a_pace_of_no_log_ins_is_none() -> None:
    """It would hold for ever."""
    with pytest.raises(ValueError, match="log_ins"):
        Pace(0, MINUTE)


def test_a_ledger_is_a_value() -> None:
    """Asking changes nothing; the answer is a new ledger."""
    admitted(EMPTY, KNOCK, NOON)
    reported(EMPTY, KNOCK, "refused", NOON)
    assert Ledger(salt=bytes(16)) == EMPTY


def test_old_entries_are_forgotten() -> None:
    """Nothing is kept that can no longer hold a log-in back."""
    ledger = reported(admitted(EMPTY, KNOCK, NOON), KNOCK, "rate_limited", NOON)
    ledger = reported(ledger, attrs.evolve(KNOCK, host="other.example"), "suspended", NOON)
    later = reported(ledger, KNOCK, "accepted", NOON + HOUR)
    assert (later.log_ins, [block.cause for block in later.blocks]) == ((), ["suspended"])
    assert reported(later, KNOCK, "accepted", NOON + 6 * HOUR) == EMPTY


def test_a_clock_that_was_put_back_holds_nobody_for_years() -> None:
    """Entries from the future count as of now."""
    future = NOON + dt.timedelta(days=3000)
    ledger = EMPTY
    for _ in range(3):
        ledger = admitted(ledger, KNOCK, future)
    ledger = reported(ledger, attrs.evolve(KNOCK, host="other.example"), "suspended", future)
    assert held(ledger, KNOCK, NOON).until == NOON + 10 * MINUTE
    assert held(ledger, attrs.evolve(KNOCK, host="other.example"), NOON).until == NOON + 6 * HOUR


# -- refusals -------------------------------------------------------------------


def test_a_refused_secret_is_not_sent_again() -> None:
    """Not after years, not after others were tried; a new one is let through."""
    ledger = reported(EMPTY, KNOCK, "refused", NOON)
    error = held(ledger, KNOCK, NOON + dt.timedelta(days=3000))
    assert (error.until, error.cause) == (None, "wrong_credentials")
    changed = attrs.evolve(KNOCK, secret=QuickSecret("second"))
    ledger = reported(admitted(ledger, changed, NOON), changed, "accepted", NOON)
    assert held(ledger, KNOCK, NOON).cause == "wrong_credentials"
    assert "sign in with the right one" in str(error)


def test_a_refusal_is_of_one_host_and_account() -> None:
    """The same password may be right elsewhere."""
    ledger = reported(EMPTY, KNOCK, "refused", NOON)
    for other in (attrs.evolve(KNOCK, account="c3d4"), attrs.evolve(KNOCK, host="other.example")):
        assert not has_refusals(ledger, other)
        admitted(ledger, other, NOON)


def test_fingerprints_are_made_only_when_they_decide() -> None:
    """They are slow: none for a first log-in, an acceptance, a rate limit or another account."""
    secret = QuickSecret("first")
    knock = QuickKnock(secret=secret)
    refused = reported(EMPTY, attrs.evolve(knock, account="c3d4", secret=QuickSecret("x")), "refused", NOON)
    for outcome in ("accepted", "rate_limited", "suspended"):
        reported(admitted(refused, knock, NOON), knock, outcome, NOON)
    assert secret.asked == []
    reported(refused, knock, "refused", NOON)
    assert secret.asked == [EMPTY.salt]


def test_the_same_refusal_is_kept_once() -> None:
    """Two clients may have sent it at the same time."""
    once = reported(EMPTY, KNOCK, "refused", NOON)
    assert reported(once, KNOCK, "refused", NOON) == once


def test_only_so_many_refusals_are_kept() -> None:
    """The oldest of the account gives way; another account loses none."""
    other = attrs.evolve(KNOCK, account="c3d4")
    ledger = reported(EMPTY, other, "refused", NOON)
    knocks = [attrs.evolve(KNOCK, secret=QuickSecret(str(number))) for number in range(REFUSALS_KEPT + 1)]
    for knock in knocks:
        ledger = reported(ledger, knock, "refused", NOON)
    assert len(ledger.refusals) == REFUSALS_KEPT + 1
    admitted(ledger, knocks[0], NOON)
    for knock in (*knocks[1:], other):
        held(ledger, knock, NOON)


# -- blocks ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "hold"), [(Outcome.RATE_LIMITED, 30 * MINUTE), (Outcome.SUSPENDED, 6 * HOUR)]
)
def test_a_turned_away_address_leaves_the_whole_host_alone(outcome: Outcome, hold: dt.timedelta) -> None:
    """Every account there, and no other host."""
    ledger = reported(EMPTY, KNOCK, outcome, NOON)
    other = attrs.evolve(KNOCK, account="c3d4")
    for knock in (KNOCK, other):
        error = held(ledger, knock, NOON + hold - MINUTE)
        assert (error.until, error.cause) == (NOON + hold, str(outcome))
        admitted(ledger, knock, NOON + hold)
    admitted(ledger, attrs.evolve(KNOCK, host="other.example"), NOON)


def test_the_longest_hold_is_told() -> None:
    """A suspension outlasts a rate limit and a pace."""
    ledger = reported(EMPTY, KNOCK, "suspended", NOON)
    ledger = reported(ledger, KNOCK, "rate_limited", NOON + MINUTE)
    assert held(ledger, KNOCK, NOON + 2 * MINUTE).cause == "suspended"


def test_a_second_rate_limit_begins_anew() -> None:
    """From the last time that the server said so."""
    ledger = reported(EMPTY, KNOCK, "rate_limited", NOON)
    ledger = reported(ledger, KNOCK, "rate_limited", NOON + 20 * MINUTE)
    assert held(ledger, KNOCK, NOON + 40 * MINUTE).until == NOON + 50 * MINUTE


def test_an_unknown_outcome_is_a_mistake() -> None:
    """It must not pass for an acceptance."""
    with pytest.raises(BadArgument):
        reported(EMPTY, KNOCK, "perhaps", NOON)


def test_every_outcome_of_a_flow_is_understood() -> None:
    """The words of `flow.effects` are the words here."""
    for outcome in Outcome:
        reported(EMPTY, KNOCK, outcome, NOON)


# -- kept elsewhere -------------------------------------------------------------


def full_ledger() -> Ledger:
    """A ledger with one of everything."""
    ledger = reported(admitted(EMPTY, KNOCK, NOON), KNOCK, "refused", NOON)
    return reported(ledger, KNOCK, "suspended", NOON)


def test_a_ledger_survives_json() -> None:
    """Nothing is lost on the way."""
    ledger = full_ledger()
    assert Ledger.from_dict(json.loads(json.dumps(ledger.to_dict()))) == ledger


def test_a_kept_ledger_tells_no_secret() -> None:
    """With a real secret: neither it nor anything short of work can be read from it."""
    knock = Knock("school.example", "a1b2", Secret("correct horse"))
    ledger = reported(EMPTY, knock, Outcome.REFUSED, NOON)
    kept = json.dumps(ledger.to_dict())
    assert "correct" not in kept + repr(ledger)
    assert "a1b2" not in repr(ledger)
    assert held(ledger, Knock("school.example", "a1b2", Secret("correct horse")), NOON).until is None
    admitted(ledger, Knock("school.example", "a1b2", Secret("battery staple")), NOON)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"salt": "no hex"},
        {"salt": None},
        {"log_ins": [["one"]]},
        {"log_ins": [["h", "a", "2026-03-09T12:00:00"]]},
        {"refusals": None},
        {"blocks": [["h", "suspended", "yesterday"]]},
    ],
)
def test_a_damaged_ledger_is_refused_without_being_quoted(change: dict[str, Any]) -> None:
    """It may hold anything."""
    with pytest.raises(ValueError, match="ledger of log-ins") as caught:
        Ledger.from_dict(full_ledger().to_dict() | change)
    assert not isinstance(caught.value, SchoolSyncError)
    assert caught.value.__cause__ is None
    assert "yesterday" not in str(caught.value)


def test_two_ledgers_join() -> None:
    """Each log-in counts once, each refusal holds with its own salt, the later block wins."""
    mine = reported(admitted(EMPTY, KNOCK, NOON), KNOCK, "rate_limited", NOON)
    other = attrs.evolve(EMPTY, salt=b"\1" * 16)
    other = reported(admitted(other, KNOCK, NOON - MINUTE), KNOCK, "refused", NOON)
    other = reported(other, KNOCK, "rate_limited", NOON - MINUTE)
    both = joined(mine, other)
    assert [one.at for one in both.log_ins] == [NOON - MINUTE, NOON]
    assert [block.at for block in both.blocks] == [NOON]
    assert both.salt == mine.salt
    assert held(both, KNOCK, NOON).cause == "wrong_credentials"
    assert joined(both, other) == both


def test_log_ins_of_one_moment_are_not_lost_in_joining() -> None:
    """Three at the same time are still three."""
    ledger = EMPTY
    for _ in range(3):
        ledger = admitted(ledger, KNOCK, NOON)
    assert len(joined(ledger, EMPTY).log_ins) == 3


# -- what never left --------------------------------------------------------------


def test_a_log_in_that_never_left_does_not_count() -> None:
    """Three tries without a network, and the fourth is allowed at once."""
    ledger = EMPTY
    for _ in range(4):
        ledger = reported(admitted(ledger, KNOCK, NOON), KNOCK, Outcome.UNSENT, NOON)

    assert ledger.log_ins == ()


def test_only_the_last_log_in_of_this_account_is_taken_back() -> None:
    """What the school has seen stays counted, and so does everybody else."""
    other = QuickKnock(account="c3d4")
    ledger = admitted(admitted(EMPTY, KNOCK, NOON), other, NOON + MINUTE)
    ledger = admitted(ledger, KNOCK, NOON + 2 * MINUTE)
    ledger = reported(ledger, KNOCK, Outcome.UNSENT, NOON + 3 * MINUTE)

    assert [(one.account, one.at) for one in ledger.log_ins] == [("a1b2", NOON), ("c3d4", NOON + MINUTE)]
