"""The collège as a whole: readings in their order, changes where they are seen."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from schoolsync.model import LessonStatus, MarkStatus
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from tests.sandbox.college.fresh import MONDAY

READINGS = (
    *("homeworks", "contents", "marks", "evaluations", "reports", "absences", "sanctions"),
    *("behaviour_events", "announcements", "discussions", "resources"),
)
WEEK = MONDAY + dt.timedelta(days=4)


@pytest.mark.parametrize("name", READINGS)
def test_somebody_has_something_of_everything(college: SandboxCollege, name: str) -> None:
    """Louison; by record, by number, with keys of their own."""
    read = getattr(college, name)
    records = read("e1")
    assert records
    assert records == read(college.pupils[0])
    assert len({record.key for record in records}) == len(records)
    assert {record.pupil_key for record in records} == {college.pupils[0].key}


def test_people(college: SandboxCollege) -> None:
    """Pupils family by family; accounts by login and space."""
    assert [pupil.name for pupil in college.pupils] == ["EXAMPLE Louison", "FACTICE Maë", "FACTICE Noé"]
    parent = college.account("dominique.factice", "parent")
    assert parent is not None
    assert college.pupils_of(parent) == college.pupils[1:]
    assert college.desk_of(parent) is college.desk("e2")
    assert college.account("dominique.factice", "student") is None
    assert college.account("Robin.Example", "parent") is college.account_numbered("p1")
    assert college.account("Louison.Example", "student") is None
    for wrong in ("e9", ""):
        with pytest.raises(KeyError):
            college.desk(wrong)
    with pytest.raises(KeyError):
        college.account_numbered("p9")
    with pytest.raises(KeyError):
        college.teacher("t9")


def test_lessons(college: SandboxCollege) -> None:
    """A day or more; as shown, or every row."""
    shown = college.lessons("e1", MONDAY, WEEK)
    assert [one.start for one in shown] == sorted(one.start for one in shown)
    assert {one.start.date() for one in shown} == {MONDAY + dt.timedelta(days=day) for day in range(5)}
    assert college.lessons("e1", MONDAY) == tuple(one for one in shown if one.start.date() == MONDAY)
    rows = college.lessons("e1", MONDAY, WEEK, has_all_rows=True)
    assert {one.key for one in rows} - {one.key for one in shown}
    assert "break" in {one.kind for one in shown} - {one.kind for one in rows}
    assert college.lessons("e1", MONDAY + dt.timedelta(days=5)) == ()


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("marks", "given_on"),
        ("evaluations", "day"),
        ("absences", "day"),
        ("sanctions", "given_on"),
        ("behaviour_events", "at"),
        ("announcements", "published_at"),
        ("resources", "shared_at"),
    ],
)
def test_the_newest_comes_first(college: SandboxCollege, name: str, field: str) -> None:
    """Of what happens."""
    days = [getattr(record, field) for record in getattr(college, name)("e1")]
    assert days == sorted(days, reverse=True)


def test_what_is_due_comes_in_order(college: SandboxCollege) -> None:
    """As do lessons that were given."""
    assert [one.due for one in college.homeworks("e1")] == sorted(one.due for one in college.homeworks("e1"))
    starts = [one.start for one in college.contents("e1")]
    assert starts == sorted(starts)


def test_marks_by_period(college: SandboxCollege) -> None:
    """Together they are all of them; averages end with the overall one."""
    terms = ("Trimestre 1", "Trimestre 2", "Trimestre 3")
    by_term = [college.marks("e1", name) for name in terms]
    assert sorted(one.key for marks in by_term for one in marks) == sorted(
        one.key for one in college.marks("e1")
    )
    averages = college.averages("e1", "Trimestre 3")
    assert [one.subject is None for one in averages] == [False] * (len(averages) - 1) + [True]
    assert college.marks("e1", "Semestre 1") == ()


def test_periods_and_holidays(college: SandboxCollege) -> None:
    """Of the year."""
    assert [one.name for one in college.periods()][:3] == ["Trimestre 1", "Trimestre 2", "Trimestre 3"]
    now = [one.name for one in college.periods(dt.date(2025, 9, 2)) if one.is_current]
    assert now[0] == "Trimestre 1"
    assert college.holidays == college.year.holidays


def test_menus_are_everybodys(college: SandboxCollege) -> None:
    """By day and meal."""
    menus = college.menus(MONDAY, WEEK)
    assert menus
    assert [(one.day, one.key) for one in menus] == sorted((one.day, one.key) for one in menus)
    assert {one.day for one in college.menus(MONDAY)} == {MONDAY}
    assert college.desk("e1").menus is college.desk("e3").menus


def test_teachers(college: SandboxCollege) -> None:
    """Those of the lessons; a younger class has no Spanish."""
    assert [one.last_name for one in college.teachers("e1")][:2] == ["MODELE", "SPECIMEN"]
    assert "CROQUIS" in {one.last_name for one in college.teachers("e1")}
    assert "CROQUIS" not in {one.last_name for one in college.teachers("e2")}


@pytest.mark.parametrize(
    ("thing", "code", "name"),
    [
        ("pupil:e1", None, "photo.jpg"),
        ("pupil:e3", None, None),
        ("pupil:e9", None, None),
        ("file:mark-1", None, "sujet fractions.pdf"),
        ("file:nothing", None, None),
        ("class:4B", None, None),
        ("", None, None),
        ("mark:nothing", "DevoirSujet", None),
    ],
)
def test_files_in_the_store(college: SandboxCollege, thing: str, code: str | None, name: str | None) -> None:
    """By what a server calls them."""
    found = college.stored(thing, code)
    assert (found.name if found else None) == name


def test_papers_of_a_mark(college: SandboxCollege) -> None:
    """Two, by word."""
    sheet = next(sheet for sheet in college.desk("e1").marks.sheets if sheet.paper)
    thing = f"mark:{sheet.record.key}"
    assert college.stored(thing, "DevoirSujet") is sheet.paper
    assert college.stored(thing, "DevoirCorrige") is sheet.correction
    assert college.stored(thing) is None


# -- changes ----------------------------------------------------------------------


def test_a_lesson_is_cancelled_replaced_added(college: SandboxCollege) -> None:
    """For one pupil, on one day."""
    day = MONDAY + dt.timedelta(days=7)
    others = college.lessons("e2", day)
    first, second = college.desk("e1").timetable.sheets_of(day)[:2]
    college.cancel_lesson(first, "e1", "Prof. absent")
    shown = {one.key: one for one in college.lessons("e1", day)}
    assert shown[first.key].status is LessonStatus.CANCELLED
    assert shown[first.key].is_teacher_absent is True
    college.replace_lesson(second, [], "e1")
    assert second.key not in {one.key for one in college.lessons("e1", day)}
    college.add_lesson(second, "e1")
    assert second.key in {one.key for one in college.lessons("e1", day)}
    assert college.lessons("e2", day) == others
    renamed = first.record.model_copy(update={"key": "lesson-nobody"})
    with pytest.raises(LookupError):
        college.cancel_lesson(attrs.evolve(first, record=renamed), "e1")


def test_a_mark_is_corrected(college: SandboxCollege) -> None:
    """And stays the same mark."""
    before = next(one for one in college.marks("e1") if one.status is MarkStatus.GRADED)
    after = college.set_mark(before.key, "|1", "e1")
    assert (after.key, after.status, after.value) == (before.key, MarkStatus.ABSENT, None)
    assert after in college.marks("e1")
    with pytest.raises(KeyError):
        college.set_mark("mark-nobody", 1, "e1")


def test_homework_is_ticked(college: SandboxCollege) -> None:
    """And no other one."""
    todo = next(one for one in college.homeworks("e1") if one.state == "todo")
    rest = [one for one in college.homeworks("e1") if one.key != todo.key]
    college.tick_homework(todo.key, "e1")
    assert next(one for one in college.homeworks("e1") if one.key == todo.key).state == "done"
    assert [one for one in college.homeworks("e1") if one.key != todo.key] == rest
    college.tick_homework(todo.key, "e1", is_done=False)
    assert todo in college.homeworks("e1")


def test_a_screen_is_closed(college: SandboxCollege) -> None:
    """For one pupil."""
    college.switch(10, "e1", is_on=False)
    assert college.desk("e1").file.switches[10] is False
    assert college.desk("e2").file.switches[10] is True


def test_an_account_changes(college: SandboxCollege) -> None:
    """In its place."""
    numbers = [one.number for one in college.accounts]
    college.replace_account(attrs.evolve(college.account_numbered("p1"), password="neuf"))
    assert college.account_numbered("p1").password == "neuf"
    assert [one.number for one in college.accounts] == numbers


# -- making one ---------------------------------------------------------------------


def test_the_same_seed_makes_the_same_college() -> None:
    """Another one another timetable, with the same people."""

    def drawn(seed: int) -> tuple[object, ...]:
        college = make_college(seed=seed, today=MONDAY)
        return college.lessons("e1", MONDAY, WEEK), college.pupils

    one, two = drawn(1), drawn(2)
    assert one == drawn(1)
    assert one[0] != two[0]
    assert one[1] == two[1]


@pytest.mark.parametrize(
    "today", [dt.date(2025, 9, 1), dt.date(2025, 8, 31), dt.date(2026, 1, 1), dt.date(2028, 2, 29)]
)
def test_it_can_be_opened_on_any_day(today: dt.date) -> None:
    """Even on the first, the last, a holiday, one that is rare."""
    college = make_college(today=today)
    monday = college.year.calendar.monday
    assert college.lessons("e1", monday, monday + dt.timedelta(days=4))
    college.catch_up(dt.datetime.combine(today, dt.time(23), college.year.zone) + dt.timedelta(days=9))
    for name in READINGS:
        assert getattr(college, name)("e1")
