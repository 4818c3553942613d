"""Through OpenENT with an account of EduConnect: both ways there, several accounts, and what may go wrong."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import OpenEntEduConnect
from schoolsync.ent.openent_educonnect import entrance, signpost
from schoolsync.ent.portal import Profile
from schoolsync.errors import (
    ActionRequired,
    Availability,
    ChallengeUnanswered,
    InstanceClosed,
    LostOnTheWay,
    SchoolSyncError,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.http import Response
from tests.ent.pages_a import FRONT, HOME, account_forms, edifice, edu_wrong, through_educonnect
from tests.ent.walking import (
    DOOR,
    EDU,
    SERVICE,
    USERNAME,
    Step,
    Walk,
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
PROVIDER: Final = "urn:fi:ent:exemple-edu:1.0"
FAMILY: Final = OpenEntEduConnect(host=HOST, authn=True)
PORTAL: Final = portal(FAMILY, fronts=(FRONT_HOST,))
BOTH: Final = portal(OpenEntEduConnect(host=HOST, authn=True, provider_id=PROVIDER), fronts=(FRONT_HOST,))
UNSOLICITED: Final = portal(OpenEntEduConnect(host=HOST, provider_id=PROVIDER))
SCHOOL_DOOR: Final = door(entrance=f"https://{HOST}/cas/login?service={SERVICE}")
AUTHN: Final = f"GET {HOST}/auth/saml/authn/student"
CAS: Final = f"GET {HOST}/cas/login"
ACS: Final = f"https://{HOST}/auth/saml/acs"
BACK: Final = f"POST {HOST}/auth/saml/acs"
CHOOSE: Final = f"POST {HOST}/auth/saml/selectUser"
ENCODED: Final = (
    "%2Fcas%2Flogin%3Fservice%3Dhttps%3A%252F%252F0000001A.example.test%252Fpronote%252Feleve.html"
)
TO_EDU: Final = moved(
    f"https://{EDU}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=x&RelayState=y", relaystate="y"
)
THERE: Final[tuple[Step, ...]] = ((AUTHN, TO_EDU), *through_educonnect(ACS, by="Redirect"))
"""The portal's own way, as far as EduConnect's word for it."""
ACCEPTED: Final[tuple[Step, ...]] = (
    (BACK, moved(f"/cas/login?service={SERVICE}", oneSessionId="granted")),
    (CAS, home()),
    *DOOR,
)
FORBIDDEN: Final = Response(
    403, (("content-type", "application/json"),), body=b'{"error":"invalid.provider"}'
)


def after_educonnect(*steps: Step) -> Walk:
    """A walk that ends with *steps*, after EduConnect let it in; the portal never saw the password."""
    walk = refused(PORTAL, *THERE, *steps, door=SCHOOL_DOOR)
    assert walk.proof.host == EDU
    return walk


# -- in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("profile", "name"), [(Profile.PUPIL, "student"), (Profile.PARENT, "relative")])
def test_a_full_trip_by_the_portal(profile: Profile, name: str) -> None:
    """Which is told where to go on, the service byte for byte, and gets back what it gave."""
    first: Step = (f"GET {HOST}/auth/saml/authn/{name}", TO_EDU)
    walk = entered(PORTAL, first, *THERE[1:], *ACCEPTED, door=SCHOOL_DOOR, profile=profile)
    assert walk.signs == ("log-in form", "saml answer", "arrived")
    assert walk.sent[0].query == f"callBack={ENCODED}"
    assert walk.proof.host == EDU
    assert walk.posts[-1].fields == {"SAMLResponse": "saml-invented", "RelayState": "relay-invented"}
    assert walk.posts[-1].cookies == "relaystate=y"
    assert "oneSessionId=granted" in walk.sent[-3].cookies


def test_a_full_trip_by_educonnect() -> None:
    """Which is told whose word it gives; the portal leads nowhere, and the school is entered again."""
    back: tuple[Step, ...] = (
        (BACK, moved("/", oneSessionId="granted")),
        (f"GET {HOST}/", page(HOME)),
        (CAS, home()),
    )
    steps = (*through_educonnect(ACS, by="Unsolicited"), *back, *DOOR)
    walk = entered(UNSOLICITED, *steps, door=SCHOOL_DOOR)
    assert walk.signs == ("log-in form", "saml answer", "signed in", "arrived")
    assert walk.sent[0].query == "providerId=urn%3Afi%3Aent%3Aexemple-edu%3A1.0"
    assert walk.sent[-3].query == f"service={SERVICE}"


def test_what_educonnect_calls_a_portal() -> None:
    """After its own address, if nothing else is known; and without a service, the portal is told none."""
    bare = OpenEntEduConnect(host=HOST)
    assert entrance(bare, SCHOOL_DOOR, Profile.PUPIL).endswith(
        "/Unsolicited/SSO?providerId=https%3A%2F%2Fneo.example.test%2Fauth%2Fsaml%2Fmetadata%2Fidp.xml"
    )
    assert entrance(FAMILY, door(), Profile.PARENT) == f"https://{HOST}/auth/saml/authn/relative"


@pytest.mark.parametrize("answer", [FORBIDDEN, page("invalid.provider", status=403)], ids=["JSON", "page"])
def test_a_portal_without_a_way_for_this_profile(answer: Response) -> None:
    """EduConnect is asked itself where its name for the portal is known; else there is none."""
    steps = ((AUTHN, answer), *through_educonnect(ACS, by="Unsolicited"), *ACCEPTED)
    walk = entered(BOTH, *steps, door=SCHOOL_DOOR)
    assert walk.signs[0] == "no federation"
    assert walk.sent[1].query == "providerId=urn%3Afi%3Aent%3Aexemple-edu%3A1.0"
    walk = refused(PORTAL, (AUTHN, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, Unavailable)
    assert walk.error.reason is Availability.NOT_FOR_THIS_ACCOUNT


def test_neither_way_works() -> None:
    """Each is tried once, or as often as EduConnect may be asked anew; nothing is sent."""
    way: tuple[Step, ...] = (
        (AUTHN, FORBIDDEN),
        (f"GET {EDU}/idp/profile/SAML2/Unsolicited/SSO", page("", status=400)),
    )
    walk = refused(BOTH, *way, (AUTHN, FORBIDDEN), door=SCHOOL_DOOR)
    assert isinstance(walk.error, Unavailable)
    assert not walk.proofs


# -- several accounts ---------------------------------------------------------------------------

SCHOOLS: Final = ("Collège Exemple", "Lycée Exemple")


def test_several_accounts() -> None:
    """The person is asked which, by the names that the portal shows; the form of that one goes back whole."""
    steps = (*THERE, (BACK, page(account_forms(*SCHOOLS))))
    picked: Step = (CHOOSE, moved(f"/cas/login?service={SERVICE}", oneSessionId="granted"))
    walk = entered(PORTAL, *steps, picked, *ACCEPTED[1:], door=SCHOOL_DOOR, replies=("Lycée Exemple",))
    (question,) = walk.asked
    assert (question.kind, question.choices) == ("account", SCHOOLS)
    assert walk.posts[-1].fields == {
        "id": "id-2",
        "login": "compte2",
        "key": "key-2",
        "nameId": "name",
        "sessionIndex": "index",
    }
    assert "choice of accounts" in walk.signs


@pytest.mark.parametrize("replies", [(), ("Lycée",), ("",)])
def test_no_account_is_chosen_for_anybody(replies: tuple[str, ...]) -> None:
    """Nobody answers, or with something that is no choice."""
    steps = (*THERE, (BACK, page(account_forms(*SCHOOLS))))
    walk = refused(PORTAL, *steps, door=SCHOOL_DOOR, replies=replies)
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.error.kind == "account"
    assert "Exemple" not in str(walk.error)


# -- refused ------------------------------------------------------------------------------------


def test_a_wrong_password_stays_with_educonnect() -> None:
    """The portal's own log-in is not tried with it, on either way."""
    wrong = page(edu_wrong("e1s1"))
    steps = ((AUTHN, TO_EDU), *through_educonnect(ACS, wrong, by="Redirect"))
    for way, given in ((PORTAL, steps), (UNSOLICITED, through_educonnect(ACS, wrong, by="Unsolicited"))):
        walk = refused(way, *given, door=SCHOOL_DOOR)
        assert isinstance(walk.error, WrongCredentials)
        assert walk.proof.host == EDU


@pytest.mark.parametrize(
    "steps",
    [
        ((BACK, edifice("fed.auth.error.user.not.found")),),
        ((BACK, edifice("Utilisateur introuvable")),),
        (
            (BACK, moved("/auth/login")),
            (f"GET {HOST}/auth/login", edifice("fed.auth.error.user.not.found")),
        ),
    ],
    ids=["its key", "its sentence", "its log-in"],
)
def test_an_account_that_is_not_linked(steps: tuple[Step, ...]) -> None:
    """The portal's log-in page in answer to EduConnect's word."""
    walk = after_educonnect(*steps)
    assert isinstance(walk.error, ActionRequired)
    assert "does not know this EduConnect account" in walk.error.where


def test_a_portal_that_asks_again_without_a_word() -> None:
    """Has not said why: that is what the error says."""
    walk = after_educonnect((BACK, moved("/auth/login")), (f"GET {HOST}/auth/login", edifice()))
    assert isinstance(walk.error, LostOnTheWay)
    assert "asks who we are" in walk.error.hop


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (edifice("auth.error.blockedUser"), ActionRequired),
        (edifice(controller="ActivationController"), ActionRequired),
        (moved("/auth/reset/forceChangePassword"), ActionRequired),
        (moved("/auth/revalidate-terms"), ActionRequired),
        (page("<p>instauré une logique de quota</p>"), InstanceClosed),
        (page("", status=500), InstanceClosed),
        (page('{"error":"invalid_state"}', status=403), LostOnTheWay),
        (moved("https://evil.example.test/"), LostOnTheWay),
    ],
    ids=["blocked", "activation", "reset", "terms", "full", "down", "state", "stranger"],
)
def test_other_refusals(answer: Response, kind: type[SchoolSyncError]) -> None:
    """In answer to EduConnect's word."""
    assert isinstance(after_educonnect((BACK, answer)).error, kind)


def test_pages_before_educonnect() -> None:
    """Down, or nothing that is known: nothing was sent."""
    down = page("<h1>En maintenance</h1>")
    log_in = (AUTHN, moved("/auth/login")), (f"GET {HOST}/auth/login", down)
    for steps, kind in (
        (((AUTHN, down),), InstanceClosed),
        (log_in, InstanceClosed),
        (((AUTHN, page(HOME)),), LostOnTheWay),
    ):
        walk = refused(PORTAL, *steps, door=SCHOOL_DOOR)
        assert isinstance(walk.error, kind)
        assert not walk.posts


# -- front pages, looks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "front",
    [
        ((AUTHN, moved(f"https://{FRONT_HOST}/?x=1")), (f"GET {FRONT_HOST}/", page(FRONT))),
        ((AUTHN, moved("/auth/saml/wayf")), (f"GET {HOST}/auth/saml/wayf", page(FRONT))),
        ((AUTHN, moved("/auth/login")), (f"GET {HOST}/auth/login", edifice())),
    ],
    ids=["elsewhere", "its chooser", "its log-in"],
)
def test_a_front_page_is_left(front: tuple[Step, ...]) -> None:
    """For the portal's way to EduConnect, once; nothing is typed there."""
    walk = entered(PORTAL, *front, *THERE, *ACCEPTED, door=SCHOOL_DOOR)
    assert walk.signs[0] == "front page"
    walk = refused(PORTAL, *front, *front, door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.posts


def test_a_front_page_after_educonnect() -> None:
    """Does not lead back: EduConnect is not asked a second time."""
    steps = ((BACK, moved(f"https://{FRONT_HOST}/")), (f"GET {FRONT_HOST}/", page(FRONT)))
    assert isinstance(after_educonnect(*steps).error, LostOnTheWay)


def test_a_look_reaches_the_form() -> None:
    """On both ways, and as who it is said; nothing is sent."""
    first: Step = (f"GET {HOST}/auth/saml/authn/relative", TO_EDU)
    ways = (
        (PORTAL, (first, *THERE[1:-1])),
        (UNSOLICITED, through_educonnect(ACS, by="Unsolicited")[:-1]),
    )
    for way, steps in ways:
        walk = looked(way, *steps, door=SCHOOL_DOOR, profile=Profile.PARENT)
        assert walk.sight
        assert walk.sight.trouble is None
        assert walk.signs == ("log-in form",)
        assert not walk.posts


def test_addresses_that_say_something() -> None:
    """What is wanted first; another log-in says nothing here."""
    assert signpost(f"https://{HOST}/auth/reset/{USERNAME}") is not None
    assert signpost(f"https://{HOST}/auth/openid/login") is None
