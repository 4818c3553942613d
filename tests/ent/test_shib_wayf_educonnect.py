"""Through a Shibboleth service: its discovery page, the short way round it, and a service that is broken."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

import pytest

from schoolsync.ent.families import ShibWayfEduConnect
from schoolsync.errors import ActionRequired, InstanceClosed, LostOnTheWay, WrongCredentials
from tests.ent.pages_b import DISCOVERY, EDU_BAD, HOME, at_educonnect
from tests.ent.walking import (
    DOOR,
    EDU,
    SERVICE,
    Step,
    door,
    entered,
    home,
    looked,
    moved,
    page,
    portal,
    refused,
)

HOST: Final = "cas3.example.test"
CAS: Final = f"https://{HOST}/access/login"
PORTAL: Final = portal(ShibWayfEduConnect(host=HOST, cas_path="access/login"))
SCHOOL_DOOR: Final = door(entrance=f"{CAS}?service={SERVICE}")
ACS: Final = f"https://{HOST}/Shibboleth.sso/SAML2/POST"
AT_ACS: Final = f"POST {HOST}/Shibboleth.sso/SAML2/POST"
ASK: Final = f"GET {HOST}/access/login"
WAYF: Final = f"GET {HOST}/discovery/WAYF"
LOG_IN: Final = f"GET {HOST}/Shibboleth.sso/Login"
TO_WAYF: Final[Step] = (ASK, moved("/discovery/WAYF?entityID=sp&return=back", _shibstate="state"))
TO_EDUCONNECT: Final = moved(f"https://{EDU}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=asked")
CHOSEN: Final[tuple[Step, ...]] = (
    TO_WAYF,
    (WAYF, page(DISCOVERY)),
    (WAYF, moved("/Shibboleth.sso/Login?SAMLDS=1&target=t")),
    (LOG_IN, TO_EDUCONNECT),
)
NAMED: Final = f"https://{EDU}/idp"


def test_a_full_trip() -> None:
    """Discovery, EduConnect, the assertion, and the ticket."""
    walk = entered(
        PORTAL,
        *CHOSEN,
        *at_educonnect(ACS),
        (AT_ACS, moved(f"{CAS}?service={SERVICE}", _shibsession_1="granted")),
        (ASK, home()),
        *DOOR,
        door=SCHOOL_DOOR,
    )
    assert walk.sent[0].query == f"service={SERVICE}"
    assert dict(parse_qsl(walk.sent[2].query)) == {
        "entityID": "https://cas3.example.test/shibboleth",
        "return": "https://cas3.example.test/Shibboleth.sso/Login?SAMLDS=1",
        "returnIDParam": "entityID",
        "action": "selection",
        "origin": NAMED,
    }
    assert walk.proof.host == EDU
    assert [one.host for one in walk.posts] == [EDU, HOST]
    assert "_shibsession_1=granted" in walk.sent[-3].cookies
    assert walk.signs[0] == "discovery"
    assert walk.signs[-1] == "arrived"


def test_landing_on_a_page_of_its_own() -> None:
    """The target was lost: the school's entrance once more, with the service's cookie."""
    walk = entered(
        PORTAL,
        *CHOSEN,
        *at_educonnect(ACS),
        (AT_ACS, page(HOME, _shibsession_1="granted")),
        (ASK, home()),
        *DOOR,
        door=SCHOOL_DOOR,
    )
    assert walk.sent[-3].query == f"service={SERVICE}"
    assert "_shibsession_1=granted" in walk.sent[-3].cookies
    assert walk.signs[-2:] == ("signed in", "arrived")


def test_a_discovery_page_at_another_address() -> None:
    """Its form is the sign."""
    steps: tuple[Step, ...] = (ASK, moved("/choix")), (f"GET {HOST}/choix", page(DISCOVERY))
    chosen: tuple[Step, ...] = (f"GET {HOST}/WAYF", TO_EDUCONNECT), *at_educonnect(ACS)[:2]
    assert looked(PORTAL, *steps, *chosen, door=SCHOOL_DOOR).signs == ("discovery", "log-in form")


def test_a_discovery_page_that_a_script_draws() -> None:
    """The service itself is told, in its own words."""
    drawn: tuple[Step, ...] = (TO_WAYF, (WAYF, page("<div id='app'></div>")), (LOG_IN, TO_EDUCONNECT))
    walk = looked(PORTAL, *drawn, *at_educonnect(ACS)[:2], door=SCHOOL_DOOR)
    assert dict(parse_qsl(walk.sent[2].query)) == {"SAMLDS": "1", "entityID": NAMED}
    assert walk.signs == ("discovery", "log-in form")


def test_a_discovery_page_that_does_not_know_educonnect() -> None:
    """It comes again: no way on."""
    walk = refused(PORTAL, *CHOSEN[:2], CHOSEN[1], door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "discovery page comes again" in str(walk.error)


def test_the_discovery_page_after_educonnect() -> None:
    """The service kept nothing of what it was told: EduConnect is not asked again, were it the first time."""
    straight: tuple[Step, ...] = (ASK, TO_EDUCONNECT), *at_educonnect(ACS)
    for steps in ((*CHOSEN, *at_educonnect(ACS)), straight):
        walk = refused(PORTAL, *steps, (AT_ACS, moved(CAS)), *CHOSEN[:2], door=SCHOOL_DOOR)
        assert isinstance(walk.error, LostOnTheWay)
        assert "discovery page comes again" in str(walk.error)
        assert walk.proofs == 1


def test_a_wrong_password() -> None:
    """EduConnect's word."""
    walk = refused(PORTAL, *CHOSEN, *at_educonnect(ACS, page(EDU_BAD)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_an_account_that_the_service_does_not_know() -> None:
    """It says so after EduConnect; before, it cannot be about anybody."""
    said = page("<h1>Ce compte EduConnect n'est rattaché à aucun compte d'ici</h1>", 403)
    after = refused(PORTAL, *CHOSEN, *at_educonnect(ACS), (AT_ACS, said), door=SCHOOL_DOOR)
    assert isinstance(after.error, ActionRequired)
    assert "does not know this EduConnect account" in str(after.error)
    before = refused(PORTAL, (ASK, said), door=SCHOOL_DOOR)
    assert isinstance(before.error, LostOnTheWay)


@pytest.mark.parametrize("status", [500, 503])
def test_a_broken_service(status: int) -> None:
    """It answers 500, at once or to the assertion."""
    down = page("<h1>Erreur</h1>", status)
    before = refused(PORTAL, (ASK, down), door=SCHOOL_DOOR)
    after = refused(PORTAL, *CHOSEN, *at_educonnect(ACS), (AT_ACS, down), door=SCHOOL_DOOR)
    for walk in (before, after):
        assert isinstance(walk.error, InstanceClosed)
        assert walk.error.status == status


def test_a_page_of_its_own_before_anybody_said_who_they_are() -> None:
    """Not known."""
    walk = refused(PORTAL, (ASK, page(HOME)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)


def test_a_look_ends_at_the_form() -> None:
    """That of EduConnect; nothing was posted."""
    walk = looked(PORTAL, *CHOSEN, *at_educonnect(ACS)[:2], door=SCHOOL_DOOR)
    assert walk.signs == ("discovery", "log-in form")
    assert not walk.posts
