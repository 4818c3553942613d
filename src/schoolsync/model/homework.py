"""Homework: what is to be done until when."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from schoolsync.model.files import Attachment
from schoolsync.model.record import Due, Record
from schoolsync.model.timetable import Subject

__all__ = ["Homework", "HomeworkState", "Submission", "by_due"]


class HomeworkState(StrEnum):
    """How far it is."""

    TODO = "todo"
    DONE = "done"
    LATE = "late"
    EXCUSED = "excused"
    UNKNOWN = "unknown"


class Submission(StrEnum):
    """How it is handed in."""

    NONE = "none"
    PAPER = "paper"
    UPLOAD = "upload"
    AUDIO = "audio"
    OTHER = "other"
    UNKNOWN = "unknown"


class Homework(Record):
    """One piece of homework for one pupil."""

    due: Due
    """The day it is due, or the time where the school gives one."""
    assigned_on: dt.date | None = None
    """The day it was given."""
    subject: Subject | None = None
    """For which subject."""
    title: str | None = None
    """Heading, if the provider has one."""
    description_html: str | None = None
    """Sanitised HTML."""
    description_text: str
    """The same as text; empty if nothing was written."""
    state: HomeworkState
    """How far it is, by the pupil's tick and the teacher's word."""
    can_toggle: bool = False
    """Whether this account may tick it."""
    kind: str | None = None
    """The school's own word for its type."""
    expected: dt.timedelta | None = None
    """How long it should take."""
    submission: Submission = Submission.UNKNOWN
    """How it is handed in."""
    teacher: str | None = None
    """Who gave it."""
    attachments: tuple[Attachment, ...] = ()
    """Files and links from the teacher."""
    mark_key: str | None = None
    """Key of the mark it got, if the provider ties them."""


def by_due(homework: Homework) -> tuple[dt.date, dt.time, str]:
    """The order of homework: local day, then time (a bare day ends last), then key."""
    due = homework.due
    if isinstance(due, dt.datetime):
        return due.date(), due.time(), homework.key
    return due, dt.time.max, homework.key
