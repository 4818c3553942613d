"""Lessons in the same place: which of them counts.

PRONOTE keeps a cancelled lesson under the one that is given in its place, and its pages show only the
upper one. Evidence: the rule read in the web client, the shape read in several clients.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from schoolsync.model import Lesson, LessonStatus

__all__ = ["Occupied", "linked", "visible"]

DAY = dt.timedelta(days=1)
MOST_DAYS = 31
"""Outings that last longer count on their first days only."""


class Occupied:
    """Lessons by day, to find those that lie in some time."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        self.lessons: dict[dt.date, list[Lesson]] = {}
        for lesson in lessons:
            first, last = lesson.start.date(), lesson.end.date()
            self.lessons.setdefault(first, []).append(lesson)
            if first == last:  # nearly all
                continue
            for later in range(1, min((last - first).days, MOST_DAYS) + 1):
                self.lessons.setdefault(first + later * DAY, []).append(lesson)

    def within(self, start: dt.datetime, end: dt.datetime) -> list[Lesson]:
        """The lessons of the day of *start* that take some of that time."""
        there = self.lessons.get(start.date(), ())
        return [lesson for lesson in there if lesson.start < end and start < lesson.end]

    def is_free(self, start: dt.datetime, end: dt.datetime) -> bool:
        """Whether no lesson of the day of *start* takes any of that time."""
        for lesson in self.lessons.get(start.date(), ()):
            if lesson.start < end and start < lesson.end:
                return False
        return True


def linked(lessons: Sequence[Lesson]) -> list[Lesson]:
    """The same lessons, in the same order, knowing what stands in for what.

    A cancelled lesson that overlaps others which are not has the key of the uppermost of these, and they
    have its key: where one stands in for several, that of the first of these.
    """
    cancelled = [lesson for lesson in lessons if lesson.status is LessonStatus.CANCELLED]
    if not cancelled:
        return [*lessons]
    others = Occupied(lesson for lesson in lessons if lesson.status is not LessonStatus.CANCELLED)
    stand_ins: dict[str, Lesson] = {}
    stood_in: dict[str, Lesson] = {}
    for lesson in cancelled:
        above = others.within(lesson.start, lesson.end)
        if above:
            stand_ins[lesson.key] = max(above, key=_height)
        for other in above:
            stood_in[other.key] = min(stood_in.get(other.key, lesson), lesson, key=_order)
    return [_knowing(lesson, stand_ins, stood_in) for lesson in lessons] if stand_ins else [*lessons]


def visible(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Those for which no other one stands in, in the same order."""
    return [lesson for lesson in lessons if lesson.replaced_by_key is None]


def _height(lesson: Lesson) -> tuple[int, float, str]:
    """The uppermost of some is the greatest: by the server's number, then the earliest."""
    number = lesson.extras.get("pronote.num")
    return number if isinstance(number, int) else -1, -lesson.start.timestamp(), lesson.key


def _order(lesson: Lesson) -> tuple[float, str]:
    return lesson.start.timestamp(), lesson.key


def _knowing(lesson: Lesson, stand_ins: Mapping[str, Lesson], stood_in: Mapping[str, Lesson]) -> Lesson:
    if lesson.key in stand_ins:
        return lesson.model_copy(update={"replaced_by_key": stand_ins[lesson.key].key})
    if lesson.key in stood_in:
        return lesson.model_copy(update={"replaces_key": stood_in[lesson.key].key})
    return lesson
