"""The way common to all families: who may try, what each page is taken for, and where it ends."""

from __future__ import annotations

from typing import ClassVar, Final

import attrs
import pytest

from schoolsync.ent.portal import Door, Portal, Profile, State
from schoolsync.ent.walk import check, enter, look
from schoolsync.errors import (
    AddressSuspended,
    Availability,
    BadArgument,
    InstanceClosed,
    LostOnTheWay,
    RateLimited,
    TimedOut,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.http import Cookies, Response
from schoolsync.sandbox.clock import HandClock
from tests.ent.walking import EDU, INSTANCE, NOT_IN, SCHOOL, SERVICE, home, moved, page
from tests.ent.worlds import (
    AT_CAS,
    AT_SCHOOL,
    CAS,
    EDUCONNECTED,
    HOME,
    IN,
    LOCAL,
    LOGIN,
    NOW,
    TO_EDU,
    TO_PORTAL,
    VOUCHED,
    Local,
    World,
    door,
    edu_form,
    form,
    visitor,
)

SCRIPTED: Final = "<form><input id=user><input id=password></form><script>creerCookie()</script>"


# -- who may try ----------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.CURRENT, State.HISTORIC])
def test_what_works_or_may_is_tried(state: State) -> None:
    """Without a word."""
    check(attrs.evolve(LOCAL, state=state), Profile.PARENT)


@pytest.mark.parametrize(("successor", "hint"), [("ac-exemple", " Use 'ac-exemple' instead."), (None, "")])
def test_what_is_dead_is_not_tried(successor: str | None, hint: str) -> None:
    """It names the one to use instead, and sends nothing."""
    dead = attrs.evolve(LOCAL, state=State.DEAD, successor=successor)
    world = World(IN)
    with pytest.raises(Unavailable) as caught:
        world.look(dead)
    for error in (world.stop(dead), caught.value):
        assert isinstance(error, Unavailable)
        assert error.reason is Availability.NOT_IN_PROVIDER
        assert error.hint == f"The portal 'exemple' does not work any more.{hint}"
    assert world.sent == []


def test_who_comes_another_way_is_not_let_try() -> None:
    """Their password would go to the wrong place."""
    staff = attrs.evolve(visitor(), profile=Profile.STAFF)
    world = World(IN)
    error = world.stop(LOCAL, who=staff)
    assert isinstance(error, Unavailable)
    assert error.reason is Availability.NOT_FOR_THIS_ACCOUNT
    assert "lets in parent and pupil only" in str(error)
    with pytest.raises(Unavailable):
        world.run(look(LOCAL, door(), Profile.STAFF, HandClock(NOW)))
    assert world.sent == []


@pytest.mark.parametrize("url", ["http://0000001a.example.test/pronote/", "https://a@x.test/", "x"])
def test_a_door_that_is_no_door(url: str) -> None:
    """A ticket travels over https only; nothing is sent."""
    world = World(IN)
    error = world.stop(door=door(url=url))
    assert isinstance(error, BadArgument)
    assert error.argument == "url"
    with pytest.raises(BadArgument):
        world.look(door=door(url=url))
    assert world.sent == []


@pytest.mark.parametrize(
    "service",
    [
        "https:%2F%2Fevil.test%2Fpronote%2Feleve.html",
        f"https://{SCHOOL}.evil.test/",
        f"https://{SCHOOL}%40evil.test/",
        f"https://{SCHOOL}:444/",
        f"http://{SCHOOL}/pronote/",
        "evil.test",
        "https://[",
    ],
)
def test_a_school_that_wants_its_ticket_elsewhere(service: str) -> None:
    """A ticket and its service are a log-in: they are for the school alone. Nothing is sent."""
    astray = door(f"https://{CAS}/login?service={service}")
    world = World(IN)
    error = world.stop(door=astray)
    assert isinstance(error, LostOnTheWay)
    assert "wants the portal to answer" in str(error)
    with pytest.raises(LostOnTheWay):
        world.look(door=astray)
    assert world.sent == []


@pytest.mark.parametrize("host", ["cas.elsewhere.test", f"{CAS}.evil.test", f"{CAS}:444"])
def test_a_school_that_leads_to_another_portal(host: str) -> None:
    """It is said which place that is, and nothing is sent: neither there nor to the portal that was named."""
    elsewhere = door(f"https://{host}/login?service={SERVICE}")
    world = World(IN)
    error = world.stop(door=elsewhere)
    assert isinstance(error, LostOnTheWay)
    assert f"the school leads to https://{host}/login, which is not a place of this portal" in str(error)
    assert "pronote.find_cas(url)" in str(error)
    with pytest.raises(LostOnTheWay):
        world.look(door=elsewhere)
    assert world.sent == []


def test_a_portal_that_is_entered_before_the_school() -> None:
    """Where its schools lead is not known, so that says nothing."""

    @attrs.frozen(kw_only=True)
    class First(Local):
        is_entered_from_school: ClassVar[bool] = False

        def entrance(self, door: Door, profile: Profile) -> str:
            return AT_CAS

    world = World(IN)
    elsewhere = door(f"https://cas.elsewhere.test/login?service={SERVICE}")
    assert world.look(attrs.evolve(LOCAL, family=First()), door=elsewhere).trouble is None


@pytest.mark.parametrize(
    "entrance",
    [
        "",
        f"https://{CAS}/login",
        f"https://{CAS}/login?service=https:%2F%2F{SCHOOL.upper()}:443%2F",
        f"https://{CAS}/login?service=",
    ],
)
def test_a_school_that_wants_it_for_itself(entrance: str) -> None:
    """In capitals, with its port, or without saying so."""
    World(IN).walk(door=door(entrance))


# -- arriving -------------------------------------------------------------------------------


def test_the_way_with_accounts_of_the_portal() -> None:
    """From the school's redirect to its page, and what every answer was."""
    world = World(IN)
    arrival = world.walk()
    assert [str(one) for one in world.sent] == [
        f"GET {CAS}/login",
        f"POST {CAS}/login",
        f"GET {AT_SCHOOL}",
        f"GET {AT_SCHOOL}",
    ]
    assert [hop.sign for hop in arrival.hops] == ["log-in form", "redirect", "redirect", "arrived"]
    assert b"Start" in arrival.page.body
    assert arrival.page.url == f"{INSTANCE}?identifiant=0123456789abcdef"
    assert [cookie.name for cookie in arrival.cookies.kept] == ["ASP"]
    assert world.proofs == [CAS]


def test_the_way_over_educonnect() -> None:
    """The portal's question, its form, its answer."""
    world = World(VOUCHED)
    arrival = world.walk(EDUCONNECTED)
    assert [hop.sign for hop in arrival.hops] == [
        *("saml request", "redirect", "log-in form", "saml answer", "redirect", "redirect", "arrived"),
    ]
    assert world.proofs == [EDU]


def test_cookies_from_before_go_to_the_school() -> None:
    """And to nobody else."""
    before = Cookies().after(Response(200, (("set-cookie", "old=1; Path=/"),), INSTANCE), NOW)
    world = World(IN)
    world.run(enter(LOCAL, door(), visitor(), HandClock(NOW), cookies=before))
    assert world.cookies(SCHOOL) == {"old=1", "ASP=set-by-school"}
    assert world.cookies(CAS) == set()


def test_a_page_of_the_portal_leads_back_to_the_school() -> None:
    """Where the password leads to a home page, and no ticket."""
    answers = iter([page(LOGIN), home()])
    world = World({f"{CAS}/login": lambda _: next(answers), f"POST {CAS}/login": page(HOME)})
    arrival = world.walk()
    assert [hop.sign for hop in arrival.hops][:3] == ["log-in form", "signed in", "redirect"]
    assert [one.request.url for one in world.sent if one.method == "GET"][:2] == [AT_CAS, AT_CAS]


def test_a_school_that_does_not_let_in_is_tried_in_two_ways() -> None:
    """Where it led, then itself; then the walk is lost, and says what may help."""
    answers = iter([page(LOGIN), home()])
    world = World({**IN, AT_SCHOOL: page(NOT_IN), f"{CAS}/login": lambda _: next(answers)})
    error = world.stop()
    assert isinstance(error, LostOnTheWay)
    assert "does not lead back to the school" in str(error)
    assert [str(one) for one in world.sent] == [
        *(f"GET {CAS}/login", f"POST {CAS}/login", f"GET {AT_SCHOOL}"),
        *(f"GET {CAS}/login", f"GET {AT_SCHOOL}"),
        f"GET {AT_SCHOOL}",
    ]
    assert world.proofs == [CAS]


@pytest.mark.parametrize("error", [InstanceClosed(503), AddressSuspended(), Unavailable("off_at_school")])
def test_what_the_school_says_comes_through(error: Exception) -> None:
    """As its own page is read by whoever knows it."""

    def recognise(response: Response) -> bool:
        raise error

    world = World(IN)
    assert world.stop(door=Door(INSTANCE, AT_CAS, recognise)) is error
    assert world.proofs == [CAS]


def test_a_broken_school_is_for_the_school_to_tell() -> None:
    """A page of its host is handed over, whatever its status."""
    seen: list[int] = []

    def recognise(response: Response) -> bool:
        seen.append(response.status)
        return True

    World({**IN, AT_SCHOOL: page("", 503)}).walk(door=Door(INSTANCE, AT_CAS, recognise))
    assert seen == [503]


# -- what stands in the way ------------------------------------------------------------------


def test_a_refusal_is_final() -> None:
    """The form again: nothing is sent a second time."""
    world = World({CAS: page(LOGIN)})
    error = world.stop()
    assert isinstance(error, WrongCredentials)
    assert world.proofs == [CAS]
    assert len(world.sent) == 2


@pytest.mark.parametrize("portal", [LOCAL, EDUCONNECTED])
def test_a_form_after_the_portal_led_on_is_no_refusal(portal: Portal) -> None:
    """It asks again because it forgot: the password is not called wrong, and not sent again."""
    world = World({**(VOUCHED if portal is EDUCONNECTED else IN), AT_SCHOOL: page(NOT_IN)})
    error = world.stop(portal)
    assert isinstance(error, LostOnTheWay)
    assert "and then asked for it again" in str(error)
    assert "The password may be right" in str(error)
    assert len(world.proofs) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("where", ["GET", "POST"])
def test_a_portal_that_is_broken(where: str, status: int) -> None:
    """Whatever its page looks like."""
    world = World({**IN, (f"POST {CAS}/login" if where == "POST" else f"{CAS}/login"): page(LOGIN, status)})
    error = world.stop()
    assert isinstance(error, InstanceClosed)
    assert error.status == status
    assert len(world.proofs) == (where == "POST")


def test_a_portal_that_wants_fewer_requests() -> None:
    """It is not asked again."""
    world = World({CAS: page(LOGIN, 429)})
    assert isinstance(world.stop(), RateLimited)
    assert len(world.sent) == 1


@pytest.mark.parametrize(
    "answer",
    [
        moved("https://assistance.phm.education.gouv.fr/aide"),
        page("<h1>Accès perturbé</h1><p>EduConnect rencontre des difficultés techniques.</p>"),
        page("<h1>Service momentanément indisponible</h1>", 503),
    ],
    ids=["sent away", "says so", "broken"],
)
def test_an_educonnect_that_does_not_serve(answer: Response) -> None:
    """Before any form: nothing is said about the password, and nothing is asked at the place it leads to."""
    world = World({**VOUCHED, f"{EDU}/idp/profile/SAML2/POST/SSO": answer})
    error = world.stop(EDUCONNECTED)
    assert isinstance(error, InstanceClosed)
    assert "No password was sent." in str(error)
    assert world.hosts == {CAS, EDU}
    assert world.proofs == []


@pytest.mark.parametrize(
    "answers",
    [
        {f"{CAS}/login": page(SCRIPTED)},
        {
            f"{CAS}/login": moved("/login/ct_logon_vk.jsp?CT_ORIG_URL=x"),
            f"{CAS}/login/ct_logon_vk.jsp": page(LOGIN),
        },
    ],
    ids=["by its script", "by its name"],
)
def test_a_form_that_only_its_script_can_send(answers: dict[str, Response]) -> None:
    """No script is run, so it is not filled in."""
    world = World(answers)
    error = world.stop()
    assert isinstance(error, Unavailable)
    assert error.reason is Availability.NOT_IN_PROVIDER
    assert "never run here" in str(error)
    assert world.proofs == []
    trouble = world.look().trouble
    assert isinstance(trouble, Unavailable)
    assert world.look().hops[-1].sign == "scripted log-in form"


@pytest.mark.parametrize("missing", ["id=user", "id=password", "creerCookie"])
def test_a_form_that_looks_a_little_like_it(missing: str) -> None:
    """All signs are wanted."""
    markup = f"{LOGIN}<p id=user></p><p id=password></p><script>creerCookie()</script>"
    World({**IN, f"{CAS}/login": page(markup.replace(missing, ""))}).walk()


def test_saml_goes_before_everything_that_a_page_may_be() -> None:
    """Also on a page of EduConnect that has a form of its own, and on one of the portal."""
    both = page(TO_PORTAL + edu_form())
    world = World({**VOUCHED, f"POST {EDU}/idp/form": both, f"{CAS}/login": page(LOGIN + TO_EDU)})
    world.walk(EDUCONNECTED)
    assert world.proofs == [EDU]


def test_a_page_that_nobody_knows() -> None:
    """Says where, and what stands there."""
    error = World({CAS: page("<h1>Bonjour</h1><p>du texte</p>", 403)}).stop()
    assert isinstance(error, LostOnTheWay)
    assert f"https://{CAS}/login showed another page (HTTP 403, no form)" in str(error)
    assert "Bonjour" not in str(error)


def test_a_walk_in_circles_comes_to_an_end() -> None:
    """A chooser that leads to itself, and never to a form."""
    world = World({CAS: page(form("/again", method="get", choice="1"))})
    error = world.stop()
    assert isinstance(error, LostOnTheWay)
    assert "the way has no end" in str(error)
    assert len(world.sent) == 26


def test_no_answer_comes_through() -> None:
    """As whoever sends told it."""
    error = TimedOut(address="https://x", was_sent=True)
    assert World({**IN, f"POST {CAS}/login": error}).stop() is error
