"""The timetable: a grid where there is room for every name, else day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest

from schoolsync.cli.render import Look
from schoolsync.cli.week import NEWS, lesson_name, news_of, timetable
from schoolsync.model import Lesson, LessonKind, LessonStatus, Subject
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.test_render import shown

TODAY = dt.date(2026, 3, 11)


@pytest.fixture
def week(school: SandboxSchool) -> list[Lesson]:
    """Alex's lessons from Monday to Friday."""
    days = school.days(dt.date(2026, 3, 9), dt.date(2026, 3, 13))
    return [lesson for day in days for lesson in school.lessons(school.pupils[0], day)]


def drawn(lessons: Sequence[Lesson], width: int) -> str:
    """The timetable on paper that is so wide."""
    return shown(timetable(lessons, Look(TODAY, width)), width)


def changed(lesson: Lesson, **fields: object) -> Lesson:
    """*lesson* with other fields."""
    return lesson.model_copy(update=fields)


def test_a_week_is_a_grid(week: list[Lesson]) -> None:
    """Days are columns, times are rows, and today is marked."""
    lines = drawn(week, 100).splitlines()
    assert lines[0].split() == ["Mon", "9", "Tue", "10", "Wed", "11", "today", "Thu", "12", "Fri", "13"]
    times = [line[:5] for line in lines if line[:2].isdigit()]
    assert times == ["08:40", "09:00", "10:00", "11:20", "12:20", "14:00"]


@pytest.mark.parametrize("width", range(40, 181, 10))
def test_no_name_is_ever_broken(week: list[Lesson], width: int) -> None:
    """At any width: every word of every subject stands there whole, and no line is too long."""
    text = drawn(week, width)
    words = {word for lesson in week if lesson.subject for word in lesson.subject.name.split()}
    assert words
    assert words <= set(text.split())
    assert max(map(len, text.splitlines())) <= width


def test_a_long_name_turns_the_grid_into_a_list(week: list[Lesson]) -> None:
    """A word that does not fit in a fifth of the line needs the whole line."""
    name = "Donaudampfschifffahrtskunde"
    long = [changed(week[0], subject=Subject(name=name)), *week[1:]]
    assert "Monday 9 March" not in drawn(week, 80)
    assert "Monday 9 March" in drawn(long, 80)
    assert name in drawn(long, 80)


def test_few_days_are_a_list(week: list[Lesson]) -> None:
    """With teachers, whom a narrow grid has no room for."""
    text = drawn([lesson for lesson in week if lesson.start.day == 9], 80)
    assert text.splitlines()[0] == "Monday 9 March"
    assert "09:00–10:00" in text
    assert "Mr P Prototype" in text
    assert "Mr P Prototype" not in drawn(week, 80)
    assert "Mr P Prototype" in drawn(week, 140)


def test_breaks_are_lines(week: list[Lesson]) -> None:
    """They have no row; a line stands where nobody is taught."""
    text = drawn(week, 100)
    assert "Break" not in text
    assert text.count("┈" * 100) == 2


def test_weeks_stand_apart(week: list[Lesson]) -> None:
    """Two weeks are two grids."""
    later = [changed(one, start=one.start + dt.timedelta(7), end=one.end + dt.timedelta(7)) for one in week]
    text = drawn([*week, *later], 100)
    assert text.count("08:40") == 2
    assert "Mon 16" in text


def test_a_saturday_has_a_column_where_there_is_school(week: list[Lesson]) -> None:
    """And none where there is not."""
    there = changed(week[0], start=week[0].start + dt.timedelta(5), end=week[0].end + dt.timedelta(5))
    assert "Sat 14" not in drawn(week, 100)
    assert "Sat 14" in drawn([*week, there], 100)


def test_parallel_lessons_stand_below_each_other(week: list[Lesson]) -> None:
    """Nothing is lost where two lessons begin at the same time."""
    both = [changed(week[1], subject=Subject(name="Choir")), *week]
    both.sort(key=lambda lesson: lesson.start)
    assert "Choir" in drawn(both, 100)
    assert drawn(both, 100).count("Art & Design") == drawn(week, 100).count("Art & Design")


@pytest.mark.parametrize("width", [100, 60])
@pytest.mark.parametrize("status", NEWS)
def test_news_stand_beside_the_lesson(week: list[Lesson], status: LessonStatus, width: int) -> None:
    """In the grid and in the list."""
    quiet = [changed(lesson, status=LessonStatus.SCHEDULED) for lesson in week]
    news = [changed(quiet[1], status=status), *quiet[2:]]
    word = NEWS[status][0].split()[-1]
    assert word not in drawn(quiet, width)
    assert word in drawn(news, width)


def test_what_else_is_news(week: list[Lesson]) -> None:
    """A test, an exemption, a detention, an outing; and a word that only the school knows."""
    said: dict[str, dict[str, object]] = {
        "test": {"is_test": True},
        "exempt": {"is_exempted": True},
        "detention": {"kind": LessonKind.DETENTION},
        "outing": {"kind": LessonKind.OUTING},
        "Exceptionnel": {"status": LessonStatus.UNKNOWN, "status_text": "Exceptionnel"},
        "changed": {"status": LessonStatus.UNKNOWN, "status_text": None},
    }
    quiet = changed(week[1], status=LessonStatus.SCHEDULED)
    for word, fields in said.items():
        for width in (100, 60):
            assert word not in drawn([quiet], width)
            assert word in drawn([changed(quiet, **fields)], width)
    assert [text.plain for text in news_of(changed(quiet, is_test=True, is_exempted=True))] == [
        "test",
        "exempt",
    ]
    assert not any(news_of(quiet))


def test_another_room_is_named_where_it_is_not_shown(week: list[Lesson]) -> None:
    """The timetable has a line for rooms; an agenda has not."""
    moved = changed(week[1], status=LessonStatus.ROOM_CHANGED, rooms=("C001",))
    assert [text.plain for text in news_of(moved)] == ["another room C001"]
    assert [text.plain for text in news_of(moved, has_rooms=False)] == ["another room"]


def test_a_long_word_goes_on_after_its_hyphen(week: list[Lesson]) -> None:
    """Only where it has to: the grid stays a grid."""
    long = [changed(week[1], subject=Subject(name="HISTOIRE-GEOGRAPHIE")), *week]
    long.sort(key=lambda lesson: lesson.start)
    assert "Monday" not in drawn(long, 80)
    assert {"HISTOIRE-", "GEOGRAPHIE"} <= set(drawn(long, 80).split())
    assert "HISTOIRE-GEOGRAPHIE" in drawn(long, 140)


def test_an_outing_is_called_by_its_note(week: list[Lesson]) -> None:
    """Where it has no subject and no group."""
    outing = changed(week[0], subject=None, groups=(), note="To the museum", kind=LessonKind.OUTING)
    assert lesson_name(outing) == "To the museum"


def test_a_lesson_without_a_subject_has_a_name(week: list[Lesson]) -> None:
    """Its group, else what it is."""
    bare = changed(week[0], subject=None, groups=("Orchestra",))
    assert "Orchestra" in drawn([bare], 80)
    assert "Outing" in drawn([changed(bare, groups=(), kind=LessonKind.OUTING)], 80)


def test_a_day_of_breaks_only(week: list[Lesson]) -> None:
    """Is said in words."""
    breaks = [lesson for lesson in week if lesson.kind is LessonKind.BREAK]
    assert drawn(breaks, 80) == "No lessons, only breaks."
