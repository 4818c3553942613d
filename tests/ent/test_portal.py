"""The words of a portal: rows that cannot be meant are refused, a door tells its service byte for byte."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from schoolsync.ent.families import ApereoCasForm, HubEduConnect, KosmosForm, OpenEntLocal, Retired
from schoolsync.ent.portal import (
    EDUCONNECT,
    EVERYBODY,
    HOUSEHOLD,
    Arrival,
    Door,
    Family,
    Portal,
    Profile,
    State,
    Visitor,
    portal_of,
)
from schoolsync.ent.trip import Trip
from schoolsync.errors import BadArgument
from schoolsync.flow.http import Cookies, Response
from schoolsync.flow.secret import Secret

DAY = dt.date(2026, 9, 1)
SERVICE = "https:%2F%2F0000001A.example.test%2Fpronote%2Feleve.html"


def row(**changes: Any) -> Portal:
    """An invented row, with *changes*."""
    plain: dict[str, Any] = {
        "name": "exemple",
        "title": "Exemple",
        "family": KosmosForm(host="cas.example.test"),
        "evidence": "Invented.",
        "seen": DAY,
    }
    return Portal(**plain | changes)


def door(entrance: str) -> Door:
    """A door of an invented school, which led to *entrance*."""
    return Door(
        url="https://school.example.test/pronote/eleve.html",
        entrance=entrance,
        recognise=lambda response: response.status == 0,
    )


@attrs.frozen(kw_only=True)
class Leaky(Family):
    """A family of another package that would send a password to a host that is not its own."""

    kind = "leaky"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Its own."""
        return ("portal.example.test",)

    @property
    def password_hosts(self) -> tuple[str, ...]:
        """Somebody else's."""
        return ("evil.example.test",)

    def entrance(self, door: Door, profile: Profile) -> str:
        """Its front page."""
        return "https://portal.example.test/"

    async def turn(self, trip: Trip) -> None:
        """Nothing."""


# -- rows -----------------------------------------------------------------------------------


def test_a_row_has_sensible_defaults() -> None:
    """Current, without other names, with the hosts of its family."""
    plain = row()
    assert (plain.state, plain.aliases, plain.fronts, plain.successor) == (State.CURRENT, (), (), None)
    assert plain.all_hosts == ("cas.example.test",)


def test_all_hosts_are_those_of_the_way_and_its_own() -> None:
    """The way's first, each once; those in front are not among them."""
    whole = row(hosts=["www.example.test", "cas.example.test"], fronts=["front.example.test"])
    assert whole.all_hosts == ("cas.example.test", "www.example.test")
    assert whole.fronts == ("front.example.test",)


@pytest.mark.parametrize("name", ["ac-toulouse", "ent77", "l_normandie", "a1-b2_c3"])
def test_a_name_is_small_letters_digits_and_lines(name: str) -> None:
    """With `-` or `_` between them."""
    assert row(name=name).name == name
    assert row(aliases=[name]).aliases == (name,)


@pytest.mark.parametrize("name", ["", "Agora06", "a b", "-a", "a-", "a--b", "é", "a.b", "a/b"])
def test_another_name_is_refused(name: str) -> None:
    """As a name, and as another name."""
    with pytest.raises(BadArgument, match="no name of a portal"):
        row(name=name)
    with pytest.raises(BadArgument, match="no name of a portal"):
        row(aliases=[name])


@pytest.mark.parametrize(
    "host",
    [
        "*.example.test",
        "https://cas.example.test",
        "http://cas.example.test",
        "cas.example.test/login",
        "CAS.example.test",
        "cas.example.test.",
        "cas.example.test:",
        "a@cas.example.test",
        "example",
        "",
        " cas.example.test",
    ],
)
def test_what_is_no_host_is_refused(host: str) -> None:
    """Wherever it stands: in the family, in the row, in front."""
    for changes in ({"family": OpenEntLocal(host=host)}, {"hosts": [host]}, {"fronts": [host]}):
        with pytest.raises(BadArgument, match="is no host"):
            row(**changes)


def test_a_host_may_have_a_port() -> None:
    """Where it is not the usual one."""
    assert row(hosts=["cas.example.test:8443"]).all_hosts[-1] == "cas.example.test:8443"


@pytest.mark.parametrize("evidence", ["", "  \n"])
def test_a_row_says_how_it_is_known(evidence: str) -> None:
    """Or it is none."""
    with pytest.raises(BadArgument, match="does not say how it is known"):
        row(evidence=evidence)


def test_a_password_for_a_foreign_host_is_refused() -> None:
    """Before anybody trusts the row; where the host is declared to be its own, the row says so openly."""
    with pytest.raises(BadArgument, match="not its own"):
        row(family=Leaky())
    assert "evil.example.test" in row(family=Leaky(), hosts=["evil.example.test"]).all_hosts


def test_a_portal_of_the_caller_is_a_row() -> None:
    """A family with settings is enough; whoever knows when it worked says so."""
    own = portal_of(KosmosForm(host="cas.example.test"))
    assert (own.name, own.state, own.all_hosts) == ("own", State.CURRENT, ("cas.example.test",))
    assert own.seen == dt.date.min
    assert portal_of(KosmosForm(host="cas.example.test"), seen=DAY).seen == DAY


def test_rows_and_families_are_values() -> None:
    """Two with the same settings are the same way."""
    assert KosmosForm(host="cas.example.test") == KosmosForm(host="cas.example.test", selection=None)
    assert {row(), row()} == {row()}
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        row().name = "autre"  # type: ignore[misc]


# -- families ---------------------------------------------------------------------------------


def test_who_may_have_a_password() -> None:
    """EduConnect alone, or the portal's hosts, or nobody."""
    assert HubEduConnect().password_hosts == (EDUCONNECT,)
    own = ApereoCasForm(login_url="https://www.example.test/login")
    assert own.password_hosts == own.hosts == ("www.example.test",)
    assert Retired(was="aten_start", host="www.example.test", why="gone").password_hosts == ()


def test_who_comes_which_way() -> None:
    """Pupils and parents by EduConnect; staff too where the portal has accounts of its own."""
    assert HubEduConnect().profiles == HOUSEHOLD == {Profile.PUPIL, Profile.PARENT}
    assert KosmosForm(host="cas.example.test").profiles == EVERYBODY == {*Profile}


def test_a_redirect_says_nothing_by_itself() -> None:
    """Unless a family knows better: it is followed."""
    assert KosmosForm(host="cas.example.test").signpost("https://cas.example.test/elsewhere") is None


# -- doors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entrance", "service"),
    [
        (f"https://cas.example.test/login?service={SERVICE}", SERVICE),
        (f"https://cas.example.test/login?selection=EDU&service={SERVICE}&renew=true", SERVICE),
        ("https://cas.example.test/login?service=a=b%26c", "a=b%26c"),
        ("https://cas.example.test/login?myservice=x", ""),
        ("https://cas.example.test/login?service=", ""),
        ("https://cas.example.test/login", ""),
        ("", ""),
    ],
)
def test_a_door_tells_its_service_as_it_was_written(entrance: str, service: str) -> None:
    """Half encoded as servers do it, never decoded and encoded again."""
    assert door(entrance).service == service


def test_a_door_shows_no_query() -> None:
    """Whoever prints it sees where, and not what is carried."""
    shown = repr(door("https://cas.example.test/login?service=x&ticket=ST-factice"))
    assert "https://cas.example.test/login" in shown
    assert "factice" not in shown


# -- nothing shows who --------------------------------------------------------------------------


def test_a_visitor_shows_nobody() -> None:
    """Neither the name nor the password."""
    shown = repr(Visitor(username="modele.factice", password=Secret("factice-secret"), profile=Profile.PUPIL))
    assert "factice" not in shown
    assert "pupil" in shown


def test_an_arrival_shows_no_page() -> None:
    """What it holds is good once."""
    page = Response(200, (), "https://school.example.test/?identifiant=factice", b"e:'factice'")
    assert "factice" not in repr(Arrival(page, Cookies(), ()))
