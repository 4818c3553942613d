"""Homework on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.classcharts.encode.homework import encode_homework, encode_homework_meta
from schoolsync.sandbox.classcharts.links import Links
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.school import SandboxSchool

MONDAY = dt.date(2026, 3, 9)
LINKS = Links("https://www.classcharts.com/apiv2parent/homeworks/1", "secret", 0, dt.timedelta(minutes=5))


def _row(school: SandboxSchool, number: int, **shapes: Any) -> dict[str, Any]:
    desk = school.desk(5000001)
    sheet = next(one for one in desk.homeworks if one.record.provider_id == str(number))
    return encode_homework(sheet, desk.file, LINKS, Shapes(**shapes))


def test_a_full_sheet(school: SandboxSchool) -> None:
    """Every key of the service; files apart, which have tests of their own."""
    row = _row(school, 7600123)
    status = row.pop("status")
    assert len(status.pop("attachments")) == len(row.pop("validated_attachments")) == 1
    assert [one["link"] for one in row.pop("validated_links")] == ["https://www.example.test/energy"]
    assert row == {
        "lesson": "9X/Sc1",
        "subject": "Science &amp; Technology",
        "teacher": "Ms D Sample",
        "homework_type": "Worksheet",
        "id": 7600123,
        "title": "Energy transfers",
        "meta_title": "",
        "description": "<p>Complete pages 4&ndash;5.</p><p>Show your working.</p>",
        "issue_date": "2026-02-27",
        "due_date": "2026-03-06",
        "completion_time_unit": "minutes",
        "completion_time_value": "30",
        "publish_time": "08:00:00",
    }
    assert status == {
        "id": 760012301,
        "state": "completed",
        "mark": "18/20",
        "mark_relative": 1,
        "ticked": "yes",
        "allow_attachments": True,
        "allow_marking_completed": True,
        "first_seen_date": "2026-02-27T17:20:31+00:00",
        "last_seen_date": None,
        "has_feedback": True,
    }


def test_what_is_not_said_is_null(school: SandboxSchool) -> None:
    """No subject, no text, no time."""
    row = _row(school, 7600127)
    assert (row["subject"], row["description"], row["completion_time_value"]) == (None, None, "")
    assert _row(school, 7600129)["completion_time_value"] is None


@pytest.mark.parametrize("keys", [("file_name",), ("filename",), ("file_name", "filename"), ("fileName",)])
def test_a_file_is_named_under_any_key(school: SandboxSchool, keys: tuple[str, ...]) -> None:
    """One, another, or both; what was handed in and returned too."""
    row = _row(school, 7600123, file_keys=keys)
    (upload,) = row["status"]["attachments"]
    files = [*row["validated_attachments"], upload, *upload["teacher_homework_attachments"]]
    spellings = {"file_name", "filename", "fileName"}
    assert [spellings & set(file) for file in files] == [set(keys)] * 3
    assert files[0]["validated_file"].startswith("https://www.classcharts.com/redirect?url=")
    assert (upload["teacher_note"], upload["can_delete"]) == ("Neat.", False)


def test_older_servers(school: SandboxSchool) -> None:
    """Without scans and without the switch for ticks."""
    row = _row(school, 7600123, has_newer_fields=False)
    assert "allow_marking_completed" not in row["status"]
    assert "scan_status" not in row["validated_attachments"][0]


def test_a_due_date_may_have_a_time(school: SandboxSchool) -> None:
    """If the knob is turned."""
    assert _row(school, 7600123, due_with_time=True)["due_date"] == "2026-03-06T00:00:00"


def test_marks_are_hidden_where_the_school_hides_them(school: SandboxSchool) -> None:
    """In the row, and the listing says so."""
    school.switch("marks", 5000001, is_on=False)
    desk = school.desk(5000001)
    assert _row(school, 7600123)["status"]["mark"] is None
    meta = encode_homework_meta(desk.homeworks, (MONDAY, MONDAY), "due_date", desk.file, MONDAY)
    assert meta["display_marks"] is False


def test_this_weeks_counts(school: SandboxSchool) -> None:
    """By due date, from Monday to Sunday."""
    desk = school.desk(5000001)
    meta = encode_homework_meta(desk.homeworks, (MONDAY, MONDAY), "issue_date", desk.file, MONDAY)
    week = [one for one in desk.homeworks if MONDAY <= one.record.due <= MONDAY + dt.timedelta(days=6)]
    assert meta["this_week_due_count"] == len(week) == 4
    assert meta["this_week_completed_count"] == 2
    assert meta["this_week_outstanding_count"] == 2
    assert (meta["start_date"], meta["display_type"]) == ("2026-03-09", "issue_date")
