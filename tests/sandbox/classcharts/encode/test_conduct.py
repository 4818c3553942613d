"""Badges, detentions and the register on the wire."""

from __future__ import annotations

import datetime as dt

from schoolsync.sandbox.classcharts.encode.conduct import (
    encode_badges,
    encode_detention,
    encode_register,
    encode_register_meta,
)
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.conduct import detention_slip
from schoolsync.sandbox.register import register_mark
from schoolsync.sandbox.school import SandboxSchool

MONDAY = dt.date(2026, 3, 9)


def test_a_badge_with_its_awards(school: SandboxSchool) -> None:
    """One row for each badge; awards newest first, wrapped."""
    star, sun = encode_badges(school.desk(5000001).awards, Shapes())
    assert (star["id"], star["name"], star["created_date"]) == (3301, "Star reader", "2025-09-01 10:00:00")
    first, second = (one["pupil_event"] for one in star["pupil_badges"])
    assert first["timestamp"] > second["timestamp"]
    assert first == {
        "timestamp": "2026-03-05 12:00:05",
        "lesson_pupil_behaviour": {
            "reason": "Read ten books",
            "score": 5,
            "icon": "star",
            "polarity": "positive",
            "timestamp": "2026-03-05 12:00:00",
            "teacher": {"title": "Ms", "first_name": "Dana", "last_name": "Sample"},
        },
        "event": {"label": "Ten books"},
    }
    (award,) = (one["pupil_event"] for one in sun["pupil_badges"])
    assert (award["lesson_pupil_behaviour"], award["event"]) == (None, {"label": "Five good days"})


def test_awards_may_be_unwrapped(school: SandboxSchool) -> None:
    """As one client expects them."""
    star, _ = encode_badges(school.desk(5000001).awards, Shapes(badges_wrapped=False))
    assert star["pupil_badges"][0]["timestamp"] == "2026-03-05 12:00:05"


def test_a_detention_with_everything(school: SandboxSchool) -> None:
    """Day and time apart, lesson with subject, teacher in pieces."""
    desk = school.desk(5000001)
    said = encode_detention(desk.detentions[0], desk.file)
    assert said["date"] == "2026-03-11T00:00:00+00:00"
    assert (said["time"], said["length"], said["attended"]) == ("15:15", 30, "pending")
    assert said["lesson"] == {
        "id": 70012,
        "name": "9X/Ma2",
        "subject": {"id": 12, "name": "Mathematics"},
    }
    assert said["teacher"] == {"id": 40212, "title": "Mr", "first_name": "Kim", "last_name": "Sample"}
    assert said["pupil"]["school"]["opt_notes_comments"] == "yes"


def test_a_detention_with_nothing(school: SandboxSchool) -> None:
    """Whatever may be null is."""
    desk = school.desk(5000001)
    said = encode_detention(desk.detentions[-1], desk.file)
    assert {name for name, value in said.items() if value is None} == {
        *("date", "length", "location", "notes", "time", "lesson", "lesson_pupil_behaviour", "teacher"),
        "detention_type",
    }


def test_a_summers_day_begins_the_evening_before(school: SandboxSchool) -> None:
    """In UTC, as the service writes it."""
    desk = school.desk(5000001)
    slip = detention_slip(desk.pupil, 1, day=dt.date(2026, 6, 5), time=dt.time(15, 15))
    assert encode_detention(slip, desk.file)["date"] == "2026-06-04T23:00:00+00:00"


def test_the_register_is_a_map_of_maps(school: SandboxSchool) -> None:
    """Lesson and room only where lessons are registered; minutes as they were written."""
    pupil = school.pupils[0]
    lesson = school.lessons(pupil, MONDAY)[1]
    marks = [
        register_mark(pupil, MONDAY, "AM", "present", code="/"),
        register_mark(pupil, MONDAY, "Period 1", "late", code="L", late_minutes=7, lesson=lesson),
    ]
    assert encode_register(marks) == {
        "2026-03-09": {
            "AM": {"code": "/", "status": "present", "late_minutes": ""},
            "Period 1": {
                "code": "L",
                "status": "late",
                "late_minutes": 7,
                "lesson_name": lesson.groups[0],
                "room_name": lesson.rooms[0] if lesson.rooms else None,
            },
        }
    }
    assert encode_register([]) == {}


def test_percentages_count_what_took_place(school: SandboxSchool) -> None:
    """Late is there; what is ignored does not count; both are texts, hidden where the school says so."""
    desk, pupil = school.desk(5000001), school.pupils[0]
    marks = [
        register_mark(pupil, MONDAY, session, status)
        for session, status in (("AM", "late"), ("PM", "absent"), ("Period 1", "yes"), ("Period 2", "ignore"))
    ]
    meta = encode_register_meta(desk, marks, MONDAY, MONDAY)
    assert meta["percentage"] == "66.7"
    assert meta["dates"] == ["2026-03-09"]
    school.switch("attendance_percentage", pupil, is_on=False)
    hidden = encode_register_meta(desk, marks, MONDAY, MONDAY)
    assert (hidden["percentage"], hidden["percentage_singe_august"]) == (None, None)
