"""Oze, asked by hand: a form, and an interface for programs on another host."""

from __future__ import annotations

import attrs
import pytest

from schoolsync.sandbox.portals.oze import Oze
from schoolsync.sandbox.portals.people import Person
from tests.sandbox.portals.quarter import LOUISON, SERVICE, Quarter, quarter, somebody

HOST, API = "enc.hauts-de-seine.fr", "https://api-enc.hauts-de-seine.fr/v1"
CONTEXT = "ctx_profil=ELEVE&ctx_etab=0920000A"


@pytest.fixture
def place() -> Quarter:
    """The portal."""
    return quarter(lambda common: Oze(host=HOST, common=common, service=SERVICE), f"api-{HOST}")


def _fill_in(place: Quarter, person: Person = LOUISON, password: str | None = None) -> None:
    place.browser.get(f"https://{HOST}/")
    user = f"{person.username}@{HOST}"
    place.browser.submit(username=user, password=password or person.password)


def test_the_form_opens_both_hosts(place: Quarter) -> None:
    """Each with a cookie of its own."""
    _fill_in(place)
    assert place.browser.answer.url == f"https://{HOST}/"
    assert "form" not in place.browser.text
    assert {one.domain for one in place.browser.cookies.kept} == {HOST, f"api-{HOST}"}
    profile = place.browser.get(f"{API}/users/me").json()
    assert profile == {"currentProfil": {"codeProfil": "ELEVE", "uai": "0920000A"}}
    assert (place.portal.foreign_cookies, place.portal.proofs) == (0, 1)


@pytest.mark.parametrize(
    ("person", "password"),
    [(LOUISON, "wrong"), (somebody("unlinked"), None), (somebody("locked"), None)],
)
def test_a_refusal_is_the_form_again(place: Quarter, person: Person, password: str | None) -> None:
    """Marked as one, without a word; nobody is signed in."""
    _fill_in(place, person, password)
    assert '<body class="auth_form">' in place.browser.text
    assert 'id="kc-form-login"' in place.browser.text
    assert place.browser.get(f"{API}/users/me").status == 401


def test_the_user_name_has_the_host_behind_it(place: Quarter) -> None:
    """Without it, or with another one, nobody is known."""
    for user in (LOUISON.username, f"{LOUISON.username}@evil.example.test"):
        place.browser.get(f"https://{HOST}/")
        place.browser.submit(username=user, password=LOUISON.password)
        assert "auth_form" in place.browser.text


def test_the_application_leads_to_the_school(place: Quarter) -> None:
    """With a ticket, once the interface has told where it is."""
    _fill_in(place)
    rows = place.browser.get(f"{API}/ozapps?{CONTEXT}").json()
    assert rows == [{"code": "pronote", "externalRoute": "/cas/proxySSO/9"}]
    place.browser.get(f"https://{HOST}/cas/proxySSO/9")
    assert place.is_in == LOUISON.login


def test_the_settings_say_it_too(place: Quarter) -> None:
    """Where the application is not listed."""
    assert isinstance(place.portal, Oze)
    place.portal.lists_app = False
    _fill_in(place)
    assert place.browser.get(f"{API}/ozapps?{CONTEXT}").json() == []
    said = place.browser.get(f"{API}/config/Pronote?{CONTEXT}").json()
    assert said == {"autorisationId": "9", "projet": "oze"}
    place.browser.get(f"https://{HOST}/cas/proxySSO/9?uai=0920000A&projet=oze&fonction=ELV")
    assert place.is_in == LOUISON.login


def test_the_proxy_may_only_open_a_session(place: Quarter) -> None:
    """Then the school's own page brings the ticket."""
    assert isinstance(place.portal, Oze)
    place.portal.service = ""
    _fill_in(place)
    assert "Accueil" in place.browser.get(f"https://{HOST}/cas/proxySSO/9").text
    place.to_school()
    assert place.is_in == LOUISON.login


def test_the_school_leads_to_the_form(place: Quarter) -> None:
    """Which brings nobody back: the portal comes first."""
    place.to_school()
    assert 'id="kc-form-login"' in place.browser.text
    place.browser.submit(username=f"{LOUISON.username}@{HOST}", password=LOUISON.password)
    assert place.is_in == ""
    place.to_school()
    assert place.is_in == LOUISON.login


def test_the_interface_tells_nobody_else(place: Quarter) -> None:
    """Neither strangers, nor about another profile, nor what it does not know; a hand-over is good once."""
    for path in ("users/me", f"ozapps?{CONTEXT}", f"config/Pronote?{CONTEXT}", "other"):
        assert place.browser.get(f"{API}/{path}").status == 401
    place.browser.get(f"https://{HOST}/")
    place.browser.submit(most=0, username=f"{LOUISON.username}@{HOST}", password=LOUISON.password)
    handed = str(place.browser.answer.location)
    place.browser.get(handed)
    assert place.browser.get(f"{API}/ozapps?ctx_profil=PARENT&ctx_etab=0920000A").status == 403
    assert place.browser.get(f"{API}/other?{CONTEXT}").status == 404
    place.browser.cookies = attrs.evolve(place.browser.cookies, kept=())
    place.browser.get(handed)
    assert place.browser.get(f"{API}/users/me").status == 401


def test_another_service_is_refused(place: Quarter) -> None:
    """Even to somebody who is signed in."""
    _fill_in(place)
    assert place.browser.get(f"https://{HOST}/cas/login?service=https://evil.example.test/").status == 403
    assert place.browser.get(f"https://{HOST}/elsewhere").status == 404
