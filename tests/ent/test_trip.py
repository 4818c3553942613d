"""One walk: what it sends, what it follows, whom it is for, and how it ends."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar
from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.ent.portal import Profile
from schoolsync.ent.trip import FormReached
from schoolsync.errors import ActionRequired, InstanceClosed, LostOnTheWay, SchoolSyncError, TimedOut
from schoolsync.flow.effects import Question, ask
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from tests.ent import walking
from tests.ent.walking import EDU, INSTANCE, SCHOOL, USERNAME, moved, page
from tests.ent.worlds import (
    AT_CAS,
    CAS,
    EDUCONNECTED,
    HOME,
    LOGIN,
    NOW,
    OTHER,
    WORD,
    Local,
    World,
    at,
    door,
    trip,
    visitor,
)


def chain(length: int, last: Response) -> dict[str, Response]:
    """So many redirects, one behind the other, and *last*."""
    steps = {f"{CAS}/{number}": moved(f"/{number + 1}") for number in range(length)}
    return {**steps, f"{CAS}/{length}": last}


# -- going --------------------------------------------------------------------------------


def test_a_page_and_the_way_to_it() -> None:
    """Redirects are followed and recorded; the page is the last answer."""
    world = World({f"{CAS}/a": moved("b?ticket=1#x"), f"{CAS}/b": moved(f"//{OTHER}/c"), OTHER: page(HOME)})
    walk = trip()
    world.run(walk.go(at("a#top")))
    assert [str(one) for one in world.sent] == [f"GET {CAS}/a", f"GET {CAS}/b", f"GET {OTHER}/c"]
    assert [one.request.url for one in world.sent] == [at("a"), at("b?ticket=1"), f"https://{OTHER}/c"]
    assert walk.page.url == f"https://{OTHER}/c"
    assert [(hop.address, hop.status, hop.sign) for hop in walk.hops] == [
        (at("a"), 302, "redirect"),
        (at("b"), 302, "redirect"),
        (f"https://{OTHER}/c", 200, ""),
    ]
    walk.took_for("home")
    assert walk.hops[-1].sign == "home"
    assert not walk.is_at_door


def test_before_the_first_page_there_is_none() -> None:
    """And that is a mistake in the code."""
    with pytest.raises(RuntimeError, match="has not begun"):
        _ = trip().page


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_form_that_is_redirected_becomes_a_page(status: int) -> None:
    """Its values are not sent on."""
    world = World({f"{CAS}/a": moved("/b", status=status)})
    world.run(trip().send_form(at("a"), {"x": "y"}))
    assert [(str(one), one.fields) for one in world.sent] == [
        (f"POST {CAS}/a", {"x": "y"}),
        (f"GET {CAS}/b", {}),
    ]


@pytest.mark.parametrize("status", [307, 308])
def test_a_form_that_is_sent_on_stays_one(status: int) -> None:
    """As long as there is no password in it."""
    world = World({f"{CAS}/a": moved(f"https://{OTHER}/b", status=status)})
    world.run(trip().send_form(at("a"), {"x": "y"}))
    assert [(str(one), one.fields) for one in world.sent] == [
        (f"POST {CAS}/a", {"x": "y"}),
        (f"POST {OTHER}/b", {"x": "y"}),
    ]


@pytest.mark.parametrize("status", [307, 308])
def test_a_page_that_is_sent_on_stays_one(status: int) -> None:
    """There is nothing in it to keep."""
    world = World({f"{CAS}/a": moved("/b", status=status)})
    world.run(trip().go(at("a")))
    assert [str(one) for one in world.sent] == [f"GET {CAS}/a", f"GET {CAS}/b"]


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize("target", [f"https://{CAS}/b", f"https://{OTHER}/b", "https://evil.test/"])
def test_a_password_is_not_sent_on(status: int, target: str) -> None:
    """To whatever host, the same one included: the form was filled in for one page."""
    world = World({f"{CAS}/a": moved(target, status=status)})
    with pytest.raises(LostOnTheWay, match="would send the password on"):
        world.run(trip().send_form(at("a"), {"p": WORD}))
    assert world.proofs == [CAS]
    assert len(world.sent) == 1


def test_saml_that_is_sent_on_is_still_for_whom_it_is_for() -> None:
    """An assertion and a question are held against the row at every step."""
    world = World({f"{CAS}/acs": moved(f"https://{EDU}/x", status=307), EDU: moved(at("y"), status=307)})
    for start, values in ((at("acs"), {"SAMLResponse": "x"}), (f"https://{EDU}/sso", {"SAMLRequest": "x"})):
        with pytest.raises(LostOnTheWay, match="about an account"):
            world.run(trip(EDUCONNECTED).send_form(start, values))
    assert [str(one) for one in world.sent] == [f"POST {CAS}/acs", f"POST {EDU}/sso"]


@pytest.mark.parametrize(
    "answer",
    [
        Response(302),
        Response(302, (("location", ""),)),
        Response(302, (("location", "https://[nobody"),)),
        Response(304, (("location", "/b"),)),
        Response(300, (("location", "/b"),)),
        Response(200, (("location", "/b"),)),
        Response(201, (("location", "/b"),)),
    ],
    ids=["without", "empty", "unreadable", "304", "300", "200", "201"],
)
def test_what_is_no_redirect(answer: Response) -> None:
    """It is a page like any other, and the family will not know it."""
    walk = trip()
    World({f"{CAS}/a": answer}).run(walk.go(at("a")))
    assert walk.page.response.status == answer.status
    assert walk.hops[-1].sign == ""


def test_an_answer_cannot_say_where_it_is_from() -> None:
    """It is from where it was asked."""
    world = World({f"{CAS}/a": attrs.evolve(page(LOGIN), url=INSTANCE), f"{CAS}/b": moved("c")})
    walk = trip()
    world.run(walk.go(at("a")))
    assert walk.page.url == at("a")
    assert not walk.is_at_door
    assert walk.page.forms[0].action == at("login")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.test/?ticket=ST-1",
        "//evil.test/?ticket=ST-1",
        "/\\evil.test/",
        f"http://{CAS}/",
        f"http://{SCHOOL}/pronote/eleve.html?ticket=ST-1",
        f"https://{CAS}:444/",
        f"https://{CAS}./",
        f"https://{CAS}@evil.test/",
        f"https://evil.test@{CAS}/",
        f"https://{CAS}\\@evil.test/",
        f"https://{CAS}\t.evil.test/",
        f"https://ca\u017f{CAS[3:]}/",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        f"https://{EDU}/",
    ],
)
def test_a_redirect_that_leads_astray(target: str) -> None:
    """Nothing is sent there, and the error says so."""
    world = World({f"{CAS}/a": Response(302, (("location", target),))})
    with pytest.raises(LostOnTheWay) as caught:
        world.run(trip().go(at("a")))
    assert world.hosts == {CAS}
    assert len(world.sent) == 1
    assert "Nothing was sent there." in str(caught.value)
    assert "ST-1" not in str(caught.value)


def test_fifteen_redirects_are_followed_and_no_more() -> None:
    """One step may have so many."""
    walk = trip()
    World(chain(15, page(HOME))).run(walk.go(at("0")))
    assert len(walk.hops) == 16
    world = World(chain(16, page(HOME)))
    with pytest.raises(LostOnTheWay, match="too many redirects"):
        world.run(trip().go(at("0")))
    assert len(world.sent) == 16


def test_a_redirect_to_itself_comes_to_an_end() -> None:
    """As any other."""
    world = World({CAS: moved(at("a"))})
    with pytest.raises(LostOnTheWay, match="too many redirects"):
        world.run(trip().go(at("a")))
    assert len(world.sent) == 16


def test_forty_exchanges_are_a_whole_trip() -> None:
    """The next one is not sent."""
    world, walk = World({CAS: page(HOME)}), trip()
    for _ in range(40):
        world.run(walk.go(at("a")))
    error = world.refuses(walk.go(at("a")))
    assert "the way has no end" in str(error)


def test_a_trip_has_an_end_in_time() -> None:
    """Of all its exchanges together; a person who is asked may think for as long as they like."""
    clock = HandClock(NOW)

    def slow(request: Request) -> Response:
        clock.advance(100)
        return page(HOME)

    async def going(times: int) -> None:
        for _ in range(times):
            await walk.go(at("a"))
            await ask(Question("second_factor", "Which code?"))
            clock.advance(dt.timedelta(hours=1))

    world, walk = World({CAS: slow}), trip(clock=clock)
    world.run(going(3), ("1",) * 3)
    world.run(going(1), ("1",))
    assert "the way has no end" in str(world.refuses(walk.go(at("a"))))


def test_no_answer_is_no_answer() -> None:
    """The error comes through as it is; the address in it shows no name."""
    world = World({CAS: TimedOut(address=at(f"u/{USERNAME}?ticket=1"), was_sent=True)})
    walk = trip()
    with pytest.raises(TimedOut) as caught:
        world.run(walk.send_form(at(f"u/{USERNAME}?ticket=1"), {"p": WORD}))
    assert caught.value.was_sent
    assert caught.value.address == at("u/…")
    assert walk.proofs == 1


# -- who ----------------------------------------------------------------------------------


def test_who_wants_to_get_in() -> None:
    """Spaces around a name were not meant; around a password they were."""
    walk = trip(who=visitor(" a b ", f" {USERNAME}\n"))
    assert (walk.username, walk.password.reveal(), walk.profile) == (USERNAME, " a b ", Profile.PUPIL)


def test_nobody_ends_at_the_form() -> None:
    """Both who and the password stop a look, and say where it is."""
    walk = trip(visitor=None, profile=Profile.PARENT)
    World({}).run(walk.go(at("a")))
    for name in ("username", "password"):
        with pytest.raises(FormReached):
            getattr(walk, name)
    assert walk.hops[-1].sign == "log-in form"
    assert walk.profile is Profile.PARENT


# -- beginning, and coming back -------------------------------------------------------------


def test_a_trip_begins_once_more_at_most() -> None:
    """And never after the password was sent."""
    world, walk = World({CAS: page(LOGIN)}), trip()
    world.run(walk.begin())
    world.run(walk.begin())
    assert [one.request.url for one in world.sent] == [AT_CAS, AT_CAS]
    world.refuses(walk.begin())
    other = trip()
    world.run(other.go(at("a")))
    world.run(other.send_form(at("login"), {"p": WORD}))
    world.refuses(other.begin())


def test_coming_back() -> None:
    """First where the school led, then the school itself, then no more."""
    world, walk = World({SCHOOL: page("")}), trip()
    world.run(walk.come_back())
    world.run(walk.come_back())
    assert [one.request.url for one in world.sent] == [AT_CAS, INSTANCE]
    assert walk.is_at_door
    assert "does not lead back to the school" in str(world.refuses(walk.come_back()))


def test_coming_back_without_a_way() -> None:
    """Where the school led nowhere it is entered at once; where there is no school, nothing is."""
    world, walk = World({SCHOOL: page("")}), trip(door=door(""))
    world.run(walk.come_back())
    assert [one.request.url for one in world.sent] == [INSTANCE]
    nowhere = trip(door=door("", ""))
    world.run(nowhere.go(at("a")))
    world.refuses(nowhere.come_back())
    assert not nowhere.is_at_door


def test_being_let_in() -> None:
    """After the password, back on the way, and nothing was asked since."""
    world, walk = World({}), trip(most_proofs=2)
    told = []
    for step in (walk.come_back(), walk.send_form(at("login"), {"p": WORD})):
        world.run(step)
        told.append(walk.was_let_in)
    other = trip(most_proofs=2)
    for step in (
        other.send_form(at("login"), {"p": WORD}),
        other.come_back(),
        other.send_form(at("login"), {"p": WORD}),
    ):
        world.run(step)
        told.append(other.was_let_in)
    assert told == [False, False, False, True, False]


def test_being_led_to_the_school_is_being_let_in() -> None:
    """Also where it leads back at once, and where the walk never said that it came back."""
    world = World({f"{CAS}/login": moved(INSTANCE), SCHOOL: moved(at("again"))})
    walk = trip()
    world.run(walk.go(INSTANCE))
    assert not walk.was_let_in
    world.run(walk.send_form(at("login"), {"p": WORD}))
    assert walk.page.url == at("again")
    assert walk.was_let_in


# -- signposts ------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Signed(Local):
    """A family that knows an address."""

    kind: ClassVar[str] = "signed"

    def signpost(self, url: str) -> SchoolSyncError | None:
        """It is about passwords."""
        return ActionRequired("a new password") if urlsplit(url).path == "/reset" else None


def test_an_address_can_say_enough() -> None:
    """Of the portal; it is not asked for then. One of somebody else is nobody's sign."""
    world = World({f"{CAS}/a": moved("/reset"), f"{CAS}/b": moved("https://evil.test/reset")})
    with pytest.raises(ActionRequired):
        world.run(trip(walking.portal(Signed())).go(at("a")))
    with pytest.raises(LostOnTheWay):
        world.run(trip(walking.portal(Signed())).go(at("b")))
    assert [str(one) for one in world.sent] == [f"GET {CAS}/a", f"GET {CAS}/b"]


def test_where_educonnect_sends_whom_it_does_not_serve() -> None:
    """Nothing is asked there; that no password was sent is said only if none was."""
    away = moved("https://assistance.phm.education.gouv.fr/x")
    world = World({EDU: away, f"{CAS}/a": away})
    with pytest.raises(InstanceClosed, match="No password was sent"):
        world.run(trip(EDUCONNECTED).go(f"https://{EDU}/idp"))
    with pytest.raises(InstanceClosed) as caught:
        world.run(trip(EDUCONNECTED).send_form(f"https://{EDU}/idp", {"p": WORD}))
    assert "password" not in str(caught.value)
    with pytest.raises(LostOnTheWay):
        world.run(trip().go(at("a")))
    assert world.hosts == {EDU, CAS}
