"""A ledger of log-ins for each test, and fingerprints that are quick."""

from __future__ import annotations

import hashlib

import pytest

from schoolsync.client._async import session as awaiting
from schoolsync.client._sync import session as blocking
from schoolsync.drivers.vault import Keeper
from schoolsync.flow.secret import Secret


@pytest.fixture(autouse=True)
def keeper(monkeypatch: pytest.MonkeyPatch) -> Keeper:
    """A fresh ledger with the real limits, instead of the one of this process."""
    made = Keeper()
    monkeypatch.setattr(blocking, "KEEPER", made)
    monkeypatch.setattr(awaiting, "KEEPER", made)
    return made


@pytest.fixture(autouse=True)
def _quick_fingerprints(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of a ledger are slow on purpose, which is tested elsewhere; hundreds of refusals need not be."""

    def quick(secret: Secret, salt: bytes) -> str:
        return hashlib.sha256(salt + secret.reveal().encode()).hexdigest()

    monkeypatch.setattr(Secret, "fingerprint", quick)


@pytest.fixture
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The governor lets everybody through: one log-in for each place of a way is many."""
    monkeypatch.setattr(Keeper, "permit", lambda *_: None)
