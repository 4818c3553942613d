"""Marks and averages out of hand-written answers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Mark, SubjectAverage
from schoolsync.providers.pronote.mapping.mapped import Context, Shelved
from schoolsync.providers.pronote.mapping.marks import to_averages, to_marks
from schoolsync.providers.pronote.mapping.periods import key_of_period
from schoolsync.providers.pronote.schema.marks import MarksPage
from tests.providers.pronote.reading import SCHOOL, T1, bare, context, date, element, number, page

MATHS = element({"N": "12#se1", "L": "MATHEMATIQUES", "G": 12, "couleur": "#F49737"})
ROW: dict[str, Any] = {
    "N": "60#de1",
    "G": 60,
    "note": number("15,50"),
    "bareme": number("25"),
    "baremeParDefaut": number("20"),
    "date": date("03/10/2026"),
    "service": MATHS,
    "periode": element({"N": "11#t1", "L": "Trimestre 1"}),
    "moyenne": number("11,42"),
    "noteMax": number("19"),
    "noteMin": number("4,50"),
    "commentaire": "Contrôle &amp; fractions",
    "commentaireSurNote": "<b>Bien</b>",
    "coefficient": 2,
    "estFacultatif": False,
    "estBonus": True,
    "estRamenerSur20": True,
}


def marks(*rows: dict[str, Any], here: Context | None = None, **more: bool) -> list[Mark]:
    """What rows become."""
    answer = page(MarksPage, "DernieresNotes", {"listeDevoirs": element(list(rows))}, **more)
    return to_marks(here or context(), answer)


def one(**change: Any) -> Mark:
    """What a row becomes with some keys changed."""
    (found,) = marks(ROW | change)
    return found


# -- every field ------------------------------------------------------------------


@pytest.mark.parametrize("is_typed", [True, False])
def test_every_field_of_a_mark(is_typed: bool) -> None:
    """Out of typed values and of bare ones."""
    (found,) = marks(ROW if is_typed else bare(ROW))
    assert (found.status, found.value, found.text_value) == ("graded", Decimal("15.5"), None)
    assert (found.out_of, found.default_out_of, found.coefficient) == (Decimal(25), Decimal(20), Decimal(2))
    assert (found.class_average, found.class_min, found.class_max) == (
        Decimal("11.42"),
        Decimal("4.5"),
        Decimal(19),
    )
    assert (found.title, found.comment) == ("Contrôle & fractions", "Bien")
    assert (found.given_on, found.period_key) == (dt.date(2026, 10, 3), key_of_period(SCHOOL, T1))
    assert found.subject is not None
    assert (found.subject.name, found.subject.id, found.subject.colour) == (
        "MATHEMATIQUES",
        "12#se1",
        "#f49737",
    )
    assert (found.is_bonus, found.is_optional, found.is_rescaled) == (True, False, True)
    assert (found.provider, found.provider_id, found.identity) == ("pronote", "60#de1", "derived")
    assert (found.attachments, dict(found.extras), found.raw) == ((), {}, None)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("|1", "absent"),
        ("|2", "exempt"),
        ("|3", "not_graded"),
        ("|4", "unfit"),
        ("|5", "not_submitted"),
        ("|6", "absent_zero"),
        ("|7", "not_submitted_zero"),
        ("|8", "commended"),
        ("|8|20", "commended"),
        ("|1|20", "absent"),
        ("|-1", "unknown"),
        ("|-1|20", "unknown"),
        ("|9", "unknown"),
        ("|", "unknown"),
        ("??", "unknown"),
        ("", "pending"),
        ("  ", "pending"),
        (None, "pending"),
    ],
)
def test_each_code_has_its_meaning(said: str | None, status: str) -> None:
    """None of them is a number, and none of them words."""
    found = one(note=number(said))
    assert (found.status, found.value, found.text_value) == (status, None, None)


def test_a_mark_that_is_not_written_down_is_still_to_come() -> None:
    """Servers leave out what is empty."""
    (found,) = marks({key: said for key, said in ROW.items() if key != "note"})
    assert found.status == "pending"


def test_words_of_a_mark_are_kept_without_a_guess() -> None:
    """We do not know what they mean."""
    found = one(note=number("Acquis"))
    assert (found.status, found.value, found.text_value) == ("unknown", None, "Acquis")


@pytest.mark.parametrize(
    ("said", "value"), [("0", 0), ("20", 20), ("15,5", "15.5"), ("7.25", "7.25"), (12, 12), (-1, -1)]
)
def test_numbers_of_any_form_are_decimals(said: object, value: object) -> None:
    """With a comma, with a point, or as numbers of JSON."""
    assert one(note=number(said)).value == Decimal(str(value))


@pytest.mark.parametrize(
    ("said", "weight"),
    [(0.5, "0.5"), ("0,5", "0.5"), ("0,50", "0.5"), (2, "2"), (2.0, "2"), (number("3"), "3")],
)
def test_a_coefficient_of_any_form(said: object, weight: str) -> None:
    """Half a weight is no weight of binary fractions."""
    assert one(coefficient=said).coefficient == Decimal(weight)


@pytest.mark.parametrize(
    "key",
    "moyenne noteMax noteMin bareme baremeParDefaut coefficient estBonus estFacultatif estRamenerSur20"
    " commentaire commentaireSurNote periode service date".split(),
)
def test_what_is_left_out_is_not_said(key: str) -> None:
    """Missing or null, and in strict mode: neither is an error since 2024.3.9."""
    whole = one()
    for row in ({name: said for name, said in ROW.items() if name != key}, ROW | {key: None}):
        (found,) = marks(row, strict=True)
        changed = [name for name in type(whole).model_fields if getattr(found, name) != getattr(whole, name)]
        assert len([name for name in changed if name != "key"]) == 1
        assert all(getattr(found, name) in {None, ""} for name in changed if name != "key")


def test_a_period_that_the_year_does_not_list_is_found_by_name_or_not_at_all() -> None:
    """It is no error: schools have periods of their own."""
    assert one(periode=element({"N": "11#gone", "L": "Trimestre 1"})).period_key == one().period_key
    assert one(periode=element({"N": "11#gone", "L": "Bac blanc"})).period_key is None


# -- files ------------------------------------------------------------------------


def test_paper_then_solution_are_shelved_under_the_lasting_key() -> None:
    """Both by the mark's id; the code tells them apart."""
    here = context()
    (found,) = marks(ROW | {"libelleSujet": "sujet.pdf", "libelleCorrige": "corrige.pdf"}, here=here)
    assert [(file.name, file.kind, file.ref) for file in found.attachments] == [
        ("sujet.pdf", "file", (found.key, 0)),
        ("corrige.pdf", "file", (found.key, 1)),
    ]
    assert here.files == {
        (found.key, 0): Shelved("60#de1", "sujet.pdf", "DevoirSujet"),
        (found.key, 1): Shelved("60#de1", "corrige.pdf", "DevoirCorrige"),
    }


def test_a_solution_alone_comes_first() -> None:
    """An empty name is no file."""
    here = context()
    (found,) = marks(ROW | {"libelleSujet": "", "libelleCorrige": "corrige.pdf"}, here=here)
    assert [file.ref for file in found.attachments] == [(found.key, 0)]
    assert here.files[found.key, 0].code == "DevoirCorrige"


def test_a_paper_with_an_id_of_its_own_is_known_by_that() -> None:
    """As newer servers have it; its name may stand beside it."""
    here = context()
    own = {"elmSujet": element({"N": "48#f1", "L": "sujet 2.pdf"}), "libelleSujet": "sujet.pdf"}
    other = {"elmCorrige": element({"N": "48#f2", "L": ""}), "libelleCorrige": "corrige.pdf"}
    (found,) = marks(ROW | own | other, here=here)
    assert [here.files[file.ref] for file in found.attachments] == [
        Shelved("48#f1", "sujet 2.pdf", "DevoirSujet"),
        Shelved("48#f2", "corrige.pdf", "DevoirCorrige"),
    ]


def test_the_files_of_every_mark_are_its_own() -> None:
    """Also where two marks differ in nothing but their ids."""
    here = context()
    rows = [ROW | {"N": f"60#de{place}", "libelleSujet": f"{place}.pdf"} for place in range(3)]
    for found in marks(*rows, here=here):
        (file,) = found.attachments
        assert here.files[file.ref].id == found.provider_id
        assert here.files[file.ref].name == file.name
    assert len(here.files) == 3


# -- identity and order --------------------------------------------------------------


def test_a_corrected_mark_keeps_its_key() -> None:
    """Value, class and remark may change; so do ids with every log-in."""
    corrected = one(
        N="60#other",
        note=number("17"),
        moyenne=number("12"),
        commentaireSurNote="Relu",
        service=element({"N": "12#other", "L": "MATHEMATIQUES", "couleur": "#000000"}),
        periode=None,
        estBonus=False,
    )
    assert corrected.key == one().key
    others = (
        one(date=date("04/10/2026")),
        one(commentaire="Autre"),
        one(bareme=number("10")),
        one(coefficient=1),
        one(service=element({"N": "12#se1", "L": "ANGLAIS"})),
    )
    assert len({other.key for other in others} | {one().key}) == 6


def test_the_form_of_a_number_makes_no_other_mark() -> None:
    """`25`, `25,00` and 25."""
    assert one(bareme=number("25,00"), coefficient="2,0").key == one(bareme=25).key == one().key


@given(st.permutations(range(4)))
def test_twins_do_not_merge_in_any_order(order: list[int]) -> None:
    """Two marks that differ in nothing that lasts, among others."""
    rows = [
        ROW | {"N": "60#a", "note": number("12")},
        ROW | {"N": "60#b", "note": number("9")},
        ROW | {"N": "60#c", "commentaire": "Autre"},
        ROW | {"N": "60#d", "date": date("05/10/2026")},
    ]
    found = marks(*[rows[place] for place in order])
    assert found == marks(*rows)
    assert len({mark.key for mark in found}) == 4


@given(st.permutations(range(4)))
def test_twins_are_told_apart_by_all_that_is_said_of_them(order: list[int]) -> None:
    """Flags, the usual scale and files, of which no key is made."""
    rows = [
        ROW,
        ROW | {"estBonus": False},
        ROW | {"baremeParDefaut": number("30")},
        ROW | {"libelleSujet": "sujet.pdf"},
    ]
    assert marks(*[rows[place] for place in order]) == marks(*rows)


def test_newest_first_and_undated_last() -> None:
    """On one day by key, so that the server's order never shows."""
    days = ("03/10/2026", "28/09/2026", "12/10/2026")
    rows = [*(ROW | {"date": date(day)} for day in days), ROW | {"date": None}]
    given_on = [mark.given_on for mark in marks(*rows)]
    assert given_on == [dt.date(2026, 10, 12), dt.date(2026, 10, 3), dt.date(2026, 9, 28), None]
    same_day = marks(*[ROW | {"commentaire": str(title)} for title in range(9)])
    assert [mark.key for mark in same_day] == sorted(mark.key for mark in same_day)


# -- trouble ----------------------------------------------------------------------


def test_a_bad_row_is_an_issue_beside_the_others() -> None:
    """One that the schema lost does not shift the places of those behind it."""
    here = context(keep_raw=True)
    rows = [ROW, 7, ROW | {"note": number("9"), "commentaire": "Deux"}]
    answer = page(MarksPage, "DernieresNotes", {"listeDevoirs": element(rows)}, keep_raw=True)
    found = to_marks(here, answer)
    assert [issue.path for issue in here.issues] == ["DernieresNotes.listeDevoirs.1"]
    by_title = {mark.title: mark.raw for mark in found}
    assert by_title == {"Contrôle & fractions": ROW, "Deux": rows[2]}
    with pytest.raises(UnexpectedShape):
        page(MarksPage, "DernieresNotes", {"listeDevoirs": element(rows)}, strict=True)


# -- averages ----------------------------------------------------------------------

SERVICE: dict[str, Any] = {
    "N": "12#se1",
    "L": "MATHEMATIQUES",
    "couleur": "F49737",
    "moyEleve": number("15,00"),
    "baremeMoyEleve": number("20"),
    "moyClasse": number("12,10"),
    "moyMin": number("6,50"),
    "moyMax": number("18,75"),
}
OVERALL: dict[str, Any] = {
    "moyGenerale": number("14,25"),
    "moyGeneraleClasse": number("12,80"),
    "baremeMoyGenerale": 20,
}


def averages(services: list[Any], here: Context | None = None, **overall: Any) -> list[SubjectAverage]:
    """What the averages of an answer become."""
    said = {"listeServices": element(services)} | overall
    return to_averages(here or context(), page(MarksPage, "DernieresNotes", said), T1)


def test_averages_in_the_server_s_order_and_the_overall_one_last() -> None:
    """All of one answer."""
    last, first, overall = averages([SERVICE | {"L": "Z"}, SERVICE], **OVERALL)
    assert [found.subject and found.subject.name for found in (last, first, overall)] == [
        "Z",
        "MATHEMATIQUES",
        None,
    ]
    assert (first.pupil, first.class_, first.min, first.max, first.out_of) == (
        Decimal(15),
        Decimal("12.1"),
        Decimal("6.5"),
        Decimal("18.75"),
        Decimal(20),
    )
    assert first.subject is not None
    assert first.subject.colour == "#f49737"
    assert (overall.pupil, overall.class_, overall.min, overall.out_of) == (
        Decimal("14.25"),
        Decimal("12.8"),
        None,
        Decimal(20),
    )
    assert {found.period_key for found in (last, first, overall)} == {key_of_period(SCHOOL, T1)}


def test_a_school_that_hides_averages_has_none() -> None:
    """A scale alone says nothing; nor does a code instead of a figure."""
    hidden = {"N": "12#se1", "L": "MATHEMATIQUES", "baremeMoyEleve": number("20"), "moyEleve": number("|3")}
    assert averages([hidden], baremeMoyGenerale=number("20")) == []
    assert averages([]) == []


@pytest.mark.parametrize("key", ["moyEleve", "moyClasse", "moyMin", "moyMax"])
def test_one_figure_is_enough(key: str) -> None:
    """A school may show the class and hide the pupil."""
    (found,) = averages([{"L": "MATHEMATIQUES", key: number("11")}])
    figures = {"moyEleve": found.pupil, "moyClasse": found.class_, "moyMin": found.min, "moyMax": found.max}
    assert {name for name, figure in figures.items() if figure is not None} == {key}


def test_the_usual_scale_stands_in_for_one_left_out() -> None:
    """Of a subject and over all."""
    subject, overall = averages(
        [{"L": "A", "moyEleve": "8", "baremeMoyEleveParDefaut": "10"}],
        moyGenerale="8",
        baremeMoyGeneraleParDefaut="10",
    )
    assert (subject.out_of, overall.out_of) == (Decimal(10), Decimal(10))


def test_a_service_without_a_name_never_passes_for_the_overall_average() -> None:
    """It is an issue."""
    here = context()
    assert averages([{"moyEleve": "3"}, SERVICE], here)[0].pupil == 15
    assert [(issue.path, issue.is_row_lost) for issue in here.issues] == [
        ("DernieresNotes.listeServices.0", True)
    ]
