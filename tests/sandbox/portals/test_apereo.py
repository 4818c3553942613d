"""Two CAS servers of Apereo's make, asked by hand."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from schoolsync.sandbox.portals.apereo import ApereoCasEduConnect, ApereoCasForm
from schoolsync.sandbox.portals.people import ELSEWHERE, Person
from tests.sandbox.portals.quarter import LOUISON, SERVICE, Quarter, quarter, somebody

ATRIUM, RECIA, OLD = "www.atrium-sud.fr", "auth.recia.fr", "lycees.netocentre.fr"


@pytest.fixture
def atrium() -> Quarter:
    """A CAS with a form of its own."""
    return quarter(lambda common: ApereoCasForm(host=ATRIUM, common=common), "atrium-sud.fr")


@pytest.fixture
def recia() -> Quarter:
    """A CAS that hands over to EduConnect, with a portal in front."""
    return quarter(lambda common: ApereoCasEduConnect(host=RECIA, common=common, portal_host=OLD), OLD)


def _fill_in(place: Quarter, person: Person = LOUISON, password: str | None = None) -> None:
    place.browser.submit(username=person.username, password=password or person.password)


def _execution(place: Quarter) -> str:
    return place.browser.read.sheets[0].fields["execution"]


# -- the form ---------------------------------------------------------------------------


def test_the_right_password_brings_a_ticket(atrium: Quarter) -> None:
    """For the school that asked, and a cookie for the server's own folder."""
    atrium.to_school()
    assert set(atrium.browser.read.sheets[0].fields) == {
        "username",
        "password",
        "execution",
        "_eventId",
        "submit",
    }
    _fill_in(atrium)
    assert atrium.is_in == LOUISON.login
    assert [cookie.path for cookie in atrium.browser.cookies.kept] == ["/connexion"]
    assert [fake.foreign_cookies for fake in atrium.fakes] == [0, 0, 0]
    assert atrium.portal.proofs == 1


def test_without_a_service_there_is_a_page(atrium: Quarter) -> None:
    """And no redirect; the next school is opened without a form."""
    atrium.browser.get(f"https://{ATRIUM}/connexion/login")
    _fill_in(atrium)
    assert f'<span id="principalId">{LOUISON.username}</span>' in atrium.browser.text
    assert "fm1" not in atrium.browser.text
    atrium.to_school()
    assert atrium.is_in == LOUISON.login
    assert atrium.portal.proofs == 1


@pytest.mark.parametrize(
    ("person", "password", "said"),
    [
        (LOUISON, "wrong", "Identifiants invalides"),
        (somebody("unlinked"), None, "Identifiants invalides"),
        (somebody("locked"), None, "verrouillé"),
    ],
)
def test_a_refusal_is_the_form_again(
    atrium: Quarter, person: Person, password: str | None, said: str
) -> None:
    """With status 401 and what is wrong; the next try may be right."""
    atrium.to_school()
    before = _execution(atrium)
    _fill_in(atrium, person, password)
    assert atrium.browser.answer.status == 401
    assert said in atrium.browser.text
    assert 'id="loginErrorsPanel"' in atrium.browser.text
    assert _execution(atrium) != before
    _fill_in(atrium)
    assert atrium.is_in == LOUISON.login


def test_a_new_password_comes_first(atrium: Quarter) -> None:
    """No form, no ticket, and nobody is signed in."""
    atrium.to_school()
    _fill_in(atrium, somebody("new_password"))
    assert "changer de mot de passe" in atrium.browser.text
    assert atrium.browser.read.sheets == []
    atrium.to_school()
    assert "fm1" in atrium.browser.text


def test_a_form_is_good_once(atrium: Quarter) -> None:
    """An old one, and one that was never shown, are answered by a new one, without a word."""
    atrium.to_school()
    fields = {**atrium.browser.read.sheets[0].fields, "username": LOUISON.username}
    place = atrium.browser.answer.url
    atrium.browser.post(place, {**fields, "password": "wrong"})
    for execution in (fields["execution"], "e1s1"):
        sent = {**fields, "password": LOUISON.password, "execution": execution}
        answer = atrium.browser.post(place, sent)
        assert answer.status == 200
        assert "loginErrorsPanel" not in answer.text
    fields = atrium.browser.read.sheets[0].fields | {"username": LOUISON.username}
    atrium.browser.post(place, {**fields, "password": LOUISON.password, "_eventId": "other"})
    assert "fm1" in atrium.browser.text


def test_the_form_remembers_its_service(atrium: Quarter) -> None:
    """Wherever it is posted to: there are clients that use the address, and clients that use the action."""
    atrium.to_school()
    fields = atrium.browser.read.sheets[0].fields
    filled = {**fields, "username": LOUISON.username, "password": LOUISON.password}
    atrium.browser.post(f"https://{ATRIUM}/connexion/login", filled)
    assert atrium.is_in == LOUISON.login


def test_older_servers_have_one_more_field(atrium: Quarter) -> None:
    """And want it back."""
    assert isinstance(atrium.portal, ApereoCasForm)
    atrium.portal.has_lt = True
    atrium.to_school()
    assert atrium.browser.read.sheets[0].fields["lt"].startswith("LT-")
    atrium.browser.submit(username=LOUISON.username, password=LOUISON.password, lt="LT-other")
    assert atrium.is_in == ""
    _fill_in(atrium)
    assert atrium.is_in == LOUISON.login


def test_renew_and_gateway(atrium: Quarter) -> None:
    """The first always shows the form, the second never does."""
    login = f"https://{ATRIUM}/connexion/login"
    answer = atrium.browser.get(f"{login}?service={SERVICE}&gateway=true", most=0)
    assert answer.location == SERVICE
    atrium.browser.get(login)
    _fill_in(atrium)
    assert "fm1" in atrium.browser.get(f"{login}?service={SERVICE}&renew=true").text
    assert "ticket=ST-" in str(atrium.browser.get(f"{login}?service={SERVICE}", most=0).location)


@pytest.mark.parametrize("service", ["https://evil.example.test/", "http://0000001a.example.test/pronote/"])
def test_another_service_is_refused(atrium: Quarter, service: str) -> None:
    """Before anybody is asked for a password, and afterwards."""
    login = f"https://{ATRIUM}/connexion/login"
    assert "non autorisée" in atrium.browser.get(f"{login}?service={service}").text
    atrium.browser.get(login)
    _fill_in(atrium)
    assert "non autorisée" in atrium.browser.get(f"{login}?service={service}").text


def test_other_hosts_only_lead_there(atrium: Quarter) -> None:
    """With all that was asked."""
    answer = atrium.browser.get("https://ATRIUM-sud.fr/connexion/login?service=https:%2F%2Fa", most=0)
    assert answer.location == f"https://{ATRIUM}/connexion/login?service=https:%2F%2Fa"
    assert atrium.browser.get(f"https://{ATRIUM}/elsewhere").status == 404


def test_every_control_has_a_name(atrium: Quarter) -> None:
    """There are clients that stop at one without; and the action is a whole address."""
    atrium.to_school()
    controls = re.findall(r"<input[^>]*>", atrium.browser.text)
    assert controls
    assert all(" name=" in control for control in controls)
    assert atrium.browser.read.sheets[0].marks["action"].startswith(f"https://{ATRIUM}/")


# -- EduConnect in front ------------------------------------------------------------------


def _choose(place: Quarter, idp: str) -> None:
    """Follow the chooser's link to *idp*."""
    place.to_school()
    assert "<r-wayf>" in place.browser.text
    assert place.browser.read.sheets == []
    place.browser.get(next(link for link in place.browser.read.links if f"idpId={idp}" in link))


def test_educonnect_brings_a_ticket(recia: Quarter) -> None:
    """By the chooser; the password goes to EduConnect alone."""
    _choose(recia, "parentEleveEN-IdP")
    recia.at_educonnect(LOUISON)
    assert recia.is_in == LOUISON.login
    assert [fake.proofs for fake in recia.fakes] == [0, 1, 0]
    assert [fake.foreign_cookies for fake in recia.fakes] == [0, 0, 0]


def test_the_chooser_can_be_left_out(recia: Quarter) -> None:
    """Who says where they have their account is sent there at once; without a service there is a page."""
    recia.browser.get(f"https://{RECIA}/cas/login?idpId=parentEleveEN-IdP", most=1)
    assert recia.browser.way == [
        f"GET {RECIA}/cas/login 302",
        "GET educonnect.education.gouv.fr/idp/profile/SAML2/Redirect/SSO 302",
    ]
    recia.browser.get(str(recia.browser.answer.location))
    recia.at_educonnect(LOUISON)
    assert 'id="principalId"' in recia.browser.text
    recia.to_school()
    assert recia.is_in == LOUISON.login


def test_others_have_a_form(recia: Quarter) -> None:
    """The server's own, with its own refusals."""
    _choose(recia, "autres-publics")
    _fill_in(recia, password="wrong")
    assert 'id="loginErrorsPanel"' in recia.browser.text
    _fill_in(recia)
    assert recia.is_in == LOUISON.login


def test_an_unlinked_account_is_stopped(recia: Quarter) -> None:
    """EduConnect knows them, the server does not."""
    _choose(recia, "parentEleveEN-IdP")
    recia.at_educonnect(somebody("unlinked"))
    assert 'class="banner-danger"' in recia.browser.text
    recia.to_school()
    assert "<r-wayf>" in recia.browser.text


@pytest.mark.parametrize(("number", "login"), [(0, ELSEWHERE), (1, somebody("two_profiles").login)])
def test_two_profiles_are_a_choice(recia: Quarter, number: int, login: str) -> None:
    """Each a form of its own; only one of them is of this school."""
    _choose(recia, "parentEleveEN-IdP")
    recia.at_educonnect(somebody("two_profiles"))
    assert [sheet.fields["_eventId"] for sheet in recia.browser.read.sheets] == ["select", "select"]
    recia.browser.submit(number)
    assert recia.is_in == login


def test_a_profile_that_was_not_shown_is_nobody(recia: Quarter) -> None:
    """And the tiles are good once."""
    _choose(recia, "parentEleveEN-IdP")
    recia.at_educonnect(somebody("two_profiles"))
    here, fields = recia.browser.answer.url, recia.browser.read.sheets[1].fields
    assert "banner-danger" in recia.browser.post(here, {**fields, "key": "other"}).text
    assert "banner-danger" not in recia.browser.post(here, fields).text
    assert recia.is_in == ""


def test_an_answer_of_educonnect_is_good_once(recia: Quarter) -> None:
    """And only for the question that was asked."""
    _choose(recia, "parentEleveEN-IdP")
    recia.browser.submit(j_username=LOUISON.username, j_password=LOUISON.password)
    sheet = recia.browser.read.sheets[0]
    assert urlsplit(sheet.marks["action"]).netloc == RECIA
    other = {**sheet.fields, "RelayState": "other"}
    assert "banner-danger" in recia.browser.post(sheet.marks["action"], other).text
    assert "banner-danger" in recia.browser.post(sheet.marks["action"], sheet.fields).text
    assert recia.is_in == ""


def test_the_portals_link_has_a_token(recia: Quarter) -> None:
    """Where the server wants it: who brings none, an old one or a used one begins at the portal."""
    assert isinstance(recia.portal, ApereoCasEduConnect)
    recia.portal.wants_token = True
    recia.to_school()
    assert recia.browser.answer.url == recia.portal.portal_url
    assert 'id="portalCASLoginLink"' in recia.browser.text
    link = f"{recia.browser.read.links[0]}&idpId=parentEleveEN-IdP"
    recia.browser.get(link)
    recia.at_educonnect(LOUISON)
    assert recia.browser.answer.url == recia.portal.portal_url
    assert "Accueil" in recia.browser.text
    recia.to_school()
    assert recia.is_in == LOUISON.login
    recia.browser.cookies = type(recia.browser.cookies)()
    assert "portalCASLoginLink" in recia.browser.get(link).text
    assert [fake.foreign_cookies for fake in recia.fakes] == [0, 0, 0]
