"""One pupil's desk."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.sandbox.school import SandboxSchool

MONDAY = dt.date(2026, 3, 9)


def test_changed_lessons_stay_changed_and_sorted(school: SandboxSchool) -> None:
    """The day keeps what it was given; other days and other pupils keep the timetable."""
    desk = school.desk(5000001)
    before, other_day = desk.lessons(MONDAY), desk.lessons(MONDAY + dt.timedelta(days=1))
    desk.set_lessons(MONDAY, (before[2], before[0]))
    assert desk.lessons(MONDAY) == (before[0], before[2])
    assert desk.lessons(MONDAY + dt.timedelta(days=1)) == other_day
    assert len(school.desk(5000011).lessons(MONDAY)) == len(before)


def test_a_group_is_found_by_name(school: SandboxSchool) -> None:
    """Tutor time and choir are groups too."""
    desk = school.desk(5000001)
    assert {one.name for one in desk.teaching_sets()} >= {"9X", "Choir", "9X/Sc1"}
    assert desk.teaching_set("Choir").subject == "Music"
    with pytest.raises(LookupError):
        desk.teaching_set("Latin")


def test_what_a_pupil_confides_is_not_shown(school: SandboxSchool) -> None:
    """A worry is nothing for a representation."""
    desk = school.desk(5000001)
    desk.concerns.append("a worry")
    assert "a worry" not in repr(desk)
