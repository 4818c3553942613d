"""Through the vendor's own gateway: EduConnect and back, and the two things that it says to others."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import HubEduConnect
from schoolsync.ent.portal import Profile
from schoolsync.errors import (
    ActionRequired,
    Availability,
    InstanceClosed,
    LostOnTheWay,
    SchoolSyncError,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.http import Response
from tests.ent.pages_a import HOME, edu_wrong, message, through_educonnect, to_educonnect
from tests.ent.walking import DOOR, EDU, SERVICE, Step, door, entered, home, looked, page, portal, refused

HOST: Final = "hubeduconnect.index-education.net"
PORTAL: Final = portal(HubEduConnect())
SCHOOL_DOOR: Final = door(entrance=f"https://{HOST}/EduConnect/cas/login?service={SERVICE}")
ASK: Final = f"GET {HOST}/EduConnect/cas/login"
ACS: Final = f"https://{HOST}/EduConnect/saml/SSO"
BACK: Final = f"POST {HOST}/EduConnect/saml/SSO"
THERE: Final[tuple[Step, ...]] = ((ASK, page(to_educonnect(), hub="kept")), *through_educonnect(ACS))


@pytest.mark.parametrize("profile", [Profile.PUPIL, Profile.PARENT])
def test_a_full_trip(profile: Profile) -> None:
    """One way, for every school that uses it; the service byte for byte."""
    walk = entered(PORTAL, *THERE, (BACK, home()), *DOOR, door=SCHOOL_DOOR, profile=profile)
    assert walk.signs == ("saml request", "log-in form", "saml answer", "arrived")
    assert walk.sent[0].query == f"service={SERVICE}"
    assert walk.proof.host == EDU
    assert walk.posts[-1].cookies == "hub=kept"
    assert walk.sent[-1].cookies == ""


def test_a_gateway_that_lets_in_and_shows_a_page() -> None:
    """Is asked again, now that it knows who we are."""
    walk = entered(PORTAL, *THERE, (BACK, page(HOME)), (ASK, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs[-2:] == ("signed in", "arrived")


def test_a_wrong_password() -> None:
    """Is EduConnect's to say."""
    steps = (THERE[0], *through_educonnect(ACS, page(edu_wrong("e1s1"))))
    walk = refused(PORTAL, *steps, door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("https://0000001A.example.test/ n&#x27;est pas une url de confiance.", "find_cas"),
        ("https://0000001A.example.test/ n’est pas une URL de confiance.", "find_cas"),
        ("L&#x27;url de service est vide", "address of its PRONOTE"),
    ],
)
def test_a_school_that_it_does_not_serve(text: str, hint: str) -> None:
    """Which it says at once, to a look as well."""
    walk = refused(PORTAL, (ASK, page(message(text))), door=SCHOOL_DOOR)
    assert isinstance(walk.error, Unavailable)
    assert walk.error.reason is Availability.OFF_AT_SCHOOL
    assert hint in str(walk.error)
    seen = looked(PORTAL, (ASK, page(message(text))), door=SCHOOL_DOOR)
    assert seen.sight
    assert isinstance(seen.sight.trouble, Unavailable)
    assert seen.signs == ("message",)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page(message("Aucun compte ne correspond")), ActionRequired),
        (page(message("Votre compte est bloqué")), ActionRequired),
        (page(message("Erreur 42")), LostOnTheWay),
        (page("", status=502), InstanceClosed),
    ],
    ids=["not linked", "locked", "unknown", "down"],
)
def test_other_messages(answer: Response, kind: type[SchoolSyncError]) -> None:
    """In answer to EduConnect's word."""
    walk = refused(PORTAL, *THERE, (BACK, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, kind)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page(message("Aucun compte ne correspond")), LostOnTheWay),
        (page(message("Service en maintenance")), InstanceClosed),
        (page("<h1>Service en maintenance</h1>"), InstanceClosed),
        (page(HOME), LostOnTheWay),
    ],
    ids=["too early", "a message", "a page", "unknown"],
)
def test_pages_before_educonnect(answer: Response, kind: type[SchoolSyncError]) -> None:
    """Nothing was sent."""
    walk = refused(PORTAL, (ASK, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, kind)
    assert not walk.posts


def test_a_look_reaches_the_form() -> None:
    """Of EduConnect."""
    walk = looked(PORTAL, *THERE[:-1], door=SCHOOL_DOOR)
    assert walk.sight
    assert walk.sight.trouble is None
    assert walk.signs == ("saml request", "log-in form")
