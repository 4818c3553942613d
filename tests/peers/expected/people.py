"""Who is signed in, and a parent's children, as the school knows them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.people import ParentAccount
from tests.peers.expected.answers import answer
from tests.peers.matchers import Ending, Name, Same, SomeText

__all__ = ["parent_info", "pupil", "student_info"]

SWITCHES = {
    "allow_pupils_add_timetable_notes": "timetable_notes",
    "display_absences": "absence_reports",
    "display_activity": "activity",
    "display_announcements": "announcements",
    "display_attendance": "attendance",
    "display_attendance_percentage": "attendance_percentage",
    "display_avatars": "avatars",
    "display_behaviour": "behaviour",
    "display_classes": "classes",
    "display_concern_submission": "concerns",
    "display_custom_fields": "custom_fields",
    "display_detentions": "detentions",
    "display_event_badges": "badges",
    "display_homework": "homework",
    "display_mental_health": "mental_health",
    "display_parent_behaviour": "parent_behaviours",
    "display_report_cards": "report_cards",
    "display_rewards": "rewards",
    "display_timetable": "timetable",
    "display_two_way_communications": "messages",
}
"""The server's word → the school's."""


def student_info(desk: Desk, today: dt.date) -> dict[str, Any]:
    """What a pupil is told about themselves."""
    return answer({"user": _user(desk, today)}, {"version": SomeText()})


def parent_info(parent: ParentAccount) -> dict[str, Any]:
    """What a parent is told, whom both peers declare as a pupil."""
    told = {
        "id": parent.id,
        "name": parent.name,
        "email": parent.email,
        "language": None,
        "isEmailVerified": parent.is_email_verified,
    }
    return answer({"user": Same(told)}, {"version": SomeText()})


def _user(desk: Desk, today: dt.date) -> dict[str, Any]:
    file, record = desk.file, desk.pupil
    born = file.born_on
    return {
        "id": int(file.id),
        "name": Name(record.name),
        "first_name": Name(record.first_name),
        "last_name": Name(record.last_name),
        "avatar_url": Ending(file.avatar),
        **{word: file.features[feature] for word, feature in SWITCHES.items()},
        "display_attendance_type": file.attendance_type,
        "is_disabled": False,
        "can_upload_attachments": None,
        "pupil_concerns_help_text": "",
        "announcements_count": len([one for one in desk.announcements if one.state == "new"]),
        "messages_count": 0,
        "pusher_channel_name": SomeText(),
        "has_birthday": (born.day, born.month) == (today.day, today.month),
        "has_new_survey": False,
        "survey_id": None,
        "detention_alias_plural_uc": "Detentions",
    }


def pupil(desk: Desk, today: dt.date) -> dict[str, Any]:
    """A child in a parent's list."""
    school = desk.pupil.school
    attended = [slip.attended for slip in desk.detentions]
    said = [(sheet.teacher_word, sheet.is_ticked) for sheet in desk.homeworks]
    recorded = [word for word, _ in said]
    return {
        **_user(desk, today),
        "school_name": Name(school.name),
        "school_logo": Ending(desk.file.logo),
        "timezone": school.timezone,
        "display_covid_tests": False,
        "can_record_covid_tests": False,
        "detention_yes_count": attended.count("yes"),
        "detention_no_count": attended.count("no"),
        "detention_pending_count": attended.count("pending"),
        "detention_upscaled_count": attended.count("upscaled"),
        "homework_todo_count": said.count((None, False)),
        "homework_completed_count": said.count((None, True)),
        "homework_submitted_count": recorded.count("completed"),
        "homework_late_count": recorded.count("late"),
        "homework_not_completed_count": recorded.count("not_completed"),
        "homework_excused_count": 0,
    }
