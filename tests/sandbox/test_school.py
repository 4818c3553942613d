"""The invented school: readings in the neutral model, and changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from schoolsync.model import Record
from schoolsync.sandbox.school import SandboxSchool, make_school

MONDAY = dt.date(2026, 3, 9)
READINGS: tuple[Callable[[SandboxSchool, Any], tuple[Record, ...]], ...] = (
    SandboxSchool.homeworks,
    SandboxSchool.marks,
    SandboxSchool.absences,
    SandboxSchool.behaviour_events,
    SandboxSchool.badges,
    SandboxSchool.announcements,
    SandboxSchool.sanctions,
    lambda school, pupil: tuple(
        lesson
        for day in school.days(MONDAY, MONDAY + dt.timedelta(weeks=5))
        for lesson in school.lessons(pupil, day)
    ),
)


@pytest.mark.parametrize("reading", READINGS)
def test_records_are_the_pupils_own_and_told_apart(
    school: SandboxSchool, reading: Callable[[SandboxSchool, Any], tuple[Record, ...]]
) -> None:
    """Every record names its pupil and the provider, and no two share a key."""
    seen: list[str] = []
    for pupil in school.pupils:
        records = reading(school, pupil)
        assert {record.pupil_key for record in records} <= {pupil.key}
        assert {record.provider for record in records} <= {"classcharts"}
        seen += [record.key for record in records]
    assert seen
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("reading", READINGS)
def test_records_survive_json(
    school: SandboxSchool, reading: Callable[[SandboxSchool, Any], tuple[Record, ...]]
) -> None:
    """They are whole records of the model, times in the school's zone included."""
    for record in reading(school, 5000001):
        again = type(record).from_dict(record.to_dict())
        assert again == record


def test_the_same_seed_makes_the_same_school() -> None:
    """Another one has the same people and another timetable."""
    one, same, other = (make_school(seed=seed, today=MONDAY) for seed in (1, 1, 2))
    assert one.lessons(5000001, MONDAY) == same.lessons(5000001, MONDAY)
    assert one.pupils == other.pupils
    assert one.lessons(5000001, MONDAY) != other.lessons(5000001, MONDAY)


@pytest.mark.parametrize("today", [dt.date(2026, 7, 28), dt.date(2025, 12, 31), dt.date(2026, 10, 25)])
def test_every_day_is_a_good_day_to_open(today: dt.date) -> None:
    """In August, on a Sunday, on the day of the change of the clock: there is a week to show."""
    school = make_school(today=today)
    monday = today - dt.timedelta(days=today.weekday())
    week = list(school.days(monday, monday + dt.timedelta(days=6)))
    assert len(week) == 5
    assert all(school.lessons(5000001, day) for day in week)
    due = [one.due for one in school.homeworks(5000001)]
    assert any(today <= day <= today + dt.timedelta(days=7) for day in due)


def test_a_pupil_is_found_as_record_number_and_text(school: SandboxSchool) -> None:
    """All three lead to one desk; a stranger to none."""
    alex = school.pupils[0]
    assert school.desk(alex) is school.desk(5000001) is school.desk("5000001")
    with pytest.raises(KeyError):
        school.desk(1)


def test_a_lesson_is_cancelled(school: SandboxSchool) -> None:
    """It is not listed any more, and cannot be cancelled twice."""
    lesson = school.lessons(5000001, MONDAY)[1]
    school.cancel_lesson(lesson, 5000001)
    assert lesson not in school.lessons(5000001, MONDAY)
    with pytest.raises(LookupError):
        school.cancel_lesson(lesson, 5000001)


def test_a_lesson_is_moved_to_another_day(school: SandboxSchool) -> None:
    """It leaves the one day and stands in the other at its time."""
    tuesday = MONDAY + dt.timedelta(days=1)
    lesson = school.lessons(5000001, MONDAY)[1]
    start = dt.datetime.combine(tuesday, dt.time(16), lesson.start.tzinfo)
    moved = lesson.model_copy(update={"start": start, "end": start + dt.timedelta(hours=1)})
    school.replace_lesson(lesson, moved, 5000001)
    assert lesson not in school.lessons(5000001, MONDAY)
    assert school.lessons(5000001, tuesday)[-1] == moved


def test_a_parent_changes(school: SandboxSchool) -> None:
    """The account with that number, and no other."""
    robin, *others = school.parents
    school.replace_parent(attrs.evolve(robin, password="new"))
    assert [parent.password for parent in school.parents] == ["new", *(one.password for one in others)]


def test_a_feature_is_switched_for_one_pupil(school: SandboxSchool) -> None:
    """Others keep it; an unknown one is an error."""
    school.switch("homework", 5000001, is_on=False)
    assert school.desk(5000001).file.features["homework"] is False
    assert school.desk(5000002).file.features["homework"] is True
    with pytest.raises(KeyError):
        school.switch("telepathy", 5000001, is_on=True)


def test_the_story_happens_once(school: SandboxSchool) -> None:
    """However often somebody looks, and however small the steps."""
    evening = dt.datetime(2026, 3, 9, 20, tzinfo=dt.UTC)
    for hour in range(21):
        school.catch_up(evening.replace(hour=hour))
        school.catch_up(evening.replace(hour=hour))
    at_once = make_school(today=MONDAY)
    at_once.catch_up(evening)
    assert at_once.announcements(5000001) == school.announcements(5000001)
    assert [one.title for one in school.announcements(5000001)].count("Early end") == 1


def test_a_school_without_a_story_stands_still() -> None:
    """Nothing ever happens."""
    school = make_school(today=MONDAY, has_story=False)
    before = school.announcements(5000001)
    school.catch_up(dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    assert school.announcements(5000001) == before
