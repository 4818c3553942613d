"""The school's agenda: events, and their kinds, which servers of different years count differently."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from pydantic import Field

from schoolsync.providers.pronote.schema.files import FileRow
from schoolsync.providers.pronote.schema.words import (
    Element,
    Flag,
    LocalTime,
    Named,
    Row,
    Tuple,
    Version,
)

__all__ = ["AgendaKind", "AgendaPage", "EventRow", "FamilyRow", "agenda_number", "read_agenda_kind"]

SPLIT_SINCE: Version = (2026, 1, 3)
"""From here on the kind of appointments is two kinds, and every later one counts one more."""


class AgendaKind(IntEnum):
    """The kinds of events that moved, as servers since 2026.1.3 count them.

    Evidence: read in two releases of the web client; that the split kind was 13 is inferred from
    the others, which all moved by one.
    """

    OWN_APPOINTMENT = 13
    """Before: any appointment."""
    SHARED_APPOINTMENT = 14
    """New."""
    ELECTION = 15
    DISCIPLINARY_COUNCIL = 16
    PUBLIC_HOLIDAY = 17


def _counts_anew(version: Version) -> bool:
    """Whether a server of *version* counts as present ones do; so does one whose version is not known."""
    return not version or version >= SPLIT_SINCE


def read_agenda_kind(number: int | None, version: Version) -> AgendaKind | None:
    """What *number* means to a server of *version*; `None` for a kind that we do not know."""
    if number is None:
        return None
    is_shifted = not _counts_anew(version) and number > AgendaKind.OWN_APPOINTMENT
    try:
        return AgendaKind(number + 1 if is_shifted else number)
    except ValueError:
        return None


def agenda_number(kind: AgendaKind, version: Version) -> int:
    """The number that a server of *version* has for *kind*; an old one knows one kind of appointment."""
    return int(kind) if _counts_anew(version) or kind is AgendaKind.OWN_APPOINTMENT else kind - 1


class FamilyRow(Element):
    """A family of events."""

    colour: str | None = Field(None, alias="couleur")


class EventRow(Element):
    """One event. What its `kind` means depends on the server: see `read_agenda_kind`."""

    start: LocalTime = Field(None, alias="DateDebut")
    end: LocalTime = Field(None, alias="DateFin")
    is_whole_day: Flag = Field(None, alias="sansHoraire")
    comment: str | None = Field(None, alias="Commentaire")
    """HTML."""
    colour: str | None = Field(None, alias="CouleurCellule")
    is_class_council: Flag = Field(None, alias="estConseilClasse")
    family: Named | None = Field(None, alias="famille")
    author: str | None = Field(None, alias="strAuteur")
    files: Tuple[FileRow] = Field((), alias="listeFichiers")
    is_recurring: Flag = Field(None, alias="estPeriodique")
    recurrence: Any = Field(None, alias="Periodicite")
    is_unpublished: Flag = Field(None, alias="nonPublie")


class AgendaPage(Row):
    """Wire: `PageAgenda`. Evidence: read in the web client; no answer was recorded."""

    events: Tuple[EventRow] = Field((), alias="ListeEvenements")
    families: Tuple[FamilyRow] = Field((), alias="listeFamilles")
    calendar_key: str | None = Field(None, alias="ParametreExportiCal")
    """The secret of a calendar to subscribe to."""
