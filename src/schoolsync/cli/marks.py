"""`schoolsync marks`: what was marked, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from schoolsync.cli.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Mark, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["MARKS"]


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[Mark]:
    return client.get_marks(days.first, days.last, pupil=pupil)


def _draw(marks: Sequence[Mark], look: Look) -> RenderableType:
    from schoolsync.cli.render import day, said, subject_name, table

    has_class = any(mark.class_average is not None for mark in marks)
    drawing = table("Day!", "Subject", "For", "Mark!", *(["Class!"] if has_class else []))
    for mark in marks:
        drawing.add_row(
            day(mark.given_on, look),
            said(subject_name(mark.subject)),
            said(mark.title),
            _mark(mark),
            *([_class(mark)] if has_class else []),
        )
        if mark.comment and not look.is_brief:
            drawing.add_row("", "", said(mark.comment, "dim italic"), "")
    return drawing


def _mark(mark: Mark) -> Text:
    """`17 / 20`, `B+`, or why there is none."""
    from schoolsync.cli.render import number, said

    if mark.status != "graded":
        return said(mark.status.replace("_", " "), "dim")
    if mark.value is None:
        return said(mark.text_value or "–", "bold")
    scale = f" / {number(mark.out_of)}" if mark.out_of else ""
    return said(f"{number(mark.value)}{scale}", "bold")


def _class(mark: Mark) -> Text:
    """The average of the class."""
    from schoolsync.cli.render import number, said

    return said("" if mark.class_average is None else number(mark.class_average), "dim")


MARKS = Reading(
    name="marks",
    title="Marks",
    help="Marks, newest first.\n\nWithout days: this school year; on PRONOTE, this term.",
    nothing="No marks.",
    ask=_ask,
    draw=_draw,
)
"""The command."""
