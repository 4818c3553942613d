"""Through a plain CAS server: the form, the ways to be refused, and the way back without a service."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import ApereoCasForm
from schoolsync.errors import ActionRequired, LostOnTheWay, WrongCredentials
from tests.ent.pages_b import CAS_DONE, CAS_FORM, CAS_FORM_BAD, HOME
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
    page,
    portal,
    refused,
    write,
)

HOST: Final = "www.atrium.example.test"
URL: Final = f"https://{HOST}/connexion/login"
PORTAL: Final = portal(ApereoCasForm(login_url=URL))
SCHOOL_DOOR: Final = door(entrance=f"{URL}?service={SERVICE}")
FORM: Final = write(CAS_FORM, service=SERVICE)
BAD: Final = write(CAS_FORM_BAD, service=SERVICE)
ASK: Final = f"GET {HOST}/connexion/login"
TELL: Final = f"POST {HOST}/connexion/login"
SHOWN: Final[Step] = (ASK, page(FORM, JSESSIONID="session-invented"))


def test_a_full_trip() -> None:
    """The form as it was, filled in, with its button; the service byte for byte, at both."""
    walk = entered(PORTAL, SHOWN, (TELL, home(TGC="granted")), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs == ("log-in form", "arrived")
    assert [one.query for one in walk.sent[:2]] == [f"service={SERVICE}"] * 2
    assert walk.proof.host == HOST
    assert walk.proof.fields == {
        "username": USERNAME,
        "password": PASSWORD,
        "lt": "LT-invented",
        "execution": "e1s1-invented",
        "_eventId": "submit",
        "geolocation": "",
        "submit": "Entrer",
    }
    assert walk.proof.cookies == "JSESSIONID=session-invented"
    assert "TGC" not in walk.sent[-1].cookies


def test_nothing_hidden_is_required() -> None:
    """`lt` has been gone since 2021; what is not there is not sent."""
    form = (
        '<form id="fm1" method="post"><input name="username"><input type="password" name="password"></form>'
    )
    walk = entered(PORTAL, (ASK, page(form)), (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.proof.fields == {"username": USERNAME, "password": PASSWORD}
    assert walk.proof.query == f"service={SERVICE}"


def test_its_form_may_be_called_otherwise() -> None:
    """The row says how; the form called `fm1` is then left alone."""
    other = portal(ApereoCasForm(login_url=URL, form="connexion"))
    forms = FORM + FORM.replace('id="fm1"', 'id="connexion"').replace("e1s1-invented", "e9s9-invented")
    walk = entered(other, (ASK, page(forms)), (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.proof.fields["execution"] == "e9s9-invented"


@pytest.mark.parametrize(("markup", "status"), [(BAD, 401), (BAD, 200), (FORM, 200)])
def test_a_wrong_password(markup: str, status: int) -> None:
    """The form again, whatever the status; not filled in again. Help about locked accounts is no sign."""
    walk = refused(PORTAL, SHOWN, (TELL, page(markup, status)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_a_locked_account() -> None:
    """The panel of the form says so."""
    locked = BAD.replace("Identifiants invalides", "Ce compte est verrouillé")
    walk = refused(PORTAL, SHOWN, (TELL, page(locked, 401)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)
    assert "locked" in str(walk.error)
    assert walk.proofs == 1


def test_connected_without_a_service() -> None:
    """The page that says "connected": the school's entrance is asked again, with the portal's cookie."""
    walk = entered(
        PORTAL, SHOWN, (TELL, page(CAS_DONE, TGC="granted")), (ASK, home()), *DOOR, door=SCHOOL_DOOR
    )
    assert walk.signs == ("log-in form", "signed in", "arrived")
    assert walk.sent[2].query == f"service={SERVICE}"
    assert "TGC=granted" in walk.sent[2].cookies
    assert walk.proofs == 1


def test_connected_and_no_way_back() -> None:
    """Entrance and door were tried; then the walk is lost, and the password is not to blame."""
    walk = refused(
        PORTAL,
        SHOWN,
        (TELL, page(CAS_DONE)),
        (ASK, page(HOME)),
        (AT_SCHOOL, page(NOT_IN)),
        door=SCHOOL_DOOR,
    )
    assert isinstance(walk.error, LostOnTheWay)
    assert "does not lead back to the school" in str(walk.error)


def test_the_form_after_we_were_let_in() -> None:
    """The server forgot us: no fault of the password, and it is not sent again."""
    walk = refused(PORTAL, SHOWN, (TELL, page(CAS_DONE)), (ASK, page(FORM)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert walk.proofs == 1


def test_another_form_with_a_password_is_left_alone() -> None:
    """Only the form that the row names is filled in."""
    walk = refused(PORTAL, (ASK, page(FORM.replace("fm1", "other"))), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "other (username, password" in str(walk.error)
    assert not walk.proofs


def test_a_look_ends_at_the_form() -> None:
    """Nothing is filled in."""
    walk = looked(PORTAL, SHOWN, door=SCHOOL_DOOR)
    assert walk.signs == ("log-in form",)
    assert walk.sight
    assert walk.sight.trouble is None
    assert not walk.posts
