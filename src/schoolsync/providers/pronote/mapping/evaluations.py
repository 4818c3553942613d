"""Assessments of skills."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Identity, Skill, SkillAssessment
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import (
    Context,
    extras,
    mapped_rows,
    name,
    number,
    said,
    subject,
)
from schoolsync.providers.pronote.schema.evaluations import EvaluationRow, EvaluationsPage, SkillLevelRow

__all__ = ["to_assessments"]


def to_assessments(context: Context, page: Page[EvaluationsPage]) -> list[SkillAssessment]:
    """The assessments, newest first, each with its skills in the school's order.

    The key is of subject, day and title, whatever becomes of the levels. Losses: colours and weights
    of single levels, pillars beside a finer domain, paper and solution, the period (see `native`).
    """
    rows = page.data.evaluations
    context.issues.extend(page.issues)
    found = mapped_rows(context, page, rows, partial(_assessments, context), "listeEvaluations")
    keyed = keys.with_keys("assessment", found, _identity, _content)
    keyed.sort(key=lambda assessment: assessment.key)
    return sorted(keyed, key=lambda assessment: assessment.day or dt.date.min, reverse=True)


def _assessments(context: Context, row: EvaluationRow, raw: Any) -> Iterator[SkillAssessment]:
    levels = sorted(row.levels, key=lambda level: (level.order is None, level.order or 0))
    shown = [found for level in levels if (found := name(level.abbreviation))]
    yield SkillAssessment(
        **context.common(raw),
        key="",
        identity=Identity.DERIVED,
        provider_id=row.id,
        subject=subject(row.subject.label, row.subject.id, row.subject.colour) if row.subject else None,
        title=name(row.label) or "",
        day=row.day,
        teacher=name(row.teacher.label) if row.teacher else None,
        coefficient=number(row.coefficient),
        skills=tuple(map(_skill, levels)),
        extras=extras(description=said(row.description), levels=" ".join(shown) or None),
    )


def _skill(row: SkillLevelRow) -> Skill:
    """The finest name that there is, and the next coarser one as its domain."""
    item, domain, pillar = (name(one.label) if one else None for one in (row.item, row.domain, row.pillar))
    label, group = (item, domain) if item else (domain, pillar)
    return Skill(label=label or pillar or "", level=name(row.label), domain=group if label else None)


def _identity(assessment: SkillAssessment) -> keys.Parts:
    called = assessment.subject.name if assessment.subject else None
    return (called, assessment.day, assessment.title)


def _content(assessment: SkillAssessment) -> keys.Parts:
    """Levels last: they are what a teacher corrects."""
    return (
        tuple(skill.label for skill in assessment.skills),
        assessment.teacher,
        assessment.coefficient,
        str(assessment.extras.get("pronote.description", "")),
        tuple(skill.level for skill in assessment.skills),
    )
