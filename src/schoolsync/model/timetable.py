"""Lessons, and what was done in them."""

from __future__ import annotations

from enum import StrEnum

from schoolsync.model.files import Attachment
from schoolsync.model.record import Moment, Record, Value

__all__ = ["Lesson", "LessonContent", "LessonKind", "LessonStatus", "Subject"]


class Subject(Value):
    """What is taught."""

    name: str
    """Its name as the school writes it."""
    id: str | None = None
    """The provider's own id; on PRONOTE only good for one session."""
    colour: str | None = None
    """`#rrggbb` as the school shows it."""


class LessonKind(StrEnum):
    """What a row of the timetable is."""

    LESSON = "lesson"
    ACTIVITY = "activity"
    BREAK = "break"
    STUDY = "study"
    DETENTION = "detention"
    OUTING = "outing"
    EXAM = "exam"
    OTHER = "other"


class LessonStatus(StrEnum):
    """What became of a row of the timetable."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    MOVED = "moved"
    ROOM_CHANGED = "room_changed"
    TEACHER_CHANGED = "teacher_changed"
    ONLINE = "online"
    REPLACED = "replaced"
    UNKNOWN = "unknown"
    """The provider said something that we do not know: see `status_text`."""


class Lesson(Record):
    """One row of the timetable."""

    start: Moment
    """When it begins."""
    end: Moment
    """When it ends."""
    end_inferred: bool = False
    """Whether `end` was worked out from the school's grid because the provider gave none."""
    subject: Subject | None = None
    """What is taught; `None` for breaks and free activities."""
    teachers: tuple[str, ...] = ()
    """Who teaches, in the provider's order."""
    rooms: tuple[str, ...] = ()
    """Where, in the provider's order."""
    groups: tuple[str, ...] = ()
    """Teaching sets or groups."""
    kind: LessonKind = LessonKind.LESSON
    """What the row is."""
    status: LessonStatus = LessonStatus.SCHEDULED
    """What became of it."""
    status_text: str | None = None
    """The school's own words for that."""
    is_teacher_absent: bool | None = None
    """Whether the teacher is away; `None`: not said."""
    replaces_key: str | None = None
    """Key of the lesson that this one stands in for."""
    replaced_by_key: str | None = None
    """Key of the lesson that stands in for this one."""
    is_test: bool | None = None
    """Whether a test is announced; `None`: not said."""
    is_exempted: bool | None = None
    """Whether this pupil need not attend; `None`: not said."""
    note: str | None = None
    """The school's note, as text."""
    own_note: str | None = None
    """The pupil's own note, as text."""
    online_urls: tuple[str, ...] = ()
    """Where to join from home."""
    period_label: str | None = None
    """The school's name for the slot: `2`, `P1`, `Tut`."""
    colour: str | None = None
    """`#rrggbb` as the school shows it."""


class LessonContent(Record):
    """What was done in a lesson."""

    start: Moment
    """When the lesson began."""
    lesson_key: str | None = None
    """Key of the lesson, if it was in the same listing."""
    subject: Subject | None = None
    """What was taught."""
    title: str | None = None
    """Heading, if there is one."""
    description_html: str | None = None
    """Sanitised HTML."""
    description_text: str
    """The same as text; empty if nothing was written."""
    category: str | None = None
    """The school's own category."""
    teachers: tuple[str, ...] = ()
    """Who taught."""
    attachments: tuple[Attachment, ...] = ()
    """Files and links."""
