"""Report cards and shared resources."""

from __future__ import annotations

import datetime as dt

from schoolsync.model.files import Attachment
from schoolsync.model.record import Moment, Number, Record, Value
from schoolsync.model.timetable import Subject

__all__ = ["Report", "ReportLine", "Resource"]


class ReportLine(Value):
    """One subject of a report card."""

    subject: Subject | None = None
    """The subject; `None` for a line about the whole."""
    average: Number | None = None
    """The pupil's average, in points."""
    class_average: Number | None = None
    """The class's."""
    coefficient: Number | None = None
    """Its weight."""
    teachers: tuple[str, ...] = ()
    """Who teaches."""
    grades: tuple[tuple[str, str], ...] = ()
    """Grades in words: what was graded, and the grade."""
    comments: tuple[str, ...] = ()
    """The teachers' comments, as text."""


class Report(Record):
    """One report card."""

    title: str
    """The school's name for it."""
    start: dt.date | None = None
    """First day that it covers."""
    end: dt.date | None = None
    """Last day that it covers, included."""
    period_key: str | None = None
    """Key of the period it is for."""
    is_published: bool | None = None
    """Whether the school has released it; `None`: not said."""
    lines: tuple[ReportLine, ...] = ()
    """One per subject, in the school's order."""
    comments: tuple[str, ...] = ()
    """Comments about the whole, as text."""
    attendance_percentage: Number | None = None
    """Attendance over the days that it covers, 0..100."""


class Resource(Record):
    """Something a teacher shares: a document, a link, an exercise."""

    title: str
    """Its name."""
    shared_at: Moment | None = None
    """When it was shared."""
    subject: Subject | None = None
    """For which subject."""
    description_html: str | None = None
    """Sanitised HTML."""
    description_text: str = ""
    """The same as text."""
    category: str | None = None
    """The school's own category."""
    attachments: tuple[Attachment, ...] = ()
    """Files and links."""
