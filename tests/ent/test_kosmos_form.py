"""Through Kosmos with an account of its own: the form, the chooser before it, and the ways to be refused."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import KosmosForm
from schoolsync.ent.portal import Profile
from schoolsync.errors import (
    ActionRequired,
    Availability,
    ChallengeUnanswered,
    InstanceClosed,
    LostOnTheWay,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.http import Response
from tests.ent.pages_a import CONNECTED, FRONT, HOME, chooser, kosmos_form
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

HOST: Final = "cas.example.test"
FRONT_HOST: Final = "www.example.test"
PORTAL: Final = portal(KosmosForm(host=HOST, selection="ATS"), fronts=(FRONT_HOST,))
PLAIN: Final = portal(KosmosForm(host=HOST))
SCHOOL_DOOR: Final = door(entrance=f"https://{HOST}/login?service={SERVICE}")
ASK: Final = f"GET {HOST}/login"
TELL: Final = f"POST {HOST}/login"
SHOWN: Final[Step] = (ASK, page(kosmos_form(), JSESSIONID="session-invented"))


@pytest.mark.parametrize("profile", Profile)
def test_a_full_trip(profile: Profile) -> None:
    """The form as it was, filled in, its button pressed; the service byte for byte. Everybody may come."""
    walk = entered(PORTAL, SHOWN, (TELL, home(TGC="granted")), *DOOR, door=SCHOOL_DOOR, profile=profile)
    assert walk.signs == ("log-in form", "arrived")
    assert [one.query for one in walk.sent[:2]] == [f"selection=ATS&service={SERVICE}"] * 2
    assert walk.proof.host == HOST
    assert walk.proof.fields == {
        "username": USERNAME,
        "password": PASSWORD,
        "selection": "ATS",
        "codeFournisseurIdentite": "ATS",
        "execution": "execution-invented",
        "_eventId": "submit",
        "geolocation": "",
        "submit": "Se connecter",
    }
    assert walk.proof.cookies == "JSESSIONID=session-invented"
    assert walk.sent[-1].cookies == ""


def test_a_portal_with_one_source_of_accounts() -> None:
    """Is not told any."""
    walk = entered(PLAIN, SHOWN, (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.sent[0].query == f"service={SERVICE}"


def test_without_a_service() -> None:
    """The portal says "connected", and the school is entered again: at its CAS, or at its own page."""
    done: Step = (TELL, page(CONNECTED, TGC="granted"))
    walk = entered(PORTAL, SHOWN, done, (ASK, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs == ("log-in form", "signed in", "arrived")
    assert walk.sent[2].query == f"service={SERVICE}"
    assert "TGC=granted" in walk.sent[2].cookies
    again: Step = (AT_SCHOOL, moved(f"https://{HOST}/login?service={SERVICE}"))
    walk = entered(PORTAL, SHOWN, done, again, (ASK, home()), *DOOR, door=door())
    assert walk.sent[0].query == "selection=ATS"
    assert walk.proofs == 1


# -- the chooser --------------------------------------------------------------------------


def test_a_chooser_is_answered() -> None:
    """With the source of the portal's row, by the form that asks."""
    walk = entered(PORTAL, (ASK, page(chooser("EDU", "ATS"))), SHOWN, (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs == ("chooser", "log-in form", "arrived")
    assert walk.sent[1].method == "GET"
    assert dict(pair.split("=") for pair in walk.sent[1].query.split("&")) == {
        "service": "https%3A%2F%2F0000001A.example.test%2Fpronote%2Feleve.html",
        "selection": "ATS",
        "submit": "Valider",
    }


def test_a_chooser_with_one_answer() -> None:
    """Means that one, for a portal that names none."""
    walk = entered(PLAIN, (ASK, page(chooser("SEUL"))), SHOWN, (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert "selection=SEUL" in walk.sent[1].query


def test_a_chooser_beside_the_form() -> None:
    """Is answered once, if there is something to answer; then the form is what counts."""
    both = page(chooser("EDU", "ATS") + kosmos_form())
    walk = entered(PORTAL, (ASK, both), (ASK, both), (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs == ("chooser", "log-in form", "arrived")
    walk = entered(PLAIN, (ASK, both), (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs == ("log-in form", "arrived")


def test_a_source_that_is_gone() -> None:
    """The error says which there are, by their codes; what is no code is not shown."""
    walk = refused(PORTAL, (ASK, page(chooser("EDU", "NEW-ATS", "<odd one>"))), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "ATS; it offers EDU, NEW-ATS" in walk.error.hop
    assert "odd" not in str(walk.error)
    walk = refused(PLAIN, (ASK, page(chooser("EDU", "ATS"))), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "nothing; it offers EDU, ATS" in walk.error.hop


def test_a_chooser_that_comes_again() -> None:
    """It did not take the answer."""
    wayf = page(chooser("EDU", "ATS"))
    assert isinstance(refused(PORTAL, (ASK, wayf), (ASK, wayf), door=SCHOOL_DOOR).error, LostOnTheWay)


# -- refused --------------------------------------------------------------------------------

SAID: Final = "<p class='msg msg--error' role='alert'>Identifiant ou mot de passe incorrect</p>"


@pytest.mark.parametrize("status", [200, 401])
@pytest.mark.parametrize("said", ["", SAID])
def test_a_wrong_password(said: str, status: int) -> None:
    """The form again, with a word or without."""
    walk = refused(PORTAL, SHOWN, (TELL, page(kosmos_form(said), status=status)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.error.part == "user name or password"
    assert walk.proofs == 1


def test_a_locked_account() -> None:
    """Is no wrong password."""
    bad = kosmos_form("<p class='msg msg--error'>Votre compte est bloqué.</p>")
    walk = refused(PORTAL, SHOWN, (TELL, page(bad)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)
    assert "locked" in walk.error.where
    assert walk.proofs == 1


def test_a_captcha() -> None:
    """Is not guessed."""
    form = kosmos_form().replace("</form>", "<div class='g-recaptcha'></div></form>")
    walk = refused(PORTAL, (ASK, page(form)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ChallengeUnanswered)
    assert not walk.proofs


@pytest.mark.parametrize(
    "said",
    ["Application not allowed to use CAS", "Application non autorisée à utiliser CAS"],
)
def test_a_school_that_the_portal_does_not_serve(said: str) -> None:
    """At once, or after the password."""
    stop = page(f"<div class='msg'><h1 class='msg__title'>{said}</h1></div>")
    for steps in (((ASK, stop),), (SHOWN, (TELL, stop))):
        walk = refused(PORTAL, *steps, door=SCHOOL_DOOR)
        assert isinstance(walk.error, Unavailable)
        assert walk.error.reason is Availability.OFF_AT_SCHOOL
        assert "find_cas" in str(walk.error)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Vous devez changer votre mot de passe", "new password"),
        ("Vous devez activer votre compte", "not activated"),
    ],
)
def test_something_to_do_first(text: str, what: str) -> None:
    """Is the person's own business."""
    walk = refused(PORTAL, SHOWN, (TELL, page(f"<h1>{text}</h1>")), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)
    assert what in walk.error.where


@pytest.mark.parametrize(
    "answer", [page("", status=500), page("<h1>Site en maintenance</h1>")], ids=["status", "page"]
)
def test_a_portal_that_is_down(answer: Response) -> None:
    """By its status, or by a page that asks for nothing."""
    walk = refused(PORTAL, (ASK, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, InstanceClosed)
    assert not walk.proofs


def test_an_unknown_page() -> None:
    """Stops the walk before anything was sent."""
    assert isinstance(refused(PORTAL, (ASK, page(HOME)), door=SCHOOL_DOOR).error, LostOnTheWay)


def test_another_form_is_not_filled_in() -> None:
    """Only the one of the log-in is."""
    other = kosmos_form().replace("cas__login-form", "autre")
    walk = refused(PORTAL, (ASK, page(other)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.proofs


def test_a_form_that_leads_elsewhere() -> None:
    """Gets nothing."""
    form = kosmos_form().replace('action="/login', 'action="https://evil.example.test/login')
    walk = refused(PORTAL, (ASK, page(form)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert len(walk.sent) == 1


def test_a_portal_that_lets_in_and_does_not_lead_back() -> None:
    """Both ways back are tried once."""
    done = page(CONNECTED)
    walk = refused(PORTAL, SHOWN, (TELL, done), (ASK, done), (AT_SCHOOL, page(NOT_IN)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "does not lead back" in walk.error.hop
    assert walk.proofs == 1


# -- front pages, looks ---------------------------------------------------------------------


@pytest.mark.parametrize("shown", [FRONT, kosmos_form(), chooser("ATS", "EDU")])
def test_a_front_page_is_left(shown: str) -> None:
    """For the portal itself, whatever stands on it; a portal that leads back there is lost."""
    front: tuple[Step, ...] = (
        (ASK, moved(f"https://{FRONT_HOST}/?callback=x")),
        (f"GET {FRONT_HOST}/", page(shown)),
    )
    walk = entered(PORTAL, *front, SHOWN, (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs == ("front page", "log-in form", "arrived")
    assert isinstance(refused(PORTAL, *front, *front, door=SCHOOL_DOOR).error, LostOnTheWay)


def test_a_look_reaches_the_form() -> None:
    """By way of a chooser, and sends nothing."""
    walk = looked(PORTAL, (ASK, page(chooser("ATS"))), SHOWN, door=SCHOOL_DOOR)
    assert walk.sight
    assert walk.sight.trouble is None
    assert walk.signs == ("chooser", "log-in form")
    assert not walk.posts
