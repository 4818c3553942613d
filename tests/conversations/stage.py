"""The recorded conversations, and clients of every world to hold them again."""

from __future__ import annotations

import asyncio
import functools
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import attrs
import trio
import vcr

from schoolsync import classcharts
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Mount
from tools.captures import Spoken, read
from tools.record import (
    ACCOUNTS,
    CASSETTES,
    SCRIPTS,
    Account,
    Diary,
    Patient,
    finished,
    new_clock,
    new_server,
)

__all__ = ["ROLES", "WORLDS", "World", "account_of", "conversation", "played", "sandbox_diary"]

ROLES = tuple(SCRIPTS)
PLACE = "www.classcharts.com"
SAID = ("accept", "authorization", "cookie", "content-type")
"""Header lines that a client must say as they were recorded."""


@attrs.frozen
class World:
    """How things are run, and whose HTTP client is used: `own` is the one that ours makes."""

    name: str
    library: str

    def __str__(self) -> str:
        return f"{self.name}-{self.library}"

    def hold(self, role: str, account: Account, http_client: Any = None) -> Diary:
        """What a client of this world gives in the conversation of *role*."""
        if self.name == "sync":
            return self._hold(role, account, http_client)
        body = self._hold_async
        if self.name == "trio":
            diary: Diary = trio.run(body, role, account, http_client)
            return diary
        return asyncio.run(body(role, account, http_client))

    def _hold(self, role: str, account: Account, http_client: Any) -> Diary:
        clock, road = new_clock(), http_client or self._library("Client")
        kind = classcharts.ParentClient if role == "parent" else classcharts.StudentClient
        with kind(*account.log_in, http_client=road, clock=clock) as client:
            diary = finished(SCRIPTS[role](Patient(client), clock, account))
        if road is not None and hasattr(road, "close"):
            road.close()
        return diary

    async def _hold_async(self, role: str, account: Account, http_client: Any) -> Diary:
        clock, road = new_clock(), http_client or self._library("AsyncClient")
        kind = classcharts.AsyncParentClient if role == "parent" else classcharts.AsyncStudentClient
        async with kind(*account.log_in, http_client=road, clock=clock) as client:
            diary = await SCRIPTS[role](Patient(client), clock, account)
        if road is not None and hasattr(road, "aclose"):
            await road.aclose()
        return diary

    def _library(self, kind: str) -> Any:
        return None if self.library == "own" else getattr(importlib.import_module(self.library), kind)()


WORLDS = tuple(
    World(name, library)
    for name, library in (
        ("sync", "own"),
        ("sync", "httpx"),
        ("sync", "httpx2"),
        ("asyncio", "own"),
        ("asyncio", "httpx"),
        ("asyncio", "httpx2"),
        ("trio", "httpx"),
        ("trio", "httpx2"),
    )
)


@functools.cache
def conversation(role: str) -> list[Spoken]:
    """What was recorded."""
    return read((CASSETTES / f"{role}.yaml").read_text(encoding="utf-8"))


def account_of(spoken: list[Spoken]) -> Account:
    """Who signs in there, as the redaction left them."""
    first = dict(parse_qsl(spoken[0].body.decode()))
    typed = next(one for one in spoken if one.url.endswith(("/password", "/getcode")))
    later = dict(parse_qsl(typed.body.decode()))
    if "email" in first:
        return Account((first["email"], first["password"]), later["new"])
    return Account((first["code"], first["dob"]), later["date"])


@contextmanager
def played(path: Path) -> Iterator[Any]:
    """The cassette at *path* answers every request, each recording once, and no network does."""
    recorder = vcr.VCR(record_mode="none")
    recorder.register_matcher("said", _is_said_alike)
    with recorder.use_cassette(str(path), match_on=["said"]) as cassette:
        yield cassette


def _is_said_alike(asked: Any, recorded: Any) -> None:
    """A matcher for vcrpy: method, address, body and the lines that carry who one is."""
    for part in ("method", "uri", "body"):
        assert (getattr(asked, part) or b"") == (getattr(recorded, part) or b""), part
    for name in SAID:
        assert asked.headers.get(name) == recorded.headers.get(name), name


@functools.cache
def sandbox_diary(role: str) -> Diary:
    """What a blocking client gives in the same conversation with the sandbox, in process."""
    clock: HandClock = new_clock()
    return World("sync", "own").hold(role, ACCOUNTS[role], Mount({PLACE: new_server(clock)}))
