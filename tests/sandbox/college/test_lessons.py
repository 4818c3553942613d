"""A row of the timetable, and what may become of it: both halves of a sheet say the same."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from schoolsync.model import LessonKind, LessonStatus
from schoolsync.sandbox.college.lessons import (
    NORMAL,
    REPLACING,
    SUBSTITUTE,
    LessonSheet,
    VirtualRoom,
    cancelled,
    changed,
    exempted,
    in_room,
    joined_online,
    lesson_sheet,
    moved,
    replacing,
    taught_by,
    with_memo,
    with_test,
)
from schoolsync.sandbox.college.roll import LOUISON
from schoolsync.sandbox.college.year import CollegeYear

MONDAY = dt.date(2026, 3, 9)
YEAR = CollegeYear(MONDAY)
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def sheet() -> LessonSheet:
    """A lesson of the second hour."""
    return lesson_sheet(
        LOUISON.pupil,
        YEAR,
        MONDAY,
        2,
        rank=104,
        subject="FRANCAIS",
        groups=("[4FRA]",),
        class_parts=("4B GR.1",),
        fields={"teachers": ("GABARIT J.",), "rooms": ("B110",)},
    )


def test_a_lesson_of_two_places_takes_55_minutes(sheet: LessonSheet) -> None:
    """The grid of half hours is a grid of names only."""
    record = sheet.record
    assert record.start == dt.datetime(2026, 3, 9, 8, 55, tzinfo=PARIS)
    assert record.end - record.start == dt.timedelta(minutes=55)
    assert (sheet.day, sheet.place, sheet.length, sheet.kind) == (MONDAY, 2, 2, NORMAL)


def test_a_long_lesson_ends_with_its_last_place() -> None:
    """Two hours without a break between them, or with one."""
    morning, afternoon = (lesson_sheet(LOUISON.pupil, YEAR, MONDAY, place, length=4) for place in (0, 13))
    assert morning.record.end.time() == dt.time(9, 50)
    assert afternoon.record.end.time() == dt.time(16, 30)


def test_a_lesson_says_what_its_record_says(sheet: LessonSheet) -> None:
    """Subject, colour, groups before parts of the class, rank."""
    record = sheet.record
    assert record.subject is not None
    assert (record.subject.name, record.subject.colour, record.colour) == ("FRANCAIS", "#dc2f55", "#dc2f55")
    assert record.groups == ("[4FRA]", "4B GR.1")
    assert (sheet.rank, dict(record.extras)) == (104, {"pronote.num": 104})
    assert (record.kind, record.status, record.status_text) == (
        LessonKind.LESSON,
        LessonStatus.SCHEDULED,
        None,
    )
    assert (record.is_teacher_absent, record.is_test, record.is_exempted) == (None, None, None)


@pytest.mark.parametrize(
    ("words", "is_away"),
    [("Prof. absent", True), ("Professeur absent", True), ("Cours annulé", None), ("Classe absente", None)],
)
def test_a_cancelled_lesson_may_say_that_the_teacher_is_away(
    sheet: LessonSheet, words: str, is_away: bool | None
) -> None:
    """Unless it says so, nothing is known of the teacher."""
    after = cancelled(sheet, words)
    assert after.is_cancelled
    assert (after.record.status_text, after.record.is_teacher_absent) == (words, is_away)
    assert not sheet.is_cancelled


def test_a_replacing_lesson_lies_above_the_replaced_one(sheet: LessonSheet) -> None:
    """In the same place, with a key, a rank, a subject of its own."""
    after = replacing(sheet, "ARTS PLASTIQUES", "ESQUISSE O.", "205")
    assert after.overlaps(sheet)
    assert (after.kind, after.rank, after.record.extras["pronote.num"]) == (REPLACING, 105, 105)
    assert after.key != sheet.key
    assert (after.record.status, after.record.teachers, after.record.rooms) == (
        LessonStatus.REPLACED,
        ("ESQUISSE O.",),
        ("205",),
    )
    assert after.record.subject is not None
    assert after.record.subject.name == "ARTS PLASTIQUES"
    assert after.record.colour == after.record.subject.colour == "#d9b23a"


def test_another_room_and_another_teacher_are_said(sheet: LessonSheet) -> None:
    """Each changes its own field and no other."""
    room, teacher = in_room(sheet, "C001"), taught_by(sheet, "RENFORT B.")
    assert (room.record.rooms, room.record.status) == (("C001",), LessonStatus.ROOM_CHANGED)
    assert room.record.teachers == sheet.record.teachers
    assert (teacher.record.teachers, teacher.record.status) == (
        ("RENFORT B.",),
        LessonStatus.TEACHER_CHANGED,
    )
    assert (teacher.kind, teacher.markers) == (SUBSTITUTE, (("Remplaçant", 3),))


def test_a_moved_lesson_keeps_its_length(sheet: LessonSheet) -> None:
    """Across the change of the clock it begins at the new place's time."""
    later = dt.date(2026, 3, 30)
    after = moved(sheet, YEAR, later, 17)
    assert after.record.start == dt.datetime(2026, 3, 30, 16, 30, tzinfo=PARIS)
    assert after.record.start.utcoffset() == dt.timedelta(hours=2)
    assert after.record.end - after.record.start == dt.timedelta(minutes=55)
    assert (after.day, after.place, after.record.status) == (later, 17, LessonStatus.MOVED)


@pytest.mark.parametrize(
    ("from_home", "status"), [(False, LessonStatus.SCHEDULED), (True, LessonStatus.ONLINE)]
)
def test_an_exempted_pupil_may_follow_from_home(
    sheet: LessonSheet, from_home: bool, status: LessonStatus
) -> None:
    """The school says nothing in words."""
    after = exempted(sheet, from_home=from_home)
    assert (after.record.is_exempted, after.record.status, after.record.status_text) == (True, status, None)
    assert after.follows_from_home is from_home


def test_tests_memos_and_virtual_rooms_are_told(sheet: LessonSheet) -> None:
    """Each in its field, and the memo also as it was sent."""
    after = with_memo(with_test(sheet, is_evaluation=True), "Une règle\nun compas")
    after = joined_online(
        after, VirtualRoom("A", "https://a.example.test"), VirtualRoom("B", "https://b.test")
    )
    assert (after.record.is_test, after.is_evaluation) == (True, True)
    assert (after.record.note, after.record.extras["pronote.memo"]) == ("Une règle\nun compas",) * 2
    assert after.record.extras["pronote.num"] == 104
    assert after.record.online_urls == ("https://a.example.test", "https://b.test")
    assert [room.name for room in after.virtual_rooms] == ["A", "B"]


def test_words_that_nobody_knows_are_kept(sheet: LessonSheet) -> None:
    """As they were said."""
    after = changed(sheet, "Exceptionnel")
    assert (after.record.status, after.record.status_text) == (LessonStatus.UNKNOWN, "Exceptionnel")


@pytest.mark.parametrize(
    ("place", "length", "overlaps"), [(0, 2, False), (0, 3, True), (3, 1, True), (4, 2, False), (0, 9, True)]
)
def test_rows_overlap_that_share_a_place(sheet: LessonSheet, place: int, length: int, overlaps: bool) -> None:
    """Neither what ends where the other begins, nor what lies on another day."""
    other = lesson_sheet(LOUISON.pupil, YEAR, MONDAY, place, length=length)
    elsewhere = lesson_sheet(LOUISON.pupil, YEAR, MONDAY + dt.timedelta(1), place, length=length)
    assert (sheet.overlaps(other), other.overlaps(sheet)) == (overlaps, overlaps)
    assert not sheet.overlaps(elsewhere)
