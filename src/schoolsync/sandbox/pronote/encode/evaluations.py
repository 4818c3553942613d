"""Assessments of skills on the wire: `DernieresEvaluations`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from schoolsync.sandbox.college.evaluations import Acquired, EvaluationSheet
from schoolsync.sandbox.pronote.encode.marks import plain_number, service_element
from schoolsync.sandbox.pronote.encode.people import period_element, subject_element, teacher_element
from schoolsync.sandbox.pronote.encode.words import day, element, listed, one
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_evaluations"]


def encode_evaluations(ids: Ids, sheets: Iterable[EvaluationSheet]) -> dict[str, Any]:
    """*sheets* in their order."""
    return {"listeEvaluations": listed(_evaluation(ids, sheet) for sheet in sheets)}


def _evaluation(ids: Ids, sheet: EvaluationSheet) -> dict[str, Any]:
    record = sheet.record
    said = {
        "N": ids.of(29, f"assessment:{record.key}"),
        "L": record.title,
        "descriptif": sheet.description,
        "coefficient": plain_number(record.coefficient),
        "individu": one(teacher_element(ids, sheet.teacher, None)),
        "matiere": one(_subject(ids, sheet)),
        "periode": one(period_element(ids, sheet.period)),
        "listePaliers": listed(element(ids.of(27, f"stage:{name}"), name) for name in sheet.stages),
        "listeNiveauxDAcquisitions": listed(reversed(_levels(ids, sheet))),
    }
    if record.day:
        said["date"] = day(record.day)
    if sheet.domain:
        said["domaine"] = one(_domain(ids, sheet.domain))
    if sheet.paper:
        said["libelleSujet"] = sheet.paper.name
    return said


def _subject(ids: Ids, sheet: EvaluationSheet) -> dict[str, Any]:
    """The subject, with the service that it is here."""
    service = service_element(ids, sheet.service)
    return subject_element(
        ids,
        sheet.service.name,
        None,
        couleur=service["couleur"],
        ordre=1,
        serviceConcerne=one({"N": service["N"], "L": service["L"]}),
    )


def _levels(ids: Ids, sheet: EvaluationSheet) -> list[dict[str, Any]]:
    """The levels reached; each says where it stands, because the server sends them in no order."""
    return [_level(ids, skill) | {"ordre": place} for place, skill in enumerate(sheet.skills, 1)]


def _level(ids: Ids, skill: Acquired) -> dict[str, Any]:
    level = skill.level
    pillar = element(ids.of(24, f"pillar:{skill.pillar}"), skill.pillar, strPrefixes=skill.prefixes)
    said = element(ids.of(28, f"level:{level.label}"), level.label, level.number) | {
        "abbreviation": level.abbreviation,
        "coefficient": skill.coefficient,
        "domaine": one(_domain(ids, skill.domain)),
        "pilier": one(pillar),
    }
    if skill.item:
        said["item"] = one(element(ids.of(26, f"item:{skill.item}"), skill.item))
    return said


def _domain(ids: Ids, name: str) -> dict[str, Any]:
    return element(ids.of(25, f"domain:{name}"), name)
