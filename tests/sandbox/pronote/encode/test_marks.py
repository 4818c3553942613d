"""Marks and averages on the wire."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.markbook import ClassFigures, MarkBook, Said, Service, mark_sheet
from schoolsync.sandbox.college.resources import document
from schoolsync.sandbox.pronote.encode.marks import encode_marks, plain_number, service_element
from schoolsync.sandbox.pronote.generations import CURRENT, GENERATIONS, Generation
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

IDS = Ids(b"a session")
DAY = dt.date(2026, 2, 10)
MATHS, SPANISH = Service("MATHEMATIQUES", Decimal(3)), Service("ESPAGNOL LV2", is_in_groups=True)
ARTS = Service("ARTS PLASTIQUES", shows_class=False)
CLASS: ClassFigures = (Decimal("11.42"), Decimal("4.5"), Decimal(19))


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil, with an empty book."""
    desk = college.desks["e1"]
    desk.marks = MarkBook((MATHS, SPANISH, ARTS))
    return desk


def _sent(desk: CollegeDesk, generation: Generation = CURRENT) -> Any:
    return unwrapped(encode_marks(IDS, desk.marks, "Trimestre 2", generation))


def test_a_mark_with_everything(desk: CollegeDesk) -> None:
    """Numbers with a comma and a type, the weight as it is; the title is what the server calls a comment."""
    sheet = mark_sheet(
        *(desk, 1, MATHS, DAY, "15.5", "Contrôle"),
        class_figures=CLASS,
        paper=document("x-1", "sujet.pdf"),
        correction=document("x-2", "corrigé.pdf"),
        coefficient=Decimal("0.5"),
        is_rescaled=True,
        comment="Bien",
    )
    desk.marks.sheets = [sheet]
    (row,) = _sent(desk)["listeDevoirs"]
    assert row == {
        "N": IDS.of(30, "mark:mark-e1-1"),
        "G": 59,
        "note": "15,5",
        "bareme": "20",
        "baremeParDefaut": "20",
        "date": "10/02/2026",
        "service": {
            "N": IDS.of(97, "service:MATHEMATIQUES"),
            "L": "MATHEMATIQUES",
            "G": 12,
            "couleur": "#F49737",
        },
        "periode": {"N": IDS.of(105, "period:Trimestre 2"), "L": "Trimestre 2"},
        "ListeThemes": [],
        "moyenne": "11,42",
        "noteMax": "19",
        "noteMin": "4,5",
        "estEnGroupe": False,
        "commentaire": "Contrôle",
        "commentaireSurNote": "Bien",
        "coefficient": 0.5,
        "estFacultatif": False,
        "estBonus": False,
        "estRamenerSur20": True,
        "libelleSujet": "sujet.pdf",
        "libelleCorrige": "corrigé.pdf",
    }


def test_types_stand_beside_marks(desk: CollegeDesk) -> None:
    """Ten for marks, seven for days, and 24 for what has parts."""
    desk.marks.sheets = [mark_sheet(desk, 1, MATHS, DAY, "15.5", class_figures=CLASS)]
    said = encode_marks(IDS, desk.marks, "Trimestre 2", CURRENT)
    assert (said["listeDevoirs"]["_T"], said["listeServices"]["_T"], said["moyGenerale"]["_T"]) == (
        24,
        24,
        10,
    )
    row = said["listeDevoirs"]["V"][0]
    assert {name: row[name]["_T"] for name in ("note", "bareme", "moyenne", "date", "service")} == {
        "note": 10,
        "bareme": 10,
        "moyenne": 10,
        "date": 7,
        "service": 24,
    }


@pytest.mark.parametrize(
    ("said", "sent"), [("|1", "|1"), ("|8|20", "|8|20"), ("", ""), ("??", "??"), (0, "0"), ("7.25", "7,25")]
)
def test_what_was_written_is_sent(desk: CollegeDesk, said: Said, sent: str) -> None:
    """Codes as they are, numbers with a comma."""
    desk.marks.sheets = [mark_sheet(desk, 1, MATHS, DAY, said)]
    assert _sent(desk)["listeDevoirs"][0]["note"] == sent


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_newer_servers_leave_out_what_is_empty(desk: CollegeDesk, generation: Generation) -> None:
    """Older ones send it empty."""
    desk.marks.sheets = [mark_sheet(desk, 1, MATHS, DAY, "12", default_out_of=None)]
    row = _sent(desk, generation)["listeDevoirs"][0]
    names = [
        *("moyenne", "noteMin", "noteMax", "baremeParDefaut"),
        *("commentaire", "commentaireSurNote", "libelleSujet", "libelleCorrige"),
    ]
    if generation.version < (2024, 3, 9):
        assert [row[name] for name in names] == [""] * len(names)
    else:
        assert not set(names) & set(row)


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_the_kind_of_a_mark_shifted(desk: CollegeDesk, generation: Generation) -> None:
    """By one, when the quiz editor went; that of a service never did."""
    desk.marks.sheets = [mark_sheet(desk, 1, MATHS, DAY, "12")]
    row = _sent(desk, generation)["listeDevoirs"][0]
    assert row["G"] == (60 if generation.version < (2025, 1, 3) else 59)
    assert row["service"]["G"] == 12


def test_averages_of_a_subject(desk: CollegeDesk) -> None:
    """The pupil's and the class's; where the subject stands in the school's order."""
    desk.marks.sheets = [
        mark_sheet(desk, 1, MATHS, DAY, "15.5", class_figures=CLASS),
        mark_sheet(desk, 2, SPANISH, DAY, "8", class_figures=CLASS),
    ]
    maths, spanish = _sent(desk)["listeServices"]
    assert maths == {
        "N": IDS.of(97, "service:MATHEMATIQUES"),
        "L": "MATHEMATIQUES",
        "G": 12,
        "couleur": "#F49737",
        "ordre": 1,
        "estServiceEnGroupe": False,
        "estServiceGroupe": False,
        "moyEleve": "15,50",
        "baremeMoyEleve": "20",
        "baremeMoyEleveParDefaut": "20",
        "moyClasse": "11,42",
        "moyMin": "4,50",
        "moyMax": "19,00",
    }
    assert (spanish["ordre"], spanish["estServiceEnGroupe"]) == (2, True)


def test_what_families_do_not_see_is_empty(desk: CollegeDesk) -> None:
    """The class's figures of one subject; and an average that nothing counts for."""
    desk.marks.sheets = [
        mark_sheet(desk, 1, ARTS, DAY, "12", class_figures=CLASS),
        mark_sheet(desk, 2, MATHS, DAY, "|3"),
    ]
    said = _sent(desk)
    maths, arts = said["listeServices"]
    assert [arts[name] for name in ("moyEleve", "moyClasse", "moyMin", "moyMax")] == ["12,00", "", "", ""]
    assert maths["moyEleve"] == ""
    assert (said["moyGenerale"], "moyGeneraleClasse" in said) == ("12,00", False)


def test_the_overall_average(desk: CollegeDesk) -> None:
    """With its scale; nothing of it where families do not see it."""
    desk.marks.sheets = [mark_sheet(desk, 1, MATHS, DAY, "15.5", class_figures=CLASS)]
    names = ("moyGenerale", "moyGeneraleClasse", "baremeMoyGenerale", "baremeMoyGeneraleParDefaut")
    said = _sent(desk)
    assert [said[name] for name in names] == ["15,50", "11,42", "20", "20"]
    desk.marks.shows_overall = False
    assert not set(names) & set(_sent(desk))


def test_an_empty_period_is_an_empty_list(desk: CollegeDesk) -> None:
    """And no error."""
    assert _sent(desk) == {
        "avecDetailService": True,
        "avecDetailDevoir": True,
        "listeServices": [],
        "listeDevoirs": [],
    }


def test_numbers_stand_in_json_as_they_are() -> None:
    """Whole ones without a point."""
    assert [plain_number(one) for one in (Decimal("2.0"), Decimal("0.5"), None)] == [2, 0.5, None]
    assert isinstance(plain_number(Decimal(2)), int)


def test_a_service_can_be_told_apart_from_its_subject() -> None:
    """By its id."""
    assert IDS.thing(service_element(IDS, MATHS)["N"]) == "service:MATHEMATIQUES"
