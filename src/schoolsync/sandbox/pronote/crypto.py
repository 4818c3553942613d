"""The server's half of the cryptography: keys from passwords, challenges, packing and sealing.

Written from the specification, apart from the provider's: neither half can hide a mistake
that the other one shares.
"""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Iterable
from functools import cache

import attrs
from Crypto.Cipher import AES, PKCS1_v1_5
from Crypto.PublicKey import RSA
from Crypto.Util.Padding import pad, unpad

__all__ = [
    "NO_IV",
    "PUBLIC_EXPONENT",
    "PUBLIC_MODULUS",
    "Cipher",
    "Garbled",
    "deflate",
    "digest",
    "drawn_text",
    "inflate",
    "listed_bytes",
    "login_key",
    "open_rsa",
    "scrambled",
    "without_double_padding",
]

BLOCK = 16
NO_IV = bytes(BLOCK)
"""What the first request of a session is encrypted with."""
LEVEL = 6
LARGEST_BODY = 64_000_000
HEX_DIGITS = "0123456789ABCDEF"

# A key that was made for this sandbox and keeps nothing safe: both primes stand here for everybody.
FIRST_PRIME = int(
    "d80a00cb03c95d3d181e30216cbc3bf761f7073bf409582910d3e16d061b9080"
    "6ccd03749b44c6ef85f37202a25d8553bc7a63e753215dda854339b37a2a677d",
    16,
)
SECOND_PRIME = int(
    "fc6815c1c14281c9757032d2e164a96f53d41e314b6e3aba9da96ff3c9ad5174"
    "5ec3f5999771f637f08dfe722b936e7f0863f4494405afbcf20f9b6994724983",
    16,
)
PUBLIC_MODULUS = FIRST_PRIME * SECOND_PRIME
"""What the pages of old servers show as `MR`."""
PUBLIC_EXPONENT = 65_537
"""What they show as `ER`."""


class Garbled(Exception):
    """What was sent cannot be decrypted or unpacked."""


def digest(material: bytes) -> bytes:
    """The 16 bytes that a key or IV is made of: MD5, as the protocol wants it."""
    return hashlib.md5(material, usedforsecurity=False).digest()


@attrs.frozen
class Cipher:
    """One key and one IV. Every text begins anew with the same IV."""

    key: bytes = attrs.field(default=digest(b""), repr=False)
    """16 bytes; those of an empty password until somebody has signed in."""
    iv: bytes = attrs.field(default=NO_IV, repr=False)
    """16 bytes."""

    def seal(self, plain: bytes) -> str:
        """*plain*, padded and encrypted, in lower-case hex digits."""
        return AES.new(self.key, AES.MODE_CBC, self.iv).encrypt(pad(plain, BLOCK)).hex()

    def open(self, sealed: object) -> bytes:
        """What *sealed*, hex digits of either case, was made of.

        Raises:
            Garbled: They are no such digits, or were made with another key or IV.
        """
        if not isinstance(sealed, str):
            raise Garbled
        try:
            return unpad(AES.new(self.key, AES.MODE_CBC, self.iv).decrypt(bytes.fromhex(sealed)), BLOCK)
        except ValueError:
            raise Garbled from None

    def rekeyed(self, material: bytes) -> Cipher:
        """The same IV with the key that is made of *material*."""
        return Cipher(digest(material), self.iv)


def without_double_padding(plain: bytes) -> bytes:
    """*plain* without the padding that some clients put there before the cipher adds its own."""
    try:
        return unpad(plain, BLOCK)
    except ValueError:
        return plain


# -- packing ----------------------------------------------------------------------


def deflate(plain: bytes) -> bytes:
    """*plain*, compressed without header and checksum."""
    packer = zlib.compressobj(LEVEL, wbits=-zlib.MAX_WBITS)
    return packer.compress(plain) + packer.flush()


def inflate(packed: bytes) -> bytes:
    """What *packed* was made of.

    Raises:
        Garbled: It is no such stream, or holds too much.
    """
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        plain = unpacker.decompress(packed, LARGEST_BODY)
    except zlib.error:
        raise Garbled from None
    if not unpacker.eof:
        raise Garbled
    return plain


# -- signing in ---------------------------------------------------------------------


def login_key(identifier: str, secret: str, alea: str = "") -> bytes:
    """The key that somebody who knows *secret* signs in with.

    Args:
        identifier: The login; empty for somebody whom a portal vouches for.
        secret: The password.
        alea: What the server added to it, if it did.
    """
    hashed = hashlib.sha256(f"{alea}{secret}".encode()).hexdigest().upper()
    return digest(f"{identifier}{hashed}".encode())


def drawn_text(chance: random.Random, length: int = 32) -> str:
    """Hex digits by chance, in capitals."""
    return "".join(chance.choices(HEX_DIGITS, k=length))


def scrambled(text: str, chance: random.Random) -> str:
    """*text* with a character by chance after each of its own."""
    return "".join(own + chance.choice(HEX_DIGITS) for own in text)


def listed_bytes(material: Iterable[int]) -> bytes:
    """The bytes as decimal numbers between commas, which is how a new key is told."""
    return ",".join(map(str, material)).encode()


# -- RSA ------------------------------------------------------------------------------


@cache
def _private_key() -> RSA.RsaKey:
    secret = pow(PUBLIC_EXPONENT, -1, (FIRST_PRIME - 1) * (SECOND_PRIME - 1))
    return RSA.construct((PUBLIC_MODULUS, PUBLIC_EXPONENT, secret, FIRST_PRIME, SECOND_PRIME))


def open_rsa(sealed: bytes) -> bytes:
    """What was sealed with the public key.

    Raises:
        Garbled: It was sealed with another one, or not at all.
    """
    try:
        plain = PKCS1_v1_5.new(_private_key()).decrypt(sealed, b"")
    except ValueError:
        raise Garbled from None
    if not plain:
        raise Garbled
    return bytes(plain)
