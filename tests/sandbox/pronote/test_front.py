"""A portal in front: where it sends people, what the pages are called there, whose tickets it takes."""

from __future__ import annotations

import random
from urllib.parse import parse_qs, urlsplit

import pytest

from schoolsync.sandbox.portals.people import Tickets
from schoolsync.sandbox.pronote import Front, Rules

ROOT = "https://0000001a.example.test/pronote"
LOGIN = "https://cas.example.test/login"


@pytest.fixture
def tickets() -> Tickets:
    """Those of a portal that has given none yet."""
    return Tickets(random.Random(1))


@pytest.mark.parametrize(
    ("address", "page", "way"),
    [
        (
            LOGIN,
            "eleve.html",
            f"{LOGIN}?service=https:%2F%2F0000001A.example.test%2Fpronote%2Feleve.html",
        ),
        (
            f"{LOGIN}?selection=EDU",
            "mobile.parent.html",
            f"{LOGIN}?selection=EDU&service=https:%2F%2F0000001A.example.test%2Fpronote%2Fmobile.parent.html",
        ),
        (LOGIN, "", f"{LOGIN}?service=https:%2F%2F0000001A.example.test%2Fpronote%2F"),
    ],
)
def test_the_way_to_the_portal(address: str, page: str, way: str) -> None:
    """The page's address as the service: the school's number in capitals, encoded but for the colon."""
    assert Front(address).way(ROOT, page) == way


@pytest.mark.parametrize(
    ("root", "service"),
    [
        ("https://0000001A.EXAMPLE.test/pronote", "https://0000001A.example.test/pronote/eleve.html"),
        ("https://college.example.test/pronote", "https://college.example.test/pronote/eleve.html"),
        ("http://127.0.0.1:8421/p/pronote", "http://127.0.0.1:8421/p/pronote/eleve.html"),
        (
            "https://0000001a.example.test:8443/pronote",
            "https://0000001A.example.test:8443/pronote/eleve.html",
        ),
    ],
)
def test_what_a_page_is_called(root: str, service: str) -> None:
    """However it was called; and that is what the portal decodes."""
    front = Front(LOGIN)
    assert front.service(root, "eleve.html") == service
    assert parse_qs(urlsplit(front.way(root, "eleve.html")).query) == {"service": [service]}


def test_the_school_may_say_where_it_is() -> None:
    """Behind something that hides it."""
    front = Front(LOGIN, root=f"{ROOT}/")
    said = "https://0000001A.example.test/pronote/eleve.html"
    assert front.service("http://127.0.0.1:8421/pronote", "eleve.html") == said


def test_the_school_may_name_its_root(tickets: Tickets) -> None:
    """Whatever page was asked for; tickets are for it then."""
    front = Front(LOGIN, tickets, names_root=True)
    assert front.way(ROOT, "eleve.html").endswith("%2Fpronote%2F")
    ticket = tickets.give("https://0000001A.example.test/pronote/", "louison.example")
    assert front.take(ticket, ROOT, "") == "louison.example"


def test_a_ticket_is_taken_once(tickets: Tickets) -> None:
    """For the page that it was given for, to the letter."""
    front = Front(LOGIN, tickets)
    service = "https://0000001A.example.test/pronote/eleve.html"
    right = tickets.give(service, "louison.example")
    assert [front.take(right, ROOT, "eleve.html") for _ in range(2)] == ["louison.example", None]
    for other in (service.lower(), service.replace("eleve", "parent"), service.replace("https", "http")):
        assert front.take(tickets.give(other, "louison.example"), ROOT, "eleve.html") is None


def test_an_address_alone_is_a_portal_that_lets_nobody_in(tickets: Tickets) -> None:
    """Nobody's tickets are good there."""
    front = Rules(portal=LOGIN).portal
    assert front == Front(LOGIN, front.tickets if front else tickets)
    service = "https://0000001A.example.test/pronote/eleve.html"
    assert front is not None
    assert front.take(tickets.give(service, "louison.example"), ROOT, "eleve.html") is None
    assert Rules().portal is None
    assert Rules(portal=front).portal is front


def test_tickets_are_not_shown(tickets: Tickets) -> None:
    """In what a portal prints."""
    ticket = tickets.give(f"{ROOT}/eleve.html", "louison.example")
    assert ticket not in repr(Rules(portal=Front(LOGIN, tickets)))
