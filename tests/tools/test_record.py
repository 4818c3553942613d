"""The committed cassettes are what a fresh recording gives, and hold no secret."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schoolsync.drivers import vault
from schoolsync.sandbox.college.roll import draw_roll
from schoolsync.sandbox.pronote.readings.people import calendar_token
from tools.record import ACCOUNTS, CASSETTES, CONVERSATIONS, NEW_PASSWORD, main
from tools.redact import spellings

PEOPLE = frozenset(
    (
        *(secret for one in ACCOUNTS.values() for secret in (*one.log_in, one.typed, NEW_PASSWORD)),
        *(secret for one in draw_roll()[1] for secret in (one.login, one.password)),
        *(calendar_token(number) for number in ("e1", "e2", "e3")),
        *("louison@famille.example.test", "dominique@famille.example.test", "600000000", "0000000000A"),
    )
)
"""What signs anybody in, opens a calendar or reaches a person."""


def test_the_cassettes_are_fresh(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The served sandbox and the client still say the same, byte by byte."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_every_cassette_is_recorded() -> None:
    """None is left of a conversation that nobody holds any more."""
    assert {str(path.relative_to(CASSETTES)) for path in CASSETTES.rglob("*.yaml")} == {
        f"{name}.yaml" for name in CONVERSATIONS
    }


def test_a_stale_cassette_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With `--check` it is named and left alone; without, it is written."""
    fresh = {name: (CASSETTES / f"{name}.yaml").read_text(encoding="utf-8") for name in CONVERSATIONS}
    monkeypatch.setattr("tools.record.record", fresh.__getitem__)
    shutil.copytree(CASSETTES, tmp_path, dirs_exist_ok=True)
    assert main(["--check"], tmp_path) == 0
    stale = tmp_path / "pronote/2025.1.3.yaml"
    stale.write_text("interactions: []\n")
    assert main(["--check"], tmp_path) == 1
    assert "2025.1.3.yaml: stale" in capsys.readouterr().out
    assert stale.read_text() == "interactions: []\n"
    assert main([], tmp_path) == 0
    assert stale.read_text(encoding="utf-8") == fresh["pronote/2025.1.3"]


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_no_secret_is_in_a_cassette(name: str) -> None:
    """Nothing that signs anybody in, in any spelling, not even of people who do not exist."""
    text = (CASSETTES / f"{name}.yaml").read_text(encoding="utf-8").lower()
    assert [form for secret in PEOPLE for form in spellings(secret) if form.lower() in text] == []
