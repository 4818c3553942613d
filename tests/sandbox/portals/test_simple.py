"""A page with one form, asked by hand."""

from __future__ import annotations

from typing import Literal

import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.portals.fake import Common
from schoolsync.sandbox.portals.people import Person
from schoolsync.sandbox.portals.simple import Simple
from tests.sandbox.portals.browser import clock
from tests.sandbox.portals.quarter import LOUISON, Quarter, quarter, somebody

HOST = "extranet.example.test"
PAGE = f"https://{HOST}/identification/identification.php"


@pytest.fixture
def place() -> Quarter:
    """The page, over https."""
    return quarter(lambda common: Simple(host=HOST, common=common))


def _fill_in(place: Quarter, person: Person = LOUISON, password: str | None = None) -> None:
    place.browser.submit(username=person.username, password=password or person.password)


def test_the_page_is_entered_first(place: Quarter) -> None:
    """Then the school needs no form."""
    place.browser.get(PAGE)
    assert set(place.browser.read.sheets[0].fields) == {"username", "password", "suite"}
    _fill_in(place)
    assert (place.browser.answer.url, "<form" in place.browser.text) == (PAGE, False)
    assert "<form" not in place.browser.get(PAGE).text
    place.to_school()
    assert place.is_in == LOUISON.login
    assert [fake.foreign_cookies for fake in place.fakes] == [0, 0, 0]
    assert place.portal.proofs == 1


@pytest.mark.parametrize(
    ("person", "password"),
    [(LOUISON, "wrong"), (somebody("unlinked"), None), (somebody("locked"), None)],
)
def test_a_refusal_is_the_form_again(place: Quarter, person: Person, password: str | None) -> None:
    """With what is wrong; each form is good once."""
    place.browser.get(PAGE)
    fields = place.browser.read.sheets[0].fields
    _fill_in(place, person, password)
    assert "incorrect" in place.browser.text
    sent = {**fields, "username": LOUISON.username, "password": LOUISON.password}
    assert "<form" in place.browser.post(PAGE, sent).text
    assert "incorrect" not in place.browser.text
    _fill_in(place)
    assert "<form" not in place.browser.text


def test_the_school_leads_to_the_form(place: Quarter) -> None:
    """And a service that is none is refused."""
    place.to_school()
    assert place.browser.answer.url == PAGE
    assert place.browser.get(f"https://{HOST}/cas/login?service=https://evil.example.test/").status == 403
    assert place.browser.get(f"https://{HOST}/elsewhere").status == 404


@pytest.mark.parametrize("scheme", ["https", "http"])
def test_on_plain_http_the_cookie_is_plain_too(scheme: Literal["https", "http"]) -> None:
    """Else a browser would not send it back; over https it is not."""
    page = Simple(host=HOST, common=Common(clock=clock()), scheme=scheme)
    address = f"{scheme}://{HOST}/identification/identification.php"
    shown = page.handle(Request("GET", address)).response
    assert shown is not None
    assert f'action="{address}"' in shown.text
    suite = shown.text.partition('name="suite" value="')[2].partition('"')[0]
    sent = {"username": LOUISON.username, "password": LOUISON.password, "suite": suite}
    answer = page.handle(Request.form(address, sent)).response
    assert answer is not None
    line = dict(answer.headers)["set-cookie"]
    assert ("Secure" in line) is (scheme == "https")
    assert "HttpOnly" in line
