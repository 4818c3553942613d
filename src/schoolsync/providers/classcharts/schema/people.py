"""Who: pupils, the signed-in user, and what the school switched on for them."""

from __future__ import annotations

from schoolsync.providers.classcharts.schema.words import Count, Flag, Row

__all__ = ["CodeCheck", "ParentUser", "PupilRow", "StudentCode"]


class PupilRow(Row):
    """A pupil, as the parent's `pupils` lists them and the student's `ping` answers.

    Wire: `GET apiv2parent/pupils` (rows), `POST apiv2student/ping` (`data.user`).
    """

    id: int
    """Pupil id, used in every path."""
    name: str = ""
    """Full name."""
    first_name: str | None = None
    """Given name."""
    last_name: str | None = None
    """Family name."""
    avatar_url: str | None = None
    """Address of a face, often a stock one."""
    school_name: str | None = None
    """Parent side only."""
    school_logo: str | None = None
    """Parent side only."""
    timezone: str | None = None
    """IANA name; parent side only."""

    display_behaviour: Flag = None
    """`display_*`: whether the school shows it to this role."""
    display_parent_behaviour: Flag = None
    display_homework: Flag = None
    display_rewards: Flag = None
    display_detentions: Flag = None
    display_report_cards: Flag = None
    display_classes: Flag = None
    display_announcements: Flag = None
    display_academic_reports: Flag = None
    display_attendance: Flag = None
    display_attendance_type: str | None = None
    """A text among booleans: `detailed`, `instance`. Evidence: other values are unrecorded."""
    display_attendance_percentage: Flag = None
    display_activity: Flag = None
    display_timetable: Flag = None
    display_event_badges: Flag = None
    display_custom_fields: Flag = None
    display_concern_submission: Flag = None
    display_two_way_communications: Flag = None
    display_absences: Flag = None
    is_disabled: Flag = None
    can_upload_attachments: Flag = None
    allow_pupils_add_timetable_notes: Flag = None
    detention_alias_plural_uc: str | None = None
    """The school's own word for detentions."""
    announcements_count: Count = None
    """Unread ones."""
    messages_count: Count = None
    has_birthday: Flag = None
    has_new_survey: Flag = None
    survey_id: Count = None

    detention_yes_count: Count = None
    """Counters: parent side only, and not authoritative."""
    detention_no_count: Count = None
    detention_pending_count: Count = None
    detention_upscaled_count: Count = None
    homework_todo_count: Count = None
    homework_late_count: Count = None
    homework_not_completed_count: Count = None
    homework_excused_count: Count = None
    homework_completed_count: Count = None
    homework_submitted_count: Count = None


class ParentUser(Row):
    """A parent, as the parent's `ping` answers.

    Wire: `POST apiv2parent/ping` (`data.user`).
    """

    id: int
    name: str = ""
    email: str | None = None
    language: str | None = None
    isEmailVerified: Flag = None  # noqa: N815 - the server's word
    """Camel case among snake case: the server's."""


class CodeCheck(Row):
    """Whether a pupil code asks for a date of birth.

    `False` means either an unknown code or a school that does not ask. Wire: `POST apiv2student/hasdob`.
    """

    has_dob: Flag = None


class StudentCode(Row):
    """A pupil's access code.

    Wire: `POST apiv2student/getcode`.
    """

    code: str
