"""Whose an address is, and what may leave for it."""

from __future__ import annotations

from typing import ClassVar

import attrs
import pytest

from schoolsync.ent.border import Border, Side, place_of, tidy
from schoolsync.ent.portal import Door
from schoolsync.flow.http import Request
from tests.ent.walking import EDU, INSTANCE, SCHOOL, portal
from tests.ent.worlds import CAS, EDUCONNECTED, FRONT, LOCAL, OTHER, Local, door

HERE = Border(LOCAL, door())
THERE = Border(EDUCONNECTED, door())

# -- whose an address is ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "side"),
    [
        (f"https://{CAS}/login?a=b", Side.PORTAL),
        (f"https://{CAS}", Side.PORTAL),
        (f"HTTPS://{CAS.upper()}:443/", Side.PORTAL),
        (f"https://{CAS}:/", Side.PORTAL),
        (f"https://{OTHER}/", Side.PORTAL),
        (f"https://{FRONT}/", Side.FRONT),
        (INSTANCE, Side.DOOR),
        (f"https://{SCHOOL.upper()}:443/elsewhere", Side.DOOR),
        (f"https://{CAS}/%40evil.test?u=https://evil.test/@", Side.PORTAL),
    ],
)
def test_an_address_of_this_way(url: str, side: Side) -> None:
    """Capitals, and the usual port written out, are the same host."""
    assert HERE.side_of(url) is side


@pytest.mark.parametrize("place", [CAS, EDU, SCHOOL])
@pytest.mark.parametrize(
    "written",
    [
        "https://{}.evil.test/",
        "https://evil.test/{}",
        "https://evil.test/?{}",
        "https://evil.test#{}",
        "https://x{}/",
        "https://x.{}/",
        "https://{}:444/",
        "https://{}:0/",
        "https://{}:x/",
        "https://{}:99999/",
        "https://{}@evil.test/",
        "https://evil.test@{}/",
        "https://evil.test:443@{}/",
        "https://@{}/",
        "https://{}./",
        "https://{}\\.evil.test/",
        "https://evil.test\\@{}/",
        "https:\\\\{}/",
        "https://{}%00.evil.test/",
        "https://{}%2eevil.test/",
        "https://{} .evil.test/",
        "https://{}\t/",
        "https://{}\n/",
        " https://{}/",
        "https://{}/\r\nhost: evil.test",
        "https://{}/\x00",
        "https://{}/\x7f",
        "https://{}/\ud800",
        "https://{}/é",
        "http://{}/",
        "ftp://{}/",
        "wss://{}/",
        "//{}/",
        "{}/",
        "https:{}/",
        "https:/{}/",
        "https:///{}/",
        "javascript:https://{}/",
        "data:text/html,https://{}/",
        "https://[{}]/",
        "https://[::1",
        "https://",
        "",
    ],
)
def test_an_address_that_only_looks_like_one(place: str, written: str) -> None:
    """Anything odd about it is enough, whosever it may be."""
    url = written.format(place)
    assert HERE.side_of(url) is THERE.side_of(url) is None


@pytest.mark.parametrize("host", ["ca\u017f.example.test", "cas\u3002example.test", "c\u0430s.example.test"])
def test_letters_that_turn_into_others_are_refused(host: str) -> None:
    """A long s, a full stop of another script, a letter of another alphabet: also once encoded."""
    for url in (f"https://{host}/", tidy(f"https://{host}/")):
        assert HERE.side_of(url) is None


def test_educonnect_is_there_for_those_who_use_it() -> None:
    """For others it is a host like any other."""
    assert THERE.side_of(f"https://{EDU}/idp") is Side.EDUCONNECT
    assert HERE.side_of(f"https://{EDU}/idp") is None
    assert THERE.side_of(f"https://{EDU}:444/idp") is None


def test_a_port_is_part_of_a_place() -> None:
    """The usual one goes without saying, in a row as well."""
    border = Border(portal(Local(places=(CAS, f"{OTHER}:8443", f"{FRONT}:443"))), door())
    assert border.side_of(f"https://{OTHER}:8443/") is Side.PORTAL
    assert border.side_of(f"https://{OTHER}/") is None
    assert border.side_of(f"https://{FRONT}/") is Side.PORTAL
    assert border.side_of(f"https://{CAS}:8443/") is None


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        ("https://0000001a.example.test:8443/pronote/", True),
        ("http://127.0.0.1:8080/pronote/", True),
        ("http://[::1]:8080/pronote/", True),
        ("http://localhost/pronote/", True),
        ("http://0000001a.example.test/pronote/", False),
        ("http://10.0.0.1/pronote/", False),
        ("http://127.0.0.1.evil.test/", False),
        ("ftp://0000001a.example.test/", False),
        ("https://a@0000001a.example.test/", False),
        ("", False),
    ],
)
def test_what_a_door_can_be(url: str, is_one: bool) -> None:
    """Nobody on the way may read a ticket: https, or this very computer."""
    border = Border(LOCAL, door(url=url))
    assert border.is_door(url) is is_one
    assert border.side_of(url) is (Side.DOOR if is_one else None)


def test_without_a_door_there_is_none() -> None:
    """When only the portal is looked at."""
    assert not Border(LOCAL, Door("", "", bool)).is_door("")


def test_a_place() -> None:
    """Host, and port where it is another."""
    assert place_of("https://CAS.example.test:443/x?y") == CAS
    assert place_of("https://cas.example.test:8443") == "cas.example.test:8443"
    assert place_of("http://cas.example.test") is None


# -- what may leave ---------------------------------------------------------------------


def ask(url: str) -> Request:
    """A page is asked for."""
    return Request("GET", url)


def tell(url: str) -> Request:
    """A form is sent."""
    return Request.form(url, {"a": "b"})


@pytest.mark.parametrize("border", [HERE, THERE])
def test_what_nobody_minds(border: Border) -> None:
    """Every page of the way may be asked for; forms go to the portal."""
    for host in (CAS, OTHER, FRONT, SCHOOL):
        assert border.objection(ask(f"https://{host}/"), ()) is None
    for host in (CAS, OTHER):
        assert border.objection(tell(f"https://{host}/"), ("RelayState",)) is None
    assert THERE.objection(tell(f"https://{EDU}/"), ("SAMLRequest", "RelayState")) is None


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (ask("https://evil.test/"), "is not a place of this portal"),
        (ask(f"https://{CAS}.evil.test/"), "is not a place of this portal"),
        (ask(f"http://{CAS}/"), "is not reached over https, or is no plain address"),
        (ask("javascript:1"), "is not reached over https, or is no plain address"),
        (tell(f"https://{FRONT}/"), "is only ever read"),
        (tell(f"https://{SCHOOL}/"), "is only ever read"),
        (Request("PUT", f"https://{SCHOOL}/"), "is only ever read"),
    ],
)
def test_what_must_not_leave(request_: Request, why: str) -> None:
    """In words that fit behind the address."""
    assert HERE.objection(request_, ()) == why


ASKED, TOLD = "is not who may be asked about an account", "is not who may be told about an account"


@pytest.mark.parametrize(
    ("host", "name", "in_a_form", "in_an_address"),
    [
        (EDU, "SAMLRequest", None, None),
        (CAS, "SAMLRequest", ASKED, None),
        (FRONT, "SAMLRequest", "is only ever read", ASKED),
        (SCHOOL, "SAMLRequest", "is only ever read", ASKED),
        (CAS, "SAMLResponse", None, None),
        (OTHER, "SAMLResponse", None, None),
        (EDU, "SAMLResponse", TOLD, TOLD),
        (FRONT, "SAMLResponse", "is only ever read", TOLD),
        (SCHOOL, "SAMLResponse", "is only ever read", TOLD),
    ],
)
def test_whom_saml_is_for(host: str, name: str, in_a_form: str | None, in_an_address: str | None) -> None:
    """Questions to EduConnect, answers to the portal, in forms and in addresses."""
    assert THERE.objection(tell(f"https://{host}/"), (name,)) == in_a_form
    assert THERE.objection(ask(f"https://{host}/?x=1&{name}="), ()) == in_an_address
    assert THERE.objection(tell(f"https://{host}/?{name}=1"), ()) == (
        "is only ever read" if host in {FRONT, SCHOOL} else in_an_address
    )


def test_where_a_password_may_go() -> None:
    """In a form, to the hosts of the row that ask for one, and not in its address."""
    assert HERE.objection_to_proof(tell(f"https://{CAS}/login"), "word") is None
    assert THERE.objection_to_proof(tell(f"https://{EDU}/idp"), "word") is None
    for border, request in (
        (HERE, ask(f"https://{CAS}/login")),
        (HERE, tell(f"https://{OTHER}/login")),
        (HERE, tell(f"https://{FRONT}/login")),
        (HERE, tell(f"https://{EDU}/idp")),
        (HERE, tell(INSTANCE)),
        (HERE, tell(f"http://{CAS}/login")),
        (HERE, tell(f"https://{CAS}:444/login")),
        (THERE, tell(f"https://{CAS}/login")),
    ):
        assert border.objection_to_proof(request, "word") == "is not a place for the password"
    told = HERE.objection_to_proof(tell(f"https://{CAS}/login?again=w%6Frd"), "word")
    assert told == "would show the password in its address"


@attrs.frozen(kw_only=True)
class Careless(Local):
    """A family that changes its mind after its row was checked."""

    kind: ClassVar[str] = "careless"
    later: list[str] = attrs.field(factory=list)

    @property
    def password_hosts(self) -> tuple[str, ...]:
        """Anywhere, when nobody looks any more."""
        return (CAS, *self.later)


def test_a_family_cannot_widen_its_row() -> None:
    """A place for a password is one of the way all the same."""
    family = Careless()
    border = Border(portal(family), door())
    family.later.extend((EDU, FRONT, SCHOOL, "evil.test"))
    for host in family.later:
        assert border.objection_to_proof(tell(f"https://{host}/"), "word") is not None


# -- addresses --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://a.test/x?y=z#top", "https://a.test/x?y=z"),
        ("https://a.test/?service=https:%2F%2F0A.b%2f", "https://a.test/?service=https:%2F%2F0A.b%2f"),
        ('https://a.test/é b?c=<">ü', "https://a.test/%C3%A9%20b?c=%3C%22%3E%C3%BC"),
        ("https://a.test/\n\x00\x7f", "https://a.test/\n\x00\x7f"),
        ("https://a.test/\ud800", "https://a.test/\ud800"),
        ("https://a.test/{|}^`'[]!$&()*+,;=:@", "https://a.test/{|}^`'[]!$&()*+,;=:@"),
    ],
)
def test_an_address_made_tidy(url: str, sent: str) -> None:
    """What is encoded stays as it is; what no address may have is not made to look as if it were fine."""
    assert tidy(url) == sent
