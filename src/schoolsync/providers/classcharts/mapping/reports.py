"""Academic reports as marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Identity, Mark, MarkStatus
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.mapping.homework import grade_of
from schoolsync.providers.classcharts.mapping.mapped import PROVIDER, Context, extras, name, subject
from schoolsync.providers.classcharts.schema.reports import AcademicReport, GradeRow, ReportLessonRow

__all__ = ["to_report_marks"]


def to_report_marks(context: Context, envelope: Envelope[AcademicReport, Any]) -> list[Mark]:
    """The grades of one academic report, one mark for each subject and graded field.

    `given_on` is the last day that the report covers. Losses: the teachers' comments and the
    attendance (see `native.get_academic_report`).
    """
    context.issues.extend(envelope.issues)
    return list(_marks(context, envelope.data))


def _marks(context: Context, report: AcademicReport) -> Iterator[Mark]:
    graded = [
        (lesson, grade) for lesson in report.lessons for grade in lesson.grades if (grade.grade or "").strip()
    ]
    for (lesson, grade), twin in keys.number_twins(graded, _place, _grade):
        text = (grade.grade or "").strip()
        value, out_of = grade_of(text)
        field = name(grade.field_name) or ""
        yield Mark(
            **context.common(),
            key=keys.derived("mark", PROVIDER, context.pupil_id, report.id, *_place((lesson, grade)), twin),
            identity=Identity.DERIVED,
            status=MarkStatus.GRADED,
            value=value,
            text_value=text,
            out_of=out_of,
            title=field,
            given_on=report.end_date,
            subject=subject(lesson.lesson_name),
            extras=extras(source="report", report=name(report.name), report_id=report.id),
        )


def _place(graded: tuple[ReportLessonRow, GradeRow]) -> tuple[str, str]:
    lesson, grade = graded
    return lesson.lesson_name or "", grade.field_name or ""


def _grade(graded: tuple[ReportLessonRow, GradeRow]) -> tuple[str]:
    return (graded[1].grade or "",)
