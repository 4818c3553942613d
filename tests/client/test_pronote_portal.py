"""Signing in through a portal as users meet it: in threads, on asyncio, on trio."""

from __future__ import annotations

import datetime as dt
from typing import Any

import anyio
import attrs
import pytest

import schoolsync
from schoolsync import pronote
from schoolsync.drivers.vault import Keeper
from schoolsync.ent import directory
from schoolsync.errors import (
    ChallengeUnanswered,
    LoginHeld,
    Unavailable,
    UnknownName,
    UsageError,
    WrongCredentials,
)
from schoolsync.flow.effects import Question
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote.generations import GENERATIONS
from tests.client.gatehouse import CHOOSER, PARENT, PUPIL, Town, town
from tests.client.pronote_turns import HOST, WEEK, session_of
from tests.listening import listening
from tests.providers.pronote.passing import CAS, GATE, PORTAL

WRONG = (PUPIL[0], "un faux mot d&passe")
CALLS = ["FonctionParametres", "Identification", "Authentification", "ParametresUtilisateur"]
ENTRY = ["eleve.html"] * 3 + CALLS
"""The page, with a ticket, with what is for one use; then as every log-in."""


@pytest.fixture(params=["sync", "asyncio", "trio"])
def place(request: pytest.FixtureRequest) -> Town:
    """Threads, asyncio or trio."""
    return town(request.param)


@pytest.fixture
def quiet() -> Town:
    """The blocking world alone, where the others would show nothing new."""
    return town("sync")


# -- in -----------------------------------------------------------------------------------------


def test_a_pupil_signs_in_and_reads(place: Town) -> None:
    """The portal sees the password once; a log-out ends it at the school."""

    async def body() -> None:
        client = place.client()
        await client.login()
        assert place.asked == ENTRY
        assert client.user.name == "EXAMPLE Louison"
        assert await client.get_lessons(*WEEK)
        await client.aclose()

    place.turns.run(body)
    assert place.gate.proofs == 1
    assert place.gate.foreign_cookies == 0
    assert place.asked[len(ENTRY) :] == ["PageEmploiDuTemps", "SaisieDeconnexion"]


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_every_generation_is_entered(generation: Any) -> None:
    """With the name and the word for one use."""
    there = town("sync", generation.label)

    async def body() -> None:
        client = there.client(PARENT, "parent")
        await client.login()
        assert [one.name for one in client.pupils] == ["FACTICE Maë", "FACTICE Noé"]

    there.turns.run(body)
    assert there.gate.proofs == 1


def test_the_first_reading_signs_in_and_a_lost_session_costs_no_password(place: Town) -> None:
    """The portal knows us: nobody notices, and it is asked for nothing."""

    async def body() -> None:
        client = place.client()
        assert await client.get_lessons(*WEEK)
        place.turns.server.sessions.end_all()
        assert await client.get_lessons(*WEEK)
        assert place.gate.proofs == 1
        place.gate.visitors.clear()
        place.turns.server.sessions.end_all()
        assert await client.get_lessons(*WEEK)
        assert place.gate.proofs == 2
        place.turns.clock.advance(dt.timedelta(minutes=11))
        await client.login()
        assert place.gate.proofs == 3
        await client.aclose()

    place.turns.run(body)


def test_any_way_to_a_client_takes_a_portal(quiet: Town) -> None:
    """`login`, `connect`, the constructors; a row, or a family."""
    given: dict[str, Any] = {"http_client": quiet.mount, "clock": quiet.turns.clock}
    url = f"https://{HOST}/pronote"
    with pronote.login(url, *PUPIL, cas=PORTAL, **given) as client:
        assert client.pupils
        with pytest.raises(UsageError, match="cas="):
            _ = client.credentials
    with schoolsync.connect(
        "pronote", url=url, username=PUPIL[0], password=PUPIL[1], cas=GATE, **given
    ) as one:
        assert one.pupils
    assert quiet.gate.proofs == 2


def test_what_a_portal_asks_is_answered_by_the_person(place: Town) -> None:
    """Awaited or not; nobody there is an error of its own."""
    asked: list[Question] = []

    def answer(question: Question) -> str:
        asked.append(question)
        return "north"

    async def body() -> None:
        client = place.client(CHOOSER, on_challenge=answer)
        await client.login()
        assert client.pupils
        await client.aclose()
        with pytest.raises(ChallengeUnanswered) as caught:
            await place.client(CHOOSER).login()
        assert caught.value.kind == "account"

    place.turns.run(body)
    assert [(one.kind, one.choices) for one in asked] == [("account", ("north", "south"))]


# -- not in --------------------------------------------------------------------------------------


def test_a_wrong_password_is_told_once(place: Town) -> None:
    """The second time nothing is sent; another password may be tried."""

    async def body() -> None:
        with pytest.raises(WrongCredentials):
            await place.client(WRONG).login()
        sent = len(place.asked)
        with pytest.raises(LoginHeld) as caught:
            await place.client(WRONG).login()
        assert caught.value.cause == "wrong_credentials"
        assert len(place.asked) == sent
        client = place.client()
        await client.login()
        await client.aclose()

    place.turns.run(body)
    assert place.gate.proofs == 2
    assert "Authentification" not in place.asked[:3]


def test_log_ins_are_few_at_the_portal_and_at_the_school(quiet: Town, keeper: Keeper) -> None:
    """Three within ten minutes, renewals without a password counted at the school alone."""
    client = quiet.client().blocking
    client.login()
    for _ in range(2):
        quiet.turns.server.sessions.end_all()
        client.get_lessons(*WEEK)
    quiet.turns.server.sessions.end_all()
    with pytest.raises(LoginHeld):
        client.get_lessons(*WEEK)
    counted = [one.host for one in keeper._ledger.log_ins]
    assert sorted(counted) == sorted([CAS, *[HOST] * 3])
    assert quiet.gate.proofs == 1


def test_a_suspended_school_holds_the_school_back_and_not_the_portal(quiet: Town, keeper: Keeper) -> None:
    """Other schools behind the same portal have done nothing."""
    quiet.turns.server.condition = "suspended"
    client = quiet.client().blocking
    with pytest.raises(schoolsync.AddressSuspended):
        client.login()
    with pytest.raises(LoginHeld) as caught:
        client.login()
    assert caught.value.cause == "suspended"
    assert [(one.host, one.cause) for one in keeper._ledger.blocks] == [(HOST, "suspended")]
    assert quiet.gate.log == []


@pytest.mark.parametrize("cas", ["agora6", "dead", "teacher"])
def test_a_portal_that_cannot_be_meant_is_refused_before_anything_is_sent(quiet: Town, cas: str) -> None:
    """Unknown, over, or not for that kind of account."""
    dead = next(row.name for row in directory.portals() if row.state == "dead")
    name, account, error = {
        "agora6": ("agora6", "student", UnknownName),
        "dead": (dead, "student", Unavailable),
        "teacher": ("agora06", "teacher", Unavailable),
    }[cas]
    with pytest.raises(error):
        quiet.client(account=account, cas=name)
    with pytest.raises(error):
        schoolsync.connect_async(
            "pronote", url=f"https://{HOST}/pronote", username="x", password="y", account=account, cas=name
        )
    assert quiet.asked == []


def test_a_school_without_a_portal_says_so(quiet: Town) -> None:
    """And is entered directly when its portal is to be found out."""
    quiet.turns.server.rules = quiet.turns.server.calling.rules = attrs.evolve(
        quiet.turns.server.rules, portal=None
    )
    with pytest.raises(Unavailable, match="cas="):
        quiet.client().blocking.login()
    own = quiet.client(("louison.example", "Sésame-42"), cas="auto").blocking
    own.login()
    assert own.user.name == "EXAMPLE Louison"
    assert "cas" not in own.credentials.fields
    assert quiet.gate.log == []


def test_a_portal_that_nobody_knows_is_named(quiet: Town) -> None:
    """When it was to be found out; it was read, and told nothing."""
    with pytest.raises(UnknownName, match=CAS):
        quiet.client(cas="auto").blocking.login()
    assert quiet.gate.proofs == 0


# -- cut short ------------------------------------------------------------------------------------


@attrs.define
class Stop:
    """A road that ends, or never does, where a password would arrive."""

    mount: Mount
    is_stopped: bool = True

    def exchange(self, request: Request) -> Response:
        """The answer, or an interrupt by the person at the keyboard."""
        if self.is_stopped and request.method == "POST" and CAS in request.url:
            raise KeyboardInterrupt
        return self.mount.exchange(request)


@attrs.define
class Stuck:
    """The same for those who await: they wait there for ever."""

    road: Stop

    async def exchange(self, request: Request) -> Response:
        """The answer, at some time or never."""
        try:
            return self.road.exchange(request)
        except KeyboardInterrupt:
            await anyio.sleep_forever()
            raise


def test_a_log_in_that_is_cut_short_can_be_made_again(place: Town) -> None:
    """Nobody is signed in by half, and the next reading begins at the school's page."""
    stop = Stop(place.mount)

    async def body() -> None:
        client = place.client(http_client=stop if place.turns.name == "sync" else Stuck(stop))
        if place.turns.name == "sync":
            with pytest.raises(KeyboardInterrupt):
                await client.login()
        else:
            with anyio.move_on_after(0.05) as scope:
                await client.login()
            assert scope.cancelled_caught
        assert session_of(client).start is None
        assert place.asked == ["eleve.html"]
        stop.is_stopped = False
        assert await client.get_lessons(*WEEK)
        await client.aclose()

    place.turns.run(body)
    assert place.gate.proofs == 1


# -- what is not said --------------------------------------------------------------------------------


def test_nothing_private_is_said_on_the_way(place: Town) -> None:
    """At DEBUG, with a renewal, a refusal and a portal that shows something else: no name, word or ticket."""
    common = place.gate.common
    given: list[str] = []
    draw = type(common).token

    def drawn(self: Any) -> str:
        given.append(draw(self))
        return given[-1]

    async def body() -> None:
        client = place.client()
        await client.login()
        ears.look_at(client, session_of(client), session_of(client).passes, session_of(client).private)
        place.turns.server.sessions.end_all()
        await client.get_lessons(*WEEK)
        start = session_of(client).start
        given.extend([start.ent_user.reveal(), start.ent_password.reveal()])
        for who in (WRONG, CHOOSER):
            with pytest.raises(schoolsync.SchoolSyncError) as caught:
                await place.client(who).login()
            ears.catch(caught.value)
        await client.aclose()

    with listening() as ears, pytest.MonkeyPatch.context() as patched:
        patched.setattr(type(common), "token", drawn)
        place.turns.run(body)
    heard = " ".join(text for _, text in ears.heard)
    assert len(given) >= 4
    for secret in (*PUPIL, WRONG[1], *CHOOSER, "Portail", "ST-", "service=", "identifiant=", *given):
        assert secret not in heard
