"""Marks with their averages, and assessments of skills, by period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.college.year import TermPeriod
from schoolsync.sandbox.pronote.asked import asked_for
from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.evaluations import encode_evaluations
from schoolsync.sandbox.pronote.encode.marks import encode_marks
from schoolsync.sandbox.pronote.things import thing_called

__all__ = ["READINGS", "asked_period", "latest_evaluations", "latest_marks"]


def asked_period(call: Call) -> TermPeriod:
    """The period that a request names: under `periode` or `Periode`; the present one if it names none.

    Raises:
        Trouble: It is none of this session (22).
    """
    asked = asked_for(call.data, "periode")
    if not isinstance(asked, Mapping) or not asked.get("N"):
        return call.desk.year.term_of(call.now.date())
    return call.desk.year.period(thing_called(call, asked, "period"))


def latest_marks(call: Call) -> Mapping[str, Any]:
    """The marks and averages of one period."""
    period = asked_period(call).record.name
    return encode_marks(call.ids, call.desk.marks, period, call.generation)


def latest_evaluations(call: Call) -> Mapping[str, Any]:
    """The assessments of one period, newest first."""
    period = asked_period(call).record.name
    sheets = [sheet for sheet in call.desk.evaluations if sheet.period == period]
    sheets.sort(key=lambda sheet: (sheet.record.day is None, sheet.record.day), reverse=True)
    return encode_evaluations(call.ids, sheets)


READINGS: Mapping[str, Reading] = {
    "DernieresEvaluations": latest_evaluations,
    "DernieresNotes": latest_marks,
}
"""Name of a function → what it does."""
