"""Through MonLycée.net: Keycloak's form, its code by e-mail, and pages that were open for too long."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.families import KeycloakMonLycee
from schoolsync.errors import ActionRequired, ChallengeUnanswered, LostOnTheWay, WrongCredentials
from tests.ent.pages_b import CODE_FORM, HOME, KEYCLOAK, KEYCLOAK_BAD, KEYCLOAK_EXPIRED
from tests.ent.walking import (
    AT_SCHOOL,
    DOOR,
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

AUTH: Final = "auth.monlycee.net"
FRONT: Final = "psn.monlycee.net"
CAS: Final = f"https://{AUTH}/cas/login/keycloak-idf"
PORTAL: Final = portal(KeycloakMonLycee())
SCHOOL_DOOR: Final = door(entrance=f"{CAS}?service={SERVICE}")
REALM: Final = "/realms/IDF/protocol/openid-connect/auth"
PATH: Final = "/realms/IDF/login-actions/authenticate"
ACTION: Final = f"https://{AUTH}{PATH}?session_code=s-invented&execution=x-invented&tab_id=t-invented"
FORM: Final = write(KEYCLOAK, action=ACTION)
BAD: Final = write(KEYCLOAK_BAD, action=ACTION)
CODE: Final = write(CODE_FORM, action=ACTION, field="emailCode")
TELL: Final = f"POST {AUTH}{PATH}"
ASK: Final = f"GET {AUTH}/cas/login/keycloak-idf"
TO_FORM: Final[Step] = (ASK, moved(f"{REALM}?client_id=proxy-cas"))
SHOWN: Final[tuple[Step, ...]] = (TO_FORM, (f"GET {AUTH}{REALM}", page(FORM, AUTH_SESSION_ID="session")))


def test_a_full_trip() -> None:
    """From the school's redirect: the form as it was, filled in, to the address that it names."""
    walk = entered(
        PORTAL,
        *SHOWN,
        (TELL, moved(f"{CAS}?code=c-invented", KEYCLOAK_IDENTITY="granted")),
        (ASK, home()),
        *DOOR,
        door=SCHOOL_DOOR,
    )
    assert walk.sent[0].query == f"service={SERVICE}"
    assert walk.proof.host == AUTH
    assert walk.proof.query == "session_code=s-invented&execution=x-invented&tab_id=t-invented"
    assert walk.proof.fields == {"username": USERNAME, "password": PASSWORD, "credentialId": ""}
    assert walk.proof.cookies == "AUTH_SESSION_ID=session"
    assert walk.signs == ("log-in form", "arrived")


def test_from_the_front_page() -> None:
    """Where the school did not say: the portal first, then the school; cookies stay with their host."""
    walk = entered(
        PORTAL,
        (f"GET {FRONT}/", moved(f"https://{AUTH}{REALM}?client_id=psn-web-een", front="front-session")),
        SHOWN[1],
        (TELL, moved(f"https://{FRONT}/oauth2/callback?code=c-invented", KEYCLOAK_IDENTITY="granted")),
        (f"GET {FRONT}/oauth2/callback", moved("/", oauth2="granted")),
        (f"GET {FRONT}/", page(HOME)),
        (AT_SCHOOL, moved(f"{CAS}?service={SERVICE}")),
        (ASK, home()),
        *DOOR,
    )
    assert walk.signs == ("log-in form", "signed in", "arrived")
    assert [one.cookies for one in walk.sent if one.host == FRONT] == [
        "",
        "front=front-session",
        "front=front-session; oauth2=granted",
    ]
    assert walk.sent[-3].cookies == "AUTH_SESSION_ID=session; KEYCLOAK_IDENTITY=granted"


@pytest.mark.parametrize("markup", [BAD, FORM])
def test_a_wrong_password(markup: str) -> None:
    """`aria-invalid`, or just the form again."""
    walk = refused(PORTAL, *SHOWN, (TELL, page(markup)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_a_locked_account() -> None:
    """Keycloak says so beside the field, or on a page without the form."""
    for markup in (
        BAD + '<span id="input-error">Votre compte est désactivé, demandez de l\'aide.</span>',
        '<p id="kc-error-message">Account is disabled.</p>',
    ):
        walk = refused(PORTAL, *SHOWN, (TELL, page(markup)), door=SCHOOL_DOOR)
        assert isinstance(walk.error, ActionRequired)
        assert "locked" in str(walk.error)


@pytest.mark.parametrize("field", ["emailCode", "otp"])
def test_a_code(field: str) -> None:
    """The person is asked, and the code alone is sent: no password goes with it."""
    form = page(write(CODE_FORM, action=ACTION, field=field))
    walk = entered(
        PORTAL, *SHOWN, (TELL, form), (TELL, home()), *DOOR, door=SCHOOL_DOOR, replies=(" 246810 ",)
    )
    (question,) = walk.asked
    assert question.kind == "second_factor"
    assert not question.choices
    assert ("e-mail" in question.text) is (field == "emailCode")
    assert walk.posts[1].fields == {field: "246810"}
    assert walk.proofs == 1
    assert walk.signs == ("log-in form", "code", "arrived")


def test_a_code_that_nobody_tells() -> None:
    """The walk ends there."""
    walk = refused(PORTAL, *SHOWN, (TELL, page(CODE)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.error.kind == "second_factor"


def test_a_wrong_code() -> None:
    """It is asked for once; the password is not to blame."""
    walk = refused(
        PORTAL, *SHOWN, (TELL, page(CODE)), (TELL, page(CODE)), door=SCHOOL_DOOR, replies=("1", "2")
    )
    assert isinstance(walk.error, ChallengeUnanswered)
    assert walk.error.kind == "second_factor"
    assert "not accepted" in str(walk.error)
    assert len(walk.asked) == 1


def test_a_code_in_a_field_that_nobody_knows() -> None:
    """Nothing is guessed, and nobody is asked in vain."""
    form = page(write(CODE_FORM, action=ACTION, field="autre"))
    walk = refused(PORTAL, *SHOWN, (TELL, form), door=SCHOOL_DOOR, replies=("1",))
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.asked


def test_a_page_that_was_open_for_too_long() -> None:
    """Before the password was sent, the walk begins anew: once."""
    expired = (f"GET {AUTH}{REALM}", page(KEYCLOAK_EXPIRED, 400))
    walk = entered(PORTAL, TO_FORM, expired, *SHOWN, (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs == ("page expired", "log-in form", "arrived")
    assert [one.query for one in walk.sent if str(one) == ASK] == [f"service={SERVICE}"] * 2
    again = refused(PORTAL, TO_FORM, expired, TO_FORM, expired, door=SCHOOL_DOOR)
    assert isinstance(again.error, LostOnTheWay)
    assert not again.proofs


def test_it_begins_anew_at_the_front_page() -> None:
    """Where the school did not say where."""
    to_form = (f"GET {FRONT}/", moved(f"https://{AUTH}{REALM}"))
    expired = (f"GET {AUTH}{REALM}", page(KEYCLOAK_EXPIRED, 400))
    walk = looked(PORTAL, to_form, expired, to_form, SHOWN[1])
    assert walk.signs == ("page expired", "log-in form")


def test_a_form_that_says_it_begins_anew() -> None:
    """The form is there: before the password was sent, it is filled in."""
    fresh = page("<p>La tentative de connexion a expiré. Recommencez.</p>" + FORM)
    walk = entered(PORTAL, TO_FORM, (f"GET {AUTH}{REALM}", fresh), (TELL, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.proofs == 1


@pytest.mark.parametrize(
    "markup",
    [
        KEYCLOAK_EXPIRED,
        "<p>Your login attempt timed out. It will start anew.</p>" + FORM,
        "<p>La tentative de connexion a expiré.</p>" + FORM,
        "<p>Votre session a expiré.</p>",
        "<h1>Page has expired</h1>",
        "<p>Your session has expired.</p>",
    ],
)
def test_too_long_after_the_password_was_sent(markup: str) -> None:
    """It is not sent again, and not called wrong."""
    walk = refused(PORTAL, *SHOWN, (TELL, page(markup)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "expired" in str(walk.error)
    assert walk.proofs == 1


@pytest.mark.parametrize(
    ("markup", "where"),
    [
        (
            '<form id="kc-passwd-update-form"><input type="password" name="password-new"></form>',
            "new password",
        ),
        ('<div id="kc-terms-text">…</div><form><input name="accept" type="submit"></form>', "terms"),
        ('<form id="kc-update-profile-form"><input name="email"></form>', "completed"),
    ],
)
def test_something_to_do_first(markup: str, where: str) -> None:
    """Keycloak's own pages for it."""
    walk = refused(PORTAL, *SHOWN, (TELL, page(markup)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, ActionRequired)
    assert where in walk.error.where


def test_the_password_is_for_keycloak_alone() -> None:
    """The portal's front is not told, whatever a form says."""
    elsewhere = write(KEYCLOAK, action=f"https://{FRONT}/login")
    walk = refused(PORTAL, TO_FORM, (f"GET {AUTH}{REALM}", page(elsewhere)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.proofs


def test_a_front_page_that_leads_nowhere() -> None:
    """Nobody is signed in there before the password was sent."""
    walk = refused(PORTAL, (f"GET {FRONT}/", page(HOME)))
    assert isinstance(walk.error, LostOnTheWay)


def test_a_look_ends_at_the_form() -> None:
    """Nothing is filled in."""
    walk = looked(PORTAL, *SHOWN, door=SCHOOL_DOOR)
    assert walk.signs == ("log-in form",)
    assert not walk.posts
