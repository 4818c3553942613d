"""The server's cryptography, byte for byte as the specification computed it."""

from __future__ import annotations

import json
import random
import zlib

import pytest
from Crypto.Cipher import PKCS1_v1_5
from Crypto.PublicKey import RSA

from schoolsync.sandbox.pronote import crypto
from schoolsync.sandbox.pronote.crypto import Cipher, Garbled, digest

IV = digest(bytes(range(16)))
BEFORE = Cipher(iv=IV)
AFTER = BEFORE.rekeyed(bytes.fromhex("112233445566778899aabbccddeeff00"))
FIRST_REQUEST = b'{"data":{"Uuid":"AAECAwQFBgcICQoLDA0ODw==","identifiantNav":null}}'
FIRST_ANSWER = rb'{"data":{"General":{"versionPN":"2026.2.6","NomEtablissement":"COLL\u00c8GE FICTIF"}}}'
SCRAMBLED = "A011B223C435D647E859FA6B0C7D1E8F209132A344B556C768D97AEB8CFD9E0F"
WANTED = "A1B2C3D4E5F60718293A4B5C6D7E8F90"


def test_the_iv_in_use_is_a_digest() -> None:
    """Of the one that was announced."""
    assert IV.hex() == "1ac1ef01e96caf1be0d329331a4fc2a8"


@pytest.mark.parametrize(
    ("number", "cipher", "sealed"),
    [
        ("1", Cipher(), "3fa959b13967e0ef176069e01e23c8d7"),
        ("2", BEFORE, "b3961095f9685612b2cad63997dce7cb"),
        ("3", BEFORE, "18e4c3eb97be7e4cf58efbbe3c4a505e"),
        ("4", BEFORE, "1f84d410c918b3b90fa354771a26ca8a"),
        ("5", BEFORE, "516448a18390d8607d3e2f70306f14cd"),
        ("6", BEFORE, "dd91b4c0cc39720e72455ea245f64294"),
        ("7", AFTER, "19dfa599e5ccdb93ec649f890eea76ed"),
        ("8", AFTER, "8772139428a82243a7a2f757be469f1c"),
        ("9", AFTER, "cba26e10eafcc81aa53b14894cf36f2a"),
        ("10", AFTER, "23386d674550fd7543152a0fb86c4f3a"),
    ],
)
def test_order_numbers(number: str, cipher: Cipher, sealed: str) -> None:
    """Before and after the key changes."""
    assert cipher.seal(number.encode()) == sealed
    assert cipher.open(sealed.upper()) == number.encode()


def test_the_first_request_opens_in_every_packing() -> None:
    """Encrypted; compressed as hex text; both."""
    encrypted = (
        "07f1d4293acf059624024e44cd33caa2eba6b3060d7069e437458ce046cd1afd44c8036bf816926168e3c27619a1dbcf"
        "f1c3eae4accec10e21d8eba771de4d97315eff61fa194ed6fc01ed63c15b3561"
    )
    compressed = (
        "158d810903310c0357aa655922e3b4c9fffe2354c1087c069ffc03449513a0bf0ecf78b4c4cb002b336c963dc59c65351"
        "77b4a2f37c9ea0f5fd2eed307c08e33ff1a3df12e29a9bbf34993ae3734dada3e3e7f"
    )
    both = (
        "abe7b2366836154c4f0c511eec33ba15498d4c059167d7302d72132ceebe70f92efae9795404bd1cc273b27aac4ddd0190"
        "63e00b1c15aeb236c0020ffaab612c3afd18b392b7efa65d5e4e4a39beae2ba8dc6867636b5487c2e3b563c1369665"
    )
    assert Cipher().open(encrypted) == FIRST_REQUEST
    assert bytes.fromhex(crypto.inflate(bytes.fromhex(compressed)).decode()) == FIRST_REQUEST
    assert bytes.fromhex(crypto.inflate(Cipher().open(both)).decode()) == FIRST_REQUEST


def test_an_answer_is_packed_as_the_specification_has_it() -> None:
    """Encrypted; compressed without a hex step and encrypted."""
    assert BEFORE.seal(FIRST_ANSWER).startswith("94c47389ba465fa3aeeb4c27806e539bc86805ffa7c8ba76bfe0a18e27")
    packed = crypto.deflate(FIRST_ANSWER)
    assert packed.hex().startswith("ab564a492c4954b2aa56724fcd4b2d4acc0131cb528b8a33f3f302fc94ac948c0c8c")
    assert BEFORE.seal(packed) == (
        "a2e96ac9552259b3cae90c6646025098b30f655fd8994801e0e18bb0314cba035c051e855d6ba36fda6ef09031f7012bb4"
        "ac6a3a0d823549ef8594bf0db6b72e41db5155bf804e11102ec3d0818efc771a37f2fc748866eaf7d428ff4ed70377"
    )


@pytest.mark.parametrize(
    ("identifier", "secret", "alea", "key"),
    [
        ("eleve.demo", "Sésame-42", "0F1E2D3C4B5A6978", "dd818c4b1ad0120f6a28b9c62933f32a"),
        ("eleve.demo", "Sésame-42", "", "37c43baf0715d050e97828d0dc494f52"),
        ("", "F0E1D2C3B4A59687", "", "8ec17fe85588de2fa1d1bba26ae66ff0"),
    ],
)
def test_login_keys(identifier: str, secret: str, alea: str, key: str) -> None:
    """With and without the server's addition, and of somebody whom a portal vouches for."""
    assert crypto.login_key(identifier, secret, alea).hex() == key


def test_a_scrambled_challenge() -> None:
    """What is asked, and what is answered."""
    cipher = Cipher(crypto.login_key("eleve.demo", "Sésame-42", "0F1E2D3C4B5A6978"), IV)
    asked = (
        "acb438f8ff5e8eacf5d09e0d44c7f9c699bf0a4d0cdbae26c05c20f2616f8dfdee3f901084f240947e3a69ef511baec4"
        "48b479df86b4b45565d6e1d396460f21bb128ea22b1f8e865f2130fec36f0d55"
    )
    answer = (
        "e9b3bce495dbac2689128f64fc5ab85a1c9ee151afef179db84ba74443d9650a7af530437d7e9abbd48fe941ac0a0247"
    )
    assert cipher.seal(SCRAMBLED.encode()) == asked
    assert cipher.open(answer) == WANTED.encode()


def test_a_direct_challenge() -> None:
    """The text itself is encrypted."""
    cipher = Cipher(crypto.login_key("eleve.demo", "Sésame-42"), IV)
    answer = (
        "4074b0555e2b9db0fded7ff95e64a882c6911afb2703cfec0584a4097717b2ebd2c575d152342a0c26bea2ecb1c13d74"
    )
    assert cipher.open(answer) == b"5f0c3a9be27d41688c1e0b7a94d2f653"


def test_a_new_key_is_told_as_numbers() -> None:
    """Encrypted with the login key."""
    cipher = Cipher(bytes.fromhex("dd818c4b1ad0120f6a28b9c62933f32a"), IV)
    material = bytes.fromhex("112233445566778899aabbccddeeff00")
    assert cipher.seal(crypto.listed_bytes(material)) == (
        "701ab3c6d60ce41fe06c1a94fa13c56031a23ec49405acb012475fef94cb06f09da52da53fee67b47b4263734f78d1b0"
        "465cc2ae2fd53c88a41de1b23ddd8a79"
    )
    assert AFTER.key.hex() == "7f732fcaa82db19656ee5357beb40bab"


@pytest.mark.parametrize(
    "sealed",
    [
        "8a3ed00c47c9112e8ad738fe3c7b64b67e9817ce40b0fc2e319132cad7cdb9b6",
        "8a3ed00c47c9112e8ad738fe3c7b64b67e9817ce40b0fc2e319132cad7cdb9b6b6b47aefdf5172ae13964e31a36a0d33",
    ],
)
def test_a_files_address_may_be_padded_twice(sealed: str) -> None:
    """As one client does."""
    plain = crypto.without_double_padding(AFTER.open(sealed))
    assert json.loads(plain) == {"N": "48#PJ1", "Actif": True}


def test_scrambling_hides_nothing_from_who_knows_it() -> None:
    """Every second character is the text's own."""
    chance = random.Random(1)
    text = crypto.drawn_text(chance)
    mixed = crypto.scrambled(text, chance)
    assert (len(text), len(mixed), mixed[::2]) == (32, 64, text)
    assert crypto.scrambled(text, chance) != mixed


@pytest.mark.parametrize("sealed", ["", "00" * 16, "zz" * 16, "00" * 15, None, 7, {"V": "00"}])
def test_what_cannot_be_decrypted(sealed: object) -> None:
    """Nothing, nonsense, no whole block, no text."""
    with pytest.raises(Garbled):
        BEFORE.open(sealed)


@pytest.mark.parametrize("packed", [b"", b"\x00", zlib.compress(b"x"), crypto.deflate(b"x" * 99)[:-1]])
def test_what_cannot_be_inflated(packed: bytes) -> None:
    """Nothing, nonsense, another format, a part."""
    with pytest.raises(Garbled):
        crypto.inflate(packed)


def test_a_bomb_is_not_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so much is unpacked."""
    monkeypatch.setattr(crypto, "LARGEST_BODY", 100)
    assert crypto.inflate(crypto.deflate(b"x" * 99)) == b"x" * 99
    with pytest.raises(Garbled):
        crypto.inflate(crypto.deflate(b"x" * 200))


def test_rsa_with_the_sandboxs_own_key() -> None:
    """1024 bits; another key, or no encryption at all, is noticed."""
    own = RSA.construct((crypto.PUBLIC_MODULUS, crypto.PUBLIC_EXPONENT))
    assert own.size_in_bits() == 1024
    assert crypto.open_rsa(PKCS1_v1_5.new(own).encrypt(bytes(range(16)))) == bytes(range(16))
    other = RSA.construct((crypto.PUBLIC_MODULUS - 2, crypto.PUBLIC_EXPONENT), consistency_check=False)
    for sealed in (PKCS1_v1_5.new(other).encrypt(bytes(16)), bytes(16), bytes(128)):
        with pytest.raises(Garbled):
            crypto.open_rsa(sealed)


def test_nothing_secret_is_shown() -> None:
    """Neither key nor IV."""
    assert repr(AFTER) == "Cipher()"
