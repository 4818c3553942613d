"""Badges, detentions and the register, as ClassCharts words them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from schoolsync.sandbox.classcharts.encode.activity import encode_window
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.classcharts.wire import escaped, local_stamp, utc_text
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import Award, DetentionSlip, RegisterMark
from schoolsync.sandbox.people import PupilFile, Teacher
from schoolsync.sandbox.staff import STAFF

__all__ = ["encode_badges", "encode_detention", "encode_register", "encode_register_meta"]

PRESENT = {"present", "yes", "late"}
FIVE_SECONDS = dt.timedelta(seconds=5)


def _teacher(number: int | None) -> Teacher | None:
    return next((teacher for teacher in STAFF if teacher.id == number), None)


# -- badges -----------------------------------------------------------------------


def encode_badges(awards: Iterable[Award], shapes: Shapes) -> list[dict[str, Any]]:
    """One row for each badge, with its awards, newest first."""
    by_badge: dict[int, list[Award]] = {}
    for award in awards:
        by_badge.setdefault(award.badge_id, []).append(award)
    return [_encode_badge(group, shapes) for group in by_badge.values()]


def _encode_badge(awards: Sequence[Award], shapes: Shapes) -> dict[str, Any]:
    first = awards[0]
    newest_first = sorted(awards, key=lambda award: award.record.awarded_at.timestamp(), reverse=True)
    events = [_encode_event(award) for award in newest_first]
    return {
        "id": first.badge_id,
        "name": escaped(first.record.name),
        "icon": first.icon,
        "colour": first.record.colour,
        "created_date": local_stamp(first.designed_on),
        "pupil_badges": [{"pupil_event": event} for event in events] if shapes.badges_wrapped else events,
        "icon_url": first.record.icon_url,
    }


def _encode_event(award: Award) -> dict[str, Any]:
    record, teacher = award.record, _teacher(award.teacher_id)
    why = {
        "reason": escaped(record.reason),
        "score": record.points,
        "icon": award.icon,
        "polarity": award.polarity,
        "timestamp": local_stamp(record.awarded_at - FIVE_SECONDS),
        "teacher": _encode_teacher(teacher) if teacher else None,
    }
    return {
        "timestamp": local_stamp(record.awarded_at),
        "lesson_pupil_behaviour": why if award.has_points else None,
        "event": {"label": escaped(award.event_label)},
    }


def _encode_teacher(teacher: Teacher) -> dict[str, Any]:
    return {
        "title": teacher.title,
        "first_name": teacher.first_name,
        "last_name": escaped(teacher.last_name),
    }


# -- detentions -------------------------------------------------------------------


def encode_detention(slip: DetentionSlip, file: PupilFile) -> dict[str, Any]:
    """One detention; what the school left empty is null."""
    midnight = dt.datetime.combine(slip.day, dt.time(), file.zone) if slip.day else None
    teacher, record = _teacher(slip.teacher_id), slip.record
    return {
        "id": slip.id,
        "attended": slip.attended,
        "date": utc_text(midnight),
        "length": slip.length,
        "location": escaped(record.location),
        "notes": escaped(slip.notes),
        "time": slip.time.strftime("%H:%M") if slip.time else None,
        "pupil": {
            "id": int(file.id),
            "first_name": file.pupil.first_name,
            "last_name": file.pupil.last_name,
            "school": {
                "opt_notes_names": "no",
                "opt_notes_comments": "yes",
                "opt_notes_comments_pupils": "no",
            },
        },
        "lesson": _encode_lesson(slip) if slip.lesson else None,
        "lesson_pupil_behaviour": {"reason": escaped(record.reason)} if record.reason else None,
        "teacher": {"id": teacher.id, **_encode_teacher(teacher)} if teacher else None,
        "detention_type": {"name": escaped(slip.type_name)} if slip.type_name else None,
    }


def _encode_lesson(slip: DetentionSlip) -> dict[str, Any] | None:
    group = slip.lesson
    if group is None:
        return None
    subject = {"id": group.id - 70_000, "name": escaped(group.subject)} if group.subject else None
    return {"id": group.id, "name": escaped(group.name), "subject": subject}


# -- register ---------------------------------------------------------------------


def encode_register(marks: Iterable[RegisterMark]) -> dict[str, dict[str, Any]]:
    """By day, then by session; empty is for the envelope to word."""
    days: dict[str, dict[str, Any]] = {}
    for mark in marks:
        days.setdefault(mark.day.isoformat(), {})[mark.session] = _encode_mark(mark)
    return days


def _encode_mark(mark: RegisterMark) -> dict[str, Any]:
    cell: dict[str, Any] = {"code": mark.code, "status": mark.status, "late_minutes": mark.late_minutes}
    if mark.lesson_name is not None:
        cell["lesson_name"] = escaped(mark.lesson_name)
        cell["room_name"] = escaped(mark.room_name)
    return cell


def encode_register_meta(
    desk: Desk, shown: Sequence[RegisterMark], first: dt.date, last: dt.date
) -> dict[str, Any]:
    """Days and sessions in order, and the percentages where the school shows them."""
    file = desk.file
    is_shown = file.features["attendance_percentage"]
    year = [mark for mark in desk.register if mark.day >= desk.calendar.year_start]
    days = {mark.day.isoformat(): None for mark in shown}
    return {
        "dates": list(days),
        "sessions": list(desk.sessions),
        **encode_window(file, first, last),
        "percentage": _percentage(shown) if is_shown else None,
        "percentage_singe_august": _percentage(year) if is_shown else None,
    }


def _percentage(marks: Iterable[RegisterMark]) -> str:
    """How often the pupil was there, of the sessions that took place: `96.5`."""
    counted = [mark.status in PRESENT for mark in marks if mark.status != "ignore"]
    return f"{100 * sum(counted) / len(counted):.1f}" if counted else "0"
