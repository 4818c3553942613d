"""Assessments of skills."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.marks import Figure, ServiceRow
from schoolsync.providers.pronote.schema.words import Count, Day, Element, Named, Row, Tuple

__all__ = ["EvaluationRow", "EvaluationsPage", "PillarRow", "SkillLevelRow", "SkillSubjectRow"]


class PillarRow(Named):
    """A group of skills of the national curriculum."""

    prefixes: str | None = Field(None, alias="strPrefixes")
    """`D1.2, D2`."""


class SkillLevelRow(Element):
    """The level reached in one skill. `label` is the level; `kind` one of the year's levels."""

    abbreviation: str | None = None
    """`A+`."""
    order: Count = Field(None, alias="ordre")
    """Place among the skills of the assessment."""
    coefficient: Figure = None
    domain: Named | None = Field(None, alias="domaine")
    item: Named | None = None
    """The skill itself, where it is finer than its domain."""
    pillar: PillarRow | None = Field(None, alias="pilier")


class SkillSubjectRow(Named):
    """The subject of an assessment."""

    colour: str | None = Field(None, alias="couleur")
    order: Count = Field(None, alias="ordre")
    service: ServiceRow | None = Field(None, alias="serviceConcerne")


class EvaluationRow(Element):
    """One assessment. `label` is its title."""

    description: str | None = Field(None, alias="descriptif")
    coefficient: Figure = None
    day: Day = Field(None, alias="date")
    domain: Named | None = Field(None, alias="domaine")
    teacher: Named | None = Field(None, alias="individu")
    subject: SkillSubjectRow | None = Field(None, alias="matiere")
    period: Named | None = Field(None, alias="periode")
    stages: Tuple[Named] = Field((), alias="listePaliers")
    """`Cycle 4`."""
    levels: Tuple[SkillLevelRow] = Field((), alias="listeNiveauxDAcquisitions")
    paper_name: str | None = Field(None, alias="libelleSujet")
    solution_name: str | None = Field(None, alias="libelleCorrige")


class EvaluationsPage(Row):
    """The assessments of one period.

    Wire: `DernieresEvaluations`, tab 201.
    """

    evaluations: Tuple[EvaluationRow] = Field((), alias="listeEvaluations")
