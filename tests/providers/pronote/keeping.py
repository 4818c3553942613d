"""One reading and one action of an account, played against a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import SchoolSyncError
from schoolsync.flow.effects import Flow
from schoolsync.providers.pronote.account import Account
from schoolsync.testing.play import Answer, Script
from tests.providers.pronote.wire import Answering, Server

READ, WRITE = "PageTest", "SaisieTest"


async def read(account: Account) -> object:
    """A flow: one reading about the first pupil, by the id that the session has for it."""

    async def make() -> object:
        who = account.resource(None)
        return (await account.session.ask(READ, tab=16, data={"N": who.id}, about=who)).data

    return await account.read("reading", make)


async def write(account: Account) -> object:
    """A flow: one action about the first pupil."""

    async def make() -> object:
        who = account.resource(None)
        session = account.session
        return (await session.ask(WRITE, tab=16, data={"N": who.id}, about=who, is_read=False)).data

    return await account.write("action", make)


Talking = Callable[[Account], Flow[object]]
FUNCTIONS: dict[Any, str] = {read: READ, write: WRITE}


def done(server: Server, flow: Talking = read) -> Answering:
    """The answer that *flow* waits for."""
    return server.answered(FUNCTIONS[flow], "done")


def run(flow: Talking, account: Account, *answers: Answer) -> Script:
    """What *flow* asked of the world, when it went well."""
    talk = Script(list(answers))
    assert talk.run(flow(account)) == "done"
    assert not talk.answers
    return talk


def failed(
    flow: Talking, account: Account, *answers: Answer, holds: Any = None
) -> tuple[SchoolSyncError, Script]:
    """The error of *flow*, and what it asked of the world."""
    talk = Script(list(answers), holds=holds)
    with pytest.raises(SchoolSyncError) as caught:
        talk.run(flow(account))
    assert not talk.answers
    return caught.value, talk
