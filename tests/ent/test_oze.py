"""Through Oze: the form, the portal's interface for programs, and what that may answer."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import parse_qsl

import attrs
import pytest

from schoolsync.ent.families import Oze
from schoolsync.ent.portal import Visitor
from schoolsync.errors import (
    ActionRequired,
    Availability,
    InstanceClosed,
    LostOnTheWay,
    RateLimited,
    Unavailable,
    WrongCredentials,
)
from schoolsync.flow.http import Response
from tests.ent import walking
from tests.ent.pages_b import HOME, KEYCLOAK
from tests.ent.walking import (
    AT_SCHOOL,
    DOOR,
    PASSWORD,
    SCHOOL,
    SERVICE,
    START,
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

HOST: Final = "enc.example.test"
API: Final = f"api-{HOST}"
PORTAL: Final = portal(Oze(url=f"https://{HOST}/"))
SCHOOL_DOOR: Final = door(entrance=f"https://{HOST}/cas/login?service={SERVICE}")
FORM: Final = write(KEYCLOAK, action=f"https://{HOST}/auth/login?tab=t-invented")
SHOWN: Final[tuple[Step, ...]] = (
    (f"GET {HOST}/", moved("/connexion")),
    (f"GET {HOST}/connexion", page(FORM)),
)
TELL: Final = f"POST {HOST}/auth/login"
LET_IN: Final[Step] = (TELL, page(HOME, sid="granted"))
ME: Final = f"GET {API}/v1/users/me"
APPS: Final = f"GET {API}/v1/ozapps"
CONFIG: Final = f"GET {API}/v1/config/Pronote"
PROXY: Final = f"GET {HOST}/cas/proxySSO/9"


def told(value: Any, status: int = 200) -> Response:
    """An answer of the interface."""
    return Response(status, (("content-type", "application/json"),), body=json.dumps(value).encode())


WHO: Final = {"currentProfil": {"codeProfil": "ELEVE", "uai": "0920000A"}}
KNOWN: Final[Step] = (ME, told(WHO))
LISTED: Final[Step] = (
    APPS,
    told(["odd", {"code": "cantine"}, {"code": "pronote", "externalRoute": "/cas/proxySSO/9"}]),
)
UNLISTED: Final[Step] = (APPS, told([{"code": "cantine", "externalRoute": "/cantine"}]))


def test_a_full_trip() -> None:
    """The form where it says, the user name with its portal; who we are, our applications, PRONOTE."""
    walk = entered(PORTAL, *SHOWN, LET_IN, KNOWN, LISTED, (PROXY, home()), *DOOR)
    assert walk.proof.host == HOST
    assert walk.proof.query == "tab=t-invented"
    assert walk.proof.fields == {
        "username": f"{USERNAME}@{HOST}",
        "password": PASSWORD,
        "credentialId": "",
    }
    assert dict(parse_qsl(walk.sent[4].query)) == {"ctx_profil": "ELEVE", "ctx_etab": "0920000A"}
    assert walk.sent[5].query == ""
    assert walk.signs == ("log-in form", "signed in", "account", "applications", "arrived")


def test_a_user_name_that_names_its_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is left as it is."""
    whole = f"{USERNAME}@{HOST}"
    known = walking.visitor

    def named(*given: Any) -> Visitor:
        return attrs.evolve(known(*given), username=whole)

    monkeypatch.setattr(walking, "visitor", named)
    walk = entered(PORTAL, *SHOWN, LET_IN, KNOWN, LISTED, (PROXY, home()), *DOOR)
    assert walk.proof.fields["username"] == whole


@pytest.mark.parametrize("listed", [UNLISTED, (APPS, told([{"code": "pronote"}])), (APPS, told([]))])
def test_an_address_that_is_made(listed: Step) -> None:
    """Where the list does not tell it, the configuration has what it is made of; numbers are words too."""
    config = (CONFIG, told({"autorisationId": 9, "projet": "p&q"}))
    walk = entered(PORTAL, *SHOWN, LET_IN, KNOWN, listed, config, (PROXY, home()), *DOOR)
    assert dict(parse_qsl(walk.sent[5].query)) == {"ctx_profil": "ELEVE", "ctx_etab": "0920000A"}
    assert walk.signs[-3:] == ("applications", "settings of an application", "arrived")
    assert dict(parse_qsl(walk.sent[6].query)) == {"uai": "0920000A", "projet": "p&q", "fonction": "ELV"}


def test_the_school_in_the_end() -> None:
    """PRONOTE's address showed a page of the portal: the school's entrance, and the ticket."""
    walk = entered(
        PORTAL,
        *SHOWN,
        LET_IN,
        KNOWN,
        LISTED,
        (PROXY, page(HOME)),
        (f"GET {HOST}/cas/login", home()),
        *DOOR,
        door=SCHOOL_DOOR,
    )
    assert walk.sent[-3].query == f"service={SERVICE}"
    assert walk.sent[-3].cookies == "sid=granted"
    nowhere = refused(PORTAL, *SHOWN, LET_IN, KNOWN, LISTED, (PROXY, page(HOME)), (AT_SCHOOL, page("")))
    assert isinstance(nowhere.error, LostOnTheWay)


def test_another_page_of_the_school() -> None:
    """The portal sends everybody to the pupils' page: ours is entered afterwards, by the school's own way."""
    parents = SERVICE.replace("eleve", "parent")
    ours = f"https://{SCHOOL}/pronote/parent.html"
    wanted = attrs.evolve(SCHOOL_DOOR, url=ours, entrance=SCHOOL_DOOR.entrance.replace(SERVICE, parents))
    walk = entered(
        PORTAL,
        *SHOWN,
        LET_IN,
        KNOWN,
        LISTED,
        (PROXY, home()),
        (AT_SCHOOL, page("<title>PRONOTE</title>")),
        (f"GET {HOST}/cas/login", moved(f"{ours}?ticket=ST-2-invented")),
        (AT_SCHOOL.replace("eleve", "parent"), page(START)),
        door=wanted,
    )
    assert walk.signs[-2:] == ("another page of the school", "arrived")
    assert walk.sent[-2].query == f"service={parents}"


@pytest.mark.parametrize("markup", ['<body class="auth_form"><div id="app"></div></body>', FORM])
def test_a_wrong_password(markup: str) -> None:
    """`auth_form` on the page, or the form again; the interface is not asked."""
    walk = refused(PORTAL, *SHOWN, (TELL, page(markup)))
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_the_sign_of_a_wrong_password_at_another_time() -> None:
    """It says nothing of a password that was not sent, or that has let us in."""
    sign = page('<body class="auth_form"></body>')
    before = refused(PORTAL, (f"GET {HOST}/", sign))
    again = (f"GET {HOST}/cas/login", sign)
    steps = *SHOWN, LET_IN, KNOWN, LISTED, (PROXY, page(HOME))
    after = refused(PORTAL, *steps, again, door=SCHOOL_DOOR)
    assert isinstance(before.error, LostOnTheWay)
    assert isinstance(after.error, LostOnTheWay)


def test_something_to_do_first() -> None:
    """The page after the password says so."""
    walk = refused(PORTAL, *SHOWN, (TELL, page("<p>Vous devez changer votre mot de passe.</p>")))
    assert isinstance(walk.error, ActionRequired)


def test_no_pronote_for_this_account() -> None:
    """Neither in the list nor in the configuration."""
    walk = refused(PORTAL, *SHOWN, LET_IN, KNOWN, UNLISTED, (CONFIG, told({}, 404)))
    assert isinstance(walk.error, Unavailable)
    assert walk.error.reason is Availability.OFF_AT_SCHOOL
    assert "pronote.find_cas" in str(walk.error)


SECRET: Final = "a-value-of-somebody"
STRANGE: Final[dict[str, tuple[Step, ...]]] = {
    "who, no JSON": ((ME, page(SECRET)),),
    "who, a list": ((ME, told([SECRET])),),
    "who, without a profile": ((ME, told({"nom": SECRET})),),
    "who, an odd profile": ((ME, told({"currentProfil": SECRET})),),
    "who, an odd kind": ((ME, told({"currentProfil": {"codeProfil": [SECRET], "uai": "0920000A"}})),),
    "who, no school": ((ME, told({"currentProfil": {"codeProfil": SECRET, "uai": ""}})),),
    "who, not allowed": ((ME, told(WHO, 401)),),
    "who, elsewhere": ((ME, moved(f"https://{HOST}/connexion")), (f"GET {HOST}/connexion", page(FORM))),
    "applications, no list": (KNOWN, (APPS, told({"code": SECRET}))),
    "applications, not there": (KNOWN, (APPS, told([], 404))),
    "an odd address": (KNOWN, (APPS, told([{"code": "pronote", "externalRoute": {"a": SECRET}}]))),
    "an odd configuration": (KNOWN, UNLISTED, (CONFIG, told({"autorisationId": True, "projet": SECRET}))),
    "half a configuration": (KNOWN, UNLISTED, (CONFIG, told({"autorisationId": SECRET}))),
}


@pytest.mark.parametrize("name", STRANGE)
def test_an_answer_of_another_shape(name: str) -> None:
    """Lost, and nothing of the answer is told."""
    walk = refused(PORTAL, *SHOWN, LET_IN, *STRANGE[name])
    assert isinstance(walk.error, LostOnTheWay)
    assert "another shape" in str(walk.error)
    assert SECRET not in repr(walk.error)
    assert walk.error.__cause__ is None
    assert walk.proofs == 1


def test_an_address_that_leads_away() -> None:
    """The list of applications does not widen the list of hosts."""
    away = (APPS, told([{"code": "pronote", "externalRoute": "https://evil.example.test/9"}]))
    walk = refused(PORTAL, *SHOWN, LET_IN, KNOWN, away)
    assert isinstance(walk.error, LostOnTheWay)
    assert "not a place of this portal" in str(walk.error)


def test_an_interface_out_of_order() -> None:
    """HTTP 5xx, or 429."""
    walk = refused(PORTAL, *SHOWN, LET_IN, (ME, told({}, 502)))
    assert isinstance(walk.error, InstanceClosed)
    assert walk.error.status == 502
    walk = refused(PORTAL, *SHOWN, LET_IN, KNOWN, (APPS, told({}, 429)))
    assert isinstance(walk.error, RateLimited)


def test_a_front_page_without_a_form() -> None:
    """Nobody is signed in there before the password was sent; the interface is not asked."""
    walk = refused(PORTAL, (f"GET {HOST}/", page(HOME)))
    assert isinstance(walk.error, LostOnTheWay)


def test_the_interface_is_not_told_the_password() -> None:
    """It is no place for it, whatever a form says."""
    elsewhere = write(KEYCLOAK, action=f"https://{API}/login")
    walk = refused(PORTAL, (f"GET {HOST}/", page(elsewhere)))
    assert isinstance(walk.error, LostOnTheWay)
    assert not walk.proofs


def test_a_look_ends_at_the_form() -> None:
    """Nothing is filled in."""
    walk = looked(PORTAL, *SHOWN)
    assert walk.signs == ("log-in form",)
    assert not walk.posts
