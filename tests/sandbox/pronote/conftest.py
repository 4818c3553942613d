"""A collège on a Monday morning in March, and its server."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote import PronoteServer
from tests.sandbox.college.fresh import fresh_college


@pytest.fixture
def clock() -> HandClock:
    """Eight in the morning."""
    return HandClock(dt.datetime(2026, 3, 9, 8, tzinfo=ZoneInfo("Europe/Paris")))


@pytest.fixture
def college() -> SandboxCollege:
    """The invented collège."""
    return fresh_college()


@pytest.fixture
def server(college: SandboxCollege, clock: HandClock) -> PronoteServer:
    """PRONOTE in front of it, as new as it gets."""
    return PronoteServer(college, clock=clock)
