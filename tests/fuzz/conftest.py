"""Many log-ins of the same few accounts, in front of a server that nobody else uses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schoolsync.drivers import vault
from schoolsync.policy import Limits
from tests.fuzz.mutant import Stage, stage_of


@pytest.fixture(autouse=True, scope="module")
def ledger() -> Iterator[None]:
    """A ledger of its own, without a pace."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)
        patch.setattr(vault.KEEPER, "limits", Limits(paces=()))
        yield


@pytest.fixture(scope="module")
def stages(ledger: None) -> dict[str, Stage]:
    """A stage for each role."""
    return {role: stage_of(role) for role in ("parent", "student")}
