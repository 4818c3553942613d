"""What was done in lessons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Identity, LessonContent
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.attached import attachments, settled
from schoolsync.providers.pronote.mapping.mapped import Context, mapped_rows, name, rich, subject
from schoolsync.providers.pronote.schema.notebook import ContentsPage, EntryRow

__all__ = ["to_contents"]


def to_contents(
    context: Context, page: Page[ContentsPage], lessons: Mapping[str, str] | None = None
) -> list[LessonContent]:
    """One record for each thing that was done, in the server's order.

    The key is of the lesson's start, its subject and the heading. Losses: the groups who were
    there, themes, quizzes, elements of the programme (see `native`).

    Args:
        context: The pupil.
        page: Entries of the notebook, one for each lesson.
        lessons: Keys of lessons by the ids that they have in this session, if a listing named them.
    """
    context.issues.extend(page.issues)
    make = partial(_contents, context, lessons or {})
    found = mapped_rows(context, page, page.data.entries, make, "ListeCahierDeTextes")
    return settled(context, found, lambda records: keys.with_keys("content", records, _identity, _content))


def _contents(
    context: Context, lessons: Mapping[str, str], row: EntryRow, raw: Any
) -> Iterator[LessonContent]:
    if row.start is None:
        raise ValueError("contents of no lesson")
    teachers = tuple(called for teacher in row.teachers if (called := name(teacher.label)))
    for position, content in enumerate(row.contents):
        markup, text = rich(content.description)
        key = f"{context.place}.{position}"
        yield LessonContent(
            **context.common(raw),
            key=key,
            identity=Identity.DERIVED,
            provider_id=content.id,
            start=context.local(row.start),
            lesson_key=lessons.get(row.lesson.id or "") if row.lesson else None,
            subject=subject(row.subject.label, row.subject.id, row.colour) if row.subject else None,
            title=name(content.title),
            description_html=markup,
            description_text=text,
            category=name(content.category.label) if content.category else None,
            teachers=teachers,
            attachments=attachments(context, key, content.files),
        )


def _identity(content: LessonContent) -> keys.Parts:
    return (content.start, content.subject.name if content.subject else None, content.title)


def _content(content: LessonContent) -> keys.Parts:
    return (content.teachers, content.category, content.description_text)
