"""What the server tells of the timetable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs

from schoolsync.sandbox.pronote.asked import asked_day, asked_for, asked_numbers
from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.timetable import encode_presence_weeks, encode_timetable
from schoolsync.sandbox.pronote.readings.people import calendar_token
from schoolsync.sandbox.pronote.things import thing_called
from schoolsync.sandbox.pronote.wire import access_denied

__all__ = ["READINGS", "presence_weeks", "timetable"]

DAY = dt.timedelta(days=1)


def timetable(call: Call) -> Mapping[str, Any]:
    """The rows of a week, of several, or of a stretch of days; the present week unless said.

    Servers until 2023 also give the way to the calendar, which stands elsewhere since.

    Raises:
        Trouble: Whom the request is about is none of this session (22), or nobody of theirs (3).
    """
    about = _about(call)
    page = encode_timetable(about, _days(call))
    if call.generation.has_new_content:
        return page
    token = calendar_token(about.desk.file.number)
    return {**page, "avecExportICal": True, "ParametreExportiCal": token}


def presence_weeks(call: Call) -> Mapping[str, Any]:
    """The weeks with lessons.

    Raises:
        Trouble: As for `timetable`.
    """
    return encode_presence_weeks(_about(call).desk.year)


def _about(call: Call) -> Call:
    """The same call, about the pupil or the class whom its data name, if they name one."""
    given = asked_for(call.data, "ressource")
    if given is None:
        return call
    name = thing_called(call, given, "pupil", "class", "guardian", "teacher")
    if name == call.account.number:
        return call
    desks = [call.college.desk(number) for number in call.account.pupils]
    for desk in desks:
        if name in (desk.file.number, desk.file.class_name):
            return attrs.evolve(call, desk=desk)
    raise access_denied()


def _days(call: Call) -> list[dt.date]:
    """The days of the year that the data ask for, in order: a stretch, weeks, or one week."""
    year = call.desk.year
    first = asked_day(call.data, "dateDebut")
    if first is not None:
        last = asked_day(call.data, "dateFin") or first
        return _between(max(first, year.first_monday), min(last, year.monday(year.last_week) + 6 * DAY))
    weeks = asked_numbers(call.data, "domaine")
    shown = sorted(weeks if weeks is not None else [_week(call)])
    mondays = [year.monday(week) for week in shown if 1 <= week <= year.last_week]
    return [day for monday in mondays for day in _between(monday, monday + 6 * DAY)]


def _week(call: Call) -> int:
    said = asked_for(call.data, "numeroSemaine")
    return said if isinstance(said, int) else call.desk.year.week(call.now.date())


def _between(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + DAY * number for number in range((last - first).days + 1)]


READINGS: Mapping[str, Reading] = {
    "PageEmploiDuTemps": timetable,
    "PageEmploiDuTemps_DomainePresence": presence_weeks,
}
"""Name of a function → what it does."""
