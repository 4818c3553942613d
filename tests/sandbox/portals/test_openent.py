"""OpenENT: accounts of its own, those of EduConnect, and the fronts that lead to it."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import ExpireSession
from schoolsync.sandbox.portals.educonnect import Generation
from schoolsync.sandbox.portals.openent import OpenEnt, OpenEntFront
from schoolsync.sandbox.portals.people import PEOPLE
from tests.sandbox.portals.browser import Browser
from tests.sandbox.portals.quarter import LOUISON, SERVICE, Quarter, quarter, somebody

HOST, FRONT = "ent.example.test", "connexion.example.test"
ROOT = f"https://{HOST}"
BACK = f"/cas/login?service={quote(SERVICE, safe='')}"
ROBIN = PEOPLE[1]
UNSOLICITED = "https://educonnect.education.gouv.fr/idp/profile/SAML2/Unsolicited/SSO?providerId="


def place(authn: str = "student relative", front: str = "", provider_id: str = "") -> Quarter:
    """The portal, with what is around it."""
    town = quarter(
        lambda common: OpenEnt(
            host=HOST,
            common=common,
            authn=frozenset(authn.split()),
            front=front,
            provider_id=provider_id,
            moved_to="https://auth.example.test/cas/login",
        )
    )
    chooser = OpenEntFront(
        host=FRONT, common=town.portal.common, portal=HOST, chooses=True, authn=frozenset(authn.split())
    )
    plain = OpenEntFront(host="www.example.test", common=town.portal.common, portal=HOST)
    town.browser = Browser({**town.browser.servers, FRONT: chooser, plain.host: plain})
    return town


@pytest.fixture
def town() -> Quarter:
    """With both profiles at EduConnect."""
    return place()


def portal(town: Quarter) -> OpenEnt:
    """The portal itself."""
    assert isinstance(town.portal, OpenEnt)
    return town.portal


def log_in(
    town: Quarter, password: str = LOUISON.password, email: str = LOUISON.username, **more: str
) -> str:
    """What comes when a user name and a password are posted."""
    return town.browser.post(f"{ROOT}/auth/login", {"email": email, "password": password, **more}).text


# -- accounts of its own ----------------------------------------------------------------------


def test_an_account_of_its_own(town: Quarter) -> None:
    """The school leads to a shell without a form; what is posted leads back to the school."""
    town.to_school()
    assert town.browser.answer.url == f"{ROOT}/auth/login?callback={quote(BACK, safe='')}"
    assert town.browser.read.sheets == []
    assert 'ng-controller="LoginController"' in town.browser.text
    log_in(town, callBack=BACK)
    assert town.is_in == LOUISON.login
    assert [fake.proofs for fake in town.fakes] == [1, 0, 0]
    kept = {one.name for one in town.browser.cookies.kept}
    assert kept == {"oneSessionId", "authenticated", "XSRF-TOKEN"}


@pytest.mark.parametrize("more", [{}, {"callback": "/elsewhere"}, {"callBack": ""}])
def test_where_somebody_was_going_is_kept_in_a_cookie(town: Quarter, more: dict[str, str]) -> None:
    """For those who do not say; `callback` in lower case is not what the server reads."""
    town.to_school()
    log_in(town, **more)
    assert town.is_in == LOUISON.login


def test_the_cookie_does_not_last(town: Quarter) -> None:
    """Ten minutes; then one ends at home, which is not called like the log-in page."""
    town.to_school()
    assert isinstance(town.portal.clock, HandClock)
    town.portal.clock.advance(dt.timedelta(seconds=600))
    log_in(town, callback=BACK)
    assert town.browser.answer.url == f"{ROOT}/"
    assert "<main></main>" in town.browser.text
    town.to_school()
    assert town.is_in == LOUISON.login


@pytest.mark.parametrize("callback", ["https://evil.test/", "//evil.test/", "evil"])
def test_nobody_is_sent_to_another_host(town: Quarter, callback: str) -> None:
    """Home instead."""
    log_in(town, callBack=callback)
    assert town.browser.answer.url == f"{ROOT}/"


def test_a_whole_address_of_its_own_will_do(town: Quarter) -> None:
    """As its front sends one."""
    log_in(town, callBack=f"{ROOT}{BACK}")
    assert town.is_in == LOUISON.login


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (LOUISON.username, "wrong"),
        ("nobody", "wrong"),
        (somebody("unlinked").username, somebody("unlinked").password),
    ],
)
def test_a_wrong_password(town: Quarter, email: str, password: str) -> None:
    """The shell again, status 200, with a key for its script."""
    text = log_in(town, password, email, callBack=BACK)
    assert town.browser.answer.status == 200
    assert '''ng-init="error='auth.error.authenticationFailed'"''' in text
    assert town.browser.cookies.get("oneSessionId") is None


@pytest.mark.parametrize(
    ("trouble", "path", "sign"),
    [
        ("locked", "/auth/login", "auth.error.blockedUser"),
        ("activation", "/auth/login", "Activez votre compte"),
        ("new_password", "/auth/reset/forceChangePassword", "nouveau mot de passe"),
        ("reset", "/auth/reset/", "nouveau mot de passe"),
    ],
)
def test_troubles_of_its_own_accounts(town: Quarter, trouble: str, path: str, sign: str) -> None:
    """Each with its key or its page, and nobody is let in."""
    person = somebody(trouble)
    assert sign in log_in(town, person.password, person.username)
    assert town.browser.answer.url.startswith(f"{ROOT}{path}")
    assert town.browser.answer.status == 200
    assert town.browser.cookies.get("oneSessionId") is None


@pytest.mark.parametrize("trouble", ["captcha", "birth_date", "code", "two_schools", "two_profiles"])
def test_what_only_educonnect_asks_for(town: Quarter, trouble: str) -> None:
    """Is not asked for here."""
    person = somebody(trouble)
    log_in(town, person.password, person.username, callBack=BACK)
    assert town.is_in == person.login


# -- accounts of EduConnect, the portal asking -------------------------------------------------


@pytest.mark.parametrize("name", ["student", "relative"])
def test_the_portal_asks_educonnect(town: Quarter, name: str) -> None:
    """By an address, with something that must come back; and the service survives."""
    answer = town.browser.get(f"{ROOT}/auth/saml/authn/{name}?callBack={quote(BACK, safe='')}", most=0)
    asked = parse_qs(urlsplit(answer.header("location") or "").query)
    assert asked.keys() == {"SAMLRequest", "RelayState"}
    assert town.browser.cookies.get("relaystate") == asked["RelayState"][0]
    town.browser.get(answer.header("location") or "")
    town.at_educonnect(LOUISON)
    assert town.is_in == LOUISON.login
    assert [fake.proofs for fake in town.fakes] == [0, 1, 0]
    assert [fake.foreign_cookies for fake in town.fakes] == [0, 0, 0]
    assert town.browser.cookies.get("relaystate") is None


def test_a_profile_may_not_come_from_there() -> None:
    """403, and a word for it."""
    town = place("relative")
    answer = town.browser.get(f"{ROOT}/auth/saml/authn/student")
    assert (answer.status, "invalid.provider" in answer.text) == (403, True)
    assert town.browser.get(f"{ROOT}/auth/saml/authn/relative", most=0).status == 302


def test_without_a_callback_one_ends_at_home(town: Quarter) -> None:
    """And the school opens afterwards."""
    town.browser.get(f"{ROOT}/auth/saml/authn/student")
    town.at_educonnect(LOUISON)
    assert town.browser.answer.url == f"{ROOT}/"
    town.to_school()
    assert town.is_in == LOUISON.login


def test_an_answer_to_somebody_else(town: Quarter) -> None:
    """Is refused: what comes along must be what the browser was given."""
    town.browser.get(f"{ROOT}/auth/saml/authn/student")
    town.browser.submit(j_username=LOUISON.username, j_password=LOUISON.password)
    answer = town.browser.submit(RelayState="of another browser")
    assert (answer.status, "invalid_state" in answer.text) == (403, True)
    assert town.browser.cookies.get("oneSessionId") is None


# -- accounts of EduConnect, nobody asking ---------------------------------------------------


@pytest.mark.parametrize("provider_id", ["", "urn:fi:ent:prod-example-edu:1.0"])
def test_educonnect_may_answer_unasked(provider_id: str) -> None:
    """By the name that it has for the portal; one ends at home."""
    town = place(provider_id=provider_id)
    named = provider_id or f"{ROOT}/auth/saml/metadata/idp.xml"
    town.browser.get(f"{UNSOLICITED}{quote(named, safe='')}")
    town.at_educonnect(LOUISON)
    assert town.browser.answer.url == f"{ROOT}/"
    town.to_school()
    assert town.is_in == LOUISON.login


@pytest.mark.parametrize("generation", ["G2022", "G2026"])
def test_an_account_that_is_not_linked(town: Quarter, generation: Generation) -> None:
    """The shell, with another key."""
    said = town.portal.common.assertions.give(f"{ROOT}/auth/saml/acs", somebody("unlinked"))
    answer = town.browser.post(f"{ROOT}/auth/saml/acs", {"SAMLResponse": said, "RelayState": ""})
    assert '''ng-init="error='fed.auth.error.user.not.found'"''' in answer.text
    assert answer.status == 200


def test_an_answer_that_educonnect_never_gave(town: Quarter) -> None:
    """Opens nothing; nor does one that was taken."""
    said = town.portal.common.assertions.give(f"{ROOT}/auth/saml/acs", LOUISON)
    statuses = [
        town.browser.post(f"{ROOT}/auth/saml/acs", {"SAMLResponse": one}, most=0).status
        for one in ("QUJD", said, said)
    ]
    assert statuses == [403, 302, 403]


# -- several accounts ------------------------------------------------------------------------------


def chosen(town: Quarter) -> None:
    """Somebody with two accounts is at the page that asks which."""
    town.browser.get(f"{ROOT}/auth/saml/authn/student?callBack={quote(BACK, safe='')}")
    town.at_educonnect(somebody("two_schools"))


def test_several_accounts(town: Quarter) -> None:
    """A form each, with the school's name, everything hidden; the right one leads to the school."""
    chosen(town)
    assert '<div id="credentials-content">' in town.browser.text
    sheets = town.browser.read.sheets
    assert [sheet.marks["action"] for sheet in sheets] == ["/auth/saml/selectUser"] * 2
    assert {frozenset(sheet.fields) for sheet in sheets} == {
        frozenset({"id", "login", "key", "nameId", "sessionIndex"})
    }
    assert town.browser.text.index("<label>Lycée Modèle") < town.browser.text.index("<label>Collège Exemple")
    town.browser.submit(1)
    assert town.is_in == LOUISON.login


def test_the_account_of_another_school(town: Quarter) -> None:
    """The school of the sandbox does not know it."""
    chosen(town)
    town.browser.submit(0)
    assert town.is_in == "inconnu.example"


@pytest.mark.parametrize("field", ["id", "login", "key"])
def test_an_account_that_was_not_offered(town: Quarter, field: str) -> None:
    """Cannot be chosen."""
    chosen(town)
    assert "ng-init" in town.browser.submit(1, most=20, **{field: "invented"}).text
    assert town.browser.cookies.get("oneSessionId") is None


# -- signed in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", ["https://evil.test/", "http://0000001a.example.test/"])
def test_another_service_gets_no_ticket(town: Quarter, service: str) -> None:
    """403, for somebody who is signed in; others must sign in first."""
    log_in(town)
    answer = town.browser.get(f"{ROOT}/cas/login?service={quote(service, safe='')}")
    assert (answer.status, "autorisé" in answer.text) == (403, True)
    assert "<main></main>" in town.browser.get(f"{ROOT}/cas/login").text


def test_signing_out_and_being_forgotten(town: Quarter) -> None:
    """The shell again."""
    log_in(town)
    assert "<main></main>" in town.browser.get(f"{ROOT}/").text
    town.portal.faults.add(ExpireSession())
    assert "login-form" in town.browser.get(f"{ROOT}/").text
    log_in(town)
    assert "login-form" in town.browser.get(f"{ROOT}/auth/logout").text
    assert town.browser.cookies.get("oneSessionId") is None


def test_a_portal_can_move(town: Quarter) -> None:
    """Then its log-in page and its CAS lead to another one, with the service; before, they do not."""
    assert town.browser.get(f"{ROOT}/auth/openid/login").status == 404
    portal(town).has_moved = True
    answer = town.browser.get(f"{ROOT}{BACK}", most=0)
    assert (
        answer.header("location") == f"https://auth.example.test/cas/login?service={quote(SERVICE, safe='')}"
    )
    assert town.browser.get(f"{ROOT}/auth/login", most=0).header("location") == "/auth/openid/login"
    answer = town.browser.get(f"{ROOT}/auth/openid/login", most=0)
    assert answer.header("location") == "https://auth.example.test/cas/login"


def test_there_is_nothing_else(town: Quarter) -> None:
    """Another page, or another way to ask, is missing."""
    assert town.browser.get(f"{ROOT}/auth/saml/acs").status == 404
    assert town.browser.get(f"{ROOT}/elsewhere").status == 404


# -- fronts -------------------------------------------------------------------------------------------


def test_a_front_shows_the_ways() -> None:
    """The school leads there, with the way back as a whole address; every link leads to the portal."""
    town = place(front=FRONT)
    town.to_school()
    assert town.browser.answer.url == f"https://{FRONT}/?callback={quote(f'{ROOT}{BACK}', safe='')}"
    wanted = quote(f"{ROOT}{BACK}", safe="")
    assert town.browser.read.links == [
        f"{ROOT}/auth/saml/authn/student?callBack={wanted}",
        f"{ROOT}/auth/saml/authn/relative?callBack={wanted}",
        f"{ROOT}/auth/login?callback={wanted}",
    ]
    town.browser.get(town.browser.read.links[0])
    town.at_educonnect(LOUISON)
    assert town.is_in == LOUISON.login


def test_a_front_without_profiles_leads_to_educonnect() -> None:
    """With the name that it has for the portal; the cookie of the portal still knows where one was going."""
    town = place("", FRONT, "urn:fi:ent:prod-example-edu:1.0")
    town.to_school()
    assert town.browser.read.links[0] == f"{UNSOLICITED}{quote('urn:fi:ent:prod-example-edu:1.0', safe='')}"
    town.browser.get(town.browser.read.links[0])
    town.at_educonnect(LOUISON)
    assert town.is_in == LOUISON.login


def test_the_portal_has_a_chooser_too(town: Quarter) -> None:
    """With links that begin at its root."""
    town.browser.get(f"{ROOT}/auth/saml/wayf?callback={quote(BACK, safe='')}")
    assert [link.partition("?")[0] for link in town.browser.read.links] == [
        "/auth/saml/authn/student",
        "/auth/saml/authn/relative",
        "/auth/login",
    ]


def test_a_plain_front_leads_on(town: Quarter) -> None:
    """To the portal, at once."""
    assert town.browser.get("https://www.example.test/anything", most=0).header("location") == f"{ROOT}/"
