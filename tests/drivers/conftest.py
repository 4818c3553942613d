"""Fixtures for the drivers: a real loopback server, three worlds, two HTTP libraries."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from types import ModuleType

import pytest

from tests.drivers.loopback import Loopback, Script
from tests.drivers.worlds import World


@pytest.fixture
def loopback() -> Iterator[Callable[[Script], Loopback]]:
    """Starts servers on 127.0.0.1 that play a script; all are closed afterwards."""
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(closing(Loopback(script)))


@pytest.fixture(params=["sync", "asyncio", "trio"])
def world(request: pytest.FixtureRequest) -> World:
    """Threads, asyncio or trio."""
    return World(request.param)


@pytest.fixture(params=["httpx", "httpx2"])
def library(request: pytest.FixtureRequest) -> ModuleType:
    """One of the two HTTP libraries."""
    return importlib.import_module(request.param)
