"""Pupils, schools, and what an account can see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from schoolsync.derive import keys
from schoolsync.model import Attachment, AttachmentKind, Availability, Capabilities, Pupil, School
from schoolsync.providers.classcharts.mapping.mapped import PROVIDER, name
from schoolsync.providers.classcharts.schema.people import PupilRow
from schoolsync.providers.classcharts.session import Role

__all__ = ["FIELDS", "to_capabilities", "to_pupil"]

LONDON = "Europe/London"
COUNTRY = "GB"

FLAGS: Mapping[str, str] = {
    "lessons": "display_timetable",
    "homeworks": "display_homework",
    "absences": "display_attendance",
    "attendance": "display_attendance",
    "announcements": "display_announcements",
    "badges": "display_event_badges",
    "sanctions": "display_detentions",
    "detentions": "display_detentions",
    "behaviour_events": "display_activity",
    "activity": "display_activity",
    "behaviour": "display_behaviour",
    "pupil_fields": "display_custom_fields",
    "classes": "display_classes",
    "academic_reports": "display_academic_reports",
    "report_cards": "display_report_cards",
}
"""What we read, and the school's switch for it."""
STUDENT_FLAGS: Mapping[str, str] = {"rewards": "display_rewards"}
PARENT_FLAGS: Mapping[str, str] = {"parent_behaviours": "display_parent_behaviour"}
ABSENT = (
    "agenda",
    "averages",
    "discussions",
    "evaluations",
    "files",
    "holidays",
    "home",
    "ical",
    "lesson_contents",
    "mark_book",
    "menus",
    "messages",
    "news",
    "params",
    "periods",
    "personal_data",
    "presence_totals",
    "report",
    "resources",
    "teachers",
    "timetable_pdf",
    "user",
)
"""What ClassCharts does not have, or not under this name."""
UNANSWERED = ("announcements", "discussions", "messages", "news")
"""What an account of ClassCharts cannot answer, and one of another provider can."""

NEVER_FILLED: Mapping[str, str] = {
    "Absence": "provider_id start end half_days reasons lesson_key",
    "Announcement": "category visible_from visible_until is_acknowledged",
    "Attachment": "media_type size",
    "Badge": "lesson_name",
    "Lesson": (
        "status_text is_teacher_absent replaces_key replaced_by_key is_test is_exempted online_urls colour"
    ),
    "Mark": (
        "default_out_of coefficient class_average class_min class_max period_key is_bonus is_optional"
        " is_rescaled comment attachments"
    ),
    "Pupil": "class_name",
    "Sanction": "given_on end work_to_do",
    "Subject": "id colour",
}
FIELDS: Mapping[tuple[str, str], Availability] = {
    (record, field): Availability.NOT_IN_PROVIDER
    for record, fields in NEVER_FILLED.items()
    for field in fields.split()
}
"""Fields of neutral records that ClassCharts never fills."""


def to_pupil(row: PupilRow, origin: str) -> Pupil:
    """The pupil, and the school that the row names.

    Students are not told their school or its zone: its name is empty, its zone London.
    Losses: no form, house or preferred name.
    """
    key = keys.native("pupil", PROVIDER, row.id)
    school = School(
        name=name(row.school_name) or "",
        timezone=_known_zone(row.timezone),
        country=COUNTRY,
        provider=PROVIDER,
        url=origin,
    )
    photo = Attachment(name="photo", kind=AttachmentKind.FILE, ref=(key, 0)) if row.avatar_url else None
    return Pupil(
        key=key,
        name=name(row.name) or "",
        first_name=name(row.first_name),
        last_name=name(row.last_name),
        school=school,
        photo=photo,
        provider_id=str(row.id),
    )


def _known_zone(said: str | None) -> str:
    try:
        return ZoneInfo(said).key if said else LONDON
    except (ZoneInfoNotFoundError, OSError, ValueError):
        return LONDON


def to_capabilities(pupils: Sequence[Pupil], rows: Sequence[PupilRow], role: Role) -> Capabilities:
    """What this account can see of each pupil, from the school's switches."""
    operations = {pupil.key: _operations(row, role) for pupil, row in zip(pupils, rows, strict=True)}
    return Capabilities(pupils=tuple(pupils), operations=operations, fields=FIELDS)


def _operations(row: PupilRow, role: Role) -> dict[tuple[str, str], Availability]:
    answers = {(thing, "read"): _switched(row, flag) for thing, flag in FLAGS.items()}
    answers[("marks", "read")] = _either(answers["homeworks", "read"], answers["academic_reports", "read"])
    is_student = role is Role.STUDENT
    answers[("homeworks", "write")] = (
        answers["homeworks", "read"] if is_student else Availability.NOT_FOR_THIS_ACCOUNT
    )
    for flags, is_theirs in ((STUDENT_FLAGS, is_student), (PARENT_FLAGS, not is_student)):
        for thing, flag in flags.items():
            shown = _switched(row, flag) if is_theirs else Availability.NOT_FOR_THIS_ACCOUNT
            answers[thing, "read"] = answers[thing, "write"] = shown
    answers.update({(thing, "read"): Availability.NOT_IN_PROVIDER for thing in ABSENT})
    answers.update({(thing, "write"): Availability.NOT_IN_PROVIDER for thing in UNANSWERED})
    return answers


def _switched(row: PupilRow, flag: str) -> Availability:
    """The school's switch; a switch that an older server does not know leaves it open."""
    is_on: bool | None = getattr(row, flag)
    if is_on is None:
        return Availability.UNKNOWN
    return Availability.YES if is_on else Availability.OFF_AT_SCHOOL


def _either(one: Availability, other: Availability) -> Availability:
    for answer in (Availability.YES, Availability.UNKNOWN):
        if answer in (one, other):
            return answer
    return one
