"""Portals that are out of order: at every place of the way, of every make of portal.

Whatever breaks, the password is sent once at most, nobody is told that it was wrong, and the error says
where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn

import attrs
import pytest

from schoolsync.ent.portal import EDUCONNECT
from schoolsync.errors import (
    AccountError,
    ActionRequired,
    InstanceClosed,
    LostOnTheWay,
    NetworkError,
    ProtocolError,
    RateLimited,
    SchoolSyncError,
    ServerError,
    TimedOut,
    Unreachable,
    WrongCredentials,
    plain_address,
)
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.faults import ExpireSession, LoseAnswer, Replace, Status
from tests.portals.streets import MAKES, MAKES_OF_EDUCONNECT, WHO, Street, walked

pytestmark = pytest.mark.usefixtures("_patient")
Edit = Callable[[Request, Response], Response]


def outcome(street: Street, place: int | None = None, edit: Edit | None = None) -> SchoolSyncError | None:
    """What a log-in ends in, whose answer at *place* is edited; `None`: somebody was let in."""
    street.witness.forget()
    if place is not None and edit is not None:
        street.witness.edits[place] = edit
    try:
        street.enter()
    except SchoolSyncError as error:
        return error
    return None


def proofs(street: Street) -> int:
    """How often the password was sent."""
    return len(street.witness.holding(WHO[street.first].password))


def status(number: int, markup: str = "<h1>Bientôt de retour</h1>", *lines: tuple[str, str]) -> Edit:
    """A page with that status, instead of the answer."""
    headers = (("content-type", "text/html; charset=utf-8"), *lines)

    def edit(request: Request, answer: Response) -> Response:
        return Response(number, headers, url=request.url, body=markup.encode())

    return edit


def bare(number: int, *headers: tuple[str, str], body: bytes = b"") -> Edit:
    """That, and nothing else, instead of the answer."""

    def edit(request: Request, answer: Response) -> Response:
        return Response(number, headers, url=request.url, body=body)

    return edit


def broken(kind: type[NetworkError]) -> Edit:
    """No answer at all."""

    def edit(request: Request, answer: Response) -> NoReturn:
        raise kind(address=request.url, was_sent=True)

    return edit


# -- at every place --------------------------------------------------------------------------------

CASES: dict[str, tuple[Edit, type[SchoolSyncError]]] = {
    "500": (status(500), InstanceClosed),
    "429": (status(429), RateLimited),
    "503": (status(503, ""), InstanceClosed),
    "drop": (broken(Unreachable), Unreachable),
    "502": (status(502), InstanceClosed),
    "slow": (broken(TimedOut), TimedOut),
}
UNKNOWN: dict[str, Edit] = {
    "a page": status(200),
    "nothing": bare(200),
    "a form": status(200, "<form action='/x' method='post'><input name='q'></form>"),
    "not found": status(404),
    "no address": bare(302, ("location", "https://[")),
    "no page": status(200, "{}"),
    "no location": bare(302),
    "forbidden": status(403),
    "a picture": bare(200, ("content-type", "image/png"), body=b"\x89PNG\r\n"),
}
TOLD_BY_PLACE: dict[str, tuple[str, type[AccountError]]] = {
    "KosmosEduConnect": ("/saml/SAMLAssertionConsumer", ActionRequired),
    "OpenEntLocal": ("/auth/login", WrongCredentials),
}
"""Pages that have nothing of their own to be told by: whatever stands at that place, where words stand."""


def met(cases: Iterable[str], make: str) -> list[tuple[int, str]]:
    """Each place of the way, with a third of *cases*, other ones at the next place, and for the next make."""
    shift, ways = sorted(MAKES).index(make), range(len(walked(MAKES[make].name).way))
    return [(place, case) for place in ways for case in [*cases][(shift + place) % 3 :: 3]]


@pytest.mark.parametrize("make", sorted(MAKES))
def test_out_of_order(make: str) -> None:
    """At every place of the way: the error says so, and where the road broke."""
    street = Street(MAKES[make])
    way = walked(street.row.name).way
    for place, case in met(CASES, make):
        edit, kind = CASES[case]
        error = outcome(street, place, edit)
        assert isinstance(error, kind), f"{case} at {way[place].place}: {error!r}"
        assert error.is_retryable
        assert len(street.witness.seen) == place + 1
        assert proofs(street) <= 1
        if isinstance(error, InstanceClosed):
            assert error.status == int(case)
        if isinstance(error, NetworkError):
            address = error.address or ""
            assert address == plain_address(way[place].request.url)


@pytest.mark.parametrize("make", sorted(MAKES))
def test_an_answer_that_nobody_knows(make: str) -> None:
    """At every place of the way: an error about the portal or the school, not about the account.

    A page without anything on it may be that of somebody who is signed in: then the school is entered, and
    where the portal knows us, that is the end of it.
    """
    street = Street(MAKES[make])
    way = walked(street.row.name).way
    for place, case in met(UNKNOWN, make):
        error = outcome(street, place, UNKNOWN[case])
        seen = f"{case} at {way[place].place}: {error!r}"
        if isinstance(error, AccountError):
            assert (way[place].parts.path, type(error)) == TOLD_BY_PLACE.get(make), seen
            assert case not in {"nothing", "a picture", "no address", "no location"}
        else:
            assert error is None or isinstance(error, ProtocolError | ServerError), seen
        assert proofs(street) <= 1
        assert street.foreign_cookies == 0
        if isinstance(error, LostOnTheWay):
            assert error.portal == street.row.name


# -- by the parties themselves ------------------------------------------------------------------------


@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_an_address_that_educonnect_does_not_serve(make: str) -> None:
    """It sends people away before any form: the error says why, and no password was sent."""
    street = Street(MAKES[make])
    street.town.educonnect.blocks = True
    error = outcome(street)
    assert isinstance(error, InstanceClosed)
    assert "data centres" in str(error)
    assert "No password was sent" in str(error)
    assert street.proofs == {}
    assert "assistance.phm.education.gouv.fr" not in street.witness.hosts


@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_educonnect_in_trouble(make: str) -> None:
    """It says so on a page of its own, with a status as if all were well."""
    street = Street(MAKES[make])
    markup = "<title>Accès perturbé</title><p>Le service rencontre des difficultés techniques.</p>"
    street.town.educonnect.faults.add(Status(200, markup))
    error = outcome(street)
    assert isinstance(error, InstanceClosed)
    assert "No password was sent" in str(error)
    assert street.proofs == {}


@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_educonnect_forgets_us_on_the_way(make: str) -> None:
    """Before the password, the way begins again, once; after it, nothing is sent a second time."""
    street = Street(MAKES[make])
    way = [one for one in walked(street.row.name).way if one.host == EDUCONNECT]
    told = next(place for place, one in enumerate(way) if one.holds(WHO[street.first].password))
    for place in range(1, len(way)):
        street.town.educonnect.faults.add(ExpireSession(), after=place)
        error = outcome(street)
        street.town.educonnect.faults.clear()
        assert proofs(street) == 1
        if place < told:
            assert error is None
        else:
            assert isinstance(error, LostOnTheWay), f"{place}: {error!r}"
            assert error.portal == street.row.name


@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_educonnect_forgets_us_all_the_time(make: str) -> None:
    """That is no loop."""
    street = Street(MAKES[make])
    street.town.educonnect.faults.add(ExpireSession(), "*/SSO", times=99)
    error = outcome(street)
    assert isinstance(error, LostOnTheWay)
    assert street.proofs == {}
    assert len(street.witness.seen) < 20


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_portal_that_forgets_us_on_the_way(make: str) -> None:
    """At every place: somebody is let in, or lost; the password is never sent twice.

    A form that comes again after the password, because the portal forgot who sent it, cannot be told from a
    refusal.
    """
    street = Street(MAKES[make])
    way = [one for one in walked(street.row.name).way if one.host in street.row.all_hosts]
    has_told, ends = False, []
    for place in range(len(way)):
        street.fake.faults.add(ExpireSession(), after=place)
        error = outcome(street)
        street.fake.faults.clear()
        assert proofs(street) <= 1
        has_told = has_told or way[place].holds(WHO[street.first].password)
        if isinstance(error, AccountError):
            assert (type(error), has_told) == (WrongCredentials, True), f"{place}: {error!r}"
        else:
            assert error is None or isinstance(error, ProtocolError), f"{place}: {error!r}"
        ends.append(error)
    assert ends[0] is None, "a portal that did not know us yet has nothing to forget"


@pytest.mark.parametrize("make", sorted(MAKES_OF_EDUCONNECT))
def test_an_answer_without_its_relay_state(make: str) -> None:
    """Whoever wants it back does not let us in: lost, and nothing to do with the password."""
    street = Street(MAKES[make])
    street.town.educonnect.faults.add(Replace('name="RelayState"', 'name="Other"'), times=99)
    error = outcome(street)
    assert error is None or isinstance(error, ProtocolError | ServerError) or "does not know" in str(error)
    assert proofs(street) == 1
    sent = [one for one in street.witness.seen if "SAMLResponse" in one.form]
    assert sent
    assert not any({"RelayState", "Other"} & {*one.form} for one in sent)


@pytest.mark.parametrize("make", sorted(MAKES))
def test_the_answer_to_the_password_is_lost(make: str) -> None:
    """Nobody knows what became of it: it is not sent again."""
    street = Street(MAKES[make])
    asker = street.asker
    way = [one for one in walked(street.row.name).way if street.town.fakes.get(one.host) is asker]
    told = next(place for place, one in enumerate(way) if one.holds(WHO[street.first].password))
    asker.faults.add(LoseAnswer(), after=told)
    error = outcome(street)
    assert isinstance(error, Unreachable)
    assert error.was_sent is True
    assert proofs(street) == 1
    assert error.address == plain_address(error.address or "")


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_portal_that_leads_in_circles(make: str) -> None:
    """To itself, for ever: the way has an end all the same, and the password is sent once at most."""
    street = Street(MAKES[make])
    way = walked(street.row.name).way
    for place in range(1 + sorted(MAKES).index(make) % 3, len(way), 3):

        def around(request: Request, answer: Response, target: str = way[place].request.url) -> Response:
            return Response(302, (("location", target),), url=request.url)

        street.witness.forget()
        street.witness.edits = dict.fromkeys(range(place, 80), around)
        with pytest.raises(SchoolSyncError) as caught:
            street.enter()
        assert not isinstance(caught.value, AccountError)
        assert len(street.witness.seen) < 60
        assert proofs(street) <= 1


def test_edits_reach_the_client() -> None:
    """An answer that is edited is the one that the client gets."""
    street = Street(MAKES["KosmosForm"])
    told: list[Response] = []

    def noted(request: Request, answer: Response) -> Response:
        told.append(answer)
        return attrs.evolve(answer)

    assert outcome(street, 1, noted) is None
    assert len(told) == 1
