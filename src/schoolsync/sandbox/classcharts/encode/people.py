"""Pupils and parents, as ClassCharts words them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.classcharts.urls import PICTURES_PATH
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import HomeworkSheet
from schoolsync.sandbox.people import ParentAccount

__all__ = ["encode_parent", "encode_pupil", "encode_user"]

FLAGS = {
    "display_behaviour": "behaviour",
    "display_parent_behaviour": "parent_behaviours",
    "display_homework": "homework",
    "display_rewards": "rewards",
    "display_detentions": "detentions",
    "display_report_cards": "report_cards",
    "display_classes": "classes",
    "display_announcements": "announcements",
    "display_attendance": "attendance",
    "display_attendance_percentage": "attendance_percentage",
    "display_activity": "activity",
    "display_mental_health": "mental_health",
    "display_timetable": "timetable",
    "display_two_way_communications": "messages",
    "display_absences": "absence_reports",
    "display_event_badges": "badges",
    "display_avatars": "avatars",
    "display_concern_submission": "concerns",
    "display_custom_fields": "custom_fields",
    "allow_pupils_add_timetable_notes": "timetable_notes",
}
"""Flag on the wire → our name of the feature."""
NEWER_FLAGS = {"display_academic_reports": "academic_reports"}


def encode_user(desk: Desk, today: dt.date, shapes: Shapes, origin: str) -> dict[str, Any]:
    """A pupil as their own API says: names, switches, counts of unread things.

    Args:
        desk: Whose.
        today: The day at the pupil's school.
        shapes: How answers are worded.
        origin: Where the pictures are.
    """
    file, pupil = desk.file, desk.pupil
    flags = {**FLAGS, **(NEWER_FLAGS if shapes.has_newer_fields else {})}
    newer = {"display_mental_health_no_tracker": False} if shapes.has_newer_fields else {}
    return {
        "id": int(file.id),
        "name": pupil.name,
        "first_name": pupil.first_name,
        "last_name": pupil.last_name,
        "avatar_url": f"{origin}{PICTURES_PATH}{file.avatar}",
        **{flag: file.features[feature] for flag, feature in flags.items()},
        **newer,
        "display_attendance_type": file.attendance_type,
        "is_disabled": False,
        "can_upload_attachments": None,
        "pupil_concerns_help_text": "",
        "detention_alias_plural_uc": "Detentions",
        "announcements_count": sum(sheet.record.is_read is False for sheet in desk.announcements),
        "messages_count": 0,
        "pusher_channel_name": f"private-pupil-{file.id}-x",
        "has_birthday": (file.born_on.month, file.born_on.day) == (today.month, today.day),
        "has_new_survey": False,
        "survey_id": None,
    }


def encode_pupil(desk: Desk, today: dt.date, shapes: Shapes, origin: str) -> dict[str, Any]:
    """A pupil as a parent's list says: as above, with the school and counters."""
    school = desk.pupil.school
    detentions = Counter(slip.attended for slip in desk.detentions)
    return {
        **encode_user(desk, today, shapes, origin),
        "school_name": school.name,
        "school_logo": f"{origin}{PICTURES_PATH}{desk.file.logo}" if desk.file.logo else None,
        "timezone": school.timezone,
        "display_covid_tests": False,
        "can_record_covid_tests": False,
        **{f"detention_{word}_count": detentions[word] for word in ("yes", "no", "pending", "upscaled")},
        **_homework_counts(desk.homeworks),
    }


def _homework_counts(sheets: Iterable[HomeworkSheet]) -> dict[str, int]:
    words = Counter(
        {"completed": "submitted"}.get(sheet.teacher_word, sheet.teacher_word)
        if sheet.teacher_word
        else ("completed" if sheet.is_ticked else "todo")
        for sheet in sheets
    )
    names = ("todo", "late", "not_completed", "excused", "completed", "submitted")
    return {f"homework_{name}_count": words[name] for name in names}


def encode_parent(parent: ParentAccount) -> dict[str, Any]:
    """A parent's account."""
    return {
        "id": parent.id,
        "name": parent.name,
        "email": parent.email,
        "language": None,
        "isEmailVerified": parent.is_email_verified,
    }
