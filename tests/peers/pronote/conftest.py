"""The stage on which pronotepy reads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.peers.pronote.scenes import Stage, opened


@pytest.fixture(scope="session")
def stage() -> Iterator[Stage]:
    """Where the scenes play."""
    with opened() as stage:
        yield stage
