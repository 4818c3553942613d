"""Calls in the server's own words: on whose screen they are made."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.providers.pronote.native import Native
from schoolsync.testing.play import Script
from tests.providers.pronote.entering import TABS, account, entry, user
from tests.providers.pronote.wire import Server

CALENDARS: dict[str, Any] = {"iCal": {"liste": [{"L": "Emploi du temps", "paramICal": "9F8E7D6C"}]}}


@pytest.mark.parametrize(("tabs", "tab"), [([*TABS, {"G": 49}], 49), (TABS, 16), ([], 49)])
def test_the_calendar_s_key_is_asked_for_on_a_screen_that_is_open(tabs: list[Any], tab: int) -> None:
    """Personal data; the timetable, where those are closed. A server that lists no screen said nothing."""
    server, made = Server(), account()
    known = user() | {"listeOnglets": tabs}
    talk = Script([*entry(server, known), server.answered("PageInfosPerso", CALENDARS)])
    calendar = talk.run(Native(made).calendar(1))
    assert calendar is not None
    assert (calendar.key.reveal(), calendar.is_old) == ("9F8E7D6C", False)
    assert server.log[-1].tab == tab
