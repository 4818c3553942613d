"""Academic reports, and the cards of pupils on report."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator

from schoolsync.providers.classcharts.schema.words import Count, Flag, Row, listed

__all__ = [
    "AcademicReport",
    "AcademicReportRow",
    "GradeRow",
    "ReportCard",
    "ReportCardComment",
    "ReportCardRow",
    "ReportCardTarget",
    "ReportLessonRow",
]


class AcademicReportRow(Row):
    """One academic report in the list.

    Wire: `GET …/getacademicreports?studentId=`. Evidence: read; the dates' format is inferred.
    """

    id: int
    name: str | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None


class GradeRow(Row):
    """One grade."""

    field_name: str | None = None
    """What was graded: `Effort`."""
    grade: str | None = None


class ReportCommentRow(Row):
    """One teacher's comment."""

    id: Count = None
    teacher_name: str | None = None
    text: str | None = None


class ReportLessonRow(Row):
    """One subject of a report."""

    lesson_name: str | None = None
    attendance_percentage: str | None = None
    teachers: Annotated[tuple[ReportCommentRow, ...], BeforeValidator(listed)] = ()
    grades: Annotated[tuple[GradeRow, ...], BeforeValidator(listed)] = ()


class AcademicReport(AcademicReportRow):
    """One academic report, whole.

    Wire: `GET …/getacademicreport/{report}?studentId=`. Evidence: one source says object, another a
    list of one; both are read.
    """

    overall_attendance_percentage: str | None = None
    attendance_percentage: str | None = None
    lessons: Annotated[tuple[ReportLessonRow, ...], BeforeValidator(listed)] = ()


class ReportCardRow(Row):
    """A card in the list. Dates are `DD/MM/YYYY`.

    Wire: `POST …/getpupilreportcards`.
    """

    id: int
    start_date: str | None = None
    end_date: str | None = None
    reason: str | None = None
    description: str | None = None


class CardParentComment(Row):
    """A parent's comment on a card."""

    id: Count = None
    description: str | None = None
    date: str | None = None
    can_edit: Flag = None


class CardTargetRow(Row):
    """A target of a card, by id."""

    id: int


class ReportCard(ReportCardRow):
    """A card, whole.

    Wire: `GET …/getpupilreportcard/{card}?pupil_id=`.
    """

    level: str | None = None
    teacher: str | None = None
    parent_comments: Annotated[tuple[CardParentComment, ...], BeforeValidator(listed)] = ()
    targets: Annotated[tuple[CardTargetRow, ...], BeforeValidator(listed)] = ()


class ReportCardComment(Row):
    """The school's comment on one day of a card.

    Wire: `GET …/getpupilreportcardsummarycomment/{card}?pupil_id=&date=`.
    """

    id: Count = None
    report_card_id: Count = None
    text: str | None = None
    teacher_name: str | None = None
    date: str | None = None
    """`DD/MM/YYYY HH:MM`."""


class CardPeriodRow(Row):
    """How a target went in one period."""

    id: Count = None
    mark_id: Count = None
    met: Flag = None
    label: str | None = None
    comment_description: str | None = None
    comment_created: str | None = None
    mark_ranking: str | None = None
    teacher_name: str | None = None


class CardTarget(Row):
    """What a target asks."""

    id: Count = None
    description: str | None = None


class ReportCardTarget(Row):
    """One target on one day.

    Wire: `GET …/getpupilreportcardtarget/{target}?pupil_id=&date=`.
    """

    target: CardTarget | None = None
    periods: Annotated[tuple[CardPeriodRow, ...], BeforeValidator(listed)] = ()
