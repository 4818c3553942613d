"""`schoolsync lessons`: the timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from schoolsync.cli.dates import days_between, each_day, school_week
from schoolsync.cli.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Lesson, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["LESSONS"]


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[Lesson]:
    return client.get_lessons(days.first, days.last, pupil=pupil)


def _days(given: Days, today: dt.date) -> Days:
    """The school week; from a first day on, a week; until a last day, from today."""
    if given.first is None and given.last is None:
        return school_week(today)
    first = given.first or today
    return days_between(first, given.last or first + dt.timedelta(days=6))


def _draw(lessons: Sequence[Any], look: Look) -> RenderableType:
    from schoolsync.cli.week import timetable

    return timetable(lessons, look)


LESSONS = Reading(
    name="lessons",
    title="Lessons",
    help="The timetable.\n\nWithout days: this school week, or the coming one at the weekend.",
    nothing="No lessons.",
    ask=_ask,
    draw=_draw,
    days=_days,
    parts=each_day,
)
"""The command."""
