"""A school on a Monday morning in November, in three worlds, and a ledger of log-ins for each test."""

from __future__ import annotations

import datetime as dt
import pickle
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from schoolsync.client._async import session as awaiting
from schoolsync.client._sync import session as blocking
from schoolsync.drivers.vault import Keeper
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.school import make_school
from tests.client.worlds import TODAY, World


@pytest.fixture(autouse=True)
def keeper(monkeypatch: pytest.MonkeyPatch) -> Keeper:
    """A fresh ledger with the real limits, instead of the one of this process."""
    made = Keeper()
    monkeypatch.setattr(blocking, "KEEPER", made)
    monkeypatch.setattr(awaiting, "KEEPER", made)
    return made


@cache
def _drawn() -> bytes:
    """A school, drawn once: every test gets a copy of its own."""
    return pickle.dumps(make_school(today=TODAY))


def _world(name: str) -> World:
    clock = HandClock(dt.datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Europe/London")))
    school = pickle.loads(_drawn())
    return World(name, school, ClassChartsServer(school, clock=clock, mode="tes"), clock)


@pytest.fixture(params=["sync", "asyncio", "trio"])
def world(request: pytest.FixtureRequest) -> World:
    """Threads, asyncio or trio."""
    return _world(request.param)


@pytest.fixture
def blocking_world() -> World:
    """The blocking one alone, where the others would show nothing new."""
    return _world("sync")


@pytest.fixture(params=["asyncio", "trio"])
def async_world(request: pytest.FixtureRequest) -> World:
    """The two awaiting ones."""
    return _world(request.param)
