"""A session that ended, renewed without a word: by the portal's memory, or by the password, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.errors import InstanceClosed, LoginHeld, WrongCredentials
from schoolsync.sandbox.faults import Status
from tests.portals.streets import MAKES, SOME, WHO, Street, run
from tests.portals.witness import drawn

WEEK = ("2026-11-23", "2026-11-29")
MINUTES = dt.timedelta(minutes=11)


def forget(street: Street, *, portal: bool = False) -> None:
    """The school has forgotten everybody; and so have the portal and EduConnect."""
    street.school.sessions.end_all()
    if portal:
        street.fake._members.clear()
        street.town.educonnect._browsers.clear()


async def renewed(street: Street, client: Any, *, portal: bool = False) -> list[str]:
    """Whom a reading went to whose session was over: those that asked for the password, or took part."""
    street.witness.forget()
    forget(street, portal=portal)
    await client.get_menus(*WEEK)
    assert street.foreign_cookies == 0
    assert street.witness.hosts <= street.allowed
    return [one.host for one in street.witness.holding(WHO[street.first].password)]


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_portal_that_knows_us_is_told_nothing(make: str) -> None:
    """As often as the school forgets; then the portal forgets as well, and is told once more."""
    street = Street(MAKES[make])

    async def body() -> None:
        client = await street.log_in()
        for _ in range(2):
            assert await renewed(street, client) == []
            street.clock.advance(MINUTES)
        (told,) = await renewed(street, client, portal=True)
        assert told in street.row.family.password_hosts
        assert await renewed(street, client) == []
        await client.aclose()

    run("sync", body)
    assert street.proofs == {street.asker.host: 2}


@pytest.mark.parametrize("make", sorted(MAKES))
def test_those_who_await_are_renewed_too(make: str) -> None:
    """The same."""
    street, world = Street(MAKES[make]), "trio" if sorted(MAKES).index(make) % 2 else "asyncio"

    async def body() -> None:
        client = await street.log_in(world)
        assert await renewed(street, client) == []
        assert len(await renewed(street, client, portal=True)) == 1
        await client.aclose()

    run(world, body)


@pytest.mark.parametrize("make", SOME)
def test_a_renewal_after_a_long_silence(make: str) -> None:
    """The school's own time is over, and nobody had to be told."""
    street = Street(MAKES[make])

    async def body() -> None:
        client = await street.log_in()
        street.clock.advance(dt.timedelta(hours=1))
        street.witness.forget()
        await client.get_menus(*WEEK)
        await client.aclose()

    run("sync", body)
    assert street.proofs == {street.asker.host: 1}


@pytest.mark.parametrize("make", SOME)
def test_a_password_that_was_changed_meanwhile(make: str) -> None:
    """Is refused once; the next reading sends nothing at all."""
    street = Street(MAKES[make])

    async def body() -> None:
        client = await street.log_in()
        street.town.common.people = ()
        forget(street, portal=True)
        with pytest.raises(WrongCredentials):
            await client.get_menus(*WEEK)
        sent = len(street.witness.seen)
        with pytest.raises(LoginHeld):
            await client.get_menus(*WEEK)
        assert len(street.witness.seen) == sent
        await client.aclose()

    run("sync", body)
    assert len(street.witness.holding(WHO[street.first].password)) == 2


@pytest.mark.parametrize("make", SOME)
def test_a_log_in_anew_is_that_of_a_stranger(make: str) -> None:
    """No cookie of before goes anywhere, and the password is told."""
    street = Street(MAKES[make])

    async def body() -> None:
        client = await street.log_in()
        before = drawn(value for one in street.witness.seen for value in one.cookies.values())
        street.witness.forget()
        await client.login()
        shown = drawn(value for one in street.witness.way for value in one.cookies.values())
        assert not before & shown
        await client.aclose()

    run("sync", body)
    assert street.proofs == {street.asker.host: 2}


@pytest.mark.parametrize("make", SOME)
def test_a_log_out_forgets_the_portal(make: str) -> None:
    """Whoever reads afterwards says who they are again."""
    street = Street(MAKES[make])

    async def body() -> None:
        client = await street.log_in()
        await client.logout()
        assert len(await renewed(street, client)) == 1
        await client.aclose()

    run("sync", body)


@pytest.mark.parametrize("make", SOME)
def test_a_portal_that_is_down_at_a_renewal(make: str) -> None:
    """The reading fails, and the next one succeeds."""
    street = Street(MAKES[make])

    async def body() -> None:
        client = await street.log_in()
        forget(street)
        street.fake.faults.add(Status(503))
        with pytest.raises(InstanceClosed):
            await client.get_menus(*WEEK)
        assert await client.get_menus(*WEEK) is not None
        await client.aclose()

    run("sync", body)
    assert sum(street.proofs.values()) <= 2
