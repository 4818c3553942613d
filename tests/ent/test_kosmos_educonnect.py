"""Through Kosmos with an account of EduConnect: there and back, and what the portal says in between."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import KosmosEduConnect
from schoolsync.ent.portal import Profile
from schoolsync.errors import (
    ActionRequired,
    Availability,
    InstanceClosed,
    LostOnTheWay,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.http import Response
from tests.ent.pages_a import (
    CONNECTED,
    FRONT,
    HOME,
    chooser,
    edu_wrong,
    kosmos_form,
    through_educonnect,
    to_educonnect,
    to_portal,
)
from tests.ent.walking import (
    AT_SCHOOL,
    DOOR,
    EDU,
    SERVICE,
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
PORTAL: Final = portal(KosmosEduConnect(host=HOST, selection="X-EDU_parent_eleve"), fronts=(FRONT_HOST,))
SCHOOL_DOOR: Final = door(entrance=f"https://{HOST}/login?service={SERVICE}")
ASK: Final = f"GET {HOST}/login"
DELEGATE: Final = f"GET {HOST}/delegate/redirect/X-EDU_parent_eleve"
ACS: Final = f"https://{HOST}/saml/SAMLAssertionConsumer"
BACK: Final = f"POST {HOST}/saml/SAMLAssertionConsumer"
THERE: Final[tuple[Step, ...]] = (
    (ASK, moved("/delegate/redirect/X-EDU_parent_eleve", JSESSIONID="session-invented")),
    (DELEGATE, page(to_educonnect())),
    *through_educonnect(ACS),
)
"""As far as EduConnect's word for the portal."""


@pytest.mark.parametrize("profile", [Profile.PUPIL, Profile.PARENT])
def test_a_full_trip(profile: Profile) -> None:
    """The password goes to EduConnect, its word to the portal, the ticket to the school."""
    walk = entered(PORTAL, *THERE, (BACK, home(TGC="granted")), *DOOR, door=SCHOOL_DOOR, profile=profile)
    assert walk.signs == ("saml request", "log-in form", "saml answer", "arrived")
    assert walk.sent[0].query == f"selection=X-EDU_parent_eleve&service={SERVICE}&submit=Valider"
    assert walk.proof.host == EDU
    assert walk.posts[0].fields == {"SAMLRequest": "saml-invented", "RelayState": "relay-invented"}
    assert walk.posts[-1].fields == {"SAMLResponse": "saml-invented", "RelayState": "relay-invented"}
    assert walk.posts[-1].cookies == "JSESSIONID=session-invented"


def test_staff_do_not_come_this_way() -> None:
    """EduConnect has no account of theirs: nothing is sent at all."""
    walk = refused(PORTAL, door=SCHOOL_DOOR, profile=Profile.STAFF)
    assert isinstance(walk.error, Unavailable)
    assert walk.error.reason is Availability.NOT_FOR_THIS_ACCOUNT


def test_without_a_service() -> None:
    """The portal says "connected", and the school is entered again."""
    again: Step = (AT_SCHOOL, moved(f"https://{HOST}/login?service={SERVICE}"))
    walk = entered(PORTAL, *THERE, (BACK, page(CONNECTED, TGC="granted")), again, (ASK, home()), *DOOR)
    assert walk.sent[0].query == "selection=X-EDU_parent_eleve&submit=Valider"
    assert walk.signs[-2:] == ("signed in", "arrived")
    assert "TGC=granted" in walk.sent[-3].cookies


def test_a_page_of_somebody_who_is_signed_in() -> None:
    """Elsewhere than where the portal takes EduConnect's word: the school is entered again."""
    accepted: tuple[Step, ...] = (
        (BACK, moved("/accueil", TGC="granted")),
        (f"GET {HOST}/accueil", page(HOME)),
    )
    walk = entered(PORTAL, *THERE, *accepted, (ASK, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs[-2:] == ("signed in", "arrived")


def test_a_chooser_that_still_knows_the_code() -> None:
    """Is answered."""
    steps = ((ASK, page(chooser("ATS", "X-EDU_parent_eleve"))), *THERE, (BACK, home()))
    walk = entered(PORTAL, *steps, *DOOR, door=SCHOOL_DOOR)
    assert walk.signs[0] == "chooser"
    assert "selection=X-EDU_parent_eleve" in walk.sent[1].query


def test_a_chooser_that_does_not() -> None:
    """The error says what it offers. Even a single other source is not EduConnect."""
    walk = refused(PORTAL, (ASK, page(chooser("EDU"))), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "X-EDU_parent_eleve; it offers EDU" in walk.error.hop


def test_a_wrong_password() -> None:
    """Is EduConnect's to say; the portal is not tried with it."""
    steps = (*THERE[:2], *through_educonnect(ACS, page(edu_wrong("e1s1"))))
    walk = refused(PORTAL, *steps, door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_a_portal_that_asks_itself() -> None:
    """Is not told EduConnect's password: neither before EduConnect, nor after."""
    walk = refused(PORTAL, (ASK, page(kosmos_form())), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.proofs
    walk = refused(PORTAL, *THERE, (BACK, page(kosmos_form())), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert {one.host for one in walk.sent if one.is_proof} == {EDU}


@pytest.mark.parametrize(
    "answer",
    [
        page("<div class='msg'><h1 class='msg__title'>Erreur</h1></div>"),
        page("<h1>Erreur</h1>", status=403),
        page("<h1>Erreur</h1><div class='msg__content'><a href='/'>Accueil</a></div>"),
    ],
    ids=["a message", "a status", "a link without a title"],
)
def test_an_account_that_is_not_linked(answer: Response) -> None:
    """An error page where the portal takes EduConnect's word."""
    walk = refused(PORTAL, *THERE, (BACK, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)
    assert "does not know this EduConnect account" in walk.error.where


@pytest.mark.parametrize(
    "answer",
    [page(""), Response(200, (("content-type", "image/png"),), body=b"PNG")],
    ids=["nothing", "a picture"],
)
def test_an_answer_without_a_word_says_nothing_of_the_account(answer: Response) -> None:
    """Where the portal takes EduConnect's word, as elsewhere; nor does a bare status."""
    walk = refused(PORTAL, *THERE, (BACK, answer), (ASK, page(kosmos_form())), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    walk = refused(PORTAL, *THERE, (BACK, page("", status=404)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)


def test_an_account_that_is_not_linked_says_so() -> None:
    """Elsewhere on the portal, too."""
    steps = ((BACK, moved("/erreur")), (f"GET {HOST}/erreur", page("<p>Utilisateur inconnu</p>")))
    walk = refused(PORTAL, *THERE, *steps, door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)
    assert "does not know" in walk.error.where


def test_a_school_that_the_portal_does_not_serve() -> None:
    """At once, or where it takes EduConnect's word."""
    stop = page("<div class='msg'><h1 class='msg__title'>Application not allowed to use CAS</h1></div>")
    for steps in (((ASK, stop),), (*THERE, (BACK, stop))):
        walk = refused(PORTAL, *steps, door=SCHOOL_DOOR)
        assert isinstance(walk.error, Unavailable)
        assert walk.error.reason is Availability.OFF_AT_SCHOOL
        assert "find_cas" in str(walk.error)


@pytest.mark.parametrize(
    "answer", [page("", status=502), page("<h1>Site en maintenance</h1>")], ids=["status", "page"]
)
def test_a_portal_that_is_down(answer: Response) -> None:
    """By its status, or by a page that asks for nothing."""
    assert isinstance(refused(PORTAL, (ASK, answer), door=SCHOOL_DOOR).error, InstanceClosed)


def test_an_unknown_page() -> None:
    """Stops the walk before anything was sent."""
    walk = refused(PORTAL, (ASK, page(HOME)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.posts


@pytest.mark.parametrize(
    "action", ["https://evil.example.test/acs", f"https://{EDU}/acs", f"http://{HOST}/acs"]
)
def test_an_assertion_is_for_the_portal_alone(action: str) -> None:
    """Whatever address stands in the form."""
    steps = (*THERE[:2], *through_educonnect(ACS, page(to_portal(action))))
    walk = refused(PORTAL, *steps, door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "SAMLResponse" not in {name for one in walk.posts for name in one.fields}


@pytest.mark.parametrize("shown", [FRONT, kosmos_form(), chooser("X-EDU_parent_eleve")])
def test_a_front_page_is_left(shown: str) -> None:
    """For the portal itself, whatever stands on it."""
    front: tuple[Step, ...] = (
        (ASK, moved(f"https://{FRONT_HOST}/")),
        (f"GET {FRONT_HOST}/", page(shown)),
    )
    walk = entered(PORTAL, *front, *THERE, (BACK, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs[0] == "front page"


def test_a_look_reaches_the_form() -> None:
    """Of EduConnect; only the question that the portal wrote is sent."""
    walk = looked(PORTAL, *THERE[:-1], door=SCHOOL_DOOR, profile=Profile.PARENT)
    assert walk.sight
    assert walk.sight.trouble is None
    assert walk.signs == ("saml request", "log-in form")
    assert [{*one.fields} for one in walk.posts] == [{"SAMLRequest", "RelayState"}]
