"""`schoolsync contents`: what was done in the lessons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from schoolsync.cli.dates import week_meant
from schoolsync.cli.reading import Reading, beyond

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import LessonContent, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["CONTENTS"]


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[LessonContent]:
    return beyond(client, "get_lesson_contents")(days.first, days.last, pupil=pupil)


def _draw(contents: Sequence[LessonContent], look: Look) -> RenderableType:
    from schoolsync.cli.render import clock, day, said, subject_name, table

    drawing = table("Lesson!", "Subject", "What was done")
    for one in contents:
        when = day(one.start.date(), look).append(f" {clock(one.start)}")
        drawing.add_row(when, said(subject_name(one.subject)), _what(one, look))
    return drawing


def _what(one: LessonContent, look: Look) -> Text:
    """The heading, what was written, and what hangs on it."""
    from rich.text import Text

    from schoolsync.cli.render import body, said

    heads = [part for part in (one.title, one.category) if part]
    lines = [said(" · ".join(heads), "bold")] if heads else []
    lines += [body(one.description_text, look)] if one.description_text else []
    files = ", ".join(file.name for file in one.attachments)
    lines += [said(f"with {files}", "dim italic")] if files else []
    return Text("\n").join(lines)


CONTENTS = Reading(
    name="contents",
    title="Contents of lessons",
    help="What was done in the lessons. PRONOTE.\n\n"
    "Without days: this school week, or the coming one at the weekend.",
    nothing="Nothing was written down.",
    ask=_ask,
    draw=_draw,
    days=week_meant,
)
"""The command."""
