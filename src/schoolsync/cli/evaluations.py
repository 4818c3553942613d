"""`schoolsync evaluations`: skills that were assessed, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from schoolsync.cli.reading import Reading, beyond

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Pupil, Rows, Skill, SkillAssessment
    from schoolsync.provider import Days

__all__ = ["EVALUATIONS"]


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[SkillAssessment]:
    return beyond(client, "get_evaluations")(days.first, days.last, pupil=pupil)


def _draw(evaluations: Sequence[SkillAssessment], look: Look) -> RenderableType:
    from schoolsync.cli.render import day, said, subject_name, table

    drawing = table("Day!", "Subject", "Assessed", "Skills")
    for one in evaluations:
        drawing.add_row(
            day(one.day, look),
            said(subject_name(one.subject)),
            said(one.title, "bold"),
            _skills(one.skills),
        )
    return drawing


def _skills(skills: Sequence[Skill]) -> Text:
    """Each skill and the level reached, a line each."""
    from rich.text import Text

    from schoolsync.cli.render import said

    lines = [Text.assemble(said(one.label), ": ", said(one.level or "–", "bold")) for one in skills]
    return Text("\n").join(lines)


EVALUATIONS = Reading(
    name="evaluations",
    title="Evaluations",
    help="Skills that were assessed, newest first. PRONOTE.\n\nWithout days: this term.",
    nothing="Nothing was assessed.",
    ask=_ask,
    draw=_draw,
)
"""The command."""
