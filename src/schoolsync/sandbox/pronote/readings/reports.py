"""Report cards, of pupils and of classes, and transcripts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.reports import encode_report, encode_unpublished
from schoolsync.sandbox.pronote.readings.marks import asked_period

__all__ = ["READINGS", "report", "transcript"]

CLASS_REPORT = 41
"""The screen of the class."""


def report(call: Call) -> Mapping[str, Any]:
    """The report card of a period, or that of the class; a message until it is published."""
    period = asked_period(call).record.name
    sheet = next((one for one in call.desk.reports if one.period == period), None)
    if sheet is None or not sheet.record.is_published:
        return encode_unpublished(sheet)
    is_of_class = call.tab == CLASS_REPORT
    return encode_report(call.ids, sheet, call.desk.file.class_name, is_of_class=is_of_class)


def transcript(call: Call) -> Mapping[str, Any]:
    """A message: the collège shows no transcripts. Evidence: guess, no answer with one was recorded."""
    asked_period(call)
    return {"message": "Aucun relevé n'est publié pour cette période."}


READINGS: Mapping[str, Reading] = {
    "PageBulletins": report,
    "PageReleve": transcript,
}
"""Name of a function → what it does."""
