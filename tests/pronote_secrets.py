"""What PRONOTE must not print, and whole conversations in which it could."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from schoolsync import pronote
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.pronote.crypto import Cipher
from schoolsync.sandbox.pronote.doors import Door
from schoolsync.sandbox.pronote.sessions import Session, Sessions
from tests.client.pronote_turns import HOST, PARENT, STUDENT, WEEK, Turns
from tests.listening import Ears, Secrets

if TYPE_CHECKING:
    import pytest

__all__ = [
    "CLOSED",
    "FAMILY",
    "LOOK",
    "NEW",
    "NOBODY",
    "PIN",
    "READ",
    "URL",
    "WRONG",
    "YEAR",
    "given_by_servers",
    "hold",
    "secrets",
]

WRONG, NOBODY = "un faux mot d&passe", "EXAMPLE Nemo"
URL = f"https://{HOST}/pronote"
YEAR = ("2025-09-01", "2026-07-04")
CLOSED, NEW, PIN = (
    ("ferme.example", "porte close"),
    ("neuf.example", "provisoire-1"),
    ("code.example", "coffre-fort"),
)
TYPED = {
    "password": STUDENT[1],
    "user": STUDENT[0],
    "parent's password": PARENT[1],
    "parent": PARENT[0],
    "wrong password": WRONG,
    "nobody": NOBODY,
    **{f"user {name}": name for name, _ in (CLOSED, NEW, PIN)},
    **{f"password of {name}": word for name, word in (CLOSED, NEW, PIN)},
}
KNOWN = {
    "name": "EXAMPLE Louison",
    "first name": "Louison",
    "child": "FACTICE Maë",
    "other child": "FACTICE Noé",
    "parent's name": "FACTICE Dominique",
    "teacher": "EBAUCHE L.",
    "subject": "SCIENCES VIE & TERRE",
}
FAMILY = {"student": STUDENT, "parent": PARENT}


def given_by_servers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Gets what any server gives from now on: cookies, keys and what makes them, devices, challenges."""
    made: list[str] = []
    begin, rekeyed, device, step = Sessions.begin, Cipher.rekeyed, Sessions.device, Door._challenge

    def new_session(sessions: Sessions, *how: Any) -> Session:
        session = begin(sessions, *how)
        made.append(session.cookie)
        return session

    def new_cipher(cipher: Cipher, material: bytes) -> Cipher:
        new = rekeyed(cipher, material)
        made.extend(form for part in (new.key, new.iv, material) for form in (part.hex(), repr(part)[2:-1]))
        made.append(",".join(map(str, material)))
        return new

    def new_device(sessions: Sessions) -> str:
        made.append(device(sessions))
        return made[-1]

    def new_challenge(door: Door, cipher: Cipher) -> tuple[str, frozenset[str]]:
        challenge, proofs = step(door, cipher)
        made.extend([challenge, *proofs])
        return challenge, proofs

    monkeypatch.setattr(Sessions, "begin", new_session)
    monkeypatch.setattr(Cipher, "rekeyed", new_cipher)
    monkeypatch.setattr(Sessions, "device", new_device)
    monkeypatch.setattr(Door, "_challenge", new_challenge)
    return made


def secrets(given: list[str], **more: str) -> Secrets:
    """What must not be heard: what was typed, what a server gave, whom it is about."""
    return Secrets(
        {**TYPED, **KNOWN, **more, **{f"given {number}": one for number, one in enumerate(set(given))}}
    )


def shown_by(client: Any) -> list[Any]:
    """The parts of a client that a debugger or a careless log line would print."""
    service = client._service
    account = service.account
    session, known = account.session, account._known
    return [
        *(client, client.native, service, service.native, service.shelf, client._driver, account),
        *(account.login, account.login.credentials, account.login.knock, account.login.password),
        *(session, session.start, session.wire, session.cookies, *session.cookies.kept, session.options),
        *(known, known.begun, known.begun.settings, known.begun.year, *known.resources.values()),
        *(account.settings, account.user, client.user, client.params, client.credentials),
        *(client.capabilities, *client.pupils, client.school, account.context(None)),
    ]


READ: tuple[Callable[[Any], Any], ...] = (
    lambda c: c.get_lessons(*WEEK),
    lambda c: c.get_homeworks(*YEAR),
    lambda c: c.get_lesson_contents(*YEAR),
    lambda c: c.get_marks(*YEAR),
    lambda c: c.get_averages(),
    lambda c: c.get_evaluations(*YEAR),
    lambda c: c.get_absences(*YEAR),
    lambda c: c.get_sanctions(*YEAR),
    lambda c: c.get_behaviour_events(*YEAR),
    lambda c: c.get_announcements(),
    lambda c: c.get_menus(*WEEK),
    lambda c: c.get_files(),
    lambda c: c.get_discussions(),
    lambda c: c.get_teachers(),
    lambda c: c.get_periods(),
    lambda c: c.get_holidays(),
)
"""Listings."""
LOOK: tuple[Callable[[Any], Any], ...] = (
    lambda c: c.get_report(),
    lambda c: c.get_presence_totals(*YEAR),
    lambda c: c.get_personal_data(),
    lambda c: c.native.get_lessons(28),
    lambda c: c.native.get_marks(),
    lambda c: c.native.get_user(),
    lambda c: c.native.get_settings(),
    lambda c: c.native.request("PageMenus", tab=10, data={"date": {"_T": 7, "V": "11/3/2026 0:0:0"}}),
)
"""What gives one thing."""


async def spoken(client: Any, server: PronoteServer, ears: Ears, settled: Callable[[Any], Any]) -> None:
    """A whole conversation: log-in, readings, a file, a renewal, a heartbeat's call, a log-out."""
    await settled(client.login())
    for number, reading in enumerate((*READ, *LOOK)):
        if number == len(READ):
            server.sessions.end_all()
        listing = await settled(reading(client))
        ears.look_at(listing, *(listing if number < len(READ) else ()))
    shared = await settled(client.get_files())
    ears.look_at(*(file for one in shared for file in one.attachments))
    ears.look_at(*shown_by(client))


async def unawaited(found: Any) -> Any:
    """What a blocking client gave."""
    return found


async def awaited(found: Any) -> Any:
    """What an async one gives."""
    return await found


async def hold(
    turns: Turns,
    url: str,
    role: str,
    ears: Ears,
    *,
    is_async: bool = False,
    make: Any = None,
    **options: Any,
) -> None:
    """The conversation of *role* at *url*, with a client of that side."""
    injected = make() if make else None
    if injected is not None:
        options["http_client"] = injected
    kind = pronote.AsyncClient if is_async else pronote.Client
    client: Any = kind(url, *FAMILY[role], account=role, clock=turns.clock, **options)
    settled = awaited if is_async else unawaited
    await spoken(client, turns.server, ears, settled)
    await take_a_file(client, is_async=is_async)
    await settled(client.aclose() if is_async else client.close())
    if injected is not None:
        await settled(injected.aclose() if is_async else injected.close())


async def take_a_file(client: Any, *, is_async: bool) -> None:
    """The bytes of the first file that is shared."""
    files = await client.get_files() if is_async else client.get_files()
    file = next(file for one in files for file in one.attachments if file.kind == "file")
    if is_async:
        async with client.open(file) as chunks:
            assert [chunk async for chunk in chunks]
    else:
        with client.open(file) as chunks:
            assert list(chunks)
