"""The start page with a portal before it: where it sends people, and the page behind that door."""

from __future__ import annotations

import pytest

from schoolsync.errors import (
    AddressSuspended,
    InstanceClosed,
    LostOnTheWay,
    SchoolSyncError,
    Unavailable,
    Undecodable,
)
from schoolsync.flow.http import Response
from schoolsync.providers.pronote.page import is_behind_portal, no_portal, portal_entrance
from tests.providers.pronote.wire import ROOT, html, page

BODY = '<html><title>PRONOTE</title><body onload="try { %s } catch (e) { messageErreur (e) }"></body></html>'
CAS = "https://cas.example/login?service=https:%2F%2F0000000A.example%2Fpronote%2Feleve.html"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("said", "entrance"),
    [
        (CAS, CAS),
        (f"{CAS}&&x=%7e;y", f"{CAS}&&x=%7e;y"),
        ("HTTPS://CAS.example/Login?", "HTTPS://CAS.example/Login?"),
        ("http://cas.example/login", "http://cas.example/login"),
        ("//cas.example/login?service=x", "https://cas.example/login?service=x"),
    ],
)
def test_the_way_to_a_portal_stays_as_the_school_wrote_it(status: int, said: str, entrance: str) -> None:
    """Byte for byte: the portal knows the service in exactly that form."""
    assert portal_entrance(html("", status, ("location", said))) == entrance


@pytest.mark.parametrize(
    "response",
    [
        page(),
        html("", 302),
        html("", 302, ("location", "/pronote/parent.html")),
        html("", 302, ("location", f"{ROOT}/parent.html")),
        html("", 302, ("location", "https://[")),
        html("", 302, ("location", "mailto:x")),
        html("", 200, ("location", CAS)),
    ],
)
def test_a_page_that_leads_to_no_portal(response: Response) -> None:
    """A page, or a redirect to itself or to nowhere."""
    assert portal_entrance(response) is None


def test_a_school_without_a_portal_says_what_it_shows_instead() -> None:
    """Its own log-in, or its trouble."""
    shown = no_portal(page())
    assert isinstance(shown, Unavailable)
    assert shown.reason == "off_at_school"
    assert isinstance(no_portal(html("", 503)), InstanceClosed)
    assert isinstance(no_portal(html("", 302, ("location", "/other"))), LostOnTheWay)


@pytest.mark.parametrize(
    ("response", "is_behind"),
    [
        (page({"e": "00ab", "f": "00cd"}), True),
        (page({"e": "00ab", "f": "00cd"}, layout="body"), True),
        (page({"e": "00ab"}), False),
        (page({"e": "00ab", "f": ""}), False),
        (page(), False),
        (page({"e": "00ab", "f": "00cd", "h": None}), False),
        (html("", 401), False),
        (html("<title>PRONOTE</title>", 403), False),
    ],
)
def test_the_page_behind_the_door_is_known_by_what_is_for_one_use(
    response: Response, is_behind: bool
) -> None:
    """Both halves of it; a school that refuses a ticket shows another one."""
    assert is_behind_portal(response) is is_behind


@pytest.mark.parametrize(
    ("response", "leaf"),
    [
        (html("Votre adresse IP est provisoirement suspendue"), AddressSuspended),
        (html("Le site n'est pas disponible"), InstanceClosed),
        (html("", 404), Unavailable),
        (html("<title>PRONOTE</title><p>Accès refusé</p>"), Unavailable),
        (html("<title>PRONOTE</title> Votre navigateur n'est pas compatible"), Undecodable),
        (html(BODY % "Start ({h:1234567,a:3"), Undecodable),
        (html("<h1>It works!</h1>"), Undecodable),
    ],
)
def test_what_a_school_shows_instead_is_said_to_be_its_own(
    response: Response, leaf: type[SchoolSyncError]
) -> None:
    """So that nobody takes it for the portal's."""
    with pytest.raises(leaf) as caught:
        is_behind_portal(response)
    assert caught.value.provider == "pronote"
