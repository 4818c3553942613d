"""Homework, and the marks that hang on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from schoolsync.derive import keys
from schoolsync.model import FrozenMap, Homework, HomeworkState, Identity, Mark, MarkStatus, Submission
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.mapping.mapped import (
    PROVIDER,
    Context,
    decimal,
    extras,
    mapped_rows,
    moment,
    name,
    rich,
    subject,
)
from schoolsync.providers.classcharts.schema.homework import HomeworkMeta, HomeworkRow, HomeworkStatus

__all__ = ["due_of", "grade_of", "to_homeworks", "to_marks"]

UNITS = {
    "minute": dt.timedelta(minutes=1),
    "hour": dt.timedelta(hours=1),
    "day": dt.timedelta(days=1),
    "week": dt.timedelta(weeks=1),
}
MOST_EXPECTED = 100_000
"""Of any unit; nobody means more."""
LATE, COMPLETED, NOT_COMPLETED = "late", "completed", "not_completed"


def to_homeworks(context: Context, envelope: Envelope[list[HomeworkRow], HomeworkMeta]) -> list[Homework]:
    """The homework of a listing, in its order.

    Losses: what the pupil handed in and what came back (see `native`), when it was seen, the time
    of day it was published.
    """
    return mapped_rows(context, envelope, lambda row, raw: [_homework(context, row, raw, envelope.meta)])


def _homework(context: Context, row: HomeworkRow, raw: Any, meta: HomeworkMeta) -> Homework:
    key = keys.native("homework", PROVIDER, row.id, context.pupil_id)
    markup, text = rich(row.description)
    status = row.status
    mark = _mark(status, meta)
    return Homework(
        **context.common(raw),
        key=key,
        identity=Identity.NATIVE,
        provider_id=str(row.id),
        due=due_of(row.due_date, context.zone),
        assigned_on=row.issue_date,
        subject=subject(row.subject),
        title=name(row.title),
        description_html=markup,
        description_text=text,
        state=_state(status),
        can_toggle=context.can_tick and status is not None and status.allow_marking_completed is not False,
        kind=name(row.homework_type),
        expected=_expected(row),
        submission=Submission.UPLOAD if status and status.allow_attachments else Submission.UNKNOWN,
        teacher=name(row.teacher),
        attachments=context.files(key, row.validated_attachments, row.validated_links),
        mark_key=_mark_key(status) if status and mark else None,
        extras=_extras(row, status, mark),
    )


def due_of(text: str, zone: ZoneInfo) -> dt.date:
    """The day, or the moment where the server sends one.

    Raises:
        ValueError: It is neither.
    """
    if len(text.strip()) > len("2026-03-09"):
        return moment(text, zone)
    return dt.date.fromisoformat(text.strip())


def _state(status: HomeworkStatus | None) -> HomeworkState:
    """The teacher's "late" wins; then the pupil's tick or the teacher's "completed" make it done."""
    if status is None:
        return HomeworkState.UNKNOWN
    if status.state == LATE:
        return HomeworkState.LATE
    if status.ticked or status.state == COMPLETED:
        return HomeworkState.DONE
    return HomeworkState.TODO if status.state in {None, "", NOT_COMPLETED} else HomeworkState.UNKNOWN


def _expected(row: HomeworkRow) -> dt.timedelta | None:
    amount, unit = decimal(row.completion_time_value), (row.completion_time_unit or "").strip().lower()
    step = UNITS.get(unit.removesuffix("s"))
    return step * float(amount) if step and amount is not None and 0 < amount <= MOST_EXPECTED else None


def _extras(row: HomeworkRow, status: HomeworkStatus | None, mark: str | None) -> FrozenMap:
    if status is None:
        return extras(lesson=row.lesson)
    return extras(lesson=row.lesson, state=status.state, ticked=status.ticked, mark=mark, status_id=status.id)


def _mark(status: HomeworkStatus | None, meta: HomeworkMeta) -> str | None:
    """The mark as it was written; `None` where there is none, or the school hides it."""
    said = status.mark if status and meta.display_marks is not False else None
    return said if said and said.strip() else None


def _mark_key(status: HomeworkStatus) -> str:
    return keys.native("mark", PROVIDER, "homework", status.id)


def to_marks(context: Context, envelope: Envelope[list[HomeworkRow], HomeworkMeta]) -> list[Mark]:
    """The marks that homework got; none where the school hides marks.

    Losses: the day of the mark is not said (`given_on` is `None`; `extras` has the due date), no
    weight, no class average.
    """
    return mapped_rows(context, envelope, lambda row, raw: _marks(context, row, raw, envelope.meta))


def _marks(context: Context, row: HomeworkRow, raw: Any, meta: HomeworkMeta) -> Iterator[Mark]:
    status, mark = row.status, _mark(row.status, meta)
    if status is None or mark is None:
        return
    value, out_of = grade_of(mark)
    yield Mark(
        **context.common(raw),
        key=_mark_key(status),
        identity=Identity.NATIVE,
        provider_id=str(status.id),
        status=MarkStatus.GRADED,
        value=value,
        text_value=mark,
        out_of=out_of,
        title=name(row.title) or "",
        subject=subject(row.subject),
        extras=extras(source="homework", due_date=due_of(row.due_date, context.zone).isoformat()),
    )


def grade_of(text: str) -> tuple[Decimal | None, Decimal | None]:
    """Value and scale of `18/20`; only a value of `7`; neither of `B+`."""
    points, slash, scale = text.partition("/")
    value, out_of = decimal(points), decimal(scale)
    if slash and out_of is None:
        return None, None
    return value, out_of if value is not None else None
