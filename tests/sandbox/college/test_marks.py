"""What was marked: every kind of line, in every term that has begun."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest

from schoolsync.derive.keys import with_mark_keys
from schoolsync.model import Mark, MarkStatus
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.college.markbook import MarkBook
from schoolsync.sandbox.college.marks import SERVICES, draw_marks, past_day, services_of
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.subjects import COLOURS
from schoolsync.sandbox.college.year import CollegeYear

EVERY_SEASON = [dt.date(2026, 3, 9), dt.date(2025, 9, 1), dt.date(2025, 10, 20), dt.date(2026, 8, 31)]


def _records(book: MarkBook) -> list[Mark]:
    return [sheet.record for sheet in book.sheets]


def test_there_is_a_line_of_every_kind(college: SandboxCollege) -> None:
    """Codes, scales, weights, and what a line may be."""
    records = _records(college.desks["e1"].marks) + _records(college.desks["e2"].marks)
    assert {record.status for record in records} == set(MarkStatus)
    assert {record.out_of for record in records} == {10, 20, 100}
    assert {record.coefficient for record in records} == {Decimal("0.5"), 0, 1, 2}
    for fact in ("is_bonus", "is_optional", "is_rescaled"):
        assert {getattr(record, fact) for record in records} == {True, False}
    assert any(record.comment for record in records)
    assert any(not record.title for record in records)
    assert any(record.default_out_of is None for record in records)
    assert any(len(record.attachments) == 2 for record in records)


def test_what_some_programs_trip_over_is_not_in_the_first_family(college: SandboxCollege) -> None:
    """So that it can be shown to all of them."""
    assert not any(sheet.said in {"|-1", "??"} for sheet in college.desks["e1"].marks.sheets)
    assert {"|-1", "??"} <= {sheet.said for sheet in college.desks["e2"].marks.sheets}


def test_twins_have_the_same_identity_and_two_keys(college: SandboxCollege) -> None:
    """Two lines of one subject, day, title, scale and weight."""
    records = _records(college.desks["e1"].marks)
    facts = Counter((one.subject, one.given_on, one.title, one.out_of, one.coefficient) for one in records)
    assert sorted(facts.values())[-2:] == [1, 2]
    assert len({one.key for one in with_mark_keys(records)}) == len(records)


def test_each_line_has_a_key_of_its_own(college: SandboxCollege) -> None:
    """In the whole college."""
    keys = [one.key for desk in college.desks.values() for one in _records(desk.marks)]
    assert len(keys) == len(set(keys))


def test_one_subject_says_nothing_of_the_class(college: SandboxCollege) -> None:
    """The arts; all others do where there is a mark."""
    for record in _records(college.desks["e1"].marks):
        is_hidden = record.subject is not None and record.subject.name == "ARTS PLASTIQUES"
        assert (record.class_average is None) == (is_hidden or record.status is MarkStatus.PENDING)


def test_a_pupil_stands_within_the_class(college: SandboxCollege) -> None:
    """No value lies beyond the lowest and highest ones."""
    for record in _records(college.desks["e1"].marks) + _records(college.desks["e2"].marks):
        assert record.value is None or 0 <= record.value <= (record.out_of or 0)
        if record.value is not None and record.class_min is not None and record.class_max is not None:
            assert record.class_min <= record.value <= record.class_max


def test_the_third_pupil_has_no_marks(college: SandboxCollege) -> None:
    """But subjects in which there could be some."""
    book = college.desks["e3"].marks
    assert (book.sheets, len(book.services)) == ([], len(SERVICES))


def test_three_terms_have_marks_in_spring(college: SandboxCollege) -> None:
    """Given in them, and not after today."""
    sheets = college.desks["e1"].marks.sheets
    counts = Counter(sheet.period for sheet in sheets)
    assert set(counts) == {"Trimestre 1", "Trimestre 2", "Trimestre 3"}
    assert min(counts.values()) >= 4
    for sheet in sheets:
        period = college.year.period(sheet.period).record
        assert sheet.record.given_on is not None
        assert period.start <= sheet.record.given_on <= min(period.end, college.year.today)


@pytest.mark.parametrize("today", EVERY_SEASON)
def test_a_term_ahead_begins_with_a_test_without_a_mark(today: dt.date) -> None:
    """So that each has something; everything else was given until today, on school days of the year."""
    college = make_college(today=today, has_story=False)
    sheets = college.desks["e1"].marks.sheets
    assert {sheet.period for sheet in sheets} == {"Trimestre 1", "Trimestre 2", "Trimestre 3"}
    for sheet in sheets:
        day = sheet.record.given_on
        assert day is not None
        assert college.year.calendar.is_school_day(day)
        assert college.year.first_day <= day <= college.year.last_day
        if day > college.year.calendar.school_day(0):
            assert sheet.record.status is MarkStatus.PENDING


def test_beginners_learn_one_language_less() -> None:
    """Everybody else all of them; there is a teacher and a colour for each subject."""
    assert {one.name for one in set(SERVICES) - set(services_of("6EME"))} == {"ESPAGNOL LV2"}
    assert services_of("4EME") == SERVICES
    assert {one.name for one in SERVICES} == {one.subject for one in TEACHERS}
    assert {one.name for one in SERVICES} <= set(COLOURS)


def test_days_of_the_past_stay_in_the_year() -> None:
    """The first school day is the earliest."""
    year = CollegeYear(dt.date(2025, 9, 3))
    assert [past_day(year, back) for back in (1, 2, 50)] == [dt.date(2025, 9, 2), *[dt.date(2025, 9, 1)] * 2]


def test_drawing_twice_gives_the_same(college: SandboxCollege) -> None:
    """Nothing is left to chance."""
    desk = college.desks["e1"]
    assert draw_marks(desk) == desk.marks
