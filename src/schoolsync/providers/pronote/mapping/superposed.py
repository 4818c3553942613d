"""Lessons in the same place: which of them counts.

PRONOTE keeps a cancelled lesson under the one that is given in its place, and its pages show only the
upper one. Evidence: the rule read in the web client, the shape read in several clients.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from schoolsync.model import Lesson, LessonStatus

__all__ = ["linked", "visible"]


def linked(lessons: Sequence[Lesson]) -> list[Lesson]:
    """The same lessons, in the same order, knowing what stands in for what.

    A cancelled lesson that overlaps others which are not has the key of the uppermost of these, and they
    have its key: where one stands in for several, that of the first of these.
    """
    others = _by_day(lesson for lesson in lessons if lesson.status is not LessonStatus.CANCELLED)
    stand_ins: dict[str, str] = {}
    stood_in: dict[str, Lesson] = {}
    for lesson in lessons:
        if lesson.status is not LessonStatus.CANCELLED:
            continue
        above = [other for other in others.get(lesson.start.date(), ()) if _overlap(lesson, other)]
        if not above:
            continue
        stand_ins[lesson.key] = max(above, key=_height).key
        for other in above:
            stood_in[other.key] = min(stood_in.get(other.key, lesson), lesson, key=_order)
    return [_knowing(lesson, stand_ins, stood_in) for lesson in lessons]


def visible(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Those for which no other one stands in, in the same order."""
    return [lesson for lesson in lessons if lesson.replaced_by_key is None]


def _by_day(lessons: Iterable[Lesson]) -> dict[dt.date, list[Lesson]]:
    days: dict[dt.date, list[Lesson]] = {}
    for lesson in lessons:
        days.setdefault(lesson.start.date(), []).append(lesson)
    return days


def _overlap(one: Lesson, other: Lesson) -> bool:
    return one.start < other.end and other.start < one.end


def _height(lesson: Lesson) -> tuple[int, float, str]:
    """The uppermost of some is the greatest: by the server's number, then the earliest."""
    number = lesson.extras.get("pronote.num")
    return number if isinstance(number, int) else -1, -lesson.start.timestamp(), lesson.key


def _order(lesson: Lesson) -> tuple[float, str]:
    return lesson.start.timestamp(), lesson.key


def _knowing(lesson: Lesson, stand_ins: dict[str, str], stood_in: dict[str, Lesson]) -> Lesson:
    if lesson.key in stand_ins:
        return lesson.model_copy(update={"replaced_by_key": stand_ins[lesson.key]})
    if lesson.key in stood_in:
        return lesson.model_copy(update={"replaces_key": stood_in[lesson.key].key})
    return lesson
