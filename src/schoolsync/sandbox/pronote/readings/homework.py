"""What the server tells of homework and the notebook, and what a pupil may change of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from schoolsync.sandbox.college.homework import ticked
from schoolsync.sandbox.pronote.asked import asked_day, asked_for, asked_numbers
from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.homework import encode_homework, encode_page
from schoolsync.sandbox.pronote.encode.resources import encode_resources
from schoolsync.sandbox.pronote.encode.words import listed, one
from schoolsync.sandbox.pronote.things import thing_called
from schoolsync.sandbox.pronote.wire import access_denied

__all__ = ["READINGS", "contents_of_page", "homework_or_contents", "tick_homework"]

CONTENTS_TAB = 89


def homework_or_contents(call: Call) -> Mapping[str, Any]:
    """Homework by due date, or on the screen of the notebook what was done, of weeks or of one day.

    Nothing said means the present week. Evidence: guess.
    """
    return _contents(call) if call.tab == CONTENTS_TAB else _homework(call)


def _homework(call: Call) -> dict[str, Any]:
    is_wanted = _wanted(call)
    sheets = [sheet for sheet in call.desk.homeworks if is_wanted(sheet.record.due)]
    return {"ListeTravauxAFaire": listed(encode_homework(sheet, call) for sheet in sheets)}


def _contents(call: Call) -> dict[str, Any]:
    is_wanted = _wanted(call)
    pages = [page for page in call.desk.contents if is_wanted(page.lesson.day)]
    shared = [
        sheet
        for sheet in call.desk.resources
        if sheet.record.shared_at and is_wanted(sheet.record.shared_at.date())
    ]
    return {
        "ListeCahierDeTextes": listed(encode_page(page, call) for page in pages),
        "ListeRessourcesPedagogiques": one(encode_resources(shared, call.ids)),
        "ListeRessourcesNumeriques": one({"listeRessources": listed([])}),
    }


def _wanted(call: Call) -> Callable[[dt.date], bool]:
    """Whether a day is among those that the data ask for."""
    year = call.desk.year
    asked = asked_day(call.data, "date")
    if asked is not None:
        return lambda day: day == asked
    weeks = asked_numbers(call.data, "domaine")
    shown = frozenset({year.week(call.now.date())}) if weeks is None else weeks
    return lambda day: year.week(day) in shown


def contents_of_page(call: Call) -> Mapping[str, Any]:
    """One page of the notebook, with its homework if asked for; none if nothing was written there.

    Raises:
        Trouble: The page is none of this session (22).
    """
    lesson = thing_called(call, asked_for(call.data, "cahierDeTextes"), "notebook")
    pages = [page for page in call.desk.contents if page.lesson.key == lesson]
    with_homework = asked_for(call.data, "pourTAF") is True
    return {
        "ListeCahierDeTextes": listed(encode_page(page, call, with_homework=with_homework) for page in pages)
    }


def tick_homework(call: Call) -> Mapping[str, Any]:
    """Homework is ticked, or not any more: all of it, or none if something is wrong.

    Raises:
        Trouble: Only pupils may (3); it is no homework of this session (22).
    """
    if call.account.kind != "student":
        raise access_denied()
    rows = asked_for(call.data, "listeTAF") or ()
    said = {thing_called(call, row, "homework"): row.get("TAFFait") is True for row in rows}
    call.desk.homeworks = [
        ticked(sheet, is_done=said[sheet.key]) if sheet.key in said else sheet
        for sheet in call.desk.homeworks
    ]
    return {}


READINGS: Mapping[str, Reading] = {
    "PageCahierDeTexte": homework_or_contents,
    "SaisieTAFFaitEleve": tick_homework,
    "donneesContenusCDT": contents_of_page,
}
"""Name of a function → what it does."""
