"""Signing in without a password, as users meet it: in threads, on asyncio, on trio, in every generation."""

from __future__ import annotations

from typing import Any

import anyio
import attrs
import pytest

import schoolsync
from schoolsync import pronote
from schoolsync.drivers.vault import Keeper
from schoolsync.errors import (
    BadArgument,
    Interrupted,
    LoginHeld,
    Unavailable,
    Unreachable,
    WrongCredentials,
)
from schoolsync.flow.effects import Credentials
from schoolsync.sandbox.faults import Drop, LoseAnswer
from schoolsync.sandbox.pronote.generations import GENERATIONS
from tests.client.pronote_turns import WEEK
from tests.client.telephone import CAS, FIRST, PERSON, RENEWED, Line
from tests.client.worlds import Awaited

LESSONS, LOG_OUT = "PageEmploiDuTemps", "SaisieDeconnexion"


@pytest.fixture(params=["sync", "asyncio", "trio"])
def line(request: pytest.FixtureRequest) -> Line:
    """Threads, asyncio or trio."""
    return Line.to(request.param)


@pytest.fixture
def quiet() -> Line:
    """The blocking world alone, where the others would show nothing new."""
    return Line.to("sync")


# -- the whole story ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["sync", "asyncio", "trio"])
@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_after_a_portal_the_password_need_not_be_kept(name: str, generation: Any) -> None:
    """Once through the portal, a token, a new client, readings, a renewal: each token is kept first."""
    line = Line.to(name, generation.label)

    async def body() -> None:
        portal = await line.by_portal()
        lessons = [one.key for one in await portal.get_lessons(*WEEK)]
        line.diary.clear()
        first = await portal.issue_token()
        assert line.diary == FIRST
        assert [one.key for one in await portal.get_lessons(*WEEK)] == lessons
        assert line.diary == [*FIRST, LESSONS]
        await portal.aclose()
        line.diary.clear()

        client = await line.by_token(first)
        assert line.diary == RENEWED
        assert [one.key for one in client.pupils] == [one.key for one in portal.pupils]
        assert [one.key for one in await client.get_lessons(*WEEK)] == lessons
        line.school.sessions.end_all()
        assert [one.key for one in await client.get_lessons(*WEEK)] == lessons
        assert line.diary == [*RENEWED, LESSONS, LESSONS, *RENEWED, LESSONS]
        assert client.credentials == line.kept[-1]
        await client.aclose()
        assert line.diary[-1] == LOG_OUT

    line.turns.run(body)
    assert line.town.educonnect.proofs == 1
    tokens = [one.fields["token"] for one in line.kept]
    assert len(set(tokens)) == len(tokens) == 3
    assert len({one.fields["uuid"] for one in line.kept}) == 1


def test_credentials_of_a_token_hold_no_password(quiet: Line) -> None:
    """And are the account's own, not the portal's."""
    credentials = quiet.turns.run(quiet.issued)
    assert credentials.fields.keys() == {"url", "username", "token", "uuid", "account"}
    assert credentials.fields["username"] == "louison.example"
    assert credentials.fields["url"] == quiet.town.instance(CAS).rpartition("/")[0]
    assert PERSON[1] not in credentials.fields.values()
    assert not [one for one in credentials.fields.values() if one in repr(credentials)]


def test_every_way_to_a_client_is_the_same(quiet: Line) -> None:
    """`login_token` with credentials or their fields, `connect`, and the class."""
    credentials = quiet.turns.run(quiet.issued)
    ways = (
        lambda now: pronote.login_token(dict(now.fields), **quiet.options),
        lambda now: schoolsync.connect("pronote", **now.fields, **quiet.options),
        lambda now: pronote.Client(**now.fields, **quiet.options),
    )
    pupils = set()
    for way in ways:
        quiet.turns.clock.advance(3600)
        with way(quiet.kept[-1]) as client:
            assert client.get_lessons(*WEEK)
            pupils.add(client.pupils[0].key)
    assert len(pupils) == 1
    assert len(quiet.kept) == 4
    assert credentials == quiet.kept[0]


@pytest.mark.parametrize(("account", "login"), [("parent", "dominique.factice"), ("teacher", "ana.modele")])
def test_parents_and_teachers_have_tokens_too(quiet: Line, account: str, login: str) -> None:
    """On their own pages for the app, in the zone that the caller said; after a password as well."""
    known = quiet.town.college.account(login, account)
    assert known is not None

    async def body() -> None:
        credentials = await quiet.issued((login, known.password), account, cas=None)
        client = await quiet.by_token(credentials, timezone="Indian/Reunion")
        page = {"parent": "mobile.parent.html", "teacher": "mobile.professeur.html"}[account]
        assert quiet.diary[0] == page
        assert quiet.kept[-1] == client.credentials
        said = {"account": account, "username": login, "timezone": "Indian/Reunion"}
        assert said.items() <= client.credentials.fields.items()
        before = [one.key for one in client.pupils]
        await client.aclose()
        again = await quiet.by_token(quiet.kept[-1])
        assert {one.school.timezone for one in again.pupils} == {"Indian/Reunion"}
        assert [one.key for one in again.pupils] == before
        await again.aclose()

    quiet.turns.run(body)


def test_nobody_need_keep_it(quiet: Line) -> None:
    """Without `on_credentials=` the newest one is in `credentials`."""
    credentials = quiet.turns.run(quiet.issued)
    with pronote.login_token(credentials, http_client=quiet, clock=quiet.turns.clock) as client:
        newest = client.credentials
        assert newest.fields["token"] != credentials.fields["token"]
    with pronote.login_token(newest, **quiet.options) as client:
        assert client.pupils


# -- what kills a token ----------------------------------------------------------------------------


def test_an_old_token_is_dead_and_says_why(line: Line) -> None:
    """It is proven once and never again, and the new one is untouched by that."""

    async def body() -> None:
        old = await line.issued()
        client = await line.by_token(old)
        await client.aclose()
        with pytest.raises(WrongCredentials) as caught:
            await line.by_token(old)
        assert "used elsewhere" in str(caught.value)
        assert caught.value.part == "token"
        sent = len(line.diary)
        with pytest.raises(LoginHeld):
            await line.by_token(old)
        assert len(line.diary) == sent
        line.turns.clock.advance(3600)
        client = await line.by_token(line.kept[-1])
        assert await client.get_lessons(*WEEK)
        await client.aclose()

    line.turns.run(body)


def test_tokens_can_be_withdrawn(quiet: Line) -> None:
    """At the school, or by a new school year: a renewal tells, having tried the one before."""

    async def body() -> None:
        client = await quiet.by_token(await quiet.issued())
        quiet.school.tokens.revoke_all()
        quiet.school.sessions.end_all()
        quiet.turns.clock.advance(1200)
        with pytest.raises(WrongCredentials):
            await client.get_lessons(*WEEK)
        assert quiet.diary.count("Authentification") == 1 + 2
        await client.aclose()

    quiet.turns.run(body)


def test_an_answer_that_was_lost_may_have_killed_the_token(line: Line) -> None:
    """Nobody knows; the next log-in finds out, and nothing is tried after that."""

    async def body() -> None:
        credentials = await line.issued()
        line.school.faults.add(LoseAnswer(), "*/Authentification")
        with pytest.raises(Interrupted):
            await line.by_token(credentials)
        with pytest.raises(WrongCredentials):
            await line.by_token(credentials)
        with pytest.raises(LoginHeld):
            await line.by_token(credentials)
        assert line.diary.count("Authentification") == 2

    line.turns.run(body)


def test_a_proof_that_never_arrived_has_not_killed_it(line: Line) -> None:
    """The next log-in goes well."""

    async def body() -> None:
        credentials = await line.issued()
        line.school.faults.add(Drop(), "*/Authentification")
        with pytest.raises((Interrupted, Unreachable)):
            await line.by_token(credentials)
        client = await line.by_token(credentials)
        assert await client.get_lessons(*WEEK)
        await client.aclose()

    line.turns.run(body)


def test_log_ins_by_token_are_few(quiet: Line, keeper: Keeper) -> None:
    """The first one with the code counts; the fourth in ten minutes is held back."""
    quiet.turns.run(quiet.issued)
    for _ in range(2):
        pronote.login_token(quiet.kept[-1], **quiet.options).close()
    with pytest.raises(LoginHeld):
        pronote.login_token(quiet.kept[-1], **quiet.options)
    assert len(keeper._ledger.log_ins) == 3 + 2  # of the portal and of its school, too


# -- where there are none ----------------------------------------------------------------------------


def test_a_school_for_demonstrations_gives_none(line: Line) -> None:
    """And takes none: both are told before anything is proven."""

    async def body() -> None:
        credentials = await line.issued()
        rules = attrs.evolve(line.school.rules, is_demo=True)
        line.school.rules = line.school.calling.rules = rules
        client = await line.by_portal()
        line.diary.clear()
        with pytest.raises(Unavailable) as caught:
            await client.issue_token()
        assert (caught.value.reason, caught.value.operation) == ("off_at_school", "issue_token")
        assert line.diary == []
        await client.aclose()
        line.diary.clear()
        with pytest.raises(Unavailable):
            await line.by_token(credentials)
        assert line.diary == ["mobile.eleve.html"]

    line.turns.run(body)


FIELDS = {
    "url": "https://0000000a.example/pronote",
    "username": "louison.example",
    "token": "A" * 32,
    "uuid": "6f1c0000-0000-4000-8000-00000000000a",
    "account": "student",
}


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        (Credentials("classcharts", FIELDS), "credentials"),
        ({}, "url"),
        ({**FIELDS, "token": ""}, "token"),
        ({**FIELDS, "password": "x"}, "credentials"),
        ({name: word for name, word in FIELDS.items() if name != "uuid"}, "uuid"),
        (FIELDS["token"], "credentials"),
        ({**FIELDS, "url": "http://0000000a.example/pronote"}, "url"),
        ({**FIELDS, "timezone": "Nowhere"}, "timezone"),
    ],
)
def test_what_is_no_token_is_refused_before_anything_is_sent(line: Line, given: Any, argument: str) -> None:
    """By its name, and without quoting any of it."""

    async def body() -> None:
        with pytest.raises(BadArgument) as caught:
            await line.by_token(given)
        assert caught.value.argument == argument
        assert FIELDS["token"] not in str(caught.value)

    line.turns.run(body)
    assert line.requests == []


# -- cut off ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["asyncio", "trio"])
def test_a_keeper_that_is_cut_off_is_asked_again(name: str) -> None:
    """By the farewell: the newest token is not lost with the task that was waiting for it."""
    line = Line.to(name)

    async def body() -> None:
        credentials = await line.issued()
        begun = anyio.Event()

        async def keep(newest: Credentials) -> None:
            line.diary.append("save")
            if not begun.is_set():
                begun.set()
                await anyio.sleep_forever()
            line.kept.append(newest)

        async def sign_in() -> None:
            await line.by_token(credentials, on_credentials=keep)

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(sign_in)
            await begun.wait()
            tasks.cancel_scope.cancel()
        assert line.diary == [*RENEWED[:-1], "save", LOG_OUT]
        client = await line.by_token(line.kept[-1])
        assert await client.get_lessons(*WEEK)
        await client.aclose()

    line.turns.run(body)
    assert len(line.kept) == 3


def test_a_keeper_that_fails_is_asked_again_by_the_next_call(line: Line) -> None:
    """Nothing is sent until it has done its work; it costs no other log-in."""

    async def body() -> None:
        credentials = await line.issued()
        troubles = [OSError("disk full"), OSError("disk full")]

        def keep(newest: Credentials) -> None:
            line.diary.append("save")
            if troubles:
                raise troubles.pop()
            line.kept.append(newest)

        client = made(line, credentials, keep)
        for _ in range(2):
            with pytest.raises(OSError, match="disk full"):
                await client.get_lessons(*WEEK)
        assert line.diary == [*RENEWED[:-1], "save"]
        assert await client.get_lessons(*WEEK)
        assert line.diary == [*RENEWED[:-1], "save", "save", RENEWED[-1], LESSONS]
        assert client.credentials == line.kept[-1]
        await client.aclose()

    line.turns.run(body)


def test_a_log_in_that_fails_leaves_nothing_behind(line: Line) -> None:
    """The keeper that failed is asked once more at the farewell, and the school is told."""

    async def body() -> None:
        credentials = await line.issued()
        troubles = [OSError("disk full")]

        def keep(newest: Credentials) -> None:
            line.diary.append("save")
            if troubles:
                raise troubles.pop()
            line.kept.append(newest)

        with pytest.raises(OSError, match="disk full"):
            await line.by_token(credentials, on_credentials=keep)
        assert line.diary == [*RENEWED[:-1], "save", LOG_OUT]
        again = await line.by_token(line.kept[-1])
        await again.aclose()

    line.turns.run(body)


def made(line: Line, credentials: Credentials, keep: Any) -> Any:
    """A client that has not signed in."""
    is_sync = line.turns.name == "sync"
    kind: Any = pronote.Client if is_sync else pronote.AsyncClient
    client = kind(**credentials.fields, **line.options | {"on_credentials": keep})
    return Awaited(client) if is_sync else client
