"""Report cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Identity, Report, ReportLine
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import (
    Context,
    extras,
    mapped_rows,
    name,
    number,
    said,
    subject,
)
from schoolsync.providers.pronote.mapping.periods import key_of_period
from schoolsync.providers.pronote.mapping.year import YearPeriod
from schoolsync.providers.pronote.schema.reports import OverallRow, ReportPage, ReportServiceRow
from schoolsync.providers.pronote.schema.words import Named

__all__ = ["to_reports"]

OF_CLASS = "is_of_class"


def to_reports(
    context: Context, page: Page[ReportPage], period: YearPeriod, *, of_class: bool = False
) -> list[Report]:
    """The report card of *period*; of the class, if it is that.

    One that is not published is there all the same, without lines, and the server's reason is its
    comment. In a published one the services stand in the server's order; the averages over all come
    last, with subject `None`, where the school shows them.

    Losses: the lowest and the highest average of the class, which of the comments about the whole is
    which, the chart, sub-services, counts of absences (see `native`).
    """
    context.issues.extend(page.issues)
    data = page.data
    is_published = data.is_published
    report = Report(
        **context.common(page.raw if context.keeps_raw else None),
        key="",
        identity=Identity.DERIVED,
        title=name(period.name) or "",
        start=period.start,
        end=period.end,
        period_key=key_of_period(context.pupil.school, period),
        is_published=is_published,
        lines=tuple(_lines(context, page)) if is_published else (),
        comments=_texts(data.remarks.comments if data.remarks else ()) if is_published else _reason(data),
        extras=extras(**{OF_CLASS: True}) if of_class else extras(),
    )
    return keys.with_keys("report", [report], _identity, lambda _: ())


def _identity(report: Report) -> keys.Parts:
    return (report.title, report.start, f"pronote.{OF_CLASS}" in report.extras)


def _reason(data: ReportPage) -> tuple[str, ...]:
    text = said(data.message)
    return (text,) if text else ()


def _lines(context: Context, page: Page[ReportPage]) -> Iterator[ReportLine]:
    rows = page.data.services
    yield from mapped_rows(context, page, rows, lambda row, _: _service(row), "ListeServices")
    overall = page.data.overall
    line = ReportLine(**_averages(overall)) if overall else ReportLine()
    if line != ReportLine():
        yield line


def _service(row: ReportServiceRow) -> Iterator[ReportLine]:
    own = row.subject
    called = subject(row.label or (own.label if own else None), own.id if own else row.id, row.colour)
    if called is None:
        raise ValueError("without a subject it would pass for the line about the whole")
    teachers = (*row.teachers, *(teacher for element in row.elements for teacher in element.teachers))
    yield ReportLine(
        subject=called,
        **_averages(row),
        coefficient=number(row.coefficient),
        teachers=tuple(dict.fromkeys(_texts(teachers))),
        comments=_texts(row.comments),
    )


def _averages(row: OverallRow) -> dict[str, Any]:
    return {"average": number(row.average), "class_average": number(row.class_average)}


def _texts(rows: Iterable[Named]) -> tuple[str, ...]:
    return tuple(text for row in rows if (text := said(row.label)))
