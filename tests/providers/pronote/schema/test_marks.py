"""Marks as servers word them: typed and bare, complete and with half of it left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import UnexpectedShape
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.schema.marks import MarksPage
from tests.providers.pronote.reading import bare, date, element, number, page

SERVICE: dict[str, Any] = {
    "N": "12#se1",
    "L": "MATHEMATIQUES",
    "G": 12,
    "ordre": 1,
    "couleur": "#F49737",
    "estServiceEnGroupe": False,
    "moyEleve": number("15,00"),
    "baremeMoyEleve": number("20"),
    "baremeMoyEleveParDefaut": number("20"),
    "moyClasse": number("12,10"),
    "moyMin": number("6,50"),
    "moyMax": number("18,75"),
}
MARK: dict[str, Any] = {
    "N": "60#de1",
    "G": 60,
    "note": number("15,50"),
    "bareme": number("20"),
    "date": date("03/10/2026"),
    "service": element({"N": "12#se1", "L": "MATHEMATIQUES", "G": 12, "couleur": "#F49737"}),
    "periode": element({"N": "11#t1", "L": "Trimestre 1"}),
    "ListeThemes": element([]),
    "commentaire": "Contrôle fractions",
    "coefficient": 0.5,
    "estBonus": True,
}
SAID: dict[str, Any] = {
    "moyGenerale": number("14,25"),
    "avecDetailService": True,
    "listeServices": element([SERVICE]),
    "listeDevoirs": element([MARK]),
}


def read(said: object, *, strict: bool = False) -> Page[MarksPage]:
    """The answer, typed."""
    return page(MarksPage, "DernieresNotes", said, strict=strict)


@pytest.mark.parametrize("form", [dict, bare])
def test_typed_and_bare_values_read_the_same(form: Callable[[Any], Any]) -> None:
    """A server may do either, even for the same key."""
    found = read(form(SAID), strict=True).data
    (service,), (mark,) = found.services, found.marks
    assert (found.overall, found.class_overall, found.out_of) == ("14,25", None, None)
    assert (service.label, service.pupil, service.class_min, service.order) == (
        "MATHEMATIQUES",
        "15,00",
        "6,50",
        1,
    )
    assert (mark.mark, mark.day, mark.coefficient) == ("15,50", dt.date(2026, 10, 3), "0.5")
    assert mark.service is not None
    assert (mark.service.id, mark.service.colour) == ("12#se1", "#F49737")
    assert (mark.is_bonus, mark.is_optional, mark.class_average) == (True, None, None)


@pytest.mark.parametrize("said", [2, 0.5, "0,5", number("1"), None, ""])
def test_a_coefficient_comes_in_any_form(said: object) -> None:
    """None of them is an issue."""
    assert read({"listeDevoirs": [MARK | {"coefficient": said}]}, strict=True).issues == ()


@pytest.mark.parametrize("key", [*MARK])
@pytest.mark.parametrize("value", [None, "gone"])
def test_any_key_of_a_mark_may_be_missing_or_null(key: str, value: object) -> None:
    """The row is there all the same."""
    row = {name: said for name, said in MARK.items() if name != key}
    if value is None:
        row |= {key: None}
    assert len(read({"listeDevoirs": [row]}).data.marks) == 1


def test_unknown_keys_are_kept() -> None:
    """What we do not know today is there for those who do."""
    (mark,) = read({"listeDevoirs": [MARK | {"estTresNeuf": 7}]}).data.marks
    assert mark.model_extra == {"estTresNeuf": 7}


def test_a_bad_row_costs_no_other_and_is_named() -> None:
    """By its place and key, never by its value."""
    found = read({"listeDevoirs": element([MARK, 7, MARK | {"date": date("99/99/2026")}])})
    assert [mark.day for mark in found.data.marks] == [dt.date(2026, 10, 3), None]
    assert {issue.path for issue in found.issues} == {
        "DernieresNotes.listeDevoirs.1",
        "DernieresNotes.listeDevoirs.2.date",
    }
    with pytest.raises(UnexpectedShape, match="listeDevoirs"):
        read({"listeDevoirs": element([7])}, strict=True)


@pytest.mark.parametrize("said", [{}, {"listeServices": None, "listeDevoirs": None}])
def test_a_period_without_marks_is_empty(said: object) -> None:
    """With no issue."""
    found = read(said, strict=True)
    assert (found.data.services, found.data.marks) == ((), ())


def test_a_page_shows_nothing_of_a_person() -> None:
    """Nor does a row."""
    shown = repr(read(SAID)) + repr(read(SAID).data.marks)
    assert "15,50" not in shown
    assert "fractions" not in shown
