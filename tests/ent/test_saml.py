"""Forms that carry SAML: which they are, what is carried, and to whom."""

from __future__ import annotations

from typing import Final

import pytest

from schoolsync.ent.saml import carry, saml_form
from schoolsync.flow.forms import Page
from schoolsync.flow.http import Response
from tests.ent.walking import EDU, SCHOOL, page
from tests.ent.worlds import ASKS, CAS, EDUCONNECTED, FRONT, LOCAL, OTHER, World, at, form, trip

ANSWER: Final = form(f"https://{CAS}/acs", SAMLResponse="cmVw", RelayState="r")
QUESTION: Final = form(f"https://{EDU}/sso", SAMLRequest="cmVx", RelayState="r")


def found(markup: str) -> str | None:
    """Which of the two the form of a page carries; `None` without one."""
    carrying = saml_form(Page(Response(200, (("content-type", "text/html"),), at("x"), markup.encode())))
    if carrying is None:
        return None
    return next(name for name in ("SAMLResponse", "SAMLRequest") if name in carrying.values())


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("", None),
        (form("/x", RelayState="r"), None),
        (form("/x", samlresponse="r"), None),
        (ANSWER, "SAMLResponse"),
        (QUESTION, "SAMLRequest"),
        (QUESTION + ANSWER, "SAMLResponse"),
        (form("/x", more=ASKS) + QUESTION, "SAMLRequest"),
        (form("/x", more=ASKS, SAMLRequest="cmVx"), None),
        (form("/x", more=ASKS, SAMLRequest="cmVx") + QUESTION, "SAMLRequest"),
        ('<form><input name="SAMLResponse" disabled></form>', None),
        ('<form id=f></form><input name="SAMLResponse" value="x" form=f>', "SAMLResponse"),
        (f"<noscript>{ANSWER}</noscript>", "SAMLResponse"),
    ],
)
def test_which_form_carries(markup: str, name: str | None) -> None:
    """An answer before a question; not a form that asks for a password, nor one that would not send it."""
    assert found(markup) == name


def test_only_what_belongs_to_it_is_carried() -> None:
    """As it is, letter for letter."""
    more = '<input name="j_password" value="x"><input name="TARGET" value="t"><button name="go" value="1">'
    markup = form(
        at("acs"), more=more, SAMLResponse="cm&#10;Vw+/==", RelayState="https://x/?a=b&amp;c", lt="1"
    )
    world, walk = World({EDU: page(markup)}), trip(EDUCONNECTED)
    world.run(walk.go(f"https://{EDU}/x"))
    carrying = saml_form(walk.page)
    assert carrying is not None
    world.run(carry(walk, carrying))
    assert str(world.sent[1]) == f"POST {CAS}/acs"
    assert world.sent[1].fields == {
        "SAMLResponse": "cm\nVw+/==",
        "RelayState": "https://x/?a=b&c",
        "TARGET": "t",
    }
    assert [hop.sign for hop in walk.hops] == ["saml answer", ""]


def test_it_is_carried_as_a_form_whatever_its_method() -> None:
    """An assertion does not stand in an address."""
    world, walk = World({CAS: page(QUESTION.replace("post", "get"))}), trip(EDUCONNECTED)
    world.run(walk.go(at("x")))
    carrying = saml_form(walk.page)
    assert carrying is not None
    world.run(carry(walk, carrying))
    assert str(world.sent[1]) == f"POST {EDU}/sso"
    assert walk.hops[0].sign == "saml request"


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("SAMLRequest", CAS),
        *(("SAMLResponse", host) for host in (EDU, f"{CAS}:444", f"{CAS}.evil.test")),
        *((name, host) for name in ("SAMLRequest", "SAMLResponse") for host in (FRONT, SCHOOL, "evil.test")),
    ],
)
def test_it_is_carried_to_nobody_else(name: str, host: str) -> None:
    """Whatever the form says; nothing is sent."""
    world, walk = World({OTHER: page(form(f"https://{host}/x", **{name: "x"}))}), trip(EDUCONNECTED)
    world.run(walk.go(f"https://{OTHER}/x"))
    carrying = saml_form(walk.page)
    assert carrying is not None
    world.refuses(carry(walk, carrying))


def test_a_portal_without_educonnect_asks_nobody() -> None:
    """EduConnect is a host like any other for it."""
    world, walk = World({CAS: page(QUESTION)}), trip(LOCAL)
    world.run(walk.go(at("x")))
    carrying = saml_form(walk.page)
    assert carrying is not None
    world.refuses(carry(walk, carrying))
