"""School life: what is asked for periods and for days."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from schoolsync.providers.pronote.calls.presence import presence
from schoolsync.providers.pronote.mapping.year import YearPeriod
from schoolsync.providers.pronote.session import Resource
from schoolsync.testing.play import play
from tests.providers.pronote.reading import T1
from tests.providers.pronote.wire import answered, called, signed_in

PUPIL = Resource("46#al1", "EXAMPLE Louison", 4)
PERIOD = {"N": "11#t1", "L": "Trimestre 1", "G": 2}
START, END = {"_T": 7, "V": "1/9/2026 0:0:0"}, {"_T": 7, "V": "29/11/2026 0:0:0"}


def asked(period: YearPeriod | None = None, first: dt.date | None = None, last: dt.date | None = None) -> Any:
    """What one call asks."""
    flow = presence(signed_in(), PUPIL, period, first=first, last=last)
    page, (request,) = play(flow, [answered("PagePresence", {"listeAbsences": []})])
    assert called(request).tab == 19
    assert page.data.events == ()
    return called(request).data


def test_a_period_is_asked_for_with_its_days() -> None:
    """Both ends included."""
    assert asked(T1) == {"periode": PERIOD, "DateDebut": START, "DateFin": END}


def test_days_of_a_period_and_days_alone() -> None:
    """They need not be those of the period."""
    first, last = dt.date(2026, 9, 14), dt.date(2027, 3, 5)
    days = {"DateDebut": {"_T": 7, "V": "14/9/2026 0:0:0"}, "DateFin": {"_T": 7, "V": "5/3/2027 0:0:0"}}
    assert asked(T1, first, last) == {"periode": PERIOD} | days
    assert asked(None, first, last) == days


@pytest.mark.parametrize(
    ("period", "key"), [(attrs.evolve(T1, start=None), "DateDebut"), (attrs.evolve(T1, end=None), "DateFin")]
)
def test_a_side_that_nobody_says_is_not_sent(period: YearPeriod, key: str) -> None:
    """The other one is."""
    said = asked(period)
    assert key not in said
    assert len(said) == 2
