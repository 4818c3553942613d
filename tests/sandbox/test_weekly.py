"""The timetable and its lessons."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise

import pytest

from schoolsync.model import Lesson, LessonKind, LessonStatus, Pupil, School
from schoolsync.sandbox.staff import ACADEMY_SETS, ACADEMY_TUTOR, CHOIR, COVER
from schoolsync.sandbox.weekly import DAY_PLANS, WeekPlan, covered, draw_week_plan
from schoolsync.sandbox.year import Calendar

MONDAY = dt.date(2026, 3, 9)
CALENDAR = Calendar(MONDAY)
SCHOOL = School(name="Northfield Example Academy", timezone="Europe/London", provider="classcharts")
PUPIL = Pupil(key="pupil-7", name="Alex Example", school=SCHOOL, provider_id="7")


@pytest.fixture
def plan() -> WeekPlan:
    """The timetable of the academy."""
    return draw_week_plan(1, "academy", ACADEMY_SETS, tutor=ACADEMY_TUTOR, parallel=CHOIR, cover=COVER)


def _day(plan: WeekPlan, day: dt.date) -> list[Lesson]:
    return list(plan.lessons(PUPIL, day, CALENDAR))


def test_a_day_has_every_slot_in_order(plan: WeekPlan) -> None:
    """Tutor time, five lessons and two breaks, none overlapping."""
    lessons = _day(plan, MONDAY)
    assert [lesson.period_label for lesson in lessons] == [slot.label for slot in DAY_PLANS["academy"]]
    assert all(a.end <= b.start for a, b in pairwise(lessons))
    breaks = [lesson for lesson in lessons if lesson.kind is LessonKind.BREAK]
    assert [(one.groups, one.subject, one.teachers) for one in breaks] == [
        (("Break",), None, ()),
        (("Lunch",), None, ()),
    ]


@pytest.mark.parametrize("day", [MONDAY + dt.timedelta(days=5), MONDAY + dt.timedelta(weeks=4)])
def test_there_is_no_lesson_on_a_free_day(plan: WeekPlan, day: dt.date) -> None:
    """Neither on a Saturday nor in a holiday."""
    assert _day(plan, day) == []


@pytest.mark.parametrize(("day", "hours"), [(dt.date(2026, 3, 27), 0), (dt.date(2026, 3, 30), 1)])
def test_lessons_begin_at_the_same_clock_time_all_year(plan: WeekPlan, day: dt.date, hours: int) -> None:
    """On either side of the change of the clock, at another offset."""
    first = _day(plan, day)[0]
    assert first.start.time() == dt.time(8, 40)
    assert first.start.utcoffset() == dt.timedelta(hours=hours)


def test_a_fortnight_repeats(plan: WeekPlan) -> None:
    """Two weeks later the same groups meet; one week later others do."""
    groups = [[lesson.groups for lesson in _day(plan, MONDAY + dt.timedelta(weeks=n))] for n in range(3)]
    assert groups[0] == groups[2]
    assert groups[0] != groups[1]


def test_the_seed_decides() -> None:
    """The same seed draws the same timetable, another one another."""
    plans = [draw_week_plan(seed, "academy", ACADEMY_SETS) for seed in (1, 1, 2)]
    assert plans[0] == plans[1]
    assert plans[0] != plans[2]


def test_every_group_meets_about_equally_often(plan: WeekPlan) -> None:
    """Fifty lessons of seven groups: seven or eight each."""
    counts = Counter(index for day in plan.pattern for index in day)
    assert set(counts) == set(range(len(ACADEMY_SETS)))
    assert max(counts.values()) - min(counts.values()) <= 1


def test_one_lesson_of_the_fortnight_is_covered(plan: WeekPlan) -> None:
    """Somebody stands in, and the lesson is told to be another one."""
    days = CALENDAR.school_days(MONDAY, MONDAY + dt.timedelta(weeks=2, days=-1))
    found = [lesson for day in days for lesson in _day(plan, day) if lesson.status is LessonStatus.REPLACED]
    assert [(one.teachers, one.period_label) for one in found] == [((COVER.name,), "2")]


def test_parallel_lessons_share_time_and_number(plan: WeekPlan) -> None:
    """Choir meets beside the last lesson of every second Friday, and is a record of its own."""
    *_, one, other = _day(plan, MONDAY + dt.timedelta(days=4))
    assert (one.start, one.end) == (other.start, other.end)
    assert one.extras["classcharts.key"] == other.extras["classcharts.key"]
    assert one.key != other.key
    assert other.groups == ("Choir",)


def test_a_covered_lesson_says_who_teaches(plan: WeekPlan) -> None:
    """Name and number of the teacher change together; the rest stays."""
    lesson = _day(plan, MONDAY)[1]
    changed = covered(lesson, COVER)
    assert changed.teachers == (COVER.name,)
    assert changed.extras["classcharts.teacher_id"] == str(COVER.id)
    assert (changed.start, changed.subject, changed.key) == (lesson.start, lesson.subject, lesson.key)
