"""Through laclasse.com, with an account of its own and with one of EduConnect."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import LaclasseEduConnect, LaclasseSso
from schoolsync.errors import ActionRequired, LostOnTheWay, WrongCredentials
from schoolsync.flow.http import Response
from tests.ent.pages_b import EDU_BAD, HOME, LACLASSE, LACLASSE_BAD, at_educonnect
from tests.ent.walking import (
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

HOST: Final = "www.laclasse.com"
URL: Final = f"https://{HOST}/sso/login"
OWN: Final = portal(LaclasseSso())
EDUCONNECT: Final = portal(LaclasseEduConnect())
SCHOOL_DOOR: Final = door(entrance=f"{URL}?service={SERVICE}")
ASK: Final = f"GET {HOST}/sso/login"
TELL: Final = f"POST {HOST}/sso/login"
FORM: Final = write(LACLASSE, service=SERVICE)
SHOWN: Final[Step] = (ASK, page(FORM, sid="session-invented"))
ACS: Final = f"https://{HOST}/sso/saml/acs"
ENTRANCE: Final = f"GET {HOST}/sso/educonnect"
TO_EDUCONNECT: Final = moved(f"https://{EDU}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=asked")
AT_ACS: Final = f"POST {HOST}/sso/saml/acs"

# -- accounts of its own --------------------------------------------------------------------


def test_a_full_trip() -> None:
    """The form with its `state` and `service`, filled in; then straight to the school."""
    walk = entered(OWN, SHOWN, (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.sent[0].query == f"service={SERVICE}"
    assert walk.proof.host == HOST
    assert walk.proof.fields == {
        "service": SERVICE,
        "state": "state-invented",
        "username": USERNAME,
        "password": PASSWORD,
    }
    assert walk.proof.cookies == "sid=session-invented"
    assert walk.signs == ("log-in form", "arrived")


def test_landing_on_a_page_of_its_own() -> None:
    """A page without any form: the school's entrance once more."""
    walk = entered(OWN, SHOWN, (TELL, page(HOME)), (ASK, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs == ("log-in form", "signed in", "arrived")


@pytest.mark.parametrize("template", [LACLASSE_BAD, LACLASSE])
def test_a_wrong_password(template: str) -> None:
    """A form again."""
    walk = refused(OWN, SHOWN, (TELL, page(write(template, service=SERVICE))), door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_a_locked_account() -> None:
    """The form says so."""
    locked = write(LACLASSE_BAD, service=SERVICE).replace("Identifiants incorrects", "Trop de tentatives")
    walk = refused(OWN, SHOWN, (TELL, page(locked)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)


def test_a_look_ends_at_the_form() -> None:
    """Nothing is filled in."""
    walk = looked(OWN, SHOWN, door=SCHOOL_DOOR)
    assert walk.signs == ("log-in form",)
    assert not walk.posts


# -- accounts of EduConnect -------------------------------------------------------------------


def test_a_full_trip_over_educonnect() -> None:
    """There and back; the portal's page, its log-in page once more, and the ticket."""
    walk = entered(
        EDUCONNECT,
        (ENTRANCE, TO_EDUCONNECT),
        *at_educonnect(ACS),
        (AT_ACS, page(HOME, sid="granted")),
        (ASK, home()),
        *DOOR,
        door=SCHOOL_DOOR,
    )
    assert walk.sent[0].query == f"service={SERVICE}"
    assert walk.proof.host == EDU
    assert [one.host for one in walk.posts] == [EDU, HOST]
    assert walk.sent[-3].query == f"service={SERVICE}"
    assert walk.sent[-3].cookies == "sid=granted"


def test_the_service_survives_the_way() -> None:
    """Then the portal leads to the school by itself."""
    walk = entered(
        EDUCONNECT, (ENTRANCE, TO_EDUCONNECT), *at_educonnect(ACS), (AT_ACS, home()), *DOOR, door=SCHOOL_DOOR
    )
    assert walk.signs[-1] == "arrived"


def test_a_wrong_password_at_educonnect() -> None:
    """EduConnect's word; the portal's own form does not hear of it."""
    walk = refused(
        EDUCONNECT, (ENTRANCE, TO_EDUCONNECT), *at_educonnect(ACS, page(EDU_BAD)), door=SCHOOL_DOOR
    )
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1
    assert [one.host for one in walk.posts] == [EDU]


def test_the_form_for_own_accounts_has_a_link() -> None:
    """It is followed, once; the form is never filled in."""
    steps: tuple[Step, ...] = (
        (ENTRANCE, moved(f"{URL}?service={SERVICE}")),
        SHOWN,
        (ENTRANCE, TO_EDUCONNECT),
    )
    walk = looked(EDUCONNECT, *steps, *at_educonnect(ACS)[:2], door=SCHOOL_DOOR)
    assert walk.signs == ("chooser", "log-in form")
    assert walk.sent[2].query == f"service={SERVICE}"
    again = refused(EDUCONNECT, *steps[:2], *steps[:2], door=SCHOOL_DOOR)
    assert isinstance(again.error, LostOnTheWay)
    assert not again.posts


def test_the_form_for_own_accounts_without_a_link() -> None:
    """No way on: EduConnect's password is not for it."""
    form = FORM.replace("/sso/educonnect", "/sso/autre")
    walk = refused(EDUCONNECT, (ENTRANCE, page(form)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.posts


@pytest.mark.parametrize(
    "answer", [page(FORM), page("<p>Ce compte EduConnect n'est rattaché à aucun compte d'ici</p>", 403)]
)
def test_an_account_that_the_portal_does_not_know(answer: Response) -> None:
    """Its form after EduConnect, which is not filled in; or a page that says so."""
    walk = refused(
        EDUCONNECT, (ENTRANCE, TO_EDUCONNECT), *at_educonnect(ACS), (AT_ACS, answer), door=SCHOOL_DOOR
    )
    assert isinstance(walk.error, ActionRequired)
    assert "does not know this EduConnect account" in str(walk.error)
    assert [one.host for one in walk.posts] == [EDU, HOST]


def test_the_portal_forgot_us() -> None:
    """The form when the school's entrance is asked again: neither password nor account is to blame."""
    walk = refused(
        EDUCONNECT,
        (ENTRANCE, TO_EDUCONNECT),
        *at_educonnect(ACS),
        (AT_ACS, page(HOME)),
        (ASK, page(FORM)),
        door=SCHOOL_DOOR,
    )
    assert isinstance(walk.error, LostOnTheWay)
    assert walk.proofs == 1
