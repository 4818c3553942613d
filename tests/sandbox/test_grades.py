"""Marks read off homework and reports."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from schoolsync.sandbox.exercises import restated
from schoolsync.sandbox.grades import homework_mark, report_marks
from schoolsync.sandbox.school import SandboxSchool


@pytest.mark.parametrize(
    ("text", "value", "out_of"),
    [
        ("18/20", Decimal(18), Decimal(20)),
        ("7", Decimal(7), None),
        ("6.5/10", Decimal("6.5"), Decimal(10)),
        ("B+", None, None),
    ],
)
def test_a_mark_is_read_as_far_as_it_is_a_number(
    school: SandboxSchool, text: str, value: Decimal | None, out_of: Decimal | None
) -> None:
    """The text is kept in any case."""
    desk = school.desk(5000001)
    sheet = restated(attrs.evolve(desk.homeworks[0], mark=text))
    mark = homework_mark(sheet, desk.pupil)
    assert mark is not None
    assert (mark.value, mark.out_of, mark.text_value) == (value, out_of, text)
    assert mark.key == sheet.record.mark_key
    assert mark.given_on is None


def test_homework_without_a_mark_gives_none(school: SandboxSchool) -> None:
    """Neither does an empty text."""
    desk = school.desk(5000001)
    for nothing in (None, ""):
        assert homework_mark(restated(attrs.evolve(desk.homeworks[0], mark=nothing)), desk.pupil) is None


def test_every_grade_of_a_report_is_a_mark(school: SandboxSchool) -> None:
    """Given on the last day of the report; an empty grade is none."""
    desk = school.desk(5000001)
    full, empty = desk.reports
    marks = list(report_marks(full, desk.pupil))
    assert [(mark.title, mark.text_value) for mark in marks] == [
        ("Effort", "A"),
        ("Target", "6"),
        ("Test", "17/20"),
        ("Effort", "B"),
    ]
    assert {mark.given_on for mark in marks} == {full.record.end}
    assert len({mark.key for mark in marks}) == 4
    assert isinstance(full.record.end, dt.date)
    assert list(report_marks(empty, desk.pupil)) == []
