"""The agenda: what takes place beside lessons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.college.agenda import agenda
from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.agenda import encode_agenda

__all__ = ["READINGS", "events"]

WEEK = dt.timedelta(weeks=1)


def events(call: Call) -> Mapping[str, Any]:
    """The events of the week `NumeroSemaine`, the present one unless said.

    Those that are over are left out unless `avecEventsPasses`. Evidence: read for the names, the
    rest a guess.
    """
    year = call.desk.year
    asked = call.data.get("NumeroSemaine")
    week = asked if isinstance(asked, int) else year.week(call.now.date())
    start = dt.datetime.combine(year.monday(week), dt.time(), year.zone)
    earliest = start if call.data.get("avecEventsPasses") else max(start, call.now)
    shown = [one for one in agenda(year) if one.end > earliest and one.start < start + WEEK]
    return encode_agenda(call.ids, shown, call.generation)


READINGS: Mapping[str, Reading] = {"PageAgenda": events}
"""Name of a function → what it does."""
