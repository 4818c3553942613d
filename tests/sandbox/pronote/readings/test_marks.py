"""Asking for marks and assessments, by period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.encode.people import period_element
from schoolsync.sandbox.pronote.ids import Ids
from schoolsync.sandbox.pronote.readings.marks import asked_period
from tests.sandbox.pronote.asking import Asker

TERMS = ("Trimestre 1", "Trimestre 2", "Trimestre 3")


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in."""
    return Asker(college)


def _period(asker: Asker, name: str) -> dict[str, Any]:
    return period_element(asker.ids, name, 2)


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("key", ["Periode", "periode"])
def test_marks_of_a_period(asker: Asker, term: str, key: str) -> None:
    """Exactly those, newest first, whichever way the key is written; each id leads back to its mark."""
    data: dict[str, Any] = {key: _period(asker, term)}
    rows = asker.ask("DernieresNotes", **data)["listeDevoirs"]
    expected = [f"mark:{sheet.record.key}" for sheet in asker.desk.marks.sheets_of(term)]
    assert [asker.ids.thing(row["N"]) for row in rows] == expected
    assert expected
    assert {asker.ids.thing(row["periode"]["N"]) for row in rows} == {f"period:{term}"}
    days = [tuple(reversed(row["date"].split("/"))) for row in rows]
    assert days == sorted(days, reverse=True)


def test_all_terms_together_are_all_marks(asker: Asker) -> None:
    """None is lost, and none stands in two terms; semesters have none."""
    counts = [
        len(asker.ask("DernieresNotes", Periode=_period(asker, term))["listeDevoirs"]) for term in TERMS
    ]
    assert sum(counts) == len(asker.desk.marks.sheets)
    assert asker.ask("DernieresNotes", Periode=_period(asker, "Semestre 1"))["listeDevoirs"] == []


def test_averages_are_those_of_the_book(asker: Asker) -> None:
    """By subject, where there is one, and over all."""
    said = asker.ask("DernieresNotes", Periode=_period(asker, "Trimestre 3"))
    sent = {row["L"]: row["moyEleve"] for row in said["listeServices"] if row["moyEleve"]}
    *averages, overall = asker.desk.marks.averages("Trimestre 3")
    told = {one.subject.name: one.pupil for one in averages if one.subject and one.pupil is not None}
    assert {name: Decimal(text.replace(",", ".")) for name, text in sent.items()} == told
    assert Decimal(said["moyGenerale"].replace(",", ".")) == overall.pupil


def test_a_corrected_mark_comes_out(asker: Asker) -> None:
    """Under the same id, with other averages."""
    before = asker.ask("DernieresNotes", Periode=_period(asker, "Trimestre 3"))
    row = next(one for one in before["listeDevoirs"] if one["note"] == "15,5")
    key = (asker.ids.thing(row["N"]) or "").removeprefix("mark:")
    asker.desk.marks.set_value(key, "3.25")
    after = asker.ask("DernieresNotes", Periode=_period(asker, "Trimestre 3"))
    changed = next(one for one in after["listeDevoirs"] if one["N"] == row["N"])
    assert changed == {**row, "note": "3,25", "noteMin": "3,25"}
    assert before["moyGenerale"] != after["moyGenerale"]


def test_who_names_no_period_is_given_the_present_one(asker: Asker) -> None:
    """As today has it."""
    assert asked_period(asker.call()).record.name == "Trimestre 3"
    autumn = attrs.evolve(asker, now=asker.now - dt.timedelta(days=120))
    assert asked_period(autumn.call()).record.name == "Trimestre 1"
    assert asked_period(asker.call(periode={"G": 2, "L": "Trimestre 1"})).record.name == "Trimestre 3"


@pytest.mark.parametrize("function", ["DernieresNotes", "DernieresEvaluations"])
def test_a_period_of_another_session_is_refused(asker: Asker, function: str) -> None:
    """As expired."""
    stranger = Asker(asker.college, ids=Ids(b"another session"))
    with pytest.raises(Trouble) as caught:
        asker.ask(function, periode=_period(stranger, "Trimestre 1"))
    assert caught.value.number == 22


@pytest.mark.parametrize("term", TERMS)
def test_assessments_of_a_period(asker: Asker, term: str) -> None:
    """Exactly those, newest first."""
    rows = asker.ask("DernieresEvaluations", periode=_period(asker, term))["listeEvaluations"]
    sheets = [one for one in asker.desk.evaluations if one.period == term]
    assert {asker.ids.thing(row["N"]) for row in rows} == {f"assessment:{one.record.key}" for one in sheets}
    assert len(rows) == len(sheets)


def test_the_newest_assessment_comes_first(asker: Asker) -> None:
    """Within its period."""
    first, *others = asker.desk.evaluations
    later = first.record.model_copy(update={"day": dt.date(2026, 3, 10), "title": "Le plus récent"})
    asker.desk.evaluations = [*others, attrs.evolve(first, record=later)]
    rows = asker.ask("DernieresEvaluations", periode=_period(asker, "Trimestre 3"))["listeEvaluations"]
    assert rows[0]["L"] == "Le plus récent"


def test_the_third_pupil_has_empty_lists(college: SandboxCollege) -> None:
    """And no error."""
    noe = Asker(college, "e3")
    for term in TERMS:
        said = noe.ask("DernieresNotes", Periode=_period(noe, term))
        assert (said["listeDevoirs"], said["listeServices"], "moyGenerale" in said) == ([], [], False)
        assert noe.ask("DernieresEvaluations", periode=_period(noe, term)) == {"listeEvaluations": []}
