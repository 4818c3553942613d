"""The timetable of a day, as the school has planned it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.model import Lesson, LessonKind, LessonStatus
from schoolsync.sandbox.desk import Desk
from tests.peers.expected.answers import answer
from tests.peers.matchers import Beginning, Instant, Markup, Name

__all__ = ["lessons"]

FORTNIGHT = dt.timedelta(weeks=2)


def lessons(desk: Desk, day: dt.date) -> dict[str, Any]:
    """Lessons and breaks of *day*."""
    return answer([_lesson(lesson) for lesson in desk.lessons(day)], _meta(desk, day))


def _lesson(lesson: Lesson) -> dict[str, Any]:
    extras = lesson.extras
    return {
        "teacher_name": Name(_first(lesson.teachers)),
        "teacher_id": extras.get("classcharts.teacher_id"),
        "lesson_name": Name(_first(lesson.groups)),
        "subject_name": Name(lesson.subject.name if lesson.subject else ""),
        "is_alternative_lesson": lesson.status is LessonStatus.REPLACED,
        "is_break": lesson.kind is LessonKind.BREAK,
        "period_name": extras["classcharts.period_name"],
        "period_number": lesson.period_label,
        "room_name": Name(_first(lesson.rooms)),
        "date": lesson.start.date().isoformat(),
        "start_time": Instant(lesson.start),
        "end_time": Instant(lesson.end),
        "key": int(str(extras["classcharts.key"])),
        "note_abstract": Beginning(lesson.note),
        "note": Markup(lesson.note),
        "pupil_note_abstract": Beginning(lesson.own_note),
        "pupil_note": Markup(lesson.own_note),
        "pupil_note_raw": lesson.own_note or "",
    }


def _first(names: tuple[str, ...]) -> str:
    return names[0] if names else ""


def _meta(desk: Desk, day: dt.date) -> dict[str, Any]:
    zone, slots = desk.file.zone, desk.plan.slots
    known = desk.calendar.school_days(day - FORTNIGHT, day + FORTNIGHT)
    return {
        "dates": [day.isoformat()],
        "timetable_dates": [one.isoformat() for one in known],
        "periods": [
            {"number": one.label, "start_time": f"{one.start:%H:%M:%S}", "end_time": f"{one.end:%H:%M:%S}"}
            for one in slots
            if not one.is_break
        ],
        "start_time": Instant(dt.datetime.combine(day, slots[0].start, zone)),
        "end_time": Instant(dt.datetime.combine(day, slots[-1].end, zone)),
    }
