"""An anonymous session for people who bring their own authentication: in threads, on asyncio, on trio."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from schoolsync import pronote
from schoolsync.errors import Refused, SessionExpired, Undecodable, UsageError
from tests.client.pronote_turns import ENTRY, HOST, STUDENT, WEEK, Turns
from tests.client.worlds import Awaited


@pytest.fixture(params=["sync", "asyncio", "trio"])
def turns(request: pytest.FixtureRequest) -> Turns:
    """Threads, asyncio or trio; of a server whose challenges are scrambled."""
    return Turns(request.param, "2025.1.3")


async def opened(turns: Turns, **options: Any) -> Any:
    """An anonymous session."""
    given: dict[str, Any] = {"http_client": turns.mount, "clock": turns.clock} | options
    if turns.name == "sync":
        return Awaited(pronote.open_session(f"https://{HOST}/pronote", **given))
    return await pronote.open_session_async(f"https://{HOST}/pronote", **given)


async def signed_in_by_hand(session: Any) -> None:
    """The log-in of a server with scrambled challenges, as somebody might write it."""
    login, password = STUDENT
    asked = await session.request(
        "Identification",
        data={"genreConnexion": 0, "genreEspace": 3, "identifiant": login, "pourENT": False},
    )
    digest = sha256((asked.data["alea"] + password).encode()).hexdigest().upper()
    keys = (login + digest).encode()
    told = session.blocking if isinstance(session, Awaited) else session
    scrambled = told.decrypt(asked.data["challenge"], keys)
    proof = told.encrypt(scrambled[::2], keys)
    entry = await session.request("Authentification", data={"connexion": 0, "challenge": proof, "espace": 3})
    told.adopt(bytes(map(int, told.decrypt(entry.data["cle"], keys).split(","))))


def test_a_session_that_somebody_signed_in_to_by_hand(turns: Turns) -> None:
    """Is a client's from then on; when the server ends it, that is final."""

    async def body() -> None:
        session = await opened(turns)
        assert turns.asked == ENTRY[:2]
        told = getattr(session, "blocking", session)
        assert (told.root, told.version) == (f"https://{HOST}/pronote", (2025, 1, 3))
        await signed_in_by_hand(session)
        taken = pronote.from_session if turns.name == "sync" else pronote.from_session_async
        client: Any = taken(told)
        client = Awaited(client) if turns.name == "sync" else client
        assert await client.get_lessons(*WEEK)
        assert client.user.name == "EXAMPLE Louison"
        with pytest.raises(UsageError):
            _ = client.credentials
        with pytest.raises(UsageError, match="handed"):
            taken(told)
        turns.server.sessions.end_all()
        with pytest.raises(SessionExpired):
            await client.get_lessons(*WEEK)
        await client.aclose()

    turns.run(body)
    assert turns.asked.count("Authentification") == 1


def test_a_session_that_nobody_wants_is_closed(turns: Turns) -> None:
    """And is of no use afterwards."""

    async def body() -> None:
        session = await opened(turns)
        await session.aclose()
        with pytest.raises(UsageError):
            await session.request("Identification", data={})

    turns.run(body)


def test_what_goes_wrong_in_it_is_told(turns: Turns) -> None:
    """A function that there is not, a call of somebody who is not signed in, keys that do not fit."""

    async def body() -> None:
        session = await opened(turns)
        told = getattr(session, "blocking", session)
        with pytest.raises(Undecodable):
            told.decrypt("00ff" * 8, b"other keys")
        assert told.decrypt(told.encrypt("déjà vu", b"keys"), b"keys") == "déjà vu"
        assert told.number > 0
        with pytest.raises((Refused, SessionExpired)):
            await session.request("PageMenus", tab=10)
        await session.aclose()

    turns.run(body)


def test_a_context_closes_it(turns: Turns) -> None:
    """Unless it was handed over."""

    async def body() -> None:
        session = await opened(turns)
        async with session:
            pass
        with pytest.raises(UsageError):
            await session.request("Identification", data={})

    turns.run(body)
