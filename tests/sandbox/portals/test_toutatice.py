"""Toutatice, asked by hand: a chooser, EduConnect, and an exchange in XML."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.faults import ExpireSession
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.portals.toutatice import Toutatice
from tests.sandbox.portals.quarter import LOUISON, Quarter, quarter, somebody

ROOT = "https://www.toutatice.fr"
REMOTE = f"{ROOT}/idp/Authn/RemoteUser"


@pytest.fixture
def place() -> Quarter:
    """The portal."""
    return quarter(lambda common: Toutatice(host="www.toutatice.fr", common=common))


def _choose(place: Quarter, person: Person = LOUISON) -> None:
    """From the chooser to the loader."""
    assert 'class="eduouprofils"' in place.browser.text
    place.browser.submit()
    place.at_educonnect(person)
    assert urlsplit(place.browser.answer.url).path == "/idp/Authn/RemoteUser/loader"


def _said(place: Quarter) -> dict[str, str]:
    """What stands in the query of the page's address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(place.browser.answer.url).query).items()}


def _exchange(place: Quarter) -> dict[str, str]:
    """The first half of the exchange; what the second one needs."""
    said = _said(place)
    answer = place.browser.get(f"{REMOTE}?{urlencode({**said, 'redirectToLoaderRemoteUser': '0'})}")
    assert answer.media_type == "text/xml"
    found = re.search(r"<conversation>(.*)</conversation><uidInSession>(.*)</uidInSession>", answer.text)
    return {**said, "conversation": found[1], "uidInSession": found[2]} if found else {}


def test_the_whole_way(place: Quarter) -> None:
    """From the school to the school; and again without any of it."""
    place.to_school()
    assert place.browser.answer.url.startswith(f"{ROOT}/wayf/Ctrl?")
    _choose(place)
    assert _said(place)["sessionid"] == place.browser.cookies.get("IDP_JSESSIONID")
    assert _said(place)["conversation"] == "e1s1"
    second = _exchange(place)
    assert second["conversation"] == "e1s2"
    place.browser.get(f"{REMOTE}?{urlencode(second)}")
    assert place.is_in == LOUISON.login
    place.to_school()
    assert place.is_in == LOUISON.login
    assert [fake.proofs for fake in place.fakes] == [0, 1, 0]
    assert [fake.foreign_cookies for fake in place.fakes] == [0, 0, 0]


@pytest.mark.parametrize("path", ["/portail/auth/MonEspace", "/portail/auth/pagemarker/2/MonEspace"])
def test_the_portal_can_be_entered_first(place: Quarter, path: str) -> None:
    """It is where the way leads back to; the school then needs none."""
    place.browser.get(f"{ROOT}{path}")
    _choose(place)
    place.browser.get(f"{REMOTE}?{urlencode(_exchange(place))}")
    assert place.browser.answer.url == f"{ROOT}{path}"
    assert "Accueil" in place.browser.text
    place.to_school()
    assert place.is_in == LOUISON.login


def test_the_redirect_after_educonnect_has_a_link_too(place: Quarter) -> None:
    """A whole address; and the one after it is a path: there are clients that need both."""
    place.to_school()
    place.browser.submit()
    place.browser.submit(j_username=LOUISON.username, j_password=LOUISON.password)
    place.browser.submit(most=0)
    answer = place.browser.answer
    assert (answer.status, answer.location) == (302, REMOTE)
    assert place.browser.read.links == [REMOTE]
    onwards = place.browser.get(REMOTE, most=0)
    assert onwards.status == 302
    assert dict(onwards.headers)["location"].startswith("/idp/Authn/RemoteUser/loader?conversation=e1s1&")


def test_an_unlinked_account_is_told_in_xml(place: Quarter) -> None:
    """And nobody is signed in."""
    place.to_school()
    _choose(place, somebody("unlinked"))
    assert _exchange(place) == {}
    assert "<erreurFonctionnelle>" in place.browser.text
    assert "eduouprofils" in place.to_school().text


def test_trouble_is_told_in_xml(place: Quarter) -> None:
    """As trouble of its own; it passes."""
    assert isinstance(place.portal, Toutatice)
    place.to_school()
    _choose(place)
    loader = place.browser.answer.url
    place.portal.is_in_trouble = True
    assert _exchange(place) == {}
    assert "<erreurTechnique>" in place.browser.text
    place.portal.is_in_trouble = False
    place.browser.get(loader)
    place.browser.get(f"{REMOTE}?{urlencode(_exchange(place))}")
    assert place.is_in == LOUISON.login


@pytest.mark.parametrize("wrong", ["conversation", "sessionid", "uidInSession"])
def test_the_exchange_wants_what_it_gave(place: Quarter, wrong: str) -> None:
    """All three of it, in order; with something else it goes no further."""
    place.to_school()
    _choose(place)
    second = _exchange(place)
    for sent in ({**second, wrong: "e1s1"}, {**second, wrong: ""}):
        assert "<erreurTechnique>" in place.browser.get(f"{REMOTE}?{urlencode(sent)}").text
    place.browser.get(f"{REMOTE}?{urlencode(second)}")
    assert place.is_in == LOUISON.login
    assert place.browser.get(f"{REMOTE}?{urlencode(second)}").status == 403


def test_nobody_else_can_go_on(place: Quarter) -> None:
    """Neither another browser, nor one that was forgotten, nor one that never was at EduConnect."""
    place.to_school()
    place.browser.submit()
    assert place.browser.get(REMOTE).status == 403
    place.to_school()
    _choose(place)
    kept, place.browser.cookies = place.browser.cookies, type(place.browser.cookies)()
    assert place.browser.get(REMOTE).status == 403
    place.portal.faults.add(ExpireSession())
    answer = place.portal.handle(Request("GET", REMOTE, kept.header(REMOTE))).response
    assert answer is not None
    assert answer.status == 403


def test_the_chooser_leads_nowhere_else(place: Quarter) -> None:
    """Neither for another service, nor back to another host, nor to another choice."""
    place.to_school()
    assert set(place.browser.read.sheets[0].fields) == {"entityID", "return", "_saml_idp"}
    fields = place.browser.read.sheets[0].fields
    for wrong in ({"return": "https://evil.example.test/"}, {"entityID": "other"}, {"_saml_idp": "eleve-1"}):
        assert place.browser.post(f"{ROOT}/wayf/Ctrl", fields | wrong).status == 400


def test_another_service_is_refused(place: Quarter) -> None:
    """At once; and without any there is the portal's page in the end."""
    cas = f"{ROOT}/casshib/shib/toutatice/login"
    assert place.browser.get(f"{cas}?service=https://evil.example.test/").status == 403
    place.browser.get(cas)
    _choose(place)
    place.browser.get(f"{REMOTE}?{urlencode(_exchange(place))}")
    assert (place.browser.answer.url, "Accueil" in place.browser.text) == (cas, True)
    assert place.browser.get(f"{ROOT}/elsewhere").status == 404


def test_an_answer_of_educonnect_is_good_once(place: Quarter) -> None:
    """As everywhere."""
    place.to_school()
    place.browser.submit()
    place.browser.submit(j_username=LOUISON.username, j_password=LOUISON.password)
    sheet = place.browser.read.sheets[0]
    assert place.browser.post(sheet.marks["action"], sheet.fields).status == 200
    assert place.browser.post(sheet.marks["action"], sheet.fields).status == 403
