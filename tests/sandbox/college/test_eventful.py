"""The week of `today`: something of every kind, whoever looks and whatever day it is."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.model import Lesson, LessonKind, LessonStatus
from schoolsync.sandbox.college.lessons import COUNCIL, NORMAL, REPLACING, SUBSTITUTE, LessonSheet
from schoolsync.sandbox.college.roll import LOUISON, MAE, NOE, PupilFile
from schoolsync.sandbox.college.timetable import Timetable, draw_timetable
from schoolsync.sandbox.college.year import CollegeYear

MONDAY = dt.date(2026, 3, 9)
SUNDAY = MONDAY + dt.timedelta(days=6)
EVERYBODY = pytest.mark.parametrize("file", [LOUISON, MAE, NOE], ids=["4B", "6A", "3C"])


def _timetable(file: PupilFile = LOUISON, today: dt.date = MONDAY) -> Timetable:
    return draw_timetable(file, CollegeYear(today), 1)


def _sheets(file: PupilFile) -> tuple[LessonSheet, ...]:
    return _timetable(file).sheets(MONDAY, SUNDAY)


def _rows(file: PupilFile) -> tuple[Lesson, ...]:
    return _timetable(file).rows(MONDAY, SUNDAY)


@EVERYBODY
def test_everything_that_becomes_of_a_lesson_happens(file: PupilFile) -> None:
    """Each status, with the words that the college has for it."""
    told = {(row.status, row.status_text) for row in _rows(file)}
    assert told == {
        (LessonStatus.SCHEDULED, None),
        (LessonStatus.ONLINE, None),
        (LessonStatus.CANCELLED, "Prof. absent"),
        (LessonStatus.CANCELLED, "Cours annulé"),
        (LessonStatus.CANCELLED, "Classe absente"),
        (LessonStatus.REPLACED, "Remplacement"),
        (LessonStatus.ROOM_CHANGED, "Changement de salle"),
        (LessonStatus.TEACHER_CHANGED, "Remplaçant"),
        (LessonStatus.MOVED, "Cours déplacé"),
        (LessonStatus.UNKNOWN, "Exceptionnel"),
    }


@EVERYBODY
def test_every_kind_of_row_is_there(file: PupilFile) -> None:
    """As a client tells them, and as the server counts them."""
    sheets = _sheets(file)
    assert {sheet.record.kind for sheet in sheets} == {
        LessonKind.LESSON,
        LessonKind.DETENTION,
        LessonKind.OUTING,
        LessonKind.STUDY,
        LessonKind.OTHER,
    }
    assert {sheet.kind for sheet in sheets} == {NORMAL, COUNCIL, REPLACING, SUBSTITUTE, None}


@EVERYBODY
def test_every_field_is_said_of_some_row_and_not_of_others(file: PupilFile) -> None:
    """Absent teachers, tests, exemptions, memos, virtual rooms, ends that nobody says."""
    rows = _rows(file)
    for told in (
        {row.is_teacher_absent for row in rows},
        {row.is_test for row in rows},
        {row.is_exempted for row in rows},
    ):
        assert told == {True, None}
    assert {len(row.online_urls) for row in rows} == {0, 2}
    assert [row.note for row in rows if "pronote.memo" in row.extras] == [
        "Apporter le compas & la règle.\nLes petits carreaux suffisent."
    ]
    assert sum(row.end_inferred for row in rows) == 1
    assert {row.end - row.start for row in rows if row.kind is LessonKind.LESSON} > {
        dt.timedelta(minutes=55),
        dt.timedelta(minutes=110),
    }


@EVERYBODY
def test_wire_only_facts_are_there(file: PupilFile) -> None:
    """An evaluation beside a test, home beside an exemption, every sort of further contents."""
    sheets = _sheets(file)
    assert sorted(sheet.is_evaluation for sheet in sheets if sheet.record.is_test) == [False, True]
    assert sorted(sheet.follows_from_home for sheet in sheets if sheet.record.is_exempted) == [False, True]
    assert {kind for sheet in sheets for _, kind in sheet.labels} == {79, 93, 94}
    assert {marker for sheet in sheets for _, marker in sheet.markers} == {0, 3, 4}


@EVERYBODY
def test_one_lesson_is_replaced_and_two_are_parallel(file: PupilFile) -> None:
    """The parallel ones are for two parts of the class, and neither hides the other."""
    timetable = _timetable(file)
    rows = {row.key: row for row in timetable.rows(MONDAY, SUNDAY)}
    replaced = [row for row in rows.values() if row.replaced_by_key]
    assert [row.status_text for row in replaced] == ["Cours annulé"]
    shown = timetable.lessons(MONDAY, SUNDAY)
    parts = [f"{file.class_name} GR.{number}" for number in (1, 2)]
    one, two = (next(row for row in shown if row.groups == (part,)) for part in parts)
    assert (one.start, one.end) == (two.start, two.end)


def test_the_outing_lasts_from_one_break_to_after_the_meal() -> None:
    """So it takes both away from its day; it names who comes along, and has no subject."""
    shown = _timetable().lessons(MONDAY, SUNDAY)
    outing = next(row for row in shown if row.kind is LessonKind.OUTING)
    assert (outing.subject, outing.note, len(outing.teachers)) == (
        None,
        "Visite du musée qui n'existe pas",
        2,
    )
    same_day = [row for row in shown if row.start.date() == outing.start.date()]
    assert [row.groups for row in same_day if row.kind is LessonKind.BREAK] == [
        ("Récréation du matin",),
        ("Récréation de l'après-midi",),
    ]
    assert not any(row.start < outing.end and outing.start < row.end for row in same_day if row is not outing)


def test_the_detention_has_a_title_and_is_red() -> None:
    """Its title stands where other rows have groups."""
    row = next(row for row in _rows(LOUISON) if row.kind is LessonKind.DETENTION)
    assert (row.subject, row.groups, row.teachers, row.colour) == (
        None,
        ("Retenue",),
        ("CANEVAS R.",),
        "#ff0000",
    )


@pytest.mark.parametrize("day", range(7))
def test_whatever_day_it_is_the_whole_week_is_eventful(day: int) -> None:
    """Also for who opens the school on a Sunday; the weeks around it are quiet."""
    timetable = _timetable(today=MONDAY + dt.timedelta(days=day))
    assert timetable.rows(MONDAY, SUNDAY) == _rows(LOUISON)
    week = dt.timedelta(weeks=1)
    for away in (-week, week):
        quiet = timetable.rows(MONDAY + away, SUNDAY + away)
        assert {row.status for row in quiet} == {LessonStatus.SCHEDULED}
