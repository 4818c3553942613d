"""What happened at school: one paper of every kind for the first pupil."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from schoolsync.model import Absence, BehaviourEvent, Justification, Polarity, Sanction, SanctionStatus
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.college.presence import draw_presence
from schoolsync.sandbox.college.presence_papers import AbsenceSheet, ObservationSheet, OtherSheet
from schoolsync.sandbox.college.punishments import MeasureSheet, PunishmentSheet


def test_there_are_papers_of_every_kind(college: SandboxCollege) -> None:
    """By their numbers; punishments are 41."""
    kinds = Counter(getattr(sheet, "kind", 41) for sheet in college.desks["e1"].presence)
    assert kinds == {13: 4, 14: 2, 15: 1, 22: 1, 41: 5, 42: 1, 45: 3, 46: 1, 71: 2, 73: 1, 250: 1}


def test_absences_are_of_every_kind(college: SandboxCollege) -> None:
    """Justified, awaited, unjustified, nothing said; half a day and a whole one; one goes on."""
    sheets = [one for one in college.desks["e1"].presence if isinstance(one, AbsenceSheet)]
    assert {one.record.justification for one in sheets} == set(Justification)
    assert {one.days for one in sheets} == {0.5, 1, None}
    assert {one.is_open for one in sheets} == {True, False, None}
    assert {one.is_reason_unknown for one in sheets} == {True, False}


def test_punishments_are_of_every_nature(college: SandboxCollege) -> None:
    """With and without sittings, in and out of lessons, with work and a file for it."""
    sheets = [one for one in college.desks["e1"].presence if isinstance(one, PunishmentSheet)]
    assert sorted(one.nature.number for one in sheets) == [0, 1, 1, 2, 3]
    assert {len(one.sittings) for one in sheets} == {0, 1, 2}
    assert {one.place is None for one in sheets} == {True, False}
    assert {(one.is_schedulable, bool(one.sittings)) for one in sheets} == {
        (True, True),
        (True, False),
        (False, False),
    }
    assert {one.record.status for one in sheets} == {SanctionStatus.PENDING, SanctionStatus.UNKNOWN}
    assert any(one.record.work_to_do and one.documents for one in sheets)
    assert any(sitting.says_week_place for one in sheets for sitting in one.sittings)


def test_observations_and_measures_are_of_every_kind(college: SandboxCollege) -> None:
    """Four ways to remark; one measure keeps away, another does not."""
    presence = college.desks["e1"].presence
    observations = [one for one in presence if isinstance(one, ObservationSheet)]
    assert sorted(one.number for one in observations) == [0, 1, 2, 3]
    assert {one.record.polarity for one in observations} == set(Polarity)
    assert {one.record.lesson_name is None for one in observations} == {True, False}
    measures = [one for one in presence if isinstance(one, MeasureSheet)]
    assert {one.is_exclusion for one in measures} == {True, False}


def test_the_other_pupils_have_little_and_nothing(college: SandboxCollege) -> None:
    """An absence and praise; and an empty list."""
    _, second, third = (draw_presence(desk) for desk in college.desks.values())
    assert [type(sheet.record) for sheet in second] == [Absence, BehaviourEvent]
    assert third == []


def test_each_paper_has_a_key_of_its_own(college: SandboxCollege) -> None:
    """In the whole college; what no record speaks of has none."""
    sheets = [sheet for desk in college.desks.values() for sheet in desk.presence]
    keys = [sheet.record.key for sheet in sheets if not isinstance(sheet, OtherSheet)]
    assert len(keys) == len(set(keys)) == len(sheets) - 2


@pytest.mark.parametrize("today", [dt.date(2025, 9, 1), dt.date(2026, 3, 9), dt.date(2026, 8, 31)])
def test_everything_is_filed_until_today(today: dt.date) -> None:
    """Within the school year; only sittings and measures lie ahead."""
    college = make_college(today=today, has_story=False)
    for sheet in college.desks["e1"].presence:
        assert college.year.first_day <= sheet.day <= college.year.calendar.school_day(0)
        if isinstance(sheet.record, Sanction) and sheet.record.status is SanctionStatus.PENDING:
            assert isinstance(sheet, PunishmentSheet)
            assert sheet.sittings[-1].day > today
