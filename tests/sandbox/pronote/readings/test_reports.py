"""Asking for report cards and transcripts."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.encode.people import period_element
from tests.sandbox.pronote.asking import Asker


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in."""
    return Asker(college)


def _report(asker: Asker, term: str, tab: int = 13) -> Any:
    period = period_element(asker.ids, term, 2)
    return asker.ask("PageBulletins", tab=tab, classe={}, eleve={}, periode=period)


@pytest.mark.parametrize("term", ["Trimestre 1", "Trimestre 2"])
def test_a_published_report_card(asker: Asker, term: str) -> None:
    """Of the period that was asked for."""
    sheet = next(one for one in asker.desk.reports if one.period == term)
    said = _report(asker, term)
    assert [row["L"] for row in said["ListeServices"]] == [line.service.name for line in sheet.lines]
    assert said["strInfoDatePublication"] == sheet.published
    assert said["Classe"]["L"] == "4B"


@pytest.mark.parametrize("term", ["Trimestre 3", "Année continue"])
def test_what_is_not_published_is_a_message(asker: Asker, term: str) -> None:
    """As is what there will never be."""
    assert _report(asker, term).keys() == {"Message"}


def test_the_class_has_one_too(asker: Asker) -> None:
    """From its own screen, without the pupil."""
    assert "MoyenneEleve" in _report(asker, "Trimestre 1")["ListeServices"][0]
    assert "MoyenneEleve" not in _report(asker, "Trimestre 1", tab=41)["ListeServices"][0]


def test_there_are_no_transcripts(asker: Asker) -> None:
    """And the period must make sense nevertheless."""
    period = period_element(asker.ids, "Trimestre 1", 2)
    assert asker.ask("PageReleve", tab=12, periode=period).keys() == {"message"}
    with pytest.raises(Trouble) as caught:
        asker.ask("PageReleve", tab=12, periode={"N": "105#unknown"})
    assert caught.value.number == 22


def test_of_the_third_pupil_nothing_is_published(college: SandboxCollege) -> None:
    """There were no marks."""
    noe = Asker(college, "e3")
    assert {tuple(_report(noe, term)) for term in ("Trimestre 1", "Trimestre 2")} == {("Message",)}
