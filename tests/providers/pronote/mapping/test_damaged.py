"""Marks, assessments, reports and school life out of damaged answers: what is whole survives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from schoolsync.model import Record
from schoolsync.providers.pronote.mapping.evaluations import to_assessments
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.marks import to_averages, to_marks
from schoolsync.providers.pronote.mapping.observations import to_behaviour_events
from schoolsync.providers.pronote.mapping.presence import to_absences
from schoolsync.providers.pronote.mapping.reports import to_reports
from schoolsync.providers.pronote.mapping.sanctions import to_sanctions
from schoolsync.providers.pronote.mapping.totals import to_totals
from schoolsync.providers.pronote.schema.evaluations import EvaluationsPage
from schoolsync.providers.pronote.schema.marks import MarksPage
from schoolsync.providers.pronote.schema.presence import PresencePage
from schoolsync.providers.pronote.schema.reports import ReportPage
from tests.providers.pronote.mapping import test_evaluations as evaluations
from tests.providers.pronote.mapping import test_marks as marks
from tests.providers.pronote.mapping import test_observations as observations
from tests.providers.pronote.mapping import test_presence as presence
from tests.providers.pronote.mapping import test_reports as reports
from tests.providers.pronote.mapping import test_sanctions as sanctions
from tests.providers.pronote.mapping import test_totals as totals
from tests.providers.pronote.reading import T1, context, element, page

JUNK: tuple[Any, ...] = (
    None,
    "?",
    -1,
    10**30,
    1e300,
    [None],
    {},
    "31/02/2026",
    "31/12/9999 23:59:59",
    "01/01/0001 00:00:00",
    "|" * 50,
    "\ud800",
    "9" * 400,
)
NOW = dt.datetime(2026, 10, 6, 12, tzinfo=dt.UTC)


def _of(said: dict[str, Any], kind: Any, function: str, read: Callable[[Context, Any], Any]) -> Any:
    return read(context(), page(kind, function, said))


def _marks(row: Any) -> Any:
    return _of({"listeDevoirs": element([row, marks.ROW])}, MarksPage, "DernieresNotes", to_marks)


def _averages(row: Any) -> Any:
    said = {"listeServices": element([row, marks.SERVICE])}
    return _of(said, MarksPage, "DernieresNotes", lambda here, found: to_averages(here, found, T1))


def _assessments(row: Any) -> Any:
    said = {"listeEvaluations": element([row, evaluations.ROW])}
    return _of(said, EvaluationsPage, "DernieresEvaluations", to_assessments)


def _lines(row: Any) -> Any:
    said = {"ListeServices": element([row, reports.LINE])}
    (found,) = _of(said, ReportPage, "PageBulletins", lambda here, found: to_reports(here, found, T1))
    return found.lines


def _absences(row: Any) -> Any:
    return _of({"listeAbsences": element([row, presence.DELAY])}, PresencePage, "PagePresence", to_absences)


def _sanctions(row: Any) -> Any:
    said = {"listeAbsences": element([row, sanctions.MEASURE])}
    return _of(said, PresencePage, "PagePresence", lambda here, found: to_sanctions(here, found, NOW))


def _events(row: Any) -> Any:
    said = {"listeAbsences": element([row, observations.ROW])}
    return _of(said, PresencePage, "PagePresence", to_behaviour_events)


def _times(row: Any) -> Any:
    return _of({"Matieres": element([row, totals.ENGLISH])}, PresencePage, "PagePresence", to_totals).subjects


def _cases() -> Iterator[Any]:
    for read, row in (
        (_marks, marks.ROW | {"libelleSujet": "a.pdf", "elmCorrige": element({"N": "48#f", "L": "b.pdf"})}),
        (_averages, marks.SERVICE),
        (_assessments, evaluations.ROW),
        (_lines, reports.LINE),
        (_absences, presence.ABSENCE),
        (_sanctions, sanctions.PUNISHMENT),
        (_sanctions, sanctions.MEASURE),
        (_events, observations.ROW),
        (_times, totals.MATHS),
    ):
        for key in row:
            yield pytest.param(read, row, key, id=f"{read.__name__[1:]}-{key}")


@pytest.mark.parametrize(("read", "row", "key"), tuple(_cases()))
def test_no_damage_to_a_key_costs_another_row(read: Callable[[Any], Any], row: Any, key: str) -> None:
    """Nor is it an error; bare, and inside the list or element that stands there."""
    whole = read("no row at all")
    assert len(whole) == 1
    for junk in JUNK:
        for said in (junk, element({"N": junk, "L": junk, "G": junk})):
            found = read({**row, key: said})
            assert 1 <= len(found) <= 2
            assert whole[0] in found or {whole[0].key} & {one.key for one in found if isinstance(one, Record)}
