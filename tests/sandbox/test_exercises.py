"""Homework: a sheet says the same as its neutral record."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from schoolsync.model import AttachmentKind, HomeworkState, Pupil, School, Submission
from schoolsync.sandbox.exercises import draw_homeworks, homework_sheet, restated
from schoolsync.sandbox.papers import HomeworkSheet, StoredFile
from schoolsync.sandbox.people import FEATURES, PupilFile
from schoolsync.sandbox.staff import ACADEMY_SETS
from schoolsync.sandbox.year import Calendar

MONDAY = dt.date(2026, 3, 9)
SCHOOL = School(name="Northfield Example Academy", timezone="Europe/London", provider="classcharts")
PUPIL = Pupil(key="pupil-7", name="Alex Example", school=SCHOOL, provider_id="7")
FILE = PupilFile(PUPIL, "ZZTEST0001", dt.date(2011, 3, 14))


def _sheet(**more: Any) -> HomeworkSheet:
    return homework_sheet(PUPIL, 42, ACADEMY_SETS[0], due=MONDAY, title="Energy", **more)


@pytest.mark.parametrize(
    ("word", "is_ticked", "state"),
    [
        (None, False, HomeworkState.TODO),
        (None, True, HomeworkState.DONE),
        ("completed", False, HomeworkState.DONE),
        ("late", True, HomeworkState.LATE),
        ("not_completed", False, HomeworkState.TODO),
    ],
)
def test_state_comes_from_word_and_tick(word: str | None, is_ticked: bool, state: HomeworkState) -> None:
    """The teacher's "late" wins over the pupil's tick."""
    assert _sheet(teacher_word=word, is_ticked=is_ticked).record.state is state


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("30", "minutes", dt.timedelta(minutes=30)),
        ("2", "hours", dt.timedelta(hours=2)),
        ("30+", "minutes", None),
        ("", "minutes", None),
        (None, "minutes", None),
    ],
)
def test_a_duration_is_a_number_or_nothing(
    value: str | None, unit: str, expected: dt.timedelta | None
) -> None:
    """What is not a plain number is kept as typed only."""
    assert _sheet(expected_value=value, expected_unit=unit).record.expected == expected


def test_restating_follows_a_change() -> None:
    """A tick, a mark, a closed upload: the record says so, and keeps the rest."""
    before = _sheet(assigned_on=MONDAY, files=(StoredFile(1, "a.pdf", b""),))
    after = restated(attrs.evolve(before, is_ticked=True, mark="7", allows_upload=False, allows_tick=False))
    assert after.record.state is HomeworkState.DONE
    assert after.record.submission is Submission.UNKNOWN
    assert after.record.can_toggle is False
    assert after.record.mark_key
    assert after.record.extras["classcharts.mark"] == "7"
    assert after.record.extras["classcharts.lesson"] == "9X/Sc1"
    assert "classcharts.state" not in after.record.extras
    assert after.record.attachments == before.record.attachments
    assert (after.record.key, after.record.due) == (before.record.key, before.record.due)


def test_files_come_before_links() -> None:
    """In one row of positions."""
    sheet = _sheet(files=(StoredFile(1, "a.pdf", b""),), links=("https://www.example.test/",))
    assert [(one.name, one.kind, one.ref[1], one.url) for one in sheet.record.attachments] == [
        ("a.pdf", AttachmentKind.FILE, 0, None),
        ("https://www.example.test/", AttachmentKind.LINK, 1, "https://www.example.test/"),
    ]


def test_a_form_is_given_the_same_homework() -> None:
    """Two pupils share the number of the homework, not that of their sheet."""
    other = attrs.evolve(FILE, pupil=PUPIL.model_copy(update={"provider_id": "8", "key": "pupil-8"}))
    one, two = (draw_homeworks(file, ACADEMY_SETS, Calendar(MONDAY)) for file in (FILE, other))
    assert [sheet.record.provider_id for sheet in one] == [sheet.record.provider_id for sheet in two]
    assert not {sheet.status_id for sheet in one} & {sheet.status_id for sheet in two}


def test_there_is_homework_of_every_kind() -> None:
    """Every word of a teacher, with and without subject, text, files, links, uploads, marks."""
    sheets = draw_homeworks(FILE, ACADEMY_SETS, Calendar(MONDAY))
    assert {sheet.teacher_word for sheet in sheets} == {None, "completed", "late", "not_completed"}
    assert {sheet.expected_value for sheet in sheets} >= {"30", "30+", "", None}
    for facts in (
        [sheet.record.subject for sheet in sheets],
        [sheet.markup for sheet in sheets],
        [sheet.files for sheet in sheets],
        [sheet.uploads for sheet in sheets],
        [sheet.mark for sheet in sheets],
        [sheet.is_ticked for sheet in sheets],
    ):
        assert {bool(fact) for fact in facts} == {True, False}


def test_a_school_without_marks_gives_none() -> None:
    """Neither on the sheet nor in the record."""
    file = attrs.evolve(FILE, features={**FEATURES, "marks": False})
    sheets = draw_homeworks(file, ACADEMY_SETS, Calendar(MONDAY))
    assert not any(sheet.mark or sheet.record.mark_key for sheet in sheets)
