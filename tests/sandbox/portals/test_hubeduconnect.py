"""Gateways to EduConnect: the vendor's, and those of academies."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from schoolsync.sandbox.faults import ExpireSession
from schoolsync.sandbox.portals.educonnect import Generation
from schoolsync.sandbox.portals.hubeduconnect import HubEduConnect, SamlDiscovery
from tests.sandbox.portals.quarter import LOUISON, SERVICE, Quarter, quarter, somebody

HUB = "hubeduconnect.index-education.net"
CAS = f"https://{HUB}/EduConnect/cas/login"
GATE = "sso.example.test"
START = f"https://{GATE}/saml/discovery/?idp_ident=https://educonnect.education.gouv.fr/idp"


@pytest.fixture
def town() -> Quarter:
    """With the vendor's gateway."""
    return quarter(lambda common: HubEduConnect(host=HUB, common=common))


def academy(*, by_form: bool = True) -> Quarter:
    """With an academy's."""
    return quarter(lambda common: SamlDiscovery(host=GATE, common=common, asks_by_form=by_form))


# -- the vendor's ------------------------------------------------------------------------------


@pytest.mark.parametrize("generation", ["G2021", "G2025"])
def test_through_the_hub(town: Quarter, generation: Generation) -> None:
    """From the school to EduConnect and back, and the second time without a password."""
    town.educonnect.generation = generation
    town.to_school()
    (sheet,) = town.browser.read.sheets
    assert sheet.fields.keys() == {"RelayState", "SAMLRequest"}
    town.browser.submit()
    town.at_educonnect(LOUISON)
    assert town.is_in == LOUISON.login
    town.to_school()
    assert town.is_in == LOUISON.login
    assert [fake.proofs for fake in town.fakes] == [0, 1, 0]
    assert [fake.foreign_cookies for fake in town.fakes] == [0, 0, 0]


def test_the_hub_wants_a_service(town: Quarter) -> None:
    """The sentence has its apostrophe encoded, as one client looks for it."""
    for query in ("", "?service="):
        text = town.browser.get(f"{CAS}{query}").text
        assert '<label id="zone_msgDetail">L&#x27;url de service est vide</label>' in text
        assert town.browser.read.sheets == []


@pytest.mark.parametrize("service", ["https://evil.test/", "http://0000001a.example.test/", "none"])
def test_the_hub_trusts_schools_only(town: Quarter, service: str) -> None:
    """It says whom it does not trust."""
    text = town.browser.get(f"{CAS}?service={service}").text
    assert f'<label id="zone_msgDetail">{service} n&#x27;est pas une url de confiance.</label>' in text


def test_the_hub_has_no_accounts(town: Quarter) -> None:
    """Whom EduConnect names is passed on, known at school or not."""
    town.to_school()
    town.browser.submit()
    town.at_educonnect(somebody("unlinked"))
    assert town.is_in == "inconnu.example"


@pytest.mark.parametrize("spoiled", [{"SAMLResponse": "QUJD"}, {"RelayState": "another"}])
def test_an_answer_that_the_hub_did_not_ask_for(town: Quarter, spoiled: dict[str, str]) -> None:
    """Or that EduConnect did not give, opens nothing."""
    town.to_school()
    town.browser.submit()
    town.browser.submit(j_username=LOUISON.username, j_password=LOUISON.password)
    answer = town.browser.submit(0, most=20, **spoiled)
    assert (answer.status, "n&#x27;est pas valide" in answer.text) == (403, True)


def test_the_hub_can_forget(town: Quarter) -> None:
    """Then EduConnect is asked again, which does not ask for a password."""
    town.to_school()
    town.browser.submit()
    town.at_educonnect(LOUISON)
    town.portal.faults.add(ExpireSession())
    town.to_school()
    assert "SAMLRequest" in town.browser.text
    town.browser.submit()
    town.browser.submit()
    assert town.is_in == LOUISON.login
    assert town.educonnect.proofs == 1


def test_the_hub_has_nothing_else(town: Quarter) -> None:
    """Another page is missing."""
    assert town.browser.get(f"https://{HUB}/").status == 404
    assert town.browser.get(f"https://{HUB}/EduConnect/saml/SSO").status == 404


# -- an academy's --------------------------------------------------------------------------------


@pytest.mark.parametrize("by_form", [True, False])
def test_the_gateway_first_and_the_school_afterwards(by_form: bool) -> None:
    """A page without a form, and then the school opens by itself."""
    town = academy(by_form=by_form)
    town.browser.get(START)
    if by_form:
        town.browser.submit()
    assert urlsplit(town.browser.answer.url).netloc == "educonnect.education.gouv.fr"
    town.at_educonnect(LOUISON)
    assert "<h1>Accueil</h1>" in town.browser.text
    assert "<form" not in town.browser.text
    assert "<h1>Accueil</h1>" in town.browser.get(START).text
    town.to_school()
    assert town.is_in == LOUISON.login
    assert [fake.proofs for fake in town.fakes] == [0, 1, 0]
    assert [fake.foreign_cookies for fake in town.fakes] == [0, 0, 0]


@pytest.mark.parametrize("by_form", [True, False])
def test_the_school_first(by_form: bool) -> None:
    """Its service survives the detour."""
    town = academy(by_form=by_form)
    town.to_school()
    if by_form:
        assert town.browser.read.sheets[0].fields.keys() == {"RelayState", "SAMLRequest"}
        town.browser.submit()
    else:
        asked = next(one for one in town.browser.way if "Redirect/SSO" in one)
        assert asked.startswith("GET educonnect.education.gouv.fr/")
    town.at_educonnect(LOUISON)
    assert town.is_in == LOUISON.login


def test_a_stranger_at_the_academy() -> None:
    """Is told so."""
    town = academy()
    town.browser.get(START)
    town.browser.submit()
    town.at_educonnect(somebody("unlinked"))
    assert "rattaché à aucun compte" in town.browser.text
    assert town.browser.cookies.get("SESSIONID") is None


def test_the_academy_serves_schools_only() -> None:
    """And takes only answers to what it asked."""
    town = academy()
    assert town.browser.get(f"https://{GATE}/cas/login?service=https://evil.test/").status == 403
    answer = town.browser.post(f"https://{GATE}/saml/SAML2/POST", {"SAMLResponse": "QUJD", "RelayState": "x"})
    assert answer.status == 403
    assert town.browser.get(f"https://{GATE}/").status == 404


def test_an_address_carries_what_a_form_does() -> None:
    """Question and relay."""
    town = academy(by_form=False)
    location = town.browser.get(START, most=0).header("location") or ""
    assert parse_qs(urlsplit(location).query).keys() == {"SAMLRequest", "RelayState"}
    assert SERVICE not in location
