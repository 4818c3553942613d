"""Events on the wire, on both sides of 2026.1.3."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from schoolsync.sandbox.college.agenda import ELECTION, EVENT, PUBLIC_HOLIDAY, agenda
from schoolsync.sandbox.college.year import CollegeYear
from schoolsync.sandbox.pronote.encode.agenda import encode_agenda, event_kind
from schoolsync.sandbox.pronote.generations import CURRENT, GENERATIONS, Generation
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

IDS = Ids(b"a session")
EVENTS = agenda(CollegeYear(dt.date(2026, 3, 9)))


def test_an_event_with_everything() -> None:
    """In a list without a type; the heading has the colour."""
    said = encode_agenda(IDS, EVENTS, CURRENT)
    assert isinstance(said["ListeEvenements"], list)
    assert unwrapped(said["ListeEvenements"][0]) == {
        "N": IDS.of(118, "event:1"),
        "L": "Semaine de la presse",
        "G": 0,
        "DateDebut": "09/03/2026 00:00:00",
        "DateFin": "13/03/2026 23:59:00",
        "sansHoraire": True,
        "Commentaire": "Un journal par jour au CDI & à l'accueil.",
        "CouleurCellule": "#7AB8E6",
        "estConseilClasse": False,
        "famille": {"N": IDS.of(119, "family:Vie scolaire"), "L": "Vie scolaire", "couleur": "#7AB8E6"},
        "strAuteur": "CANEVAS R.",
        "estPeriodique": False,
        "nonPublie": False,
    }


def test_headings_stand_beside_the_events() -> None:
    """Each once, in the order of the events."""
    families = unwrapped(encode_agenda(IDS, EVENTS, CURRENT))["listeFamilles"]
    assert [one["L"] for one in families] == ["Vie scolaire", "Vie de classe", "Jours fériés"]
    assert len({one["couleur"] for one in families}) == 3


@pytest.mark.parametrize(
    ("version", "kinds"),
    [((2025, 1, 3), (0, 14, 16)), ((2026, 1, 2), (0, 14, 16)), ((2026, 1, 3), (0, 15, 17))],
)
def test_kinds_shifted(version: tuple[int, ...], kinds: tuple[int, ...]) -> None:
    """When the appointments were split."""
    generation = attrs.evolve(CURRENT, version=version)
    assert tuple(event_kind(kind, generation) for kind in (EVENT, ELECTION, PUBLIC_HOLIDAY)) == kinds


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_events_are_sent_with_the_servers_kinds(generation: Generation) -> None:
    """All of them."""
    rows = encode_agenda(IDS, EVENTS, generation)["ListeEvenements"]
    is_new = generation.version >= (2026, 1, 3)
    assert [row["G"] for row in rows] == ([0, 15, 0, 17] if is_new else [0, 14, 0, 16])
