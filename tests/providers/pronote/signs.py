"""A school on PRONOTE that answers one sign in one place, and what somebody who meets it is told.

The server is `wire.Server`: it has arithmetic of its own, and everybody else is let in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import attrs
import pytest

from schoolsync.errors import SchoolSyncError
from schoolsync.flow.effects import Flow
from schoolsync.flow.http import Request, Response, ResponseHead
from schoolsync.providers.pronote.files import Shelf
from schoolsync.providers.pronote.service import Pronote
from schoolsync.testing.play import Answer, Script
from tests.error_tables import Seen
from tests.providers.pronote.entering import account, ready, settings, user
from tests.providers.pronote.keeping import READ, WRITE, read, write
from tests.providers.pronote.wire import IV, JSON, Server, signed_in

PAGE, FILE = "page", "file"
SETTINGS, CHALLENGE, PROOF = "FonctionParametres", "Identification", "Authentification"
USER = "ParametresUtilisateur"
MANY = 60


@attrs.frozen
class Inside:
    """An answer that carries the right number, and in it whatever is wanted."""

    content: object = attrs.field(factory=dict)
    more: Mapping[str, Any] = attrs.field(factory=dict)
    """See `Server.wrapped`."""


Given: TypeAlias = Answer | Inside
Case: TypeAlias = Callable[[], list[Seen]]


def plain(body: object) -> Response:
    """Any JSON, as it stands."""
    return Response(200, JSON, body=json.dumps(body).encode())


# -- the school ------------------------------------------------------------------------------


def school(server: Server, given: Mapping[str, Given]) -> Script:
    """A school that answers as *given*, by place, and everywhere else as it should."""
    is_direct = server.version >= "2026.2.5"
    year = server.answered(SETTINGS, settings(server.version))
    whole: dict[str, Given] = {
        PAGE: lambda _: server.page(),
        SETTINGS: lambda request: year(_told_openly(request)),
        CHALLENGE: server.challenged(direct=is_direct),
        PROOF: server.accepted(direct=is_direct),
        USER: Inside(user()),
    }

    def serve(request: Request) -> Response:
        name = place_of(request)
        chosen = (whole | dict(given))[name]
        if isinstance(chosen, Inside):
            chosen = server.answered(name, chosen.content, **chosen.more)
        if isinstance(chosen, BaseException):
            raise chosen
        return attrs.evolve(chosen if isinstance(chosen, Response) else chosen(request), url=request.url)

    return Script([serve] * MANY)


def place_of(request: Request) -> str:
    """What is asked for: the start page, a file, or a function by its name."""
    if request.method == "GET":
        return PAGE if urlsplit(request.url).path.endswith(".html") else FILE
    said = json.loads(request.body)
    return str(said.get("id") or said["nom"])


def _told_openly(request: Request) -> Request:
    """*request* with the vector as it is, because only the vendor can decrypt it."""
    said = json.loads(request.body)
    if "data" in said["dataSec"]:
        said["dataSec"]["data"]["Uuid"] = "AAECAwQFBgcICQoLDA0ODw=="
    return attrs.evolve(request, body=json.dumps(said).encode())


def caught(script: Script, flow: Flow[Any]) -> SchoolSyncError:
    """The error that *flow* ends with."""
    with pytest.raises(SchoolSyncError) as found:
        script.run(flow)
    return found.value


# -- who meets it ----------------------------------------------------------------------------


def call(given: Given, flow: Any = read, *, server: Server | None = None, is_own: bool = True) -> Seen:
    """A pupil who is signed in makes one call, and gets *given* whenever it is made.

    Args:
        given: What comes.
        flow: `read` or `write`.
        server: The server.
        is_own: Whether the account may sign in; else somebody else did.
    """
    made, at = ready(server=server)
    made.login = made.login if is_own else None
    function = READ if flow is read else WRITE
    script = school(at, {function: given})
    error = caught(script, flow(made))
    places = [place_of(request) for request in script.sent]
    return Seen(error, places.count(function), places.count(PROOF), "read" if flow is read else "write")


def enter(given: Given, place: str = CHALLENGE, *, server: Server | None = None, **who: Any) -> Seen:
    """Somebody signs in, and gets *given* in one place."""
    script = school(server or Server(), {place: given})
    made = account(**who)
    error = caught(script, made.told("login", made.sign_in()))
    return Seen(error, [place_of(request) for request in script.sent].count(place), 0, "log-in")


def service(said: Mapping[str, Any] | None = None, **who: Any) -> Pronote:
    """The service of an account that has signed in, of which the server says *said*."""
    made = account(**who)
    school(Server(), {USER: Inside(said or user())}).run(made.ready())
    return Pronote(made)


def asks(
    make: Callable[[Pronote], Flow[Any]], given: Mapping[str, Given], *, place: str | None = None, **who: Any
) -> Seen:
    """A pupil who is signed in reads something, and gets *given*; the first *place* is counted."""
    made, server = account(**who), Server()
    shown = {USER: Inside(user() | {"listeOnglets": [{"G": tab} for tab in range(1, 300)]})}
    school(server, shown).run(made.ready())
    script = school(server, given)
    error = caught(script, make(Pronote(made)))
    wanted = place or next(iter(given))
    return Seen(error, [place_of(request) for request in script.sent].count(wanted), 0, "read")


def file(status: int, *lines: tuple[str, str]) -> Seen:
    """A file whose address answers so."""
    with pytest.raises(SchoolSyncError) as found:
        Shelf(signed_in()).follow(ResponseHead(status, lines, "https://0000000a.example/pronote/f"))
    return Seen(found.value, 1, 0, "file")


# -- cases -----------------------------------------------------------------------------------


def reading(*given: Given, server: Callable[[], Server] = Server) -> Case:
    """The signs at a reading."""
    return lambda: [call(one, server=server()) for one in given]


def dead(*given: Given) -> Case:
    """The signs at a reading and at a write: a dead session, which kept both from running."""
    return lambda: [call(one, flow) for one in given for flow in (read, write)]


def writing(*given: Given) -> Case:
    """The signs at a write."""
    return lambda: [call(one, write) for one in given]


def at(place: str, *given: Given, server: Callable[[], Server] = Server) -> Case:
    """The signs in one place of a log-in."""
    return lambda: [enter(one, place, server=server()) for one in given]


def both(*given: Given, server: Callable[[], Server] = Server) -> Case:
    """The signs at a reading, at a write and at a log-in."""
    return lambda: [
        *(call(one, flow, server=server()) for one in given for flow in (read, write)),
        *at(CHALLENGE, *given, server=server)(),
    ]


def anywhere(*given: Given) -> Case:
    """The signs in the place of the start page, and in the place of any answer."""
    return lambda: [*at(PAGE, *given)(), *both(*given)()]


def steps(*numbers: int) -> Given:
    """The right password, and what a protected account asks for."""
    listed = {"_T": 26, "V": f"[{','.join(map(str, numbers))}]"}

    def answer(request: Request) -> Response:
        server = Server(announced=IV, counter=0)
        return server.accepted(direct=True, actionsDoubleAuth=listed)(request)

    return answer


def unsent(*makes: Callable[[], object]) -> Case:
    """What is told where it is written."""

    def case() -> list[Seen]:
        found = []
        for make in makes:
            with pytest.raises(SchoolSyncError) as error:
                make()
            found.append(Seen(error.value, 0, 0, "unsent"))
        return found

    return case


def unasked(
    *makes: Callable[[Pronote], Flow[Any]], said: Mapping[str, Any] | None = None, **who: Any
) -> Case:
    """What somebody who is signed in is told before anything is sent."""
    return lambda: [Seen(caught(Script(), make(service(said, **who))), 0, 0, "unsent") for make in makes]
