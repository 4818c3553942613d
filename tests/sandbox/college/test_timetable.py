"""The timetable: every row, what a correct client makes of them, and what somebody puts there."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import attrs
import pytest

from schoolsync.model import Lesson, LessonKind, LessonStatus
from schoolsync.sandbox.college.lessons import LessonSheet, cancelled, lesson_sheet, moved, replacing
from schoolsync.sandbox.college.roll import LOUISON, NOE
from schoolsync.sandbox.college.timetable import Timetable, draw_timetable
from schoolsync.sandbox.college.year import CollegeYear

TODAY = dt.date(2026, 3, 11)
YEAR = CollegeYear(TODAY)
MONDAY = dt.date(2026, 3, 16)
"""Of a week in which nothing happens."""
WEEK = dt.timedelta(days=6)
DAY = dt.timedelta(days=1)


@pytest.fixture
def timetable() -> Timetable:
    """The timetable of the first pupil."""
    return draw_timetable(LOUISON, YEAR, 1)


def _row(day: dt.date, place: int, length: int = 2, rank: int = 300) -> LessonSheet:
    return lesson_sheet(LOUISON.pupil, YEAR, day, place, length=length, rank=rank, subject="FRANCAIS")


def _bands(rows: tuple[Lesson, ...]) -> list[tuple[object, ...]]:
    return [
        (row.extras["pronote.band"], row.groups, f"{row.start:%H:%M}", f"{row.end:%H:%M}")
        for row in rows
        if row.kind is LessonKind.BREAK
    ]


MORNING = ("break", ("Récréation du matin",), "09:50", "10:05")
AFTERNOON = ("break", ("Récréation de l'après-midi",), "15:20", "15:35")
CANTEEN = ("canteen", ("Demi-pension",), "11:55", "13:30")


# -- readings --------------------------------------------------------------------


def test_the_seed_decides() -> None:
    """The same seed draws the same timetable, another one another; so do other pupils."""
    one, again, other, noe = (
        draw_timetable(file, YEAR, seed).rows(MONDAY, MONDAY + WEEK)
        for file, seed in ((LOUISON, 1), (LOUISON, 1), (LOUISON, 2), (NOE, 1))
    )
    assert one == again
    assert one != other
    assert one != noe


@pytest.mark.parametrize(
    ("weekday", "bands"),
    [
        (0, [MORNING, CANTEEN, AFTERNOON]),
        (1, [MORNING, CANTEEN]),
        (2, [MORNING, AFTERNOON]),
        (3, [MORNING, CANTEEN, AFTERNOON]),
        (4, [MORNING, CANTEEN, AFTERNOON]),
        (5, []),
    ],
)
def test_breaks_lie_between_lessons(
    timetable: Timetable, weekday: int, bands: list[tuple[object, ...]]
) -> None:
    """On Tuesdays a lesson goes on through one, on Wednesdays there is no canteen, a Saturday has none.

    A break without length is never shown.
    """
    assert _bands(timetable.lessons(MONDAY + DAY * weekday, MONDAY + DAY * weekday)) == bands


def test_a_break_is_no_row_of_the_server(timetable: Timetable) -> None:
    """Who asks for every row is given rows only."""
    rows = timetable.rows(MONDAY, MONDAY)
    assert not _bands(rows)
    assert rows == tuple(row for row in timetable.lessons(MONDAY, MONDAY) if row.kind is LessonKind.LESSON)


def test_a_break_has_nothing_but_a_name(timetable: Timetable) -> None:
    """No subject, teacher, room, and nothing became of it."""
    band = next(row for row in timetable.lessons(MONDAY, MONDAY) if row.kind is LessonKind.BREAK)
    assert (band.subject, band.teachers, band.rooms, band.end_inferred) == (None, (), (), False)
    assert (band.status, band.status_text, band.colour) == (LessonStatus.SCHEDULED, None, None)


def test_a_lesson_in_its_time_takes_a_break_away(timetable: Timetable) -> None:
    """One that fits between the canteen's ends does too; one that only touches it does not."""
    timetable.set_day(MONDAY, [_row(MONDAY, 9, length=1), _row(MONDAY, 4)])
    assert _bands(timetable.lessons(MONDAY, MONDAY)) == [MORNING, AFTERNOON]
    timetable.set_day(MONDAY, [_row(MONDAY, 6), _row(MONDAY, 11)])
    assert CANTEEN in _bands(timetable.lessons(MONDAY, MONDAY))


def test_several_days_come_in_order(timetable: Timetable) -> None:
    """Both ends included; a week is its seven days."""
    week = timetable.lessons(MONDAY, MONDAY + WEEK)
    days = [timetable.lessons(day, day) for day in (MONDAY + DAY * number for number in range(7))]
    assert week == tuple(row for day in days for row in day)
    assert all(one.start <= two.start for one, two in pairwise(week))
    assert timetable.lessons(MONDAY + DAY, MONDAY) == ()


@pytest.mark.parametrize(
    ("changes_on", "hours"), [(dt.date(2026, 3, 29), (1, 2)), (dt.date(2026, 10, 25), (2, 1))]
)
def test_lessons_begin_at_the_same_time_after_the_change_of_the_clock(
    changes_on: dt.date, hours: tuple[int, int]
) -> None:
    """On the Monday before the Sunday and the Monday after it, at another offset."""
    timetable = draw_timetable(LOUISON, CollegeYear(changes_on - 8 * DAY), 1)
    before, after = (timetable.rows(day, day)[0] for day in (changes_on - 6 * DAY, changes_on + DAY))
    assert [one.start.utcoffset() for one in (before, after)] == [dt.timedelta(hours=one) for one in hours]
    assert before.start.time() == after.start.time() == dt.time(8)


def test_an_old_server_leaves_every_end_to_the_grid(timetable: Timetable) -> None:
    """The times are the same; only the record says how they are known. A break has no end to be said."""
    said, told = timetable.lessons(MONDAY, MONDAY), timetable.lessons(MONDAY, MONDAY, says_ends=False)
    assert [row.end for row in said] == [row.end for row in told]
    assert {(row.kind, row.end_inferred) for row in told} == {
        (LessonKind.LESSON, True),
        (LessonKind.BREAK, False),
    }
    assert not any(row.end_inferred for row in said)


# -- who replaces whom -------------------------------------------------------------


def _replaced(timetable: Timetable) -> tuple[LessonSheet, LessonSheet]:
    sheet = timetable.sheet(MONDAY, 2)
    old, new = cancelled(sheet), replacing(sheet, "ARTS PLASTIQUES", "ESQUISSE O.", "205")
    timetable.replace(sheet, old, new)
    return old, new


def test_a_replaced_lesson_is_hidden(timetable: Timetable) -> None:
    """The other one says whose place it takes."""
    old, new = _replaced(timetable)
    shown = {row.key: row for row in timetable.lessons(MONDAY, MONDAY)}
    assert old.key not in shown
    assert shown[new.key].replaces_key == old.key


def test_every_row_is_there_for_who_wants_them(timetable: Timetable) -> None:
    """Both of them, and each names the other."""
    old, new = _replaced(timetable)
    rows = {row.key: row for row in timetable.rows(MONDAY, MONDAY)}
    assert rows[old.key].replaced_by_key == new.key
    assert rows[new.key].replaces_key == old.key
    assert (rows[old.key].replaces_key, rows[new.key].replaced_by_key) == (None, None)


def test_a_cancelled_lesson_without_another_is_shown(timetable: Timetable) -> None:
    """Its neighbours do not take its place."""
    sheet = timetable.sheet(MONDAY, 2)
    timetable.replace(sheet, cancelled(sheet))
    row = next(row for row in timetable.lessons(MONDAY, MONDAY) if row.key == sheet.key)
    assert (row.status, row.replaced_by_key) == (LessonStatus.CANCELLED, None)


def test_two_lessons_at_once_are_both_shown(timetable: Timetable) -> None:
    """Neither is cancelled, so neither stands in for the other; two cancelled ones are shown as well."""
    twins = [_row(MONDAY, 2, rank=301), _row(MONDAY, 2, rank=302)]
    for day in (twins, [cancelled(one) for one in twins]):
        timetable.set_day(MONDAY, day)
        rows = [row for row in timetable.lessons(MONDAY, MONDAY) if row.kind is LessonKind.LESSON]
        assert [(row.replaces_key, row.replaced_by_key) for row in rows] == [(None, None)] * 2


def test_a_lesson_may_take_the_place_of_half_another_one(timetable: Timetable) -> None:
    """One place in common is enough."""
    timetable.set_day(MONDAY, [cancelled(_row(MONDAY, 0, length=4)), _row(MONDAY, 2)])
    shown = [row for row in timetable.lessons(MONDAY, MONDAY) if row.kind is LessonKind.LESSON]
    assert [(row.status, bool(row.replaces_key)) for row in shown] == [(LessonStatus.SCHEDULED, True)]


def test_who_looks_at_one_day_sees_the_same(timetable: Timetable) -> None:
    """A lesson at the same time of another day replaces nothing."""
    sheet = timetable.sheet(MONDAY, 0)
    timetable.replace(sheet, cancelled(sheet))
    rows = timetable.lessons(MONDAY, MONDAY + WEEK)
    assert rows[0].key == sheet.key


# -- changes ---------------------------------------------------------------------


def test_what_is_put_in_comes_out(timetable: Timetable) -> None:
    """Also on a Saturday, and with what no drawn lesson has; other days stay as they were."""
    saturday, before = MONDAY + 5 * DAY, timetable.rows(MONDAY, MONDAY + 4 * DAY)
    sheet = _row(saturday, 2)
    record = sheet.record.model_copy(update={"own_note": "À lire", "period_label": "M2"})
    timetable.add(attrs.evolve(sheet, record=record))
    assert timetable.rows(saturday, saturday) == (record,)
    assert timetable.rows(MONDAY, MONDAY + 4 * DAY) == before


def test_a_lesson_moves_to_another_day(timetable: Timetable) -> None:
    """It is listed there, and no more where it was."""
    sheet, friday = timetable.sheet(MONDAY, 2), MONDAY + 4 * DAY
    timetable.replace(sheet, moved(sheet, YEAR, friday, 17))
    assert sheet.key not in {row.key for row in timetable.rows(MONDAY, MONDAY)}
    assert timetable.rows(friday, friday)[-1].key == sheet.key


def test_a_lesson_may_just_be_gone(timetable: Timetable) -> None:
    """Nothing stands in its place."""
    before = timetable.rows(MONDAY, MONDAY)
    timetable.replace(timetable.sheet(MONDAY, 2))
    assert timetable.rows(MONDAY, MONDAY) == (before[0], *before[2:])


def test_a_day_may_be_empty(timetable: Timetable) -> None:
    """There is not even a break then."""
    timetable.set_day(MONDAY, [])
    assert timetable.lessons(MONDAY, MONDAY) == ()


def test_nothing_is_replaced_that_is_not_there(timetable: Timetable) -> None:
    """Who means a row that is gone is told so, and nothing changes."""
    gone = _row(MONDAY, 2)
    before = timetable.sheets_of(MONDAY)
    with pytest.raises(LookupError):
        timetable.replace(gone, _row(MONDAY, 4))
    assert timetable.sheets_of(MONDAY) == before


def test_a_day_takes_only_its_own_rows(timetable: Timetable) -> None:
    """A row of another day would never be found again."""
    with pytest.raises(ValueError, match="another day"):
        timetable.set_day(MONDAY, [_row(MONDAY + DAY, 2)])


def test_the_topmost_row_is_found_by_its_place(timetable: Timetable) -> None:
    """The replacing one, not the replaced one; an empty place has none."""
    _, new = _replaced(timetable)
    assert timetable.sheet(MONDAY, 2).key == new.key
    with pytest.raises(LookupError):
        timetable.sheet(MONDAY, 8)
