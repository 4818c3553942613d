"""The register, and the absences in it."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.model import AbsenceKind, Justification
from schoolsync.sandbox.register import draw_register, register_mark, sessions_of
from schoolsync.sandbox.school import SandboxSchool, make_school

MONDAY = dt.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("status", "kind", "justification"),
    [
        ("late", AbsenceKind.LATENESS, Justification.UNKNOWN),
        ("excused", AbsenceKind.ABSENCE, Justification.JUSTIFIED),
        ("absent", AbsenceKind.ABSENCE, Justification.UNJUSTIFIED),
        ("no", AbsenceKind.ABSENCE, Justification.UNJUSTIFIED),
    ],
)
def test_a_verdict_means_an_absence(
    school: SandboxSchool, status: str, kind: AbsenceKind, justification: Justification
) -> None:
    """Minutes belong to lateness alone; an empty code is none."""
    mark = register_mark(school.pupils[0], MONDAY, "AM", status, late_minutes=5)
    assert mark.record is not None
    assert (mark.record.kind, mark.record.justification) == (kind, justification)
    assert mark.record.minutes == (5 if status == "late" else None)
    assert mark.record.code is None


@pytest.mark.parametrize("status", ["present", "yes", "ignore"])
def test_other_verdicts_mean_none(school: SandboxSchool, status: str) -> None:
    """Who is there is not absent, and neither is who was not asked."""
    assert register_mark(school.pupils[0], MONDAY, "AM", status).record is None


def test_minutes_come_as_number_text_and_nothing(school: SandboxSchool) -> None:
    """All three are in the register, and the record reads them alike."""
    late = [
        mark
        for mark in school.desk(5000001).register
        if mark.status == "late" and mark.session in {"AM", "PM"}
    ]
    assert {mark.late_minutes: mark.record.minutes for mark in late if mark.record} == {
        7: 7,
        "12": 12,
        "": None,
    }


def test_every_verdict_occurs(school: SandboxSchool) -> None:
    """All seven words of the service."""
    words = {mark.status for mark in school.desk(5000001).register}
    assert words == {"present", "yes", "late", "excused", "absent", "no", "ignore"}


def test_lessons_are_registered_where_the_school_does_so(school: SandboxSchool) -> None:
    """The academy has a row for each lesson of the last days, the junior school two halves only."""
    detailed, plain = school.desk(5000001), school.desk(5000002)
    assert sessions_of(detailed) == (
        *("AM", "PM", "Period Tut", "Period 1", "Period 2"),
        *("Period 3", "Period 4", "Period 5"),
    )
    assert {mark.session for mark in detailed.register} == set(sessions_of(detailed))
    assert {mark.session for mark in plain.register} == set(sessions_of(plain)) == {"AM", "PM"}


def test_lateness_counts_for_the_first_lesson_only(school: SandboxSchool) -> None:
    """Later ones of the half day were attended."""
    friday = [mark for mark in school.desk(5000001).register if mark.day == MONDAY - dt.timedelta(days=3)]
    assert {mark.session: mark.status for mark in friday} == {
        "AM": "late",
        "PM": "present",
        "Period Tut": "ignore",
        "Period 1": "late",
        **{f"Period {n}": "present" for n in (2, 3, 4, 5)},
    }


def test_nothing_is_registered_twice_or_ahead_of_time() -> None:
    """One mark for each day and session, none after today, on a weekend none for today."""
    for today in (MONDAY, MONDAY + dt.timedelta(days=6)):
        desk = make_school(today=today).desk(5000001)
        marks = draw_register(desk)
        places = [(mark.day, mark.session) for mark in marks]
        assert len(places) == len(set(places))
        assert max(day for day, _ in places) <= today
        assert [session for day, session in places if day == today] == (["AM"] if today == MONDAY else [])
