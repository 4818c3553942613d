"""Timetables and classes, as ClassCharts words them."""

from __future__ import annotations

import datetime as dt
import html
from typing import Any

from schoolsync.model import Lesson, LessonKind
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.classcharts.wire import escaped
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import TeachingSet
from schoolsync.sandbox.weekly import ALTERNATIVE

__all__ = ["encode_class", "encode_lesson", "encode_timetable_meta"]


def encode_lesson(lesson: Lesson, shapes: Shapes) -> dict[str, Any]:
    """One row of the timetable."""
    extras = lesson.extras
    newer = {
        "teacher_id": extras.get("classcharts.teacher_id"),
        "lesson_id": int(lesson.provider_id) if lesson.provider_id else None,
        "is_break": lesson.kind is LessonKind.BREAK,
    }
    day = lesson.start.date()
    label = lesson.period_label or ""
    return {
        "teacher_name": escaped(next(iter(lesson.teachers), "")),
        **(newer if shapes.has_newer_fields else {}),
        "lesson_name": escaped(next(iter(lesson.groups), "")),
        "subject_name": escaped(lesson.subject.name if lesson.subject else ""),
        "is_alternative_lesson": lesson.status is ALTERNATIVE,
        "period_name": extras.get("classcharts.period_name"),
        "period_number": label,
        "room_name": escaped(next(iter(lesson.rooms), "")),
        "date": day.isoformat(),
        "start_time": lesson.start.isoformat(),
        "end_time": lesson.end.isoformat(),
        "key": int(str(extras.get("classcharts.key", 0))),
        "note_abstract": _markup(lesson.note)[:40],
        "note": _markup(lesson.note),
        "pupil_note_abstract": (lesson.own_note or "")[:40],
        "pupil_note": lesson.own_note or "",
        "pupil_note_raw": lesson.own_note or "",
    }


def _markup(text: str | None) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>") if text else ""


def encode_timetable_meta(desk: Desk, day: dt.date) -> dict[str, Any]:
    """What the timetable of *day* says of itself."""
    zone, slots = desk.file.zone, desk.plan.slots
    weeks = dt.timedelta(weeks=2)
    known = desk.calendar.school_days(day - weeks, day + weeks)
    return {
        "dates": [day.isoformat()],
        "timetable_dates": [one.isoformat() for one in known],
        "periods": [
            {"number": slot.label, "start_time": slot.start.isoformat(), "end_time": slot.end.isoformat()}
            for slot in slots
            if not slot.is_break
        ],
        "start_time": dt.datetime.combine(day, slots[0].start, zone).isoformat(),
        "end_time": dt.datetime.combine(day, slots[-1].end, zone).isoformat(),
    }


def encode_class(group: TeachingSet) -> dict[str, Any]:
    """One class that the pupil is in."""
    return {
        "id": group.id,
        "name": escaped(group.name),
        "room": group.room,
        "subject": escaped(group.subject),
        "teacher": escaped(group.teacher),
        "teachers": [escaped(name) for name in (group.teacher, *group.other_teachers)],
    }
