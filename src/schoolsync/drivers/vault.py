"""What outlives a session: stores, and the log-in ledger of this process."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import attrs

from schoolsync.errors import BadArgument, UsageError
from schoolsync.flow.effects import Knock, Outcome
from schoolsync.policy import Ledger, Limits, admitted, has_refusals, joined, reported

__all__ = ["KEEPER", "FileStore", "Keeper", "MemoryStore", "Store"]

LEDGER: Final = "log-ins"
"""The name under which a store keeps the ledger."""


class Store(Protocol):
    """Keeps small records by name, for as long as it likes. Called from any thread."""

    def load(self, name: str, /) -> dict[str, Any] | None:
        """What was saved under *name*; `None` if nothing was."""
        ...

    def save(self, name: str, data: dict[str, Any], /) -> None:
        """*data*, which JSON can hold, is kept under *name*."""
        ...


@attrs.frozen(eq=False)
class MemoryStore:
    """Keeps records until the process ends."""

    records: dict[str, str] = attrs.field(factory=dict, repr=False)
    """What is kept, as JSON text."""

    def load(self, name: str) -> dict[str, Any] | None:
        """A copy of what was saved under *name*; `None` if nothing was."""
        kept = self.records.get(name)
        data: dict[str, Any] | None = None if kept is None else json.loads(kept)
        return data

    def save(self, name: str, data: Mapping[str, Any]) -> None:
        """A copy of *data* is kept under *name*."""
        self.records[name] = json.dumps(data)


def _folder(path: str | os.PathLike[str]) -> Path:
    return Path(path).expanduser()


@attrs.frozen
class FileStore:
    """Keeps records as files `NAME.json` in one folder that only its owner can read.

    A file is replaced whole or not at all, and is on the disk when `save` returns.
    """

    folder: Path = attrs.field(converter=_folder)
    """Where; made when the first record is saved."""

    def load(self, name: str) -> dict[str, Any] | None:
        """What was saved under *name*; `None` if nothing was.

        Raises:
            UsageError: The file cannot be read, or holds something else.
        """
        path = self._path(name)
        try:
            data = json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"{path} cannot be read: {error.strerror}") from error
        except ValueError:
            raise _damaged(path) from None
        if not isinstance(data, dict):
            raise _damaged(path)
        return data

    def save(self, name: str, data: Mapping[str, Any]) -> None:
        """*data* is on the disk under *name*.

        Raises:
            UsageError: The disk refuses; what was there before is untouched.
        """
        path = self._path(name)
        text = json.dumps(data, ensure_ascii=False, indent=1).encode()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _replace(path, text)
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}") from error

    def _path(self, name: str) -> Path:
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,99}", name):
            raise BadArgument("name", "is lower-case letters, digits, dots, dashes and underscores")
        return self.folder / f"{name}.json"


def _damaged(path: Path) -> UsageError:
    return UsageError(f"{path} is damaged", hint="Move it away, and it is made anew.")


def _replace(path: Path, data: bytes) -> None:
    """*path* holds *data*, whatever happens half-way; readable by its owner only."""
    draft = path.with_name(f".{path.name}.{os.urandom(8).hex()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


# -- the log-in governor's memory -------------------------------------------------


def _fresh_ledger() -> Ledger:
    return Ledger(salt=os.urandom(16))


@attrs.define(eq=False)
class Keeper:
    """The log-in ledger and its lock. A process needs one, `KEEPER`; tests make their own."""

    limits: Limits = attrs.field(factory=Limits)
    """What is allowed; may be set at any time."""
    _ledger: Ledger = attrs.field(factory=_fresh_ledger, repr=False, kw_only=True)
    _stores: list[Store] = attrs.field(factory=list, repr=False, init=False)
    _unread: list[Store] = attrs.field(factory=list, repr=False, init=False)
    _turn: threading.Lock = attrs.field(factory=threading.Lock, repr=False, init=False)

    def remember_in(self, store: Store) -> None:
        """From now on the ledger outlives the process in *store*, and knows what *store* kept.

        Nothing is read before the next log-in.
        """
        with self._turn:
            if store not in self._stores and store not in self._unread:
                self._unread.append(store)

    def permit(self, knock: Knock, outcome: Outcome | None, now: dt.datetime) -> None:
        """The log-in is counted (no *outcome* yet), or its outcome is known; the stores know it too.

        Raises:
            LoginHeld: It is not allowed now.
            UsageError: A store cannot be read or written; the log-in must not be made.
        """
        with self._turn:
            self._read()
            if outcome is None:
                ledger = admitted(self._ledger, knock, now, self.limits)
            else:
                ledger = reported(self._ledger, knock, outcome, now, self.limits)
            self._ledger = ledger
            for store in self._stores:
                store.save(LEDGER, ledger.to_dict())

    def is_quick(self, knock: Knock, outcome: Outcome | None) -> bool:
        """Whether `permit` neither opens a file nor computes a fingerprint, which is slow on purpose."""
        if self._stores or self._unread or outcome is Outcome.REFUSED:
            return False
        return not has_refusals(self._ledger, knock)

    def _read(self) -> None:
        while self._unread:
            store = self._unread[0]
            self._ledger = _with_kept(self._ledger, store)
            self._stores.append(self._unread.pop(0))


def _with_kept(ledger: Ledger, store: Store) -> Ledger:
    data = store.load(LEDGER)
    if data is None:
        return ledger
    try:
        return joined(ledger, Ledger.from_dict(data))
    except ValueError:
        hint = "Move that record away, and it is made anew."
        raise UsageError(f"the store keeps a damaged record of {LEDGER}", hint=hint) from None


KEEPER: Final = Keeper()
"""The ledger of this process: what every client uses that was given no other."""
