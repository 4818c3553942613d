"""PRONOTE's arithmetic: AES and RSA, deflate, order numbers, the proof of a password, what a PIN opens.

Pure functions over bytes and text; chance is passed in. Everywhere the same cipher: AES-128-CBC with
PKCS#7 padding, written as hexadecimal, under keys and vectors that are MD5 digests of something else.
MD5, the 1024 bits of RSA and a vector that never changes within a session are the server's choice:
what protects an account is https.

For a log-in:

```python
key = login_key(username, password, alea=…, login_mode=…, password_mode=…)   # or portal_key(password)
answer = answer_challenge(challenge, key, iv, version)   # None: the key does not fit, send nothing
material = read_key(cle, key, iv)                        # for Session.switch_key, after a yes
```

Here `key` is always an AES key (the digest, 16 bytes) and `iv` the vector in use (`Session.iv`).

Evidence: read in the web client and several independent clients; vectors computed by two of them.
See docs/protocol/pronote.md.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable

import attrs
from Crypto.Cipher import AES, PKCS1_v1_5
from Crypto.PublicKey import RSA
from Crypto.Util.Padding import pad, unpad

from schoolsync.errors import Undecodable

__all__ = [
    "BUILT_IN_KEY",
    "EMPTY_KEY",
    "INFLATE_LIMIT",
    "IV_BYTES",
    "NO_IV",
    "RsaKey",
    "announced_iv",
    "answer_challenge",
    "decrypt_hex",
    "deflate",
    "digest",
    "encrypt_hex",
    "file_segment",
    "inflate",
    "login_key",
    "order_number",
    "pin_key",
    "portal_key",
    "read_key",
    "read_with_pin",
]

IV_BYTES = 16
"""What a session draws once."""
NO_IV = bytes(IV_BYTES)
"""What the first request, and a QR code, are encrypted with."""
DIRECT_DIGITS = 32
"""A challenge of so many characters is encrypted as it stands."""
DIRECT_SINCE = (2026, 2)
"""From here on a challenge that the key does not open may have been meant as it stands. Evidence: read."""
INFLATE_LIMIT = 64 * 1024 * 1024
"""Bytes that one answer may unfold to."""
DEFLATE_LEVEL = 6


def digest(data: bytes) -> bytes:
    """The MD5 of *data*: how everything here becomes a key or a vector."""
    return hashlib.md5(data, usedforsecurity=False).digest()


EMPTY_KEY = digest(b"")
"""The AES key until somebody is signed in."""


# -- AES ------------------------------------------------------------------------


def encrypt_hex(data: bytes | str, key: bytes, iv: bytes) -> str:
    """*data* (text as UTF-8) encrypted, in lower-case hexadecimal."""
    plain = data.encode() if isinstance(data, str) else data
    return AES.new(key, AES.MODE_CBC, iv=iv).encrypt(pad(plain, AES.block_size)).hex()


def decrypt_hex(text: str, key: bytes, iv: bytes) -> bytes:
    """What `encrypt_hex` was given; digits of either case.

    Raises:
        Undecodable: At `hex`: no hexadecimal of whole blocks. At `decrypt`: another key or vector.
    """
    try:
        sealed = bytes.fromhex(text)
    except ValueError:
        raise Undecodable("hex") from None
    if not sealed or len(sealed) % AES.block_size:
        raise Undecodable("hex", "no whole blocks")
    try:
        return unpad(AES.new(key, AES.MODE_CBC, iv=iv).decrypt(sealed), AES.block_size)
    except ValueError:
        raise Undecodable("decrypt") from None


def order_number(number: int, key: bytes, iv: bytes) -> str:
    """*number* as it stands in an address and beside a call."""
    return encrypt_hex(str(number), key, iv)


# -- deflate --------------------------------------------------------------------


def deflate(data: bytes) -> bytes:
    """*data* compressed, without header and checksum."""
    packer = zlib.compressobj(DEFLATE_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def inflate(data: bytes, limit: int = INFLATE_LIMIT) -> bytes:
    """What `deflate` was given.

    Raises:
        Undecodable: At `inflate`: no whole deflate stream, or more than *limit* bytes.
    """
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = unpacker.decompress(data, limit + 1)
    except zlib.error:
        raise Undecodable("inflate") from None
    if len(plain) > limit:
        raise Undecodable("inflate", f"more than {limit} bytes")
    if not unpacker.eof:
        raise Undecodable("inflate", "a stream without an end")
    return plain


# -- announcing the vector --------------------------------------------------------


@attrs.frozen
class RsaKey:
    """A server's public key."""

    modulus: int
    exponent: int


BUILT_IN_KEY = RsaKey(
    int(
        "B99B77A3D72D3A29B4271FC7B7300E2F791EB8948174BE7B8024667E915446D4EEA0C2424B8D1EBF7E2DDFF94691C6E9"
        "94E839225C627D140A8F1146D1B0B5F18A09BBD3D8F421CA1E3E4796B301EEBCCF80D81A32A1580121B8294433C38377"
        "083C5517D5921E8A078CDC019B15775292EFDA2C30251B1CCABE812386C893E5",
        16,
    ),
    65537,
)
"""The vendor's, for servers that are reached without TLS and bring none of their own."""


def announced_iv(iv: bytes, key: RsaKey | None, draw: Callable[[int], bytes]) -> str:
    """The `Uuid` that tells the server *iv*: base64, encrypted with *key* if there is one.

    Args:
        iv: The 16 bytes that were drawn for the session (what encrypts is their digest).
        key: The server's, for a conversation without TLS.
        draw: So many random bytes, for the padding.

    Raises:
        Undecodable: At `RSA key`: the server's key is none.
    """
    if key is None:
        return base64.b64encode(iv).decode()

    def draw_padding(count: int) -> bytes:
        """Padding holds no zero."""
        return bytes(byte or 1 for byte in draw(count))

    try:
        public = RSA.construct((key.modulus, key.exponent))
        return base64.b64encode(PKCS1_v1_5.new(public, randfunc=draw_padding).encrypt(iv)).decode()
    except ValueError:
        raise Undecodable("RSA key") from None


# -- signing in --------------------------------------------------------------------


def login_key(
    username: str,
    password: str,
    *,
    alea: str | None = None,
    login_mode: int | None = 0,
    password_mode: int | None = 0,
) -> bytes:
    """The AES key that proves a user name and a password, or a token in its place.

    Args:
        username: As it is sent; spaces around it never count.
        password: The password; spaces around it never count, as in the vendor's own page.
        alea: What `Identification` answered, if it did.
        login_mode: `modeCompLog`: above 0, the case of the user name does not count.
        password_mode: `modeCompMdp`: above 0, the case of the password does not count.
    """
    username, password = username.strip(), password.strip()
    name = username.lower() if login_mode and login_mode > 0 else username
    word = password.lower() if password_mode and password_mode > 0 else password
    return digest(f"{name}{_hashed((alea or '') + word)}".encode())


def portal_key(password: str) -> bytes:
    """The AES key that proves the one-time password (`f` of the start page) after a school's portal."""
    return digest(_hashed(password).encode())


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest().upper()


def answer_challenge(challenge: str, key: bytes, iv: bytes, version: tuple[int, ...] = ()) -> str | None:
    """What to answer to *challenge*; `None` when *key* does not open it: then nothing should be sent.

    A challenge of 32 characters (servers since 2026.2.5.6) is encrypted as it stands, and only the
    server can tell whether the key is right. A longer one is opened, every second character is dropped,
    and the rest encrypted again. A server since 2026.2 whose longer challenge does not open is answered
    the first way.

    Args:
        challenge: What `Identification` answered.
        key: Of `login_key` or `portal_key`.
        iv: The session's.
        version: The server's, if it is known.

    Raises:
        Undecodable: At `hex`: it is no challenge.
    """
    if len(challenge) == DIRECT_DIGITS:
        return encrypt_hex(challenge, key, iv)
    try:
        scrambled = decrypt_hex(challenge, key, iv).decode()
    except UnicodeDecodeError:
        scrambled = ""
    except Undecodable as trouble:
        if trouble.stage != "decrypt":
            raise
        scrambled = ""
    if scrambled:
        return encrypt_hex(scrambled[::2], key, iv)
    return encrypt_hex(challenge, key, iv) if version >= DIRECT_SINCE else None


def read_key(text: str, key: bytes, iv: bytes) -> bytes:
    """The key material in `cle`, an encrypted list of decimal byte values.

    Raises:
        Undecodable: At `hex`, `decrypt` or `key`.
    """
    try:
        return bytes(int(value) for value in decrypt_hex(text, key, iv).decode("ascii").split(","))
    except ValueError:  # UnicodeDecodeError too
        raise Undecodable("key") from None


# -- PINs and files ------------------------------------------------------------------


def pin_key(pin: str) -> bytes:
    """The AES key that a PIN is."""
    return digest(pin.encode())


def read_with_pin(text: str, pin: str) -> str | None:
    """What the *text* of a QR code says; `None`: another PIN.

    Raises:
        Undecodable: At `hex`: it is no text of a QR code.
    """
    try:
        return decrypt_hex(text, pin_key(pin), NO_IV).decode()
    except UnicodeDecodeError:
        return None
    except Undecodable as trouble:
        if trouble.stage != "decrypt":
            raise
        return None


def file_segment(file_id: str, key: bytes, iv: bytes, *, code: str | None = None) -> str:
    """The part of a file's address that says which file: `FichiersExternes/{this}/{name}`.

    Args:
        file_id: Of the file, or of the person whose photo it is.
        key: The session's.
        iv: The session's.
        code: For special files: `DevoirSujet`, `EvaluationCorrige`, …
    """
    words = {"N": file_id, "Actif": True} | ({"G": code} if code else {})
    return encrypt_hex(json.dumps(words, separators=(",", ":")), key, iv)
