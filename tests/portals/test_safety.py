"""What leaves, for every row: the password to whom the row names, nothing in the open, no cookie astray.

Every answer on the way of every row is also a lie once: a redirect to a host that belongs to nobody, one to
the same place over http, and the same page with its forms turned towards that host. The way ends there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from itertools import groupby
from urllib.parse import parse_qsl, urlsplit

import attrs
import pytest

from schoolsync.ent.portal import EDUCONNECT, Portal, Profile
from schoolsync.errors import LostOnTheWay, SchoolSyncError, Unavailable
from schoolsync.flow.forms import Form
from schoolsync.flow.http import Request, Response
from tests.portals.streets import EVIL, LIVE, MAKES, VISITS, WHO, Street, called, walked
from tests.portals.witness import Passed, holding, secrets_in, strange_cookies

pytestmark = pytest.mark.usefixtures("_patient")
TRAP = f"https://{EVIL}/collect"


def check_unheard(street: Street, seen: Iterable[Passed], profile: Profile) -> None:
    """Nothing of *seen* went to anybody who has no business there, or without encryption."""
    seen, who = [*seen], WHO[profile]
    assert {one.host for one in seen} <= street.allowed
    assert {one.parts.scheme for one in seen} == {"https"}
    told = {one.host for one in holding(seen, who.username, who.password)}
    assert told <= {*street.row.family.password_hosts}
    assert strange_cookies(seen) == []


# -- a whole trip --------------------------------------------------------------------------------


@pytest.mark.parametrize("visit", VISITS, ids=called)
def test_what_leaves_on_a_trip(visit: tuple[Portal, Profile]) -> None:
    """Nothing to anybody else, nothing over http; user name, password and cookies where they belong."""
    row, profile = visit
    street, trip, who = Street(row), walked(row.name, profile), WHO[profile]
    check_unheard(street, trip.seen, profile)
    assert trip.foreign_cookies == 0
    (proof,) = holding(trip.seen, who.password)
    bare = attrs.evolve(proof, request=attrs.evolve(proof.request, body=b""))
    assert (proof.request.method, bare.holds(who.password)) == ("POST", False)
    only_read = {one.request.method for one in trip.way if one.host in {*row.fronts, street.school_host}}
    assert only_read == {"GET"}


@pytest.mark.parametrize("row", LIVE, ids=called)
def test_what_is_for_one_goes_to_no_other(row: Portal) -> None:
    """An assertion to the portal, once; a question to EduConnect; a ticket to the school, once."""
    street, way = Street(row), walked(row.name).way
    said = [(one.host, {*one.form, *dict(parse_qsl(one.parts.query))}) for one in way]
    assert {host for host, names in said if "SAMLResponse" in names} <= {*row.all_hosts}
    assert {host for host, names in said if "SAMLRequest" in names} <= {EDUCONNECT}
    for name in ("ticket", "identifiant"):
        (place,) = [one for one in way if name in dict(parse_qsl(one.parts.query))]
        assert place.host == street.school_host
        assert len(holding(way, dict(parse_qsl(place.parts.query))[name])) == 1


# -- one answer that lies -----------------------------------------------------------------------

Lie = Callable[[Request, Response], Response]


def to_elsewhere(request: Request, answer: Response) -> Response:
    """A redirect to a host that belongs to nobody, with everything that the request had in its address."""
    query = urlsplit(request.url).query
    return Response(302, (("location", f"{TRAP}?{query}"),), url=request.url)


def to_http(request: Request, answer: Response) -> Response:
    """A redirect to the same place, without encryption."""
    return Response(302, (("location", request.url.replace("https:", "http:", 1)),), url=request.url)


def kept_elsewhere(request: Request, answer: Response) -> Response:
    """A redirect to nobody's host that wants whatever was sent to be sent again."""
    return Response(307, (("location", TRAP),), url=request.url)


def with_forms_turned(request: Request, answer: Response, target: str = TRAP) -> Response:
    """The same page, whose forms lead to nobody's host; or to *target*."""
    body = answer.body
    for form in Passed(request, answer).page.forms:
        for written in actions_of(form):
            body = body.replace(f'action="{written}"'.encode(), f'action="{target}"'.encode())
    return attrs.evolve(answer, body=body)


def actions_of(form: Form) -> set[str]:
    """How the action of *form* may be written on its page."""
    parts = urlsplit(form.action)
    local = f"{parts.path}{'?' if parts.query else ''}{parts.query}"
    plain = {form.action, local, parts.path.rpartition("/")[2]}
    return plain | {one.replace("&", "&amp;") for one in plain}


def shared() -> list[tuple[Portal, int, int]]:
    """Every row, its place among those that share its very way, and how many these are."""
    ordered = sorted(LIVE, key=lambda row: (id(row.family), row.name))
    groups = [[*rows] for _, rows in groupby(ordered, key=lambda row: id(row.family))]
    return sorted(
        ((row, place, len(rows)) for rows in groups for place, row in enumerate(rows)),
        key=lambda one: one[0].name,
    )


def met(street: Street, place: int, lie: Lie) -> SchoolSyncError | None:
    """What a log-in ends in when the answer at *place* is a lie; `None`: somebody was let in all the same."""
    street.witness.forget()
    street.witness.edits[place] = lie
    try:
        street.enter()
    except SchoolSyncError as error:
        return error
    return None


def check_lost(street: Street, error: SchoolSyncError | None, place: int) -> None:
    """The way ended right there, in words that name the portal and no secret."""
    assert isinstance(error, LostOnTheWay), repr(error)
    row, seen, who = street.row, street.witness.seen, WHO[street.first]
    assert error.portal == row.name
    assert row.name in str(error)
    assert [one.place for one in seen] == [one.place for one in walked(row.name).way[: place + 1]]
    check_unheard(street, seen, street.first)
    assert street.foreign_cookies == 0
    assert len(holding(seen, who.password)) <= 1
    shown = f"{error!s} {error!r} {error.hop} {error.hint}"
    for secret in {who.username, who.password, *secrets_in(seen)}:
        assert secret not in shown


@pytest.mark.parametrize(("row", "mine", "count"), shared(), ids=lambda one: getattr(one, "name", None))
def test_a_redirect_that_leads_astray(row: Portal, mine: int, count: int) -> None:
    """At every place of the way, the school's own redirects among them; rows of one way share its places."""
    street = Street(row)
    places = range(1, len(walked(row.name).way))
    for place in places[mine::count]:
        for lie in (to_elsewhere, to_http):
            check_lost(street, met(street, place, lie), place)


@pytest.mark.parametrize("make", sorted(MAKES))
def test_a_redirect_that_wants_everything_again(make: str) -> None:
    """With the form, and so with the password: at every place of the way of one portal of each make."""
    street = Street(MAKES[make])
    for place in range(1, len(walked(street.row.name).way)):
        check_lost(street, met(street, place, kept_elsewhere), place)


@pytest.mark.parametrize("lie", [to_elsewhere, to_http], ids=lambda lie: lie.__name__)
@pytest.mark.parametrize("row", LIVE, ids=called)
def test_a_school_that_leads_astray(row: Portal, lie: Lie) -> None:
    """It is not believed against the row: nobody else is asked.

    Where the portal knows the school by itself, that is no harm; where it must be told, it says so.
    """
    street = Street(row)
    error = met(street, 0, lie)
    check_unheard(street, street.witness.seen, street.first)
    if isinstance(error, LostOnTheWay):
        assert error.portal == row.name
    elif error is not None:
        assert isinstance(error, Unavailable), repr(error)
        assert street.proofs == {}
    else:
        assert [one.place for one in street.witness.way] == [one.place for one in walked(row.name).way]


@pytest.mark.parametrize(("row", "mine", "count"), shared(), ids=lambda one: getattr(one, "name", None))
def test_a_form_that_leads_astray(row: Portal, mine: int, count: int) -> None:
    """At every place of the way; where a form is not used, or known without its page, nothing changes."""
    street, way = Street(row), walked(row.name).way
    places = [place for place, one in enumerate(way) if one.page.forms]
    for place in places[mine::count]:
        error = met(street, place, with_forms_turned)
        if error is None:
            assert not is_used(way, place)
            assert [one.place for one in street.witness.way] == [one.place for one in way]
            check_unheard(street, street.witness.seen, street.first)
        else:
            check_lost(street, error, place)


@pytest.mark.parametrize("row", LIVE, ids=called)
def test_a_log_in_form_that_leads_to_a_neighbour(row: Portal) -> None:
    """Nobody else on the way is one for passwords: neither the school, nor the portal's other hosts."""
    street, way = Street(row), walked(row.name).way
    told = next(place for place, one in enumerate(way) if one.holds(WHO[street.first].password))
    if not way[told - 1].page.forms:
        return  # a script draws it: where it leads is known without the page
    neighbours = {*street.allowed, EDUCONNECT} - {*row.family.password_hosts}
    assert neighbours
    for neighbour in sorted(neighbours):
        target = f"https://{neighbour}/login?next=1"
        error = met(street, told - 1, partial(with_forms_turned, target=target))
        check_lost(street, error, told - 1)
        assert street.witness.holding(WHO[street.first].password) == []


def is_used(way: tuple[Passed, ...], place: int) -> bool:
    """Whether a form of the page at *place* was sent where it said, without which nobody gets on.

    The chooser of Toutatice is answered at an address that the row knows.
    """
    page, after = way[place].page, way[place + 1]
    targets = {form.action.partition("?")[0] for form in page.forms}
    return after.request.url.partition("?")[0] in targets and not page.path.startswith("/wayf/")
