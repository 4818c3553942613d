"""Kosmos: sources of accounts, the form, EduConnect, and the way to the school."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

import pytest

from schoolsync.sandbox.faults import ExpireSession
from schoolsync.sandbox.portals.educonnect import Generation
from schoolsync.sandbox.portals.fake import Common
from schoolsync.sandbox.portals.kosmos import Kosmos, Source
from tests.sandbox.portals.quarter import LOUISON, SCHOOL, SERVICE, Quarter, quarter, somebody

HOST = "cas.example.test"
CAS = f"https://{HOST}/login"
ATS, EDU = "ATS_parent_eleve", "EDU_parent_eleve"
BOTH: Mapping[str, Source] = {ATS: "form", EDU: "educonnect"}


def place(selections: Mapping[str, Source] = BOTH, default: str | None = None) -> Quarter:
    """The CAS, with what is around it."""
    return quarter(lambda common: Kosmos(host=HOST, common=common, selections=selections, default=default))


@pytest.fixture
def town() -> Quarter:
    """With a source of each kind."""
    return place()


def kosmos(town: Quarter) -> Kosmos:
    """The CAS itself."""
    assert isinstance(town.portal, Kosmos)
    return town.portal


def at_form(town: Quarter, username: str = LOUISON.username, password: str = LOUISON.password) -> str:
    """What comes when the form on the page is sent."""
    return town.browser.submit(username=username, password=password).text


def with_service(selection: str) -> str:
    """The CAS, with a source and the school."""
    return f"{CAS}?selection={selection}&service={SERVICE}"


# -- the form ----------------------------------------------------------------------------------


def test_an_account_of_its_own(town: Quarter) -> None:
    """The form, the school's page with a ticket; and the password went nowhere else."""
    town.browser.get(with_service(ATS))
    at_form(town)
    assert town.is_in == LOUISON.login
    assert [fake.proofs for fake in town.fakes] == [1, 0, 0]
    assert [fake.foreign_cookies for fake in town.fakes] == [0, 0, 0]
    assert {one.name for one in town.browser.cookies.kept} == {
        "JSESSIONID",
        "SERVERID",
        "preselection",
        "TGC",
    }


def test_the_only_source_needs_no_choice() -> None:
    """The school leads straight to its form."""
    town = place({ATS: "form"})
    town.to_school()
    at_form(town)
    assert town.is_in == LOUISON.login


def test_what_the_form_holds(town: Quarter) -> None:
    """What clients look for: class, ids, a name for every control, an absolute action."""
    town.browser.get(with_service(ATS))
    (sheet,) = town.browser.read.sheets
    assert sheet.marks["class"] == "cas__login-form"
    assert sheet.marks["action"].startswith(f"{CAS}?")
    assert sheet.fields.keys() == {
        *("username", "password", "selection", "codeFournisseurIdentite"),
        *("execution", "_eventId", "geolocation", "submit"),
    }
    assert (sheet.fields["selection"], sheet.fields["_eventId"]) == (ATS, "submit")
    assert town.browser.text.count("<input") == town.browser.text.count(" name=")
    assert town.browser.text.count('id="username"') == town.browser.text.count('id="password"') == 1


def test_the_form_may_be_sent_to_its_own_page(town: Quarter) -> None:
    """As one client does, which does not look at the action."""
    town.browser.get(with_service(ATS))
    fields = town.browser.read.sheets[0].fields | {"username": LOUISON.username, "password": LOUISON.password}
    town.browser.post(town.browser.answer.url, fields)
    assert town.is_in == LOUISON.login


@pytest.mark.parametrize("who", ["wrong", "stranger", "unlinked"])
def test_a_wrong_password(town: Quarter, who: str) -> None:
    """The form again, with a sign, and a new name for the conversation. Then the right one still works."""
    person = somebody("unlinked") if who == "unlinked" else LOUISON
    town.browser.get(with_service(ATS))
    first = town.browser.read.sheets[0].fields["execution"]
    username = "nobody" if who == "stranger" else person.username
    text = at_form(town, username, "wrong" if who == "wrong" else person.password)
    assert '<p class="msg msg--error" role="alert">Identifiant ou mot de passe incorrect</p>' in text
    assert town.browser.read.sheets[0].fields["execution"] != first
    assert town.browser.cookies.get("TGC") is None
    at_form(town)
    assert town.is_in == LOUISON.login


@pytest.mark.parametrize(
    ("trouble", "sign", "forms"),
    [("locked", "compte est verrouillé", 1), ("new_password", "changer votre mot de passe", 0)],
)
def test_troubles_of_its_own_accounts(town: Quarter, trouble: str, sign: str, forms: int) -> None:
    """A locked account is told above the form; a password that is over, on a page without one."""
    town.browser.get(with_service(ATS))
    person = somebody(trouble)
    text = at_form(town, person.username, person.password)
    assert sign in text
    assert len(town.browser.read.sheets) == forms
    assert town.browser.cookies.get("TGC") is None


@pytest.mark.parametrize("execution", ["", "invented"])
def test_a_conversation_is_good_once(town: Quarter, execution: str) -> None:
    """With another name for it the form comes again, and not a word about the password."""
    town.browser.get(with_service(ATS))
    text = town.browser.submit(username=LOUISON.username, password=LOUISON.password, execution=execution).text
    assert "cas__login-form" in text
    assert "msg--error" not in text


def test_an_old_form_is_not_taken_twice(town: Quarter) -> None:
    """Somebody who goes back and sends it again is already in; somebody forgotten sees the form."""
    town.browser.get(with_service(ATS))
    fields = town.browser.read.sheets[0].fields | {"username": LOUISON.username, "password": LOUISON.password}
    town.browser.post(with_service(ATS), fields)
    town.browser.post(with_service(ATS), fields | {"password": "wrong"})
    assert town.is_in == LOUISON.login
    kosmos(town).faults.add(ExpireSession())
    assert "cas__login-form" in town.browser.post(with_service(ATS), fields).text


# -- EduConnect -------------------------------------------------------------------------------


@pytest.mark.parametrize("is_direct", [False, True])
@pytest.mark.parametrize("pauses", [False, True])
def test_an_account_of_educonnect(town: Quarter, is_direct: bool, pauses: bool) -> None:
    """By way of the delegate or at once, to EduConnect and back; with a stop where it says so."""
    kosmos(town).is_direct, kosmos(town).pauses = is_direct, pauses
    town.browser.get(with_service(EDU) + "&submit=Valider")
    assert (f"GET {HOST}/delegate/redirect/{EDU} 200" in town.browser.way) is not is_direct
    fields = town.browser.read.sheets[0].fields
    assert fields["RelayState"] == f"https://{HOST}/saml/SAMLAssertionConsumer"
    town.browser.submit()
    town.at_educonnect(LOUISON)
    if pauses:
        assert 'class="msg__title">Connexion réussie' in town.browser.text
        (link,) = town.browser.read.links
        assert parse_qs(urlsplit(link).query) == {"service": [SERVICE]}
        town.browser.get(link)
    assert town.is_in == LOUISON.login
    assert [fake.proofs for fake in town.fakes] == [0, 1, 0]


@pytest.mark.parametrize("generation", ["G2025", "G2026"])
def test_every_form_of_educonnect_comes_back(town: Quarter, generation: Generation) -> None:
    """The service survives every detour."""
    town.educonnect.generation = generation
    town.browser.get(with_service(EDU))
    town.browser.submit()
    typed = {"j_username": LOUISON.username, "j_password": LOUISON.password, "typeUser": "eleve"}
    if generation == "G2026":
        town.browser.submit()
    town.browser.submit(0, most=20, **typed)
    if generation == "G2026":
        town.browser.submit()
    town.browser.submit()
    assert town.is_in == LOUISON.login


def test_an_account_that_is_not_linked(town: Quarter) -> None:
    """It is said, and there is nothing to fill in."""
    town.browser.get(with_service(EDU))
    town.browser.submit()
    town.at_educonnect(somebody("unlinked"))
    assert "rattaché à aucun compte" in town.browser.text
    assert town.browser.answer.status == 200
    assert town.browser.cookies.get("TGC") is None


@pytest.mark.parametrize("spoiled", [{"SAMLResponse": "QUJD"}, {"SAMLResponse": ""}])
def test_an_answer_that_educonnect_never_gave(town: Quarter, spoiled: dict[str, str]) -> None:
    """Opens nothing."""
    town.browser.get(with_service(EDU))
    answer = town.browser.post(f"https://{HOST}/saml/SAMLAssertionConsumer", spoiled | {"RelayState": "x"})
    assert answer.status == 403


def test_an_answer_is_taken_once(town: Quarter) -> None:
    """And not without what went along with it."""
    common = kosmos(town).common
    said = common.assertions.give(kosmos(town).requester.acs, LOUISON)
    acs = f"https://{HOST}/saml/SAMLAssertionConsumer"
    assert "Connexion réussie" in town.browser.post(acs, {"SAMLResponse": said, "RelayState": "x"}).text
    assert town.browser.post(acs, {"SAMLResponse": said, "RelayState": "x"}).status == 403
    said = common.assertions.give(kosmos(town).requester.acs, LOUISON)
    assert town.browser.post(acs, {"SAMLResponse": said}).status == 403


@pytest.mark.parametrize("code", [ATS, "EDU", ""])
def test_only_sources_of_educonnect_are_delegated(town: Quarter, code: str) -> None:
    """The others have no such page."""
    assert town.browser.get(f"https://{HOST}/delegate/redirect/{code}").status == 404


# -- the chooser ------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "&selection=", "&selection=GONE"])
def test_without_a_source_one_chooses(town: Quarter, query: str) -> None:
    """A form with a button for each, which asks the CAS again."""
    town.browser.get(f"{CAS}?service={SERVICE}{query}")
    (sheet,) = town.browser.read.sheets
    assert (sheet.marks["action"], sheet.marks["method"]) == (CAS, "get")
    assert sheet.fields == {"service": SERVICE, "submit": "Valider"}
    for code in (ATS, EDU):
        assert f'<input type="radio" name="selection" id="idp-{code}" value="{code}">' in town.browser.text
        assert f'<label for="idp-{code}">' in town.browser.text
    town.browser.submit(selection=ATS)
    at_form(town)
    assert town.is_in == LOUISON.login


def test_a_choice_is_remembered(town: Quarter) -> None:
    """By a cookie, until another one is made; a code that is gone counts for nothing."""
    town.browser.get(with_service(ATS))
    assert "cas__login-form" in town.browser.get(CAS).text
    town.browser.get(with_service(EDU))
    assert "SAMLRequest" in town.browser.get(CAS).text
    kosmos(town).selections = {"A": "form", "B": "form"}
    assert "idp-A" in town.browser.get(CAS).text


def test_a_source_may_go_without_saying() -> None:
    """Then nobody is asked who does not choose another one."""
    town = place(default=ATS)
    assert "cas__login-form" in town.to_school().text
    assert "SAMLRequest" in town.browser.get(with_service(EDU)).text


# -- signed in ------------------------------------------------------------------------------------


def test_without_a_service_one_is_told(town: Quarter) -> None:
    """That one is signed in; and the school opens without a password afterwards."""
    town.browser.get(f"{CAS}?selection={ATS}")
    at_form(town)
    assert "Connexion réussie" in town.browser.text
    assert "Connexion réussie" in town.browser.get(CAS).text
    town.to_school()
    assert town.is_in == LOUISON.login
    assert town.portal.proofs == 1


def test_the_form_can_be_forced(town: Quarter) -> None:
    """And it can be forbidden."""
    town.browser.get(with_service(ATS))
    at_form(town)
    assert "cas__login-form" in town.browser.get(f"{CAS}?renew=true&service={SERVICE}").text
    town.browser.get(f"https://{HOST}/logout")
    assert town.browser.get(f"{CAS}?gateway=true&service={SERVICE}", most=0).header("location") == SERVICE


def test_signing_out(town: Quarter) -> None:
    """Nobody is signed in any more."""
    town.browser.get(with_service(ATS))
    at_form(town)
    assert town.browser.cookies.get("TGC")
    town.browser.get(f"https://{HOST}/logout")
    assert town.browser.cookies.get("TGC") is None
    assert "msg__title" not in town.browser.get(CAS).text


@pytest.mark.parametrize(
    "service", ["https://evil.test/", "http://0000001a.example.test/", "https://example.com/"]
)
def test_another_service_is_refused(town: Quarter, service: str) -> None:
    """Before anybody is asked for anything, and after."""
    for _ in range(2):
        text = town.browser.get(f"{CAS}?selection={ATS}&service={service}").text
        assert "Application not allowed to use CAS" in text
        assert town.browser.read.sheets == []
        town.browser.get(f"{CAS}?selection={ATS}")
        if town.browser.read.sheets:
            at_form(town)
    assert town.portal.proofs == 1


def test_a_ticket_is_for_one_school(town: Quarter) -> None:
    """The second use of it opens nothing."""
    town.browser.get(with_service(ATS))
    at_form(town)
    assert town.browser.answer.url.startswith(f"{SERVICE}?ticket=ST-")
    assert town.browser.get(town.browser.answer.url).status == 403


def test_there_is_nothing_else(town: Quarter) -> None:
    """Another page is missing."""
    assert town.browser.get(f"https://{HOST}/").status == 404
    assert town.browser.get(f"https://{HOST}/saml/SAMLAssertionConsumer").status == 404


def test_educonnect_knows_only_who_asks_it() -> None:
    """A CAS whose sources are all its own is none of them."""
    common = Common(clock=place().portal.clock)
    Kosmos(host="one.test", common=common, selections={ATS: "form"})
    assert common.providers == {}
    Kosmos(host="two.test", common=common, selections=BOTH)
    assert [*common.providers.values()] == ["https://two.test/saml/SAMLAssertionConsumer"]
    assert SCHOOL not in common.schools
