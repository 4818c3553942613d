"""The marks of the invented schools, read off homework and academic reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from schoolsync.model import Identity, Mark, MarkStatus, Pupil, ReportLine
from schoolsync.sandbox.office_papers import AcademicReport
from schoolsync.sandbox.papers import HomeworkSheet, named

__all__ = ["homework_mark", "report_marks"]

NUMBER = re.compile(r"(\d+(?:\.\d+)?)(?:/(\d+(?:\.\d+)?))?")
"""`7`, `6.5/10`; anything else is a mark in words."""


def homework_mark(sheet: HomeworkSheet, pupil: Pupil) -> Mark | None:
    """The mark that a piece of homework got, or `None`; the school does not say when."""
    if not sheet.mark:
        return None
    value, out_of = _points(sheet.mark)
    return Mark(
        **{
            **named(
                "mark",
                sheet.status_id,
                pupil,
                provider_id=sheet.status_id,
                identity=Identity.NATIVE,
                source="homework",
                due_date=sheet.record.due.isoformat(),
            ),
            "key": sheet.record.mark_key,
        },
        status=MarkStatus.GRADED,
        value=value,
        text_value=sheet.mark,
        out_of=out_of,
        title=sheet.record.title or "",
        subject=sheet.record.subject,
    )


def report_marks(report: AcademicReport, pupil: Pupil) -> Iterator[Mark]:
    """One mark for each grade of an academic report that is not empty."""
    for line in report.record.lines:
        for field, grade in line.grades:
            if grade:
                yield _report_mark(report, pupil, line, field, grade)


def _report_mark(report: AcademicReport, pupil: Pupil, line: ReportLine, field: str, grade: str) -> Mark:
    value, out_of = _points(grade)
    subject = line.subject.name if line.subject else ""
    return Mark(
        **named(
            "mark",
            f"{report.id}-{subject}-{field}",
            pupil,
            source="report",
            report=report.record.title,
            report_id=report.id,
        ),
        status=MarkStatus.GRADED,
        value=value,
        text_value=grade,
        out_of=out_of,
        title=field,
        given_on=report.record.end,
        subject=line.subject,
    )


def _points(text: str) -> tuple[Decimal | None, Decimal | None]:
    found = NUMBER.fullmatch(text)
    if found is None:
        return None, None
    value, scale = found.groups()
    return Decimal(value), Decimal(scale) if scale else None
