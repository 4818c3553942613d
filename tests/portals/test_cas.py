"""How a portal may be named: by name, as a row, by its settings, found out by itself, or not at all."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest

import schoolsync
from schoolsync import pronote
from schoolsync.ent import directory
from schoolsync.ent.families import SimpleForm
from schoolsync.ent.portal import Portal, Profile, State
from schoolsync.errors import (
    Availability,
    LostOnTheWay,
    Unavailable,
    UnknownName,
    UsageError,
    WrongCredentials,
)
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.portals.simple import Simple
from schoolsync.sandbox.pronote import Front, PronoteServer, Rules
from tests.client.worlds import Awaited
from tests.portals.streets import LIVE, MAKES, SOME, WHO, Street, Told, called, of_one_town, run
from tests.portals.witness import Witness

LOUISON = Told("EXAMPLE Louison", "student", ("EXAMPLE Louison",))
OWN = {"username": "louison.example", "password": "Sésame-42"}
"""The account of PRONOTE itself."""


# -- found out --------------------------------------------------------------------------------


@pytest.mark.parametrize("world", ["sync", "asyncio"])
@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_portal_that_is_found_out(make: str, world: str) -> None:
    """Where it can be one only, somebody is let in, and it is written down by name; else nothing leaves."""
    street = Street(MAKES[make])
    found = pronote.find_cas(street.url(), http_client=street.witness, clock=street.clock)
    street.witness.forget()

    async def body() -> str:
        client = await street.log_in(world, Profile.PUPIL, cas="auto")
        assert Told.by(client) == LOUISON
        fields = client.credentials.fields
        await client.aclose()
        return str(fields["cas"])

    if found.name is not None:
        assert run(world, body) == found.name
        assert directory.find(found.name).family is street.row.family
        return
    error = street.failed(Profile.PUPIL, world=world, cas="auto")
    assert isinstance(error, UnknownName)
    assert error.known == found.names
    assert all(name in str(error) for name in found.names)
    assert street.proofs == {}
    assert street.witness.holding(WHO[Profile.PUPIL].username) == []


def test_some_portals_can_be_found_out_and_others_must_be_named() -> None:
    """Both were tested above."""
    names = [
        pronote.find_cas(street.url(), http_client=street.witness, clock=street.clock).name
        for street in of_one_town(MAKES.values())
    ]
    assert None in names
    assert len({*names} - {None}) > 5


def test_what_was_found_out_is_not_found_out_again() -> None:
    """A renewal goes the same way."""
    street = Street(directory.find("hubeduconnect"))
    telling = street.witness

    async def body() -> None:
        client = await street.log_in(profile=Profile.PUPIL, cas="auto")
        telling.forget()
        street.school.sessions.end_all()
        assert await client.get_menus("2026-11-23") is not None
        await client.aclose()

    run("sync", body)
    assert not any("InfoMobileApp" in one.request.url for one in telling.seen)
    assert street.asker.proofs == 1


def test_a_school_without_a_portal_is_found_out_too() -> None:
    """PRONOTE's own account, then."""
    street = Street(directory.find("agora06"))
    url = street.town.instance()
    assert street.enter(Profile.PUPIL, url=url, cas="auto", **OWN) == LOUISON
    assert street.witness.hosts == {url.split("/")[2]}


def test_a_portal_that_nobody_knows_is_not_guessed() -> None:
    """The error says what was met, and that one can be described."""
    street, url = unknown_school()
    error = street.failed(Profile.PUPIL, url=url, cas="auto")
    assert isinstance(error, UnknownName)
    assert error.known == ()
    assert "extranet.example.test" in str(error)
    assert "Family" in str(error)
    assert street.witness.holding(WHO[Profile.PUPIL].username, WHO[Profile.PUPIL].password) == []


# -- given ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", SOME)
def test_a_portal_given_as_a_row(make: str) -> None:
    """It is as good as its name, and is written down by it."""
    street = Street(MAKES[make])
    client = pronote.login(**street.given(Profile.PUPIL, cas=street.row))
    assert Told.by(client) == LOUISON
    assert client.credentials.fields["cas"] == street.row.name
    client.close()
    again = schoolsync.connect(
        "pronote", **client.credentials.fields, http_client=street.witness, clock=street.clock
    )
    with again:
        assert Told.by(again) == LOUISON


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_portal_given_by_its_settings(make: str) -> None:
    """For a school that nobody has written a row for; it has no name to be written down."""
    street = Street(MAKES[make])
    client = pronote.login(**street.given(Profile.PUPIL, cas=street.row.family))
    assert Told.by(client) == LOUISON
    with pytest.raises(UsageError, match="no name"):
        _ = client.credentials
    client.close()
    error = street.failed(Profile.PUPIL, cas=street.row.family, password="Portail & presque")
    assert isinstance(error, WrongCredentials)
    assert {one.host for one in street.witness.holding("Portail & presque")} <= {
        *street.row.family.password_hosts
    }


def unknown_school() -> tuple[Street, str]:
    """A street with one more portal and one more school, of which no directory knows; the school's page."""
    street = Street(directory.find("agora06"))
    common, root = street.town.common, "https://0000099z.example.test/pronote"
    extranet = Simple(host="extranet.example.test", common=common)
    front = Front(extranet.cas_url, common.tickets, root=root)
    school = PronoteServer(street.town.college, clock=street.clock, rules=Rules(portal=front))
    common.schools.add("0000099z.example.test")
    servers = {**street.town.servers, extranet.host: extranet, "0000099z.example.test": school}
    street.witness = Witness(Mount(servers))
    return street, f"{root}/eleve.html"


FORM = SimpleForm(url="https://extranet.example.test/identification/identification.php")


@pytest.mark.parametrize("world", ["sync", "asyncio", "trio"])
@pytest.mark.parametrize("is_row", [False, True])
def test_a_portal_that_no_directory_knows(world: str, is_row: bool) -> None:
    """A page with one form: described by its settings, or in a row of the caller's own."""
    street, url = unknown_school()
    row = Portal(
        name="my-school",
        title="My school's extranet",
        family=FORM,
        evidence="Seen by its pupils.",
        seen=dt.date(2026, 11, 1),
    )
    cas = row if is_row else FORM
    assert street.enter(Profile.PUPIL, url=url, cas=cas, world=world) == LOUISON
    (proof,) = street.witness.holding(WHO[Profile.PUPIL].password)
    assert proof.host == "extranet.example.test"
    error = street.failed(Profile.PUPIL, url=url, cas=cas, world=world, password="Portail & presque")
    assert isinstance(error, WrongCredentials)
    assert len(street.witness.holding("Portail & presque")) == 1


# -- not at all, or wrongly ---------------------------------------------------------------------------


@pytest.mark.parametrize("cas", [None, "", "none"])
@pytest.mark.parametrize("make", SOME)
def test_pronote_itself_behind_a_portal(make: str, cas: str | None) -> None:
    """Its own account lets in, and the portal hears nothing; nor is the portal's password good for it."""
    street = Street(MAKES[make])
    assert street.enter(Profile.PUPIL, cas=cas, **OWN) == LOUISON
    error = street.failed(Profile.PUPIL, cas=cas)
    assert isinstance(error, WrongCredentials)
    assert street.witness.hosts == {street.school_host}
    who = WHO[Profile.PUPIL]
    assert street.witness.holding(who.password) == []


@pytest.mark.parametrize("row", LIVE, ids=called)
def test_a_school_without_a_portal(row: Portal) -> None:
    """Whoever names one is told so; the portal is not asked, and nothing is told to anybody."""
    street = Street(row)
    error = street.failed(url=street.town.instance())
    assert isinstance(error, Unavailable)
    assert error.reason is Availability.OFF_AT_SCHOOL
    assert "cas=" in str(error)
    assert len(street.witness.seen) == 1
    assert street.proofs == {}


@pytest.mark.parametrize("make", sorted(MAKES))
def test_the_portal_of_another_school(make: str) -> None:
    """Whatever comes of it, the password goes to the portal that was named, and to no other."""
    here, there = of_one_town([MAKES[make], MAKES["KosmosForm" if make != "KosmosForm" else "OpenEntLocal"]])
    with suppress(LostOnTheWay, Unavailable):
        here.enter(here.first, url=there.url(here.first))
    proofs = here.witness.holding(WHO[here.first].password)
    assert {one.host for one in proofs} <= {*here.row.family.password_hosts}
    assert len(proofs) <= 1
    assert here.witness.hosts <= {*here.allowed, there.school_host}


@pytest.mark.parametrize("cas", ["ac-nowhere", "agora 06", "https://cas.agora06.fr/", "own"])
def test_a_name_that_there_is_not(cas: str) -> None:
    """Nothing is sent, and the nearest names are told."""
    street = Street(directory.find("agora06"))
    error = street.failed(Profile.PUPIL, cas=cas)
    assert isinstance(error, UnknownName)
    assert street.witness.seen == []


def test_names_may_be_spelt_as_elsewhere() -> None:
    """In capitals, with the lines of other clients, with spaces around."""
    row = next(row for row in LIVE if row.aliases and row.state is State.CURRENT)
    street = Street(row)
    names: list[Any] = [f" {row.name.upper()} ", row.aliases[0], row.aliases[0].replace("-", "_")]
    for name in names:
        client = Awaited(pronote.login(**street.given(street.first, cas=name)))
        assert client.credentials.fields["cas"] == row.name
        client.blocking.close()
