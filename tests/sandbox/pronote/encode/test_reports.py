"""Report cards on the wire."""

from __future__ import annotations

from typing import Any

import attrs

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.reports import NOT_YET, ReportSheet
from schoolsync.sandbox.pronote.encode.reports import encode_report, encode_unpublished
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

IDS = Ids(b"a session")


def _first(college: SandboxCollege) -> ReportSheet:
    return college.desks["e1"].reports[0]


def _sent(college: SandboxCollege, **how: Any) -> Any:
    return unwrapped(encode_report(IDS, _first(college), "4B", **how))


def test_a_line_with_everything(college: SandboxCollege) -> None:
    """Averages, weight, teachers, comments; and the parts of a subject, here none of its own."""
    line = _sent(college)["ListeServices"][0]
    teachers = [{"N": IDS.of(3, "teacher:t1"), "L": "MODELE A."}]
    said = ["Bon trimestre.", "Participation à l'oral encore timide."]
    assert line == {
        "N": IDS.of(97, "service:MATHEMATIQUES"),
        "L": "MATHEMATIQUES",
        "couleur": "#F49737",
        "Matiere": {"N": IDS.of(79, "subject:MATHEMATIQUES"), "L": "MATHEMATIQUES"},
        "SurMatiere": {"N": "0", "L": ""},
        "Coefficient": "4",
        "MoyenneEleve": "18,75",
        "MoyenneClasse": "12,10",
        "MoyenneInf": "6,50",
        "MoyenneSup": "18,75",
        "ListeProfesseurs": teachers,
        "ListeAppreciations": [{"N": IDS.of(87, f"comment::{text}"), "L": text} for text in said],
        "ListeElements": [{"N": "0", "L": "", "ListeProfesseurs": teachers}],
    }


def test_a_report_card_says_what_its_record_says(college: SandboxCollege) -> None:
    """By subject, over the whole, and in words."""
    said, record = _sent(college), _first(college).record
    assert [row["MoyenneEleve"] for row in said["ListeServices"]] == [
        str(line.average).replace(".", ",") for line in record.lines if line.subject
    ]
    whole = record.lines[-1]
    assert said["General"] == {
        "MoyenneEleve": str(whole.average).replace(".", ","),
        "MoyenneClasse": str(whole.class_average).replace(".", ","),
    }
    comments = said["ObjetListeAppreciations"]["ListeAppreciations"]
    assert [(one["Intitule"], one["L"]) for one in comments] == [
        ("Appréciation globale", "Ensemble satisfaisant."),
        ("Mention", "Encouragements"),
    ]
    assert (said["strInfoDatePublication"], said["Classe"]["L"]) == ("Publié le 30/11/2025", "4B")
    assert not {"Message", "message"} & set(said)


def test_the_report_card_of_the_class_says_nothing_of_the_pupil(college: SandboxCollege) -> None:
    """No averages and no comments."""
    said = _sent(college, is_of_class=True)
    assert said["General"].keys() == {"MoyenneClasse"}
    for line in said["ListeServices"]:
        assert "MoyenneEleve" not in line
        assert line["ListeAppreciations"] == []
    assert said["ObjetListeAppreciations"]["ListeAppreciations"] == []


def test_until_it_is_published_there_is_a_message(college: SandboxCollege) -> None:
    """The one that its record tells, and nothing else; one too where there is no report card."""
    sheet = next(one for one in college.desks["e1"].reports if not one.record.is_published)
    other = attrs.evolve(sheet, record=sheet.record.model_copy(update={"comments": ("Pas encore.",)}))
    assert encode_unpublished(other) == {"Message": "Pas encore."}
    assert encode_unpublished(None) == {"Message": NOT_YET}
