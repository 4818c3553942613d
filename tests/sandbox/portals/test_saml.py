"""Questions to EduConnect and its answers: carried by forms and addresses, and read again."""

from __future__ import annotations

import base64
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest

from schoolsync.sandbox.portals.saml import Requester, answer_page, requester
from tests.sandbox.portals.browser import Reader

PORTAL = Requester("https://cas.example.test/a?b=1&c=2", "https://cas.example.test/saml/acs?x=1&y=2")


def test_a_question_in_a_form() -> None:
    """A page whose only form carries question and relay, every named control of it, to an absolute action."""
    (sheet,) = Reader(PORTAL.form("relay & more").text).sheets
    assert sheet.marks == {
        "action": "https://educonnect.education.gouv.fr/idp/profile/SAML2/POST/SSO",
        "method": "post",
    }
    assert sheet.fields["RelayState"] == "relay & more"
    assert sheet.fields.keys() == {"RelayState", "SAMLRequest"}
    assert requester(sheet.fields["SAMLRequest"], is_squeezed=False) == PORTAL


def test_a_question_in_an_address() -> None:
    """Deflated, as that binding wants it."""
    parts = urlsplit(PORTAL.address("relay & more"))
    assert (parts.netloc, parts.path) == (
        "educonnect.education.gouv.fr",
        "/idp/profile/SAML2/Redirect/SSO",
    )
    asked = parse_qs(parts.query)
    assert asked["RelayState"] == ["relay & more"]
    assert requester(asked["SAMLRequest"][0], is_squeezed=True) == PORTAL
    assert requester(asked["SAMLRequest"][0], is_squeezed=False) is None


BOMB = base64.b64encode(zlib.compress(b" " * 1_000_000 + PORTAL.question.encode())[2:-4]).decode()


@pytest.mark.parametrize(
    "said", ["", "no base64!", "AAAA", base64.b64encode(b"<saml:Issuer>").decode(), BOMB]
)
@pytest.mark.parametrize("is_squeezed", [True, False])
def test_what_is_no_question(said: str, is_squeezed: bool) -> None:
    """Is not read as one, however large it would become."""
    assert requester(said, is_squeezed=is_squeezed) is None


def test_an_answer_is_a_form() -> None:
    """With the relay, which clients insist on."""
    (sheet,) = Reader(answer_page("QUJD+/=", relay="r", acs=PORTAL.acs).text).sheets
    assert sheet.marks == {"action": PORTAL.acs, "method": "post"}
    assert sheet.fields == {"RelayState": "r", "SAMLResponse": "QUJD+/="}
