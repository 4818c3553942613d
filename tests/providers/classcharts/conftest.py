"""A school on a Monday morning in November, and its server with the Tes gate shut."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.school import make_school
from tests.providers.classcharts.world import World

MORNING = dt.datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def world() -> World:
    """The invented school, freshly made."""
    clock = HandClock(MORNING)
    school = make_school(today=clock.now().date())
    return World(school, ClassChartsServer(school, clock=clock, mode="tes"), clock)
