"""`schoolsync averages`: averages by subject, and over all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from schoolsync.cli.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Pupil, Rows, SubjectAverage
    from schoolsync.provider import Days

__all__ = ["AVERAGES"]


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[SubjectAverage]:
    return client.get_averages(days.first, days.last, pupil=pupil)


def _draw(averages: Sequence[SubjectAverage], _: Look) -> RenderableType:
    from schoolsync.cli.render import said, table

    drawing = table("Subject", "Average!", "Class!", "Lowest!", "Highest!")
    for one in averages:
        name = said(one.subject.name) if one.subject else said("Over all", "bold")
        scale = f" / {_figure(one.out_of)}" if one.pupil is not None and one.out_of else ""
        drawing.add_row(
            name,
            said(_figure(one.pupil) + scale, "bold"),
            *(said(_figure(figure), "dim") for figure in (one.class_, one.min, one.max)),
        )
    return drawing


def _figure(value: Decimal | None) -> str:
    from schoolsync.cli.render import number

    return "–" if value is None else number(value)


AVERAGES = Reading(
    name="averages",
    title="Averages",
    help="Averages by subject, and over all.\n\nWithout days: this term.",
    nothing="No averages yet.",
    ask=_ask,
    draw=_draw,
)
"""The command."""
