"""The signs that the sandbox's own portals show, end to end: each has the leaf of its row in the tables.

What `test_error_signs_portals` walks through by hand is shown here by another mind, one portal of each make.
"""

from __future__ import annotations

import datetime as dt
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from schoolsync import pronote
from schoolsync.drivers import vault
from schoolsync.ent import directory
from schoolsync.errors import SchoolSyncError
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.faults import Fault, Status, TooMany
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.portals.people import PEOPLE, Person, Trouble
from schoolsync.sandbox.portals.town import Town, make_town
from tests.error_tables import Seen, agrees, read_rows

ROWS: Final = read_rows("C")
START: Final = dt.datetime(2026, 3, 9, 8, tzinfo=ZoneInfo("Europe/Paris"))
LOCAL: Final = {
    "kosmos_form": "ac-valdoise",
    "openent_local": "seine-et-marne",
    "apereo_cas_form": "atrium-sud",
    "keycloak_monlycee": "iledefrance",
    "laclasse_sso": "laclasse-local",
    "oze": "hauts-de-seine",
}
"""A portal of each make with accounts of its own. (The one with a simple form is over.)"""
VOUCHED: Final = {
    "kosmos_educonnect": "agora06",
    "openent_educonnect": "hdf",
    "apereo_cas_educonnect": "ac-orleans-tours",
    "laclasse_sso": "laclasse",
    "toutatice": "toutatice",
    "shib_wayf_educonnect": "ac-nantes",
    "hubeduconnect": "hubeduconnect",
    "saml_discovery_educonnect": "ac-reunion",
}
"""A portal of each make with accounts of EduConnect."""
AT_EDUCONNECT: Final[dict[Trouble, str]] = {
    "locked": "C3c",
    "captcha": "C3d",
    "new_password": "C3e",
    "activation": "C3f",
    "birth_date": "C6a",
    "code": "C6b",
}
"""Trouble that EduConnect makes, whatever portal it is for."""
AT_PORTAL: Final[tuple[tuple[Trouble, str, str], ...]] = (
    *(("unlinked", name, "C4h") for name in ("agora06", "laclasse", "ac-nantes", "ac-reunion")),
    ("unlinked", "hdf", "C4j"),
    ("unlinked", "ac-orleans-tours", "C4k"),
    ("unlinked", "toutatice", "C4m"),
    ("unlinked", "hubeduconnect", "C4n"),
    ("two_schools", "hdf", "C6d"),
    ("two_profiles", "ac-orleans-tours", "C6e"),
    *(("locked", LOCAL[kind], "C4b") for kind in LOCAL if kind not in {"openent_local", "oze"}),
    ("locked", LOCAL["openent_local"], "C5c"),
    *(("new_password", LOCAL[kind], "C4d") for kind in ("kosmos_form", "apereo_cas_form", "laclasse_sso")),
    ("new_password", LOCAL["openent_local"], "C5f"),
    ("new_password", LOCAL["keycloak_monlycee"], "C5p"),
    ("activation", LOCAL["openent_local"], "C5g"),
    ("reset", LOCAL["openent_local"], "C5f"),
    ("code", LOCAL["keycloak_monlycee"], "C6c"),
)
"""Trouble that portals make, and the row that it is."""


@pytest.fixture(scope="module")
def college() -> SandboxCollege:
    """The school behind all of them; nobody gets as far as to change it."""
    return make_college(seed=1, today=START.date())


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch, college: SandboxCollege) -> Town:
    """All of them, and nobody has come yet."""
    monkeypatch.setattr(vault.KEEPER, "_ledger", vault.Keeper()._ledger)
    return make_town(clock=HandClock(START), college=college)


def troubled(trouble: Trouble) -> Person:
    """Whoever has it."""
    return next(one for one in PEOPLE if one.trouble == trouble)


def turned_away(town: Town, name: str, who: Person, password: str | None = None) -> SchoolSyncError:
    """What somebody is told who wants to get in by the portal of that name."""
    url, mount = town.instance(host_of(town, name)), Mount(town.servers)
    with pytest.raises(SchoolSyncError) as caught:
        pronote.login(
            url, who.username, password or who.password, cas=name, http_client=mount, clock=HandClock(START)
        )
    return caught.value


def host_of(town: Town, name: str) -> str:
    """The host that shows that portal."""
    return next(host for host in directory.find(name).all_hosts if host in town.fakes)


def holds(row: str, error: SchoolSyncError) -> None:
    """*error* is what *row* says."""
    agrees(ROWS[row], [Seen(error, 1, 1, "walk")])


def test_a_portal_of_each_make_is_looked_at() -> None:
    """The names lead to the makes that they stand for."""
    for makes, is_vouched in ((LOCAL, False), (VOUCHED, True)):
        families = {kind: directory.find(name).family for kind, name in makes.items()}
        assert all(kind == family.kind for kind, family in families.items())
        assert {family.uses_educonnect for family in families.values()} == {is_vouched}


@pytest.mark.parametrize("name", VOUCHED.values())
@pytest.mark.parametrize("trouble", AT_EDUCONNECT)
def test_trouble_at_educonnect(town: Town, trouble: Trouble, name: str) -> None:
    """Behind every make of portal the same; the password was sent once."""
    holds(AT_EDUCONNECT[trouble], turned_away(town, name, troubled(trouble)))
    assert town.educonnect.proofs == 1


@pytest.mark.parametrize(("trouble", "name", "row"), AT_PORTAL)
def test_trouble_at_a_portal(town: Town, trouble: Trouble, name: str, row: str) -> None:
    """One password, which only the one who asks for it has heard."""
    holds(row, turned_away(town, name, troubled(trouble)))
    heard = {fake.host: fake.proofs for fake in town.fakes.values() if fake.proofs}
    asking = directory.find(name).family.password_hosts
    assert list(heard.values()) == [1]
    assert heard.keys() <= {town.fakes[host].host for host in asking if host in town.fakes}


@pytest.mark.parametrize("name", [*LOCAL.values(), *VOUCHED.values()])
def test_a_wrong_password(town: Town, name: str) -> None:
    """At EduConnect, or at the portal."""
    is_vouched = directory.find(name).family.uses_educonnect
    holds("C3a" if is_vouched else "C4a", turned_away(town, name, troubled("none"), "un faux mot"))


@pytest.mark.parametrize("name", [*LOCAL.values(), *VOUCHED.values()])
@pytest.mark.parametrize(("fault", "row"), [(Status(503), "C2c"), (TooMany(), "C2d")], ids=["down", "busy"])
def test_a_portal_that_does_not_serve(town: Town, name: str, fault: Fault, row: str) -> None:
    """Whatever make it is; no password has left."""
    town.fake(host_of(town, name)).faults.add(fault)
    town.educonnect.faults.add(fault)
    holds(row, turned_away(town, name, troubled("none")))
    assert not town.educonnect.proofs
