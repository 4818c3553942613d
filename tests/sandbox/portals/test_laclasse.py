"""laclasse.com, asked by hand."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.portals.laclasse import Laclasse
from schoolsync.sandbox.portals.people import Person
from tests.sandbox.portals.quarter import LOUISON, SERVICE, Quarter, quarter, somebody

LOGIN, EDUCONNECT = "https://www.laclasse.com/sso/login", "https://www.laclasse.com/sso/educonnect"


@pytest.fixture
def place() -> Quarter:
    """The portal."""
    return quarter(lambda common: Laclasse(host="www.laclasse.com", common=common))


def _fill_in(place: Quarter, person: Person = LOUISON, password: str | None = None) -> None:
    place.browser.submit(username=person.username, password=password or person.password)


def test_the_form_brings_a_ticket(place: Quarter) -> None:
    """Straight to the school; and again without a form."""
    for _ in range(2):
        place.to_school()
        if place.browser.read.sheets:
            assert set(place.browser.read.sheets[0].fields) == {"service", "state", "username", "password"}
            _fill_in(place)
        assert place.is_in == LOUISON.login
    assert place.portal.proofs == 1
    assert [fake.foreign_cookies for fake in place.fakes] == [0, 0, 0]


def test_the_state_knows_the_service(place: Quarter) -> None:
    """What is posted as service is not believed, and no cookie is needed."""
    place.to_school()
    state = place.browser.read.sheets[0].fields["state"]
    place.browser.cookies = type(place.browser.cookies)()
    sent = {"username": LOUISON.username, "password": LOUISON.password, "state": state}
    place.browser.post(LOGIN, {**sent, "service": "https%253A%252F%252Fevil.example.test"})
    assert place.is_in == LOUISON.login
    place.browser.cookies = type(place.browser.cookies)()
    assert "<form" in place.browser.post(LOGIN, {**sent, "service": SERVICE}).text


def test_the_landing_page_has_no_form(place: Quarter) -> None:
    """Any form is a refusal for some clients."""
    place.browser.get(LOGIN)
    _fill_in(place)
    assert (place.browser.answer.status, "<form" in place.browser.text) == (200, False)
    place.to_school()
    assert place.is_in == LOUISON.login


@pytest.mark.parametrize(
    ("person", "password", "said"),
    [
        (LOUISON, "wrong", "Identifiants incorrects"),
        (somebody("unlinked"), None, "Identifiants incorrects"),
        (somebody("locked"), None, "bloqué"),
    ],
)
def test_a_refusal_is_the_form_again(place: Quarter, person: Person, password: str | None, said: str) -> None:
    """With what is wrong, and a new state for the next try."""
    place.to_school()
    before = place.browser.read.sheets[0].fields["state"]
    _fill_in(place, person, password)
    assert '<p class="error">' in place.browser.text
    assert said in place.browser.text
    assert place.browser.read.sheets[0].fields["state"] != before
    _fill_in(place)
    assert place.is_in == LOUISON.login


def test_a_new_password_comes_first(place: Quarter) -> None:
    """And nobody is signed in."""
    place.to_school()
    _fill_in(place, somebody("new_password"))
    assert "changer votre mot de passe" in place.browser.text
    assert "<form" in place.to_school().text


@pytest.mark.parametrize("path", [LOGIN, EDUCONNECT])
def test_another_service_is_refused(place: Quarter, path: str) -> None:
    """On both ways."""
    assert place.browser.get(f"{path}?service=https://evil.example.test/").status == 403
    assert place.browser.get("https://www.laclasse.com/elsewhere").status == 404


# -- by EduConnect ---------------------------------------------------------------------


def test_educonnect_brings_a_ticket(place: Quarter) -> None:
    """By the link beside the form, which knows the service; the password stays at EduConnect."""
    place.to_school()
    place.browser.get(place.browser.read.links[0])
    place.at_educonnect(LOUISON)
    assert place.is_in == LOUISON.login
    assert [fake.proofs for fake in place.fakes] == [0, 1, 0]
    assert [fake.foreign_cookies for fake in place.fakes] == [0, 0, 0]


@pytest.mark.parametrize("keeps", [True, False])
def test_the_service_may_be_forgotten(place: Quarter, keeps: bool) -> None:
    """On the way, or because there was none: then there is the landing page, and the next visit gets in."""
    assert isinstance(place.portal, Laclasse)
    place.portal.keeps_service = keeps
    place.browser.get(EDUCONNECT if keeps else f"{EDUCONNECT}?service={SERVICE}")
    place.at_educonnect(LOUISON)
    assert 'id="app"' in place.browser.text
    place.to_school()
    assert place.is_in == LOUISON.login


def test_an_unlinked_account_is_told(place: Quarter) -> None:
    """Without a form, and nobody is signed in."""
    place.browser.get(EDUCONNECT)
    place.at_educonnect(somebody("unlinked"))
    assert (place.browser.answer.status, "rattaché à aucun" in place.browser.text) == (403, True)
    assert "<form" in place.to_school().text


def test_an_answer_of_educonnect_is_good_once(place: Quarter) -> None:
    """And for the question that was asked."""
    place.browser.get(EDUCONNECT)
    place.browser.submit(j_username=LOUISON.username, j_password=LOUISON.password)
    sheet = place.browser.read.sheets[0]
    assert sheet.marks["action"] == "https://www.laclasse.com/sso/educonnect/acs"
    assert place.browser.post(sheet.marks["action"], sheet.fields).status == 200
    assert place.browser.post(sheet.marks["action"], sheet.fields).status == 403
