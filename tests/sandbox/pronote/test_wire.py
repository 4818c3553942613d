"""Envelopes: what is read from them, and what stands in an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schoolsync.sandbox.pronote import GENERATIONS, Generation, generation
from schoolsync.sandbox.pronote.call import Complaint, Trouble
from schoolsync.sandbox.pronote.crypto import Cipher, digest
from schoolsync.sandbox.pronote.wire import (
    Payload,
    Said,
    access_denied,
    complained,
    envelope,
    expired,
    read_envelope,
    refusal,
)

CIPHER = Cipher(iv=digest(bytes(range(16)))).rekeyed(bytes.fromhex("112233445566778899aabbccddeeff00"))
NEW, OLD = generation("2026.2.5.6"), generation("2022.0.3")


def payload(talk: Generation, *, encrypts: bool = False, compresses: bool = False) -> Payload:
    """A packing."""
    return Payload(generation=talk, encrypts=encrypts, compresses=compresses)


@pytest.mark.parametrize(("number", "reason"), [(8, 1), (10, 3), (11, 4), (13, 6), (14, 7), (18, 11)])
def test_why_a_page_expired(number: int, reason: int) -> None:
    """The number in parentheses is the server's own."""
    said = json.loads(refusal(expired(number)).body)
    assert said["Erreur"]["G"] == number
    assert said["Erreur"]["Titre"] == f"La page a expiré ! ({reason})"
    assert said["Erreur"]["Message"]
    assert said["session"] == 0


def test_a_refusal_is_in_clear() -> None:
    """Number, title and message, as JSON of ASCII."""
    answer = refusal(access_denied())
    assert answer.status == 200
    assert answer.media_type == "application/json"
    assert answer.body.isascii()
    assert json.loads(answer.body)["Erreur"].keys() == {"G", "Titre", "Message"}


@pytest.mark.parametrize("talk", GENERATIONS, ids=lambda one: one.label)
def test_the_order_of_keys_does_not_matter(talk: Generation) -> None:
    """Nor do keys that nobody knows."""
    new = talk.version >= (2025, 1, 3)
    name, order, secured = ("id", "no", "dataSec") if new else ("nom", "numeroOrdre", "donneesSec")
    said = {secured: {}, "echecReseau": True, name: "PageMenus", order: "00", "session": 7}
    read = read_envelope(json.dumps(said).encode(), talk)
    assert (read.function, read.session, read.order, read.secured) == ("PageMenus", 7, "00", {})
    for missing in said.keys() - {"echecReseau"}:
        rest = {key: value for key, value in said.items() if key != missing}
        with pytest.raises(Trouble) as trouble:
            read_envelope(json.dumps(rest).encode(), talk)
        assert trouble.value.number == 11


def test_the_specifications_requests_open() -> None:
    """Encrypted only; compressed and encrypted: with an accent."""
    encrypted = "6132ea19e3f9f23a7c4d09369344aa64f7a6e21747186fb318850a9ef8c00ee5"
    both = "bc6919924e8187059e3434c488da9e250c7cfed910695906db2e3d8ef91063e2f699d8227be4952c54acc6e040c40090"
    assert payload(NEW, encrypts=True).open(encrypted, CIPHER).data == {"objet": "Été"}
    assert payload(NEW, encrypts=True, compresses=True).open(both.upper(), CIPHER).data == {"objet": "Été"}


@pytest.mark.parametrize(
    ("secured", "tab"),
    [
        ({}, None),
        ({"Signature": {"onglet": 7}}, 7),
        ({"Signature": {"onglet": "7"}, "data": None}, None),
        ({"Signature": None}, None),
    ],
)
def test_what_is_secured_may_say_little(secured: Any, tab: int | None) -> None:
    """No content is an empty one."""
    asked = payload(NEW).open(secured, CIPHER)
    assert (asked.data, asked.tab, asked.is_repeated) == ({}, tab, False)


@pytest.mark.parametrize("secured", [{"data": []}, {"data": 7}, {"Signature": "x"}, [], "x", None])
def test_what_is_secured_may_be_nonsense(secured: Any) -> None:
    """Then it is refused."""
    with pytest.raises(Trouble) as trouble:
        payload(NEW).open(secured, CIPHER)
    assert trouble.value.number == 11


def test_an_answer_of_each_kind() -> None:
    """Content and signature; a report beside them; a wait instead."""
    said = payload(NEW).close(Said({"x": 1}, {"y": 2}, {"z": 3}), "F", CIPHER)
    assert said == {"data": {"x": 1}, "Signature": {"ModeExclusif": False, "y": 2}, "RapportSaisie": {"z": 3}}
    old = payload(OLD).close(Said({"x": 1}), "F", CIPHER)
    assert old == {"nom": "F", "donnees": {"x": 1}, "_Signature_": {"ModeExclusif": False}}
    assert payload(NEW).close(Said(wait={"w": 4}), "F", CIPHER) == {"SignatureAttente": {"w": 4}}
    complaint = payload(NEW).close(complained(Complaint("Non")), "F", CIPHER)
    assert complaint["Signature"]["MessageErreur"] == "Non"


@pytest.mark.parametrize("talk", [OLD, NEW], ids=lambda one: one.label)
def test_the_whole_answer(talk: Generation) -> None:
    """Name, session, order number; files in clear, if there are any."""
    names = ("id", "no", "dataNonSec") if talk is NEW else ("nom", "numeroOrdre", "donneesNonSec")
    packed = payload(talk, encrypts=True)
    bare = json.loads(envelope(packed, "F", 7, 8, said=Said(), cipher=CIPHER).body)
    assert bare[names[0]] == "F"
    assert bare["session"] == 7
    assert bare[names[1]] == "8772139428a82243a7a2f757be469f1c"
    assert names[2] not in bare
    full = json.loads(envelope(packed, "F", 7, 8, said=Said(files=("eA==",)), cipher=CIPHER).body)
    assert full[names[2]] == {"fichiers": ["eA=="]}
