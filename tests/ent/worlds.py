"""A little world of hosts in memory, in which anything can stand anywhere, and two families that walk it.

```python
world = World({f"{CAS}/login": page(LOGIN), f"POST {CAS}/login": home()})
arrival = world.walk(LOCAL)
assert world.proofs == [CAS]
```

Unlike a script of steps, a world does not say what is asked for and in which order; it remembers it. A host
that is asked for without being there is a host that hears what was said to it, and answers 404.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar, Final, TypeAlias, TypeVar
from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.ent.portal import Arrival, Door, Family, Portal, Profile, Visitor
from schoolsync.ent.trip import Trip
from schoolsync.ent.walk import Sight, enter, look
from schoolsync.errors import LostOnTheWay, SchoolSyncError, WrongCredentials
from schoolsync.flow.effects import Flow
from schoolsync.flow.http import Request, Response
from schoolsync.flow.secret import Secret
from schoolsync.sandbox.clock import HandClock
from schoolsync.testing.play import Answer, Script
from tests.ent import walking
from tests.ent.walking import EDU, INSTANCE, PASSWORD, SCHOOL, SERVICE, START, USERNAME, Sent, page

__all__ = [
    "ASKS",
    "AT_CAS",
    "AT_SCHOOL",
    "CAS",
    "EDUCONNECTED",
    "FRONT",
    "HOME",
    "IN",
    "LOCAL",
    "LOGIN",
    "NOW",
    "OTHER",
    "TO_EDU",
    "TO_PORTAL",
    "VOUCHED",
    "WORD",
    "Local",
    "Vouched",
    "World",
    "at",
    "door",
    "edu_form",
    "form",
    "trip",
    "visitor",
]

CAS: Final = "cas.example.test"
OTHER: Final = "www.example.test"
FRONT: Final = "front.example.test"
AT_CAS: Final = f"https://{CAS}/login?service={SERVICE}"
"""Where the school leads."""
WORD: Final = Secret(PASSWORD)
HOME: Final = "<main id=home>Bienvenue</main>"

NOW: Final = dt.datetime(2026, 9, 7, 8, 0, tzinfo=dt.UTC)

T = TypeVar("T")
Answers: TypeAlias = Mapping[str, Answer]
"""`host/path`, or `POST host/path`, and what is there."""


def at(path: str = "") -> str:
    """An address of the portal."""
    return f"https://{CAS}/{path}"


# -- pages --------------------------------------------------------------------------------


def form(action: str, *, method: str = "post", more: str = "", **values: str) -> str:
    """A form with hidden *values*."""
    marks = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in values.items())
    return f'<form action="{action}" method="{method}">{marks}{more}</form>'


ASKS: Final = '<input name="username"><input type="password" name="password">'
LOGIN: Final = form("/login", more=ASKS, execution="e1s1")
TO_EDU: Final = form(f"https://{EDU}/idp/profile/SAML2/POST/SSO", SAMLRequest="cmVxdWVzdA", RelayState="r1")
TO_PORTAL: Final = form(f"https://{CAS}/acs", SAMLResponse="cmVzcG9uc2U", RelayState="r1")


def edu_form(action: str = "", more: str = "") -> str:
    """EduConnect's log-in form, which leads to *action*."""
    asks = '<input name="j_username"><input type="password" name="j_password">'
    return form(action, more=f"{asks}{more}", csrf_token="c1")


IN: Final[Answers] = {f"{CAS}/login": page(LOGIN), f"POST {CAS}/login": walking.home()}
"""A portal that lets in."""
VOUCHED: Final[Answers] = {
    f"{CAS}/login": page(TO_EDU),
    f"{EDU}/idp/profile/SAML2/POST/SSO": walking.moved("/idp/form?execution=e1s1"),
    f"{EDU}/idp/form": page(edu_form()),
    f"POST {EDU}/idp/form": page(TO_PORTAL),
    f"POST {CAS}/acs": walking.home(),
}
"""A portal that lets in whom EduConnect vouches for."""


# -- families -------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Local(Family):
    """Forms with a password are filled in once; from `#home` it is back to the school."""

    kind: ClassVar[str] = "local"
    places: tuple[str, ...] = (CAS, OTHER)
    proofs: tuple[str, ...] = (CAS,)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Two."""
        return self.places

    @property
    def password_hosts(self) -> tuple[str, ...]:
        """One of them."""
        return self.proofs

    def entrance(self, door: Door, profile: Profile) -> str:
        """Where the school leads."""
        return door.entrance or f"https://{CAS}/login"

    async def turn(self, trip: Trip) -> None:
        """One step."""
        asking = trip.page.form(having="password")
        if asking is not None:
            trip.took_for("log-in form")
            username = trip.username
            if trip.proofs:
                raise WrongCredentials("user name or password")
            await trip.submit(asking, {"username": username, "password": trip.password})
        elif trip.page.has("#home"):
            trip.took_for("signed in")
            await trip.come_back()
        elif trip.page.has("form"):
            trip.took_for("chooser")
            await trip.submit(trip.page.forms[0])
        else:
            raise trip.lost()


@attrs.frozen(kw_only=True)
class Vouched(Local):
    """The same with EduConnect, where nobody else may ask for a password."""

    kind: ClassVar[str] = "vouched"
    uses_educonnect: ClassVar[bool] = True
    proofs: tuple[str, ...] = (EDU,)


LOCAL: Final = walking.portal(Local(), fronts=(FRONT,))
EDUCONNECTED: Final = walking.portal(Vouched(), fronts=(FRONT,))


def door(entrance: str = AT_CAS, url: str = INSTANCE) -> Door:
    """The school's door; the school leads to the portal."""
    return walking.door(entrance, url)


def visitor(password: str = PASSWORD, username: str = USERNAME) -> Visitor:
    """Somebody invented."""
    return Visitor(username=username, password=Secret(password), profile=Profile.PUPIL)


def trip(portal: Portal = LOCAL, who: Visitor | None = None, **changes: object) -> Trip:
    """A trip of somebody invented, which has not begun."""
    facts = {"portal": portal, "door": door(), "visitor": who or visitor(), "clock": HandClock(NOW)}
    return Trip(**{**facts, **changes})  # type: ignore[arg-type]


# -- the world ------------------------------------------------------------------------------


def _school(request: Request) -> Response:
    """The school lets in whoever brings a ticket, and sends others to the portal."""
    query = urlsplit(request.url).query
    if "identifiant=" in query:
        return page(START)
    if "ticket=" in query:
        return walking.moved("/pronote/eleve.html?identifiant=0123456789abcdef", ASP="set-by-school")
    return walking.moved(AT_CAS)


AT_SCHOOL: Final = f"{SCHOOL}/pronote/eleve.html"


@attrs.define
class World:
    """What stands where, and what was heard."""

    answers: Answers
    password: str = PASSWORD
    sent: list[Sent] = attrs.field(factory=list, init=False)

    def walk(self, portal: Portal = LOCAL, door: Door | None = None, who: Visitor | None = None) -> Arrival:
        """An arrival."""
        somebody = who or visitor(self.password)
        return self.run(enter(portal, door or _DOOR, somebody, HandClock(NOW)))

    def stop(
        self, portal: Portal = LOCAL, door: Door | None = None, who: Visitor | None = None
    ) -> SchoolSyncError:
        """What stopped a walk."""
        with pytest.raises(SchoolSyncError) as caught:
            self.walk(portal, door, who)
        return caught.value

    def look(self, portal: Portal = LOCAL, door: Door | None = None) -> Sight:
        """What a look saw."""
        return self.run(look(portal, door or _DOOR, Profile.PUPIL, HandClock(NOW)))

    def run(self, flow: Flow[T], replies: tuple[str, ...] = ()) -> T:
        """What *flow* gives in this world."""
        script = Script([self.answer] * 200, list(replies))
        return script.run(flow)

    def refuses(self, step: Flow[object]) -> LostOnTheWay:
        """What stopped *step* before it sent anything."""
        before = len(self.sent)
        with pytest.raises(LostOnTheWay) as caught:
            self.run(step)
        assert len(self.sent) == before
        return caught.value

    def answer(self, request: Request) -> Response:
        """What stands there; nothing is 404."""
        sent = Sent(request)
        self.sent.append(sent)
        here = f"{sent.host}{sent.path}"
        found: Answer | None = next(
            (self.answers[key] for key in (f"{sent.method} {here}", here, sent.host) if key in self.answers),
            _school if here == AT_SCHOOL else None,
        )
        if isinstance(found, Response):
            return found
        if isinstance(found, BaseException):
            raise found
        return found(request) if found is not None else page("<h1>404</h1>", 404)

    @property
    def hosts(self) -> set[str]:
        """Who heard anything."""
        return {one.host for one in self.sent}

    @property
    def proofs(self) -> list[str]:
        """Who heard the password, in order."""
        return [one.host for one in self.sent if self.password in one.fields.values()]

    def cookies(self, host: str) -> set[str]:
        """All cookies that *host* got, as `name=value`."""
        lines = (one.cookies for one in self.sent if one.host == host)
        return {pair for line in lines for pair in line.split("; ") if pair}


_DOOR: Final = door()
