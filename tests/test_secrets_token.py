"""Nobody hears a token, a PIN, a code or the name of an installation: at DEBUG, on any road, in any error."""

from __future__ import annotations

import asyncio
import importlib
import re
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync import errors, pronote
from schoolsync.drivers import vault
from schoolsync.providers.pronote import account as upkeep
from schoolsync.providers.pronote import token
from schoolsync.sandbox.faults import Drop, LoseAnswer, Status, TooMany
from schoolsync.sandbox.pronote import Rules
from schoolsync.sandbox.serve import serve
from tests.client.pronote_turns import HOST, STUDENT, WEEK, Turns
from tests.listening import Ears, Secrets, listening
from tests.pronote_secrets import given_by_servers, secrets
from tests.test_secrets import Remembering

PIN = "0739"
URL = f"https://{HOST}/pronote"


@pytest.fixture(autouse=True)
def ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has knocked anywhere yet."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What servers gave, and what the code for the app said; the PIN is one that nothing else is."""
    made, opened = given_by_servers(monkeypatch), token._opened

    def told(text: str, pin: str) -> str:
        made.append(text)
        made.append(opened(text, pin))
        return made[-1]

    monkeypatch.setattr(token, "_opened", told)
    monkeypatch.setattr(upkeep, "new_pin", lambda _: PIN)
    return made


def leaks(ears: Ears, given: list[str], kept: list[Any]) -> list[str]:
    """Where anything was heard that must not be, the PIN too."""
    fields = {
        f"{name} {number}": one.fields[name]
        for number, one in enumerate(kept)
        for name in ("token", "uuid", "username")
    }
    assert len(kept) > 1
    pins = [where for where, text in ears.heard if re.search(rf"(?<!\d){PIN}(?!\d)", text)]
    return [*ears.leaks(secrets(given, **fields)), *pins]


def shown_by(client: Any) -> list[Any]:
    """What a debugger would print of a client with a token."""
    account = client._service.account
    return [
        *(client, client._service, account, account.login, account.login.credentials, account.login.knock),
        *(account.login.previous, account.login.token, account.session, account.session.private),
        *(account.session.next_token, client.credentials),
    ]


# -- whole conversations -------------------------------------------------------------------------


ROADS = ("own", "httpx2", "async own", "async httpx", "in process")


@pytest.mark.parametrize("road", ROADS)
def test_a_whole_conversation_is_discreet(road: str, given: list[str]) -> None:
    """A first token, a log-in by it, readings, a renewal, a log-out."""
    turns, kept = Turns("sync"), list[Any]()
    with listening() as ears:
        if road == "in process":
            memory = Remembering(turns.mount)
            asyncio.run(hold(turns, URL, ears, kept, http_client=memory))
            ears.look_at(*memory.spoken)
        else:
            with serve({"/pronote": turns.server}) as place:
                library = road.rsplit(maxsplit=1)[-1]
                side = "Async" if road.startswith("async") else ""
                made = None
                if library != "own":
                    made = getattr(importlib.import_module(library), f"{side}Client")()
                asyncio.run(hold(turns, f"{place.url}/pronote", ears, kept, bool(side), http_client=made))
    assert len(kept) == 3
    assert len(given) > 10
    assert leaks(ears, given, kept) == []


async def hold(
    turns: Turns, url: str, ears: Ears, kept: list[Any], is_async: bool = False, **options: Any
) -> None:
    """The conversation, with clients of that side; what was injected is closed."""
    given = options | {"clock": turns.clock, "on_credentials": kept.append}

    async def done(found: Any) -> Any:
        return await found if is_async else found

    kind: Any = pronote.AsyncClient if is_async else pronote.Client
    enter: Any = pronote.login_token_async if is_async else pronote.login_token
    first = kind(url, *STUDENT, **given)
    credentials = await done(first.issue_token())
    ears.look_at(first, credentials, *shown_by_password(first))
    await done(first.aclose() if is_async else first.close())
    client = await done(enter(credentials, **given))
    assert await done(client.get_lessons(*WEEK))
    turns.server.sessions.end_all()
    assert await done(client.get_lessons(*WEEK))
    ears.look_at(*shown_by(client), *kept)
    await done(client.aclose() if is_async else client.close())
    injected = options["http_client"]
    if hasattr(injected, "aclose") or hasattr(injected, "close"):
        await done(injected.aclose() if is_async else injected.close())


def shown_by_password(client: Any) -> list[Any]:
    """What a debugger would print of a client that has issued a token."""
    session = client._service.account.session
    return [client._service, client._service.account, session, session.private, client.credentials]


# -- errors --------------------------------------------------------------------------------------


Provoke = Callable[[Turns, list[Any], dict[str, Any]], object]


def held(turns: Turns, kept: list[Any], options: dict[str, Any]) -> object:
    """A token that was refused before."""
    for _ in range(2):
        try:
            pronote.login_token(kept[0], **options)
        except errors.WrongCredentials:
            continue
    raise AssertionError


def by(fault: Any, path: str) -> Provoke:
    """A log-in by token in which *fault* happens."""

    def provoke(turns: Turns, kept: list[Any], options: dict[str, Any]) -> object:
        turns.server.faults.add(fault, path, times=9)
        return pronote.login_token(kept[-1], **options)

    return provoke


def at_issue(fault: Any, path: str) -> Provoke:
    """A first token in which *fault* happens."""

    def provoke(turns: Turns, kept: list[Any], options: dict[str, Any]) -> object:
        client = pronote.Client(URL, *STUDENT, **options).login()
        turns.server.faults.add(fault, path, times=9)
        return client.issue_token()

    return provoke


def without(name: str) -> Provoke:
    """Credentials that lack something."""
    return lambda _, kept, options: pronote.login_token({**kept[-1].fields, name: ""}, **options)


def for_show(turns: Turns, kept: list[Any], options: dict[str, Any]) -> object:
    """A school that is for demonstrations."""
    turns.server.rules = turns.server.calling.rules = Rules(is_demo=True)
    return pronote.login_token(kept[-1], **options)


def with_more(turns: Turns, kept: list[Any], options: dict[str, Any]) -> object:
    """Credentials that say too much."""
    return pronote.login_token({**kept[-1].fields, "password": STUDENT[1]}, **options)


TROUBLES: tuple[tuple[type[errors.SchoolSyncError], Provoke], ...] = (
    (errors.WrongCredentials, lambda _, kept, options: pronote.login_token(kept[0], **options)),
    (errors.LoginHeld, held),
    (errors.Interrupted, by(LoseAnswer(), "*/Authentification")),
    (errors.Unreachable, by(Drop(), "*/mobile.eleve.html")),
    (errors.InstanceClosed, by(Status(503, "<h1>EXAMPLE Louison</h1>"), "*/Identification")),
    (errors.RateLimited, by(TooMany("3600"), "*/Authentification")),
    (errors.Unavailable, for_show),
    (errors.Unavailable, at_issue(Status(404), "*/mobile.eleve.html")),
    (errors.NetworkError, at_issue(LoseAnswer(), "*/JetonAppliMobile")),
    (errors.Interrupted, at_issue(LoseAnswer(), "*/Authentification")),
    (errors.BadArgument, without("token")),
    (errors.BadArgument, without("uuid")),
    (errors.BadArgument, with_more),
)


@pytest.mark.parametrize(("leaf", "provoke"), TROUBLES, ids=[str(n) for n, _ in enumerate(TROUBLES)])
def test_an_error_is_discreet(leaf: type[errors.SchoolSyncError], provoke: Provoke, given: list[str]) -> None:
    """Its text, `repr`, traceback and everything behind it, and what is logged on the way."""
    turns, kept = Turns("sync"), list[Any]()
    memory = Remembering(turns.mount)
    options: dict[str, Any] = {"http_client": memory, "clock": turns.clock, "on_credentials": kept.append}
    with pronote.Client(URL, *STUDENT, **options) as client:
        client.issue_token()
    pronote.login_token(kept[-1], **options).close()
    turns.clock.advance(3600)
    with listening() as ears:
        with pytest.raises(errors.SchoolSyncError) as caught:
            provoke(turns, kept, options)
        ears.look_at(*memory.spoken)
        ears.catch(caught.value)
    assert isinstance(caught.value, leaf)
    assert leaks(ears, given, kept) == []


def test_a_token_would_be_heard(given: list[str]) -> None:
    """The ears know the tokens and codes of this very conversation, and the PIN."""
    turns, kept = Turns("sync"), list[Any]()
    options: dict[str, Any] = {"http_client": turns.mount, "clock": turns.clock}
    client = pronote.Client(URL, *STUDENT, **options, on_credentials=kept.append).login()
    client.issue_token()
    client.issue_token()
    words = {"uuid": kept[1].fields["uuid"], "token": kept[1].fields["token"]}
    with listening() as ears:
        ears.look_at([*words.values(), given[-1], PIN])
    assert len(leaks(ears, given, kept)) == 2
    assert Secrets(words).heard_in(words["token"].lower()) == ["token"]
