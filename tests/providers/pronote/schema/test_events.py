"""The agenda, and the kinds of events that moved in 2026."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.providers.pronote.schema.events import (
    AgendaKind,
    AgendaPage,
    agenda_number,
    read_agenda_kind,
)
from tests.providers.pronote.persons import bare, day, element, listed

OLD, LAST_OLD, FIRST_NEW, NEW = (2024, 3, 11), (2026, 1, 2), (2026, 1, 3), (2026, 2, 6)


@pytest.mark.parametrize("version", [FIRST_NEW, NEW, (2026, 1, 3, 0), ()])
@pytest.mark.parametrize("kind", AgendaKind)
def test_present_servers_count_as_we_do(kind: AgendaKind, version: tuple[int, ...]) -> None:
    """So does one whose version is not known."""
    assert read_agenda_kind(int(kind), version) is kind
    assert agenda_number(kind, version) == int(kind)


@pytest.mark.parametrize("version", [OLD, LAST_OLD])
@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (13, AgendaKind.OWN_APPOINTMENT),
        (14, AgendaKind.ELECTION),
        (15, AgendaKind.DISCIPLINARY_COUNCIL),
        (16, AgendaKind.PUBLIC_HOLIDAY),
        (17, None),
    ],
)
def test_older_servers_count_one_less(number: int, kind: AgendaKind | None, version: tuple[int, ...]) -> None:
    """An election is no appointment, whatever the year."""
    assert read_agenda_kind(number, version) is kind
    if kind is not None:
        assert agenda_number(kind, version) == number


@pytest.mark.parametrize("number", [None, 0, 3, 12, 99, -1])
@pytest.mark.parametrize("version", [LAST_OLD, NEW])
def test_kinds_that_did_not_move_are_not_named(number: int | None, version: tuple[int, ...]) -> None:
    """They stay numbers."""
    assert read_agenda_kind(number, version) is None


EVENT: dict[str, Any] = {
    "N": "1",
    "L": "Brevet blanc",
    "G": 4,
    "DateDebut": day("09/03/2026 08:00:00"),
    "DateFin": day("09/03/2026 10:00:00"),
    "sansHoraire": False,
    "Commentaire": "<p>Salle 3</p>",
    "CouleurCellule": "#FF0000",
    "estConseilClasse": False,
    "famille": element(L="Examens"),
    "strAuteur": "MODELE A.",
    "listeFichiers": listed({"N": "48#1", "G": 1, "L": "plan.pdf"}),
    "estPeriodique": False,
    "nonPublie": False,
}


def test_an_event_typed_or_bare() -> None:
    """The list itself is always bare."""
    typed = AgendaPage.model_validate(bare({"ListeEvenements": [EVENT]}))
    (event,) = typed.events
    assert (event.label, event.author, event.comment) == ("Brevet blanc", "MODELE A.", "<p>Salle 3</p>")
    assert event.family is not None
    assert (event.family.label, event.files[0].label) == ("Examens", "plan.pdf")
    assert AgendaPage.model_validate({"ListeEvenements": [bare(EVENT)]}) == typed


@pytest.mark.parametrize("key", EVENT)
def test_nothing_of_an_event_must_be_there(key: str) -> None:
    """Nor of the page."""
    event = {name: value for name, value in EVENT.items() if name != key}
    assert len(AgendaPage.model_validate(bare({"ListeEvenements": [event]})).events) == 1
    assert AgendaPage.model_validate({"ListeEvenements": None, "listeFamilles": None}).events == ()
