"""How portals ask EduConnect who somebody is, and how its answer looks: SAML 2, as far as browsers see it.

Nothing is signed: what an answer says is known by `Common.assertions`, to the portal that it is meant for,
once. Evidence: general knowledge of SAML; the names of the fields and the two ways to ask are read.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import zlib
from abc import abstractmethod
from collections.abc import Mapping
from urllib.parse import urlencode

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.portals.fake import Ask, Fake, Jar, filled, page
from schoolsync.sandbox.portals.people import Person

__all__ = ["EDUCONNECT", "Believer", "Requester", "answer_page", "requester"]

EDUCONNECT = "educonnect.education.gouv.fr"
"""EduConnect's host."""
POST, REDIRECT = "/idp/profile/SAML2/POST/SSO", "/idp/profile/SAML2/Redirect/SSO"
CARRIER = """<html lang="fr"><head><title>Redirection</title></head><body>
<form action="{{action}}" method="post">
  <input type="hidden" name="RelayState" value="{{relay}}">
  <input type="hidden" name="{{name}}" value="{{value}}">
  <noscript><input type="submit" value="Continuer"></noscript>
</form></body></html>"""
QUESTION = """<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Version="2.0"\
 AssertionConsumerServiceURL="{{acs}}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">\
{{entity}}</saml:Issuer></samlp:AuthnRequest>"""
ASKED = re.compile(
    r'AssertionConsumerServiceURL="([^"]*)".*<saml:Issuer[^>]*>([^<]*)</saml:Issuer>', re.DOTALL
)
MOST = 100_000


@attrs.frozen
class Requester:
    """A portal that asks EduConnect: what it is called there, and where it wants the answer."""

    entity: str
    """What it is called: an address, or a URN."""
    acs: str
    """Where the answer is posted: its assertion consumer."""

    @property
    def question(self) -> str:
        """What it asks, before it is wrapped up."""
        return filled(QUESTION, acs=self.acs, entity=self.entity)

    def form(self, relay: str, *, cookies: Jar | None = None) -> Response:
        """A page that carries the question by a form, which a script would send on.

        Args:
            relay: What is to come back with the answer.
            cookies: What the page sets.
        """
        value = base64.b64encode(self.question.encode()).decode()
        action = f"https://{EDUCONNECT}{POST}"
        markup = filled(CARRIER, action=action, relay=relay, name="SAMLRequest", value=value)
        return page(markup, cookies=cookies)

    def address(self, relay: str) -> str:
        """The address that carries the question in its query.

        Args:
            relay: What is to come back with the answer.
        """
        squeeze = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        squeezed = squeeze.compress(self.question.encode()) + squeeze.flush()
        asked = {"SAMLRequest": base64.b64encode(squeezed).decode(), "RelayState": relay}
        return f"https://{EDUCONNECT}{REDIRECT}?{urlencode(asked)}"


@attrs.define(kw_only=True)
class Believer(Fake):
    """A portal that takes EduConnect's word."""

    @property
    @abstractmethod
    def requester(self) -> Requester:
        """How EduConnect knows it."""

    def providers(self) -> Mapping[str, str]:
        """It asks EduConnect."""
        return {self.requester.entity: self.requester.acs}

    def told_of(self, ask: Ask) -> Person | None:
        """Of whom the answer that *ask* brings speaks; `None`: it is for another, or was taken before."""
        return self.common.assertions.take(ask.form.get("SAMLResponse", ""), self.requester.acs)


def requester(saml_request: str, *, is_squeezed: bool) -> Requester | None:
    """Who asks with *saml_request*; `None` if it is no question.

    Args:
        saml_request: As it came.
        is_squeezed: Whether it came in an address, where it is deflated.
    """
    try:
        said = base64.b64decode(saml_request, validate=True)
        said = zlib.decompressobj(-zlib.MAX_WBITS).decompress(said, MOST) if is_squeezed else said
    except (binascii.Error, ValueError, zlib.error):
        return None
    found = ASKED.search(said.decode("utf-8", "replace"))
    return Requester(html.unescape(found[2]), html.unescape(found[1])) if found else None


def answer_page(said: str, *, relay: str, acs: str) -> Response:
    """The page that carries an answer to the portal."""
    return page(filled(CARRIER, action=acs, relay=relay, name="SAMLResponse", value=said))
