"""`schoolsync behaviour`: remarks and points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from schoolsync.cli.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import BehaviourEvent, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["BEHAVIOUR"]

COLOURS: Final = {"positive": "green", "negative": "red", "neutral": "dim"}


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[BehaviourEvent]:
    return client.get_behaviour_events(days.first, days.last, pupil=pupil)


def _draw(events: Sequence[BehaviourEvent], look: Look) -> RenderableType:
    from rich.text import Text

    from schoolsync.cli.render import day, said, table

    has_points = any(event.points for event in events)
    drawing = table("Day!", *(["Points!"] if has_points else []), "What for", "From", "Lesson")
    for event in events:
        points = Text(f"{event.points:+}" if event.points else "", COLOURS[event.polarity], justify="right")
        drawing.add_row(
            day(event.at.date(), look),
            *([points] if has_points else []),
            said(event.reason, "" if has_points else COLOURS[event.polarity]),
            said(event.given_by, "dim"),
            said(event.lesson_name, "dim"),
        )
    return drawing


BEHAVIOUR = Reading(
    name="behaviour",
    title="Behaviour",
    help="Remarks and points, newest first.\n\nWithout days: about the last month; on PRONOTE, this term.",
    nothing="Nothing was noted.",
    ask=_ask,
    draw=_draw,
)
"""The command."""
