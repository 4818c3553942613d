"""Assessments of skills on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.evaluations import LEVELS, Acquired, evaluation_sheet
from schoolsync.sandbox.college.marks import SERVICES
from schoolsync.sandbox.college.resources import document
from schoolsync.sandbox.pronote.encode.evaluations import encode_evaluations
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

IDS = Ids(b"a session")
DAY = dt.date(2026, 2, 10)
SKILLS = (
    Acquired(LEVELS[0], "Écouter", "LANGUES", "D1.2, D2", "Comprendre un message"),
    Acquired(LEVELS[2], "Lire", "LANGUES", "D1.2", coefficient=2),
)


def _sent(college: SandboxCollege, *skills: Acquired, **more: Any) -> Any:
    sheet = evaluation_sheet(college.desks["e1"], 1, SERVICES[0], DAY, "Bilan", skills, **more)
    (row,) = unwrapped(encode_evaluations(IDS, [sheet]))["listeEvaluations"]
    return row


def test_an_assessment_with_everything(college: SandboxCollege) -> None:
    """Who, when, in which subject, at which stage."""
    row = _sent(
        college,
        *SKILLS,
        coefficient=2,
        description="Unit 2",
        domain="Écouter",
        stages=("Cycle 3", "Cycle 4"),
        paper=document("x-1", "sujet.pdf"),
    )
    del row["listeNiveauxDAcquisitions"]
    assert row == {
        "N": IDS.of(29, "assessment:assessment-e1-1"),
        "L": "Bilan",
        "descriptif": "Unit 2",
        "coefficient": 2,
        "date": "10/02/2026",
        "domaine": {"N": IDS.of(25, "domain:Écouter"), "L": "Écouter"},
        "individu": {"N": IDS.of(3, "teacher:t1"), "L": "MODELE A."},
        "matiere": {
            "N": IDS.of(79, "subject:MATHEMATIQUES"),
            "L": "MATHEMATIQUES",
            "couleur": "#F49737",
            "ordre": 1,
            "serviceConcerne": {"N": IDS.of(97, "service:MATHEMATIQUES"), "L": "MATHEMATIQUES"},
        },
        "periode": {"N": IDS.of(105, "period:Trimestre 2"), "L": "Trimestre 2"},
        "listePaliers": [
            {"N": IDS.of(27, "stage:Cycle 3"), "L": "Cycle 3"},
            {"N": IDS.of(27, "stage:Cycle 4"), "L": "Cycle 4"},
        ],
        "libelleSujet": "sujet.pdf",
    }


def test_levels_come_in_no_order_and_say_theirs(college: SandboxCollege) -> None:
    """Each with its domain and pillar; the item only where there is one."""
    second, first = _sent(college, *SKILLS)["listeNiveauxDAcquisitions"]
    assert first == {
        "N": IDS.of(28, "level:Très bonne maîtrise"),
        "G": 1,
        "L": "Très bonne maîtrise",
        "abbreviation": "A+",
        "ordre": 1,
        "coefficient": 1,
        "domaine": {"N": IDS.of(25, "domain:Écouter"), "L": "Écouter"},
        "item": {"N": IDS.of(26, "item:Comprendre un message"), "L": "Comprendre un message"},
        "pilier": {"N": IDS.of(24, "pillar:LANGUES"), "L": "LANGUES", "strPrefixes": "D1.2, D2"},
    }
    assert (second["ordre"], second["coefficient"], "item" in second) == (2, 2, False)


def test_a_plain_assessment(college: SandboxCollege) -> None:
    """No skills, no domain, no paper."""
    row = _sent(college)
    assert (row["listeNiveauxDAcquisitions"], row["descriptif"]) == ([], "")
    assert not {"domaine", "libelleSujet"} & set(row)
