"""Each paper of school life on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import Justification
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.presence_papers import (
    ABSENCE,
    DELAY,
    EXCLUSION,
    MISSED_MEAL,
    PUPIL_OBSERVATION,
    OtherSheet,
    PresenceSheet,
    absence_sheet,
    observation_sheet,
)
from schoolsync.sandbox.college.punishments import (
    MEASURE,
    SANCTION,
    Nature,
    Sitting,
    measure_sheet,
    punishment_sheet,
)
from schoolsync.sandbox.college.resources import document
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR, HEADMISTRESS
from schoolsync.sandbox.pronote.encode.presence import encode_entry
from schoolsync.sandbox.pronote.generations import CURRENT, GENERATIONS, Generation
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

IDS = Ids(b"a session")
DAY = dt.date(2026, 2, 10)
MODELE = TEACHERS[0]
COUNSELLOR_ID = IDS.of(34, "staff:s1")
MODELE_ID = IDS.of(3, "teacher:t1")


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil."""
    return college.desks["e1"]


def _sent(sheet: PresenceSheet, generation: Generation = CURRENT) -> Any:
    return unwrapped(encode_entry(IDS, sheet, generation))


def _reason(name: str) -> dict[str, str]:
    return {"N": IDS.of(86, f"reason:{name}"), "L": name}


# -- absences -----------------------------------------------------------------------


def test_an_absence_with_everything(desk: CollegeDesk) -> None:
    """Two times, hours and days, what the office makes of it."""
    sheet = absence_sheet(
        *(desk, 1, ABSENCE, desk.year.start_of(DAY, 0), desk.year.end_of(DAY, 6, 2)),
        justification=Justification.JUSTIFIED,
        reasons=("Maladie",),
        missed=dt.timedelta(hours=4),
        days=0.5,
        is_open=False,
        is_settled=True,
        word="Fièvre",
    )
    assert _sent(sheet) == {
        "N": IDS.of(13, "presence:absence-e1-1"),
        "G": 13,
        "page": {"Absence": 13},
        "dateDebut": "10/02/2026 08:00:00",
        "dateFin": "10/02/2026 11:55:00",
        "ouverte": False,
        "reglee": True,
        "justifie": True,
        "aJustifierParParents": False,
        "NbrHeures": "4h00",
        "NbrJours": 0.5,
        "justification": "Fièvre",
        "estMotifNonEncoreConnu": False,
        "listeMotifs": [_reason("Maladie")],
    }


@pytest.mark.parametrize(
    ("justification", "justified", "awaited"),
    [
        (Justification.JUSTIFIED, True, False),
        (Justification.PENDING, False, True),
        (Justification.UNJUSTIFIED, False, False),
        (Justification.UNKNOWN, None, None),
    ],
)
def test_two_facts_say_whether_it_is_justified(
    desk: CollegeDesk, justification: Justification, justified: bool | None, awaited: bool | None
) -> None:
    """Or neither is there."""
    sheet = absence_sheet(desk, 1, ABSENCE, desk.year.start_of(DAY, 0), justification=justification)
    said = _sent(sheet)
    assert (said.get("justifie"), said.get("aJustifierParParents")) == (justified, awaited)


def test_a_reason_that_is_not_known_yet(desk: CollegeDesk) -> None:
    """A word stands in its place, and a flag says that it means nothing."""
    start = desk.year.start_of(DAY, 0)
    said = _sent(absence_sheet(desk, 1, ABSENCE, start, is_reason_unknown=True, is_open=True))
    assert (said["estMotifNonEncoreConnu"], said["ouverte"]) == (True, True)
    assert said["listeMotifs"] == [_reason("Motif non encore connu")]
    assert not {"dateFin", "NbrHeures", "NbrJours", "reglee", "justification"} & set(said)


@pytest.mark.parametrize("kind", [DELAY, MISSED_MEAL])
def test_some_have_one_time(desk: CollegeDesk, kind: int) -> None:
    """Late arrivals with their minutes, and missed meals."""
    sheet = absence_sheet(desk, 1, kind, desk.year.start_of(DAY, 0), minutes=10)
    said = _sent(sheet)
    assert (said["G"], said["date"], said["duree"]) == (kind, "10/02/2026 08:00:00", 10)
    assert not {"dateDebut", "dateFin"} & set(said)


def test_an_exclusion_from_a_lesson(desk: CollegeDesk) -> None:
    """With two times, like an absence."""
    sheet = absence_sheet(
        desk, 1, EXCLUSION, desk.year.start_of(DAY, 4), desk.year.end_of(DAY, 4, 2), reasons=("Insolence",)
    )
    said = _sent(sheet)
    assert (said["G"], said["dateDebut"][11:], said["dateFin"][11:]) == (15, "10:05:00", "11:00:00")


# -- punishments ----------------------------------------------------------------------


def test_a_punishment_with_everything(desk: CollegeDesk) -> None:
    """Places are those of the day, unless the server counts by the week."""
    tuesday = DAY + dt.timedelta(7)
    sheet = punishment_sheet(
        *(desk, 1, Nature(1, "Retenue"), DAY, MODELE),
        minutes=120,
        work_to_do="Recopier",
        reasons=("Bavardage",),
        circumstances="Pendant le contrôle",
        place=4,
        is_schedulable=True,
        sittings=(Sitting(tuesday, 17, 60), Sitting(tuesday, 15, 60, says_week_place=True)),
        documents=(document("x-1", "règlement.pdf"),),
    )
    nature = {"N": IDS.of(501, "nature:Retenue"), "L": "Retenue", "G": 1}
    sitting = {"G": 52, "date": "17/02/2026", "duree": 60}
    assert _sent(sheet) == {
        "N": IDS.of(41, "presence:sanction-e1-1"),
        "G": 41,
        "page": {"Absence": 41},
        "dateDemande": "10/02/2026",
        "placeDemande": 4,
        "horsCours": False,
        "estUneExclusion": False,
        "estLieAUnIncident": False,
        "travailAFaire": "Recopier",
        "documentsTAF": [{"N": IDS.of(48, "file:x-1"), "G": 1, "L": "règlement.pdf"}],
        "circonstances": "Pendant le contrôle",
        "documentsCirconstances": [],
        "duree": 120,
        "demandeur": {"N": MODELE_ID, "L": "MODELE A.", "G": 3, "estProfPrincipal": True, "mail": ""},
        "estProgrammable": True,
        "nature": nature | {"estAvecARParent": False, "estProgrammable": True},
        "listeMotifs": [_reason("Bavardage")],
        "programmation": [
            {"N": IDS.of(52, "sitting:sanction-e1-1.1"), "placeExecution": 17, **sitting},
            {"N": IDS.of(52, "sitting:sanction-e1-1.2"), "placeExecution": 35, **sitting},
        ],
    }


def test_a_plain_punishment(desk: CollegeDesk) -> None:
    """Not in a lesson, not at a set time, without work; from somebody of the office."""
    said = _sent(punishment_sheet(desk, 1, Nature(0, "Exclusion de cours"), DAY, COUNSELLOR))
    assert (said["horsCours"], said["estUneExclusion"], said["estProgrammable"]) == (True, True, False)
    assert (said["circonstances"], said["listeMotifs"]) == ("", [])
    assert said["demandeur"] == {
        "N": COUNSELLOR_ID,
        "L": "CANEVAS R.",
        "G": 34,
        "estProfPrincipal": False,
        "mail": "",
    }
    assert not {"placeDemande", "travailAFaire", "documentsTAF", "duree", "programmation"} & set(said)


def test_a_punishment_that_will_be_served_some_day(desk: CollegeDesk) -> None:
    """Has an empty schedule."""
    said = _sent(punishment_sheet(desk, 1, Nature(3, "Autre"), DAY, COUNSELLOR, is_schedulable=True))
    assert (said["estProgrammable"], said["programmation"]) == (True, [])


# -- measures ---------------------------------------------------------------------------


def test_a_measure_with_everything(desk: CollegeDesk) -> None:
    """Who asked, who decided, from which day to which, and from what it keeps away."""
    sheet = measure_sheet(
        *(desk, 1, MEASURE, Nature(0, "Mesure conservatoire"), DAY, COUNSELLOR),
        decider=HEADMISTRESS,
        reasons=("Violence",),
        circumstances="Altercation",
        first=DAY,
        last=DAY + dt.timedelta(1),
        is_exclusion=True,
        closed=(1, 2),
    )
    assert _sent(sheet) == {
        "N": IDS.of(71, "presence:sanction-e1-1"),
        "G": 71,
        "page": {"Absence": 71},
        "nature": {
            "N": IDS.of(501, "nature:Mesure conservatoire"),
            "L": "Mesure conservatoire",
            "G": 0,
            "estAvecARParent": False,
        },
        "commentaire": "",
        "listeMotifs": [_reason("Violence")],
        "estUneExclusion": True,
        "circonstances": "Altercation",
        "documentsCirconstances": [],
        "decideur": {"N": IDS.of(34, "staff:s2"), "L": "ARCHETYPE O."},
        "demandeur": {"N": COUNSELLOR_ID, "L": "CANEVAS R."},
        "dateDemande": "10/02/2026",
        "dateDebut": "10/02/2026",
        "dateFin": "11/02/2026",
        "interditAcces": "[1..2]",
    }


def test_a_sanction_need_not_last(desk: CollegeDesk) -> None:
    """Then there are no days."""
    said = _sent(measure_sheet(desk, 1, SANCTION, Nature(0, "Avertissement"), DAY, COUNSELLOR))
    assert (said["G"], said["estUneExclusion"]) == (42, False)
    assert not {"dateDebut", "dateFin", "interditAcces"} & set(said)


# -- observations and the rest ------------------------------------------------------------


def test_an_observation_with_everything(desk: CollegeDesk) -> None:
    """One of the two kinds stands on the other's page."""
    sheet = observation_sheet(
        *(desk, 1, DAY),
        genre=2,
        kind=PUPIL_OBSERVATION,
        subject="MATHEMATIQUES",
        label="Encouragement",
        category="Divers",
        giver=MODELE,
        comment="Bravo",
        is_read=True,
        wants_receipt=True,
    )
    assert _sent(sheet) == {
        "N": IDS.of(46, "presence:behaviour-e1-1"),
        "G": 46,
        "page": {"Absence": 45},
        "L": "Encouragement",
        "date": "10/02/2026",
        "estLue": True,
        "avecARObservation": True,
        "genreObservation": 2,
        "rubrique": {"N": IDS.of(502, "heading:Divers"), "L": "Divers"},
        "matiere": {"N": IDS.of(79, "subject:MATHEMATIQUES"), "L": "MATHEMATIQUES"},
        "commentaire": "Bravo",
        "demandeur": {"N": MODELE_ID, "L": "MODELE A.", "G": 3, "estProfPrincipal": True, "mail": ""},
    }


def test_an_observation_need_not_be_of_a_lesson(desk: CollegeDesk) -> None:
    """Then there is no subject."""
    sheet = observation_sheet(*(desk, 1, DAY), genre=1, label="Mot", category="Divers", giver=COUNSELLOR)
    said = _sent(sheet)
    assert (said["G"], said["commentaire"], "matiere" in said) == (45, "", False)


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_kinds_are_counted_as_the_server_counts(desk: CollegeDesk, generation: Generation) -> None:
    """Those above 57 one higher until 2025.1.3; the pages with them."""
    shift = 1 if generation.version < (2025, 1, 3) else 0
    measure = measure_sheet(desk, 1, MEASURE, Nature(0, "Mesure"), DAY, COUNSELLOR)
    incident, unknown = OtherSheet(73, 1, DAY, "Incident"), OtherSheet(250, 2, DAY, "Nouveauté")
    for sheet, number in ((measure, 71 + shift), (incident, 73 + shift), (unknown, 250 + shift)):
        said = _sent(sheet, generation)
        assert (said["G"], said["page"]) == (number, {"Absence": number})
    absence = absence_sheet(desk, 1, ABSENCE, desk.year.start_of(DAY, 0))
    sanction = measure_sheet(desk, 1, SANCTION, Nature(0, "Sanction"), DAY, COUNSELLOR)
    assert [_sent(absence, generation)["G"], _sent(sanction, generation)["G"]] == [13, 42]


def test_other_papers_say_what_and_when() -> None:
    """And have an id."""
    said = _sent(OtherSheet(73, 1, DAY, "Incident"))
    assert (said["L"], said["date"]) == ("Incident", "10/02/2026")
    assert IDS.thing(said["N"]) == "presence:73-1"
