"""What the server tells of the canteen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.pronote.asked import asked_day
from schoolsync.sandbox.pronote.call import Call, Reading
from schoolsync.sandbox.pronote.encode.canteen import encode_menus

__all__ = ["READINGS", "menus"]


def menus(call: Call) -> Mapping[str, Any]:
    """The meals of the week of a day, Monday to Sunday; of the present week unless said."""
    year = call.desk.year
    week = year.week(asked_day(call.data, "date") or call.now.date())
    shown = [sheet for sheet in call.desk.menus if year.week(sheet.record.day) == week]
    return encode_menus(shown, year, call.ids)


READINGS: Mapping[str, Reading] = {"PageMenus": menus}
"""Name of a function → what it does."""
