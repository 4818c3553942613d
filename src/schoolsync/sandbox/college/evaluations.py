"""Assessments of skills at the invented collège: what was assessed, and the levels that were reached."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs

from schoolsync.model import Skill, SkillAssessment
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.markbook import Service
from schoolsync.sandbox.college.marks import SERVICES, past_day
from schoolsync.sandbox.college.resources import StoredFile, document
from schoolsync.sandbox.college.roll import TEACHERS, Teacher
from schoolsync.sandbox.papers import named

__all__ = ["LEVELS", "Acquired", "EvaluationSheet", "Level", "draw_evaluations", "evaluation_sheet"]


@attrs.frozen
class Level:
    """How well something is mastered."""

    number: int
    """The kind that the server gives it."""
    label: str
    """`Très bonne maîtrise`."""
    abbreviation: str
    """`A+`."""


LEVELS = (
    Level(1, "Très bonne maîtrise", "A+"),
    Level(2, "Maîtrise satisfaisante", "A"),
    Level(3, "Maîtrise fragile", "C"),
    Level(4, "Maîtrise insuffisante", "E"),
    Level(10, "Non évalué", "Ne"),
)
"""From the best; then the word for nothing to say."""
BEST, GOOD, FRAGILE, POOR, NONE = LEVELS


@attrs.frozen
class Acquired:
    """One skill of an assessment, and the level reached."""

    level: Level
    """How well."""
    domain: str
    """What it belongs to; without an `item`, what was assessed."""
    pillar: str
    """The great chapter of the curriculum."""
    prefixes: str
    """Its numbers in the curriculum: `D1.2, D2`."""
    item: str | None = None
    """What was assessed, where it is more precise than the domain."""
    coefficient: int = 1
    """Its weight."""

    @property
    def skill(self) -> Skill:
        """As a correct client delivers it."""
        return Skill(
            label=self.item or self.domain,
            level=self.level.label,
            domain=self.domain if self.item else self.pillar,
        )


@attrs.frozen
class EvaluationSheet:
    """One assessment."""

    record: SkillAssessment
    """As a correct client delivers it."""
    service: Service
    """In which subject."""
    period: str
    """Name of the period in which it counts."""
    teacher: Teacher
    """Who assessed."""
    skills: tuple[Acquired, ...]
    """What was assessed, in the school's order."""
    domain: str | None = None
    """What all of it belongs to."""
    stages: tuple[str, ...] = ("Cycle 4",)
    """Stages of the curriculum."""
    description: str = ""
    """What the teacher wrote about it."""
    paper: StoredFile | None = None
    """What had to be done."""


def evaluation_sheet(
    desk: CollegeDesk,
    number: int,
    service: Service,
    day: dt.date,
    title: str,
    skills: tuple[Acquired, ...],
    *,
    coefficient: int = 1,
    description: str = "",
    **more: Any,
) -> EvaluationSheet:
    """An assessment whose neutral record says the same as its other fields; *more* are fields of it.

    Raises:
        LookupError: *day* lies outside the school year.
    """
    teacher = next(one for one in TEACHERS if one.subject == service.name)
    record = SkillAssessment(
        **named(
            "assessment",
            number,
            desk.pupil,
            description=description or None,
            levels=" ".join(one.level.abbreviation for one in skills) or None,
        ),
        subject=service.subject,
        title=title,
        day=day,
        teacher=teacher.name,
        coefficient=Decimal(coefficient),
        skills=tuple(one.skill for one in skills),
    )
    period = desk.year.term_of(day).record.name
    return EvaluationSheet(record, service, period, teacher, skills, description=description, **more)


def draw_evaluations(desk: CollegeDesk) -> list[EvaluationSheet]:
    """Assessments of a pupil: with precise skills, with domains only, with nothing filled in yet."""
    number = desk.file.number
    if number == "e3":
        return []
    service = {one.name: one for one in SERVICES}
    recent, older = past_day(desk.year, 3), past_day(desk.year, 67)
    speaking = Acquired(
        BEST, "Écouter et comprendre", "LANGUES VIVANTES", "D1.2, D2", "Comprendre un message"
    )
    listening = Acquired(
        FRAGILE, "Écouter et comprendre", "LANGUES VIVANTES", "D1.2, D2", "Suivre un récit", 2
    )
    counting = Acquired(GOOD, "Calculer", "LANGAGES MATHEMATIQUES", "D1.3")
    proving = Acquired(POOR, "Raisonner", "LANGAGES MATHEMATIQUES", "D1.3")
    drawing = Acquired(NONE, "Expérimenter, produire", "ARTS", "D1.4, D5", "Choisir & mêler les matières")
    sheets = [
        evaluation_sheet(
            *(desk, 1, service["ANGLAIS LV1"], recent, "Compréhension orale", (speaking, listening)),
            description="Unit 2",
            domain="Écouter",
            paper=document("evaluation-1", "unit 2.pdf"),
        ),
        evaluation_sheet(
            *(desk, 2, service["MATHEMATIQUES"], recent, "Calcul littéral", (counting, proving)),
            coefficient=2,
        ),
        evaluation_sheet(
            *(desk, 3, service["ARTS PLASTIQUES"], older, "Collage", (drawing,)),
            stages=("Cycle 3", "Cycle 4"),
        ),
        evaluation_sheet(desk, 4, service["FRANCAIS"], older, "Récitation", ()),
    ]
    return sheets if number == "e1" else sheets[1:2]
