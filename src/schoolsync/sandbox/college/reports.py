"""Report cards of the invented collège, made of its mark book."""

from __future__ import annotations

from decimal import Decimal

import attrs

from schoolsync.model import Report, ReportLine
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.markbook import MarkBook, Service
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.year import TermPeriod
from schoolsync.sandbox.papers import named

__all__ = ["NOT_YET", "Comment", "LineSheet", "ReportSheet", "draw_reports", "report_sheet"]

NOT_YET = "Le bulletin n'est pas encore publié."
"""What the school says of a report card that families may not see."""


@attrs.frozen
class Comment:
    """What somebody wrote on a report card."""

    text: str
    """The comment."""
    heading: str = ""
    """Of what it is: `Appréciation globale`."""


@attrs.frozen
class LineSheet:
    """One subject of a report card."""

    record: ReportLine
    """As a correct client delivers it."""
    service: Service
    """Which subject."""
    lowest: Decimal | None = None
    """Lowest average of the class."""
    highest: Decimal | None = None
    """Highest average of the class."""


@attrs.frozen
class ReportSheet:
    """One report card."""

    record: Report
    """As a correct client delivers it; of one that is not published, only what the school says instead."""
    period: str
    """Name of the period."""
    lines: tuple[LineSheet, ...] = ()
    """By subject, in the school's order."""
    comments: tuple[Comment, ...] = ()
    """About the whole."""
    published: str = ""
    """When it was published, as the school puts it: `Publié le 05/12/2025`."""


PRAISE = {
    "MATHEMATIQUES": ("Bon trimestre.", "Participation à l'oral encore timide."),
    "FRANCAIS": ("Élève volontaire & curieux.",),
}
OVERALL = (
    Comment("Ensemble satisfaisant.", "Appréciation globale"),
    Comment("Encouragements", "Mention"),
)


def report_sheet(desk: CollegeDesk, term: TermPeriod, *, is_published: bool) -> ReportSheet:
    """The report card of *term* as the mark book stands now, or the promise of one."""
    period = term.record
    lines = _lines(desk.marks, period.name) if is_published else ()
    overall = desk.marks.overall(period.name) if is_published else None
    whole = (ReportLine(average=overall.pupil, class_average=overall.class_),) if overall else ()
    comments = OVERALL if is_published else ()
    words = tuple(comment.text for comment in comments) if is_published else (NOT_YET,)
    record = Report(
        **named("report", term.number, desk.pupil),
        title=period.name,
        start=period.start,
        end=period.end,
        period_key=period.key,
        is_published=is_published,
        lines=(*(line.record for line in lines), *whole),
        comments=words,
    )
    published = f"Publié le {period.end:%d/%m/%Y}" if is_published else ""
    return ReportSheet(record, period.name, lines, comments, published)


def _lines(book: MarkBook, period: str) -> tuple[LineSheet, ...]:
    return tuple(_line(book, service, period) for service in book.services_of(period))


def _line(book: MarkBook, service: Service, period: str) -> LineSheet:
    average = book.average(service, period)
    record = ReportLine(
        subject=service.subject,
        average=average.pupil,
        class_average=average.class_,
        coefficient=service.coefficient,
        teachers=tuple(teacher.name for teacher in TEACHERS if teacher.subject == service.name),
        comments=PRAISE.get(service.name, ()),
    )
    return LineSheet(record, service, average.min, average.max)


def draw_reports(desk: CollegeDesk) -> list[ReportSheet]:
    """A report card for each term: published when the term is over and there were marks.

    Draw the marks first.
    """
    terms = [term for term in desk.year.periods() if term.kind == 1]
    return [
        report_sheet(
            desk,
            term,
            is_published=term.record.end < desk.year.today and bool(desk.marks.sheets_of(term.record.name)),
        )
        for term in terms
    ]
