"""What a capture of PRONOTE may say: of people who exist hardly anything, of invented ones their words."""

from __future__ import annotations

import json
from typing import Any

import attrs
import pytest

from tools.captures import Spoken, read
from tools.redact import Redactor, redacted
from tools.vocabulary import CLASSCHARTS, PRONOTE, vocabulary_of

ORDER, NEXT = "3fa959b13967e0ef176069e01e23c8d7", "96b8120a0f72fdaf4528d76dd627ba9c"
CALL = "https://0000000a.school.example.net/pronote/appelfonction/3/5708781/" + ORDER
ASKED: dict[str, Any] = {
    "session": 5708781,
    "no": ORDER,
    "id": "Identification",
    "dataSec": {"data": {"identifiant": "s.real", "genreEspace": 3, "Uuid": "C2kJ29HsJDREWmVIm8VgWQ=="}},
}
SAID: dict[str, Any] = {
    "session": 5708781,
    "no": NEXT,
    "id": "PageEmploiDuTemps",
    "dataSec": {
        "data": {
            "ListeCours": {
                "_T": 24,
                "V": [
                    {
                        "N": "29#AbCdEfGhIj",
                        "G": 0,
                        "L": "Somebody REAL",
                        "place": 42,
                        "DateDuCours": {"_T": 7, "V": "09/03/2026 08:00:00"},
                        "dateNaissance": {"_T": 7, "V": "14/03/2012"},
                        "note": {"_T": 10, "V": "15,5"},
                        "minutes": 17,
                        "CouleurFond": "#F49737",
                        "estAnnule": True,
                    }
                ],
            },
            "eMail": "somebody.real@family.example.net",
            "remarque": "s.real ne vient pas",
        }
    },
}
LINE = SAID["dataSec"]["data"]["ListeCours"]["V"][0]


def _talk(**changed: Any) -> list[Spoken]:
    return [
        Spoken(
            method="POST",
            url=CALL,
            sent=(("content-type", "application/json"), ("cookie", "pronote_noeud=0a1b2c3d4e5f")),
            body=json.dumps(ASKED).encode(),
            status=200,
            said=(("content-type", "application/json"), ("server", "PRONOTE 2026.2.4 Somebody")),
            content=json.dumps(SAID | changed).encode(),
        )
    ]


def _redacted(*, is_invented: bool, **changed: Any) -> tuple[Spoken, str]:
    text = redacted(_talk(**changed), Redactor(is_invented=is_invented))
    return read(text)[0], text


def test_people_who_exist_are_not_shown() -> None:
    """No name, mark, birthday, number, id, address or key material is left, wherever it stood."""
    _, text = _redacted(is_invented=False)
    private = ("Somebody", "REAL", "s.real", "15,5", "14/03/2012", "29#AbC", "family", "5708781", "school")
    material = (ORDER, NEXT, "C2kJ29Hs", "0a1b2c3d")
    assert [word for word in (*private, *material, "17", "remarque s") if word in text] == []


def test_what_the_protocol_needs_stays() -> None:
    """Keys, kinds, types, places, days, colours, names of functions, what is so and what is not."""
    one, _ = _redacted(is_invented=False)
    said = json.loads(one.content)
    line = said["dataSec"]["data"]["ListeCours"]["V"][0]
    assert said.keys() == SAID.keys()
    assert line.keys() == LINE.keys()
    assert said["id"] == "PageEmploiDuTemps"
    for name in ("G", "place", "DateDuCours", "CouleurFond", "estAnnule"):
        assert line[name] == LINE[name], name
    assert line["note"]["_T"] == 10
    assert json.loads(one.body)["id"] == "Identification"


def test_the_conversation_still_makes_sense() -> None:
    """The session and the order number are the same in the address and in the body."""
    one, _ = _redacted(is_invented=False)
    *_, session, order = one.url.split("/")
    asked = json.loads(one.body)
    assert (asked["session"], asked["no"]) == (int(session), order)
    assert json.loads(one.content)["session"] == asked["session"]


def test_what_cannot_be_read_is_a_stand_in() -> None:
    """An encrypted answer of people who exist may hold anything."""
    one, text = _redacted(is_invented=False, dataSec="8f14e45fceea167a5a36dedd4bea2543")
    assert "8f14e45f" not in text
    assert json.loads(one.content)["dataSec"].startswith("text-")


def test_words_of_invented_people_stay() -> None:
    """And what the replay needs: keys and vectors of a school that does not exist; their secrets do not."""
    one, text = _redacted(is_invented=True)
    said = json.loads(one.content)["dataSec"]["data"]
    assert said["ListeCours"]["V"][0] == LINE
    for stays in (ORDER, NEXT, "C2kJ29Hs", "5708781"):
        assert stays in text
    for gone in ("s.real", "somebody.real@family", "0a1b2c3d"):
        assert gone not in text


def test_a_stand_in_is_not_hidden_again() -> None:
    """Who bears one as a name signs in by it in the replay, too."""
    asked = ASKED | {"dataSec": {"data": {"identifiant": "redacted-user"}}}
    talk = [attrs.evolve(_talk()[0], body=json.dumps(asked).encode())]
    body = json.loads(read(redacted(talk, Redactor(is_invented=True)))[0].body)
    assert body["dataSec"]["data"]["identifiant"] == "redacted-user"


@pytest.mark.parametrize(
    "url",
    [
        CALL,
        "https://0000000a.example.test/pronote/appeldeconnexion/9a0b",
        "https://0000000a.example.test/pronote/InfoMobileApp.json?id=0D264427-EEFC-4810-A9E9-346942A862A4",
    ],
)
def test_whose_words_they_are(url: str) -> None:
    """The address tells."""
    assert vocabulary_of(url) is PRONOTE
    assert vocabulary_of("https://www.classcharts.com/apiv2parent/pupils") is CLASSCHARTS
