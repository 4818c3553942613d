"""Asking for school life, by days or by period."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.presence_papers import OtherSheet
from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.encode.people import period_element
from tests.sandbox.pronote.asking import Asker, day

EVER = (dt.date(2025, 9, 1), dt.date(2026, 8, 31))


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in."""
    return Asker(college)


def _days(first: dt.date, last: dt.date) -> dict[str, Any]:
    return {"DateDebut": day(first), "DateFin": day(last)}


def _shown(asker: Asker, **data: Any) -> list[str]:
    rows = asker.ask("PagePresence", tab=19, **data)["listeAbsences"]
    return [(asker.ids.thing(row["N"]) or "").removeprefix("presence:") for row in rows]


def _filed(asker: Asker, first: dt.date, last: dt.date) -> set[str]:
    return {
        f"{one.kind}-{one.number}" if isinstance(one, OtherSheet) else one.record.key
        for one in asker.desk.presence
        if first <= one.day <= last
    }


def test_every_paper_of_the_year(asker: Asker) -> None:
    """Each once, newest first; each id leads back to its paper."""
    rows = asker.ask("PagePresence", tab=19, **_days(*EVER))["listeAbsences"]
    assert len(rows) == len(asker.desk.presence)
    assert set(_shown(asker, **_days(*EVER))) == _filed(asker, *EVER)
    dates = ("date", "dateDebut", "dateDemande")
    days = [next(row[name] for name in ("dateDemande", *dates) if name in row)[:10] for row in rows]
    assert [tuple(one.split("/")[::-1]) for one in days] == sorted(
        (tuple(one.split("/")[::-1]) for one in days), reverse=True
    )


@pytest.mark.parametrize(("back", "length"), [(8, 0), (14, 4), (30, 30)])
def test_days_bound_what_is_shown(asker: Asker, back: int, length: int) -> None:
    """Both included, whatever period is named beside them."""
    first = asker.now.date() - dt.timedelta(days=back)
    last = first + dt.timedelta(days=length)
    period = period_element(asker.ids, "Trimestre 1", 2)
    assert set(_shown(asker, periode=period, **_days(first, last))) == _filed(asker, first, last)


@pytest.mark.parametrize(
    "term", ["Trimestre 1", "Trimestre 2", "Trimestre 3", "Semestre 2", "Année continue"]
)
def test_a_period_bounds_too(asker: Asker, term: str) -> None:
    """Its days, where none are named; any period of the school's will do."""
    record = asker.college.year.period(term).record
    shown = _shown(asker, periode=period_element(asker.ids, term, 2))
    assert set(shown) == _filed(asker, record.start, record.end)


def test_one_day_alone_is_completed_from_the_period(asker: Asker) -> None:
    """The first or the last one."""
    record = asker.college.year.period("Trimestre 2").record
    middle, period = dt.date(2026, 2, 20), period_element(asker.ids, "Trimestre 2", 2)
    assert set(_shown(asker, periode=period, DateDebut=day(middle))) == _filed(asker, middle, record.end)
    assert set(_shown(asker, periode=period, DateFin=day(middle))) == _filed(asker, record.start, middle)


def test_the_whole_year_is_a_period_without_an_id(asker: Asker) -> None:
    """As the school offers it for this screen."""
    assert set(_shown(asker, periode={"G": 1, "L": "Année (Trois trimestres)"})) == _filed(asker, *EVER)


def test_what_stands_beside_the_papers(asker: Asker) -> None:
    """Rights, sums of the same days, and how far ahead an absence may be announced."""
    said = asker.ask("PagePresence", tab=19, **_days(*EVER))
    assert (said["autorisations"]["absence"], said["nbMaxJoursDeclarationAbsence"]) == (True, 7)
    absences, delays = said["listeRecapitulatifs"]
    assert (absences["NombreTotal"], delays["NombreTotal"]) == (4, 2)
    assert said["listeSanctionUtilisateur"] == []
    hours = {row["L"]: row["suivi"] for row in said["Matieres"]}
    assert len(hours) == 8
    nothing = asker.ask("PagePresence", tab=19, **_days(dt.date(2025, 9, 1), dt.date(2025, 9, 2)))
    assert nothing["listeRecapitulatifs"][0]["NombreTotal"] == 0


def test_lessons_are_counted_until_today(asker: Asker) -> None:
    """Those to come nobody has followed."""
    today = asker.now.date()
    until, beyond = (
        asker.ask("PagePresence", tab=19, **_days(today, last))["Matieres"] for last in (today, EVER[1])
    )
    assert until == beyond
    assert until


def test_a_period_of_another_session_is_refused(asker: Asker) -> None:
    """As expired."""
    with pytest.raises(Trouble) as caught:
        asker.ask("PagePresence", tab=19, periode={"N": "105#unknown", "G": 2})
    assert caught.value.number == 22


def test_the_third_pupil_has_an_empty_list(college: SandboxCollege) -> None:
    """And no error."""
    assert _shown(Asker(college, "e3"), **_days(*EVER)) == []
