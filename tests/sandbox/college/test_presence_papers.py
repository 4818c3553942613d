"""Absences and observations: a paper says the same as its neutral record."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.model import AbsenceKind, Justification, Polarity
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.presence_papers import (
    ABSENCE,
    DELAY,
    EXCLUSION,
    MISSED_MEAL,
    absence_sheet,
    observation_sheet,
)
from schoolsync.sandbox.college.roll import TEACHERS

DAY = dt.date(2026, 2, 10)


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil."""
    return college.desks["e1"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (ABSENCE, AbsenceKind.ABSENCE),
        (DELAY, AbsenceKind.LATENESS),
        (EXCLUSION, AbsenceKind.EXCLUSION),
        (MISSED_MEAL, AbsenceKind.OTHER),
    ],
)
def test_a_plain_absence_says_little(desk: CollegeDesk, kind: int, expected: AbsenceKind) -> None:
    """What it is, and when it began."""
    start = desk.year.start_of(DAY, 0)
    sheet = absence_sheet(desk, 99, kind, start)
    record = sheet.record
    assert (record.kind, record.day, record.start, record.end) == (expected, DAY, start, None)
    assert (record.justification, record.reasons, dict(record.extras)) == (Justification.UNKNOWN, (), {})
    assert (sheet.day, sheet.hours) == (DAY, None)


def test_a_full_absence_says_everything_twice(desk: CollegeDesk) -> None:
    """How much was missed, and what the office makes of it."""
    sheet = absence_sheet(
        *(desk, 99, ABSENCE, desk.year.start_of(DAY, 0), desk.year.end_of(DAY, 6, 2)),
        justification=Justification.JUSTIFIED,
        reasons=("Maladie",),
        missed=dt.timedelta(hours=3, minutes=5),
        days=0.5,
        is_open=False,
        is_settled=True,
    )
    assert dict(sheet.record.extras) == {
        "pronote.hours": "3h05",
        "pronote.days": 0.5,
        "pronote.is_open": False,
        "pronote.is_settled": True,
    }
    assert (sheet.record.reasons, sheet.hours) == (("Maladie",), "3h05")


def test_a_reason_that_is_not_known_yet_is_none(desk: CollegeDesk) -> None:
    """Though a word stands in its place."""
    sheet = absence_sheet(
        *(desk, 99, ABSENCE, desk.year.start_of(DAY, 0)),
        reasons=("Motif non encore connu",),
        is_reason_unknown=True,
    )
    assert sheet.record.reasons == ()


@pytest.mark.parametrize(
    ("genre", "polarity"),
    [(0, Polarity.NEGATIVE), (1, Polarity.NEUTRAL), (2, Polarity.POSITIVE), (3, Polarity.NEUTRAL)],
)
def test_an_observation_counts_one_way(desk: CollegeDesk, genre: int, polarity: Polarity) -> None:
    """Its label is its reason when nothing was added."""
    sheet = observation_sheet(
        *(desk, 99, DAY), genre=genre, label="Oubli", category="Divers", giver=TEACHERS[0]
    )
    record = sheet.record
    assert (record.polarity, record.reason, record.lesson_name) == (polarity, "Oubli", None)
    assert record.at == dt.datetime(2026, 2, 10, tzinfo=desk.year.zone)
    assert dict(record.extras) == {
        "pronote.label": "Oubli",
        "pronote.category": "Divers",
        "pronote.is_read": False,
    }


def test_a_comment_is_the_reason(desk: CollegeDesk) -> None:
    """The label stands beside it."""
    sheet = observation_sheet(
        *(desk, 99, DAY),
        genre=2,
        subject="FRANCAIS",
        label="Encouragement",
        category="Divers",
        giver=TEACHERS[3],
        comment="Bravo",
        is_read=True,
    )
    assert (sheet.record.reason, sheet.record.lesson_name) == ("Bravo", "FRANCAIS")
    assert (sheet.record.given_by, sheet.label, sheet.is_read) == ("GABARIT J.", "Encouragement", True)
