"""What all fakes share: who is signed in, what arrived, and what goes wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

import attrs
import pytest

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.faults import Drop, ExpireSession, LoseAnswer, Slow, Status
from schoolsync.sandbox.portals.fake import Ask, Common, Fake, filled, page, redirect
from schoolsync.sandbox.portals.people import PEOPLE
from tests.sandbox.portals.browser import Browser, clock

LOUISON = PEOPLE[0]
HOST = "cas.example.test"
NINE = dt.timedelta(seconds=9)


@attrs.define(kw_only=True)
class Tiny(Fake):
    """A portal that lets in whoever asks for it."""

    family: ClassVar[str] = "tiny"

    def providers(self) -> Mapping[str, str]:
        """Known to EduConnect under its own address."""
        return {self.root: f"{self.root}/acs"}

    def answer(self, ask: Ask) -> Response:
        """`/in` signs in, `/out` signs out, `/` says who is there."""
        if ask.path == "/in":
            return redirect("/", cookies=self.sign_in(LOUISON))
        if ask.path == "/out":
            return page("out", cookies={self.cookie: None})
        person = self.member(ask)
        return page(f"<p>{person.login if person else 'nobody'}</p>") if ask.path == "/" else self.missing()


@pytest.fixture
def tiny() -> Tiny:
    """The portal."""
    return Tiny(host=HOST, common=Common(clock=clock()))


@pytest.fixture
def browser(tiny: Tiny) -> Browser:
    """Somebody in front of it."""
    return Browser({HOST: tiny, "other.test": Tiny(host="other.test", common=tiny.common)})


def ask(tiny: Tiny, path: str = "/", **headers: str) -> Response:
    """The answer to one request."""
    answer = tiny.handle(Request("GET", f"https://{HOST}{path}", headers)).response
    assert answer is not None
    return answer


# -- who is signed in ------------------------------------------------------------------------


def test_a_cookie_keeps_somebody_signed_in(browser: Browser) -> None:
    """On its host, and on no other; until it is taken back."""
    assert "nobody" in browser.get(f"https://{HOST}/").text
    assert LOUISON.login in browser.get("/in").text
    assert LOUISON.login in browser.get("/").text
    assert "nobody" in browser.get("https://other.test/").text
    browser.get(f"https://{HOST}/out")
    assert "nobody" in browser.get("/").text


def test_an_invented_cookie_is_nobodys(tiny: Tiny) -> None:
    """Nor is an empty one."""
    assert "nobody" in ask(tiny, cookie="TGC=invented").text
    assert "nobody" in ask(tiny, cookie="TGC=").text


def test_a_session_can_expire(tiny: Tiny, browser: Browser) -> None:
    """Then the cookie that the browser still has means nothing any more."""
    browser.get(f"https://{HOST}/in")
    tiny.faults.add(ExpireSession())
    assert "nobody" in browser.get("/").text
    assert browser.cookies.get("TGC")
    assert "nobody" in browser.get("/").text


def test_educonnect_hears_of_every_fake(tiny: Tiny) -> None:
    """As soon as it stands."""
    assert tiny.common.providers == {f"https://{HOST}": f"https://{HOST}/acs"}
    assert tiny.cas_url == f"https://{HOST}/login"


def test_a_ticket_goes_behind_the_service(tiny: Tiny) -> None:
    """With whichever sign its address needs; it is good at the service as it was named."""
    for service, sign in (("https://a.test/eleve.html", "?"), ("https://a.test/?fd=1", "&")):
        told, _, ticket = tiny.with_ticket(service, LOUISON).rpartition(f"{sign}ticket=")
        assert told == service
        assert tiny.common.tickets.take(ticket, service) == LOUISON.login


# -- what arrived ----------------------------------------------------------------------------


def test_what_arrived_is_recorded(tiny: Tiny, browser: Browser) -> None:
    """Method and path, in order, without query; what never arrived is not."""
    tiny.faults.add(Drop(was_received=False), "/lost")
    tiny.handle(Request("GET", f"https://{HOST}/lost"))
    browser.post(f"https://{HOST}/in?code=secret", {})
    assert tiny.log == [("POST", "/in"), ("GET", "/")]


WRONG = {"username": "l.example", "password": "wrong"}


@pytest.mark.parametrize(
    ("request_", "proofs"),
    [
        (Request.form(f"https://{HOST}/login", WRONG), 1),
        (Request.form(f"https://{HOST}/login", WRONG | {"password": ""}), 0),
        (Request.form(f"https://{HOST}/login", {"j_username": "x", "j_password": "y"}), 1),
        (Request.form(f"https://{HOST}/login", {"j_password": "03022011"}), 0),
        (Request.form(f"https://{HOST}/login", {"anything": LOUISON.password}), 1),
        (Request.form(f"https://{HOST}/login", {"anything": LOUISON.username}), 0),
        (Request("GET", f"https://{HOST}/?p=Portail+%26+Louison+1"), 1),
        (Request("GET", f"https://{HOST}/?p=Portail%20%26%20Louison%201"), 1),
        (Request("POST", f"https://{HOST}/", {"content-type": "application/json"}, b'"Portail+Robin=2"'), 1),
        (Request("GET", f"https://{HOST}/", {"cookie": "kept=Portail%20%26%20Louison%201"}), 1),
        (Request("GET", f"https://{HOST}/login?service=x"), 0),
    ],
)
def test_passwords_are_counted(tiny: Tiny, request_: Request, proofs: int) -> None:
    """Right or wrong, and wherever they stand."""
    tiny.handle(request_)
    assert tiny.proofs == proofs


def test_a_password_with_plus_signs_is_found(tiny: Tiny) -> None:
    """In a form, where a plus sign is encoded, and in a body where it is not."""
    tiny.handle(Request.form(f"https://{HOST}/", {"x": "Portail+Robin=2"}))
    tiny.handle(Request("POST", f"https://{HOST}/", {}, b"Portail+Robin=2"))
    assert tiny.proofs == 2


def test_foreign_cookies_are_counted(tiny: Tiny, browser: Browser) -> None:
    """Those that the host never set, its own names with other values included."""
    browser.get(f"https://{HOST}/in")
    browser.get("/")
    assert tiny.foreign_cookies == 0
    ask(tiny, cookie="JSESSIONID=1; TGC=of-another-host")
    assert tiny.foreign_cookies == 2


# -- what goes wrong -------------------------------------------------------------------------


def test_faults_meet_requests(tiny: Tiny) -> None:
    """A status, a lost answer, a slow one: and every answer says where it came from."""
    tiny.faults.add(Status(503), "/in")
    assert (ask(tiny, "/in").status, ask(tiny, "/").url) == (503, f"https://{HOST}/")
    tiny.faults.add(LoseAnswer())
    assert tiny.handle(Request("GET", f"https://{HOST}/")).response is None
    tiny.faults.add(Slow(NINE))
    assert tiny.handle(Request("GET", f"https://{HOST}/")).delay == NINE
    assert tiny.missing().status == 404


# -- what is shared ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "is_served"),
    [
        ("https://0000001A.example.test/pronote/eleve.html", True),
        ("https://0000001a.example.test/pronote/", True),
        ("http://0000001a.example.test/pronote/", False),
        ("https://0000001a.example.test.evil.test/", False),
        ("https://0000001a.example.test@evil.test/", False),
        ("https://evil.test/?0000001a.example.test", False),
        ("0000001a.example.test", False),
        ("", False),
    ],
)
def test_services_that_are_known(service: str, is_served: bool) -> None:
    """Over https, at a school's own host."""
    common = Common(clock=clock(), schools={"0000001a.example.test"})
    assert common.serves(service) is is_served


def test_without_schools_every_service_is_known() -> None:
    """If it is an address."""
    common = Common(clock=clock())
    assert common.serves("https://anywhere.test/")
    assert not common.serves("anywhere")


def test_people_are_found() -> None:
    """By user name, and with the right password."""
    common = Common(clock=clock())
    assert common.person(LOUISON.username, LOUISON.password) is LOUISON
    assert common.person(LOUISON.username, PEOPLE[1].password) is None
    assert common.called(LOUISON.username) is LOUISON
    assert common.called("nobody") is None


# -- answers -----------------------------------------------------------------------------------


def test_a_template_is_filled_once() -> None:
    """Escaped, and what a value looks like is not filled again; a gap without value is an error."""
    assert filled("<b>{{a}}</b>{{b}}", a="{{b}}<&'\"", b="x") == "<b>{{b}}&lt;&amp;&#x27;&quot;</b>x"
    with pytest.raises(KeyError, match="b"):
        filled("{{a}}{{b}}", a="x")


def test_cookies_are_for_one_host_and_https() -> None:
    """With a path and an age where they are given; taken back with none."""
    answer = page("x", cookies={"a": "1", "b": None}, path="/idp", seconds=600)
    assert [value for name, value in answer.headers if name == "set-cookie"] == [
        "a=1; Path=/idp; Secure; HttpOnly; Max-Age=600",
        "b=; Path=/idp; Secure; HttpOnly; Max-Age=0",
    ]
    assert redirect("/x", cookies={"a": "1"}).header("set-cookie") == "a=1; Path=/; Secure; HttpOnly"
    assert redirect("/x").headers == (("location", "/x"),)
