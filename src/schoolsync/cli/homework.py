"""`schoolsync homework`: what is to be done until when."""

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
    from schoolsync.model import Homework, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["HOMEWORK"]

STATES: Final = {
    "todo": ("to do", "bold yellow"),
    "done": ("done", "green"),
    "late": ("late", "bold red"),
    "excused": ("excused", "dim"),
    "unknown": ("not said", "dim"),
}
"""Words and colours."""


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[Homework]:
    return client.get_homeworks(days.first, days.last, pupil=pupil)


def _draw(homeworks: Sequence[Homework], look: Look) -> RenderableType:
    from rich.text import Text

    from schoolsync.cli.render import day, said, subject_name, table

    drawing = table("Due!", "Subject", "Homework", "State!")
    for one in homeworks:
        word, style = STATES[one.state]
        due = one.due.date() if isinstance(one.due, dt.datetime) else one.due
        if one.state == "todo" and due < look.today:
            word, style = "overdue", "bold red"
        drawing.add_row(day(due, look), said(subject_name(one.subject)), _what(one, look), Text(word, style))
    return drawing


def _what(one: Homework, look: Look) -> Text:
    """The title, and below it what was written, how long it takes and what hangs on it."""
    from rich.text import Text

    from schoolsync.cli.render import body, duration, said

    head = one.title or one.kind
    lines = [said(head, "bold")] if head else []
    if one.description_text:
        lines.append(body(one.description_text, look))
    lines = lines or [said("Homework", "bold")]
    if not look.is_brief:
        facts = [duration(one.expected)] if one.expected else []
        facts += [f"from {one.teacher}"] if one.teacher else []
        facts += [f"with {', '.join(file.name for file in one.attachments)}"] if one.attachments else []
        lines += [said(" · ".join(facts), "dim italic")] if facts else []
    return Text("\n").join(lines)


HOMEWORK = Reading(
    name="homework",
    title="Homework",
    help="Homework by the day it is due.\n\nWithout days: from today on.",
    nothing="No homework.",
    ask=_ask,
    draw=_draw,
)
"""The command."""
