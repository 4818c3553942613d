"""Assessments as servers word them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.providers.pronote.schema.evaluations import EvaluationsPage
from tests.providers.pronote.reading import bare, date, element, page

LEVEL: dict[str, Any] = {
    "N": "27#na1",
    "G": 1,
    "L": "Très bonne maîtrise",
    "abbreviation": "A+",
    "ordre": 1,
    "coefficient": 1,
    "domaine": element({"N": "25#do1", "L": "Écouter et comprendre"}),
    "item": element({"N": "25#it1", "L": "Comprendre un message simple"}),
    "pilier": element({"N": "23#pi1", "L": "LANGUES VIVANTES", "strPrefixes": "D1.2, D2"}),
}
EVALUATION: dict[str, Any] = {
    "N": "29#ev1",
    "L": "Compréhension orale",
    "descriptif": "Unit 2",
    "coefficient": 1,
    "date": date("02/10/2026"),
    "individu": element({"N": "3#pr1", "L": "MODELE A."}),
    "matiere": element(
        {"N": "16#an", "L": "ANGLAIS LV1", "couleur": "#0FA28B", "serviceConcerne": element({"N": "12#se2"})}
    ),
    "periode": element({"N": "11#t1", "L": "Trimestre 1"}),
    "listePaliers": element([{"N": "27#pa1", "L": "Cycle 4"}]),
    "listeNiveauxDAcquisitions": element([LEVEL]),
    "libelleSujet": "unit2.pdf",
}


@pytest.mark.parametrize("form", [dict, bare])
def test_typed_and_bare_values_read_the_same(form: Callable[[Any], Any]) -> None:
    """All of an assessment."""
    said = form({"listeEvaluations": element([EVALUATION])})
    (row,) = page(EvaluationsPage, "DernieresEvaluations", said, strict=True).data.evaluations
    (level,) = row.levels
    assert (row.label, row.paper_name, row.stages[0].label) == (
        "Compréhension orale",
        "unit2.pdf",
        "Cycle 4",
    )
    assert level.pillar is not None
    assert (level.kind, level.abbreviation, level.pillar.prefixes) == (1, "A+", "D1.2, D2")
    assert row.subject is not None
    assert row.subject.service is not None
    assert (row.subject.id, row.subject.service.id) == ("16#an", "12#se2")


@pytest.mark.parametrize("key", [*EVALUATION])
def test_any_key_may_be_missing_or_null(key: str) -> None:
    """The row is there all the same."""
    without = {name: said for name, said in EVALUATION.items() if name != key}
    for row in (without, without | {key: None}):
        found = page(EvaluationsPage, "DernieresEvaluations", {"listeEvaluations": [row]})
        assert len(found.data.evaluations) == 1


def test_a_bad_level_costs_neither_its_assessment_nor_the_others() -> None:
    """It is an issue."""
    row = EVALUATION | {"listeNiveauxDAcquisitions": element([LEVEL, "no level"])}
    found = page(EvaluationsPage, "DernieresEvaluations", {"listeEvaluations": element([row])})
    assert len(found.data.evaluations[0].levels) == 1
    (issue,) = found.issues
    assert issue.path == "DernieresEvaluations.listeEvaluations.0.listeNiveauxDAcquisitions.1"
