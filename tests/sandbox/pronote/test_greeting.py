"""The first functions of a session: the IV, the settings, the specification's own transcript."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from schoolsync.flow.http import Request
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote import PronoteServer, generation
from tests.sandbox.pronote.hand import IV, ROOT, Hand, Refused, md5


@pytest.mark.parametrize("label", ["2022.0.3", "2023.0.2", "2026.2.5.6"])
def test_the_iv_must_come_in_the_form_that_the_page_wants(
    college: SandboxCollege, clock: HandClock, label: str
) -> None:
    """Sealed where the page brought a key, bare elsewhere."""
    for uuid in ("", "x", None, base64.b64encode(bytes(15)).decode(), base64.b64encode(bytes(128)).decode()):
        with pytest.raises(Refused, match="21"):
            Hand(PronoteServer(college, clock=clock, generation=generation(label))).enter(Uuid=uuid)
    if label == "2022.0.3":
        with pytest.raises(Refused, match="21"):
            Hand(PronoteServer(college, clock=clock, generation=generation(label))).enter(
                Uuid=base64.b64encode(IV).decode()
            )


def test_a_sealed_iv_may_be_broken_into_lines(college: SandboxCollege, clock: HandClock) -> None:
    """As old clients do; the numbers of the key are on the page."""
    hand = Hand(PronoteServer(college, clock=clock, generation=generation("2022.0.3")))
    assert len(hand.open()["MR"]) == 256
    assert "\r\n" in hand.uuid()
    assert hand.enter()["General"]["versionPN"] == "2022.0.3"


def test_the_root_page_lists_the_spaces(server: PronoteServer) -> None:
    """Without a space number, and without the school year."""
    hand = Hand(server, page="")
    assert "a" not in hand.open()
    said = hand.enter()
    assert "General" not in said
    assert [(row["G"], row["url"]) for row in said["espaces"]["V"]] == [
        (1, "professeur.html"),
        (2, "parent.html"),
        (3, "eleve.html"),
    ]


def test_the_worked_transcript_replays(college: SandboxCollege, clock: HandClock) -> None:
    """The specification's requests of 2025, byte by byte, up to the first thing that is drawn by chance."""
    server = PronoteServer(college, clock=clock, generation=generation("2025.1.3"))
    number = Hand(server).open()["h"]

    def post(order: str, body: str) -> dict[str, Any]:
        url = f"{ROOT}/appelfonction/3/{number}/{order}"
        request = Request("POST", url, body=body.replace("1234567", number).encode())
        said = json.loads(server.answer(request).body)
        assert isinstance(said, dict)
        return said

    first = post(
        "3fa959b13967e0ef176069e01e23c8d7",
        '{"session":1234567,"no":"3fa959b13967e0ef176069e01e23c8d7","id":"FonctionParametres",'
        '"dataSec":{"data":{"Uuid":"AAECAwQFBgcICQoLDA0ODw==","identifiantNav":null}}}',
    )
    assert first["no"] == "b3961095f9685612b2cad63997dce7cb"
    second = post(
        "18e4c3eb97be7e4cf58efbbe3c4a505e",
        '{"session":1234567,"no":"18e4c3eb97be7e4cf58efbbe3c4a505e","id":"Identification",'
        '"dataSec":{"data":{"identifiant":"eleve.demo"}}}',
    )
    assert second["no"] == "1f84d410c918b3b90fa354771a26ca8a"
    assert len(second["dataSec"]["data"]["challenge"]) == 160
    assert md5(IV).hex() == "1ac1ef01e96caf1be0d329331a4fc2a8"
