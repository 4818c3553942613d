"""The server's dialects, key by key: booleans, empty maps, numbers as text, three spellings of one key."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from schoolsync.providers.classcharts.schema.announcements import AnnouncementRow
from schoolsync.providers.classcharts.schema.attendance import AttendanceMeta, SessionRow
from schoolsync.providers.classcharts.schema.behaviour import (
    ActivityMeta,
    AwardRow,
    BadgeRow,
    BehaviourSummary,
    DetentionRow,
)
from schoolsync.providers.classcharts.schema.homework import FileRow, HomeworkRow, PupilFileRow
from schoolsync.providers.classcharts.schema.people import PupilRow
from schoolsync.providers.classcharts.schema.reports import ReportCardTarget
from schoolsync.providers.classcharts.schema.shop import PupilFields, RewardRow, RewardsMeta
from schoolsync.providers.classcharts.schema.timetable import LessonRow, TimetableMeta
from tests.providers.classcharts.wire import ALEX

# -- words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        *((yes, True) for yes in (True, 1, "yes", "YES", " true ", "1")),
        *((no, False) for no in (False, 0, "no", "No", "false", "0")),
        *((nothing, None) for nothing in (None, "", "  ")),
    ],
)
def test_a_boolean_comes_in_three_dialects(said: object, meant: bool | None) -> None:
    """JSON's own, yes and no, 1 and 0; and `None` is "not said"."""
    assert PupilRow.model_validate(ALEX | {"display_homework": said}).display_homework is meant


@pytest.mark.parametrize("said", ["maybe", 2, [], {}])
def test_another_word_is_no_boolean(said: object) -> None:
    """Nobody guesses."""
    with pytest.raises(ValidationError):
        PupilRow.model_validate(ALEX | {"display_homework": said})


@pytest.mark.parametrize(
    ("said", "meant"), [(7, 7), ("7", 7), (" ", None), ("", None), (None, None), ("-3", -3)]
)
def test_a_number_comes_as_text_or_not_at_all(said: object, meant: int | None) -> None:
    """Empty text is "not said", never zero."""
    assert SessionRow.model_validate({"late_minutes": said}).late_minutes == meant
    assert RewardsMeta.model_validate({"pupil_score_balance": said}).pupil_score_balance == meant


@pytest.mark.parametrize("said", ["30+", "7.5", [], "soon"])
def test_what_is_no_whole_number_is_refused(said: object) -> None:
    """Nobody rounds."""
    with pytest.raises(ValidationError):
        SessionRow.model_validate({"late_minutes": said})


def test_unknown_keys_are_kept_and_nothing_is_shown() -> None:
    """A newer server says more; `repr` and errors say less."""
    row = PupilRow.model_validate(ALEX | {"brand_new": "x"})
    assert (row.model_extra or {})["brand_new"] == "x"
    assert repr(row) == str(row) == "PupilRow(id=5000001)"
    with pytest.raises(ValidationError) as caught:
        PupilRow.model_validate({"name": {"first": "Alex"}, "id": "Alex"})
    assert "Alex" not in str(caught.value)


def test_rows_are_frozen() -> None:
    """They are what the server said."""
    with pytest.raises(ValidationError):
        PupilRow.model_validate(ALEX).name = "Other"  # type: ignore[misc]


# -- subject by subject --------------------------------------------------------------


def test_the_attendance_type_is_a_text_among_booleans() -> None:
    """One mock made it a boolean; both are read."""
    assert (
        PupilRow.model_validate(ALEX | {"display_attendance_type": "detailed"}).display_attendance_type
        == "detailed"
    )


@pytest.mark.parametrize("key", ["file_name", "filename", "fileName"])
def test_a_file_s_name_has_three_spellings(key: str) -> None:
    """Sources disagree, so each is read."""
    row = FileRow.model_validate({key: "work.pdf"})
    assert (row.file_name, row.called) == ("work.pdf", "work.pdf")


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ({"file_name": "a.pdf", "filename": "a.pdf"}, "a.pdf"),
        ({"file_name": None, "filename": "b.pdf"}, "b.pdf"),
        ({"file_name": "", "fileName": "c.pdf"}, "c.pdf"),
        ({"file_name": None, "filename": 7}, None),
        ({}, None),
    ],
)
def test_an_empty_spelling_does_not_hide_the_other(said: dict[str, Any], called: str | None) -> None:
    """A server may send both keys, one of them empty."""
    assert FileRow.model_validate(said).called == called


def test_an_announcement_calls_its_file_s_address_url() -> None:
    """It is the same thing."""
    assert FileRow.model_validate({"url": "https://x.test/a"}).validated_file == "https://x.test/a"


@pytest.mark.parametrize("key", ["teacher_homework_attachments", "teacher_homework_attachment"])
def test_returned_files_have_two_spellings(key: str) -> None:
    """One client spells it singular."""
    row = PupilFileRow.model_validate({"id": 1, key: [{"filename": "marked.pdf"}]})
    assert row.teacher_homework_attachments[0].called == "marked.pdf"


def test_an_award_is_wrapped_or_not() -> None:
    """Sources disagree; a null wrapper holds nothing."""
    bare = {
        "timestamp": "2026-01-19 12:00:05",
        "event": {"label": "Ten books"},
        "lesson_pupil_behaviour": {"score": "5"},
    }
    for said in (bare, {"pupil_event": bare}):
        award = AwardRow.model_validate(said)
        assert award.timestamp == "2026-01-19 12:00:05"
        assert award.event is not None
        assert award.event.label == "Ten books"
        assert award.lesson_pupil_behaviour is not None
        assert award.lesson_pupil_behaviour.score == 5
    assert AwardRow.model_validate({"pupil_event": None}).timestamp is None
    assert BadgeRow.model_validate({"id": 1, "pupil_badges": None}).pupil_badges == ()


@pytest.mark.parametrize("last_id", [880000320, "880000320", False, None])
def test_a_page_s_last_id_is_anything(last_id: object) -> None:
    """Nobody relies on it."""
    assert ActivityMeta.model_validate({"last_id": last_id}).last_id == last_id


@pytest.mark.parametrize(
    ("said", "meant"), [("96.5", "96.5"), ("96.5%", "96.5"), (97, "97"), ("", None), (None, None)]
)
def test_a_percentage_is_a_number_in_text(said: object, meant: str | None) -> None:
    """With or without its sign."""
    assert AttendanceMeta.model_validate({"percentage": said}).percentage == (meant and Decimal(meant))


def test_nearly_everything_may_be_missing_or_null() -> None:
    """What is required is what a row means nothing without."""
    assert HomeworkRow.model_validate({"id": 1, "due_date": "2026-03-09"}).validated_links == ()
    nulls: dict[str, Any] = dict.fromkeys(HomeworkRow.model_fields) | {"id": 1, "due_date": "2026-03-09"}
    assert HomeworkRow.model_validate(nulls).status is None
    for kind, needed in (
        (DetentionRow, {"id": 1}),
        (AnnouncementRow, {"id": 1, "timestamp": "2026-03-09T07:30:00+00:00"}),
        (RewardRow, {"id": 1}),
        (PupilFields, {}),
        (ReportCardTarget, {}),
        (TimetableMeta, {}),
        (BehaviourSummary, {}),
    ):
        assert kind.model_validate(dict.fromkeys(kind.model_fields) | needed).model_fields_set


def test_numbers_become_text_where_text_is_meant() -> None:
    """A lesson's id is a number on some servers, a text on others; both are kept exactly."""
    times = {"start_time": "2026-03-09T09:50:00+00:00", "end_time": "2026-03-09T10:50:00+00:00"}
    assert LessonRow.model_validate(times | {"lesson_id": 9001234, "period_number": 2}).lesson_id == "9001234"
