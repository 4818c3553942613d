"""A whole conversation that is known digit by digit, replayed from a file that neither side writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schoolsync.flow.http import Request, Response
from schoolsync.providers.pronote.crypto import answer_challenge, login_key, read_key
from schoolsync.providers.pronote.envelope import Answer, read_page
from schoolsync.providers.pronote.schema.settings import SettingsPage
from schoolsync.providers.pronote.session import Session, Space
from schoolsync.testing.play import play
from tests.providers.pronote.wire import options

FILE = Path(__file__).parents[2] / "vectors/pronote.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
TALK: dict[str, Any] = VECTORS["transcript"]


def answer(row: dict[str, Any]) -> Response:
    """One answer of the file, in the names of 2025.1.3."""
    said = {
        "id": row["function"],
        "session": TALK["session"],
        "no": row["answer_order"],
        "dataSec": {"data": row["answered"]},
    }
    return Response(200, {"content-type": "application/json"}, body=json.dumps(said).encode())


async def conversation(session: Session, login: dict[str, Any]) -> list[Answer]:
    """The log-in of the file, and a sign of life."""
    first = {"Uuid": "", "identifiantNav": None}
    settings = await session.begin(
        lambda: session.ask("FonctionParametres", data={**first, "Uuid": session.announcement()})
    )
    session.learn(read_page(session.options, settings, SettingsPage).data)
    challenge = await session.ask("Identification", data={"identifiant": login["username"]})
    key = login_key(login["username"], login["password"], alea=challenge.data["alea"])
    proof = answer_challenge(challenge.data["challenge"], key, session.iv, session.version)
    entry = await session.ask("Authentification", data={"connexion": 0, "espace": 3, "challenge": proof})
    session.switch_key(read_key(entry.data["cle"], key, session.iv))
    user = await session.ask("ParametresUtilisateur")
    alive = await session.ask("Navigation", tab=7, data={"onglet": 7, "ongletPrec": 7})
    return [settings, challenge, entry, user, alive]


def test_the_transcript() -> None:
    """Every address and every body, in order; every answer read."""
    drawn = bytes.fromhex(VECTORS["drawn"])
    session = Session(TALK["root"], Space.STUDENT, options(), draw=lambda _: drawn)
    start = Response(200, {"content-type": "text/html"}, body=TALK["page"].encode())
    login = VECTORS["logins"][0]
    answers, sent = play(conversation(session, login), [start, *map(answer, TALK["calls"])])
    assert [one.data for one in answers] == [row["answered"] for row in TALK["calls"]]
    assert sent[0].url == f"{TALK['root']}/eleve.html?login=true"
    assert [said(request) for request in sent[1:]] == [expected(row) for row in TALK["calls"]]
    assert session.version == (2025, 1, 3)
    assert session.key.hex() == VECTORS["key_update"]["key"]


def said(request: Request) -> tuple[str, Any]:
    """Address and body of a call."""
    return request.url, json.loads(request.body)


def expected(row: dict[str, Any]) -> tuple[str, Any]:
    """The same, from the file."""
    url = f"{TALK['root']}/appelfonction/{TALK['space']}/{TALK['session']}/{row['order']}"
    secured: dict[str, Any] = {} if row["tab"] is None else {"Signature": {"onglet": row["tab"]}}
    secured |= {} if row["sent"] is None else {"data": row["sent"]}
    return url, {"session": TALK["session"], "no": row["order"], "id": row["function"], "dataSec": secured}
