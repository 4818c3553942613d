"""Walks that come to EduConnect by way of an invented portal: its forms of every year, and what follows."""

from __future__ import annotations

from typing import Any, Final

from schoolsync.ent.families import KosmosEduConnect
from schoolsync.flow.http import Response
from schoolsync.testing.play import Answer
from tests.ent.pages_a import SSO, edu_login, edu_storage, to_educonnect, to_portal
from tests.ent.walking import (
    DOOR,
    EDU,
    SERVICE,
    Step,
    Walk,
    door,
    entered,
    home,
    moved,
    page,
    portal,
    refused,
)

__all__ = [
    "ASKED",
    "CAS",
    "FORMS",
    "GET",
    "MODERN",
    "PORTAL",
    "POST",
    "POSTS",
    "SCHOOL_DOOR",
    "VOUCHED",
    "after_password",
    "enter",
    "refuse",
]

CAS: Final = "cas.example.test"
PORTAL: Final = portal(KosmosEduConnect(host=CAS))
SCHOOL_DOOR: Final = door(entrance=f"https://{CAS}/login?service={SERVICE}")
GET: Final = f"GET {EDU}{SSO}"
POST: Final = f"POST {EDU}{SSO}"
ASKED: Final[tuple[Step, ...]] = (
    (f"GET {CAS}/login", page(to_educonnect())),
    (POST, moved(f"{SSO}?execution=e1s1", JSESSIONID="session-invented")),
)
"""From the portal to EduConnect's first page."""
VOUCHED: Final[Response] = page(to_portal(f"https://{CAS}/saml/SAMLAssertionConsumer"))
RETURNED: Final[tuple[Step, ...]] = ((f"POST {CAS}/saml/SAMLAssertionConsumer", home(TGC="granted")), *DOOR)
"""From EduConnect's word to the school."""
MODERN: Final[dict[str, Any]] = {"csrf": True, "typed": True}


def stepped(execution: str, markup: str) -> tuple[Step, ...]:
    """A form is answered with the next page, by way of a redirect."""
    return ((POST, moved(f"{SSO}?execution={execution}")), (GET, page(markup)))


FORMS: Final[dict[str, tuple[Step, ...]]] = {
    # what comes before the answer to the last password
    "G2021": ((GET, page(edu_login("e1s1"))),),
    "G2022": ((GET, page(edu_login("e1s1"))), *stepped("e1s2", edu_login("e1s2"))),
    "G2025": ((GET, page(edu_login("e1s1", csrf=True))),),
    "G2026": (
        (GET, page(edu_storage("e1s1"))),
        *stepped("e1s2", edu_login("e1s2", **MODERN)),
    ),
    "another conversation": ((GET, page(edu_login("e9s4", csrf=True))),),
}
POSTS: Final = dict.fromkeys(FORMS, 1) | {"G2022": 2}


def enter(*steps: Step, **given: Any) -> Walk:
    """A walk that arrives after *steps* at EduConnect."""
    return entered(PORTAL, *ASKED, *steps, *RETURNED, door=SCHOOL_DOOR, **given)


def refuse(*steps: Step, **given: Any) -> Walk:
    """A walk that ends with *steps* at EduConnect."""
    return refused(PORTAL, *ASKED, *steps, door=SCHOOL_DOOR, **given)


def after_password(answer: Answer, *rest: Step, form: str = "G2026") -> tuple[Step, ...]:
    """What comes when the right password was sent."""
    return (*FORMS[form], (POST, answer), *rest)
