"""Portals of every make that show one sign in one place, and what somebody who meets it is told.

```python
met = after(KOSMOS, page(BAD))  # the right form, filled in, and then this
assert met.log_ins == 1
```

The school's door is PRONOTE's own: what it takes for an arrival, and for an error, is the provider's word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

import attrs
import pytest

from schoolsync.ent import families
from schoolsync.ent.portal import Door, Family, Portal
from schoolsync.ent.walk import enter
from schoolsync.errors import SchoolSyncError
from schoolsync.providers.pronote.page import is_behind_portal
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.ent import walking
from tests.ent.at_educonnect import ASKED, FORMS, GET, POST
from tests.ent.pages_a import edifice, edu_storage, kosmos_form
from tests.ent.pages_b import CAS_FORM, KEYCLOAK, LACLASSE, SIMPLE, at_educonnect
from tests.ent.walking import AT_SCHOOL, EDU, SERVICE, Step, Walk, home, moved, page, portal, refused, write
from tests.error_tables import Seen

__all__ = [
    "APEREO",
    "APEREO_EDU",
    "AT_EDUCONNECT",
    "CAS",
    "ELYCO",
    "FRONT_OF_EDUCONNECT",
    "GATEWAY",
    "HUB",
    "KEYCLOAKED",
    "KOSMOS",
    "KOSMOS_EDU",
    "LACLASSE_EDU",
    "LACLASSE_OWN",
    "LOCAL",
    "MONLYCEE",
    "NEO",
    "OPENENT",
    "OPENENT_EDU",
    "OZE",
    "SIMPLE_PAGE",
    "TOUTATICE",
    "VOUCHED",
    "Case",
    "Met",
    "Way",
    "after",
    "before",
    "behind",
    "everywhere",
    "slowly",
    "unsent",
    "walked",
]

CAS: Final = "cas.example.test"
NEO: Final = "neo.example.test"
ATRIUM: Final = "www.atrium.example.test"
RECIA: Final = "auth.recia.example.test"
MONLYCEE: Final = "auth.monlycee.net"
BRITTANY: Final = "www.toutatice.fr"
HUBS: Final = "hubeduconnect.index-education.net"
TO_EDU: Final = moved(f"https://{EDU}/idp/profile/SAML2/Redirect/SSO?SAMLRequest=asked")


@attrs.frozen
class Met(Seen):
    """What came of one walk."""

    is_back: bool = False
    """Whether the school's page itself was tried in the end, without a ticket."""
    asked: tuple[str, ...] = ()
    """The kinds of questions that were put, in order."""


Case = Callable[[], list[Met]]


# -- ways ------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Way:
    """A portal, and a walk through it as far as the request that gets the sign."""

    portal: Portal
    entrance: str
    """Where the school sends people, without the service."""
    shown: tuple[Step, ...]
    """What comes before that request."""
    told: str
    """That request: `POST host/path`."""

    @property
    def door(self) -> Door:
        """The school's."""
        return attrs.evolve(walking.door(f"{self.entrance}?service={SERVICE}"), recognise=is_behind_portal)


def _local(family: Family, entrance: str, markup: Answer, told: str, first: str = "") -> Way:
    """The log-in form is the first page; the password goes to *told*."""
    asked = first or f"GET {entrance.removeprefix('https://')}"
    return Way(portal=portal(family), entrance=entrance, shown=((asked, markup),), told=f"POST {told}")


def _vouched(family: Family, first: str, acs: str, entrance: str = "") -> Way:
    """EduConnect is the next page, its form is filled in, and its word goes to *acs*."""
    shown = ((f"GET {first}", TO_EDU), *at_educonnect(f"https://{acs}"))
    return Way(
        portal=portal(family), entrance=entrance or f"https://{first}", shown=shown, told=f"POST {acs}"
    )


KOSMOS: Final = _local(
    families.KosmosForm(host=CAS), f"https://{CAS}/login", page(kosmos_form()), f"{CAS}/login"
)
OPENENT: Final = Way(
    portal=portal(families.OpenEntLocal(host=NEO)),
    entrance=f"https://{NEO}/cas/login",
    shown=((f"GET {NEO}/cas/login", moved("/auth/login")), (f"GET {NEO}/auth/login", edifice())),
    told=f"POST {NEO}/auth/login",
)
APEREO: Final = _local(
    families.ApereoCasForm(login_url=f"https://{ATRIUM}/connexion/login"),
    f"https://{ATRIUM}/connexion/login",
    page(write(CAS_FORM, service=SERVICE)),
    f"{ATRIUM}/connexion/login",
)
KEYCLOAKED: Final = _local(
    families.KeycloakMonLycee(),
    f"https://{MONLYCEE}/cas/login/keycloak-idf",
    page(write(KEYCLOAK, action=f"https://{MONLYCEE}/realms/IDF/authenticate")),
    f"{MONLYCEE}/realms/IDF/authenticate",
)
LACLASSE_OWN: Final = _local(
    families.LaclasseSso(),
    "https://www.laclasse.com/sso/login",
    page(write(LACLASSE, service=SERVICE)),
    "www.laclasse.com/sso/login",
)
OZE: Final = _local(
    families.Oze(url="https://enc.example.test/"),
    "https://enc.example.test/cas/login",
    page(write(KEYCLOAK, action="https://enc.example.test/auth/login")),
    "enc.example.test/auth/login",
    "GET enc.example.test/",
)
SIMPLE_PAGE: Final = _local(
    families.SimpleForm(url="https://extranet.example.test/identification.php"),
    "https://extranet.example.test/identification.php",
    page(SIMPLE),
    "extranet.example.test/identification.php",
)
LOCAL: Final = (KOSMOS, OPENENT, APEREO, KEYCLOAKED, LACLASSE_OWN, OZE, SIMPLE_PAGE)
"""One of each make with accounts of its own; the sign is the answer to the password."""

KOSMOS_EDU: Final = _vouched(
    families.KosmosEduConnect(host=CAS), f"{CAS}/login", f"{CAS}/saml/SAMLAssertionConsumer"
)
OPENENT_EDU: Final = _vouched(
    families.OpenEntEduConnect(host=NEO, authn=True),
    f"{NEO}/auth/saml/authn/student",
    f"{NEO}/auth/saml/acs",
    f"https://{NEO}/cas/login",
)
APEREO_EDU: Final = _vouched(
    families.ApereoCasEduConnect(login_url=f"https://{RECIA}/cas/login", idp_id="parents-IdP"),
    f"{RECIA}/cas/login",
    f"{RECIA}/cas/acs",
)
LACLASSE_EDU: Final = _vouched(
    families.LaclasseEduConnect(),
    "www.laclasse.com/sso/educonnect",
    "www.laclasse.com/sso/acs",
    "https://www.laclasse.com/sso/login",
)
TOUTATICE: Final = _vouched(
    families.Toutatice(),
    f"{BRITTANY}/casshib/shib/toutatice/login",
    f"{BRITTANY}/idp/Authn/RemoteUser/Shibboleth.sso/SAML2/POST",
)
ELYCO: Final = _vouched(
    families.ShibWayfEduConnect(host="cas3.example.test", cas_path="access/login"),
    "cas3.example.test/access/login",
    "cas3.example.test/Shibboleth.sso/SAML2/POST",
)
HUB: Final = _vouched(families.HubEduConnect(), f"{HUBS}/EduConnect/cas/login", f"{HUBS}/EduConnect/saml/SSO")
GATEWAY: Final = _vouched(
    families.SamlDiscoveryEduConnect(start_url="https://sso.example.test/saml/discovery/"),
    "sso.example.test/saml/discovery/",
    "sso.example.test/saml/acs",
    "https://sso.example.test/cas/login",
)
VOUCHED: Final = (
    *(KOSMOS_EDU, OPENENT_EDU, APEREO_EDU, LACLASSE_EDU),
    *(TOUTATICE, ELYCO, HUB, GATEWAY),
)
"""One of each make with accounts of EduConnect; the sign is the answer to EduConnect's word."""

FRONT_OF_EDUCONNECT: Final = attrs.evolve(KOSMOS_EDU, shown=ASKED, told=GET)
"""The sign is EduConnect's first page."""
AT_EDUCONNECT: Final = attrs.evolve(KOSMOS_EDU, shown=(*ASKED, *FORMS["G2026"]), told=POST)
"""The sign is EduConnect's answer to the password."""


# -- walks -----------------------------------------------------------------------------------


def walked(way: Way, *steps: Step, replies: tuple[str, ...] = ()) -> Met:
    """What came of a walk of just these *steps*."""
    return _met(way, refused(way.portal, *steps, door=way.door, replies=replies))


def before(way: Way, *answers: Answer) -> list[Met]:
    """What came of each of *answers* in the place of the first page."""
    return [walked(way, (way.shown[0][0], answer)) for answer in answers]


def after(way: Way, *answers: Answer, replies: tuple[str, ...] = ()) -> list[Met]:
    """What came of each of *answers* to the request that the way leads to."""
    return [walked(way, *way.shown, (way.told, answer), replies=replies) for answer in answers]


def behind(*answers: Answer) -> list[Met]:
    """What came of each of *answers* of the school, to the ticket."""
    there = (*KOSMOS.shown, (KOSMOS.told, home(TGC="granted")))
    return [walked(KOSMOS, *there, (AT_SCHOOL, answer)) for answer in answers]


def everywhere(*answers: Answer, but: tuple[Way, ...] = ()) -> list[Met]:
    """What came of each of *answers*, of any portal and of EduConnect, before the password and after it.

    Args:
        answers: The signs.
        but: Portals that take them for something else after the password.
    """
    return [
        *(met for way in (KOSMOS, KOSMOS_EDU) for met in before(way, *answers)),
        *(
            met
            for way in (*LOCAL, *VOUCHED, FRONT_OF_EDUCONNECT, AT_EDUCONNECT)
            if way not in but
            for met in after(way, *answers)
        ),
    ]


def slowly() -> Met:
    """What came of a portal that takes its time for each page, and has always another one."""
    clock = HandClock(dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC))

    def late(answer: Answer) -> Answer:
        def given(request: object) -> object:
            clock.advance(dt.timedelta(seconds=101))
            return answer

        return given  # type: ignore[return-value]

    pages = [page(edu_storage(f"e1s{step}")) for step in range(1, 3)]
    script = Script([late(answer) for answer in (TO_EDU, *pages)])
    with pytest.raises(SchoolSyncError) as caught:
        script.run(enter(KOSMOS_EDU.portal, KOSMOS_EDU.door, walking.visitor(), clock))
    assert not script.answers
    return Met(caught.value, 1, 0, "walk")


def unsent(*makes: Callable[[], object]) -> Case:
    """What is told where it is written."""

    def case() -> list[Met]:
        found = []
        for make in makes:
            with pytest.raises(SchoolSyncError) as error:
                make()
            found.append(Met(error.value, 0, 0, "unsent"))
        return found

    return case


def _met(way: Way, walk: Walk) -> Met:
    assert walk.error is not None
    urls = [one.request.url for one in walk.sent]
    own = {way.door.entrance, *urls[:1]}
    return Met(
        error=walk.error,
        times=sum(one.method == "GET" and one.request.url in own for one in walk.sent),
        log_ins=walk.proofs,
        kind="walk",
        is_back=way.door.url in urls,
        asked=tuple(question.kind for question in walk.asked),
    )
