"""MonLycée.net, asked by hand: three hosts, one of which asks for the password."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.faults import ExpireSession
from schoolsync.sandbox.portals.keycloak import KeycloakMonLycee
from schoolsync.sandbox.portals.people import Person
from tests.sandbox.portals.quarter import LOUISON, SCHOOL, SERVICE, Quarter, School, quarter, somebody

AUTH, PSN, ENT = "auth.monlycee.net", "psn.monlycee.net", "ent.monlycee.net"
FORM = 'id="kc-form-login"'


@pytest.fixture
def place() -> Quarter:
    """The portal, and a school that sends people to Keycloak's own CAS."""
    return quarter(lambda common: KeycloakMonLycee(host=AUTH, common=common), PSN, ENT)


def _fill_in(place: Quarter, person: Person = LOUISON, password: str | None = None) -> None:
    place.browser.submit(username=person.username, password=password or person.password)


def _fill_in_only(place: Quarter) -> None:
    place.browser.submit(most=0, username=LOUISON.username, password=LOUISON.password)


# -- the ways in ------------------------------------------------------------------------


def test_the_school_sends_people_there(place: Quarter) -> None:
    """And gets them back with a ticket; each host has its own cookies, and nobody else's."""
    place.to_school()
    assert FORM in place.browser.text
    _fill_in(place)
    assert place.is_in == LOUISON.login
    assert {(cookie.domain, cookie.name, cookie.path) for cookie in place.browser.cookies.kept} == {
        (AUTH, "OAuth_Token_Request_State", "/"),
        (AUTH, "AUTH_SESSION_ID", "/realms/IDF/"),
        (AUTH, "KEYCLOAK_IDENTITY", "/realms/IDF/"),
        (AUTH, "TGC", "/"),
    }
    assert [fake.foreign_cookies for fake in place.fakes] == [0, 0, 0]
    assert place.portal.proofs == 1


def test_the_older_cas_leads_there_too(place: Quarter) -> None:
    """It keeps people signed in itself, once Keycloak has told it who they are."""
    place.browser.servers = {
        **place.browser.servers,
        SCHOOL: School(host=SCHOOL, common=place.portal.common, portal=f"https://{ENT}/cas/login"),
    }
    place.to_school()
    assert urlsplit(place.browser.answer.url).netloc == AUTH
    _fill_in(place)
    assert place.is_in == LOUISON.login
    assert f"GET {ENT}/cas/login 302" in place.browser.way
    assert "oneSessionId" in {cookie.name for cookie in place.browser.cookies.kept if cookie.domain == ENT}


def test_the_front_page_comes_first_or_last(place: Quarter) -> None:
    """Behind its gate is a page without any form; whoever was there needs no password at the school."""
    place.browser.get(f"https://{PSN}/")
    _fill_in(place)
    assert place.browser.answer.url == f"https://{PSN}/"
    assert "form" not in place.browser.text
    assert place.browser.way[-3:] == [
        f"POST {AUTH}/realms/IDF/login-actions/authenticate 302",
        f"GET {PSN}/oauth2/callback 302",
        f"GET {PSN}/ 200",
    ]
    place.to_school()
    assert place.is_in == LOUISON.login
    assert (place.portal.proofs, place.portal.foreign_cookies) == (1, 0)


def test_the_form_isactions(place: Quarter) -> None:
    """Its address is whole, and written as HTML is."""
    place.browser.get(f"https://{PSN}/")
    sheet = place.browser.read.sheets[0]
    action = urlsplit(sheet.marks["action"])
    assert (action.netloc, action.path) == (AUTH, "/realms/IDF/login-actions/authenticate")
    assert set(parse_qs(action.query)) == {"session_code", "execution", "client_id", "tab_id"}
    assert "&amp;execution=" in place.browser.text
    assert set(sheet.fields) == {"username", "password", "credentialId", "login"}


# -- refusals ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "password", "said"),
    [
        (LOUISON, "wrong", "invalide"),
        (somebody("unlinked"), None, "invalide"),
        (somebody("locked"), None, "désactivé"),
    ],
)
def test_a_refusal_is_the_form_again(place: Quarter, person: Person, password: str | None, said: str) -> None:
    """With the user name in it, marked as wrong; the next try may be right."""
    place.to_school()
    _fill_in(place, person, password)
    assert f'value="{person.username}" aria-invalid="true"' in place.browser.text
    assert said in place.browser.text
    _fill_in(place)
    assert place.is_in == LOUISON.login


def test_a_code_may_be_asked_for(place: Quarter) -> None:
    """After the password, and again after a wrong one; nobody is signed in before."""
    person = somebody("code")
    place.to_school()
    _fill_in(place, person)
    assert 'id="kc-otp-login-form"' in place.browser.text
    assert "aria-invalid" not in place.browser.text
    place.browser.submit(emailCode="000000")
    assert 'id="kc-otp-login-form"' in place.browser.text
    assert 'aria-invalid="true"' in place.browser.text
    place.browser.submit(emailCode=person.code)
    assert place.is_in == person.login
    assert place.portal.proofs == 1


def test_a_new_password_comes_first(place: Quarter) -> None:
    """With a form that is not the log-in form."""
    place.to_school()
    _fill_in(place, somebody("new_password"))
    assert "changer votre mot de passe" in place.browser.text
    assert FORM not in place.browser.text
    place.to_school()
    assert FORM in place.browser.text


def test_a_step_is_good_once_and_for_its_browser(place: Quarter) -> None:
    """Else the page has expired; whoever begins again gets in."""
    place.to_school()
    action = place.browser.read.sheets[0].marks["action"]
    sent = {"username": LOUISON.username, "password": LOUISON.password}
    kept, place.browser.cookies = place.browser.cookies, type(place.browser.cookies)()
    assert "La page a expiré" in place.browser.post(action, sent).text
    place.browser.cookies = kept
    assert place.browser.post(action, sent).status == 400
    place.to_school()
    _fill_in(place)
    assert place.is_in == LOUISON.login


# -- what is not for everybody -------------------------------------------------------------


def test_keycloak_serves_its_clients_only(place: Quarter) -> None:
    """And sends nobody to an address that it does not know."""
    auth = f"https://{AUTH}/realms/IDF/protocol/openid-connect/auth"
    for asked in ("client_id=other", "client_id=psn-web-een&redirect_uri=https://evil.example.test/", ""):
        answer = place.browser.get(f"{auth}?{asked}")
        assert (answer.status, FORM in answer.text) == (400, False)


def test_a_code_is_for_who_asked_and_good_once(place: Quarter) -> None:
    """Another host gets nowhere with it, and then nobody does."""
    cas = f"https://{AUTH}/cas/login/keycloak-idf"
    place.browser.get(cas)
    state = place.browser.cookies.get("OAuth_Token_Request_State")
    place.browser.get(f"https://{PSN}/")
    _fill_in_only(place)
    back = str(place.browser.answer.location)
    code = parse_qs(urlsplit(back).query)["code"][0]
    assert place.browser.get(f"{cas}?state={state}&code={code}").status == 403
    assert place.browser.get(back).status == 403


@pytest.mark.parametrize("entry", [f"{PSN}/", f"{AUTH}/cas/login/keycloak-idf", f"{ENT}/cas/login"])
def test_a_code_is_for_the_browser_that_asked(place: Quarter, entry: str) -> None:
    """Another one gets nowhere with it; it is still good for the first."""
    place.browser.get(f"https://{entry}")
    _fill_in_only(place)
    back, kept = str(place.browser.answer.location), place.browser.cookies
    place.browser.cookies = type(kept)()
    assert place.browser.get(back).status == 403
    place.browser.cookies = kept
    assert "Accueil" in place.browser.get(back).text


@pytest.mark.parametrize("host", [f"{AUTH}/cas/login/keycloak-idf", f"{ENT}/cas/login"])
def test_another_service_is_refused(place: Quarter, host: str) -> None:
    """At once; without any there is a page."""
    assert place.browser.get(f"https://{host}?service=https://evil.example.test/").status == 403
    place.browser.get(f"https://{host}")
    _fill_in(place)
    assert "Accueil" in place.browser.text
    assert "ticket" not in place.browser.answer.url
    assert "ticket=ST-" in str(place.browser.get(f"https://{host}?service={SERVICE}", most=0).location)


def test_who_is_forgotten_begins_again(place: Quarter) -> None:
    """Everywhere."""
    place.to_school()
    _fill_in(place)
    place.browser.get(f"https://{PSN}/")
    assert "Accueil" in place.browser.text
    tokens = "; ".join(f"{cookie.name}={cookie.value}" for cookie in place.browser.cookies.kept)
    place.portal.faults.add(ExpireSession())
    place.portal.handle(Request("GET", f"https://{PSN}/", {"cookie": tokens}))
    assert FORM in place.to_school().text
    assert FORM in place.browser.get(f"https://{PSN}/").text


def test_what_is_not_there_is_not_there(place: Quarter) -> None:
    """On any of the three."""
    for host in (AUTH, PSN, ENT):
        assert place.browser.get(f"https://{host}/elsewhere").status == 404
