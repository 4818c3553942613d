"""What can be set for a portal of each make: where its way begins, whose hosts it crosses, who walks it."""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from schoolsync.ent import families
from schoolsync.ent.families import (
    ApereoCasEduConnect,
    ApereoCasForm,
    HubEduConnect,
    KeycloakMonLycee,
    KosmosEduConnect,
    KosmosForm,
    LaclasseEduConnect,
    LaclasseSso,
    OpenEntEduConnect,
    OpenEntLocal,
    Oze,
    Retired,
    SamlDiscoveryEduConnect,
    ShibWayfEduConnect,
    SimpleForm,
    Toutatice,
)
from schoolsync.ent.portal import EDUCONNECT, Door, Family, Profile
from schoolsync.ent.trip import Trip
from schoolsync.errors import LostOnTheWay
from schoolsync.sandbox.clock import HandClock
from tests.ent import walking

SERVICE = "https:%2F%2F0000001A.example.test%2Fpronote%2Feleve.html"
ENTRANCE = f"https://portal.example.test/there?service={SERVICE}"

# Each make with settings, where its way begins for a school that led to ENTRANCE, and where for none.
BEGINNINGS: list[tuple[Family, str, str]] = [
    (
        KosmosForm(host="cas.example.test"),
        f"https://cas.example.test/login?service={SERVICE}",
        "https://cas.example.test/login",
    ),
    (
        KosmosForm(host="cas.example.test", selection="ATS_parent_eleve"),
        f"https://cas.example.test/login?selection=ATS_parent_eleve&service={SERVICE}",
        "https://cas.example.test/login?selection=ATS_parent_eleve",
    ),
    (
        KosmosEduConnect(host="cas.example.test", selection="EDU"),
        f"https://cas.example.test/login?selection=EDU&service={SERVICE}&submit=Valider",
        "https://cas.example.test/login?selection=EDU&submit=Valider",
    ),
    (
        OpenEntLocal(host="ent.example.test"),
        f"https://ent.example.test/cas/login?service={SERVICE}",
        "https://ent.example.test/cas/login",
    ),
    (
        ApereoCasForm(login_url="https://www.example.test/connexion/login"),
        f"https://www.example.test/connexion/login?service={SERVICE}",
        "https://www.example.test/connexion/login",
    ),
    (
        ApereoCasEduConnect(login_url="https://auth.example.test/cas/login", idp_id="parentEleveEN-IdP"),
        f"https://auth.example.test/cas/login?idpId=parentEleveEN-IdP&service={SERVICE}",
        "https://auth.example.test/cas/login?idpId=parentEleveEN-IdP",
    ),
    (KeycloakMonLycee(), ENTRANCE, "https://psn.monlycee.net/"),
    (
        LaclasseSso(),
        f"https://www.laclasse.com/sso/login?service={SERVICE}",
        "https://www.laclasse.com/sso/login",
    ),
    (
        LaclasseEduConnect(),
        f"https://www.laclasse.com/sso/educonnect?service={SERVICE}",
        "https://www.laclasse.com/sso/educonnect",
    ),
    (Toutatice(), ENTRANCE, "https://www.toutatice.fr/portail/auth/MonEspace"),
    (
        HubEduConnect(),
        f"https://hubeduconnect.index-education.net/EduConnect/cas/login?service={SERVICE}",
        "https://hubeduconnect.index-education.net/EduConnect/cas/login",
    ),
    (
        ShibWayfEduConnect(host="cas.example.test", cas_path="access/login"),
        ENTRANCE,
        "https://cas.example.test/access/login",
    ),
    (
        SamlDiscoveryEduConnect(start_url="https://sso.example.test/saml/discovery/?idp=x"),
        "https://sso.example.test/saml/discovery/?idp=x",
        "https://sso.example.test/saml/discovery/?idp=x",
    ),
    (Oze(url="https://enc.example.test/"), "https://enc.example.test/", "https://enc.example.test/"),
    (
        SimpleForm(url="https://www.example.test/log-in"),
        "https://www.example.test/log-in",
        "https://www.example.test/log-in",
    ),
    (Retired(was="aten_start", host="www.example.test", why="it is gone"), "", ""),
]
OPEN_ENT = [
    OpenEntEduConnect(host="ent.example.test"),
    OpenEntEduConnect(host="ent.example.test", authn=True),
    OpenEntEduConnect(host="ent.example.test", provider_id="urn:fi:ent:example:1.0"),
]
ALL = [family for family, _, _ in BEGINNINGS] + OPEN_ENT
WALKED = [family for family in ALL if not isinstance(family, Retired)]
CLOCK = HandClock(dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
BY_EDUCONNECT = {
    ApereoCasEduConnect,
    HubEduConnect,
    KosmosEduConnect,
    LaclasseEduConnect,
    OpenEntEduConnect,
    SamlDiscoveryEduConnect,
    ShibWayfEduConnect,
    Toutatice,
}


def door(entrance: str = "") -> Door:
    """A school that led to *entrance*, or is not said."""
    return walking.door(entrance)


def test_every_make_is_looked_at_here() -> None:
    """What `families` offers, and nothing less."""
    assert {type(family).__name__ for family in ALL} == {*families.__all__}


@pytest.mark.parametrize(
    ("family", "there", "bare"), BEGINNINGS, ids=[type(one[0]).__name__ for one in BEGINNINGS]
)
def test_where_a_way_begins(family: Family, there: str, bare: str) -> None:
    """With the school's service byte for byte; without any when there is no school."""
    assert family.entrance(door(ENTRANCE), Profile.PUPIL) == there
    assert family.entrance(door(), Profile.PARENT) == bare


@pytest.mark.parametrize("family", OPEN_ENT, ids=["unsolicited", "authn", "provider id"])
def test_where_the_way_through_edifice_begins(family: OpenEntEduConnect) -> None:
    """At the portal itself, or at EduConnect, who is told whom to answer."""
    begun = family.entrance(door(ENTRANCE), Profile.PARENT)
    host = "ent.example.test" if family.authn else EDUCONNECT
    assert begun.startswith(f"https://{host}/")


@pytest.mark.parametrize("family", ALL, ids=lambda family: type(family).__name__)
def test_whose_accounts_a_make_asks_for(family: Family) -> None:
    """EduConnect's, or its own: nothing between."""
    assert family.uses_educonnect is (type(family) in BY_EDUCONNECT)
    if family.uses_educonnect:
        assert family.password_hosts == (EDUCONNECT,)
        assert Profile.STAFF not in family.profiles
    elif not isinstance(family, Retired):
        assert {*family.password_hosts} <= {*family.hosts}
        assert Profile.STAFF in family.profiles


@pytest.mark.parametrize(
    ("family", "hosts", "proof"),
    [
        (KeycloakMonLycee(), ("psn.monlycee.net", "auth.monlycee.net"), ("auth.monlycee.net",)),
        (
            Oze(url="https://ENC.example.test:8443/"),
            ("enc.example.test:8443", "api-enc.example.test:8443"),
            ("enc.example.test:8443",),
        ),
    ],
)
def test_where_only_one_of_two_hosts_may_have_the_password(
    family: Family, hosts: tuple[str, ...], proof: tuple[str, ...]
) -> None:
    """The one with the form."""
    assert (family.hosts, family.password_hosts) == (hosts, proof)


@pytest.mark.parametrize("family", WALKED, ids=lambda family: type(family).__name__)
def test_a_make_is_walked_by_its_own_file(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which is called like it, takes the settings and the trip, and is loaded by then."""
    way = importlib.import_module(f"schoolsync.ent.{family.kind}")
    assert inspect.iscoroutinefunction(way.turn)
    walked: list[tuple[Any, Any]] = []

    async def turn(settings: Family, trip: object) -> None:
        walked.append((settings, trip))

    monkeypatch.setattr(way, "turn", turn)
    trip = cast("Trip", object())
    with pytest.raises(StopIteration):
        cast("Any", family.turn(trip)).send(None)
    assert walked == [(family, trip)]


def test_what_is_over_is_never_walked() -> None:
    """Even for whoever would try: it says why."""
    family = Retired(was="aten_start", host="www.example.test", why="it is gone")
    trip = Trip(portal=walking.portal(family), door=door(), visitor=walking.visitor(), clock=CLOCK)
    with pytest.raises(LostOnTheWay, match="it is gone"):
        cast("Any", family.turn(trip)).send(None)


def test_names_are_unique() -> None:
    """One make has two settings classes, for two kinds of accounts; all others have one."""
    makes: dict[str, set[Callable[..., Awaitable[None]]]] = {}
    for family in ALL:
        makes.setdefault(family.kind, set()).add(cast("Any", type(family)))
    assert {kind for kind, classes in makes.items() if len(classes) > 1} == {"laclasse_sso"}
