"""The stage on which clients walk through portals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schoolsync.sandbox.portals.educonnect import Generation
from tests.peers.portals.scenes import Play, Scene, Stage, opened


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Served once for all tests of a module."""
    with opened() as stage:
        yield stage


@pytest.fixture
def play(stage: Stage) -> Iterator[Play]:
    """Begins the scene of a test, with EduConnect in one of its forms; nobody may have looked beyond."""

    def begin(generation: Generation = "G2026") -> Scene:
        return stage.play(generation)

    yield begin
    assert stage.roads is not None
    assert stage.roads.refused == []
