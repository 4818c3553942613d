"""One reading and one action of an account, played against a script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from schoolsync.errors import SchoolSyncError
from schoolsync.providers.classcharts.account import Account
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.providers.classcharts.wire import answer, parent, script, signed_in

SECOND, FOURTH = dt.timedelta(seconds=1), dt.timedelta(seconds=2)
LOG_IN, PING, PUPILS = "POST /parent/login", "POST /apiv2parent/ping", "GET /apiv2parent/pupils"
ENTRY = [LOG_IN, PING, PUPILS]
READ, WRITE = "GET /apiv2parent/data", "POST /apiv2parent/deed"


async def read(account: Account) -> object:
    """A flow: one reading."""
    session = account.session

    async def make() -> object:
        return (await session.ask(session.request("GET", "data"))).data

    return await account.read("reading", make)


async def write(account: Account) -> object:
    """A flow: one action."""
    session = account.session

    async def make() -> object:
        return (await session.ask(session.request("POST", "deed", is_read=False))).data

    return await account.write("action", make)


def ready(clock: HandClock | None = None) -> Account:
    """A parent who is signed in."""
    return signed_in(parent(clock)).account


def run(flow: Callable[[Account], object], account: Account, *answers: Answer) -> Script:
    """What *flow* asked of the world, when it went well."""
    talk = script(*answers)
    assert talk.run(flow(account)) == "done"  # type: ignore[arg-type]
    assert not talk.answers
    return talk


def failed(
    flow: Callable[[Account], object], account: Account, *answers: Answer
) -> tuple[SchoolSyncError, Script]:
    """The error of *flow*, and what it asked of the world."""
    talk = script(*answers)
    with pytest.raises(SchoolSyncError) as caught:
        talk.run(flow(account))  # type: ignore[arg-type]
    assert not talk.answers
    return caught.value, talk


DONE = answer("done")
