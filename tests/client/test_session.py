"""What every client is before it reads anything: who, signed in once, and gone without a trace."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync import classcharts
from schoolsync.client._async import session as awaiting
from schoolsync.client._sync import session as blocking
from schoolsync.drivers.vault import Keeper, MemoryStore
from schoolsync.errors import (
    ActionRequired,
    BadArgument,
    LoginHeld,
    UnknownName,
    Unreachable,
    UsageError,
    WrongCredentials,
)
from schoolsync.flow.effects import Credentials
from schoolsync.sandbox.faults import Drop, LoseAnswer, Status
from tests.client.worlds import ENTRY, World

# -- signing in ---------------------------------------------------------------------


def test_with_signs_in_and_out(world: World) -> None:
    """And the client is closed afterwards."""

    async def body() -> None:
        client = world.parent()
        async with client as entered:
            assert entered is client
            assert world.cost() == ENTRY
            assert [pupil.first_name for pupil in client.pupils] == ["Alex", "Sam"]
        assert world.cost() == [*ENTRY, "POST logout"]
        with pytest.raises(UsageError, match="closed"):
            await client.get_badges()
        await client.aclose()

    world.run(body)
    assert world.cost() == [*ENTRY, "POST logout"]


def test_the_first_reading_signs_in(world: World) -> None:
    """And closing signs out."""

    async def body() -> None:
        client = world.parent()
        await client.get_badges()
        await client.get_badges()
        await client.aclose()

    world.run(body)
    assert world.cost() == [*ENTRY, "GET eventbadges", "GET eventbadges", "POST logout"]


def test_with_does_not_sign_in_again(world: World) -> None:
    """Log-ins are few: three in ten minutes."""

    async def body() -> None:
        client = world.parent()
        assert await client.login() in {client, getattr(client, "blocking", None)}
        async with client:
            assert world.cost() == ENTRY
            await client.login()
            assert world.cost() == ENTRY * 2

    world.run(body)


def test_a_log_in_that_fails_closes_what_with_opened(world: World) -> None:
    """Nobody was in, so nobody is signed out."""

    async def body() -> None:
        client = world.parent(password="wrong")
        with pytest.raises(WrongCredentials):
            async with client:
                raise AssertionError("the block must not run")
        with pytest.raises(UsageError, match="closed"):
            await client.login()

    world.run(body)
    assert world.cost() == ["POST parent/login", "POST login"]


def test_a_school_without_pupils_is_signed_out_of(world: World) -> None:
    """The form was accepted, though `with` fails."""

    async def body() -> None:
        with pytest.raises(ActionRequired):
            async with world.parent(world.school.parents[-1]):
                raise AssertionError("the block must not run")

    world.run(body)
    assert world.cost()[-1] == "POST logout"


def test_an_error_in_the_block_comes_out_as_it_is(world: World) -> None:
    """After signing out."""

    async def body() -> None:
        with pytest.raises(KeyError, match="mine"):
            async with world.parent():
                raise KeyError("mine")

    world.run(body)
    assert world.cost()[-1] == "POST logout"


# -- signing out ---------------------------------------------------------------------


def test_closing_a_client_that_did_nothing_sends_nothing(world: World) -> None:
    """However often."""

    async def body() -> None:
        client = world.parent()
        await client.aclose()
        await client.aclose()

    world.run(body)
    assert world.cost() == []


@pytest.mark.parametrize(
    "fault", [Drop(), Drop(was_received=False), LoseAnswer(), Status(500, "x"), Status(302, "x")]
)
def test_closing_never_raises(world: World, fault: Any) -> None:
    """Whatever the school says to the good-bye; and says it once."""

    async def body() -> None:
        client = world.parent()
        await client.login()
        world.server.faults.add(fault, "*/logout", times=9)
        await client.aclose()
        await client.aclose()

    world.run(body)
    assert world.cost().count("POST logout") <= 1


def test_logging_out_leaves_a_client_that_signs_in_again(world: World) -> None:
    """With its choice of pupil."""

    async def body() -> None:
        async with world.parent() as client:
            client.select_pupil("Sam")
            await client.logout()
            assert client.selected_pupil.first_name == "Sam"
            assert await client.get_badges()
        assert world.cost()[3:] == ["POST logout", *ENTRY, "GET eventbadges", "POST logout"]

    world.run(body)


# -- who --------------------------------------------------------------------------------


def test_nothing_is_known_before_the_log_in(world: World) -> None:
    """On either side, and without any I/O."""
    client = world.parent()
    assert client.provider == "classcharts"
    for name in ("pupils", "school", "capabilities", "selected_pupil"):
        with pytest.raises(UsageError, match="nobody has signed in"):
            getattr(client, name)
    with pytest.raises(UsageError, match="nobody has signed in"):
        client.select_pupil(1)
    assert world.cost() == []


def test_a_pupil_is_selected_for_all_that_follows(world: World) -> None:
    """Without I/O; a pupil that is named at a call wins for that call."""

    async def body() -> None:
        async with world.parent() as client:
            alex, sam = client.pupils
            assert (client.selected_pupil, client.school) == (alex, alex.school)
            for wanted in (sam, sam.key, "sam", "Sam Example", 2, 5000002, "5000002"):
                client.select_pupil(alex)
                assert client.select_pupil(wanted) is sam
            assert (client.school, world.cost()) == (sam.school, ENTRY)
            assert {one.pupil_key for one in await client.get_badges()} == {sam.key}
            assert {one.pupil_key for one in await client.get_badges(pupil=1)} == {alex.key}
            assert {one.pupil_key for one in await client.get_badges()} == {sam.key}
            with pytest.raises(UnknownName):
                client.select_pupil("Robin")
            assert client.selected_pupil is sam

    world.run(body)


def test_capabilities_are_of_the_selected_pupil(world: World) -> None:
    """Or of the one that is named."""
    world.school.switch("badges", "5000002", is_on=False)

    async def body() -> None:
        async with world.parent() as client:
            assert client.capabilities.of("badges") == "yes"
            assert client.capabilities.of("badges", pupil="Sam") == "off_at_school"
            client.select_pupil("Sam")
            assert client.capabilities.of("badges") == "off_at_school"

    world.run(body)


# -- options --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ParentClient", "AsyncParentClient"])
def test_an_option_that_there_is_not_is_refused(kind: str) -> None:
    """A misspelt one must not be ignored."""
    with pytest.raises(TypeError, match="time_out"):
        getattr(classcharts, kind)("a@example.test", "x", time_out=3)


@pytest.mark.parametrize(
    ("options", "argument"),
    [
        ({"base_url": "http://school.example.test"}, "url"),
        ({"base_url": "www.classcharts.com"}, "base_url"),
        ({"base_url": "https://[secret"}, "base_url"),
        ({"http_client": 7}, "http_client"),
        ({"timeout": -1}, None),
    ],
)
@pytest.mark.parametrize("kind", ["ParentClient", "AsyncParentClient"])
def test_options_that_cannot_be_meant_are_refused(
    kind: str, options: dict[str, Any], argument: str | None
) -> None:
    """Where they are written, and without quoting them."""
    if argument is None:
        getattr(classcharts, kind)("a@example.test", "x", **options)
        return
    with pytest.raises(BadArgument) as caught:
        getattr(classcharts, kind)("a@example.test", "x", **options)
    assert caught.value.argument == argument
    assert "secret" not in str(caught.value)


def test_loopback_may_be_plain_http() -> None:
    """Because the caller says so; nowhere else."""
    assert (
        classcharts.ParentClient("a@example.test", "x", base_url="http://127.0.0.1:1").provider
        == "classcharts"
    )


def test_credentials_are_handed_on_before_the_next_request(world: World) -> None:
    """A changed password; awaited where the client awaits."""
    kept: list[tuple[int, Credentials]] = []

    async def keep(credentials: Credentials) -> None:
        kept.append((len(world.server.log), credentials))

    def keep_now(credentials: Credentials) -> None:
        kept.append((len(world.server.log), credentials))

    async def body() -> None:
        async with world.parent(on_credentials=keep_now if world.name == "sync" else keep) as client:
            await client.change_password(world.school.parents[0].password, "a new s3cret")

    world.run(body)
    assert world.school.parents[0].password == "a new s3cret"
    ((seen, credentials),) = kept
    assert world.cost()[seen - 1 :] == ["POST password", "POST logout"]
    assert credentials.fields["password"] == "a new s3cret"


def test_a_store_remembers_what_was_refused(world: World) -> None:
    """For the next process, which has a ledger of its own; and it keeps no secret."""
    store = MemoryStore()

    async def once() -> None:
        client = world.parent(password="wrong s3cret", store=store)
        with pytest.raises((WrongCredentials, LoginHeld)):
            await client.login()
        await client.aclose()

    world.run(once)
    before = len(world.server.log)
    assert "wrong s3cret" not in str(store.records)
    assert "robin" not in str(store.records)
    with pytest.MonkeyPatch.context() as patch:
        for module in (awaiting, blocking):
            patch.setattr(module, "KEEPER", Keeper())
        world.run(once)
    assert len(world.server.log) == before


# -- the governor -----------------------------------------------------------------------------


def test_three_log_ins_in_ten_minutes_and_no_more(world: World) -> None:
    """Whatever client asks; nothing is sent for the fourth."""

    async def body() -> None:
        for _ in range(3):
            async with world.parent():
                pass
        before = len(world.server.log)
        with pytest.raises(LoginHeld) as caught:
            async with world.parent():
                raise AssertionError("the block must not run")
        assert caught.value.until is not None
        assert len(world.server.log) == before
        world.clock.advance((caught.value.until - world.clock.now()).total_seconds())
        async with world.parent():
            pass

    world.run(body)


def test_a_refused_secret_is_not_sent_again(world: World) -> None:
    """By any client, until it changes; another account is not held."""

    async def body() -> None:
        for leaf in (WrongCredentials, LoginHeld, LoginHeld):
            client = world.parent(password="wrong")
            with pytest.raises(leaf):
                await client.get_badges()
            await client.aclose()
        assert world.cost() == ["POST parent/login", "POST login"]
        async with world.parent():
            pass
        async with world.student():
            pass

    world.run(body)


def test_a_road_that_is_broken_is_told(world: World) -> None:
    """After the tries of a reading, with the address and no query."""

    async def body() -> None:
        async with world.parent() as client:
            world.server.faults.add(Drop(was_received=False), "*/behaviour/*", times=9)
            with pytest.raises(Unreachable) as caught:
                await client.get_behaviour("2026-11-01")
        assert caught.value.address == "https://www.classcharts.com/apiv2parent/behaviour/5000001"
        assert caught.value.operation == "behaviour"

    world.run(body)
    assert world.slept == [1.0, 2.0]
