"""The recorded conversations, and clients of every world to hold them again."""

from __future__ import annotations

import asyncio
import functools
import importlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import attrs
import trio
import vcr

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.mount import Mount
from tools.captures import Spoken, read
from tools.diary import Account, Conversation, Diary, Patient, finished
from tools.record import CASSETTES, CONVERSATIONS

__all__ = [
    "ALL",
    "CLASSCHARTS",
    "PARENT",
    "PUPIL",
    "STUDENT",
    "WORLDS",
    "World",
    "account_of",
    "conversation",
    "path_of",
    "played",
    "sandbox_diary",
]

ALL = tuple(CONVERSATIONS.values())
PARENT, STUDENT = CONVERSATIONS["classcharts/parent"], CONVERSATIONS["classcharts/student"]
CLASSCHARTS = (PARENT, STUDENT)
PUPIL = CONVERSATIONS["pronote/2026.2.4"]
SAID = ("accept", "authorization", "cookie", "content-type")
"""Header lines that a client must say as they were recorded."""


@attrs.frozen
class World:
    """How things are run, and whose HTTP client is used: `own` is the one that ours makes."""

    name: str
    library: str

    def __str__(self) -> str:
        return f"{self.name}-{self.library}"

    def hold(
        self, said: Conversation, account: Account, road: Any = None, clock: HandClock | None = None
    ) -> Diary:
        """What a client of this world gives in the conversation *said*.

        Args:
            said: The conversation.
            account: Who signs in.
            road: An HTTP client; one of this world's library if not given.
            clock: Of the client, and of a server that is asked; a new one if not given.
        """
        clock = clock or said.new_clock()
        if self.name == "sync":
            return self._hold(said, account, road, clock)
        body = self._hold_async
        if self.name == "trio":
            diary: Diary = trio.run(body, said, account, road, clock)
            return diary
        return asyncio.run(body(said, account, road, clock))

    def _hold(self, said: Conversation, account: Account, road: Any, clock: HandClock) -> Diary:
        road = road or self._library("Client")
        with said.new_client(account, http_client=road, clock=clock) as client:
            diary = finished(said.script(Patient(client), clock, account))
        if road is not None and hasattr(road, "close"):
            road.close()
        return diary

    async def _hold_async(self, said: Conversation, account: Account, road: Any, clock: HandClock) -> Diary:
        road = road or self._library("AsyncClient")
        async with said.new_client(account, is_async=True, http_client=road, clock=clock) as client:
            diary = await said.script(Patient(client), clock, account)
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


def path_of(said: Conversation) -> Path:
    """Where its cassette is."""
    return CASSETTES / f"{said.name}.yaml"


@functools.cache
def conversation(name: str) -> list[Spoken]:
    """What was recorded."""
    return read(path_of(CONVERSATIONS[name]).read_text(encoding="utf-8"))


def account_of(said: Conversation) -> Account:
    """Who signs in there, as the redaction left them."""
    if said not in CLASSCHARTS:
        return said.account
    spoken = conversation(said.name)
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
    for part in ("method", "uri"):
        assert getattr(asked, part) == getattr(recorded, part), part
    assert _meaning(asked.body) == _meaning(recorded.body), "body"
    for name in SAID:
        assert asked.headers.get(name) == recorded.headers.get(name), name


def _meaning(body: bytes | str | None) -> object:
    """A body: JSON is written over several lines in a cassette."""
    text = body.decode("utf-8", "surrogateescape") if isinstance(body, bytes) else body or ""
    return json.loads(text) if text.startswith("{") else text


@functools.cache
def sandbox_diary(name: str) -> Diary:
    """What a blocking client gives in the same conversation with the sandbox, in process."""
    said = CONVERSATIONS[name]
    clock = said.new_clock()
    mount = Mount({said.host: said.new_server(clock)})
    return World("sync", "own").hold(said, said.account, mount, clock)
