"""The same bytes as the real thing: golden vectors that neither side writes, and every way to be garbled."""

from __future__ import annotations

import base64
import hashlib
import json
import tracemalloc
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from Crypto.Cipher import PKCS1_v1_5
from Crypto.PublicKey import RSA
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import Undecodable
from schoolsync.providers.pronote import crypto
from schoolsync.providers.pronote.crypto import EMPTY_KEY, NO_IV, RsaKey
from schoolsync.providers.pronote.wire import LATE, NEW, Keys, Wire, seal, unseal

VECTORS = json.loads(Path(__file__).parents[2].joinpath("vectors/pronote.json").read_text(encoding="utf-8"))
IV = bytes.fromhex(VECTORS["iv"])
KEY = bytes.fromhex(VECTORS["key_update"]["key"])
IVS = {"zero": NO_IV, "session": IV}
KEYS = {"empty": EMPTY_KEY, "session": KEY}
MODES = {"encrypted": (True, False), "compressed": (False, True), "both": (True, True)}


def ids(row: dict[str, Any]) -> str:
    """What a vector is called in a report."""
    return str(row.get("name") or row.get("number") or row.get("text"))


def wire(*, encrypts: bool, compresses: bool) -> Wire:
    """A present server."""
    return Wire(NEW, LATE, encrypts, compresses, None)


@cache
def private_key() -> RSA.RsaKey:
    """A server's own key, as in 2022."""
    return RSA.generate(1024)


def public_key() -> RsaKey:
    """Its public half."""
    return RsaKey(private_key().n, private_key().e)


# -- golden bytes -------------------------------------------------------------------------


def test_the_vector_in_use_is_the_digest_of_the_one_announced() -> None:
    """And so is the key of a session in which nobody has signed in: the digest of nothing."""
    drawn = bytes.fromhex(VECTORS["drawn"])
    assert crypto.digest(drawn) == IV
    assert crypto.announced_iv(drawn, None, bytes) == VECTORS["uuid"]
    assert VECTORS["empty_key"] == EMPTY_KEY.hex()


@pytest.mark.parametrize("row", VECTORS["orders"], ids=ids)
def test_order_numbers(row: dict[str, Any]) -> None:
    """As in addresses."""
    assert crypto.order_number(row["number"], KEYS[row["key"]], IVS[row["iv"]]) == row["hex"]


@pytest.mark.parametrize("mode", MODES)
def test_a_request_is_packed(mode: str) -> None:
    """Hexadecimal text, deflated, encrypted: each step where it belongs."""
    row = VECTORS["request"]
    encrypts, compresses = MODES[mode]
    keys = Keys(KEYS[row["key"]], IVS[row["iv"]])
    assert seal(row["text"].encode(), wire(encrypts=encrypts, compresses=compresses), keys) == row[mode]
    assert row["text"].encode().hex() == row["hex_text"]


@pytest.mark.parametrize("mode", MODES)
def test_a_response_is_unpacked(mode: str) -> None:
    """Without the step over hexadecimal text."""
    row = VECTORS["response"]
    encrypts, compresses = MODES[mode]
    keys = Keys(KEYS[row["key"]], IVS[row["iv"]])
    assert unseal(row[mode], wire(encrypts=encrypts, compresses=compresses), keys) == row["text"].encode()
    assert (
        unseal(row[mode].upper(), wire(encrypts=encrypts, compresses=compresses), keys)
        == row["text"].encode()
    )


@pytest.mark.parametrize("row", VECTORS["logins"], ids=ids)
def test_a_challenge_is_answered(row: dict[str, Any]) -> None:
    """Scrambled and direct, with a password, a token, and what a portal gives."""
    if row["username"] is None:
        key = crypto.portal_key(row["password"])
    else:
        key = crypto.login_key(row["username"], row["password"], alea=row["alea"])
    assert key.hex() == row["key"]
    assert crypto.answer_challenge(row["challenge"], key, IV) == row["answer"]
    if row["sha256"]:
        assert (
            hashlib.sha256(((row["alea"] or "") + row["password"]).encode()).hexdigest().upper()
            == row["sha256"]
        )
    if "scrambled" in row:
        assert row["scrambled"][::2] == row["wanted"]
        assert crypto.decrypt_hex(row["challenge"], key, IV).decode() == row["scrambled"]


def test_the_new_key_is_read() -> None:
    """A list of decimal values, under the key of the log-in."""
    row = VECTORS["key_update"]
    key = bytes.fromhex(row["login_key"])
    assert crypto.decrypt_hex(row["cle"], key, IV).decode() == row["text"]
    assert crypto.read_key(row["cle"], key, IV).hex() == row["material"]
    assert crypto.digest(bytes.fromhex(row["material"])) == KEY


def test_what_the_session_key_seals() -> None:
    """A PIN, the part of a file's address, a call."""
    for row in VECTORS["with_key"]["texts"]:
        assert crypto.encrypt_hex(row["text"], KEY, IV) == row["hex"]
        assert crypto.decrypt_hex(row["hex"], KEY, IV).decode() == row["text"]
    assert crypto.file_segment("48#PJ1", KEY, IV) == VECTORS["with_key"]["texts"][0]["hex"]
    both = VECTORS["with_key"]["both"]
    assert seal(both["text"].encode(), wire(encrypts=True, compresses=True), Keys(KEY, IV)) == both["hex"]


def test_a_special_file_says_its_code() -> None:
    """Beside the id, in the same segment."""
    segment = crypto.file_segment("59#M1", KEY, IV, code="DevoirSujet")
    assert json.loads(crypto.decrypt_hex(segment, KEY, IV)) == {
        "N": "59#M1",
        "Actif": True,
        "G": "DevoirSujet",
    }


def test_a_qr_code_is_read_with_its_pin() -> None:
    """Identifier and token; with another PIN, nothing."""
    row = VECTORS["qr"]
    assert crypto.pin_key(row["pin"]).hex() == row["key"]
    assert crypto.read_with_pin(row["login"], row["pin"]) == row["username"]
    assert crypto.read_with_pin(row["jeton"], row["pin"]) == row["token"]
    assert crypto.read_with_pin(row["login"], "4321") is None
    not_text = crypto.encrypt_hex(b"\xff\xfe", crypto.pin_key("1234"), NO_IV)
    assert crypto.read_with_pin(not_text, "1234") is None
    with pytest.raises(Undecodable, match="at hex"):
        crypto.read_with_pin("not hexadecimal", "1234")


# -- the built-in key ------------------------------------------------------------------------


def test_the_built_in_key() -> None:
    """The vendor's modulus, to the last bit."""
    row = VECTORS["built_in_key"]
    modulus = crypto.BUILT_IN_KEY.modulus
    assert f"{modulus:0256X}" == row["modulus"]
    assert hashlib.sha256(modulus.to_bytes(128)).hexdigest() == row["modulus_sha256"]
    assert crypto.BUILT_IN_KEY.exponent == row["exponent"]


@pytest.mark.parametrize("draw", [bytes, lambda count: b"\x07" * count], ids=["zeros", "sevens"])
def test_the_vector_is_announced_under_a_servers_key(draw: Any) -> None:
    """Whoever has the private half reads it; the padding is drawn from the given source, without zeros."""
    drawn = bytes(range(16))
    said = crypto.announced_iv(drawn, public_key(), draw)
    assert PKCS1_v1_5.new(private_key()).decrypt(base64.b64decode(said), b"") == drawn
    assert said == crypto.announced_iv(drawn, public_key(), draw)


def test_the_built_in_key_announces() -> None:
    """A block of 1024 bits in base64; nobody but the vendor can tell more."""
    assert len(base64.b64decode(crypto.announced_iv(bytes(16), crypto.BUILT_IN_KEY, bytes))) == 128


@pytest.mark.parametrize("key", [RsaKey(0, 0), RsaKey(4, 3), RsaKey(2**63 + 1, 65537), RsaKey(15, 2)])
def test_no_key_at_all(key: RsaKey) -> None:
    """A page may hold any numbers."""
    with pytest.raises(Undecodable, match="at RSA key"):
        crypto.announced_iv(bytes(16), key, bytes)


# -- what a log-in key is made of --------------------------------------------------------------


def test_the_case_counts_unless_the_server_says_otherwise() -> None:
    """Two modes, one for each half."""
    plain = crypto.login_key("louison", "motdepasse")
    assert crypto.login_key("Louison", "motdepasse") != plain
    assert crypto.login_key("Louison", "motdepasse", login_mode=1) == plain
    assert crypto.login_key("louison", "MotDePasse") != plain
    assert crypto.login_key("louison", "MotDePasse", password_mode=1) == plain
    assert crypto.login_key("louison", "motdepasse", login_mode=None, password_mode=-1, alea="") == plain
    assert crypto.login_key("Louison", "motdepasse", login_mode=-1) != plain
    assert crypto.login_key("louison", "MotDePasse", password_mode=-1) != plain


def test_spaces_around_a_log_in_do_not_count() -> None:
    """As in the vendor's own page."""
    assert crypto.login_key(" louison ", "mot de passe\n") == crypto.login_key("louison", "mot de passe")
    assert crypto.login_key("louison", "motdepasse") != crypto.login_key("louison", "mot de passe")


def test_a_wrong_password_is_found_before_anything_is_sent() -> None:
    """A long challenge does not open with another key: nothing should be sent."""
    challenge = VECTORS["logins"][0]["challenge"]
    wrong = crypto.login_key("eleve.demo", "Sésame-43", alea="0F1E2D3C4B5A6978")
    assert crypto.answer_challenge(challenge, wrong, IV) is None
    assert crypto.answer_challenge(challenge, wrong, IV, (2026, 1, 3)) is None
    assert crypto.answer_challenge(challenge, wrong, IV, (2025, 1, 3)) is None


def test_a_long_challenge_of_a_present_server_may_be_meant_as_it_stands() -> None:
    """One that does not open is then answered the other way, and the server decides."""
    challenge = VECTORS["logins"][0]["challenge"]
    wrong = crypto.login_key("eleve.demo", "Sésame-43")
    answer = crypto.answer_challenge(challenge, wrong, IV, (2026, 2, 5, 6))
    assert answer == crypto.encrypt_hex(challenge, wrong, IV)


def test_a_long_challenge_that_is_no_text_is_not_opened() -> None:
    """Padding may fit by accident; characters do not."""
    key = crypto.login_key("a", "b")
    assert crypto.answer_challenge(crypto.encrypt_hex(b"\xff" * 40, key, IV), key, IV) is None


@pytest.mark.parametrize("challenge", ["", "0f", "xyz", "0" * 40, "é" * 33])
def test_no_challenge_at_all(challenge: str) -> None:
    """What is no hexadecimal of whole blocks cannot be a wrong password."""
    with pytest.raises(Undecodable, match="at hex"):
        crypto.answer_challenge(challenge, KEY, IV)


@pytest.mark.parametrize("text", ["", "1,2,x", "256", "-1", "1,,2", "é", "1;2"])
def test_a_key_that_is_none(text: str) -> None:
    """It opens, and holds something else."""
    with pytest.raises(Undecodable, match="at key"):
        crypto.read_key(crypto.encrypt_hex(text, KEY, IV), KEY, IV)


def test_a_key_under_another_key() -> None:
    """It does not even open."""
    with pytest.raises(Undecodable, match="at decrypt"):
        crypto.read_key(VECTORS["key_update"]["cle"], KEY, IV)


# -- damage ----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "0", "zz", "00" * 15, "00" * 17, "0x" + "0" * 30, "é"])
def test_no_hexadecimal_of_whole_blocks(text: str) -> None:
    """Truncated, or of other letters."""
    with pytest.raises(Undecodable, match="at hex"):
        crypto.decrypt_hex(text, KEY, IV)


def test_a_wrong_padding_names_its_stage_and_nothing_else() -> None:
    """No value, and no cause that would hold one."""
    sealed = crypto.encrypt_hex("a secret", KEY, IV)
    with pytest.raises(Undecodable) as caught:
        crypto.decrypt_hex(sealed, EMPTY_KEY, IV)
    assert caught.value.stage == "decrypt"
    assert caught.value.seen is None
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@given(st.binary(max_size=100))
def test_what_is_encrypted_comes_back(data: bytes) -> None:
    """Whatever it is."""
    assert crypto.decrypt_hex(crypto.encrypt_hex(data, KEY, IV), KEY, IV) == data


@given(st.binary(max_size=300))
def test_what_is_deflated_comes_back(data: bytes) -> None:
    """As a raw stream, without header and checksum."""
    assert crypto.inflate(crypto.deflate(data)) == data
    assert crypto.deflate(data) == zlib.compress(data, 6)[2:-4]


@given(st.binary(max_size=60))
def test_anything_can_come_instead_of_a_stream(data: bytes) -> None:
    """It is inflated, or the stage is named."""
    try:
        crypto.inflate(data)
    except Undecodable as trouble:
        assert trouble.stage == "inflate"  # noqa: PT017 - only if there is one


def test_a_stream_that_ends_too_early() -> None:
    """Half an answer is none."""
    whole = crypto.deflate(b"a" * 1000 + b"b" * 1000)
    with pytest.raises(Undecodable, match="at inflate, saw a stream without an end"):
        crypto.inflate(whole[:-3])


def test_a_bomb_is_not_unfolded() -> None:
    """The limit is exact, and far more is never held."""
    bomb = crypto.deflate(bytes(1000))
    assert len(crypto.inflate(bomb, limit=1000)) == 1000
    with pytest.raises(Undecodable, match="more than 999 bytes"):
        crypto.inflate(bomb, limit=999)


def test_the_limit_of_an_answer() -> None:
    """64 MiB, as documented; what lies beyond is never held."""
    assert crypto.INFLATE_LIMIT == 64 * 1024 * 1024
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = bytes(1024 * 1024)
    bomb = b"".join(packer.compress(piece) for _ in range(65)) + packer.flush()
    with pytest.raises(Undecodable, match="more than"):
        crypto.inflate(bomb)
    tracemalloc.start()
    try:
        with pytest.raises(Undecodable, match="more than 1048576 bytes"):
            crypto.inflate(bomb, limit=1024 * 1024)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * 1024 * 1024
