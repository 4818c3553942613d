"""People, tickets, assertions: who has what, and how often it is good."""

from __future__ import annotations

import base64
import datetime as dt
import random
from typing import get_args

import pytest

from schoolsync.sandbox.portals.people import ELSEWHERE, PEOPLE, Assertions, Tickets, Trouble
from tests.sandbox.college.fresh import fresh_college
from tests.sandbox.portals.browser import clock

SERVICE = "https://0000001A.example.test/pronote/eleve.html"
ACS = "https://cas.example.test/saml/SAMLAssertionConsumer"


@pytest.fixture
def tickets() -> Tickets:
    """None given yet; time stands still."""
    return Tickets(random.Random(1))


@pytest.fixture
def assertions() -> Assertions:
    """None given yet."""
    return Assertions(random.Random(1))


def test_every_trouble_has_its_person() -> None:
    """One each, four without, and no two people with a user name or a password in common."""
    troubles = [person.trouble for person in PEOPLE]
    assert sorted(troubles) == sorted(["none"] * 3 + [*get_args(Trouble)])
    assert len({person.username for person in PEOPLE}) == len({person.password for person in PEOPLE})
    assert len({person.username for person in PEOPLE}) == len(PEOPLE)


def test_everybody_but_the_stranger_is_known_at_school() -> None:
    """Under the account that tickets name, and as who they are."""
    college = fresh_college()
    strangers = [one for one in PEOPLE if college.account(one.login, one.kind) is None]
    assert [one.trouble for one in strangers] == ["unlinked"]
    assert not any(college.account(ELSEWHERE, kind) for kind in ("student", "parent", "teacher"))


def test_what_is_asked_for_is_there() -> None:
    """A date where a date is asked for, a code where a code is; and nothing of a person in their repr."""
    for person in PEOPLE:
        assert bool(person.birth_date) == (person.trouble == "birth_date")
        assert bool(person.code) == (person.trouble == "code")
        assert person.password not in repr(person)
        assert person.username not in repr(person)


# -- tickets ---------------------------------------------------------------------------------


def test_a_ticket_is_good_once(tickets: Tickets) -> None:
    """For its service."""
    ticket = tickets.give(SERVICE, "louison.example")
    assert ticket.startswith("ST-")
    assert tickets.take(ticket, SERVICE) == "louison.example"
    assert tickets.take(ticket, SERVICE) is None


def test_a_ticket_of_another_service_is_spent(tickets: Tickets) -> None:
    """Whoever shows it to the wrong school cannot show it to the right one afterwards."""
    ticket = tickets.give(SERVICE, "louison.example")
    assert tickets.take(ticket, SERVICE.lower()) is None
    assert tickets.take(ticket, SERVICE) is None
    assert tickets.take("ST-1-none", SERVICE) is None


@pytest.mark.parametrize(("seconds", "login"), [(30, "louison.example"), (30.5, None)])
def test_a_ticket_does_not_last(seconds: float, login: str | None) -> None:
    """Half a minute."""
    time = clock()
    tickets = Tickets(random.Random(1), time)
    time.advance(dt.timedelta(hours=1))
    ticket = tickets.give(SERVICE, "louison.example")
    time.advance(seconds)
    assert tickets.take(ticket, SERVICE) == login


# -- assertions ------------------------------------------------------------------------------


def test_an_assertion_is_good_once(assertions: Assertions) -> None:
    """For the portal that it is meant for; it looks like one, and tells nobody else who it is about."""
    said = assertions.give(ACS, PEOPLE[0])
    markup = base64.b64decode(said, validate=True).decode()
    assert markup.startswith("<samlp:Response ")
    assert PEOPLE[0].login not in markup
    assert assertions.take(said, ACS) is PEOPLE[0]
    assert assertions.take(said, ACS) is None


def test_an_assertion_for_another_portal(assertions: Assertions) -> None:
    """Is none; nor is what was never given."""
    said = assertions.give(ACS, PEOPLE[0])
    assert assertions.take(said, "https://evil.test/") is None
    assert assertions.take(said, ACS) is None
    assert assertions.take("", ACS) is None
