"""`schoolsync lessons`: the timetable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from schoolsync.cli.dates import each_day, each_week, week_meant
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


def _parts(days: Days, provider: str) -> Sequence[Days]:
    """PRONOTE gives a week at once; ClassCharts a day."""
    return each_week(days) if provider == "pronote" else each_day(days)


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
    days=week_meant,
    parts=_parts,
)
"""The command."""
