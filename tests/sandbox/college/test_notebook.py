"""The notebook: what was done in lessons."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from schoolsync.flow.html import safe_html, text_of
from schoolsync.sandbox.college.college import make_college
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.lessons import cancelled
from schoolsync.sandbox.college.notebook import CATEGORIES, content_sheet, draw_contents
from schoolsync.sandbox.college.timetable import draw_timetable

TODAY = dt.date(2026, 3, 11)


@pytest.fixture(scope="module")
def desk() -> CollegeDesk:
    """The desk of the first pupil."""
    return make_college(today=TODAY, has_story=False).desks["e1"]


def test_a_page_is_about_its_lesson(desk: CollegeDesk) -> None:
    """Each record has the lesson's start, subject and teachers, but not its key: it is of another page."""
    lesson = desk.timetable.sheets_of(TODAY)[0]
    entries = [{"title": "Un", "text": "Deux", "category": 2}, {}]
    page = content_sheet(desk, lesson, entries, programme=("Lire",))
    first, second = page.records
    assert (first.start, first.subject, first.teachers, first.lesson_key) == (
        lesson.record.start,
        lesson.record.subject,
        lesson.record.teachers,
        None,
    )
    assert (first.title, first.description_text, first.category) == ("Un", "Deux", "Correction")
    assert first.description_html == page.entries[0].markup == "<p>Deux</p>"
    assert (second.title, second.description_html, second.description_text, second.category) == (
        None,
        None,
        "",
        None,
    )
    assert first.key != second.key


def test_pages_are_written_after_lessons(desk: CollegeDesk) -> None:
    """None of today or later, none of a lesson that did not take place, one at most of each."""
    lessons = [page.lesson for page in desk.contents]
    assert lessons
    assert all(lesson.day < TODAY and not lesson.is_cancelled for lesson in lessons)
    assert len({page.key for page in desk.contents}) == len(desk.contents)
    assert len({lesson.key for lesson in lessons}) == len(lessons)
    written = set(desk.timetable.rows(lessons[0].day, TODAY))
    assert {lesson.record for lesson in lessons} <= written


def test_a_cancelled_lesson_has_no_page(desk: CollegeDesk) -> None:
    """What was drawn is drawn from the timetable as it stands."""
    quiet = attrs.evolve(desk, timetable=draw_timetable(desk.file, desk.year, 1))
    day = desk.year.calendar.school_day(-1)
    quiet.timetable.set_day(day, [cancelled(sheet) for sheet in quiet.timetable.sheets_of(day)])
    assert day in {page.lesson.day for page in draw_contents(desk)}
    assert day not in {page.lesson.day for page in draw_contents(quiet)}


def test_there_is_a_page_of_every_kind(desk: CollegeDesk) -> None:
    """One or two things done, each category and none, with papers, themes, parts of the programme."""
    entries = [entry for page in desk.contents for entry in page.entries]
    assert {len(page.entries) for page in desk.contents} == {1, 2}
    assert {entry.category for entry in entries} == {*CATEGORIES, None}
    for told in (
        [entry.papers for entry in entries],
        [entry.themes for entry in entries],
        [entry.record.title for entry in entries],
        [entry.markup for entry in entries],
        [page.programme for page in desk.contents],
    ):
        assert {bool(one) for one in told} == {True, False}


def test_what_could_do_harm_is_not_in_the_record(desk: CollegeDesk) -> None:
    """The record is what a browser may show; the entry is what the teacher typed."""
    entries = [entry for page in desk.contents for entry in page.entries]
    assert any("<script" in entry.markup for entry in entries)
    for entry in entries:
        assert entry.record.description_html == (safe_html(entry.markup) or None)
        assert entry.record.description_text == text_of(entry.markup)


def test_the_notebook_follows_the_seed() -> None:
    """Another timetable has other pages, the same one the same."""
    one, again, other = (
        [page.records for page in make_college(seed=seed, today=TODAY).desks["e1"].contents]
        for seed in (1, 1, 2)
    )
    assert one == again
    assert one != other
