"""Homework, with the pupil's own state of each."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field

from schoolsync.providers.classcharts.schema.words import Count, Flag, Row, Strings, listed

__all__ = ["FileRow", "HomeworkMeta", "HomeworkRow", "HomeworkStatus", "LinkRow", "PupilFileRow"]


class FileRow(Row):
    """A file. Its addresses are signed and end soon.

    Evidence: the name's key differs between sources, so all spellings are read.
    """

    id: Count = None
    file_name: str | None = Field(
        default=None, validation_alias=AliasChoices("file_name", "filename", "fileName")
    )
    file: str | None = None
    """Signed address at the storage."""
    validated_file: str | None = Field(default=None, validation_alias=AliasChoices("validated_file", "url"))
    """Address through the service's redirector; announcements call it `url`."""
    scan_status: str | None = None
    scan_status_message: str | None = None

    @property
    def called(self) -> str | None:
        """The name, under whichever key it was really written."""
        other = self.model_extra or {}
        spellings = (self.file_name, other.get("filename"), other.get("fileName"))
        return next((text for text in spellings if isinstance(text, str) and text.strip()), None)


class PupilFileRow(FileRow):
    """A file that the pupil handed in."""

    teacher_note: str | None = None
    teacher_homework_attachments: Annotated[tuple[FileRow, ...], BeforeValidator(listed)] = Field(
        default=(),
        validation_alias=AliasChoices("teacher_homework_attachments", "teacher_homework_attachment"),
    )
    """Files that came back."""
    can_delete: Flag = None


class LinkRow(Row):
    """A link."""

    link: str | None = None
    validated_link: str | None = None
    """The same through the service's redirector."""


class HomeworkStatus(Row):
    """How far this pupil is with it."""

    id: int
    """The pupil's own record of it: the id that a tick wants."""
    state: str | None = None
    """The teacher's word: null, `not_completed`, `late`, `completed`."""
    mark: str | None = None
    """Text: `7`, `B+`, `18/20`."""
    mark_relative: Count = None
    """Evidence: its meaning is unrecorded."""
    ticked: Flag = None
    """The pupil's own tick."""
    allow_attachments: Flag = None
    allow_marking_completed: Flag = None
    first_seen_date: str | None = None
    last_seen_date: str | None = None
    attachments: Annotated[tuple[PupilFileRow, ...], BeforeValidator(listed)] = ()
    has_feedback: Flag = None


class HomeworkRow(Row):
    """One piece of homework.

    Wire: `GET …/homeworks/{pupil}?display_date=&from=&to=`; no pages.
    """

    id: int
    """The homework itself, shared by the class."""
    due_date: str
    """A date; a date-time is read too."""
    issue_date: dt.date | None = None
    lesson: str | None = None
    """Teaching set."""
    subject: str | None = None
    teacher: str | None = None
    homework_type: str | None = None
    """The school's word."""
    title: str | None = None
    meta_title: str | None = None
    description: str | None = None
    """HTML."""
    completion_time_unit: str | None = None
    """`minutes`, `hours`, `days`, `weeks`, or anything else."""
    completion_time_value: str | None = None
    """Text: `30`, empty, `30+`."""
    publish_time: str | None = None
    status: HomeworkStatus | None = None
    validated_links: Annotated[tuple[LinkRow, ...], BeforeValidator(listed)] = ()
    validated_attachments: Annotated[tuple[FileRow, ...], BeforeValidator(listed)] = ()


class HomeworkMeta(Row):
    """What the listing says of itself."""

    start_date: str | None = None
    end_date: str | None = None
    display_type: str | None = None
    max_files_allowed: Count = None
    allowed_file_types: Strings = ()
    this_week_due_count: Count = None
    this_week_outstanding_count: Count = None
    this_week_completed_count: Count = None
    allow_attachments: Flag = None
    display_marks: Flag = None
    """Whether marks are shown to this role."""
