"""The frame of the readings: which weeks of the school year days mean."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.provider import Days
from schoolsync.providers.pronote.service import Pronote
from schoolsync.testing.play import Script
from tests.providers.pronote.entering import account, entry
from tests.providers.pronote.wire import Server

MONDAY = dt.date(2025, 9, 1)
SATURDAY = dt.date(2026, 7, 4)
"""The first and the last day of the year; the latter is in its week 44."""


def asked(first: dt.date | None, last: dt.date | None) -> list[int]:
    """The weeks that a reading of lessons asks for."""
    server, service = Server(), Pronote(account())
    empty = server.answered("PageEmploiDuTemps", {"ListeCours": []})
    talk = Script([*entry(server), *[empty] * 44])
    assert talk.run(service.lessons(Days(first, last))) == []
    return [call.data["numeroSemaine"] for call in server.log if call.function == "PageEmploiDuTemps"]


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (dt.date(2025, 8, 18), dt.date(2025, 8, 31), []),
        (dt.date(2025, 8, 31), MONDAY, [1]),
        (dt.date(2025, 12, 28), dt.date(2026, 1, 5), [17, 18, 19]),
        (SATURDAY, SATURDAY, [44]),
        (SATURDAY, dt.date(2026, 8, 31), [44]),
        (dt.date(2026, 7, 6), dt.date(2026, 8, 31), []),
    ],
)
def test_only_weeks_of_the_school_year_are_asked_for(first: dt.date, last: dt.date, weeks: list[int]) -> None:
    """At both ends and across New Year; days outside of it cost nothing."""
    assert asked(first, last) == weeks
