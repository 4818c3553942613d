"""School life: absences, delays, punishments, observations, measures, and their sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.college.presence_papers import AbsenceSheet, PresenceSheet
from schoolsync.sandbox.pronote.asked import asked_day, asked_for
from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.presence import encode_entry
from schoolsync.sandbox.pronote.encode.totals import RIGHTS, encode_counts, encode_hours
from schoolsync.sandbox.pronote.encode.words import listed
from schoolsync.sandbox.pronote.readings.marks import asked_period

__all__ = ["READINGS", "presence"]

WHOLE_YEAR = 1
"""The kind of the period that has no id."""
DAYS_TO_ANNOUNCE = 7


def presence(call: Call) -> Mapping[str, Any]:
    """The papers of some days, newest first, with their sums; lessons count until today."""
    first, last = _asked_days(call)
    sheets = [sheet for sheet in call.desk.presence if sheet.day <= last and first <= _last_day(sheet)]
    sheets.sort(key=lambda sheet: sheet.day, reverse=True)
    year = call.desk.year
    since, until = max(first, year.first_day), min(last, year.last_day, call.now.date())
    return {
        "autorisations": RIGHTS,
        "nbMaxJoursDeclarationAbsence": DAYS_TO_ANNOUNCE,
        "listeAbsences": listed(encode_entry(call.ids, one, call.generation) for one in sheets),
        "Matieres": encode_hours(call.ids, call.desk, sheets, since, until),
        "listeRecapitulatifs": encode_counts(sheets),
        "listeSanctionUtilisateur": listed([]),
    }


def _last_day(sheet: PresenceSheet) -> dt.date:
    """The day on which an absence ends; of any other paper, its day. Evidence: guess."""
    end = sheet.record.end if isinstance(sheet, AbsenceSheet) else None
    return end.date() if end else sheet.day


def _asked_days(call: Call) -> tuple[dt.date, dt.date]:
    """The days from `DateDebut` to `DateFin`; where either is missing, that of the period."""
    year, asked = call.desk.year, asked_for(call.data, "periode")
    first, last = asked_day(call.data, "dateDebut"), asked_day(call.data, "dateFin")
    if isinstance(asked, Mapping) and asked.get("G") == WHOLE_YEAR and not asked.get("N"):
        return first or year.first_day, last or year.last_day
    if first and last:
        return first, last
    period = asked_period(call).record
    return first or period.start, last or period.end


READINGS: Mapping[str, Reading] = {"PagePresence": presence}
"""Name of a function → what it does."""
