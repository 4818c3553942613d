"""A school on a Monday morning in March, and its server."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.school import SandboxSchool, make_school

MONDAY = dt.date(2026, 3, 9)


@pytest.fixture
def clock() -> HandClock:
    """Eight in the morning."""
    return HandClock(dt.datetime(2026, 3, 9, 8, tzinfo=ZoneInfo("Europe/London")))


@pytest.fixture
def school() -> SandboxSchool:
    """The invented school."""
    return make_school(today=MONDAY)


@pytest.fixture
def server(school: SandboxSchool, clock: HandClock) -> ClassChartsServer:
    """ClassCharts in front of it."""
    return ClassChartsServer(school, clock=clock)
