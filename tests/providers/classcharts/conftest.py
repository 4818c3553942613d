"""A school on a Monday morning in November, and its server with the Tes gate shut."""

from __future__ import annotations

import datetime as dt
import pickle
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.school import make_school
from tests.providers.classcharts.world import World

MORNING = dt.datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London"))


@cache
def _drawn() -> bytes:
    """A school, drawn once: every test gets a copy of its own."""
    return pickle.dumps(make_school(today=MORNING.date()))


def made() -> World:
    """The invented school, and nobody has done anything yet."""
    clock = HandClock(MORNING)
    school = pickle.loads(_drawn())
    return World(school, ClassChartsServer(school, clock=clock, mode="tes"), clock)


@pytest.fixture
def world() -> World:
    """The invented school, freshly made."""
    return made()
