"""Reports and report cards on the wire."""

from __future__ import annotations

import datetime as dt

from schoolsync.sandbox.classcharts.encode.reports import (
    encode_card,
    encode_card_row,
    encode_report,
    encode_report_row,
    encode_summary_comment,
    encode_target,
)
from schoolsync.sandbox.office_papers import ReportCard
from schoolsync.sandbox.school import SandboxSchool

MONDAY = dt.date(2026, 3, 9)


def test_a_report(school: SandboxSchool) -> None:
    """Subjects with grades and comments, percentages as text or null."""
    full, empty = school.desk(5000001).reports
    said = encode_report(full)
    assert {**said, **encode_report_row(full)} == said
    assert (said["attendance_percentage"], said["overall_attendance_percentage"]) == ("95.2", "96")
    science, maths = said["lessons"]
    assert science["grades"][0] == {"field_name": "Effort", "grade": "A"}
    assert science["teachers"] == [{"teacher_name": "Ms D Sample", "id": 40211, "text": "Working well."}]
    assert maths["teachers"][0]["text"] == "Ask more &lt;often&gt;."
    assert (science["attendance_percentage"], maths["attendance_percentage"]) == ("98", None)
    blank = encode_report(empty)
    assert (blank["lessons"], blank["attendance_percentage"]) == ([], None)


def test_a_card_writes_its_days_in_two_ways(school: SandboxSchool) -> None:
    """Day first; with the weekday on the card itself."""
    card = school.desk(5000001).cards[0]
    assert encode_card_row(card)["start_date"] == "09/03/2026"
    said = encode_card(card)
    assert (said["start_date"], said["end_date"]) == ("Mon 09/03/2026", "Fri 13/03/2026")
    assert [one["date"] for one in said["parent_comments"]] == ["09/03/2026 18:00"]
    assert said["targets"] == [{"id": 117}, {"id": 118}]


def test_an_empty_card_has_nulls() -> None:
    """No comments, no targets."""
    said = encode_card(ReportCard(1, MONDAY, MONDAY, "Punctuality", "Signed"))
    assert (said["parent_comments"], said["targets"], said["level"]) == (None, None, None)


def test_a_day_of_a_card(school: SandboxSchool) -> None:
    """What the school wrote; nothing for another day."""
    card = school.desk(5000001).cards[0]
    said = encode_summary_comment(card, MONDAY)
    assert said is not None
    assert (said["report_card_id"], said["date"]) == (card.id, "09/03/2026 15:00")
    assert encode_summary_comment(card, MONDAY + dt.timedelta(days=1)) is None


def test_a_target_of_a_card(school: SandboxSchool) -> None:
    """Met, not met, not said; no periods on another day."""
    card = school.desk(5000001).cards[0]
    said = encode_target(card.targets[0], card, MONDAY)
    assert [(one["label"], one["met"]) for one in said["periods"]] == [
        ("P1", "yes"),
        ("P2", "no"),
        ("P3", None),
    ]
    assert said["periods"][2]["comment_created"] is None
    assert said["target"]["pupil_report_card"] == {"id": card.id, "required_teacher_action": None}
    assert encode_target(card.targets[0], card, MONDAY + dt.timedelta(days=1))["periods"] == []
