"""`schoolsync announcements`: news from the school."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from schoolsync.cli.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Announcement, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["ANNOUNCEMENTS"]

WANTED: Final = {
    "none": "",
    "acknowledge": "please confirm",
    "survey": "please answer",
    "consent": "your consent is asked",
}
"""What the school expects back."""


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[Announcement]:
    return client.get_announcements(days.first, days.last, pupil=pupil)


def _draw(announcements: Sequence[Announcement], look: Look) -> RenderableType:
    from schoolsync.cli.render import day, table

    drawing = table("Day!", "Announcement")
    for one in announcements:
        drawing.add_row(day(one.published_at.date(), look), _news(one, look))
    return drawing


def _news(one: Announcement, look: Look) -> Text:
    """The title, what it says, and what to do about it."""
    from rich.text import Text

    from schoolsync.cli.render import body, said

    head = [said(one.title or "Announcement", "bold")]
    head += [Text("new", "green")] if one.is_read is False else []
    head += [Text("pinned", "cyan")] if one.is_pinned else []
    head += [Text(WANTED[one.response], "bold yellow")] if WANTED[one.response] else []
    lines = [Text(" · ").join(head)]
    if one.body_text:
        lines.append(body(one.body_text, look))
    facts = [f"from {one.author}"] if one.author else []
    facts += [f"with {', '.join(file.name for file in one.attachments)}"] if one.attachments else []
    if facts and not look.is_brief:
        lines.append(said(" · ".join(facts), "dim italic"))
    return Text("\n").join(lines)


ANNOUNCEMENTS = Reading(
    name="announcements",
    title="Announcements",
    help="News from the school, newest first.\n\nWithout days: all that the school shows.",
    nothing="No announcements.",
    ask=_ask,
    draw=_draw,
)
"""The command."""
