"""Marks and averages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Identity, Mark, MarkStatus, Subject, SubjectAverage
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.attached import attachments, settled
from schoolsync.providers.pronote.mapping.mapped import (
    Context,
    Shelved,
    mapped_rows,
    name,
    number,
    said,
    subject,
)
from schoolsync.providers.pronote.mapping.periods import key_of_period, period_key_of
from schoolsync.providers.pronote.mapping.year import YearPeriod
from schoolsync.providers.pronote.schema.marks import (
    Figure,
    MarkRow,
    MarksPage,
    ServiceAverageRow,
    ServiceRow,
)
from schoolsync.providers.pronote.schema.words import Named

__all__ = ["to_averages", "to_marks"]

CODES: Mapping[str, MarkStatus] = {
    "1": MarkStatus.ABSENT,
    "2": MarkStatus.EXEMPT,
    "3": MarkStatus.NOT_GRADED,
    "4": MarkStatus.UNFIT,
    "5": MarkStatus.NOT_SUBMITTED,
    "6": MarkStatus.ABSENT_ZERO,
    "7": MarkStatus.NOT_SUBMITTED_ZERO,
    "8": MarkStatus.COMMENDED,
}
"""What stands behind the first bar of `|1`; a scale may follow behind a second one. Evidence: read."""
BAR = "|"
NOT_KNOWN = "??"
"""Evidence: seen in one emulator of a server."""
PAPER, SOLUTION = "DevoirSujet", "DevoirCorrige"


def to_marks(context: Context, page: Page[MarksPage]) -> list[Mark]:
    """The marks, newest first, those without a day last.

    The key is of subject, day, title, scale and weight: a corrected mark keeps it. Losses: themes, what
    a quiz answered, whether "the class" is a group (see `native`).
    """
    context.issues.extend(page.issues)
    found = mapped_rows(context, page, page.data.marks, partial(_marks, context), "listeDevoirs")
    found.sort(key=_beside)
    marks = settled(context, found, keys.with_mark_keys)
    marks.sort(key=lambda mark: mark.key)
    return sorted(marks, key=lambda mark: mark.given_on or dt.date.min, reverse=True)


def _beside(mark: Mark) -> str:
    """What tells twins apart beside all that their keys look at."""
    files = [file.name for file in mark.attachments]
    return str((mark.is_bonus, mark.is_optional, mark.is_rescaled, mark.default_out_of, files))


def _marks(context: Context, row: MarkRow, raw: Any) -> Iterator[Mark]:
    status, value, text = _read_mark(row.mark)
    yield Mark(
        **context.common(raw),
        key=context.place,
        identity=Identity.DERIVED,
        provider_id=row.id,
        status=status,
        value=value,
        text_value=text,
        out_of=number(row.out_of),
        default_out_of=number(row.default_out_of),
        coefficient=number(row.coefficient),
        class_average=number(row.class_average),
        class_min=number(row.class_min),
        class_max=number(row.class_max),
        title=name(row.title) or "",
        given_on=row.day,
        subject=_subject(row.service),
        period_key=period_key_of(context, row.period),
        is_bonus=row.is_bonus,
        is_optional=row.is_optional,
        is_rescaled=row.is_rescaled,
        comment=said(row.remark),
        attachments=attachments(context, context.place, _papers(row)),
    )


def _read_mark(text: Figure) -> tuple[MarkStatus, Decimal | None, str | None]:
    """Status, value, and the words of a mark that is neither a number nor a code.

    Nothing written is a mark still to come, also where the key is left out (inferred).
    """
    written = (text or "").strip()
    if not written:
        return MarkStatus.PENDING, None, None
    value = number(written)
    if value is not None:
        return MarkStatus.GRADED, value, None
    if BAR in written:
        return CODES.get(written.split(BAR)[1].strip(), MarkStatus.UNKNOWN), None, None
    return MarkStatus.UNKNOWN, None, None if written == NOT_KNOWN else written


def _subject(row: ServiceRow | None) -> Subject | None:
    return subject(row.label, row.id, row.colour) if row else None


def _papers(row: MarkRow) -> Iterator[Shelved]:
    """Paper, then solution. Both go under the mark's id, unless the server gives them one of their own."""
    said_of = ((row.paper, row.paper_name, PAPER), (row.solution, row.solution_name, SOLUTION))
    for own, called, code in said_of:
        file = _paper(row, own, called, code)
        if file is not None:
            yield file


def _paper(row: MarkRow, own: Named | None, called: str | None, code: str) -> Shelved | None:
    id_, label = (own.id, own.label or called) if own and own.id else (row.id, called)
    return Shelved(id_, label, code) if id_ and label and label.strip() else None


def to_averages(context: Context, page: Page[MarksPage], period: YearPeriod) -> list[SubjectAverage]:
    """The averages by subject in the server's order, and the overall one, subject `None`, last.

    What the school hides is not there: neither a figure, nor a line without any.
    """
    key = key_of_period(context.pupil.school, period)
    rows = page.data.services
    context.issues.extend(page.issues)
    found = mapped_rows(context, page, rows, lambda row, _: _averages(row, key), "listeServices")
    return [average for average in (*found, _overall(page.data, key)) if _has_figure(average)]


def _averages(row: ServiceAverageRow, key: str | None) -> Iterator[SubjectAverage]:
    called = _subject(row)
    if called is None:
        raise ValueError("without a subject it would pass for the overall average")
    yield SubjectAverage(
        subject=called,
        pupil=number(row.pupil),
        class_=number(row.class_),
        min=number(row.class_min),
        max=number(row.class_max),
        out_of=_first(row.out_of, row.default_out_of),
        period_key=key,
    )


def _overall(data: MarksPage, key: str | None) -> SubjectAverage:
    return SubjectAverage(
        pupil=number(data.overall),
        class_=number(data.class_overall),
        out_of=_first(data.out_of, data.default_out_of),
        period_key=key,
    )


def _first(*figures: Figure) -> Decimal | None:
    return next((value for figure in figures if (value := number(figure)) is not None), None)


def _has_figure(average: SubjectAverage) -> bool:
    figures = (average.pupil, average.class_, average.min, average.max)
    return any(figure is not None for figure in figures)
