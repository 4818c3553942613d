"""Stages in front of the newest server, and of one that tells its news whole."""

from __future__ import annotations

import pytest

from tests.fuzz.pronote.mutant import Stage, stage_of


@pytest.fixture(scope="module")
def stages(ledger: None) -> dict[str, Stage]:
    """A stage for each generation that is needed."""
    return {version: stage_of(version) for version in ("2026.2.5.6", "2025.1.3")}
