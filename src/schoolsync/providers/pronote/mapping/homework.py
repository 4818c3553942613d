"""Homework."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Homework, HomeworkState, Identity, Submission
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.attached import attachments, settled
from schoolsync.providers.pronote.mapping.mapped import Context, extras, mapped_rows, name, rich, subject
from schoolsync.providers.pronote.schema.notebook import HomeworkPage, HomeworkRow

__all__ = ["to_homeworks"]

SUBMISSIONS: Mapping[int | None, Submission] = {
    None: Submission.NONE,
    0: Submission.NONE,
    1: Submission.PAPER,
    2: Submission.UPLOAD,
    3: Submission.OTHER,
    4: Submission.AUDIO,
}
"""How it is handed in. Evidence: read."""


def to_homeworks(context: Context, page: Page[HomeworkPage]) -> list[Homework]:
    """The homework, in the server's order.

    The key is of subject, day given and day due: corrected words keep it. Losses: what was handed in
    and its correction, quizzes, the lesson that it was given in (see `native`).
    """
    context.issues.extend(page.issues)
    rows = page.data.homeworks
    found = mapped_rows(context, page, rows, partial(_homeworks, context), "ListeTravauxAFaire")
    return settled(context, found, keys.with_homework_keys)


def _homeworks(context: Context, row: HomeworkRow, raw: Any) -> Iterator[Homework]:
    if row.due is None:
        raise ValueError("homework for no day")
    markup, text = rich(row.description)
    yield Homework(
        **context.common(raw),
        key=context.place,
        identity=Identity.DERIVED,
        provider_id=row.id,
        due=row.due,
        assigned_on=row.assigned,
        subject=subject(row.subject.label, row.subject.id, row.colour) if row.subject else None,
        description_html=markup,
        description_text=text,
        state=_state(row.is_done),
        can_toggle=context.can_tick,
        expected=context.tried("duree", partial(_expected, row.minutes)),
        submission=SUBMISSIONS.get(row.submission, Submission.UNKNOWN),
        attachments=attachments(context, context.place, row.files),
        extras=extras(
            difficulty=row.difficulty if row.difficulty and row.difficulty > 0 else None,
            group=name(row.audience),
            themes=", ".join(filter(None, (name(theme.label) for theme in row.themes))) or None,
        ),
    )


def _state(is_done: bool | None) -> HomeworkState:
    if is_done is None:
        return HomeworkState.UNKNOWN
    return HomeworkState.DONE if is_done else HomeworkState.TODO


def _expected(minutes: int | None) -> dt.timedelta | None:
    """How long it should take; the server says 0 where the teacher says nothing."""
    return dt.timedelta(minutes=minutes) if minutes and minutes > 0 else None
