"""School life as servers word it: one list for everything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.providers.pronote.schema.presence import EventRow, PresencePage
from tests.providers.pronote.reading import bare, date, element, page

PUNISHMENT: dict[str, Any] = {
    "N": "41#pu1",
    "G": 41,
    "page": {"Absence": 41},
    "dateDemande": date("25/09/2026"),
    "placeDemande": 6,
    "horsCours": False,
    "estUneExclusion": False,
    "travailAFaire": "Recopier le règlement",
    "circonstances": "Bavardages répétés",
    "duree": 60,
    "demandeur": element({"N": "3#pr1", "L": "MODELE A.", "G": 3}),
    "nature": element({"N": "501#na1", "L": "Retenue", "G": 1, "estAvecARParent": False}),
    "listeMotifs": element([{"N": "500#m3", "L": "Bavardage"}]),
    "programmation": element(
        [{"N": "52#pg1", "G": 52, "date": date("06/10/2026"), "placeExecution": 14, "duree": 60}]
    ),
}
SAID: dict[str, Any] = {
    "autorisations": {"absence": True, "incident": False, "totalHeuresManquees": True},
    "listeAbsences": element([PUNISHMENT]),
    "Matieres": element([{"N": "16#ma", "L": "MATHEMATIQUES", "regroupement": 0, "suivi": 72000}]),
    "listeRecapitulatifs": element([{"G": 13, "NombreTotal": 2, "NbrHeures": "4h00"}]),
}


@pytest.mark.parametrize("form", [dict, bare])
def test_typed_and_bare_values_read_the_same(form: Callable[[Any], Any]) -> None:
    """Events, totals and rights."""
    found = page(PresencePage, "PagePresence", form(SAID), strict=True).data
    (row,) = found.events
    assert row.nature is not None
    assert (row.kind, row.nature.kind, row.nature.wants_receipt, row.minutes) == (41, 1, False, 60)
    (sitting,) = row.sittings
    assert (sitting.day, sitting.place, sitting.minutes) == (dt.date(2026, 10, 6), 14, 60)
    assert row.page is not None
    assert row.page.kind == 41
    assert found.rights is not None
    assert (found.rights.absences, found.rights.incidents, found.rights.delays) == (True, False, None)
    assert (found.subjects[0].followed, found.counts[0].total) == (72000, 2)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("22/09/2026 08:00:00", dt.datetime(2026, 9, 22, 8)),  # noqa: DTZ001 - the wire has no zone
        ("22/09/2026 00:00:00", dt.datetime(2026, 9, 22)),  # noqa: DTZ001
        ("22/09/2026", dt.date(2026, 9, 22)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_alone_is_no_midnight(said: str | None, read: dt.date | None) -> None:
    """No time is said, so there is none."""
    found = EventRow.model_validate({"dateDebut": said}).start
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize("key", [*PUNISHMENT])
def test_any_key_may_be_missing_or_null(key: str) -> None:
    """The row is there all the same."""
    without = {name: said for name, said in PUNISHMENT.items() if name != key}
    for row in (without, without | {key: None}):
        assert len(page(PresencePage, "PagePresence", {"listeAbsences": [row]}).data.events) == 1


def test_a_school_that_shows_nothing_says_so() -> None:
    """By a message, and no lists."""
    found = page(PresencePage, "PagePresence", {"message": "Non publié"}, strict=True).data
    assert (found.message, found.events, found.rights) == ("Non publié", (), None)
