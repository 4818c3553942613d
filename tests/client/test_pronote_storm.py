"""Many callers on one PRONOTE session: one exchange at a time, every order number the next one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import anyio
import pytest

from schoolsync.errors import SchoolSyncError
from schoolsync.sandbox.pronote import GENERATIONS
from tests.client.pronote_turns import ENTRY, PARENT, TODAY, WEEK, Lone, Turns, session_of
from tests.client.test_session_turns import all_at_once, in_threads

MANY = 50
BEAT = "Navigation"
Reading = Callable[[Any, Any], Any]
READINGS: tuple[tuple[str, Reading], ...] = (
    ("PageEmploiDuTemps", lambda client, pupil: client.get_lessons(*WEEK, pupil=pupil)),
    ("PageCahierDeTexte", lambda client, pupil: client.get_homeworks(TODAY, pupil=pupil)),
    ("DernieresNotes", lambda client, pupil: client.get_marks(pupil=pupil)),
    ("PagePresence", lambda client, pupil: client.get_absences(pupil=pupil)),
    ("DernieresEvaluations", lambda client, pupil: client.get_evaluations(pupil=pupil)),
)
"""What is read, and the function that it calls once."""


@pytest.fixture(params=["sync", "asyncio", "trio"])
def turns(request: pytest.FixtureRequest) -> Turns:
    """Threads, asyncio or trio."""
    return Turns(request.param)


def lone_client(turns: Turns) -> tuple[Any, Lone]:
    """A parent's client over a road that refuses two exchanges at once."""
    lone = Lone(turns.mount, pause=lambda: threading.Event().wait(0.0001))
    road = lone if turns.name == "sync" else lone.awaited
    return turns.client(PARENT, "parent", http_client=road), lone


async def stormed(turns: Turns, client: Any, count: int = MANY) -> list[Any]:
    """So many readings at once, of all kinds, of both children in turn."""
    keys = [pupil.key for pupil in client.pupils]
    inner = client.blocking if turns.name == "sync" else client

    def read(number: int) -> Any:
        _, reading = READINGS[number % len(READINGS)]
        return reading(inner, keys[number // len(READINGS) % 2])

    return in_threads(count, read) if turns.name == "sync" else await all_at_once(count, read)


def test_fifty_at_once_keep_the_order_numbers(turns: Turns) -> None:
    """Everybody gets what they would have got alone, of the child that they asked about."""

    async def body() -> None:
        client, lone = lone_client(turns)
        await client.login()
        one, two = (pupil.key for pupil in client.pupils)
        alone = [await reading(client, key) for key in (one, two) for _, reading in READINGS]
        assert {record.pupil_key for rows in alone[:5] for record in rows} == {one}
        assert {record.pupil_key for rows in alone[5:] for record in rows} == {two}
        before, order = len(turns.asked), session_of(client).order
        found = await stormed(turns, client)
        assert found == [alone[number % len(alone)] for number in range(MANY)]
        calls = turns.asked[before:]
        assert sorted(calls) == sorted(name for name, _ in READINGS for _ in range(MANY // len(READINGS)))
        assert session_of(client).order == order + 2 * MANY
        assert len(set(lone.orders)) == len(lone.orders)
        await client.aclose()

    turns.run(body)


@pytest.mark.parametrize("version", [one.label for one in GENERATIONS])
def test_fifty_threads_in_every_generation(version: str) -> None:
    """Encrypted and compressed, too: keys and numbers stay together."""
    turns = Turns("sync", version)
    turns.server.calling.payload = type(turns.server.calling.payload)(
        generation=turns.server.generation, encrypts=True, compresses=True
    )
    turns.server.encrypts = turns.server.compresses = True

    async def body() -> None:
        client, _ = lone_client(turns)
        await client.login()
        before = len(turns.asked)
        assert all(isinstance(rows, list) for rows in await stormed(turns, client))
        assert len(turns.asked) == before + MANY
        await client.aclose()

    turns.run(body)


def test_a_heart_beats_in_the_storm(turns: Turns) -> None:
    """In turn with everything else."""

    async def body() -> None:
        client, _ = lone_client(turns)
        await client.login()
        async with client.kept_alive(0.001):
            while turns.asked.count(BEAT) < 3:
                await stormed(turns, client, 10)
                await (anyio.sleep(0.002) if turns.name != "sync" else _waited(0.002))
        assert turns.asked.count("Authentification") == 1
        assert await client.get_lessons(*WEEK)
        await client.aclose()

    turns.run(body)


async def _waited(seconds: float) -> None:
    threading.Event().wait(seconds)


def test_the_first_readings_of_many_sign_in_once(turns: Turns) -> None:
    """Nobody signed in before."""

    async def body() -> None:
        client, _ = lone_client(turns)
        inner = client.blocking if turns.name == "sync" else client
        if turns.name == "sync":
            in_threads(MANY, lambda _: inner.get_lessons(*WEEK))
        else:
            await all_at_once(MANY, lambda _: inner.get_lessons(*WEEK))
        entry = ["parent.html", *ENTRY[1:]]
        assert turns.asked == [*entry, *["PageEmploiDuTemps"] * MANY]
        await client.aclose()

    turns.run(body)


def test_a_dead_session_is_replaced_once(turns: Turns) -> None:
    """Fifty callers find it dead; one signs in, the others go on with the new ids."""

    async def body() -> None:
        client, _ = lone_client(turns)
        await client.login()
        turns.server.sessions.end_all()
        await stormed(turns, client)
        assert turns.asked.count("Authentification") == 2
        await client.aclose()

    turns.run(body)


def test_the_server_would_notice_a_wrong_number(turns: Turns) -> None:
    """It refuses it, and the client signs in anew: the storm above proves something."""

    async def body() -> None:
        client, _ = lone_client(turns)
        await client.login()
        session_of(client).order += 2
        assert await client.get_lessons(*WEEK)
        assert turns.asked.count("Authentification") == 2
        await client.aclose()

    turns.run(body)


def test_the_road_would_notice_two_at_once(turns: Turns) -> None:
    """Two clients on one road are not held apart."""
    lone = Lone(turns.mount, pause=lambda: threading.Event().wait(0.05))

    async def body() -> None:
        clients = [turns.client(PARENT, "parent", http_client=road(lone, turns)) for _ in range(2)]
        errors: list[BaseException] = []

        def one(number: int) -> Any:
            try:
                return clients[number].blocking.login()
            except (AssertionError, SchoolSyncError) as error:
                errors.append(error)

        async def awaited(number: int) -> None:
            try:
                await clients[number].login()
            except (AssertionError, SchoolSyncError) as error:
                errors.append(error)

        if turns.name == "sync":
            in_threads(2, one)
        else:
            await all_at_once(2, awaited)
        assert [type(error) for error in errors][:1] == [AssertionError]

    turns.run(body)


def road(lone: Lone, turns: Turns) -> Any:
    """*lone* as that world takes it."""
    return lone if turns.name == "sync" else lone.awaited
