"""Stores, and the keeper of the log-in ledger."""

from __future__ import annotations

import datetime as dt
import json
import os
import stat
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from schoolsync.drivers import vault
from schoolsync.drivers.vault import KEEPER, LEDGER, FileStore, Keeper, MemoryStore, Store
from schoolsync.errors import BadArgument, LoginHeld, UsageError
from schoolsync.flow.effects import Knock, Outcome
from schoolsync.flow.secret import Secret
from schoolsync.policy import Ledger, Limits, Pace, admitted

NOON = dt.datetime(2026, 3, 9, 12, 0, tzinfo=dt.UTC)
KNOCK = Knock("school.example", "a1b2", Secret("correct horse"))


def mode(path: Path) -> int:
    """The permissions of *path*."""
    return stat.S_IMODE(path.stat().st_mode)


# -- stores ---------------------------------------------------------------------


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """One of the two stores, empty."""
    return MemoryStore() if request.param == "memory" else FileStore(tmp_path / "kept")


def test_a_store_gives_back_what_it_was_given(store: Store) -> None:
    """By name, and the last one counts."""
    assert store.load("one") is None
    store.save("one", {"a": [1, None, "é"]})
    store.save("two", {})
    store.save("one", {"b": 2})
    assert (store.load("one"), store.load("two")) == ({"b": 2}, {})


def test_what_was_saved_does_not_change_afterwards(store: Store) -> None:
    """It is a copy, on the way in and on the way out."""
    data: dict[str, Any] = {"list": [1]}
    store.save("one", data)
    data["list"].append(2)
    loaded = store.load("one")
    assert loaded is not None
    loaded["list"].append(3)
    assert store.load("one") == {"list": [1]}


def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    """The folder, made with its parents, and every file."""
    FileStore(tmp_path / "deep" / "kept").save("one", {})
    assert mode(tmp_path / "deep" / "kept") == 0o700
    assert mode(tmp_path / "deep" / "kept" / "one.json") == 0o600


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """It is replaced, not written into."""
    path = tmp_path / "one.json"
    path.write_text("{}")
    path.chmod(0o644)
    FileStore(tmp_path).save("one", {"a": 1})
    assert mode(path) == 0o600


def test_a_failing_disk_leaves_the_old_file_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole or not at all."""
    store = FileStore(str(tmp_path))
    store.save("one", {"old": True})

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UsageError, match=r"one\.json cannot be written: No space left") as caught:
        store.save("one", {"new": True})
    assert isinstance(caught.value.__cause__, OSError)
    assert store.load("one") == {"old": True}
    assert [path.name for path in tmp_path.iterdir()] == ["one.json"]


def test_a_file_is_on_the_disk_before_it_is_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Synchronised under its draft's name, then renamed, then the folder synchronised."""
    steps: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(number: int) -> None:
        steps.append("sync")
        real_sync(number)

    def replace(draft: Path, target: Path) -> Path:
        steps.append("replace")
        return real_replace(draft, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    FileStore(tmp_path).save("one", {})
    assert steps == ["sync", "replace", "sync"]


@pytest.mark.parametrize("text", ["", "{", "[1]", '"text"', "\udcff"])
def test_a_damaged_file_says_so(tmp_path: Path, text: str) -> None:
    """With the path and what to do, and nothing of what is in it."""
    (tmp_path / "one.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError, match=r"one\.json is damaged\. Move it away") as caught:
        FileStore(tmp_path).load("one")
    assert caught.value.__cause__ is None


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    """A folder stands in its place."""
    (tmp_path / "one.json").mkdir()
    with pytest.raises(UsageError, match="cannot be read: Is a directory"):
        FileStore(tmp_path).load("one")


@pytest.mark.parametrize("name", ["", "../one", "a/b", ".hidden", "A", "a\n"])
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    """Only plain names."""
    with pytest.raises(BadArgument, match="name"):
        FileStore(tmp_path).save(name, {})
    with pytest.raises(BadArgument, match="name"):
        FileStore(tmp_path).load(name)


def test_a_home_folder_may_be_written_as_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As people do."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert FileStore("~/kept").folder == tmp_path / "kept"


# -- the keeper -----------------------------------------------------------------


def test_a_keeper_holds_back_what_its_limits_say() -> None:
    """Which may be set later."""
    keeper = Keeper(Limits(paces=(Pace(1, dt.timedelta(minutes=1)),)))
    keeper.permit(KNOCK, None, NOON)
    with pytest.raises(LoginHeld):
        keeper.permit(KNOCK, None, NOON)
    keeper.limits = Limits()
    keeper.permit(KNOCK, None, NOON)


def test_a_keeper_remembers_outcomes() -> None:
    """A refused secret is not let through again."""
    keeper = Keeper()
    keeper.permit(KNOCK, Outcome.REFUSED, NOON)
    with pytest.raises(LoginHeld, match="wrong_credentials"):
        keeper.permit(KNOCK, None, NOON)


def test_threads_cannot_slip_through_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of twenty at once, three are let in, however long a decision takes."""
    keeper, held = Keeper(), []

    def slowly(*args: Any) -> Ledger:
        ledger = admitted(*args)
        time.sleep(0.001)
        return ledger

    monkeypatch.setattr(vault, "admitted", slowly)
    barrier = threading.Barrier(20)

    def knock() -> None:
        barrier.wait()
        try:
            keeper.permit(KNOCK, None, NOON)
        except LoginHeld as error:
            held.append(error)

    threads = [threading.Thread(target=knock) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(held) == 17


def test_a_ledger_outlives_the_process_in_a_store(store: Store) -> None:
    """The next keeper knows the refusal and the pace; the store never sees the secret."""
    keeper = Keeper()
    keeper.remember_in(store)
    keeper.permit(KNOCK, None, NOON)
    keeper.permit(KNOCK, Outcome.REFUSED, NOON)
    kept = store.load(LEDGER)
    assert kept is not None
    assert "correct horse" not in json.dumps(kept)
    heir = Keeper()
    heir.remember_in(store)
    with pytest.raises(LoginHeld, match="wrong_credentials"):
        heir.permit(KNOCK, None, NOON)


def test_a_store_learns_what_was_known_before_it_came(store: Store) -> None:
    """And one keeper may remember in several."""
    keeper, second = Keeper(), MemoryStore()
    keeper.permit(KNOCK, None, NOON)
    keeper.remember_in(store)
    keeper.remember_in(second)
    keeper.permit(KNOCK, None, NOON)
    for one in (store, second):
        kept = one.load(LEDGER)
        assert kept is not None
        assert len(kept["log_ins"]) == 2


def test_a_store_is_not_opened_before_the_first_log_in() -> None:
    """Constructors do no I/O; and the same store is read only once."""
    reads: list[str] = []

    class Counting(MemoryStore):
        def load(self, name: str) -> dict[str, Any] | None:
            reads.append(name)
            return super().load(name)

    keeper, counting = Keeper(), Counting()
    keeper.remember_in(counting)
    assert reads == []
    for _ in range(2):
        keeper.remember_in(counting)
        keeper.permit(KNOCK, None, NOON)
    assert reads == [LEDGER]


def test_two_stores_of_one_folder_are_one(tmp_path: Path) -> None:
    """Two memories are two, even when both are empty."""
    keeper = Keeper()
    for store in (FileStore(tmp_path), FileStore(str(tmp_path)), MemoryStore(), MemoryStore()):
        keeper.remember_in(store)
    keeper.permit(KNOCK, None, NOON)
    assert len(keeper._stores) == 3


def test_a_damaged_ledger_lets_nobody_in(store: Store) -> None:
    """It says what is wrong and what to do; it is not overwritten."""
    store.save(LEDGER, {"version": 1, "salt": "0000"})
    keeper = Keeper()
    keeper.remember_in(store)
    for _ in range(2):
        with pytest.raises(UsageError, match="damaged record of log-ins"):
            keeper.permit(KNOCK, None, NOON)
    assert store.load(LEDGER) == {"version": 1, "salt": "0000"}


def test_a_log_in_that_cannot_be_written_down_still_counts(tmp_path: Path) -> None:
    """In this process at least."""
    (tmp_path / "blocked").write_text("")
    keeper = Keeper(Limits(paces=(Pace(1, dt.timedelta(minutes=1)),)))
    keeper.remember_in(FileStore(tmp_path / "blocked" / "kept"))
    with pytest.raises(UsageError, match="cannot be"):
        keeper.permit(KNOCK, None, NOON)


def test_a_keeper_knows_when_it_is_slow(store: Store) -> None:
    """A refusal to record or compare, or a store to read and write."""
    keeper = Keeper()
    assert keeper.is_quick(KNOCK, None)
    assert keeper.is_quick(KNOCK, Outcome.ACCEPTED)
    assert not keeper.is_quick(KNOCK, Outcome.REFUSED)
    keeper.permit(KNOCK, Outcome.REFUSED, NOON)
    assert not keeper.is_quick(KNOCK, None)
    assert keeper.is_quick(Knock("school.example", "c3d4", Secret("x")), None)
    keeper.remember_in(store)
    assert not keeper.is_quick(Knock("school.example", "c3d4", Secret("x")), None)


def test_salts_are_not_shared() -> None:
    """Each process, and each test, draws its own."""
    assert Keeper()._ledger.salt != Keeper()._ledger.salt
    assert len(KEEPER._ledger.salt) == 16
