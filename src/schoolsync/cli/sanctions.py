"""`schoolsync sanctions`: detentions, punishments and exclusions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from schoolsync.cli.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Pupil, Rows, Sanction
    from schoolsync.provider import Days

__all__ = ["SANCTIONS"]

STATES: Final = {
    "pending": ("to come", "bold yellow"),
    "attended": ("attended", "green"),
    "not_attended": ("not attended", "bold red"),
    "upscaled": ("raised", "red"),
    "unknown": ("not said", "dim"),
}
"""Words and colours."""


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[Sanction]:
    return client.get_sanctions(days.first, days.last, pupil=pupil)


def _draw(sanctions: Sequence[Sanction], look: Look) -> RenderableType:
    from rich.text import Text

    from schoolsync.cli.render import said, table

    drawing = table("When!", "What", "For", "Where", "State!")
    for one in sanctions:
        word, style = STATES[one.status]
        drawing.add_row(
            _when(one, look),
            said(_what(one), "bold"),
            said(one.reason),
            said(" · ".join(filter(None, (one.location, one.given_by))), "dim"),
            Text(word, style),
        )
    return drawing


def _when(one: Sanction, look: Look) -> Text:
    """The day it is served, and the time where it is not for whole days."""
    from schoolsync.cli.render import clock, day

    when = day(one.start.date() if one.start else one.given_on, look)
    if one.start and one.start.time() != dt.time():
        when.append(f" {clock(one.start)}")
    return when


def _what(one: Sanction) -> str:
    """`Detention, 30 min`."""
    from schoolsync.cli.render import duration

    length = f", {duration(one.duration)}" if one.duration else ""
    return f"{one.kind.capitalize()}{length}"


SANCTIONS = Reading(
    name="sanctions",
    title="Detentions and other sanctions",
    help="Detentions and other sanctions, latest first.\n\n"
    "Without days: this school year; on PRONOTE, this term.",
    nothing="No detentions, no punishments.",
    ask=_ask,
    draw=_draw,
)
"""The command."""
