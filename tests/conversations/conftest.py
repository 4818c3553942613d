"""Every conversation begins with an empty log-in ledger, and none waits."""

from __future__ import annotations

import pytest

from schoolsync.drivers import vault


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has knocked anywhere yet."""
    fresh = vault.Keeper()
    monkeypatch.setattr(vault.KEEPER, "_ledger", fresh._ledger)
