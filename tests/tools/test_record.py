"""The committed cassettes are what a fresh recording gives, and hold no secret."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schoolsync.drivers import vault
from tools.record import ACCOUNTS, CASSETTES, NEW_PASSWORD, main
from tools.redact import spellings


def test_the_cassettes_are_fresh(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The served sandbox and the client still say the same, byte by byte."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_a_stale_cassette_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `--check` it is named and left alone; without, it is written."""
    fresh = {role: (CASSETTES / f"{role}.yaml").read_text(encoding="utf-8") for role in ACCOUNTS}
    monkeypatch.setattr("tools.record.record", fresh.__getitem__)
    shutil.copytree(CASSETTES, tmp_path, dirs_exist_ok=True)
    assert main(["--check"], tmp_path) == 0
    stale = tmp_path / "student.yaml"
    stale.write_text("interactions: []\n")
    assert main(["--check"], tmp_path) == 1
    assert "student.yaml: stale" in capsys.readouterr().out
    assert stale.read_text() == "interactions: []\n"
    assert main([], tmp_path) == 0
    assert stale.read_text(encoding="utf-8") == fresh["student"]


@pytest.mark.parametrize("role", ACCOUNTS)
def test_no_secret_is_in_a_cassette(role: str) -> None:
    """Nothing that signs anybody in, in any spelling, not even of people who do not exist."""
    text = (CASSETTES / f"{role}.yaml").read_text(encoding="utf-8").lower()
    secrets = {
        secret for account in ACCOUNTS.values() for secret in (*account.log_in, account.typed, NEW_PASSWORD)
    }
    assert [form for secret in secrets for form in spellings(secret) if form.lower() in text] == []
