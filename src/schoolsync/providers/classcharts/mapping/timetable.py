"""Lessons."""

from __future__ import annotations

from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Identity, Lesson, LessonKind, LessonStatus
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.mapping.mapped import (
    Context,
    extras,
    local,
    mapped_rows,
    name,
    said,
    subject,
)
from schoolsync.providers.classcharts.schema.timetable import LessonRow, TimetableMeta

__all__ = ["to_lessons"]


def to_lessons(context: Context, envelope: Envelope[list[LessonRow], TimetableMeta]) -> list[Lesson]:
    """The lessons of one day, by start.

    Losses: a cancelled lesson is simply not listed; a replaced one does not say what it replaces.
    """
    lessons = mapped_rows(context, envelope, lambda row, raw: [_lesson(context, row, raw)])
    return sorted(keys.with_lesson_keys(lessons), key=lambda lesson: (lesson.start.timestamp(), lesson.key))


def _lesson(context: Context, row: LessonRow, raw: Any) -> Lesson:
    start, end = local(row.start_time, context.zone), local(row.end_time, context.zone)
    group, teacher, room = name(row.lesson_name), name(row.teacher_name), name(row.room_name)
    return Lesson(
        **context.common(raw),
        key="",
        identity=Identity.DERIVED,
        provider_id=row.lesson_id,
        start=start,
        end=end,
        subject=subject(row.subject_name),
        teachers=(teacher,) if teacher else (),
        rooms=(room,) if room else (),
        groups=(group,) if group else (),
        kind=LessonKind.BREAK if row.is_break else LessonKind.LESSON,
        status=LessonStatus.REPLACED if row.is_alternative_lesson else LessonStatus.SCHEDULED,
        note=said(row.note) or said(row.note_abstract),
        own_note=said(row.pupil_note) or said(row.pupil_note_abstract),
        period_label=name(row.period_number),
        extras=extras(key=row.key, period_name=row.period_name, teacher_id=row.teacher_id),
    )
