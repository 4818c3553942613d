"""Homework: a sheet says the same as its neutral record."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from schoolsync.flow.html import safe_html, text_of
from schoolsync.model import AttachmentKind, HomeworkState, Submission
from schoolsync.sandbox.college.college import make_college
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.homework import draw_homeworks, homework_sheet, ticked
from schoolsync.sandbox.college.lessons import cancelled
from schoolsync.sandbox.college.resources import Link, LinkKind, StoredFile, document
from schoolsync.sandbox.college.timetable import draw_timetable

TODAY = dt.date(2026, 3, 11)


@pytest.fixture(scope="module")
def drawn() -> CollegeDesk:
    """The desk of the first pupil."""
    return make_college(today=TODAY, has_story=False).desks["e1"]


@pytest.fixture
def desk(drawn: CollegeDesk) -> CollegeDesk:
    """The same, with a list of its own."""
    return attrs.evolve(drawn, homeworks=[*drawn.homeworks])


def test_a_plain_sheet_says_little(desk: CollegeDesk) -> None:
    """Nothing is told that nobody said; nothing to hand in is what silence means."""
    sheet = homework_sheet(desk, 50, "FRANCAIS", given=TODAY, due=TODAY + dt.timedelta(1), difficulty=0)
    record = sheet.record
    assert (record.description_html, record.description_text, sheet.markup) == (None, "", "")
    assert (record.expected, record.submission, dict(record.extras)) == (None, Submission.NONE, {})
    assert (record.title, record.kind, record.teacher, record.attachments) == (None, None, None, ())
    assert (record.state, record.can_toggle) == (HomeworkState.TODO, True)


def test_a_full_sheet_says_everything_twice(desk: CollegeDesk) -> None:
    """On the wire's side and in the record."""
    sheet = homework_sheet(
        desk,
        50,
        "FRANCAIS",
        given=TODAY,
        due=TODAY + dt.timedelta(1),
        text="Lire.",
        is_done=True,
        difficulty=3,
        minutes=90,
        audience="4B",
        themes=("Roman", "Récit"),
        submission=1,
        papers=(document("x1", "roman.pdf"),),
    )
    record = sheet.record
    assert (sheet.markup, record.description_html, record.description_text) == (
        "<div>Lire.</div>",
        "<div>Lire.</div>",
        "Lire.",
    )
    assert record.expected == dt.timedelta(minutes=90)
    assert dict(record.extras) == {
        "pronote.difficulty": 3,
        "pronote.group": "4B",
        "pronote.themes": "Roman, Récit",
    }
    assert (sheet.is_done, record.state, record.submission) == (True, HomeworkState.DONE, Submission.PAPER)
    assert [(one.name, one.ref) for one in record.attachments] == [("roman.pdf", (sheet.key, 0))]


@pytest.mark.parametrize(
    ("number", "submission"),
    [
        (None, Submission.NONE),
        (0, Submission.NONE),
        (1, Submission.PAPER),
        (2, Submission.UPLOAD),
        (3, Submission.OTHER),
        (4, Submission.AUDIO),
        (9, Submission.UNKNOWN),
    ],
)
def test_the_server_counts_ways_of_handing_in(
    desk: CollegeDesk, number: int | None, submission: Submission
) -> None:
    """A number that nobody knows is told to be unknown."""
    sheet = homework_sheet(desk, 50, "FRANCAIS", given=TODAY, due=TODAY, submission=number)
    assert sheet.record.submission is submission


def test_a_tick_changes_the_state_and_nothing_else(desk: CollegeDesk) -> None:
    """There and back again."""
    sheet = desk.homeworks[0]
    done = ticked(sheet, is_done=True)
    assert (done.is_done, done.record.state) == (True, HomeworkState.DONE)
    assert done.record.model_copy(update={"state": sheet.record.state}) == sheet.record
    assert ticked(done, is_done=False) == ticked(sheet, is_done=False)


def test_homework_is_given_in_a_lesson_of_its_subject(desk: CollegeDesk) -> None:
    """The first one of that day that takes place; in none if there is none."""
    day = TODAY
    lesson = desk.timetable.sheets_of(day)[0]
    subject = lesson.record.subject
    assert subject is not None
    given = homework_sheet(desk, 50, subject.name, given=day, due=day)
    assert given.lesson == lesson.key
    assert homework_sheet(desk, 51, "LATIN", given=day, due=day).lesson is None
    away = attrs.evolve(desk, timetable=draw_timetable(desk.file, desk.year, 1))
    away.timetable.set_day(day, [cancelled(lesson)])
    assert homework_sheet(away, 52, subject.name, given=day, due=day).lesson is None


def test_there_is_homework_of_every_kind(drawn: CollegeDesk) -> None:
    """Done and not, past and to come, every way to hand it in, every sort of paper, with and without text."""
    sheets = drawn.homeworks
    records = [sheet.record for sheet in sheets]
    assert {record.submission for record in records} == set(Submission)
    assert {sheet.submission for sheet in sheets} == {None, 0, 1, 2, 3, 4, 9}
    assert {record.state for record in records} == {HomeworkState.TODO, HomeworkState.DONE}
    assert {sheet.difficulty for sheet in sheets} == {0, 1, 2, 3}
    assert {record.due < TODAY for record in records} == {True, False}
    papers = [paper for sheet in sheets for paper in sheet.papers]
    assert {one.kind for one in papers if isinstance(one, Link)} == set(LinkKind)
    assert {one.is_in_cloud for one in papers if isinstance(one, StoredFile)} == {True, False}
    for told in (
        [record.description_text for record in records],
        [record.expected for record in records],
        [sheet.themes for sheet in sheets],
        [sheet.lesson for sheet in sheets],
        [sheet.has_format for sheet in sheets],
    ):
        assert {bool(one) for one in told} == {True, False}


def test_two_pieces_of_homework_are_twins(drawn: CollegeDesk) -> None:
    """Same subject, given and due on the same days: only their texts tell them apart."""
    facts = [
        (one.record.subject and one.record.subject.name, one.record.assigned_on, one.record.due)
        for one in drawn.homeworks
    ]
    twins = [one for one, fact in zip(drawn.homeworks, facts, strict=True) if facts.count(fact) > 1]
    assert sorted(one.record.description_text for one in twins) == [
        "Apporter la calculatrice.",
        "Revoir la leçon.",
    ]
    assert len({one.key for one in drawn.homeworks}) == len(drawn.homeworks)


def test_what_could_do_harm_is_not_in_the_record(drawn: CollegeDesk) -> None:
    """The record is what a browser may show; the sheet is what the teacher typed."""
    assert any("<script" in sheet.markup and "onclick" in sheet.markup for sheet in drawn.homeworks)
    for sheet in drawn.homeworks:
        assert sheet.record.description_html == (safe_html(sheet.markup) or None)
        assert sheet.record.description_text == text_of(sheet.markup)


def test_everybody_is_given_the_same() -> None:
    """But each has a sheet of their own."""
    desks = make_college(today=TODAY, has_story=False).desks
    one, two = ([sheet.record for sheet in draw_homeworks(desks[number])] for number in ("e1", "e2"))
    assert [record.description_text for record in one] == [record.description_text for record in two]
    assert not {record.key for record in one} & {record.key for record in two}


def test_a_link_stays_a_link(drawn: CollegeDesk) -> None:
    """Its address is told as it is, with all its parameters."""
    links = [
        one
        for sheet in drawn.homeworks
        for one in sheet.record.attachments
        if one.kind is AttachmentKind.LINK
    ]
    assert "https://manuel.example.test/p/12?page=27&copy=1" in {one.url for one in links}
