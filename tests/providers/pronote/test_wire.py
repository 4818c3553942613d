"""Which generation a server is of, line by line of the protocol's table; and calls as bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schoolsync.errors import Undecodable
from schoolsync.providers.pronote.crypto import BUILT_IN_KEY, EMPTY_KEY, NO_IV, RsaKey
from schoolsync.providers.pronote.page import Start
from schoolsync.providers.pronote.wire import (
    EARLY,
    LATE,
    NEW,
    OLD,
    Inner,
    Keys,
    Names,
    Wire,
    choose_wire,
    seal,
    sealed_call,
    unseal,
)
from tests.providers.pronote.wire import IV, md5, unsealed

OWN = RsaKey(0xC0FFEE, 65537)
V2022, V2023, V2024, V2024_9, V2025, V2026 = (
    (2022, 0, 3),
    (2023, 0, 2),
    (2024, 3, 8),
    (2024, 3, 9),
    (2025, 1, 3),
    (2026, 2, 6),
)

CASES: list[tuple[str, dict[str, Any], bool, Wire]] = [
    # a key of the server's own: 2022 and before
    ("own key", {"rsa_key": OWN}, True, Wire(OLD, EARLY, True, True, OWN)),
    ("own key, http", {"rsa_key": OWN, "is_http": True}, False, Wire(OLD, EARLY, True, True, OWN)),
    (
        "own key, skips encryption",
        {"rsa_key": OWN, "skips_encryption": True},
        True,
        Wire(OLD, EARLY, False, True, OWN),
    ),
    (
        "own key, skips both",
        {"rsa_key": OWN, "skips_encryption": True, "skips_compression": True},
        True,
        Wire(OLD, EARLY, False, False, OWN),
    ),
    (
        "own key, whatever the header",
        {"rsa_key": OWN, "version": V2026},
        True,
        Wire(OLD, EARLY, True, True, OWN),
    ),
    # 2023 and 2024
    ("2023", {"version": V2023}, True, Wire(OLD, EARLY, True, True, None)),
    ("2023, http", {"version": V2023, "is_http": True}, False, Wire(OLD, EARLY, True, True, BUILT_IN_KEY)),
    (
        "2023, skips both",
        {"version": V2023, "skips_encryption": True, "skips_compression": True},
        True,
        Wire(OLD, EARLY, False, False, None),
    ),
    ("2024.3.8", {"version": V2024, "skips_compression": True}, True, Wire(OLD, EARLY, True, False, None)),
    ("2024.3.9", {"version": V2024_9, "skips_encryption": True}, True, Wire(OLD, LATE, False, True, None)),
    ("2024.3.9, nothing said", {"version": V2024_9}, True, Wire(OLD, LATE, True, True, None)),
    # since 2025.1.3
    ("2025", {"version": V2025}, True, Wire(NEW, LATE, False, False, None)),
    ("2025, http", {"version": V2025, "is_http": True}, False, Wire(NEW, LATE, False, False, BUILT_IN_KEY)),
    ("2025, encrypts", {"version": V2025, "does_encrypt": True}, True, Wire(NEW, LATE, True, False, None)),
    ("2025, compresses", {"version": V2025, "does_compress": True}, True, Wire(NEW, LATE, False, True, None)),
    ("2026, both", {"does_encrypt": True, "does_compress": True}, True, Wire(NEW, LATE, True, True, None)),
    (
        "2026, both off",
        {"does_encrypt": False, "does_compress": False},
        True,
        Wire(NEW, LATE, False, False, None),
    ),
    # the version is not known: the flags say it
    ("skips", {"skips_encryption": True}, True, Wire(OLD, None, False, True, None)),
    ("skips nothing", {"skips_encryption": False}, True, Wire(OLD, None, True, True, None)),
    ("polls", {"polls": True}, True, Wire(OLD, None, True, True, None)),
    ("does", {"does_encrypt": True}, False, Wire(NEW, LATE, True, False, None)),
    # nor do the flags
    ("nothing, https", {}, True, Wire(NEW, LATE, False, False, None)),
    (
        "nothing, script",
        {"is_script": True, "is_http": True},
        False,
        Wire(NEW, LATE, False, False, BUILT_IN_KEY),
    ),
    ("nothing, no TLS", {"is_http": True}, False, Wire(OLD, None, True, True, BUILT_IN_KEY)),
    # what the page shows is stronger than what a header says
    (
        "skips, header of 2026",
        {"skips_encryption": True, "version": V2026},
        True,
        Wire(OLD, LATE, False, True, None),
    ),
    (
        "does, header of 2023",
        {"does_encrypt": True, "version": V2023},
        True,
        Wire(NEW, LATE, True, False, None),
    ),
    (
        "script, header of 2023",
        {"is_script": True, "version": V2023},
        True,
        Wire(NEW, LATE, False, False, None),
    ),
]


@pytest.mark.parametrize(
    ("start", "is_https", "wire"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_the_page_shows_decides(start: dict[str, Any], is_https: bool, wire: Wire) -> None:
    """Names, encryption, compression, and how the vector is told."""
    assert choose_wire(Start(number=1, **start), is_https=is_https) == wire


def test_the_other_names() -> None:
    """After a call that was not understood: the other generation, with what its flags would mean."""
    plain = Start(number=1)
    assert choose_wire(plain, is_https=True, other_names=True) == Wire(OLD, None, True, True, None)
    skipping = Start(number=1, skips_encryption=True, version=V2024)
    assert choose_wire(skipping, is_https=True, other_names=True) == Wire(NEW, LATE, False, False, None)


@pytest.mark.parametrize(
    ("start", "key"), [({}, BUILT_IN_KEY), ({"is_http": True}, None), ({"rsa_key": OWN}, None)]
)
def test_the_other_way_to_tell_the_vector(start: dict[str, Any], key: RsaKey | None) -> None:
    """After a vector that was not understood; nothing else changes."""
    made = Start(number=1, version=V2025, **start)
    assert choose_wire(made, is_https=True, other_key=True).rsa_key == key
    assert choose_wire(made, is_https=True, other_key=True).names == choose_wire(made, is_https=True).names


def test_how_a_session_is_kept_alive() -> None:
    """By `Presence` up to 2024.3.8, as long as the names inside are the early ones."""
    assert Wire(OLD, EARLY, True, True, None).takes_presence
    assert not Wire(OLD, LATE, True, True, None).takes_presence
    assert not Wire(NEW, LATE, True, True, None).takes_presence


# -- the secured part --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "inner", "secured"),
    [
        (NEW, LATE, {"Signature": {"onglet": 16}, "data": {"x": 1}}),
        (OLD, LATE, {"nom": "F", "Signature": {"onglet": 16}, "data": {"x": 1}}),
        (OLD, EARLY, {"nom": "F", "_Signature_": {"onglet": 16}, "donnees": {"x": 1}}),
        (OLD, None, {"nom": "F", "Signature": {"onglet": 16}, "data": {"x": 1}, "donnees": {"x": 1}}),
    ],
)
def test_the_secured_part_of_each_generation(
    names: Names, inner: Inner | None, secured: dict[str, Any]
) -> None:
    """Content twice while nobody knows which name the server takes."""
    wire = Wire(names, inner, False, False, None)
    assert wire.secured("F", {"x": 1}, {"onglet": 16}) == secured


def test_what_there_is_not_is_left_out() -> None:
    """No content, no signature; but an empty content is sent."""
    wire = Wire(NEW, LATE, False, False, None)
    assert wire.secured("F", None, {}) == {}
    assert wire.secured("F", {}, {}) == {"data": {}}
    assert wire.secured("F", None, {}, {"n": 1}) == {"SignatureAttente": {"n": 1}}


# -- calls as bytes ----------------------------------------------------------------------------

KEYS = Keys(md5(b"key"), md5(IV))


@pytest.mark.parametrize("names", [NEW, OLD])
def test_a_plain_call(names: Names) -> None:
    """The secured part is an object; whatever is not ASCII is escaped."""
    wire = Wire(names, LATE, False, False, None)
    order, sent = sealed_call(wire, KEYS, function="F", session=12, order=5, secured={"data": {"x": "é"}})
    assert unsealed(order, KEYS.key, KEYS.iv) == b"5"
    assert json.loads(sent) == {
        "session": 12,
        names.order: order,
        names.function: "F",
        names.secured: {"data": {"x": "é"}},
    }
    assert sent.isascii()


@pytest.mark.parametrize(("encrypts", "compresses"), [(True, False), (False, True), (True, True)])
def test_a_sealed_call(encrypts: bool, compresses: bool) -> None:
    """The secured part is hexadecimal text; the server gets back what was said."""
    wire = Wire(NEW, LATE, encrypts, compresses, None)
    _, sent = sealed_call(wire, KEYS, function="F", session=12, order=5, secured={"data": {"x": "é"}})
    text = json.loads(sent)["dataSec"]
    plain = unseal(text, wire, KEYS).decode("ascii")
    assert json.loads(bytes.fromhex(plain) if compresses else plain) == {"data": {"x": "é"}}


def test_keys_do_not_show() -> None:
    """Neither do they in a traceback's repr."""
    assert repr(KEYS) == "Keys()"


@pytest.mark.parametrize(
    ("encrypts", "compresses", "text", "stage"),
    [
        (False, True, "zz", "hex"),
        (False, True, "0", "hex"),
        (False, True, "", "inflate"),
        (False, True, "ffff", "inflate"),
        (True, False, "", "hex"),
        (True, False, "00" * 16, "decrypt"),
        (True, True, "zz", "hex"),
        (True, True, seal(b"", Wire(NEW, LATE, True, False, None), KEYS), "inflate"),
    ],
)
def test_a_garbled_answer_names_its_stage(encrypts: bool, compresses: bool, text: str, stage: str) -> None:
    """And nothing else."""
    with pytest.raises(Undecodable) as caught:
        unseal(text, Wire(NEW, LATE, encrypts, compresses, None), KEYS)
    assert caught.value.stage == stage


def test_the_first_call_of_the_vectors() -> None:
    """The well-known number, under the empty key and no vector."""
    order, _ = sealed_call(
        Wire(NEW, LATE, False, False, None),
        Keys(EMPTY_KEY, NO_IV),
        function="F",
        session=1,
        order=1,
        secured={},
    )
    assert order == "3fa959b13967e0ef176069e01e23c8d7"
