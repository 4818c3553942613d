"""Portals leave no secret in print: no password, ticket, assertion, cookie or word for one use.

Everything is done over real HTTP clients, at DEBUG, with ears at the root logger: a trip, a refusal, and a
page that nobody knows and that says everything it was told.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlsplit

import attrs
import httpx
import pytest

from schoolsync.ent.portal import Portal, Profile
from schoolsync.errors import LoginHeld, SchoolSyncError, WrongCredentials
from schoolsync.flow.effects import Clock
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.faults import Outcome
from schoolsync.sandbox.mount import Server
from schoolsync.sandbox.serve import serve_hosts
from tests.listening import Ears, Secrets, listening
from tests.peers.portals.mapping import mapped
from tests.portals.streets import LIVE, MAKES, WHO, Street, called, run, walked
from tests.portals.witness import Passed, Witness, over, secrets_in

WRONG = "Portail & presque 1+%"
KNOWN = {"first name": "Louison", "subject": "SCIENCES VIE & TERRE"}


@pytest.fixture
def ears() -> Iterator[Ears]:
    """At the root logger, at DEBUG."""
    with listening() as made:
        yield made


def secrets_of(street: Street) -> Secrets:
    """Everything that passed on *street* and is nobody's business; what stands in the directory is."""
    who, public = WHO[street.first], f"{street.row!r}"
    words = {"user name": who.username, "password": who.password, "wrong password": WRONG, **KNOWN}
    drawn = sorted(word for word in secrets_in(street.witness.seen) if word not in public)
    return Secrets(words | {f"given {number}": word for number, word in enumerate(drawn)})


def shown_by(client: Any) -> list[Any]:
    """The parts of a client that a debugger or a careless log line would print."""
    account = client._service.account
    session = account.session
    return [
        *(client, client.native, client._service, client._driver, account, account.login, session),
        *(session.start, session.cookies, session.passes, *session.passes.values(), session.private),
        *(account.login.knock, account.login.knock_at_school, account.login.visitor),
        *(account.login.portal, client.credentials, client.user, *client.pupils),
    ]


# -- everybody comes, and is refused ----------------------------------------------------------------


@pytest.mark.parametrize("row", LIVE, ids=called)
def test_a_trip_and_a_refusal_are_discreet(row: Portal, ears: Ears) -> None:
    """On the same way as without a library."""
    street = Street(row)

    async def body() -> None:
        with over(httpx, street.witness) as road:
            client = await street.log_in(http_client=road)
            ears.look_at(*shown_by(client.blocking))
            await client.aclose()
            came = [*street.witness.seen]
            for kind in (WrongCredentials, LoginHeld):
                with pytest.raises(kind) as caught:
                    await street.log_in(http_client=road, password=WRONG)
                ears.catch(caught.value)
            assert [*road.cookies.jar] == []
        assert [one.place for one in came[: len(way)]] == [one.place for one in way]

    way = walked(row.name).way
    run("sync", body)
    assert street.foreign_cookies == 0
    secrets = secrets_of(street)
    assert len(secrets.words) > 12
    assert ears.leaks(secrets) == []


@pytest.mark.parametrize(("world", "library"), [("asyncio", "httpx2"), ("trio", "httpx")])
@pytest.mark.parametrize("make", sorted(MAKES))
def test_those_who_await_are_discreet_too(make: str, world: str, library: str, ears: Ears) -> None:
    """On asyncio and trio, through one portal of each make."""
    street = Street(MAKES[make])

    async def body() -> None:
        async with over(importlib.import_module(library), street.witness, is_async=True) as road:
            client = await street.log_in(world, http_client=road)
            ears.look_at(*shown_by(client))
            await client.aclose()
            with pytest.raises(WrongCredentials) as caught:
                await street.log_in(world, http_client=road, password=WRONG)
            ears.catch(caught.value)
            assert [*road.cookies.jar] == []

    run(world, body)
    assert ears.leaks(secrets_of(street)) == []


@attrs.frozen
class Watched:
    """A server whose visitors are seen."""

    inner: Server
    witness: Witness

    @property
    def clock(self) -> Clock:
        """Its time."""
        return self.inner.clock

    def handle(self, request: Request) -> Outcome:
        """What becomes of *request*."""
        outcome = self.inner.handle(request)
        self.witness.seen.append(Passed(request, outcome.response))
        return outcome


@pytest.mark.parametrize("make", ["KosmosEduConnect", "KeycloakMonLycee", "OpenEntEduConnect.authn", "Oze"])
def test_a_real_connection_is_discreet(make: str, ears: Ears) -> None:
    """Over TLS on loopback, under the real names, where the library logs whatever it sends and reads."""
    street = Street(MAKES[make])
    watched = {host: Watched(server, street.witness) for host, server in street.town.servers.items()}

    async def body() -> None:
        with serve_hosts(watched) as place, mapped(place) as roads, roads.client() as road:
            client = await street.log_in(http_client=road)
            ears.look_at(*shown_by(client.blocking))
            await client.aclose()
            with pytest.raises(WrongCredentials) as caught:
                await street.log_in(http_client=road, password=WRONG)
            ears.catch(caught.value)
            assert [*road.cookies.jar] == []

    run("sync", body)
    assert any(where.startswith("log httpcore") for where, _ in ears.heard)
    assert street.foreign_cookies == 0
    assert ears.leaks(secrets_of(street)) == []


# -- a page that says everything -------------------------------------------------------------------------


def blabbing(street: Street) -> Any:
    """An edit that makes an answer a page on which everything stands that was said so far, in every place."""

    def edit(request: Request, answer: Response) -> Response:
        said = Passed(request, answer)
        who = WHO[street.first]
        told = [who.username, who.password, *secrets_in([*street.witness.seen, said])]
        names = [escape(word) for word in told]
        fields = "".join(f'<input name="{name}" value="{name}">' for name in names)
        forms = "".join(f'<form id="{name}" action="/{name}"><input name="q"></form>' for name in names)
        forms = f"<form>{fields}</form>{forms}"
        words = escape(" ".join(told))
        body = f"<title>{words}</title><h1>{words}</h1><a href='/x?y={words}'>{words}</a>{forms}"
        lines = (("content-type", "text/html"), ("server", "".join(filter(str.isalnum, who.username))))
        return Response(200, lines, url=request.url, body=body.encode())

    return edit


def after_proof(way: tuple[Passed, ...], password: str) -> list[int]:
    """The places of *way* from the answer to the password on."""
    told = next(place for place, one in enumerate(way) if one.holds(password))
    return [*range(told, len(way))]


@pytest.mark.parametrize("row", LIVE, ids=called)
def test_a_page_that_says_everything_is_not_quoted(row: Portal, ears: Ears) -> None:
    """In place of what comes after the password: neither the error nor its traceback shows any of it."""
    street, way = Street(row), walked(row.name).way
    places = after_proof(way, WHO[street.first].password)
    street.witness.edits[places[0]] = blabbing(street)
    caught(street, ears)


@pytest.mark.usefixtures("_patient")
@pytest.mark.parametrize("make", sorted(MAKES))
def test_nor_is_any_other_page(make: str, ears: Ears) -> None:
    """In place of every answer of the way, of one portal of each make; nor is one cut off in the middle."""
    street, shift = Street(MAKES[make]), sorted(MAKES).index(make) % 2
    for place in range(len(walked(street.row.name).way)):
        street.witness.forget()
        street.witness.edits[place] = cut_short if place % 2 == shift else blabbing(street)
        caught(street, ears)


def cut_short(request: Request, answer: Response) -> Response:
    """The first half of a page, or a redirect to the first half of an address."""
    half = answer.body[: len(answer.body) // 2]
    lines = tuple(
        (name, value[: len(value) // 2] if name == "location" else value) for name, value in answer.headers
    )
    return attrs.evolve(answer, headers=lines, body=half)


def caught(street: Street, ears: Ears) -> None:
    """A log-in that ends in an error, which is discreet."""
    ears.heard.clear()
    try:
        street.enter()
    except SchoolSyncError as error:
        ears.catch(error)
    assert ears.leaks(secrets_of(street)) == []


# -- the ears hear --------------------------------------------------------------------------------------


def test_what_passed_would_be_heard(ears: Ears) -> None:
    """The secrets are those of this very trip: ticket, `identifiant`, `e` and `f`, assertion and cookies."""
    street = Street(MAKES["KosmosEduConnect"])
    street.enter(Profile.PUPIL)
    seen = street.witness.seen
    said = {name: value for one in seen for name, value in query_of(one).items()}
    kinds = {
        "ticket": said["ticket"],
        "identifiant": said["identifiant"],
        "assertion": next(one.form["SAMLResponse"] for one in seen if "SAMLResponse" in one.form),
        "cookie": next(value for one in seen for value in one.cookies.values()),
    }
    assert {*kinds.values()} <= secrets_in(seen)
    start = next(one.answer for one in seen if "identifiant" in one.parts.query)
    assert start is not None
    assert len({word for word in secrets_in(seen) if f'"{word}"' in start.text}) >= 2
    for kind, value in kinds.items():
        ears.hear(kind, f"something about {value}.")
    assert len(ears.leaks(secrets_of(street))) == len(kinds)


def query_of(one: Passed) -> dict[str, str]:
    """The query of a request, as it stands."""
    return dict(pair.partition("=")[::2] for pair in urlsplit(one.request.url).query.split("&") if pair)
