"""Through Toutatice: the chooser, the exchange of sessions in XML, and XML that is not read."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

import pytest

from schoolsync.ent.families import Toutatice
from schoolsync.errors import ActionRequired, InstanceClosed, LostOnTheWay, WrongCredentials
from schoolsync.flow.http import Response
from tests.ent.pages_b import EDU_BAD, HOME, TOUTATICE, XML, at_educonnect, xml
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
    write,
)

HOST: Final = "www.toutatice.fr"
CAS: Final = f"https://{HOST}/casshib/shib/toutatice/login"
PORTAL: Final = portal(Toutatice())
SCHOOL_DOOR: Final = door(entrance=f"{CAS}?service={SERVICE}")
ACS: Final = f"https://{HOST}/idp/Authn/RemoteUser/Shibboleth.sso/SAML2/POST"
ASK: Final = f"GET {HOST}/casshib/shib/toutatice/login"
WAYF: Final = f"GET {HOST}/wayf/choix"
CHOOSE: Final = f"POST {HOST}/wayf/Ctrl"
REMOTE: Final = f"GET {HOST}/idp/Authn/RemoteUser"
LOADER: Final = f"GET {HOST}/chargement"
CHOOSER: Final = page(write(TOUTATICE, idp="educonnect"))
CHOSEN: Final[tuple[Step, ...]] = (
    (ASK, moved("/wayf/choix")),
    (WAYF, CHOOSER),
    (
        CHOOSE,
        moved(f"https://{EDU}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=asked", IDP_JSESSIONID="sess-1"),
    ),
)
LOADED: Final[tuple[Step, ...]] = (
    (f"POST {ACS.removeprefix('https://')}", moved("/idp/Authn/RemoteUser")),
    (REMOTE, moved("/chargement?conversation=e1s1&sessionid=sess-1")),
    (LOADER, page("<p>Chargement</p>")),
)
THERE: Final = (*CHOSEN, *at_educonnect(ACS), *LOADED)


def test_a_full_trip() -> None:
    """Chooser, EduConnect, both exchanges with what the answers said, and the ticket."""
    walk = entered(
        PORTAL, *THERE, (REMOTE, xml(XML)), (REMOTE, moved(CAS)), (ASK, home()), *DOOR, door=SCHOOL_DOOR
    )
    assert walk.sent[0].query == f"service={SERVICE}"
    assert [one.host for one in walk.posts] == [HOST, EDU, HOST]
    assert walk.posts[0].fields == {
        "entityID": "https://www.toutatice.fr/sp-invented",
        "return": "https://www.toutatice.fr/retour-invented",
        "_saml_idp": "educonnect",
    }
    assert walk.proof.host == EDU
    first, second = (dict(parse_qsl(one.query)) for one in walk.sent if one.query and str(one) == REMOTE)
    assert first == {"conversation": "e1s1", "redirectToLoaderRemoteUser": "0", "sessionid": "sess-1"}
    assert second == {"conversation": "e1s2", "uidInSession": "uid-invented", "sessionid": "sess-1"}
    assert walk.signs[0] == "chooser"
    assert walk.signs[-3:] == ("loader", "exchange", "arrived")


def test_from_the_portals_own_page() -> None:
    """Where the school did not say: the portal's page, and the school in the end."""
    walk = entered(
        PORTAL,
        (f"GET {HOST}/portail/auth/MonEspace", moved("/wayf/choix")),
        *CHOSEN[1:],
        *at_educonnect(ACS),
        *LOADED,
        (REMOTE, xml(XML)),
        (REMOTE, moved("/portail/auth/MonEspace")),
        (f"GET {HOST}/portail/auth/MonEspace", page(HOME)),
        (AT_SCHOOL, moved(CAS)),
        (ASK, home()),
        *DOOR,
    )
    assert walk.signs[-2:] == ("signed in", "arrived")


def test_the_chooser_has_a_form_for_each_source() -> None:
    """Ours is taken, whichever comes first; where none is ours, the first is told what we are."""
    both = write(TOUTATICE, idp="agri").replace("sp-invented", "sp-other") + write(
        TOUTATICE, idp="educonnect"
    )
    for markup, entity in ((both, "sp-invented"), (write(TOUTATICE, idp="agri"), "sp-invented")):
        steps = CHOSEN[0], (WAYF, page(markup)), CHOSEN[2], *at_educonnect(ACS)[:2]
        walk = looked(PORTAL, *steps, door=SCHOOL_DOOR)
        assert walk.posts[0].fields["entityID"].endswith(entity)
        assert walk.posts[0].fields["_saml_idp"] == "educonnect"


def test_the_chooser_again() -> None:
    """No way on, before or after EduConnect."""
    again = refused(PORTAL, *CHOSEN[:2], (CHOOSE, CHOOSER), door=SCHOOL_DOOR)
    after = refused(PORTAL, *THERE[:-2], (REMOTE, CHOOSER), door=SCHOOL_DOOR)
    assert isinstance(again.error, LostOnTheWay)
    assert isinstance(after.error, LostOnTheWay)
    assert len(again.posts) == 1


def test_a_wrong_password() -> None:
    """EduConnect's word."""
    walk = refused(PORTAL, *CHOSEN, *at_educonnect(ACS, page(EDU_BAD)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, WrongCredentials)
    assert walk.proofs == 1


def test_the_chooser_for_the_first_time_after_educonnect() -> None:
    """EduConnect is not asked again for somebody who said who they are."""
    straight = (ASK, moved(f"https://{EDU}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=asked"))
    walk = refused(PORTAL, straight, *at_educonnect(ACS), *LOADED[:1], (REMOTE, CHOOSER), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "where the account is from" in str(walk.error)


@pytest.mark.parametrize("query", ["conversation=e1s1", "sessionid=sess-1", ""])
def test_a_page_that_is_no_loader(query: str) -> None:
    """Half of what an exchange needs is nothing: the page is one of somebody who is signed in."""
    steps = *CHOSEN, *at_educonnect(ACS), LOADED[0], (REMOTE, moved(f"/chargement?{query}")), LOADED[2]
    walk = entered(PORTAL, *steps, (ASK, home()), *DOOR, door=SCHOOL_DOOR)
    assert walk.signs[-2:] == ("signed in", "arrived")


@pytest.mark.parametrize(
    "tag", ["<erreurFonctionnelle>compte inconnu</erreurFonctionnelle>", "<erreurFonctionnelle/>"]
)
def test_an_account_that_the_portal_does_not_know(tag: str) -> None:
    """`erreurFonctionnelle`, in either exchange."""
    wrong = xml(f'<?xml version="1.0"?><reponse>{tag}</reponse>')
    for steps in ([(REMOTE, wrong)], [(REMOTE, xml(XML)), (REMOTE, wrong)]):
        walk = refused(PORTAL, *THERE, *steps, door=SCHOOL_DOOR)
        assert isinstance(walk.error, ActionRequired)
        assert "does not know this EduConnect account" in str(walk.error)


def test_a_portal_out_of_order() -> None:
    """`erreurTechnique`."""
    body = b"<reponse><erreurTechnique>panne</erreurTechnique></reponse>"
    wrong = Response(200, (("content-type", "application/xml; charset=utf-8"),), body=body)
    walk = refused(PORTAL, *THERE, (REMOTE, wrong), door=SCHOOL_DOOR)
    assert isinstance(walk.error, InstanceClosed)
    assert "panne" not in str(walk.error)


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE reponse [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!doctype reponse SYSTEM "https://evil.example.test/x.dtd">',
        '<! ENTITY x SYSTEM "file:///etc/passwd">',
    ],
)
def test_xml_that_declares_anything_is_not_read(declared: str) -> None:
    """However good the rest of it looks."""
    bomb = XML.replace("?>", f"?>{declared}", 1)
    walk = refused(PORTAL, *THERE, (REMOTE, xml(bomb)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "declares" in str(walk.error)


@pytest.mark.parametrize(
    "answer",
    [
        xml("<reponse></reponse>"),
        xml("<reponse><conversation>e1s2</conversation></reponse>"),
        xml("<reponse><conversation/><uidInSession>u</uidInSession></reponse>"),
        xml("<reponse><conversation>two words</conversation><uidInSession>u</uidInSession></reponse>"),
        page("<main>autre</main>"),
        Response(200, (("content-type", "application/json"),), body=b'{"conversation": "e1s2"}'),
    ],
)
def test_an_exchange_of_another_shape(answer: Response) -> None:
    """Nothing is guessed."""
    walk = refused(PORTAL, *THERE, (REMOTE, answer), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "another shape" in str(walk.error)


def test_xml_that_nobody_asked_for() -> None:
    """Without a session in its address it is no answer to an exchange."""
    walk = refused(PORTAL, *THERE[:-2], (REMOTE, xml(XML)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)
    assert "another shape" in str(walk.error)


def test_the_exchange_has_an_end() -> None:
    """The second answer cannot ask for a third."""
    walk = refused(PORTAL, *THERE, (REMOTE, xml(XML)), (REMOTE, xml(XML)), door=SCHOOL_DOOR)
    assert isinstance(walk.error, LostOnTheWay)


def test_a_look_ends_at_the_form() -> None:
    """That of EduConnect; only the chooser was answered."""
    walk = looked(PORTAL, *CHOSEN, *at_educonnect(ACS)[:2], door=SCHOOL_DOOR)
    assert walk.signs == ("chooser", "log-in form")
    assert [one.path for one in walk.posts] == ["/wayf/Ctrl"]
