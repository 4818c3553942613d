"""Badges, detentions and behaviour events out of hand-written rows."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import Badge, BehaviourEvent, Sanction
from schoolsync.providers.classcharts.calls import NoMeta
from schoolsync.providers.classcharts.mapping.behaviour import (
    day_of_sanction,
    to_badges,
    to_behaviour_events,
    to_sanctions,
)
from schoolsync.providers.classcharts.schema.behaviour import (
    ActivityMeta,
    ActivityRow,
    BadgeRow,
    DetentionRow,
    DetentionsMeta,
)
from tests.providers.classcharts.wire import LONDON, context, listing

# -- badges ----------------------------------------------------------------------

AWARD: dict[str, Any] = {
    "timestamp": "2026-01-19 12:00:05",
    "lesson_pupil_behaviour": {
        "reason": "Read ten books",
        "score": 5,
        "polarity": "positive",
        "timestamp": "2026-01-19 12:00:00",
        "teacher": {"title": "Ms", "first_name": "Dana", "last_name": "Sample"},
    },
    "event": {"label": "Ten books"},
}
READER: dict[str, Any] = {
    "id": 3301,
    "name": "Star &amp; reader",
    "icon": "star",
    "colour": "#f0ad4e",
    "created_date": "2025-09-08 10:00:00",
    "icon_url": "https://www.classcharts.com/img/star.png",
    "pupil_badges": [{"pupil_event": AWARD}],
}


def badges(*rows: dict[str, Any]) -> list[Badge]:
    """What *rows* become."""
    return to_badges(context(), listing(BadgeRow, NoMeta, rows))


@pytest.mark.parametrize("wrap", [lambda award: {"pupil_event": award}, lambda award: award])
def test_every_field_of_a_badge(wrap: Any) -> None:
    """One record for each award; wrapped or not."""
    (badge,) = badges(READER | {"pupil_badges": [wrap(AWARD)]})
    assert (badge.name, badge.colour, badge.icon_url) == ("Star & reader", "#f0ad4e", READER["icon_url"])
    assert badge.awarded_at == dt.datetime(2026, 1, 19, 12, 0, 5, tzinfo=LONDON)
    assert (badge.reason, badge.points, badge.awarded_by) == ("Read ten books", 5, "Ms D Sample")
    assert (badge.times, badge.lesson_name, badge.provider_id, badge.identity) == (1, None, "3301", "derived")


def test_an_award_with_little_in_it() -> None:
    """The behaviour's own time, the event's label, nobody's name."""
    bare = {"lesson_pupil_behaviour": {"timestamp": "2026-06-19T11:00:00Z"}, "event": {"label": "Ten"}}
    (badge,) = badges(READER | {"pupil_badges": [bare]})
    assert badge.awarded_at.isoformat() == "2026-06-19T12:00:00+01:00"
    assert (badge.reason, badge.points, badge.awarded_by) == ("Ten", None, None)


def test_awards_are_newest_first_and_counted() -> None:
    """Over all badges; a design without an award is no record."""
    later = AWARD | {"timestamp": "2026-02-01 09:00:00"}
    found = badges(READER | {"pupil_badges": [AWARD, later]}, READER | {"id": 1, "pupil_badges": []})
    assert [badge.awarded_at.month for badge in found] == [2, 1]
    assert [badge.times for badge in found] == [2, 2]
    assert len({badge.key for badge in found}) == 2


def test_an_award_without_a_time_is_lost_alone() -> None:
    """The awards before and after it stay."""
    frame = context()
    broken = {"timestamp": "soon"}
    rows = [READER | {"pupil_badges": [AWARD, broken, AWARD | {"timestamp": "2026-02-01 09:00:00"}]}]
    assert len(to_badges(frame, listing(BadgeRow, NoMeta, rows))) == 2
    assert [issue.path for issue in frame.issues] == ["data.0.pupil_badges.1"]


def test_a_bad_field_of_a_wrapped_award_costs_only_itself() -> None:
    """The wrapper does not stand in the way of mending."""
    bad = AWARD | {"lesson_pupil_behaviour": AWARD["lesson_pupil_behaviour"] | {"score": "many"}}
    frame = context()
    (badge,) = to_badges(
        frame, listing(BadgeRow, NoMeta, [READER | {"pupil_badges": [{"pupil_event": bad}]}])
    )
    assert (badge.points, badge.awarded_by) == (None, "Ms D Sample")
    place = "data.0.pupil_badges.0.pupil_event.lesson_pupil_behaviour.score"
    assert [(issue.path, issue.is_row_lost) for issue in frame.issues] == [(place, False)]


# -- detentions --------------------------------------------------------------------

SLIP: dict[str, Any] = {
    "id": 660010,
    "attended": "pending",
    "date": "2026-06-04T23:00:00+00:00",
    "length": 30,
    "location": "Room 12",
    "notes": "<p>Bring a book</p>",
    "time": "15:15",
    "pupil": {"id": 5000001, "first_name": "Alex"},
    "lesson": {"id": 70012, "name": "9X/Ma2", "subject": {"id": 31, "name": "Mathematics"}},
    "lesson_pupil_behaviour": {"reason": "Homework not handed in"},
    "teacher": {"id": 40212, "first_name": "Kim", "last_name": "Sample", "title": "Mr"},
    "detention_type": {"name": "After school"},
}


def sanctions(*rows: dict[str, Any]) -> list[Sanction]:
    """What *rows* become."""
    return to_sanctions(context(), listing(DetentionRow, DetentionsMeta, rows))


def test_every_field_of_a_detention() -> None:
    """Midnight in summer is 23:00 of the day before in UTC: the day is London's."""
    (slip,) = sanctions(SLIP)
    assert (slip.kind, slip.status, slip.identity, slip.provider_id) == (
        "detention",
        "pending",
        "native",
        "660010",
    )
    assert slip.start is not None
    assert slip.start.isoformat() == "2026-06-05T15:15:00+01:00"
    assert (slip.duration, slip.end, slip.given_on, slip.work_to_do) == (
        dt.timedelta(minutes=30),
        None,
        None,
        None,
    )
    assert (slip.reason, slip.given_by, slip.location) == ("Homework not handed in", "Mr K Sample", "Room 12")
    assert dict(slip.extras) == {
        "classcharts.attended": "pending",
        "classcharts.notes": "Bring a book",
        "classcharts.type": "After school",
        "classcharts.lesson": "9X/Ma2",
        "classcharts.subject": "Mathematics",
        "classcharts.day": "2026-06-05",
    }


def test_every_nullable_of_a_detention_may_be_null() -> None:
    """And costs nothing else."""
    frame = context()
    (slip,) = to_sanctions(frame, listing(DetentionRow, DetentionsMeta, [dict.fromkeys(SLIP) | {"id": 1}]))
    assert frame.issues == []
    assert (slip.start, slip.duration, slip.reason, slip.given_by, slip.location) == (None,) * 5
    assert (slip.status, dict(slip.extras)) == ("unknown", {})


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("yes", "attended"),
        ("no", "not_attended"),
        ("pending", "pending"),
        ("upscaled", "upscaled"),
        ("UPSCALED", "upscaled"),
        ("cancelled", "unknown"),
        (None, "unknown"),
    ],
)
def test_what_became_of_it(said: str | None, meant: str) -> None:
    """A word that we do not know is kept in the extras."""
    (slip,) = sanctions(SLIP | {"attended": said})
    assert (slip.status, slip.extras.get("classcharts.attended")) == (meant, said)


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ({"time": "after school"}, "time"),
        ({"date": "soon"}, "date"),
        ({"length": 10**18}, "length"),
    ],
)
def test_a_senseless_field_of_a_detention_costs_only_itself(change: dict[str, Any], lost: str) -> None:
    """The slip is still a slip."""
    frame = context()
    (slip,) = to_sanctions(frame, listing(DetentionRow, DetentionsMeta, [SLIP | change]))
    assert slip.reason == "Homework not handed in"
    assert (slip.start is None) is (lost != "length")
    assert [(issue.path, issue.is_row_lost) for issue in frame.issues] == [(f"data.0.{lost}", False)]


@pytest.mark.parametrize(("time", "hour"), [("9:05", 9), ("15:15", 15), ("15:15:00", 15), (" 08:00 ", 8)])
def test_the_clock_time_is_read_as_people_write_it(time: str, hour: int) -> None:
    """With or without its nought and seconds."""
    (slip,) = sanctions(SLIP | {"time": time})
    assert slip.start is not None
    assert slip.start.hour == hour


def test_the_latest_day_first_and_those_without_one_last() -> None:
    """A day without a time is a day all the same."""
    rows = (
        SLIP | {"id": 1, "date": "2026-03-06T00:00:00+00:00", "time": "15:15"},
        SLIP | {"id": 2, "date": "2026-03-09T00:00:00+00:00", "time": None},
        SLIP | {"id": 3, "date": None},
        SLIP | {"id": 4, "date": "2026-03-06T00:00:00+00:00", "time": "12:15"},
    )
    found = sanctions(*rows)
    assert [slip.provider_id for slip in found] == ["2", "1", "4", "3"]
    assert [day_of_sanction(slip) for slip in found] == [
        dt.date(2026, 3, 9),
        dt.date(2026, 3, 6),
        dt.date(2026, 3, 6),
        None,
    ]


# -- behaviour events ------------------------------------------------------------------

EFFORT: dict[str, Any] = {
    "id": 880000321,
    "type": "behaviour",
    "polarity": "positive",
    "reason": "Excellent &quot;effort&quot;",
    "score": 2,
    "timestamp": "2026-06-05 11:42:10",
    "timestamp_custom_time": "Period 3",
    "style": {"border_color": None, "custom_class": "colour-green"},
    "pupil_name": "Alex Example",
    "lesson_name": "9X/Sc1",
    "teacher_name": "Ms D Sample",
    "room_name": "S4",
    "note": "Well <b>done</b>",
    "_can_delete": False,
    "badges": "",
}


def events(*rows: dict[str, Any]) -> list[BehaviourEvent]:
    """What *rows* become."""
    return to_behaviour_events(context(), listing(ActivityRow, ActivityMeta, rows))


def test_every_field_of_a_behaviour_event() -> None:
    """A naive time is the school's."""
    (event,) = events(EFFORT)
    assert event.at.isoformat() == "2026-06-05T11:42:10+01:00"
    assert (event.polarity, event.points, event.reason) == ("positive", 2, 'Excellent "effort"')
    assert (event.given_by, event.lesson_name, event.identity) == ("Ms D Sample", "9X/Sc1", "native")
    assert dict(event.extras) == {
        "classcharts.note": "Well done",
        "classcharts.room": "S4",
        "classcharts.shown_time": "Period 3",
    }


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("positive", "positive"),
        ("negative", "negative"),
        ("blank", "neutral"),
        (None, "neutral"),
        ("odd", "neutral"),
    ],
)
def test_polarity_is_neutral_unless_it_is_said(said: str | None, meant: str) -> None:
    """Whatever the points."""
    assert events(EFFORT | {"polarity": said, "score": -2})[0].polarity == meant


@pytest.mark.parametrize(("score", "points"), [(-3, -3), ("4", 4), (None, None), ("", None), (0, 0)])
def test_points_are_signed(score: object, points: int | None) -> None:
    """And none were said where none stand."""
    assert events(EFFORT | {"score": score})[0].points == points


@pytest.mark.parametrize("kind", ["detention", "notice", "attendance_event", "question", "event", None])
def test_what_is_no_behaviour_is_left_out(kind: str | None) -> None:
    """Without an issue: nothing was lost that the record could hold."""
    frame = context()
    assert to_behaviour_events(frame, listing(ActivityRow, ActivityMeta, [EFFORT | {"type": kind}])) == []
    assert frame.issues == []


def test_an_event_without_a_time_is_lost_alone() -> None:
    """It would not know where it belongs."""
    frame = context()
    rows = [EFFORT | {"timestamp": None}, EFFORT]
    assert len(to_behaviour_events(frame, listing(ActivityRow, ActivityMeta, rows))) == 1
    assert [issue.path for issue in frame.issues] == ["data.0"]
