"""Through the gateway of an academy: EduConnect at once, and the school afterwards."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import SamlDiscoveryEduConnect
from schoolsync.ent.portal import Profile
from schoolsync.errors import (
    ActionRequired,
    InstanceClosed,
    LostOnTheWay,
    SchoolSyncError,
    WrongCredentials,
)
from schoolsync.flow.http import Response
from tests.ent.pages_a import HOME, edu_wrong, through_educonnect, to_educonnect
from tests.ent.walking import (
    AT_SCHOOL,
    DOOR,
    EDU,
    NOT_IN,
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

HOST: Final = "sso.example.test"
START: Final = f"https://{HOST}/saml/discovery/?idp_ident=https://{EDU}/idp"
PORTAL: Final = portal(SamlDiscoveryEduConnect(start_url=START))
CAS: Final = f"GET {HOST}/cas/login"
SCHOOL_DOOR: Final = door(entrance=f"https://{HOST}/cas/login?service={SERVICE}")
ASK: Final = f"GET {HOST}/saml/discovery/"
ACS: Final = f"https://{HOST}/saml/acs"
BACK: Final = f"POST {HOST}/saml/acs"
FORM: Final[tuple[Step, ...]] = ((ASK, page(to_educonnect(), kept="1")), *through_educonnect(ACS))
"""As in La Réunion."""
REDIRECT: Final[tuple[Step, ...]] = (
    (ASK, moved(f"https://{EDU}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=x", kept="1")),
    *through_educonnect(ACS, by="Redirect"),
)
"""As in Poitiers."""
WAYS: Final = pytest.mark.parametrize("there", [FORM, REDIRECT], ids=["form", "redirect"])


@WAYS
@pytest.mark.parametrize("profile", [Profile.PUPIL, Profile.PARENT])
def test_a_full_trip(there: tuple[Step, ...], profile: Profile) -> None:
    """The gateway is entered first, told nothing of the school, and then asked for it."""
    steps = (*there, (BACK, page(HOME, session="granted")), (CAS, home()), *DOOR)
    walk = entered(PORTAL, *steps, door=SCHOOL_DOOR, profile=profile)
    assert walk.signs[-4:] == ("log-in form", "saml answer", "signed in", "arrived")
    assert walk.sent[0].request.url == START
    assert walk.proof.host == EDU
    assert walk.sent[-3].query == f"service={SERVICE}"
    assert "session=granted" in walk.sent[-3].cookies


def test_a_school_without_a_way_back_of_its_own() -> None:
    """Its page is asked for again, and leads to the gateway and back."""
    again: tuple[Step, ...] = (
        (AT_SCHOOL, moved(f"https://{HOST}/cas/login?service={SERVICE}")),
        (CAS, home()),
    )
    walk = entered(PORTAL, *FORM, (BACK, page(HOME)), *again, *DOOR)
    assert walk.signs[-2:] == ("signed in", "arrived")


@WAYS
def test_a_wrong_password(there: tuple[Step, ...]) -> None:
    """Is EduConnect's to say."""
    by = "POST" if there is FORM else "Redirect"
    path = f"/idp/profile/SAML2/{by}/SSO"
    wrong = page(edu_wrong("e1s1"))
    walk = refused(PORTAL, *there[:-1], (f"POST {EDU}{path}", wrong), door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page("<p>Compte inconnu</p>"), ActionRequired),
        (page("<p>Votre compte est désactivé</p>"), ActionRequired),
        (page("<p>Accès refusé</p>", status=403), LostOnTheWay),
        (page("<form><input type='password' name='p'></form>"), LostOnTheWay),
        (page("", status=500), InstanceClosed),
    ],
    ids=["not linked", "locked", "refused", "asks again", "down"],
)
def test_other_refusals(answer: Response, kind: type[SchoolSyncError]) -> None:
    """In answer to EduConnect's word; the password stays with EduConnect."""
    walk = refused(PORTAL, *FORM, (BACK, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, kind)
    assert walk.proof.host == EDU


def test_a_gateway_that_does_not_lead_back() -> None:
    """Both ways back are tried once."""
    steps = (*FORM, (BACK, page(HOME)), (CAS, page(HOME)), (AT_SCHOOL, page(NOT_IN)))
    walk = refused(PORTAL, *steps, door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "does not lead back" in walk.error.hop


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (page(HOME), LostOnTheWay),
        (page("<p>Compte inconnu</p>"), LostOnTheWay),
        (page("<p>Site en maintenance</p>"), InstanceClosed),
    ],
    ids=["unknown", "too early", "down"],
)
def test_pages_before_educonnect(answer: Response, kind: type[SchoolSyncError]) -> None:
    """Nobody can be signed in yet; nothing was sent."""
    walk = refused(PORTAL, (ASK, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, kind)
    assert not walk.posts


@WAYS
def test_a_look_reaches_the_form(there: tuple[Step, ...]) -> None:
    """Of EduConnect."""
    walk = looked(PORTAL, *there[:-1], door=SCHOOL_DOOR)
    assert walk.sight
    assert walk.sight.trouble is None
    assert walk.signs[-1] == "log-in form"
