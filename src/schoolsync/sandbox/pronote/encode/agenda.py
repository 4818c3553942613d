"""Events on the wire: `PageAgenda`, whose list is a plain one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from schoolsync.sandbox.college.agenda import AgendaEvent
from schoolsync.sandbox.pronote.encode.words import element, listed, moment, one
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_agenda", "event_kind"]

APPOINTMENTS_SPLIT_SINCE = (2026, 1, 3)
SHARED_APPOINTMENT = 14
"""New since then: everything above counts one more."""
COLOURS = ("#7AB8E6", "#E6A57A", "#A3D977")


def event_kind(number: int, generation: Generation) -> int:
    """The number that this server has for a kind that servers since 2026.1.3 call *number*."""
    is_old = generation.version < APPOINTMENTS_SPLIT_SINCE
    return number - 1 if is_old and number > SHARED_APPOINTMENT else number


def encode_agenda(ids: Ids, events: Iterable[AgendaEvent], generation: Generation) -> dict[str, Any]:
    """*events* in their order, and the headings under which they stand."""
    shown = [*events]
    families = list(dict.fromkeys(event.family for event in shown))
    return {
        "ListeEvenements": [_event(ids, event, families, generation) for event in shown],
        "listeFamilles": listed(_family(ids, name, families) for name in families),
        "AvecExportiCal": False,
    }


def _family(ids: Ids, name: str, families: Sequence[str]) -> dict[str, Any]:
    colour = COLOURS[families.index(name) % len(COLOURS)]
    return element(ids.of(119, f"family:{name}"), name, couleur=colour)


def _event(ids: Ids, event: AgendaEvent, families: Sequence[str], generation: Generation) -> dict[str, Any]:
    family = _family(ids, event.family, families)
    kind = event_kind(event.kind, generation)
    return element(ids.of(118, f"event:{event.number}"), event.label, kind) | {
        "DateDebut": moment(event.start),
        "DateFin": moment(event.end),
        "sansHoraire": event.is_all_day,
        "Commentaire": event.comment,
        "CouleurCellule": family["couleur"],
        "estConseilClasse": event.is_class_council,
        "famille": one(family),
        "strAuteur": event.author.name,
        "estPeriodique": False,
        "nonPublie": False,
    }
