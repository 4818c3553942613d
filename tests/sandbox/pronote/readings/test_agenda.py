"""Asking for events, by week."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from tests.sandbox.pronote.asking import Asker


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in, on the Wednesday of week 28."""
    return Asker(college)


def _labels(asker: Asker, **data: Any) -> list[str]:
    return [row["L"] for row in asker.ask("PageAgenda", tab=9, **data)["ListeEvenements"]]


def test_the_events_of_a_week(asker: Asker) -> None:
    """Those that are over too, where they are asked for; each id leads back to its event."""
    rows = asker.ask("PageAgenda", tab=9, NumeroSemaine=28, avecEventsPasses=True)["ListeEvenements"]
    assert [asker.ids.thing(row["N"]) for row in rows] == [f"event:{number}" for number in (1, 2, 3, 4)]


def test_what_is_over_is_left_out(asker: Asker) -> None:
    """What still goes on is not."""
    assert _labels(asker, NumeroSemaine=28, avecEventsPasses=False) == [
        "Semaine de la presse",
        "Conseil de classe",
        "Fête de l'Exemple",
    ]


def test_who_says_no_week_is_given_the_present_one(asker: Asker) -> None:
    """And other weeks are empty."""
    assert len(_labels(asker)) == 3
    assert _labels(attrs.evolve(asker, now=asker.now + dt.timedelta(weeks=1))) == []
    assert _labels(asker, NumeroSemaine=27, avecEventsPasses=True) == []
