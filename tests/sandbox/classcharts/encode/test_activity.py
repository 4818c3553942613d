"""Activity and its summary on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import Pupil, School
from schoolsync.sandbox.classcharts.encode.activity import (
    encode_activity,
    encode_summary,
    encode_window,
    page_of,
    step_of,
)
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.conduct import activity_row, detention_slip
from schoolsync.sandbox.papers import ActivityRow
from schoolsync.sandbox.people import PupilFile

SCHOOL = School(name="Northfield Example Academy", timezone="Europe/London", provider="classcharts")
PUPIL = Pupil(key="pupil-7", name="Alex Example", school=SCHOOL, provider_id="7")
FILE = PupilFile(PUPIL, "ZZTEST0001", dt.date(2011, 3, 14))
FIRST, LAST = dt.date(2026, 3, 2), dt.date(2026, 3, 15)


def _row(number: int, day: str, reason: str = "Effort", points: int = 1, **more: Any) -> ActivityRow:
    at = dt.datetime.fromisoformat(f"{day}T11:42:10").replace(tzinfo=FILE.zone)
    polarity = "positive" if points > 0 else "negative"
    return activity_row(PUPIL, number, at, reason, points=points, polarity=polarity, **more)


def test_a_row() -> None:
    """Every key of the service."""
    row = _row(
        3, "2026-07-01", "Good & kind", 2, teacher="Miss U O'Dummy", lesson="9X/Sc1", colour="colour-green"
    )
    assert encode_activity(row, FILE) == {
        "id": 3,
        "type": "behaviour",
        "polarity": "positive",
        "reason": "Good &amp; kind",
        "score": 2,
        "timestamp": "2026-07-01 11:42:10",
        "timestamp_custom_time": None,
        "style": {"border_color": None, "custom_class": "colour-green"},
        "pupil_name": "Alex Example",
        "lesson_name": "9X/Sc1",
        "teacher_name": "Miss U O&#039;Dummy",
        "room_name": None,
        "note": None,
        "_can_delete": False,
        "badges": "",
        "detention_date": None,
        "detention_time": None,
        "detention_location": None,
        "detention_type": None,
    }


def test_a_detention_in_a_row() -> None:
    """Day, time, place and type."""
    slip = detention_slip(
        PUPIL, 1, day=LAST, time=dt.time(15, 15), location="Room 12", type_name="After school"
    )
    row = encode_activity(_row(3, "2026-03-04", type="detention", detention=slip), FILE)
    assert [row[f"detention_{name}"] for name in ("date", "time", "location", "type")] == [
        *("2026-03-15", "15:15", "Room 12", "After school"),
    ]


def test_a_page_is_newest_first_and_ends() -> None:
    """By time, then by number; after the last one comes nothing."""
    rows = [_row(1, "2026-03-05"), _row(4, "2026-03-03"), _row(3, "2026-03-05")]
    assert [row.id for row in page_of(rows, FIRST, LAST, None)] == [3, 1, 4]
    assert [row.id for row in page_of(rows, FIRST, LAST, 3)] == [1, 4]
    assert page_of(rows, FIRST, LAST, 4) == []
    assert [row.id for row in page_of(rows, dt.date(2026, 3, 4), LAST, None)] == [3, 1]


def test_a_window_is_told_in_utc() -> None:
    """In summer its first day begins the evening before."""
    assert encode_window(FILE, dt.date(2026, 3, 29), dt.date(2026, 6, 30)) == {
        "start_date": "2026-03-29T00:00:00+00:00",
        "end_date": "2026-06-30T22:59:59+00:00",
    }


@pytest.mark.parametrize(
    ("days", "step"), [(1, "day"), (14, "day"), (15, "week"), (92, "week"), (93, "month")]
)
def test_longer_ranges_have_longer_steps(days: int, step: str) -> None:
    """Days, weeks, months."""
    assert step_of(FIRST, FIRST + dt.timedelta(days=days - 1)) == step


ROWS = [
    _row(1, "2026-03-03", "Effort", 2),
    _row(2, "2026-03-04", "Effort", 3),
    _row(3, "2026-03-10", "Singing", 4, is_other=True),
    _row(4, "2026-03-11", "Talking", -2),
    _row(5, "2026-03-11", "Notice", 9, type="notice"),
    _row(6, "2026-03-16", "Too late", 9),
]


def test_a_summary_adds_points_by_reason() -> None:
    """Behaviour within the days only; what is folded away is told beside."""
    said = encode_summary(ROWS, FIRST, LAST, Shapes())
    assert said["positive_reasons"] == {"Effort": 5, "Other positive": 4}
    assert said["negative_reasons"] == {"Talking": 2}
    assert (said["other_positive"], said["other_negative"]) == (["Singing"], [])
    assert (said["other_positive_count"], said["other_negative_count"]) == ({"Singing": 4}, [])


def test_a_summary_in_weeks_begins_on_monday() -> None:
    """Named with the month first; points of each sign apart."""
    said = encode_summary(ROWS, dt.date(2026, 3, 4), dt.date(2026, 3, 18), Shapes())["timeline"]
    assert said == [
        {"positive": 3, "negative": 0, "name": "3/2/2026", "start": "2026-03-02", "end": "2026-03-08"},
        {"positive": 4, "negative": 2, "name": "3/9/2026", "start": "2026-03-09", "end": "2026-03-15"},
        {"positive": 9, "negative": 0, "name": "3/16/2026", "start": "2026-03-16", "end": "2026-03-22"},
    ]


def test_a_summary_in_months() -> None:
    """From the first of each, December to January included."""
    said = encode_summary([], dt.date(2025, 11, 15), dt.date(2026, 2, 20), Shapes())["timeline"]
    assert [(one["name"], one["start"], one["end"]) for one in said] == [
        ("11/2025", "2025-11-01", "2025-11-30"),
        ("12/2025", "2025-12-01", "2025-12-31"),
        ("1/2026", "2026-01-01", "2026-01-31"),
        ("2/2026", "2026-02-01", "2026-02-28"),
    ]


def test_knobs_of_the_summary() -> None:
    """Negative points with their sign; counts as a list of maps."""
    said = encode_summary(ROWS, FIRST, LAST, Shapes(negatives_signed=True, counts_as_list=True))
    assert said["negative_reasons"] == {"Talking": -2}
    assert min(one["negative"] for one in said["timeline"]) == -2
    assert (said["other_positive_count"], said["other_negative_count"]) == ([{"Singing": 4}], [])
