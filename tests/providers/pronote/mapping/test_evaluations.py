"""Assessments of skills out of hand-written answers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.model import SkillAssessment
from schoolsync.providers.pronote.mapping.evaluations import to_assessments
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.schema.evaluations import EvaluationsPage
from tests.providers.pronote.reading import bare, context, date, element, page

ITEM: dict[str, Any] = {
    "L": "Très bonne maîtrise",
    "abbreviation": "A+",
    "ordre": 2,
    "domaine": element({"N": "25#do1", "L": "Écouter et comprendre"}),
    "item": element({"N": "25#it1", "L": "Comprendre un message simple"}),
    "pilier": element({"N": "23#pi1", "L": "LANGUES VIVANTES", "strPrefixes": "D1.2, D2"}),
}
DOMAIN = ITEM | {"L": "Maîtrise fragile", "abbreviation": "C", "ordre": 1, "item": None}
ROW: dict[str, Any] = {
    "N": "29#ev1",
    "L": "Compréhension orale",
    "descriptif": "Unit&nbsp;2<br>à la maison",
    "coefficient": 1,
    "date": date("02/10/2026"),
    "individu": element({"N": "3#pr1", "L": "MODELE A."}),
    "matiere": element({"N": "16#an", "L": "ANGLAIS LV1", "couleur": "#0FA28B"}),
    "listeNiveauxDAcquisitions": element([ITEM, DOMAIN]),
}


def assessments(*rows: Any, here: Context | None = None, **more: bool) -> list[SkillAssessment]:
    """What rows become."""
    said = {"listeEvaluations": element(list(rows))}
    return to_assessments(here or context(), page(EvaluationsPage, "DernieresEvaluations", said, **more))


def one(**change: Any) -> SkillAssessment:
    """What a row becomes with some keys changed."""
    (found,) = assessments(ROW | change)
    return found


@pytest.mark.parametrize("is_typed", [True, False])
def test_every_field_of_an_assessment(is_typed: bool) -> None:
    """Skills in the school's order, whatever the server's is."""
    (found,) = assessments(ROW if is_typed else bare(ROW))
    assert (found.title, found.day, found.teacher, found.coefficient) == (
        "Compréhension orale",
        dt.date(2026, 10, 2),
        "MODELE A.",
        Decimal(1),
    )
    assert found.subject is not None
    assert (found.subject.name, found.subject.colour) == ("ANGLAIS LV1", "#0fa28b")
    assert [(skill.label, skill.level, skill.domain) for skill in found.skills] == [
        ("Écouter et comprendre", "Maîtrise fragile", "LANGUES VIVANTES"),
        ("Comprendre un message simple", "Très bonne maîtrise", "Écouter et comprendre"),
    ]
    assert dict(found.extras) == {
        "pronote.description": "Unit 2\nà la maison",
        "pronote.levels": "C A+",
    }
    assert (found.provider_id, found.identity) == ("29#ev1", "derived")


@pytest.mark.parametrize(
    ("change", "label", "domain"),
    [
        ({}, "Comprendre un message simple", "Écouter et comprendre"),
        ({"item": element({"N": "0", "L": ""})}, "Écouter et comprendre", "LANGUES VIVANTES"),
        ({"domaine": None}, "Comprendre un message simple", None),
        ({"item": None, "pilier": None}, "Écouter et comprendre", None),
        ({"item": None, "domaine": None}, "LANGUES VIVANTES", None),
        ({"item": None, "domaine": None, "pilier": None}, "", None),
    ],
)
def test_a_skill_is_called_by_the_finest_name(change: Any, label: str, domain: str | None) -> None:
    """And belongs to the next coarser one."""
    (skill,) = one(listeNiveauxDAcquisitions=[ITEM | change]).skills
    assert (skill.label, skill.domain) == (label, domain)


def test_levels_without_a_place_stand_last_in_the_server_s_order() -> None:
    """They are not lost."""
    levels = [{"L": "b"}, {"L": "a"}, ITEM]
    assert [skill.level for skill in one(listeNiveauxDAcquisitions=levels).skills] == [
        "Très bonne maîtrise",
        "b",
        "a",
    ]


@pytest.mark.parametrize("key", [*ROW])
def test_what_is_left_out_is_not_said(key: str) -> None:
    """Missing, the row is there all the same, and nothing is guessed."""
    (found,) = assessments({name: said for name, said in ROW.items() if name != key}, strict=True)
    changed = [name for name in type(found).model_fields if getattr(found, name) != getattr(one(), name)]
    assert len([name for name in changed if name not in {"key", "extras"}]) <= 2
    assert changed


def test_a_corrected_level_keeps_the_key() -> None:
    """As do ids, teacher and weight; another day or title is another assessment."""
    corrected = one(
        N="29#other",
        coefficient=2,
        individu=element({"L": "SPECIMEN B."}),
        listeNiveauxDAcquisitions=[ITEM | {"L": "Maîtrise fragile"}],
    )
    assert corrected.key == one().key
    others = {one(date=date("03/10/2026")).key, one(L="Autre").key, one(matiere=element({"L": "ART"})).key}
    assert len(others | {one().key}) == 4


@given(st.permutations(range(3)))
def test_twins_do_not_merge_in_any_order(order: list[int]) -> None:
    """Newest first; on one day by key."""
    rows = [ROW, ROW | {"listeNiveauxDAcquisitions": element([ITEM])}, ROW | {"date": date("09/10/2026")}]
    found = assessments(*[rows[place] for place in order])
    assert found == assessments(*rows)
    assert len({assessment.key for assessment in found}) == 3
    assert found[0].day == dt.date(2026, 10, 9)


def test_raw_rows_and_lost_ones() -> None:
    """A row that is none is an issue."""
    here = context(keep_raw=True)
    (found,) = assessments("none", ROW, here=here, keep_raw=True)
    assert found.raw == ROW
    assert [issue.path for issue in here.issues] == ["DernieresEvaluations.listeEvaluations.0"]
