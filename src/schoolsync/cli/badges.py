"""`schoolsync badges`: awards, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from schoolsync.cli.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Badge, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["BADGES"]


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[Badge]:
    from schoolsync.model import Rows

    found = client.get_badges(pupil=pupil)
    return Rows((badge for badge in found if badge.awarded_at in days), found.issues)


def _draw(badges: Sequence[Badge], look: Look) -> RenderableType:
    from rich.text import Text

    from schoolsync.cli.render import day, said, table

    drawing = table("Day!", "Badge", "For", "Points!", "From")
    for badge in badges:
        drawing.add_row(
            day(badge.awarded_at.date(), look),
            Text.assemble(("★ ", badge.colour or "yellow"), said(badge.name, "bold")),
            said(badge.reason),
            Text("" if badge.points is None else f"{badge.points:+}", "green"),
            said(badge.awarded_by, "dim"),
        )
    return drawing


BADGES = Reading(
    name="badges",
    title="Badges",
    help="Badges, newest first.\n\nWithout days: all of them.",
    nothing="No badges yet.",
    ask=_ask,
    draw=_draw,
)
"""The command."""
