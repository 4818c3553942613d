"""Totals beside the events."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.errors import UnexpectedShape
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.totals import EventCount, PresenceTotals, SubjectTime, to_totals
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.presence import PresencePage
from tests.providers.pronote.reading import NEW, OLD, bare, context, element, page

MATHS: dict[str, Any] = {
    "N": "16#ma",
    "L": "MATHEMATIQUES",
    "P": 1,
    "regroupement": 0,
    "dansRegroupement": 0,
    "suivi": 72000,
    "absence": 14400,
    "excluCours": 3600,
    "excluEtab": 0,
    "infirmerie": 600,
}
LANGUAGES = {"L": "LANGUES", "regroupement": 3, "dansRegroupement": 0, "suivi": 5400, "absence": 1800}
ENGLISH = {"L": "ANGLAIS LV1", "regroupement": 0, "dansRegroupement": 3, "suivi": 5400, "absence": 1800}
HOUR = dt.timedelta(hours=1)


def totals(said: dict[str, Any], here: Context | None = None, **more: bool) -> PresenceTotals:
    """What an answer becomes."""
    return to_totals(here or context(), page(PresencePage, "PagePresence", said, **more))


@pytest.mark.parametrize("is_typed", [True, False])
def test_time_by_subject(is_typed: bool) -> None:
    """Seconds become time; a group is told from its subjects."""
    said = {"Matieres": element([MATHS, LANGUAGES, ENGLISH])}
    maths, languages, english = totals(said if is_typed else bare(said), strict=True).subjects
    assert maths == SubjectTime(
        "MATHEMATIQUES", 20 * HOUR, 4 * HOUR, HOUR, dt.timedelta(), dt.timedelta(minutes=10)
    )
    assert (languages.is_group, languages.group) == (True, None)
    assert (english.is_group, english.group) == (False, "LANGUES")
    assert english.excluded_from_lessons is None


def test_a_group_is_not_counted_twice() -> None:
    """Exclusions are time missed; what is not said is no time."""
    found = totals({"Matieres": element([MATHS, LANGUAGES, ENGLISH])})
    assert (found.followed, found.missed) == (21.5 * HOUR, 5.5 * HOUR)
    unsaid = totals({"Matieres": [{"L": "ARTS"}]})
    assert (unsaid.followed, unsaid.missed) == (None, None)


@pytest.mark.parametrize(
    ("said", "duration"),
    [
        ("4h00", 4 * HOUR),
        ("102h30", 102.5 * HOUR),
        ("0h05", dt.timedelta(minutes=5)),
        ("3h", 3 * HOUR),
        ("", None),
        (None, None),
    ],
)
def test_how_often(said: str | None, duration: dt.timedelta | None) -> None:
    """Hours of any number of digits."""
    row = {"G": 13, "L": "Absences", "NombreTotal": 2, "NbrHeures": said, "NombreNonJustifie": 0}
    (found,) = totals({"listeRecapitulatifs": element([row])}, strict=True).counts
    assert found == EventCount("Absences", Kind.ABSENCE, 2, 0, duration)


def test_hours_that_are_none_are_an_issue() -> None:
    """They cost themselves only."""
    here = context()
    row = {"L": "Absences", "NombreTotal": 2, "NbrHeures": "?"}
    (found,) = totals({"listeRecapitulatifs": [row]}, here).counts
    assert (found.total, found.duration) == (2, None)
    assert [(issue.path, issue.is_row_lost) for issue in here.issues] == [
        ("PagePresence.listeRecapitulatifs.0.NbrHeures", False)
    ]
    with pytest.raises(UnexpectedShape, match="NbrHeures"):
        totals({"listeRecapitulatifs": [{"NbrHeures": "plus tard"}]}, context(strict=True))


def test_a_kind_is_counted_as_that_server_counts() -> None:
    """And may be left out, as the label may."""
    for number, version in ((71, NEW), (72, OLD)):
        (found,) = totals({"listeRecapitulatifs": [{"G": number}]}, context(version)).counts
        assert (found.kind, found.label, found.total) == (Kind.MEASURE, "", None)
    assert totals({"listeRecapitulatifs": [{"L": "Absences"}]}).counts[0].kind is None


def test_nothing_is_nothing() -> None:
    """Of a school that shows no totals."""
    assert totals({}, strict=True) == totals({"message": "Non publié"}) == PresenceTotals()


def test_a_time_beyond_all_measure_is_an_issue() -> None:
    """Beside the others."""
    here = context()
    found = totals({"Matieres": [MATHS | {"suivi": 10**20}, MATHS]}, here)
    assert len(found.subjects) == 1
    assert [issue.path for issue in here.issues] == ["PagePresence.Matieres.0"]
