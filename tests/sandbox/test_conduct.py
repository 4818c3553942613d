"""Activity, badges and detentions."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import Polarity, SanctionStatus
from schoolsync.sandbox.conduct import activity_row, award, detention_slip, draw_activity, renumbered
from schoolsync.sandbox.school import SandboxSchool

AT = dt.datetime(2026, 7, 1, 10, 15, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("word", "polarity"),
    [
        ("positive", Polarity.POSITIVE),
        ("negative", Polarity.NEGATIVE),
        ("blank", Polarity.NEUTRAL),
        (None, Polarity.NEUTRAL),
    ],
)
def test_a_row_means_an_event(school: SandboxSchool, word: str | None, polarity: Polarity) -> None:
    """In the school's zone, with what only the provider says in its extras."""
    row = activity_row(
        school.pupils[0], 5, AT, "Effort", points=2, polarity=word, note="Good", room_name="S4"
    )
    assert row.record.polarity is polarity
    assert row.record.at.isoformat() == "2026-07-01T11:15:30+01:00"
    assert dict(row.record.extras) == {"classcharts.note": "Good", "classcharts.room": "S4"}


def test_activity_is_drawn_before_today(school: SandboxSchool) -> None:
    """Newest first, numbers falling with time, as many as wanted, the same for the same seed."""
    desk = school.desk(5000001)
    rows = draw_activity(desk, 60, 3)
    assert len(rows) == 60
    assert [row.id for row in rows] == sorted((row.id for row in rows), reverse=True)
    assert [row.record.at for row in rows] == sorted((row.record.at for row in rows), reverse=True)
    assert rows[0].record.at.date() < desk.calendar.today
    assert rows == draw_activity(desk, 60, 3)
    assert rows != draw_activity(desk, 60, 4)


@pytest.mark.parametrize(
    ("pupil", "count"), [(5000001, 125), (5000002, 51), (5000011, 50), (5000012, 1), (5000013, 0)]
)
def test_pages_are_overfull_full_and_empty(school: SandboxSchool, pupil: int, count: int) -> None:
    """Counts on both sides of a page's border."""
    assert len(school.desk(pupil).activity) == count


def test_every_type_of_row_occurs(school: SandboxSchool) -> None:
    """Detentions too, with what they announce."""
    rows = school.desk(5000001).activity
    assert {row.type for row in rows} == {
        *("behaviour", "detention", "notice", "attendance_event", "question", "event"),
    }
    assert {row.polarity for row in rows} == {"positive", "negative", "blank", None}
    assert all((row.detention is not None) == (row.type == "detention") for row in rows)


def test_awards_count_their_badge(school: SandboxSchool) -> None:
    """Two of one badge say two each; another badge is counted apart."""
    make: dict[str, Any] = {"icon": "star", "designed_on": AT}
    one = award(school.pupils[0], 1, AT, "Star", reason="a", **make)
    two = award(school.pupils[0], 1, AT + dt.timedelta(days=1), "Star", reason="b", **make)
    other = award(school.pupils[0], 2, AT, "Sun", reason="c", **make)
    assert [each.record.times for each in renumbered([one, two, other])] == [2, 2, 1]


def test_a_badge_without_points_has_its_label_as_reason(school: SandboxSchool) -> None:
    """Nobody gave it, and nothing came with it."""
    made = award(
        school.pupils[0], 1, AT, "Sun", reason="Five days", icon="sun", designed_on=AT, has_points=False
    )
    assert (made.event_label, made.record.reason) == ("Five days", "Five days")
    assert (made.record.points, made.record.awarded_by) == (None, None)


def test_a_detention_is_served_at_the_schools_own_time(school: SandboxSchool) -> None:
    """Day and time together make the start; either alone makes none."""
    day, time = dt.date(2026, 7, 1), dt.time(15, 15)
    full = detention_slip(school.pupils[0], 1, day=day, time=time, length=30)
    assert full.record.start is not None
    assert full.record.start.isoformat() == "2026-07-01T15:15:00+01:00"
    assert full.record.duration == dt.timedelta(minutes=30)
    assert detention_slip(school.pupils[0], 1, day=day).record.start is None


def test_detentions_have_every_status_and_one_says_nothing(school: SandboxSchool) -> None:
    """The last one leaves open whatever may be left open."""
    slips = school.desk(5000001).detentions
    assert {slip.record.status for slip in slips} == set(SanctionStatus) - {SanctionStatus.UNKNOWN}
    empty = slips[-1].record
    assert (empty.start, empty.duration, empty.reason, empty.given_by, empty.location) == (None,) * 5
