"""Through OpenENT with an account of its own: one form that nobody draws, and all that may come instead."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import OpenEntLocal
from schoolsync.ent.openent_local import call_back, error_of, signpost, wanted_first
from schoolsync.ent.portal import Profile
from schoolsync.errors import (
    ActionRequired,
    Availability,
    InstanceClosed,
    LostOnTheWay,
    RateLimited,
    SchoolSyncError,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.forms import Page
from schoolsync.flow.http import Response
from tests.ent.pages_a import FRONT, HOME, edifice
from tests.ent.walking import (
    AT_SCHOOL,
    DOOR,
    NOT_IN,
    PASSWORD,
    SERVICE,
    USERNAME,
    Step,
    door,
    entered,
    home,
    looked,
    moved,
    page,
    portal,
    refused,
)

HOST: Final = "neo.example.test"
FRONT_HOST: Final = "connexion.example.test"
PORTAL: Final = portal(OpenEntLocal(host=HOST), fronts=(FRONT_HOST,))
SCHOOL_DOOR: Final = door(entrance=f"https://{HOST}/cas/login?service={SERVICE}")
CAS: Final = f"GET {HOST}/cas/login"
ASK: Final = f"GET {HOST}/auth/login"
TELL: Final = f"POST {HOST}/auth/login"
SHOWN: Final[tuple[Step, ...]] = (
    (CAS, moved("/auth/login?callback=%2Fcas%2Flogin", callback="signed")),
    (ASK, edifice()),
)
ACCEPTED: Final[Step] = (TELL, moved(f"/cas/login?service={SERVICE}", oneSessionId="granted"))


def refuse(*steps: Step) -> SchoolSyncError:
    """The error of a walk that comes to the log-in and then to *steps*; one password was sent."""
    walk = refused(PORTAL, *SHOWN, *steps, door=SCHOOL_DOOR)
    assert walk.error
    assert walk.proofs == 1
    return walk.error


@pytest.mark.parametrize("profile", Profile)
def test_a_full_trip(profile: Profile) -> None:
    """Three fields to the portal, the service byte for byte in one of them. Everybody may come."""
    walk = entered(PORTAL, *SHOWN, ACCEPTED, (CAS, home()), *DOOR, door=SCHOOL_DOOR, profile=profile)
    assert walk.signs == ("log-in form", "arrived")
    assert walk.sent[0].query == f"service={SERVICE}"
    assert walk.proof.fields == {
        "email": USERNAME,
        "password": PASSWORD,
        "callBack": f"/cas/login?service={SERVICE}",
    }
    assert "callback=signed" in walk.proof.cookies
    assert "oneSessionId=granted" in walk.sent[-3].cookies
    assert walk.sent[-1].cookies == ""


def test_a_form_that_is_drawn_already() -> None:
    """Goes back with what stands in it, to the portal's own address all the same."""
    form = '<form action="https://evil.example.test/"><input type="hidden" name="details" value="x">'
    steps = (SHOWN[0], (ASK, page(f'{form}<input type="password" name="password"></form>')))
    walk = entered(PORTAL, *steps, ACCEPTED, (CAS, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.proof.fields["details"] == "x"
    assert walk.proof.host == HOST


def test_without_a_service() -> None:
    """The portal shows its front page, and the school is entered again."""
    accepted: tuple[Step, ...] = ((TELL, moved("/", oneSessionId="granted")), (f"GET {HOST}/", page(HOME)))
    again: Step = (AT_SCHOOL, moved(f"https://{HOST}/cas/login?service={SERVICE}"))
    walk = entered(PORTAL, *SHOWN, *accepted, again, (CAS, home()), *DOOR)
    assert walk.signs == ("log-in form", "signed in", "arrived")
    assert walk.sent[0].query == ""
    assert "callBack" not in walk.proof.fields


@pytest.mark.parametrize(
    "shown",
    [
        ((CAS, moved("/auth/saml/wayf?callback=x")), (f"GET {HOST}/auth/saml/wayf", page(FRONT))),
        ((CAS, moved(f"https://{FRONT_HOST}/?callback=x")), (f"GET {FRONT_HOST}/", page(FRONT))),
        ((CAS, page("<body><login-form></login-form></body>")),),
        ((CAS, edifice()),),
    ],
    ids=["its chooser", "a front page", "a tag", "a script's name"],
)
def test_pages_that_a_script_draws(shown: tuple[Step, ...]) -> None:
    """Stop nobody: the log-in is always the same."""
    walk = entered(PORTAL, *shown, ACCEPTED, (CAS, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.proof.host == HOST
    seen = looked(PORTAL, *shown, door=SCHOOL_DOOR)
    assert seen.sight
    assert seen.sight.trouble is None
    assert not seen.posts


# -- refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", ["auth.error.authenticationFailed", "L'identifiant ou le mot de passe est incorrect.", ""]
)
def test_a_wrong_password(error: str) -> None:
    """HTTP 200, and the same page, whatever it is to show."""
    said = refuse((TELL, edifice(error)))
    assert isinstance(said, WrongCredentials)
    assert said.part == "user name or password"


@pytest.mark.parametrize(
    "answer",
    [page(""), page("{}"), Response(200, (("content-type", "image/png"),), body=b"PNG"), page("", 404)],
    ids=["nothing", "no page", "a picture", "not found"],
)
def test_an_answer_that_is_no_page_is_no_refusal(answer: Response) -> None:
    """Its place says that it is the log-in page, but there is none."""
    steps: tuple[Step, ...] = ((TELL, answer),)
    if answer.status == 200:
        steps += ((CAS, moved("/auth/login")), (ASK, edifice()))
    assert isinstance(refuse(*steps), LostOnTheWay)


def test_a_wrong_password_after_a_redirect() -> None:
    """The page where it asks who one is."""
    assert isinstance(refuse((TELL, moved("/auth/login")), (ASK, edifice())), WrongCredentials)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("auth.error.blockedUser", ActionRequired),
        ("auth.error.blockedProfileType", ActionRequired),
        ("Votre compte est bloqué.", ActionRequired),
        ("auth.error.ban", RateLimited),
        ("Trop de tentatives de connexion.", RateLimited),
        ("auth.error.global", InstanceClosed),
    ],
)
def test_other_refusals(error: str, kind: type[SchoolSyncError]) -> None:
    """A blocked account, too many tries, trouble of the portal's own: no wrong password."""
    assert isinstance(refuse((TELL, edifice(error))), kind)


@pytest.mark.parametrize(
    ("controller", "what"), [("ActivationController", "not activated"), ("ResetController", "new password")]
)
def test_a_code_typed_as_a_password(controller: str, what: str) -> None:
    """HTTP 200 at the log-in's address, and another script: something to do first."""
    said = refuse((TELL, edifice(controller=controller)))
    assert isinstance(said, ActionRequired)
    assert what in said.where


def test_an_activation_that_is_drawn_already() -> None:
    """Is told by where its form goes."""
    fields = "".join(f"<input type='password' name='{name}'>" for name in ("password", "confirmPassword"))
    said = refuse((TELL, page(f"<form method='post' action='/auth/activation'>{fields}</form>")))
    assert isinstance(said, ActionRequired)
    assert "not activated" in said.where


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/auth/reset/forceChangePassword", "new password"),
        (f"/auth/reset/{PASSWORD}?login={USERNAME}", "new password"),
        ("/auth/activation?login=x", "not activated"),
        ("/auth/revalidate-terms", "terms"),
        ("/auth/validate-mail", "e-mail"),
        ("/auth/validate-mfa", "code"),
    ],
    ids=["forced", "code", "activation", "terms", "mail", "code by message"],
)
def test_a_redirect_to_something_to_do_first(path: str, what: str) -> None:
    """Is not followed: one of them has the password in its address, which nobody gets to see."""
    said = refuse((TELL, moved(path)))
    assert isinstance(said, ActionRequired)
    assert what in said.where


def test_a_page_of_something_to_do_first() -> None:
    """Is told by its address where no redirect led there."""
    activation = (CAS, moved("/x")), (f"GET {HOST}/x", moved(f"https://{FRONT_HOST}/auth/activation"))
    walk = refused(PORTAL, *activation, (f"GET {FRONT_HOST}/auth/activation", page(FRONT)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)


@pytest.mark.parametrize("target", ["/auth/openid/login", f"https://{HOST}/auth/openid/login?x=1"])
def test_a_portal_that_has_moved(target: str) -> None:
    """To another kind of log-in: it is not asked for, and nothing is sent."""
    walk = refused(PORTAL, SHOWN[0], (ASK, moved(target)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, Unavailable)
    assert walk.error.reason is Availability.NOT_IN_PROVIDER
    assert "OpenID Connect" in str(walk.error)
    assert not walk.proofs


@pytest.mark.parametrize(
    "answer",
    [
        page("<p>Quand le nombre d’utilisateurs maximum est atteint, il vous faut patienter.</p>"),
        page("<h1>Portail en maintenance</h1>"),
        page("", status=503),
    ],
    ids=["full", "maintenance", "status"],
)
def test_a_portal_that_is_full_or_down(answer: Response) -> None:
    """Even where it would ask who one is: nothing is sent."""
    walk = refused(PORTAL, SHOWN[0], (ASK, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, InstanceClosed)
    assert not walk.proofs


def test_a_portal_that_is_full_after_the_password() -> None:
    """Is no wrong password."""
    full = page("<p>When the maximum number of users is reached, you will have to wait.</p>")
    assert isinstance(refuse((TELL, full)), InstanceClosed)


def test_an_unknown_page() -> None:
    """Stops the walk before anything was sent."""
    walk = refused(PORTAL, (CAS, page(HOME)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.proofs


def test_a_portal_that_lets_in_and_does_not_lead_back() -> None:
    """Is no wrong password either, even if it asks again, or shows its front page."""
    in_: tuple[Step, ...] = ((TELL, moved("/")), (f"GET {HOST}/", page(HOME)))
    for last in ((SHOWN), ((CAS, moved(f"https://{FRONT_HOST}/")), (f"GET {FRONT_HOST}/", page(FRONT)))):
        assert isinstance(refuse(*in_, *last), LostOnTheWay)
    said = refuse(*in_, (CAS, page(HOME)), (AT_SCHOOL, page(NOT_IN)))
    assert isinstance(said, LostOnTheWay)
    assert "does not lead back" in said.hop


def test_a_front_page_after_the_password() -> None:
    """Says nothing about it."""
    front = (TELL, moved(f"https://{FRONT_HOST}/")), (f"GET {FRONT_HOST}/", page(FRONT))
    assert isinstance(refuse(*front), LostOnTheWay)


def test_a_refused_session_is_no_page_to_come_back_from() -> None:
    """HTTP 403 after the password is nothing that is known."""
    assert isinstance(refuse((TELL, page("{}", status=403))), LostOnTheWay)


# -- words ----------------------------------------------------------------------------------


def test_where_the_portal_goes_on() -> None:
    """At its CAS, with the service as the school wrote it; nowhere without one."""
    assert call_back(SCHOOL_DOOR) == f"/cas/login?service={SERVICE}"
    assert call_back(door()) == ""


@pytest.mark.parametrize(
    ("init", "error"),
    [
        ("error='auth.error.authenticationFailed'", "auth.error.authenticationfailed"),
        ('error = "L\'identifiant est faux"; callBack = "x"', "l'identifiant est faux"),
        ('error = ""; callBack = "error"', ""),
        ("mainPage = 'x'", ""),
    ],
)
def test_what_the_script_is_to_show(init: str, error: str) -> None:
    """In either kind of quotes, and nothing of what stands behind it."""
    quoted = init.replace('"', "&quot;")
    assert error_of(Page(page(f'<body ng-init="{quoted}"></body>'))) == error


def test_addresses_that_say_nothing() -> None:
    """Are followed."""
    for path in ("/cas/login", "/auth/login", "/auth/saml/acs", "/timeline/timeline", "/"):
        assert signpost(f"https://{HOST}{path}") is None
        assert wanted_first(f"https://{HOST}{path}") is None
