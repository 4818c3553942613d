"""From a page to the portal and back: a ticket, a name that is good once, a page that knows who comes."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import attrs
import pytest

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.portals.people import Tickets
from schoolsync.sandbox.pronote import GENERATIONS, Front, Generation, PronoteServer, Rules
from tests.sandbox.pronote.hand import LOUISON, Hand, made

PORTAL = "https://cas.example.test/login"
HOST = "https://0000001A.example.test"
PAGES = ["", "mobile.html", "eleve.html", "parent.html", "professeur.html", "mobile.eleve.html"]
APP = "A6ABB224-12DD-4E31-AD3E-8A39A1C2C335"


@attrs.frozen
class School:
    """A school behind a portal, and the portal's tickets."""

    server: PronoteServer
    tickets: Tickets

    def get(self, path: str) -> Response:
        """What is at *path* of its host."""
        return self.server.answer(Request("GET", f"{HOST.lower()}{path}"))

    def ticket(self, page: str = "eleve.html", login: str = LOUISON[0]) -> str:
        """The way back to *page* for *login*."""
        ticket = self.tickets.give(f"{HOST}/pronote/{page}", login)
        return f"/pronote/{page}?ticket={ticket}"

    def arrival(self, page: str = "eleve.html", login: str = LOUISON[0]) -> str:
        """Where the school sends somebody who comes back: path and query."""
        answer = self.get(self.ticket(page, login))
        assert answer.status == 302
        return answer.header("location") or ""

    def arrived(self, page: str = "eleve.html", login: str = LOUISON[0]) -> Hand:
        """Somebody on the page that knows them."""
        hand = Hand(self.server, self.arrival(page, login).removeprefix("/pronote/"))
        hand.open()
        hand.enter()
        return hand


Made = Callable[..., School]


@pytest.fixture
def school_of(college: SandboxCollege, clock: HandClock) -> Made:
    """Makes schools behind a portal."""

    def make(label: str = "2026.2.5.6", *, names_root: bool = False, **more: Any) -> School:
        tickets = Tickets(random.Random(1))
        rules = Rules(portal=Front(PORTAL, tickets, names_root=names_root), **more)
        return School(made(college, clock, label, rules=rules), tickets)

    return make


@pytest.fixture
def school(school_of: Made) -> School:
    """The newest."""
    return school_of()


def has_start(answer: Response) -> bool:
    """Whether a session begins there."""
    return b"Start (" in answer.body


def has_name(answer: Response) -> bool:
    """Whether it knows who comes."""
    return re.search(rb"\be\"?:", answer.body) is not None


# -- there and back ---------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_page_sends_people_to_the_portal(school: School, page: str) -> None:
    """With its own address, the root included."""
    answer = school.get(f"/pronote/{page}")
    assert answer.status == 302
    assert parse_qs(urlsplit(answer.location or "").query) == {"service": [f"{HOST}/pronote/{page}"]}


@pytest.mark.parametrize("query", ["login=true", "login=TRUE", f"fd=1&bydlg={APP}", "fd=1&login=true"])
def test_the_portal_is_passed_by(school: School, query: str) -> None:
    """By who asks for PRONOTE's own log-in, and by the mobile app."""
    answer = school.get(f"/pronote/mobile.eleve.html?{query}")
    assert (answer.status, has_start(answer), has_name(answer)) == (200, True, False)


@pytest.mark.parametrize("query", ["login=false", "fd=1", "bydlg=other", "x=login%3Dtrue"])
def test_nothing_else_passes_it_by(school: School, query: str) -> None:
    """Not even a telephone."""
    assert school.get(f"/pronote/mobile.eleve.html?{query}").status == 302


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
def test_the_way_back_in_every_generation(school_of: Made, talk: Generation) -> None:
    """A ticket, a name, and a page with `e` and `f` that everybody can read; then a session."""
    school = school_of(talk.label)
    where = school.arrival()
    assert re.fullmatch(r"/pronote/eleve\.html\?identifiant=[0-9A-F]{32}", where)
    hand = Hand(school.server, where.removeprefix("/pronote/"))
    start = hand.open()
    assert start["g"] == "3"
    assert all(re.fullmatch("[0-9A-F]{16,32}", start[name]) for name in ("e", "f"))
    assert "IP" not in hand.markup
    hand.enter()
    assert "cle" in hand.claim(start["e"], start["f"], pourENT=True)
    assert hand.asked.keys() == {"modeCompMdp", "modeCompLog", "challenge"}
    assert hand.user()["ressource"]["L"] == "EXAMPLE Louison"


def test_a_name_is_good_once(school: School) -> None:
    """The same page again knows nobody, like one with a name that never was; nobody is sent away."""
    where = school.arrival()
    assert [has_name(school.get(where)) for _ in range(2)] == [True, False]
    for path in (where, "/pronote/eleve.html?identifiant=00", "/pronote/eleve.html?identifiant="):
        answer = school.get(path)
        assert (answer.status, has_start(answer), has_name(answer)) == (200, True, False)


def test_a_ticket_that_is_not_good(school: School) -> None:
    """Used, of another page, of another school, or none: refused, and no name is given."""
    used = school.ticket()
    assert school.get(used).status == 302
    elsewhere = school.tickets.give("https://0000002B.example.test/pronote/eleve.html", LOUISON[0])
    other = school.ticket("parent.html").replace("parent", "eleve")
    for path in (
        used,
        other,
        f"/pronote/eleve.html?ticket={elsewhere}",
        "/pronote/eleve.html?ticket=ST-1-x",
        "/pronote/eleve.html?ticket=",
    ):
        answer = school.get(path)
        assert (answer.status, answer.location, has_start(answer)) == (403, None, False)


@pytest.mark.parametrize(("page", "login"), [("parent.html", LOUISON[0]), ("eleve.html", "personne.example")])
def test_the_portal_names_somebody_else(school: School, page: str, login: str) -> None:
    """Who has no account for that page is shown nothing, and their name is used up."""
    where = school.arrival(page, login)
    first, second = school.get(where), school.get(where)
    assert (first.status, has_start(first)) == (200, False)
    assert (has_start(second), has_name(second)) == (True, False)


def test_a_closed_site_is_closed_for_everybody(school: School) -> None:
    """Whether they come from the portal or not."""
    where = school.arrival()
    school.server.condition = "closed"
    for path in ("/pronote/eleve.html", where, school.ticket()):
        assert "n'est pas disponible" in school.get(path).body.decode()
    school.server.condition = "open"
    assert has_name(school.get(where))


# -- the root ---------------------------------------------------------------------------


@pytest.mark.parametrize(("login", "page"), [(LOUISON[0], "eleve.html"), ("robin.example", "parent.html")])
@pytest.mark.parametrize("names_root", [False, True])
def test_the_root_may_be_the_service(school_of: Made, login: str, page: str, names_root: bool) -> None:
    """Whoever comes back to it is led to their own page, wherever they wanted to go."""
    school = school_of(names_root=names_root)
    sent = parse_qs(urlsplit(school.get("/pronote/parent.html").location or "").query)["service"]
    assert sent == [f"{HOST}/pronote/" if names_root else f"{HOST}/pronote/parent.html"]
    where = school.arrival("", login)
    assert where.startswith(f"/pronote/{page}?identifiant=")
    assert has_name(school.get(where))


def test_a_root_without_slash(school: School) -> None:
    """Is sent to the one with it, for good, and what was asked goes along."""
    for asked, told in (("/pronote", "/pronote/"), ("/PRONOTE?login=true", "/PRONOTE/?login=true")):
        answer = school.get(asked)
        assert (answer.status, answer.header("location")) == (301, told)


# -- the proof --------------------------------------------------------------------------


def test_what_the_page_holds_is_good_once_there_alone(school_of: Made) -> None:
    """Not on another page, under another name, with another secret, or without naming the portal."""
    school = school_of(tries=9)
    first, second = school.arrived(), school.arrived()
    name, secret = first.start["e"], first.start["f"]
    assert second.claim(name, secret, pourENT=True) == {"Acces": 1}
    assert first.claim(name, secret) == {"Acces": 1}
    assert first.claim(name, second.start["f"], pourENT=True) == {"Acces": 1}
    assert first.claim(second.start["e"], secret, pourENT=True) == {"Acces": 1}
    assert first.claim(LOUISON[0], LOUISON[1], pourENT=True) == {"Acces": 1}
    assert "cle" in first.claim(name, secret, pourENT=True)
    assert first.claim(name, secret, pourENT=True) == {"Acces": 1}


def test_a_portal_knows_no_case(school: School) -> None:
    """What it gave is taken as it is, even of an account that is not particular."""
    hand = school.arrived(login="mae.factice")
    assert "cle" in hand.claim(hand.start["e"], hand.start["f"], pourENT=True)
    assert (hand.asked["modeCompLog"], hand.asked["modeCompMdp"]) == (0, 0)


def test_accounts_are_refused_behind_a_portal_too(school: School) -> None:
    """For the same reasons."""
    hand = school.arrived(login="ferme.example")
    assert hand.claim(hand.start["e"], hand.start["f"], pourENT=True) == {"Acces": 10}


def test_the_password_is_good_at_the_own_door(school: School) -> None:
    """Of who passes the portal by."""
    hand = Hand(school.server)
    hand.open("?login=true")
    assert "cle" in hand.sign_in()


def test_the_app_gets_a_new_word_each_time(school: School) -> None:
    """Beside the portal's address."""
    told: list[Any] = [school.get("/pronote/infoMobileApp.json").json() for _ in range(2)]
    assert [one["CAS"]["casURL"] for one in told] == [PORTAL] * 2
    words = {one["CAS"]["jetonCAS"] for one in told}
    assert len(words) == 2
    assert all(re.fullmatch("[0-9A-F]{32}", word) for word in words)


def test_the_browser_of_who_comes_back_is_not_checked(school_of: Made) -> None:
    """The portal has already seen it; who passes the portal by still needs `fd=1`."""
    school = school_of(checks_browser=True)
    assert has_name(school.get(school.arrival("mobile.eleve.html")))
    assert not has_start(school.get("/pronote/mobile.eleve.html?login=true"))


def test_nothing_that_is_good_once_is_shown(school: School) -> None:
    """In what a server prints or logs."""
    where = school.arrival()
    hand = school.arrived()
    hand.identify(hand.start["e"], pourENT=True)
    session = school.server.sessions.find(int(hand.start["h"]), 0)
    shown = f"{school.server!r} {school.server._gate!r} {session!r} {school.server.log!r}"
    for secret in (where.partition("=")[2], hand.start["e"], hand.start["f"], LOUISON[0]):
        assert secret not in shown


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
def test_a_token_instead_of_the_portal(school_of: Made, talk: Generation) -> None:
    """Through the mobile page, once; from then on the telephone needs no portal."""
    school = school_of(talk.label)
    asks: dict[str, Any] = {"demandeConnexionAppliMobile": True, "uuidAppliMobile": "6f1c"}
    hand = school.arrived("mobile.eleve.html")
    said = hand.claim(hand.start["e"], hand.start["f"], pourENT=True, **asks)
    assert hand.asked["login"] == LOUISON[0]
    telephone = Hand(school.server, "mobile.eleve.html")
    telephone.open("?fd=1&login=true")
    telephone.enter()
    token = said["jetonConnexionAppliMobile"]
    more: dict[str, Any] = {"enConnexionAppliMobile": True, "uuidAppliMobile": "6f1c"}
    assert "cle" in telephone.claim(hand.asked["login"], token, **more)
