"""Timetables on the wire."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.sandbox.classcharts.encode.lessons import encode_class, encode_lesson, encode_timetable_meta
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.school import SandboxSchool
from schoolsync.sandbox.staff import ACADEMY_SETS, COVER
from schoolsync.sandbox.weekly import covered

MONDAY = dt.date(2026, 3, 9)


def test_a_lesson(school: SandboxSchool) -> None:
    """Every key of the service, numbers and texts as it has them."""
    lesson = next(one for one in school.lessons(5000001, MONDAY) if one.groups == ("9X",))
    assert encode_lesson(lesson, Shapes()) == {
        "teacher_name": "Ms D Sample",
        "teacher_id": "40211",
        "lesson_id": 70018,
        "is_break": False,
        "lesson_name": "9X",
        "subject_name": "Tutor time",
        "is_alternative_lesson": False,
        "period_name": "W01:D01:Tut",
        "period_number": "Tut",
        "room_name": "S4",
        "date": "2026-03-09",
        "start_time": "2026-03-09T08:40:00+00:00",
        "end_time": "2026-03-09T09:00:00+00:00",
        "key": 7396840840,
        "note_abstract": "",
        "note": "",
        "pupil_note_abstract": "",
        "pupil_note": "",
        "pupil_note_raw": "",
    }


def test_summer_has_another_offset(school: SandboxSchool) -> None:
    """The same clock time, an hour earlier in the world."""
    first = school.lessons(5000001, dt.date(2026, 3, 30))[0]
    assert encode_lesson(first, Shapes())["start_time"] == "2026-03-30T08:40:00+01:00"


def test_a_break_has_neither_teacher_nor_subject(school: SandboxSchool) -> None:
    """Texts are empty, numbers null."""
    row = encode_lesson(school.lessons(5000001, MONDAY)[3], Shapes())
    assert (row["is_break"], row["lesson_name"]) == (True, "Break")
    assert (row["teacher_name"], row["subject_name"], row["room_name"]) == ("", "", "")
    assert (row["teacher_id"], row["lesson_id"]) == (None, None)


def test_a_covered_lesson_is_an_alternative_one(school: SandboxSchool) -> None:
    """With the number of who stands in."""
    row = encode_lesson(covered(school.lessons(5000001, MONDAY)[1], COVER), Shapes())
    assert (row["is_alternative_lesson"], row["teacher_id"]) == (True, str(COVER.id))


def test_names_and_notes_are_escaped(school: SandboxSchool) -> None:
    """A subject with an ampersand, a note of two lines with a bracket."""
    lesson = school.lessons(5000001, MONDAY)[1]
    subject = lesson.subject
    assert subject is not None
    changes = {"subject": subject.model_copy(update={"name": "Science & Technology"}), "note": "a <b>\nc"}
    row = encode_lesson(lesson.model_copy(update=changes), Shapes())
    assert row["subject_name"] == "Science &amp; Technology"
    assert row["note"] == "a &lt;b&gt;<br>c"


@pytest.mark.parametrize(
    ("pupil", "numbers"), [(5000001, ["Tut", "1", "2", "3", "4", "5"]), (5000002, ["P1", "P2", "P3", "P4"])]
)
def test_what_a_timetable_says_of_itself(school: SandboxSchool, pupil: int, numbers: list[str]) -> None:
    """The day, the known days, the grid without breaks, and when school begins and ends."""
    meta = encode_timetable_meta(school.desk(pupil), MONDAY)
    assert meta["dates"] == ["2026-03-09"]
    assert {"2026-03-09", "2026-02-23", "2026-03-23"} <= set(meta["timetable_dates"])
    assert "2026-03-14" not in meta["timetable_dates"]
    assert [one["number"] for one in meta["periods"]] == numbers
    assert meta["end_time"] == "2026-03-09T15:00:00+00:00"


def test_a_class() -> None:
    """With everybody who teaches it."""
    assert encode_class(ACADEMY_SETS[0]) == {
        "id": 70011,
        "name": "9X/Sc1",
        "room": "S4",
        "subject": "Science &amp; Technology",
        "teacher": "Ms D Sample",
        "teachers": ["Ms D Sample", "Dr A Specimen"],
    }
