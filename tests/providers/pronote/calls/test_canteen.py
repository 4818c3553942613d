"""The canteen: what is asked."""

from __future__ import annotations

import datetime as dt

from schoolsync.providers.pronote.calls.canteen import menus
from schoolsync.providers.pronote.session import Resource
from schoolsync.testing.play import play
from tests.providers.pronote.mapping.test_canteen import MONDAY
from tests.providers.pronote.wire import answered, called, signed_in

PUPIL = Resource("46#al1", "EXAMPLE Louison", 4)


def test_the_week_of_a_day_is_asked_for() -> None:
    """By any of its days."""
    answer = answered("PageMenus", {"ListeJours": [MONDAY]})
    page, (request,) = play(menus(signed_in(), PUPIL, dt.date(2026, 10, 7)), [answer])
    assert (called(request).tab, called(request).data) == (10, {"date": {"_T": 7, "V": "7/10/2026 0:0:0"}})
    assert [day.day for day in page.data.days] == [dt.date(2026, 10, 5)]
