"""School life, as pronotepy shows what the school has: absences, late arrivals, punishments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, TypeVar

from schoolsync.model import Justification
from schoolsync.sandbox.college.presence_papers import ABSENCE, DELAY, AbsenceSheet
from schoolsync.sandbox.college.punishments import PunishmentSheet, Sitting
from tests.peers.pronote.expected.about import About, attachment
from tests.peers.pronote.meanings import local

__all__ = ["absences", "delays", "punishments"]

S = TypeVar("S")
EXCLUSION = 0
UNKNOWN_YET = ("Motif non encore connu",)


def _papers(about: About, kind: type[S], first: dt.date, last: dt.date) -> Iterator[S]:
    """The papers of some days, newest first."""
    for sheet in sorted(about.desk.presence, key=lambda one: one.day, reverse=True):
        if isinstance(sheet, kind) and first <= sheet.day <= last:
            yield sheet


def absences(about: About, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """Absences that began on one of these days."""
    papers = _papers(about, AbsenceSheet, first, last)
    return [_absence(about, sheet) for sheet in papers if sheet.kind == ABSENCE]


def _absence(about: About, sheet: AbsenceSheet) -> dict[str, Any]:
    record = sheet.record
    assert record.start is not None
    assert record.end is not None
    return {
        "id": about.known(f"presence:{record.key}"),
        "from_date": local(record.start),
        "to_date": local(record.end),
        "justified": record.justification is Justification.JUSTIFIED,
        "hours": sheet.hours,
        "days": int(sheet.days or 0),
        "reasons": _reasons(sheet),
    }


def _reasons(sheet: AbsenceSheet) -> list[str]:
    return [*(UNKNOWN_YET if sheet.is_reason_unknown else sheet.record.reasons)]


def delays(about: About, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """Late arrivals on these days."""
    papers = _papers(about, AbsenceSheet, first, last)
    return [_delay(about, sheet) for sheet in papers if sheet.kind == DELAY]


def _delay(about: About, sheet: AbsenceSheet) -> dict[str, Any]:
    record = sheet.record
    assert record.start is not None
    return {
        "id": about.known(f"presence:{record.key}"),
        "date": local(record.start),
        "minutes": record.minutes,
        "justified": record.justification is Justification.JUSTIFIED,
        "justification": sheet.word or None,
        "reasons": _reasons(sheet),
    }


def punishments(about: About, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """Punishments that were given on these days."""
    return [_punishment(about, sheet) for sheet in _papers(about, PunishmentSheet, first, last)]


def _punishment(about: About, sheet: PunishmentSheet) -> dict[str, Any]:
    record, year = sheet.record, about.desk.year
    return {
        "id": about.known(f"presence:{record.key}"),
        "given": sheet.day if sheet.place is None else local(year.start_of(sheet.day, sheet.place)),
        "exclusion": sheet.nature.number == EXCLUSION,
        "during_lesson": sheet.place is not None,
        "homework": record.work_to_do,
        "homework_documents": [attachment(about, file) for file in sheet.documents],
        "circumstances": sheet.circumstances,
        "circumstance_documents": [],
        "nature": sheet.nature.label,
        "requires_parent": "False",
        "reasons": [*sheet.reasons],
        "giver": sheet.giver.name,
        "schedule": [
            _sitting(about, sitting, f"{record.key}.{place}")
            for place, sitting in enumerate(sheet.sittings, 1)
        ],
        "schedulable": sheet.is_schedulable,
        "duration": record.duration,
    }


def _sitting(about: About, sitting: Sitting, name: str) -> dict[str, Any]:
    return {
        "id": about.known(f"sitting:{name}"),
        "start": local(about.desk.year.start_of(sitting.day, sitting.place)),
        "duration": dt.timedelta(minutes=sitting.minutes),
    }
