"""Every sign of a refusal, and how one object or a list comes out of an answer."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest

from schoolsync.errors import (
    ActionRequired,
    ChallengeUnanswered,
    InstanceClosed,
    RateLimited,
    Refused,
    SchoolSyncError,
    SessionExpired,
    Undecodable,
    UnexpectedShape,
)
from schoolsync.flow.http import Response
from schoolsync.providers.classcharts.calls import NoMeta
from schoolsync.providers.classcharts.envelope import Opened, hidden, opened, read_one, read_rows
from schoolsync.providers.classcharts.schema.people import CodeCheck, PupilRow
from tests.providers.classcharts.wire import ALEX, answer, moved, options, page, refused, said

# -- success ------------------------------------------------------------------


@pytest.mark.parametrize("yes", [1, True, "1", "true", "True"])
def test_every_dialect_of_yes_is_success(yes: object) -> None:
    """The report cards say `true` where all others say 1."""
    assert opened(answer({"a": 1}, {"b": 2}, yes)) == Opened({"a": 1}, {"b": 2})


@pytest.mark.parametrize("no", [0, False, "0", "false"])
def test_every_dialect_of_no_is_a_refusal(no: object) -> None:
    """And the server's own sentence is kept."""
    with pytest.raises(Refused) as caught:
        opened(said({"success": no, "error": "The daily limit is reached."}))
    assert caught.value.text == "The daily limit is reached."


@pytest.mark.parametrize("meta", [[], None])
def test_an_empty_meta_is_an_empty_map(meta: object) -> None:
    """PHP writes an empty map as a list."""
    assert opened(answer([], meta)).meta == {}


@pytest.mark.parametrize("meta", ["words", 3])
def test_a_meta_of_another_kind_is_told(meta: object) -> None:
    """The data comes all the same; in strict mode it is an error."""
    envelope = read_rows(options(), opened(answer([ALEX], meta)), PupilRow, NoMeta)

    assert (len(envelope.data), [issue.path for issue in envelope.issues]) == (1, ["meta"])
    with pytest.raises(UnexpectedShape):
        read_rows(options(strict=True), opened(answer([ALEX], meta)), PupilRow, NoMeta)


def test_missing_data_is_none() -> None:
    """A success may come without any data."""
    assert opened(said({"success": 1})).data is None


def test_success_with_a_bad_status_is_read_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The status alone is never trusted."""
    with caplog.at_level(logging.WARNING):
        assert opened(said({"success": 1, "data": [1]}, 404)).data == [1]
    assert "HTTP 404" in caplog.text


def test_the_media_type_is_not_trusted() -> None:
    """JSON under a wrong label is read."""
    labelled = Response(200, (("content-type", "text/html"),), body=answer([2]).body)
    assert opened(labelled).data == [2]


# -- signs of a refusal ---------------------------------------------------------

SIGNS: list[tuple[Response, type[SchoolSyncError]]] = [
    (refused("You are not logged in. [1]", expired=1), SessionExpired),
    (refused("You are not logged in. [1]", expired=0), SessionExpired),
    (refused("Something else", expired=1), SessionExpired),
    (refused("Something else", expired="1"), SessionExpired),
    (refused("Something else", expired=True), SessionExpired),
    (refused(None, status=401), SessionExpired),
    (moved("https://www.classcharts.com/parent/login"), SessionExpired),
    (moved("/student/login/"), SessionExpired),
    (moved("https://session.tes.com/v1/verify?returnUrl=x"), ActionRequired),
    (moved("https://www.classcharts.com/apiv2parent/pupils?prompt=login"), ActionRequired),
    (moved("https://www.classcharts.com/somewhere"), Undecodable),
    (Response(302), Undecodable),
    (Response(304), Undecodable),
    (refused("No", expired=0), Refused),
    (refused("No", expired="0"), Refused),
    (refused("No", expired=False), Refused),
    (refused("No", expired=None), Refused),
    (page(status=429), RateLimited),
    (page("Just a moment...", 429), RateLimited),
    (page("Slow down", 403, ("retry-after", "30")), RateLimited),
    (page("<title>Just a moment…</title>", 403), ChallengeUnanswered),
    (page("<title>Just a moment…</title>", 503), ChallengeUnanswered),
    (page("<title> Just a moment...</title>"), ChallengeUnanswered),
    (page("<script src=/cdn-cgi/challenge-platform/x>", 403), ChallengeUnanswered),
    (page("<script src=/cdn-cgi/challenge-platform/x>"), Undecodable),
    (page("<textarea name=g-recaptcha-response>"), Undecodable),
    (Response(403, (("cf-mitigated", "challenge"),)), ChallengeUnanswered),
    (page("<h1>Whoops</h1>", 500), InstanceClosed),
    (said({"success": 0, "error": "x"}, 503), InstanceClosed),
    (page("<h1>Log in</h1>"), Undecodable),
    (page("<h1>Blocked</h1>", 403), Undecodable),
    (Response(200), Undecodable),
    (Response(200, (("content-type", "application/json"),), body=answer([1, 2, 3]).body[:-4]), Undecodable),
    (Response(200, body=b"\xff\xfe\x00"), Undecodable),
    (Response(200, body=b"[" * 100_000), Undecodable),
    (said([1, 2]), UnexpectedShape),
    (said("text"), UnexpectedShape),
    (said({"data": []}), UnexpectedShape),
    (said({"success": None}), UnexpectedShape),
    (said({"success": "maybe"}), UnexpectedShape),
    (said({"success": {}}), UnexpectedShape),
]


@pytest.mark.parametrize(("response", "leaf"), SIGNS)
def test_each_sign_has_its_leaf(response: Response, leaf: type[SchoolSyncError]) -> None:
    """Sign on the wire → leaf, as the reference of errors says."""
    with pytest.raises(SchoolSyncError) as caught:
        opened(response)
    assert type(caught.value) is leaf


def test_a_challenge_in_json_is_somebodys_words() -> None:
    """An announcement may be called "Just a moment"."""
    assert opened(answer([{"title": "Just a moment, g-recaptcha-response"}])).data


@pytest.mark.parametrize(
    ("lines", "pause"),
    [
        ((), None),
        ((("retry-after", "30"),), dt.timedelta(seconds=30)),
        ((("retry-after", "soon"),), None),
        ((("retry-after", "-5"),), None),
        (
            (
                ("retry-after", "Mon, 09 Mar 2026 12:01:30 GMT"),
                ("date", "Mon, 09 Mar 2026 12:00:00 GMT"),
            ),
            dt.timedelta(seconds=90),
        ),
        ((("retry-after", "Mon, 09 Mar 2026 12:01:30 GMT"),), None),
        (
            (
                ("retry-after", "Mon, 09 Mar 2026 11:00:00 GMT"),
                ("date", "Mon, 09 Mar 2026 12:00:00 GMT"),
            ),
            dt.timedelta(0),
        ),
    ],
)
def test_the_pause_is_read_in_both_forms(
    lines: tuple[tuple[str, str], ...], pause: dt.timedelta | None
) -> None:
    """Seconds, or a date measured against the server's own clock."""
    with pytest.raises(RateLimited) as caught:
        opened(page("", 429, *lines))
    assert caught.value.retry_after == pause


def test_what_was_seen_is_said_and_no_more() -> None:
    """Status and media type; nothing of the body."""
    with pytest.raises(Undecodable) as caught:
        opened(page("<p>Alex Example, 9X</p>", 404))
    assert (caught.value.stage, caught.value.seen) == ("JSON", "HTTP 404 text/html")
    assert "Alex" not in str(caught.value)
    assert caught.value.__cause__ is None


# -- the server's sentence --------------------------------------------------------


def test_the_sentence_has_no_tags_and_nothing_of_the_account() -> None:
    """Whatever the case of the words."""
    text = "<b>Sorry ROBIN@example.test</b>, Alex Example cannot."
    with pytest.raises(Refused) as caught:
        opened(refused(text), {"robin@example.test", "Alex", "Alex Example"})
    assert caught.value.text == "Sorry …, … cannot."


@pytest.mark.parametrize("error", [None, "", {"name": "Alex"}, ["Alex"], 17])
def test_a_refusal_without_a_sentence_has_no_text(error: Any) -> None:
    """What is no text is not quoted, because nobody looked into it."""
    with pytest.raises(Refused) as caught:
        opened(said({"success": 0, "error": error}))
    assert caught.value.text is None


def test_single_letters_are_not_hidden() -> None:
    """Else a pupil called A would take all sentences apart."""
    assert hidden("A day", {"A"}) == "A day"


# -- typed ------------------------------------------------------------------------


@pytest.mark.parametrize("data", [ALEX, [ALEX]])
def test_one_object_may_come_in_a_list(data: object) -> None:
    """Sources disagree about several calls."""
    envelope = read_one(options(), Opened(data, {}), PupilRow, NoMeta)
    assert (envelope.data.id, envelope.success, envelope.issues) == (5000001, True, ())


def test_several_objects_are_not_melted_into_one() -> None:
    """Two children must never become one."""
    with pytest.raises(UnexpectedShape) as caught:
        read_one(options(), Opened([ALEX, ALEX | {"id": 2}], {}), PupilRow, NoMeta)
    assert caught.value.path == "data"


def test_an_empty_list_is_an_empty_map() -> None:
    """Where nothing is required, nothing is missing."""
    assert read_one(options(), Opened([], {}), CodeCheck, NoMeta).data.has_dob is None


@pytest.mark.parametrize("data", [[], None, {}, {"user": None}, {"user": []}, {"user": 7}, 7])
def test_a_user_that_is_not_there_is_a_shape_error(data: object) -> None:
    """And says where."""
    with pytest.raises(UnexpectedShape) as caught:
        read_one(options(), Opened(data, {}), PupilRow, NoMeta, inner="user")
    assert caught.value.path.startswith("data.user")


def test_rows_that_cannot_be_read_are_issues() -> None:
    """The others are there, and `raws` are of the good ones."""
    envelope = read_rows(options(keep_raw=True), Opened([{"name": "x"}, ALEX], {}), PupilRow, NoMeta)
    assert [row.id for row in envelope.data] == [5000001]
    assert envelope.raws == (ALEX,)
    assert [(one.path, one.problem, one.is_row_lost) for one in envelope.issues] == [
        ("data.0.id", "missing", True)
    ]


def test_strict_mode_refuses_what_cannot_be_read() -> None:
    """Rows and meta alike."""
    with pytest.raises(UnexpectedShape) as caught:
        read_rows(options(strict=True), Opened([{}], {}), PupilRow, NoMeta)
    assert caught.value.path == "data.0.id"


def test_a_session_id_never_leaves_in_meta() -> None:
    """It opens the whole account."""
    envelope = read_one(options(), Opened(ALEX, {"session_id": "secret", "version": "1"}), PupilRow, NoMeta)
    assert "secret" not in repr(envelope.meta.model_dump())
    assert (envelope.meta.model_extra or {}) == {"version": "1"}


def test_an_envelope_shows_nothing_of_its_content() -> None:
    """In `repr`, and without `keep_raw` it keeps no raw rows."""
    envelope = read_rows(options(), Opened([ALEX], {}), PupilRow, NoMeta)
    assert "Alex" not in repr(envelope)
    assert envelope.raws == ()
