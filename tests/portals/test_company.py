"""Several accounts on one client, one after the other and at once; ways that are cut off in the middle."""

from __future__ import annotations

import asyncio
import importlib
from functools import partial
from itertools import combinations
from typing import Any, NoReturn

import anyio
import attrs
import pytest

from schoolsync import pronote
from schoolsync.ent.portal import Profile
from schoolsync.flow.http import Request, Response
from tests.portals.streets import MAKES, SOME, WHO, Street, Told, run, walked
from tests.portals.witness import Witness, drawn, over, strange_cookies

LIBRARIES = ["httpx", "httpx2"]
NAMES = {Profile.PUPIL: "EXAMPLE Louison", Profile.PARENT: "EXAMPLE Robin", Profile.STAFF: "MODELE Ana"}


def everybody(street: Street) -> list[Profile]:
    """Who comes through the portal."""
    return sorted(street.row.admits)


# -- two accounts, one client -----------------------------------------------------------------------


@pytest.mark.parametrize("make", sorted(MAKES))
def test_accounts_on_one_client_do_not_mix(make: str) -> None:
    """Each is told who they are, is renewed as who they are, and shows its own cookies alone."""
    street = Street(MAKES[make])
    library = LIBRARIES[sorted(MAKES).index(make) % 2]

    async def body() -> None:
        with over(importlib.import_module(library), street.witness) as road:
            road.cookies.set("host-app", "its-own", domain=street.row.family.hosts[0])
            clients = {who: await street.log_in(profile=who, http_client=road) for who in everybody(street)}
            street.school.sessions.end_all()
            for who, client in clients.items():
                street.witness.forget()
                await client.native.get_user()
                assert street.witness.holding(*(one.password for one in WHO.values())) == []
                assert client.user.name == NAMES[who]
            for client in clients.values():
                await client.aclose()
            assert [(cookie.name, cookie.value) for cookie in road.cookies.jar] == [("host-app", "its-own")]
            assert not any("host-app" in one.cookies for one in street.witness.seen)

    run("sync", body)
    assert street.foreign_cookies == 0


@pytest.mark.parametrize("make", sorted(MAKES))
def test_accounts_that_come_at_once_do_not_mix(make: str) -> None:
    """Their ways lead over the same hosts, step by step between one another."""
    street = Street(MAKES[make])
    library = LIBRARIES[sorted(MAKES).index(make) % 2 - 1]

    async def body() -> tuple[list[Told], list[set[str]]]:
        async with over(importlib.import_module(library), street.witness, is_async=True) as road:
            clients = await asyncio.gather(
                *(street.log_in("asyncio", who, http_client=road) for who in everybody(street))
            )
            told = [Told.by(client) for client in clients]
            kept = [kept_by(client) for client in clients]
            await asyncio.gather(*(client.aclose() for client in clients))
            assert [*road.cookies.jar] == []
        return told, kept

    told, kept = asyncio.run(body())
    assert [one.name for one in told] == [NAMES[who] for who in everybody(street)]
    assert street.foreign_cookies == 0
    for one, other in combinations(kept, 2):
        assert one
        assert not one & other


def kept_by(client: Any) -> set[str]:
    """The cookies that tell who somebody is: of the portal, EduConnect and the school."""
    session = client._service.account.session
    jars = (session.cookies, *session.passes.values())
    return drawn(cookie.value for jar in jars for cookie in jar.kept)


# -- cut off in the middle -------------------------------------------------------------------------------


@attrs.define
class Halting:
    """A road that never ends at one place."""

    inner: Witness
    place: int
    """Of the request that gets no answer; after it, the road is whole."""
    halted: anyio.Event = attrs.field(factory=anyio.Event)
    """Set when somebody waits for what never comes."""

    async def exchange(self, request: Request) -> Response:
        """The answer, or nothing for ever."""
        answer = self.inner.exchange(request)
        if len(self.inner.seen) == self.place + 1 and not self.halted.is_set():
            self.halted.set()
            await anyio.sleep_forever()
        return answer


@pytest.mark.usefixtures("_patient")
@pytest.mark.parametrize("make", SOME)
def test_a_way_that_is_cancelled(make: str) -> None:
    """Wherever it is: nobody is signed in, and the same client comes in anew, as a stranger."""
    street, shift = Street(MAKES[make]), SOME.index(make) % 2
    world = "trio" if shift else "asyncio"

    async def cancelled(place: int) -> None:
        road = Halting(street.witness, place)
        client = pronote.AsyncClient(**street.given(street.first, http_client=road))
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(client.login)
            await road.halted.wait()
            tasks.cancel_scope.cancel()
        assert not client._service.account.is_signed_in
        assert len(street.witness.seen) == place + 1
        street.witness.forget()
        await client.login()
        assert client.user.name == NAMES[street.first]
        assert [one.place for one in street.witness.way] == [one.place for one in way]
        assert strange_cookies(street.witness.seen) == []
        await client.aclose()

    way = walked(street.row.name).way
    for place in range(shift, len(way), 2):
        street.witness.forget()
        run(world, partial(cancelled, place))
    assert street.foreign_cookies == 0


def interrupt(request: Request, answer: Response) -> NoReturn:
    """Somebody at the keyboard has had enough."""
    raise KeyboardInterrupt


@pytest.mark.usefixtures("_patient")
@pytest.mark.parametrize("make", SOME)
def test_a_way_that_is_interrupted(make: str) -> None:
    """By the person at the keyboard, wherever it is: the same client comes in anew."""
    street = Street(MAKES[make])
    way = walked(street.row.name).way
    for place in range(SOME.index(make) % 2, len(way), 2):
        street.witness.forget()
        street.witness.edits[place] = interrupt
        client = pronote.Client(**street.given(street.first))
        with pytest.raises(KeyboardInterrupt):
            client.login()
        assert not client._service.account.is_signed_in
        assert len(street.witness.seen) == place + 1
        street.witness.forget()
        client.login()
        assert client.user.name == NAMES[street.first]
        assert [one.place for one in street.witness.way] == [one.place for one in way]
        client.close()
    assert street.foreign_cookies == 0
