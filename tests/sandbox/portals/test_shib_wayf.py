"""A Shibboleth service with a discovery page, asked by hand."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from schoolsync.sandbox.portals.shib_wayf import ShibWayf
from tests.sandbox.portals.quarter import LOUISON, Quarter, quarter, somebody

SP = "https://cas3.e-lyco.fr"
EDUCONNECT = "https://educonnect.education.gouv.fr/idp"


@pytest.fixture
def place() -> Quarter:
    """e-lyco."""
    return quarter(lambda common: ShibWayf(host="cas3.e-lyco.fr", common=common))


@pytest.fixture
def argos() -> Quarter:
    """Bordeaux: its discovery page is elsewhere, and it asks EduConnect by a form."""
    settings = {"path": "/shibcas/login", "ds_host": "ds.ac-bordeaux.fr"}
    return quarter(
        lambda common: ShibWayf(host="ent2d.ac-bordeaux.fr", common=common, asks_by_form=True, **settings),
        "ds.ac-bordeaux.fr",
    )


def test_the_whole_way(place: Quarter) -> None:
    """By the discovery page; back to where it began, with the cookie of the service."""
    place.to_school()
    assert place.browser.answer.url.startswith(f"{SP}/discovery/WAYF?")
    assert set(place.browser.read.sheets[0].fields) == {"entityID", "return", "returnIDParam", "action"}
    place.browser.submit(origin=EDUCONNECT)
    place.at_educonnect(LOUISON)
    assert place.is_in == LOUISON.login
    assert place.browser.way[-3:] == [
        "POST cas3.e-lyco.fr/Shibboleth.sso/SAML2/POST 302",
        "GET cas3.e-lyco.fr/access/login 302",
        "GET 0000001A.example.test/pronote/eleve.html 200",
    ]
    assert any(one.name.startswith("_shibsession_") for one in place.browser.cookies.kept)
    assert [fake.proofs for fake in place.fakes] == [0, 1, 0]
    assert [fake.foreign_cookies for fake in place.fakes] == [0, 0, 0]
    place.to_school()
    assert place.is_in == LOUISON.login


def test_argos_has_its_page_elsewhere(argos: Quarter) -> None:
    """And carries its question by a form; no cookie goes from one host to the other."""
    argos.to_school()
    assert argos.browser.answer.url.startswith("https://ds.ac-bordeaux.fr/discovery/WAYF?")
    argos.browser.submit(origin=EDUCONNECT)
    assert argos.browser.answer.url.startswith("https://ent2d.ac-bordeaux.fr/Shibboleth.sso/Login?")
    assert set(argos.browser.read.sheets[0].fields) == {"RelayState", "SAMLRequest"}
    argos.browser.submit()
    argos.at_educonnect(LOUISON)
    assert argos.is_in == LOUISON.login
    assert [fake.foreign_cookies for fake in argos.fakes] == [0, 0, 0]
    assert argos.browser.get("https://ds.ac-bordeaux.fr/shibcas/login").status == 404
    assert argos.browser.get("https://ent2d.ac-bordeaux.fr/discovery/WAYF").status == 404


def test_the_portal_can_be_entered_first(place: Quarter) -> None:
    """As older clients do, with the answer to the page in its address; the school then needs none."""
    asked = {
        "entityID": f"{SP}/shibboleth",
        "returnX": f"{SP}/Shibboleth.sso/Login",
        "returnIDParam": "entityID",
        "action": "selection",
        "origin": EDUCONNECT,
    }
    place.browser.get(f"{SP}/discovery/WAYF?{urlencode(asked)}", most=1)
    assert parse_qs(urlsplit(place.browser.answer.url).query) == {"SAMLDS": ["1"], "entityID": [EDUCONNECT]}
    place.browser.get(str(place.browser.answer.location))
    place.at_educonnect(LOUISON)
    assert (place.browser.answer.url, "Accueil" in place.browser.text) == (f"{SP}/", True)
    place.to_school()
    assert place.is_in == LOUISON.login


def test_the_service_can_begin_by_itself(place: Quarter) -> None:
    """At EduConnect, or at the page if it is not told where; without a service there is a page in the end."""
    place.browser.get(f"{SP}/Shibboleth.sso/Login?SAMLDS=1&entityID={EDUCONNECT}")
    assert 'name="j_password"' in place.browser.text
    place.browser.get(f"{SP}/Shibboleth.sso/Login")
    place.browser.submit(origin=EDUCONNECT)
    place.at_educonnect(LOUISON)
    assert (place.browser.answer.url, "Accueil" in place.browser.text) == (f"{SP}/access/login", True)


def test_another_choice_is_no_choice(place: Quarter) -> None:
    """The page again; and who gets past it anyway is not known."""
    place.to_school()
    place.browser.submit(origin="https://evil.example.test/idp")
    assert "<select" in place.browser.text
    place.browser.submit(origin=EDUCONNECT, action="other")
    assert "<select" in place.browser.text
    assert place.browser.get(f"{SP}/Shibboleth.sso/Login?entityID=https://evil.example.test/").status == 500


@pytest.mark.parametrize("back", ["", "https://evil.example.test/", f"{SP}.evil.test/Shibboleth.sso/Login"])
def test_the_page_leads_back_to_the_service_only(place: Quarter, back: str) -> None:
    """Whatever the address says."""
    asked = {"return": back, "action": "selection", "origin": EDUCONNECT}
    assert place.browser.get(f"{SP}/discovery/WAYF?{urlencode(asked)}").status == 400


def test_an_unlinked_account_is_told(place: Quarter) -> None:
    """Where the ticket would have been."""
    place.to_school()
    place.browser.submit(origin=EDUCONNECT)
    place.at_educonnect(somebody("unlinked"))
    assert (place.browser.answer.status, "rattaché à aucun" in place.browser.text) == (403, True)


def test_another_service_is_refused(place: Quarter) -> None:
    """Before anybody is asked anything."""
    assert place.browser.get(f"{SP}/access/login?service=https://evil.example.test/").status == 403
    assert place.browser.get(f"{SP}/").status == 404


def test_an_answer_of_educonnect_is_good_once(place: Quarter) -> None:
    """And for this service only."""
    place.to_school()
    place.browser.submit(origin=EDUCONNECT)
    place.browser.submit(j_username=LOUISON.username, j_password=LOUISON.password)
    sheet = place.browser.read.sheets[0]
    place.browser.post(sheet.marks["action"], sheet.fields)
    assert place.is_in == LOUISON.login
    assert place.browser.post(sheet.marks["action"], sheet.fields).status == 500
