"""Conversations of every generation: the page, the first call, a log-in, a call under the new key."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from Crypto.PublicKey import RSA

from schoolsync.errors import (
    ActionRequired,
    SchoolSyncError,
    SessionExpired,
    Undecodable,
    Unreachable,
    Unsupported,
)
from schoolsync.flow.effects import Flow
from schoolsync.flow.http import Cookies, Response
from schoolsync.providers.pronote.crypto import answer_challenge, login_key, read_key
from schoolsync.providers.pronote.envelope import Answer
from schoolsync.providers.pronote.page import Start, read_start
from schoolsync.providers.pronote.session import Resource, Session, Space
from schoolsync.providers.pronote.wire import EARLY, LATE, NEW, OLD
from schoolsync.testing.play import Answer as Given
from schoolsync.testing.play import Script, play
from tests.providers.pronote.wire import (
    NOON,
    NUMBER,
    PASSWORD,
    ROOT,
    USER,
    Server,
    answered,
    called,
    error,
    html,
    page,
    session,
    signed_in,
)

CHILD = Resource("46#Al1x", "EXAMPLE Louison", 4)
SETTINGS = {"General": {"versionPN": "2026.2.6"}}


@cache
def private_key() -> RSA.RsaKey:
    """A server's own key."""
    return RSA.generate(1024)


def settings(talk: Session) -> Callable[[], Flow[Answer]]:
    """The first call of a session."""
    return lambda: talk.ask("FonctionParametres", data={"Uuid": talk.announcement(), "identifiantNav": None})


async def entering(talk: Session, *, password: str = PASSWORD) -> Answer:
    """A log-in as the layers above make it, and one call after it."""
    await talk.begin(settings(talk))
    said = (await talk.ask("Identification", data={"identifiant": USER}, is_read=False)).data
    key = login_key(USER, password, alea=said.get("alea"))
    answer = answer_challenge(said["challenge"], key, talk.iv, talk.version)
    assert answer is not None
    entry = await talk.ask("Authentification", data={"challenge": answer}, is_read=False)
    talk.switch_key(read_key(entry.data["cle"], key, talk.iv))
    return await talk.ask("PageMenus", tab=10, data={"jour": "é"})


# -- whole conversations ----------------------------------------------------------------------

OLD_BODY: dict[str, Any] = {"has_new_names": False, "layout": "body"}
SERVERS: dict[str, Callable[[], Server]] = {
    "2022, encrypted and compressed": lambda: Server(
        **OLD_BODY,
        has_new_content=False,
        encrypts=True,
        compresses=True,
        version="2022.0.3",
        rsa=private_key(),
        flags={"MR": f"{private_key().n:X}", "ER": f"{private_key().e:06X}"},
    ),
    "2022, clear": lambda: Server(
        **OLD_BODY,
        has_new_content=False,
        version="",
        rsa=private_key(),
        flags={"MR": f"{private_key().n:x}", "ER": "010001", "sCrA": True, "sCoA": True},
    ),
    "2023, encrypted": lambda: Server(
        **OLD_BODY, has_new_content=False, encrypts=True, version="2023.0.2", flags={"sCoA": True}
    ),
    "2023, no version, clear": lambda: Server(
        **OLD_BODY, has_new_content=False, version="", flags={"sCrA": True, "sCoA": True}
    ),
    "2024.3.9, encrypted and compressed": lambda: Server(
        **OLD_BODY, encrypts=True, compresses=True, version="2024.3.9"
    ),
    "2024.3.9, no version, compressed": lambda: Server(
        **OLD_BODY, compresses=True, version="", flags={"sCrA": True}
    ),
    "2025.1.3, clear": lambda: Server(layout="body", version="2025.1.3"),
    "2025.1.3, encrypted": lambda: Server(
        layout="body", encrypts=True, version="2025.1.3", flags={"CrA": True}
    ),
    "2026, clear, no version": lambda: Server(version=""),
    "2026, compressed": lambda: Server(compresses=True, flags={"CoA": True}),
    "2026, encrypted and compressed": lambda: Server(
        encrypts=True, compresses=True, flags={"CrA": True, "CoA": True}
    ),
}


@pytest.mark.parametrize("name", SERVERS)
def test_every_generation_is_spoken(name: str) -> None:
    """From the page to a call under the new key; nobody chose a generation."""
    server, talk = SERVERS[name](), session()
    answer, sent = play(
        entering(talk),
        [
            server.page(),
            server.answered("FonctionParametres", SETTINGS),
            server.challenged(),
            server.accepted(),
            server.answered("PageMenus", lambda call: {"said": call.data["jour"], "tab": call.tab}),
        ],
    )
    assert answer.data == {"said": "é", "tab": 10}
    assert [call.order for call in server.log] == [1, 3, 5, 7]
    assert talk.wire is not None
    assert talk.wire.names == (NEW if server.has_new_names else OLD)
    assert talk.wire.inner == (LATE if server.has_new_content else EARLY)
    assert [request.method for request in sent] == ["GET", "POST", "POST", "POST", "POST"]
    assert urlsplit(sent[1].url).path.endswith(
        "/pronote/appelfonction/3/1234567/3fa959b13967e0ef176069e01e23c8d7"
    )


def test_the_vendors_first_number_is_encrypted_without_a_vector() -> None:
    """And its answer with one: the switch lies between them."""
    server, talk = Server(), session()
    play(talk.begin(settings(talk)), [server.page(), server.answered("FonctionParametres", SETTINGS)])
    assert server.log[0].body["no"] == "3fa959b13967e0ef176069e01e23c8d7"
    assert talk.order == 3


def test_content_goes_twice_while_nobody_knows_its_name() -> None:
    """And once, under the name that came back, as soon as somebody does."""
    server, talk = Server(**OLD_BODY, version="", flags={"sCrA": True, "sCoA": True}), session()
    play(talk.begin(settings(talk)), [server.page(), server.answered("FonctionParametres", SETTINGS)])
    assert server.log[0].secured["data"] == server.log[0].secured["donnees"]
    play(talk.ask("Identification", data={"x": 1}), [server.answered("Identification", {})])
    assert server.log[1].secured == {"nom": "Identification", "data": {"x": 1}}


def test_the_signature_names_tab_and_child() -> None:
    """A parent's call names the child, nobody else's does."""
    for space, membre in ((Space.PARENT, {"N": "46#Al1x", "G": 4}), (Space.STUDENT, None)):
        talk = signed_in(space)
        _, sent = play(talk.ask("PageMenus", tab=10, about=CHILD), [answered("PageMenus", {})])
        signature = {"onglet": 10} | ({"membre": membre} if membre else {})
        assert called(sent[0]).signature == signature
        assert urlsplit(sent[0].url).path.startswith(f"/pronote/appelfonction/{space.number}/{NUMBER}/")


def test_a_call_says_only_what_it_was_told() -> None:
    """Without tab no signature, without content none."""
    _, sent = play(signed_in().ask("ParametresUtilisateur"), [answered("ParametresUtilisateur", {})])
    assert called(sent[0]).secured == {}
    assert CHILD.element == {"N": "46#Al1x", "L": "EXAMPLE Louison", "G": 4}
    assert "Louison" not in repr(CHILD)


def test_cookies_of_the_page_travel_with_the_calls() -> None:
    """In one jar, kept up to date."""
    server, talk = Server(), session()

    def cooked(response: Response, line: str) -> Response:
        return Response(
            response.status, (*response.headers, ("set-cookie", line)), response.url, response.body
        )

    first = server.answered("FonctionParametres", SETTINGS)
    flow = talk.begin(settings(talk))
    _, sent = play(
        flow, [cooked(server.page(), "lb=1; path=/"), lambda sent: cooked(first(sent), "lb=2; path=/")]
    )
    assert [dict(request.headers).get("cookie") for request in sent] == [None, "lb=1"]
    assert talk.cookies.get("lb") == "2"
    assert dict(sent[1].headers)["content-type"] == "application/json"


# -- the page -----------------------------------------------------------------------------------


def opening(talk: Session, *answers: Response, **given: Any) -> list[str]:
    """The addresses that `open` asked for."""
    _, sent = play(talk.open(**given), answers)
    return [request.url for request in sent]


def test_the_page_is_asked_for_without_the_portal() -> None:
    """Or with another query, or none."""
    assert opening(session(), page()) == [f"{ROOT}/eleve.html?login=true"]
    assert opening(session(Space.PARENT), page()) == [f"{ROOT}/parent.html?login=true"]
    for query, asked in (({}, f"{ROOT}/eleve.html"), ({"x": "é"}, f"{ROOT}/eleve.html?x=%C3%A9")):
        _, (sent,) = play(session().page(query), [page()])
        assert sent.url == asked


def test_the_page_may_be_got_in_another_way() -> None:
    """As often as one is needed, in whatever way; the session begins with it."""
    talk, starts = session(), [None, read_start(page()), read_start(page({"h": 7}))]

    async def reach() -> Start | None:
        return starts.pop(0)

    play(talk.open(reach=reach))
    assert talk.number == NUMBER
    play(talk.open(reach=reach))
    assert (talk.number, starts) == (7, [])


def front(*answers: Response) -> tuple[Response, list[str]]:
    """What comes where a portal may stand before the page, and what was asked for."""
    response, sent = play(session().front(), answers)
    return response, [request.url for request in sent]


def test_a_school_is_followed_to_its_own_pages_and_not_to_its_portal() -> None:
    """Five times at most; the portal is somebody else's to ask."""
    to_portal = html("", 302, ("location", "https://cas.example/login"))
    assert front(to_portal) == (to_portal, [f"{ROOT}/eleve.html"])
    on = html("", 302, ("location", "/pronote/autre.html"))
    assert front(on, to_portal) == (to_portal, [f"{ROOT}/eleve.html", f"{ROOT}/autre.html"])
    assert len(front(*[on] * 6)[1]) == 6
    to_new = html("", 301, ("location", "https://new.example/pronote/eleve.html"))
    assert front(to_new, to_portal)[1] == [f"{ROOT}/eleve.html", "https://new.example/pronote/eleve.html"]


def test_an_answer_without_an_address_came_from_where_it_was_asked() -> None:
    """As that of somebody's own `exchange`: a redirect of it leads on, and its cookies stay with its host."""
    talk = session()
    bare = Response(302, (("location", "/other"), ("set-cookie", "lb=1; path=/")))
    response, _ = play(talk.visit(f"{ROOT}/eleve.html"), [bare])
    assert response.location == "https://0000000a.example/other"
    assert talk.cookies.header(ROOT) == (("cookie", "lb=1"),)


def test_a_page_without_a_number_is_asked_for_again() -> None:
    """Three times in all, each a new session of the server."""
    numberless = page({"h": None})
    assert len(opening(session(), numberless, numberless, page())) == 3
    script = Script([numberless] * 9)
    with pytest.raises(Undecodable, match="at start page, saw a Start without a session number"):
        script.run(session().open())
    assert len(script.sent) == 3


@pytest.mark.parametrize(
    "other", [html("<h1>no</h1>"), html("", 503), html("", 302, ("location", "https://ent.example/"))]
)
def test_another_page_is_asked_for_once(other: Response) -> None:
    """Nothing would be better the second time."""
    script = Script([other] * 9)
    with pytest.raises(SchoolSyncError):
        script.run(session().open())
    assert len(script.sent) == 1


def test_a_page_that_does_not_come() -> None:
    """Leaves no session behind, old or new."""
    talk = signed_in()
    with pytest.raises(Unreachable):
        play(talk.open(), [Unreachable(was_sent=True)])
    with pytest.raises(SessionExpired):
        play(talk.ask("PageMenus"))


def test_a_school_that_has_moved_is_followed_once() -> None:
    """Its new address stays; its cookies do not go there."""
    talk = session()
    talk.cookies = Cookies().after(Response(200, (("set-cookie", "lb=1; path=/"),), f"{ROOT}/"), NOON)
    to_new = html("", 301, ("location", "https://new.example/pronote/eleve.html?login=true"))
    _, sent = play(talk.open(), [to_new, page()])
    assert [request.url for request in sent] == [
        f"{ROOT}/eleve.html?login=true",
        "https://new.example/pronote/eleve.html?login=true",
    ]
    assert talk.root == "https://new.example/pronote"
    assert "cookie" not in dict(sent[1].headers)


def test_a_school_that_moves_on_and_on_is_not_followed() -> None:
    """Once is enough."""
    talk = session()
    moves = [
        html("", 301, ("location", f"https://{host}.example/pronote/eleve.html")) for host in ("new", "newer")
    ]
    with pytest.raises(ActionRequired, match=r"newer\.example"):
        play(talk.open(), moves)


# -- a server of another generation ---------------------------------------------------------------


def test_names_that_were_not_understood_are_tried_the_other_way() -> None:
    """In a new session, once; then the whole session speaks so."""
    server = Server(has_new_names=False, has_new_content=False, encrypts=True, compresses=True, version="")
    talk = session()
    answers: list[Given] = [
        page(version=""),
        error(11),
        server.page(),
        server.answered("FonctionParametres", SETTINGS),
    ]
    answer, sent = play(talk.begin(settings(talk)), answers)
    assert answer.data == SETTINGS
    assert json.loads(sent[1].body)["id"] == "FonctionParametres"
    assert json.loads(sent[3].body)["nom"] == "FonctionParametres"
    assert talk.wire is not None
    assert talk.wire.inner == EARLY


@pytest.mark.parametrize("number", [14, 21])
def test_a_vector_that_was_not_understood_is_told_the_other_way(number: int) -> None:
    """Under the built-in key, or as it is."""
    talk = session()
    script = Script([page(), error(number), page(), error(number)])
    with pytest.raises(Unsupported, match=r"2026\.2\.6"):
        script.run(talk.begin(settings(talk)))
    told = [json.loads(request.body)["dataSec"]["data"]["Uuid"] for request in script.sent[1::2]]
    assert [len(uuid) for uuid in told] == [24, 172]


def test_a_caller_may_ask_for_the_other_way() -> None:
    """And then the second try is the first way."""
    talk = session()
    script = Script([page(version=""), error(21), page(version=""), error(21)])
    with pytest.raises(Unsupported, match="unknown"):
        script.run(talk.begin(settings(talk), other_key=True))
    told = [json.loads(request.body)["dataSec"]["data"]["Uuid"] for request in script.sent[1::2]]
    assert [len(uuid) for uuid in told] == [172, 24]


@pytest.mark.parametrize("number", [3, 7, 8, 10, 25, 99])
def test_any_other_refusal_of_the_first_call_is_final(number: int) -> None:
    """It says nothing about generations."""
    talk = session()
    script = Script([page(), error(number), page()])
    with pytest.raises(SchoolSyncError):
        script.run(talk.begin(settings(talk)))
    assert len(script.sent) == 2
