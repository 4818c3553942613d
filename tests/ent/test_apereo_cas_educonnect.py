"""Through a CAS server that hands over to EduConnect: chooser, profiles, banner, and the portal in front."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import ApereoCasEduConnect
from schoolsync.errors import (
    ActionRequired,
    Availability,
    ChallengeUnanswered,
    LostOnTheWay,
    Unavailable,
    WrongCredentials,
)
from tests.ent.pages_b import CAS_DONE, CAS_FORM, CAS_STOP, CAS_TILES, EDU_BAD, at_educonnect
from tests.ent.walking import (
    AT_SCHOOL,
    DOOR,
    EDU,
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
    write,
)

HOST: Final = "auth.recia.example.test"
FRONT: Final = "lycees.example.test"
URL: Final = f"https://{HOST}/cas/login"
PORTAL: Final = portal(ApereoCasEduConnect(login_url=URL, idp_id="parents-IdP"), hosts=(FRONT,))
SCHOOL_DOOR: Final = door(entrance=f"{URL}?service={SERVICE}")
ASK: Final = f"GET {HOST}/cas/login"
BACK: Final = f"POST {HOST}/cas/login"
ACS: Final = f"https://{HOST}/cas/login?client_name=EduConnect"
DELEGATED: Final[Step] = (ASK, moved(f"https://{EDU}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=asked"))
THERE: Final = at_educonnect(ACS)
TILES: Final = write(
    CAS_TILES, service=SERVICE, first="Louison   Exemple, lycée", second="Louison Exemple, CFA"
)
CHOICES: Final = ("Louison Exemple, lycée", "Louison Exemple, CFA")


def test_a_full_trip() -> None:
    """EduConnect is named at once; the password goes there, the assertion to the server."""
    walk = entered(PORTAL, DELEGATED, *THERE, (BACK, home(TGC="granted")), *DOOR, door=SCHOOL_DOOR)
    assert walk.sent[0].query == f"idpId=parents-IdP&service={SERVICE}"
    assert walk.proof.host == EDU
    assert (walk.proof.fields["j_username"], walk.proof.fields["j_password"]) == (USERNAME, PASSWORD)
    assert [one.host for one in walk.posts] == [EDU, HOST]
    assert walk.posts[1].fields == {"SAMLResponse": "assertion-invented", "RelayState": "relay-invented"}
    assert walk.signs[-1] == "arrived"


def test_a_wrong_password() -> None:
    """EduConnect's word; the server hears nothing of it."""
    walk = refused(PORTAL, DELEGATED, *at_educonnect(ACS, page(EDU_BAD)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1
    assert [one.host for one in walk.posts] == [EDU]


@pytest.mark.parametrize(
    "chooser",
    [
        f'<a href="?idpId=other">Autre</a> <a href="?service={SERVICE}&amp;idpId=parents-IdP">Ici</a>',
        "<r-wayf></r-wayf>",
    ],
)
def test_the_chooser(chooser: str) -> None:
    """Where `idpId` was lost: the link that has ours, or our own where a script makes the links."""
    lost = moved(f"{URL}?service={SERVICE}")
    walk = entered(
        PORTAL, (ASK, lost), (ASK, page(chooser)), DELEGATED, *THERE, (BACK, home()), *DOOR, door=SCHOOL_DOOR
    )
    assert walk.signs[0] == "chooser"
    assert walk.sent[2].query == f"service={SERVICE}&idpId=parents-IdP"


def test_the_chooser_does_not_know_us() -> None:
    """It comes although EduConnect was named, or offers others only: no way on, no password."""
    again = refused(PORTAL, (ASK, page("<r-wayf></r-wayf>")), door=SCHOOL_DOOR)
    others = '<a href="?idpId=other">Autre</a>'
    other = refused(PORTAL, (ASK, moved(f"{URL}?service={SERVICE}")), (ASK, page(others)), door=SCHOOL_DOOR)
    for walk in (again, other):
        assert isinstance(walk.error, LostOnTheWay)
        assert not walk.proofs


def test_the_portal_in_front() -> None:
    """Its link has a token that changes: it is followed as it stands; the school afterwards."""
    front = (
        f'<a id="portalCASLoginLink" href="{URL}?service=https%3A%2F%2F{FRONT}%2F%3Ftoken%3Dtoday">Ici</a>'
    )
    walk = entered(
        PORTAL,
        (ASK, moved(f"https://{FRONT}/portail")),
        (f"GET {FRONT}/portail", page(front)),
        DELEGATED,
        *THERE,
        (BACK, moved(f"https://{FRONT}/portail", TGC="granted")),
        (f"GET {FRONT}/portail", page("<main></main>")),
        (ASK, home()),
        *DOOR,
        door=SCHOOL_DOOR,
    )
    assert walk.sent[2].query == f"service=https%3A%2F%2F{FRONT}%2F%3Ftoken%3Dtoday&idpId=parents-IdP"
    assert walk.sent[-3].query == f"service={SERVICE}"
    assert "TGC=granted" in walk.sent[-3].cookies
    assert walk.signs[-2:] == ("signed in", "arrived")


def test_the_portal_in_front_sends_us_round() -> None:
    """It does not know us although we were let in: the walk ends, the password was sent once."""
    front = page(f'<a id="portalCASLoginLink" href="{URL}">Ici</a>')
    to_front = moved(f"https://{FRONT}/portail")
    walk = refused(
        PORTAL,
        (ASK, to_front),
        (f"GET {FRONT}/portail", front),
        DELEGATED,
        *THERE,
        (BACK, to_front),
        (f"GET {FRONT}/portail", front),
        (ASK, to_front),
        (f"GET {FRONT}/portail", front),
        (AT_SCHOOL, to_front),
        (f"GET {FRONT}/portail", front),
        door=SCHOOL_DOOR,
    )
    assert isinstance(walk.error, LostOnTheWay)
    assert walk.proofs == 1
    assert walk.sent[2].query == "idpId=parents-IdP"


@pytest.mark.parametrize(("chosen", "key"), [(CHOICES[0], "key-1"), (f" {CHOICES[1]}\n", "key-2")])
def test_several_profiles(chosen: str, key: str) -> None:
    """The person says which, by its label; that form goes as it stands."""
    tiles = (BACK, page(TILES))
    walk = entered(
        PORTAL, DELEGATED, *THERE, tiles, (BACK, home()), *DOOR, door=SCHOOL_DOOR, replies=(chosen,)
    )
    (question,) = walk.asked
    assert (question.kind, question.choices) == ("account", CHOICES)
    assert walk.posts[-1].fields == {"execution": "e2s1-invented", "_eventId": "select", "key": key}
    assert walk.posts[-1].query == f"service={SERVICE}"
    assert walk.signs[-2:] == ("choice of accounts", "arrived")


def test_profiles_of_the_same_name() -> None:
    """Each can be chosen all the same."""
    twins = write(CAS_TILES, service=SERVICE, first="Exemple", second="Exemple")
    walk = entered(
        PORTAL,
        DELEGATED,
        *THERE,
        (BACK, page(twins)),
        (BACK, home()),
        *DOOR,
        door=SCHOOL_DOOR,
        replies=("Exemple (2)",),
    )
    assert walk.asked[0].choices == ("Exemple (1)", "Exemple (2)")
    assert walk.posts[-1].fields["key"] == "key-2"


def test_profiles_without_a_name() -> None:
    """They are counted."""
    nameless = (BACK, page(write(CAS_TILES, service=SERVICE, first="", second="")))
    walk = entered(
        PORTAL, DELEGATED, *THERE, nameless, (BACK, home()), *DOOR, door=SCHOOL_DOOR, replies=("2",)
    )
    assert walk.asked[0].choices == ("1", "2")
    assert walk.posts[-1].fields["key"] == "key-2"


def test_a_single_profile_is_no_question() -> None:
    """It is chosen."""
    single = TILES[: TILES.rindex("<div><form")] + "</div>"
    walk = entered(PORTAL, DELEGATED, *THERE, (BACK, page(single)), (BACK, home()), *DOOR, door=SCHOOL_DOOR)
    assert not walk.asked
    assert walk.posts[-1].fields["key"] == "key-1"


def test_profiles_that_nobody_can_choose() -> None:
    """Their page without the forms that it should have: lost, and nothing is sent."""
    tiles = '<div id="cas-profile-tiles"><form><input name="q"></form></div>'
    walk = refused(PORTAL, DELEGATED, *THERE, (BACK, page(tiles)), door=SCHOOL_DOOR, replies=("any",))
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.asked


@pytest.mark.parametrize("replies", [(), ("nobody",)])
def test_no_profile_chosen(replies: tuple[str, ...]) -> None:
    """Nobody answers, or with something else: nothing is chosen for them."""
    walk = refused(PORTAL, DELEGATED, *THERE, (BACK, page(TILES)), door=SCHOOL_DOOR, replies=replies)
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.error.kind == "account"


@pytest.mark.parametrize("markup", [CAS_STOP, '<div id="loginErrorsPanel"><p>Refus</p></div>' + CAS_FORM])
def test_an_account_that_the_portal_does_not_know(markup: str) -> None:
    """Its banner after EduConnect; the form for other accounts is not filled in."""
    walk = refused(PORTAL, DELEGATED, *THERE, (BACK, page(markup, 401)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)
    assert "does not know this EduConnect account" in str(walk.error)
    assert walk.proofs == 1


def test_a_banner_before_anybody_said_who_they_are() -> None:
    """It cannot be about the account."""
    walk = refused(PORTAL, (ASK, page(CAS_STOP)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)


def test_a_school_of_another_portal() -> None:
    """The banner of CAS itself, before and after EduConnect."""
    markup = '<div class="banner-danger"><h2>Application non autorisée à utiliser CAS</h2></div>'
    before = refused(PORTAL, (ASK, page(markup, 403)), door=SCHOOL_DOOR)
    after = refused(PORTAL, DELEGATED, *THERE, (BACK, page(markup, 403)), door=SCHOOL_DOOR)
    for walk in (before, after):
        assert isinstance(walk.error, Unavailable)
        assert walk.error.reason is Availability.OFF_AT_SCHOOL
        assert "pronote.find_cas" in str(walk.error)


def test_connected_without_a_service() -> None:
    """The page that says "connected", old messages beside it: back to the school."""
    done = CAS_DONE + '<div class="banner-danger" >Maintenance dimanche</div>'
    walk = entered(PORTAL, DELEGATED, *THERE, (BACK, page(done)), (ASK, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.sent[-3].query == f"service={SERVICE}"
    assert walk.signs[-2:] == ("signed in", "arrived")


def test_the_form_for_other_accounts_is_left_alone() -> None:
    """The password is EduConnect's."""
    walk = refused(PORTAL, (ASK, page(write(CAS_FORM, service=SERVICE))), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.posts


def test_a_look_ends_at_the_form() -> None:
    """That of EduConnect, by way of the chooser."""
    lost = moved(f"{URL}?service={SERVICE}")
    steps = (ASK, lost), (ASK, page("<r-wayf></r-wayf>")), DELEGATED, *THERE[:2]
    walk = looked(PORTAL, *steps, door=SCHOOL_DOOR)
    assert walk.signs == ("chooser", "log-in form")
    assert not walk.posts
