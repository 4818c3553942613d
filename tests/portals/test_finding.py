"""What can be found out before anybody signs in: whose portal it is, what a school has, where schools are."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlsplit

import pytest

from schoolsync import pronote
from schoolsync.ent import directory
from schoolsync.ent.portal import EDUCONNECT, Portal, State
from schoolsync.errors import InstanceClosed, LostOnTheWay
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.faults import Replace, Status
from schoolsync.sandbox.portals.people import PEOPLE
from tests.portals.streets import ACCOUNTS, EVIL, LIVE, MAKES, Street, called, of_one_town

CURRENT = [row for row in LIVE if row.state is State.CURRENT]


def options(street: Street) -> dict[str, Any]:
    """What every function takes."""
    return {"http_client": street.witness, "clock": street.clock}


def check_nothing_told(street: Street) -> None:
    """Only plain reads left, over https, and nobody's name."""
    assert {one.parts.scheme for one in street.witness.seen} <= {"https"}
    assert street.witness.holding(*(word for one in PEOPLE for word in (one.username, one.password))) == []
    assert street.proofs == {}
    assert street.foreign_cookies == 0


# -- who stands before a school ---------------------------------------------------------------------------


@pytest.mark.parametrize("row", LIVE, ids=called)
def test_the_portal_of_every_school_is_found(row: Portal) -> None:
    """It, or another name for the same way; an older way gives precedence to those that work today."""
    street = Street(row)
    found = pronote.find_cas(street.url(street.first), account=ACCOUNTS[street.first], **options(street))
    ways = [directory.find(name).family for name in found.names]
    newer = [one for one in CURRENT if {*one.all_hosts, *one.fronts} & {*row.all_hosts}]
    wanted = [row] if row.state is State.CURRENT else newer or [row]
    assert any(one.family in ways for one in wanted), found
    assert found.name == (found.names[0] if len(found.names) == 1 else None)
    assert not found.is_direct
    assert found.evidence
    assert all(sentence.endswith(".") for sentence in found.evidence)
    assert urlsplit(f"https://{found.hops[0]}").netloc == street.school_host
    check_nothing_told(street)


@pytest.mark.parametrize("make", sorted(MAKES))
def test_it_is_found_by_awaiting_too(make: str) -> None:
    """The same."""
    street = Street(MAKES[make])
    found = asyncio.run(pronote.find_cas_async(street.url(), **options(street)))
    assert found == pronote.find_cas(street.url(), **options(street))


def test_the_service_is_the_schools_own_byte_for_byte() -> None:
    """As the school writes it, half encoded."""
    for street in of_one_town(CURRENT):
        found = pronote.find_cas(street.url(), **options(street))
        number = street.school_host.partition(".")[0].upper()
        assert found.service == f"https:%2F%2F{number}.example.test%2Fpronote%2Feleve.html"


def test_a_school_without_a_portal() -> None:
    """It lets people in by itself."""
    street = Street(directory.find("agora06"))
    found = pronote.find_cas(street.town.instance(), **options(street))
    assert (found.is_direct, found.name, found.names) == (True, None, ())
    check_nothing_told(street)


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_portal_that_is_down_is_found_all_the_same(make: str) -> None:
    """The school has told its address."""
    street = Street(MAKES[make])
    street.fake.faults.add(Status(503), times=9)
    found = pronote.find_cas(street.url(), **options(street))
    assert street.row.family in [directory.find(name).family for name in found.names]


def test_an_address_within_an_address_is_not_asked() -> None:
    """Nor is anything told on plain http; what is met is a hint, and no more."""
    street = Street(directory.find("agora06"))
    street.school.faults.add(Replace("cas.agora06.fr/login?", f"{EVIL}/login?"), "*.html")
    found = pronote.find_cas(street.url(), **options(street))
    asked = street.witness.hosts
    assert asked <= {street.school_host, EVIL}
    assert found.names == ("agora06",) or found.name is None
    street.witness.forget()
    street.school.faults.add(Replace("https://cas.agora06.fr/login?", f"http://{EVIL}/?"), "*.html")
    pronote.find_cas(street.url(), **options(street))
    assert street.witness.hosts == {street.school_host}


# -- as far as the form ----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", LIVE, ids=called)
def test_a_look_at_every_portal_ends_at_the_form(row: Portal) -> None:
    """From a school behind it, without anybody's name."""
    street = Street(row)
    sight = pronote.look_at_portal(
        row.name, url=street.url(street.first), account=ACCOUNTS[street.first], **options(street)
    )
    assert sight.trouble is None
    assert sight.hops[-1].sign == "log-in form"
    host = urlsplit(sight.hops[-1].address).netloc
    assert (host == EDUCONNECT) is row.family.uses_educonnect
    assert "?" not in "".join(hop.address for hop in sight.hops)
    check_nothing_told(street)


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_look_without_a_school(make: str) -> None:
    """The portal alone: the form; only the vendor's gateway wants to know which school is meant."""
    street = Street(MAKES[make])
    sight = pronote.look_at_portal(street.row, **options(street))
    if make == "HubEduConnect":
        assert sight.trouble is not None
        assert "which school" in str(sight.trouble)
    else:
        assert sight.trouble is None
    assert asyncio.run(pronote.look_at_portal_async(street.row, **options(street))).hops == sight.hops
    check_nothing_told(street)


TOLD_BY_PLACE = {"OpenEntLocal": "/auth/login", "ShibWayfEduConnect": "/discovery/WAYF"}
"""Pages that a script draws."""


def strange(request: Request, answer: Response) -> Response:
    """A page that nobody knows."""
    return Response(200, (("content-type", "text/html"),), url=request.url, body=b"<h1>Bienvenue</h1>")


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_look_says_which_page_looked_different(make: str) -> None:
    """And what it showed; nothing is raised. A page that is told by its place alone cannot look different."""
    street = Street(MAKES[make])
    pronote.look_at_portal(street.row, url=street.url(), **options(street))
    for place, path in enumerate([one.parts.path for one in street.witness.seen][1:], 1):
        street.witness.forget()
        street.witness.edits[place] = strange
        sight = pronote.look_at_portal(street.row, url=street.url(), **options(street))
        check_nothing_told(street)
        if sight.trouble is None:
            assert path == TOLD_BY_PLACE.get(make)
        else:
            assert isinstance(sight.trouble, LostOnTheWay)
            assert sight.trouble.portal == street.row.name
            assert len(sight.hops) == place


# -- schools ------------------------------------------------------------------------------------------------


def test_every_school_tells_about_itself() -> None:
    """Its name, its pages, and the portal before it."""
    for street in of_one_town(LIVE):
        told = pronote.instance(street.url(), **options(street))
        assert told.name == "COLLEGE EXEMPLE"
        assert told.cas_active is True
        assert urlsplit(told.cas_url or "").netloc in {*street.row.all_hosts, *street.row.fronts}
    street = of_one_town(LIVE[:1])[0]
    told = pronote.instance(street.town.instance(), **options(street))
    assert (told.cas_active, told.cas_url) == (False, None)


def test_schools_around_a_place() -> None:
    """Nearest first; each of them leads on to its portal."""
    street = of_one_town(LIVE[:1])[0]
    schools = pronote.find_schools(46.5, 2.5, **options(street))
    assert len(schools) > 3
    distances = [school.distance_km for school in schools]
    assert distances == sorted(distances)
    assert pronote.find_cas(schools[0].url, **options(street)).is_direct
    assert pronote.find_cas(schools[1].url, **options(street)).names
    assert pronote.find_schools(0, 0, **options(street)) == []
    found = asyncio.run(pronote.find_schools_async(46.5, 2.5, **options(street)))
    assert [*found] == [*schools]


def test_a_directory_that_is_down() -> None:
    """That is not the same as no school at all."""
    street = Street(directory.find("agora06"))
    street.town.directory.faults.add(Status(503))
    with pytest.raises(InstanceClosed):
        pronote.find_schools(46.5, 2.5, **options(street))


def test_all_names_can_be_listed() -> None:
    """Sorted; each leads to its row."""
    names = pronote.cas_names()
    assert [*names] == sorted(names)
    assert {row.name for row in LIVE} < {*names}


def test_nothing_here_counts_as_a_log_in() -> None:
    """Whoever only looks is not held back."""
    street = Street(directory.find("agora06"))
    for _ in range(20):
        pronote.find_cas(street.url(), **options(street))
        pronote.look_at_portal(street.row, url=street.url(), **options(street))
    assert street.enter().name == "EXAMPLE Louison"
