"""A school with an invented portal before it, played: the way there, the portal's one form, the way back.

```python
server = Server(flags=VOUCHED)
enter(*to_portal(), *asked_and_let_in(), *behind(server), login=LOGIN)
```

The portal is a family of this very file, as another package would write one: a form, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl

import attrs

from schoolsync.ent.portal import EVERYBODY, Door, Family, Portal, Profile
from schoolsync.ent.trip import Trip
from schoolsync.errors import ActionRequired, WrongCredentials
from schoolsync.flow.effects import Question, ask
from schoolsync.flow.http import Request, Response
from schoolsync.providers.pronote.login import PortalLogin
from schoolsync.providers.pronote.session import Space
from schoolsync.testing.play import Answer
from tests.providers.pronote.entering import settings
from tests.providers.pronote.wire import HTML, MATERIAL, NOON, ROOT, Answering, Server, md5, proof, sealed

__all__ = [
    "CAS",
    "ENTRANCE",
    "FORM",
    "GATE",
    "HANDLE",
    "LOGIN",
    "ONCE",
    "PAGE",
    "PORTAL",
    "TICKET",
    "USERNAME",
    "VOUCHED",
    "WORD",
    "Gate",
    "arrived",
    "asked_and_let_in",
    "at",
    "behind",
    "form",
    "html",
    "known_and_let_in",
    "redirect",
    "refused",
    "to_portal",
    "who_is_vouched_for",
]

CAS: Final = "cas.portal.example"
SERVICE: Final = "https:%2F%2F0000000A.example%2Fpronote%2Feleve.html"
"""As the school writes it: half encoded, and in its own case."""
ENTRANCE: Final = f"https://{CAS}/login?service={SERVICE}"
USERNAME, WORD = "louison.factice", "Portail & toi+1%"
"""Of the portal; PRONOTE has others."""
HANDLE, ONCE = "8796A5B4C3D2E1F0", "0F1E2D3C4B5A69788796A5B4"
"""`e` and `f`."""
TICKET: Final = "ST-1-invented"
VOUCHED: Final[Mapping[str, object]] = {"e": HANDLE, "f": ONCE, "g": 3}
"""What the page of somebody says whom a portal vouches for."""
COOKIE: Final = "TGC=invented-pass"
FORM: Final = (
    '<form method="post" action="/login"><input name="username"><input type="password" name="password">'
    '<input type="hidden" name="execution" value="e1s1"></form>'
)


@attrs.frozen(kw_only=True)
class Gate(Family):
    """A portal with one form."""

    kind: ClassVar[str] = "gate"
    profiles: ClassVar[frozenset[Profile]] = EVERYBODY

    host: str = CAS

    @property
    def hosts(self) -> tuple[str, ...]:
        """The one."""
        return (self.host,)

    def entrance(self, door: Door, profile: Profile) -> str:
        """Where the school sends."""
        return door.entrance or f"https://{self.host}/login"

    async def turn(self, trip: Trip) -> None:
        """The form, filled in once."""
        if "mot de passe incorrect" in trip.page.words:
            raise WrongCredentials("user name or password")
        choice = trip.page.form(having="choice")
        if choice is not None:
            trip.took_for("choice")
            answer = await ask(Question("account", "Which school?", ("north", "south")))
            await trip.submit(choice, {"choice": answer})
            return
        shown = trip.page.form(having="password")
        if shown is None:
            raise trip.lost()
        if "compte bloque" in trip.page.words:
            raise ActionRequired("the account is locked")
        trip.took_for("log-in form")
        await trip.submit(shown, {"username": trip.username, "password": trip.password})


GATE = Gate()
PORTAL = Portal(
    name="gate-example", title="Gate", family=GATE, evidence="Invented for these tests.", seen=NOON.date()
)
LOGIN = PortalLogin(ROOT, Space.STUDENT, USERNAME, WORD, PORTAL)


def html(text: str, url: str, status: int = 200, *lines: tuple[str, str]) -> Response:
    """A page of any host."""
    return Response(status, (*HTML, *lines), url=url, body=text.encode())


def redirect(target: str, url: str, *lines: tuple[str, str], status: int = 302) -> Response:
    """The way to another page."""
    return Response(status, (("location", target), *lines), url=url)


def at(address: str, answer: Response | Answering, method: str = "GET") -> Answering:
    """*answer*, for a request to *address* (whole for a GET, without a query for a POST)."""

    def check(request: Request) -> Response:
        asked = request.url if method == "GET" else request.url.partition("?")[0]
        assert (request.method, asked) == (method, address)
        made = answer(request) if callable(answer) else answer
        told: Response = attrs.evolve(made, url=request.url)
        return told

    return check


def cookies_of(request: Request) -> str:
    """What *request* brings."""
    return dict(request.headers).get("cookie", "")


# -- the way --------------------------------------------------------------------------------

PAGE: Final = f"{ROOT}/eleve.html"


def to_portal(entrance: str = ENTRANCE) -> list[Answer]:
    """The school's page, which sends to the portal."""
    return [at(PAGE, redirect(entrance, PAGE, ("set-cookie", "lb=1; path=/")))]


def form(text: str = FORM, entrance: str = ENTRANCE) -> Answering:
    """The portal's form, for somebody whom it does not know."""

    def shown(request: Request) -> Response:
        assert cookies_of(request) == ""
        return html(text, request.url)

    return at(entrance, shown)


def posted(answer: Response) -> Answering:
    """What the portal says to the right form with the right words."""

    def judged(request: Request) -> Response:
        fields = dict(parse_qsl(request.body.decode()))
        assert fields == {"username": USERNAME, "password": WORD, "execution": "e1s1"}
        return answer

    return at(f"https://{CAS}/login", judged, "POST")


def _sent_back(url: str) -> Response:
    return redirect(f"{PAGE}?ticket={TICKET}", url, ("set-cookie", f"{COOKIE}; path=/; secure"))


def asked_and_let_in() -> list[Answer]:
    """The portal asks who it is, and sends back with a ticket."""
    return [form(), posted(_sent_back(f"https://{CAS}/login"))]


def known_and_let_in(entrance: str = ENTRANCE) -> list[Answer]:
    """The portal knows who it is, and sends back with a ticket."""

    def greeted(request: Request) -> Response:
        assert cookies_of(request) == COOKIE
        return _sent_back(request.url)

    return [at(entrance, greeted)]


def refused() -> list[Answer]:
    """The portal asks who it is, and knows nobody of that password."""
    return [form(), posted(html(f"Mot de passe incorrect {FORM}", f"https://{CAS}/login"))]


def arrived(page: Answer) -> list[Answer]:
    """The ticket is taken, and *page* comes for it."""

    def shown(request: Request) -> Response:
        assert "TGC" not in cookies_of(request)
        answer = page(request) if callable(page) else page
        assert isinstance(answer, Response)
        told: Response = attrs.evolve(answer, url=request.url)
        return told

    taken = redirect("/pronote/eleve.html?identifiant=once", PAGE, ("set-cookie", "door=2; path=/pronote"))
    return [at(f"{PAGE}?ticket={TICKET}", taken), at(f"{PAGE}?identifiant=once", shown)]


# -- behind the door ----------------------------------------------------------------------


def who_is_vouched_for(server: Server, *, direct: bool = True, **more: object) -> list[Answer]:
    """Settings, challenge and its right answer, for the name and the word for one use."""
    return [
        server.answered("FonctionParametres", settings(server.version)),
        server.challenged("", ONCE, alea="", direct=direct),
        _accepted(server, direct=direct, **more),
    ]


def _accepted(server: Server, *, direct: bool, **more: object) -> Answering:
    return server.accepted("", ONCE, alea="", direct=direct, libelleUtil="EXAMPLE Louison", **more)


def behind(server: Server, **how: Any) -> list[Answer]:
    """The page behind the door, and what follows there when all goes well."""
    return [*arrived(lambda _: server.page()), *who_is_vouched_for(server, **how)]


def fresh_key(server: Server) -> str:
    """A key under the wrong word."""
    return sealed(",".join(map(str, MATERIAL)).encode(), proof("", "other"), md5(server.announced))
