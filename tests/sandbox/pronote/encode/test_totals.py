"""The sums beside school life, counted a second time on a day that is plain to see."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import Justification, Lesson, LessonKind
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.lessons import cancelled
from schoolsync.sandbox.college.presence_papers import (
    ABSENCE,
    DELAY,
    EXCLUSION,
    PresenceSheet,
    absence_sheet,
)
from schoolsync.sandbox.college.punishments import MEASURE, Nature, measure_sheet
from schoolsync.sandbox.college.staff import COUNSELLOR
from schoolsync.sandbox.pronote.encode.totals import encode_counts, encode_hours
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

IDS = Ids(b"a session")
TUESDAY = dt.date(2026, 2, 24)


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil."""
    return college.desks["e1"]


def _seconds(lesson: Lesson) -> int:
    return int((lesson.end - lesson.start).total_seconds())


def _hours(desk: CollegeDesk, *sheets: PresenceSheet) -> dict[str, Any]:
    rows = unwrapped(encode_hours(IDS, desk, sheets, TUESDAY, TUESDAY))
    return {row["L"]: row for row in rows}


def _sums(rows: dict[str, Any]) -> tuple[int, ...]:
    return tuple(
        sum(row[name] for row in rows.values()) for name in ("suivi", "absence", "excluCours", "excluEtab")
    )


def test_lessons_that_took_place_are_counted_in_seconds(desk: CollegeDesk) -> None:
    """By subject; a cancelled one did not take place."""
    lessons = [one for one in desk.timetable.sheets_of(TUESDAY) if one.record.kind is LessonKind.LESSON]
    seconds = sum(_seconds(one.record) for one in lessons)
    assert _sums(_hours(desk)) == (seconds, 0, 0, 0)
    desk.timetable.replace(lessons[0], cancelled(lessons[0], "Prof. absent"))
    assert _sums(_hours(desk))[0] == seconds - _seconds(lessons[0].record)


def test_an_absence_takes_the_lessons_that_it_touches(desk: CollegeDesk) -> None:
    """Exactly those: the first one of the morning, here."""
    first = desk.timetable.sheets_of(TUESDAY)[0].record
    assert first.subject is not None
    rows = _hours(desk, absence_sheet(desk, 1, ABSENCE, first.start, first.end))
    assert rows[first.subject.name]["absence"] == _seconds(first)
    assert _sums(rows)[1:] == (_seconds(first), 0, 0)


def test_an_absence_between_two_lessons_takes_neither(desk: CollegeDesk) -> None:
    """It begins when the first one ends, and ends when the second one begins."""
    first, second = (one.record for one in desk.timetable.sheets_of(TUESDAY)[:2])
    assert _sums(_hours(desk, absence_sheet(desk, 1, ABSENCE, first.end, second.start)))[1] == 0


def test_exclusions_are_counted_apart(desk: CollegeDesk) -> None:
    """From a lesson, and from school for a day."""
    first = desk.timetable.sheets_of(TUESDAY)[0].record
    nature = Nature(0, "Mesure")
    days = {"first": TUESDAY, "last": TUESDAY, "is_exclusion": True}
    sent_out = absence_sheet(desk, 1, EXCLUSION, first.start, first.end)
    sent_home = measure_sheet(desk, 2, MEASURE, nature, TUESDAY, COUNSELLOR, **days)
    followed = _sums(_hours(desk))[0]
    assert _sums(_hours(desk, sent_out, sent_home)) == (followed, 0, _seconds(first), followed)


def test_a_row_names_its_subject(desk: CollegeDesk) -> None:
    """By id, and where it stands; there are no groups of subjects."""
    for place, (name, row) in enumerate(_hours(desk).items(), 1):
        assert (row["N"], row["P"]) == (IDS.of(79, f"subject:{name}"), place)
        assert (row["regroupement"], row["dansRegroupement"], row["infirmerie"]) == (0, 0, 0)


def test_absences_are_counted_in_half_days(desk: CollegeDesk) -> None:
    """With their hours; late arrivals one by one; and how many have no good reason."""
    start = desk.year.start_of(TUESDAY, 0)
    half: dict[str, Any] = {"days": 0.5, "missed": dt.timedelta(hours=3, minutes=40)}
    whole: dict[str, Any] = {"days": 1, "missed": dt.timedelta(hours=7, minutes=30)}
    justified = Justification.JUSTIFIED
    sheets = [
        absence_sheet(desk, 1, ABSENCE, start, justification=justified, **half),
        absence_sheet(desk, 2, ABSENCE, start, justification=Justification.PENDING, **whole),
        absence_sheet(desk, 3, ABSENCE, start),
        absence_sheet(desk, 4, DELAY, start, justification=justified, minutes=5),
        absence_sheet(desk, 5, EXCLUSION, start),
    ]
    assert unwrapped(encode_counts(sheets)) == [
        {"L": "Absences", "NombreTotal": 3, "NbrHeures": "11h10", "NombreNonJustifie": 2},
        {"L": "Retards", "NombreTotal": 1, "NombreNonJustifie": 0},
    ]
