"""Ways in that stay shut: the reason of a refusal, what proves nothing, and what is held back."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from schoolsync.errors import (
    ActionRequired,
    ChallengeUnanswered,
    InstanceClosed,
    Interrupted,
    LoginHeld,
    RateLimited,
    Refused,
    SchoolSyncError,
    TimedOut,
    Undecodable,
    Unreachable,
    WrongCredentials,
)
from schoolsync.flow.effects import Outcome, Permit
from schoolsync.flow.http import Response
from schoolsync.flow.secret import Secret
from schoolsync.providers.classcharts.login import ParentLogin, Reasons
from schoolsync.providers.classcharts.session import ORIGIN
from schoolsync.testing.play import Answer
from tests.providers.classcharts.entering import BOTH, STUDENT, WRONG, enter, failed
from tests.providers.classcharts.wire import (
    EMAIL,
    FIRST_ID,
    PASSWORD,
    TO_TES,
    answer,
    cookies,
    entered,
    form,
    moved,
    page,
    refused,
    said,
    sent,
)

NOT_IN = [
    page(),
    page("", 401),
    page("", 422),
    moved("/parent/login"),
    moved("/mobile/parent"),
    moved("/mobile/parent", *cookies("parent")[:1]),
    moved("/mobile/parent", *cookies("student")),
    moved("/mobile/parent", *cookies("parent", credentials="not json")),
    moved("/mobile/parent", *cookies("parent", credentials="[]")),
    moved("/mobile/parent", *cookies("parent", credentials='{"session_id": null}')),
    moved("/mobile/parent", *cookies("parent", credentials='{"session_id": ""}')),
    moved("/mobile/parent", *cookies("parent", credentials='{"session_id": 7}')),
    moved("/mobile/parent", status=303),
    moved("/mobile/parent", *cookies("parent"), status=303),
    attrs.evolve(page(), headers=tuple(cookies("parent"))),
    moved("https://session.tes.com/v1/verify"),
]


@pytest.mark.parametrize("response", NOT_IN)
def test_without_its_cookie_nobody_is_in(response: Response) -> None:
    """Whatever the form answers, the JSON log-in is asked for the reason."""
    error, talk = failed(response, WRONG)
    assert isinstance(error, WrongCredentials)
    assert error.part == "email or password"
    assert sent(talk) == BOTH


@pytest.mark.parametrize("status", [200, 401])
@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The pupil code you have provided is incorrect. Please contact your school.", "code"),
        ("Invalid code", "code"),
        ("The date of birth you have provided is incorrect", "date_of_birth"),
        ("The date you have provided is incorrect", "date_of_birth"),
        ("Email address or password provided is incorrect", "email or password"),
        ("invalid login credentials", "email or password"),
    ],
)
def test_each_known_sentence_names_its_part(text: str, part: str, status: int) -> None:
    """In any status, because a refusal may come with 401."""
    error, talk = failed(page(), refused(text, status=status), login=STUDENT)
    assert isinstance(error, WrongCredentials)
    assert error.part == part
    outcomes = [permit.outcome for permit in talk.permits]
    assert outcomes == [None, None, Outcome.REFUSED]


def test_the_reason_is_asked_for_in_the_api_s_own_form() -> None:
    """For both roles."""
    _, talk = failed(page(), WRONG)
    assert form(talk.sent[1]) == {
        "email": EMAIL,
        "password": PASSWORD,
        "remember": "true",
        "recaptcha-token": "no-token-available",
    }
    assert not talk.sent[1].is_read
    _, talk = failed(page(), WRONG, login=STUDENT)
    assert talk.sent[1].url == f"{ORIGIN}/apiv2student/login"
    assert form(talk.sent[1]) == {
        "code": "ZZTEST0001",
        "dob": "2011-03-14",
        "remember": "true",
        "recaptcha-token": "no-token-available",
    }


@pytest.mark.parametrize(
    ("second", "leaf"),
    [
        (refused("The captcha could not be verified."), ChallengeUnanswered),
        (refused("Your account is locked."), Refused),
        (refused(None), Refused),
        (answer({"id": 1}, {"session_id": "x"}), ActionRequired),
        (said({"message": "Unauthenticated."}, 401), WrongCredentials),
        (said([]), WrongCredentials),
        (refused("You are not logged in."), WrongCredentials),
        (page("Not Found", 404), WrongCredentials),
    ],
)
def test_a_reason_is_asked_for_once_for_each_secret(second: Response, leaf: type[SchoolSyncError]) -> None:
    """The second time the form alone is sent, and the answer is the same."""
    reasons: Reasons = {}
    first, _ = failed(page(), second, reasons=reasons)
    again, talk = failed(page(), reasons=reasons)
    assert type(first) is type(again) is leaf
    assert (str(first), first is again) == (str(again), False)
    assert sent(talk) == BOTH[:1]
    _, talk = failed(page(), WRONG, reasons=reasons, login=ParentLogin(EMAIL, "another"))
    assert sent(talk) == BOTH


@pytest.mark.parametrize(
    ("second", "leaf"),
    [
        (page("<h1>Back soon</h1>", 503), InstanceClosed),
        (page("<h1>Maintenance</h1>", 200), Undecodable),
        (page("<title>Just a moment...</title>", 403), ChallengeUnanswered),
        (TO_TES, ActionRequired),
        (Unreachable(was_sent=False), Unreachable),
        (TimedOut(was_sent=True), Interrupted),
    ],
)
def test_what_is_no_refusal_proves_nothing(second: Answer, leaf: type[SchoolSyncError]) -> None:
    """A school in maintenance must not lock a right secret out."""
    reasons: Reasons = {}
    error, talk = failed(page(), second, reasons=reasons)
    assert type(error) is leaf
    assert reasons == {}
    told = [permit.outcome for permit in talk.permits]
    assert (told.count(None), Outcome.REFUSED in told) == (2, False)


def test_a_refused_sentence_quotes_nothing_of_the_account() -> None:
    """The server may repeat what it was sent."""
    error, _ = failed(page(), refused(f"We do not know {EMAIL.upper()} here"))
    assert isinstance(error, Refused)
    assert error.text == "We do not know … here"


@pytest.mark.parametrize(
    ("first", "leaf", "outcome"),
    [
        (page("<title>Just a moment…</title>"), ChallengeUnanswered, None),
        (page("g-recaptcha-response", 403), ChallengeUnanswered, None),
        (page("", 429, ("retry-after", "30")), RateLimited, Outcome.RATE_LIMITED),
        (page("", 503), InstanceClosed, None),
        (page("", 404), Undecodable, None),
        (page("", 403), Undecodable, None),
        (Unreachable(was_sent=False), Unreachable, Outcome.UNSENT),
        (Unreachable(was_sent=None), Interrupted, None),
        (TimedOut(was_sent=True), Interrupted, None),
    ],
)
def test_a_form_that_was_not_read_is_not_asked_about(
    first: Answer, leaf: type[SchoolSyncError], outcome: Outcome | None
) -> None:
    """One request, and a log-in is never sent again by itself."""
    error, talk = failed(first)
    assert type(error) is leaf
    assert sent(talk) == BOTH[:1]
    assert [permit.outcome for permit in talk.permits][1:] == [outcome] * (outcome is not None)


def test_a_pause_is_kept_as_the_server_said_it() -> None:
    """On either door, and the governor is told."""
    error, talk = failed(page(), page("", 429, ("retry-after", "120")))
    assert isinstance(error, RateLimited)
    assert error.retry_after == dt.timedelta(minutes=2)
    assert talk.permits[-1].outcome is Outcome.RATE_LIMITED


# -- held back ---------------------------------------------------------------------------


def test_what_is_held_back_is_not_sent_and_costs_no_session() -> None:
    """A session that lives goes on living."""
    session, _ = enter(entered())

    def hold(_: Permit) -> None:
        raise LoginHeld(None)

    error, talk = failed(session=session, holds=hold)
    assert isinstance(error, LoginHeld)
    assert sent(talk) == []
    assert session.session_id == Secret(FIRST_ID)


def test_a_reason_that_is_held_back_stays_unknown() -> None:
    """The form has spoken all the same, and is believed."""
    asked: list[Permit] = []

    def hold_the_second(permit: Permit) -> None:
        asked.append(permit)
        if len(asked) == 2:
            raise LoginHeld(None)

    error, talk = failed(page(), holds=hold_the_second)
    assert isinstance(error, WrongCredentials)
    assert error.part is None
    assert sent(talk) == BOTH[:1]
    assert asked[-1].outcome is Outcome.REFUSED
