"""How records look to people: words, days, tables. Nothing here asks a school anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence, Sized
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import attrs
from rich.box import Box
from rich.console import Group as Stack
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from schoolsync.errors import Availability

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync.cli.reading import Answer, Group
    from schoolsync.model import Pupil, Subject

__all__ = [
    "Look",
    "body",
    "clock",
    "counted",
    "day",
    "duration",
    "heading",
    "number",
    "pages",
    "said",
    "section",
    "subject_name",
    "table",
]

LINES: Final[Box] = Box("    \n    \n ── \n    \n ┈┈ \n ── \n    \n    \n")
"""A line below the heads, a fine one between sections, no frame."""

NOT_THERE: Final = {
    Availability.OFF_AT_SCHOOL: "The school has switched this off.",
    Availability.NOT_IN_PROVIDER: "This platform has no such thing.",
    Availability.NOT_FOR_THIS_ACCOUNT: "The school does not show this to this account.",
    Availability.UNKNOWN: "The school does not say.",
}


@attrs.frozen
class Look:
    """What a drawing needs to know about its reader."""

    today: dt.date
    """The day it is at the school."""
    width: int
    """Letters in a line."""
    is_brief: bool = False
    """Whether it is one section among many."""
    most: int | None = None
    """How many lines a section may have; `None`: all."""


# -- words ----------------------------------------------------------------------


def said(text: str | None, style: str = "") -> Text:
    """What somebody wrote, safe for a terminal: letters and line breaks, nothing that steers it."""
    lines = (text or "").splitlines()
    safe = ("".join(sign if sign.isprintable() else " " for sign in line).rstrip() for line in lines)
    return Text("\n".join(safe), style=style)


def subject_name(subject: Subject | None) -> str:
    """The subject's name; empty without one."""
    return subject.name if subject else ""


def day(date: dt.date | None, look: Look) -> Text:
    """`Mon 9 Mar`, with the year if it is another one; today is bold."""
    if date is None:
        return Text("–", style="dim")
    year = "" if date.year == look.today.year else f" {date.year}"
    return Text(f"{date:%a} {date.day} {date:%b}{year}", style="bold" if date == look.today else "")


def clock(moment: dt.datetime) -> str:
    """`09:05`."""
    return f"{moment:%H:%M}"


def duration(length: dt.timedelta) -> str:
    """`45 min`, `2 h`, `1 h 30`, `3 days`."""
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    if hours >= 24 and hours % 24 == minutes == 0:  # noqa: PLR2004 - hours of a day
        return f"{hours // 24} day{'s' * (hours > 24)}"  # noqa: PLR2004
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02}" if minutes else f"{hours} h"


def counted(things: Sized, name: str) -> str:
    """`1 day`, `2 days`."""
    return f"{len(things)} {name}{'s' * (len(things) != 1)}"


def number(value: Decimal) -> str:
    """`7.5`, without zeros that say nothing."""
    return f"{value.normalize():f}"


# -- tables ---------------------------------------------------------------------


def table(*heads: str) -> Table:
    """An empty table; a head that ends in `!` is a column that is never wrapped."""
    drawing = Table(box=LINES, show_edge=False, pad_edge=False, header_style="dim", padding=(0, 1, 0, 0))
    for head in heads:
        drawing.add_column(head.rstrip("!"), no_wrap=head.endswith("!"), overflow="fold")
    return drawing


def body(text: str, look: Look, *, short: int = 120) -> Text:
    """A long text, dim; its first words if the look is brief."""
    if not look.is_brief:
        return said(text, "dim")
    words = " ".join(text.split())
    return said(words if len(words) <= short else words[:short].rsplit(" ", 1)[0] + " …", "dim")


# -- pages ----------------------------------------------------------------------


def heading(pupil: Pupil, note: str | None = None) -> RenderableType:
    """Whose page it is, and a *note* about it."""
    who = said(pupil.name, "bold cyan")
    if pupil.school.name:
        who = Text.assemble(who, "  ", said(pupil.school.name, "dim"))
    if note:
        who = Text.assemble(who, "  ", said(note, "dim italic"))
    return Padding(Rule(who, align="left", style="cyan"), (1, 0, 1, 0))


def section(answer: Answer, look: Look) -> RenderableType:
    """The records of *answer*, or why there is none."""
    if answer.unavailable:
        return Text(NOT_THERE.get(answer.unavailable, answer.unavailable), style="dim italic")
    parts: list[RenderableType] = []
    lines = answer.reading.lines(answer.rows)
    if lines:
        parts.append(answer.reading.draw(lines[: look.most], look))
    else:
        parts.append(Text(answer.reading.nothing, style="dim"))
    if look.most is not None and len(lines) > look.most:
        parts.append(Text(f"and {len(lines) - look.most} more", style="dim"))
    if answer.issues:
        note = f"{counted(answer.issues, 'row')} could not be read in full; --json says which."
        parts.append(Text(note, style="yellow"))
    return Stack(*parts)


def pages(groups: Sequence[Group], look: Look) -> Iterator[RenderableType]:
    """A page for each pupil."""
    for group in groups:
        yield heading(group.pupil)
        for answer in group.answers:
            yield section(answer, look)
    yield Text()
