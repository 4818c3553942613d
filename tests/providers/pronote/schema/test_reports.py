"""Report cards as servers word them: published, and not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.providers.pronote.schema.reports import ReportPage, TranscriptPage
from tests.providers.pronote.reading import bare, element, number, page

LINE: dict[str, Any] = {
    "N": "12#se1",
    "L": "MATHEMATIQUES",
    "couleur": "#F49737",
    "Matiere": element({"N": "16#ma", "L": "MATHEMATIQUES"}),
    "SurMatiere": element({"N": "0", "L": ""}),
    "Coefficient": number("1"),
    "MoyenneEleve": number("15,00"),
    "MoyenneClasse": number("12,10"),
    "MoyenneInf": number("6,50"),
    "MoyenneSup": number("18,75"),
    "ListeProfesseurs": element([{"N": "3#pr1", "L": "MODELE A."}]),
    "ListeAppreciations": element([{"N": "87#ap1", "L": "Bon trimestre."}]),
}
SAID: dict[str, Any] = {
    "strInfoDatePublication": "Publié le 05/12/2026",
    "graphe": "<svg></svg>",
    "existeServiceAvecNotes": True,
    "General": element({"MoyenneEleve": number("14,25"), "MoyenneClasse": number("12,80")}),
    "ListeServices": element([LINE]),
    "ObjetListeAppreciations": element(
        {
            "ListeAppreciations": element(
                [{"N": "87#ap9", "L": "Ensemble satisfaisant.", "Intitule": "Appréciation globale"}]
            )
        }
    ),
}


def read(said: object) -> ReportPage:
    """The answer, typed."""
    return page(ReportPage, "PageBulletins", said, strict=True).data


@pytest.mark.parametrize("form", [dict, bare])
def test_typed_and_bare_values_read_the_same(form: Callable[[Any], Any]) -> None:
    """All of a report card."""
    found = read(form(SAID))
    (line,) = found.services
    assert (line.average, line.class_min, line.coefficient) == ("15,00", "6,50", "1")
    assert line.teachers[0].label == "MODELE A."
    assert found.overall is not None
    assert (found.overall.average, found.overall.class_max) == ("14,25", None)
    assert found.remarks is not None
    assert found.remarks.comments[0].title == "Appréciation globale"
    assert (found.published, found.is_published, found.message) == ("Publié le 05/12/2026", True, None)


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"Message": "Pas encore publié"}, "Pas encore publié"),
        ({"message": "Pas encore publié"}, "Pas encore publié"),
        ({"Message": "", "message": "Bientôt"}, "Bientôt"),
        ({"Message": "Fermé"} | SAID, "Fermé"),
        ({}, None),
        ({"ListeServices": element([]), "General": None}, None),
    ],
)
def test_three_signs_that_it_is_not_published(said: dict[str, Any], message: str | None) -> None:
    """A message under either spelling, or nothing at all."""
    found = read(said)
    assert (found.is_published, found.message) == (False, message)


@pytest.mark.parametrize("key", ["ListeServices", "General", "ObjetListeAppreciations"])
def test_any_part_of_it_makes_it_published(key: str) -> None:
    """A primary school's may have comments only."""
    assert read({key: SAID[key]}).is_published


def test_a_transcript_keeps_what_is_inside_its_lines() -> None:
    """Whatever a service is made of there."""
    said = {"ListeServices": [LINE | {"ListeDevoirs": [{"Note": number("12")}]}], "NbrMaxDevoirs": 4}
    found = page(TranscriptPage, "PageReleve", said, strict=True).data
    assert found.services[0].model_extra == {"ListeDevoirs": [{"Note": "12"}]}
    assert found.model_extra == {"NbrMaxDevoirs": 4}
    assert found.is_published
    assert not page(TranscriptPage, "PageReleve", {"Message": "Non"}).data.is_published
