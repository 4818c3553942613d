"""Marks out of academic reports."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from schoolsync.model import Mark
from schoolsync.providers.classcharts.calls import NoMeta
from schoolsync.providers.classcharts.envelope import Opened, read_one
from schoolsync.providers.classcharts.mapping.reports import to_report_marks
from schoolsync.providers.classcharts.schema.reports import AcademicReport
from tests.providers.classcharts.wire import context, options

SPRING: dict[str, Any] = {
    "id": 21,
    "name": "Spring report",
    "start_date": "2026-01-05",
    "end_date": "2026-03-27",
    "overall_attendance_percentage": "96",
    "attendance_percentage": None,
    "lessons": [
        {
            "attendance_percentage": "98",
            "lesson_name": "Science &amp; Technology",
            "teachers": [{"teacher_name": "Ms D Sample", "id": 40211, "text": "Working well."}],
            "grades": [{"field_name": "Effort", "grade": "A"}, {"field_name": "Target", "grade": "6"}],
        },
        {
            "lesson_name": None,
            "grades": [{"field_name": None, "grade": "18/20"}, {"field_name": "Empty", "grade": " "}],
        },
        {"lesson_name": "Art", "teachers": None, "grades": None},
    ],
}


def marks(**change: Any) -> list[Mark]:
    """What a report becomes."""
    envelope = read_one(options(), Opened(SPRING | change, {}), AcademicReport, NoMeta)
    return to_report_marks(context(), envelope)


def test_every_grade_is_a_mark() -> None:
    """Of its subject and field, on the last day of the report; an empty one is none."""
    effort, target, nameless = marks()
    assert (effort.title, effort.text_value, effort.value, effort.status) == ("Effort", "A", None, "graded")
    assert effort.subject is not None
    assert (effort.subject.name, effort.given_on) == ("Science & Technology", dt.date(2026, 3, 27))
    assert (target.value, target.out_of, target.text_value) == (Decimal(6), None, "6")
    assert (nameless.title, nameless.subject, nameless.value, nameless.out_of) == (
        "",
        None,
        Decimal(18),
        Decimal(20),
    )
    assert dict(effort.extras) == {
        "classcharts.source": "report",
        "classcharts.report": "Spring report",
        "classcharts.report_id": 21,
    }


def test_a_corrected_grade_keeps_its_key() -> None:
    """It is an update; and another report's is another mark."""
    lesson = SPRING["lessons"][0]
    corrected = lesson | {"grades": [{"field_name": "Effort", "grade": "B"}]}
    assert marks()[0].key == marks(lessons=[corrected])[0].key
    assert marks()[0].key != marks(id=22)[0].key


def test_twins_do_not_merge_in_any_order() -> None:
    """Two grades under one name, and no order to go by."""
    twins = [{"field_name": "Test", "grade": "5"}, {"field_name": "Test", "grade": "7"}]
    keys = [
        {mark.text_value: mark.key for mark in marks(lessons=[{"lesson_name": "Art", "grades": order}])}
        for order in (twins, twins[::-1])
    ]
    assert keys[0] == keys[1]
    assert len(set(keys[0].values())) == 2


def test_a_report_without_lessons_has_no_marks() -> None:
    """Nor issues."""
    assert marks(lessons=None) == marks(lessons=[]) == []
