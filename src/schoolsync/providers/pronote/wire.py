"""How one server writes: the names of its fields, whether it encrypts and compresses, how the vector is told.

Never a setting: what the start page shows decides, and a version number only where the page shows
nothing. So half-migrated servers and servers behind a proxy are read right.

Evidence: read in the web client and several independent clients.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import attrs

from schoolsync.errors import Undecodable
from schoolsync.providers.pronote.crypto import (
    BUILT_IN_KEY,
    RsaKey,
    decrypt_hex,
    deflate,
    encrypt_hex,
    inflate,
    order_number,
)
from schoolsync.providers.pronote.page import Start
from schoolsync.providers.pronote.schema.words import Version

__all__ = [
    "EARLY",
    "LATE",
    "NEW",
    "OLD",
    "Inner",
    "Keys",
    "Names",
    "Wire",
    "choose_wire",
    "seal",
    "sealed_call",
    "unseal",
]

RENAMED_INSIDE: Version = (2024, 3, 9)
"""From here on `data` and `Signature`."""
RENAMED: Version = (2025, 1, 3)
"""From here on the names outside are new too, and flags say what is done instead of what is skipped."""


@attrs.frozen
class Names:
    """The fields of a call and its answer."""

    function: str
    order: str
    secured: str
    unsecured: str


OLD = Names("nom", "numeroOrdre", "donneesSec", "donneesNonSec")
"""Up to 2024."""
NEW = Names("id", "no", "dataSec", "dataNonSec")
"""Since 2025.1.3."""


@attrs.frozen
class Inner:
    """The fields of the secured part."""

    content: str
    signature: str


EARLY = Inner("donnees", "_Signature_")
"""Before 2024.3.9."""
LATE = Inner("data", "Signature")
"""Since."""


@attrs.frozen
class Wire:
    """How calls to one server are written, and its answers read."""

    names: Names
    """Of the envelope."""
    inner: Inner | None
    """Of what is inside; `None`: not known before the first answer."""
    encrypts: bool
    """Whether the secured part is encrypted."""
    compresses: bool
    """Whether it is compressed."""
    rsa_key: RsaKey | None
    """What the vector is encrypted with when it is announced; `None`: told as it is."""

    def secured(
        self, function: str, content: Any, signature: dict[str, Any], waiting: Any = None
    ) -> dict[str, Any]:
        """The secured part of a call.

        Args:
            function: Its name; older servers want it here, too.
            content: What is asked; `None` for nothing at all.
            signature: On whose behalf; an empty one is left out.
            waiting: The server's own word about a treatment that takes long, given back to it.
        """
        said: dict[str, Any] = {"nom": function} if self.names == OLD else {}
        inner = self.inner or LATE
        if signature:
            said[inner.signature] = signature
        if waiting is not None:
            said["SignatureAttente"] = waiting
        if content is not None:
            for one in (inner,) if self.inner else (LATE, EARLY):
                said[one.content] = content
        return said

    @property
    def takes_presence(self) -> bool:
        """Whether `Presence` keeps a session alive; else `Navigation` does."""
        return self.inner == EARLY


def choose_wire(start: Start, *, is_https: bool, other_names: bool = False, other_key: bool = False) -> Wire:
    """How the server of *start* writes.

    Args:
        start: Its page.
        is_https: Whether we reach it over TLS.
        other_names: Take the names of the other generation, because these were not understood.
        other_key: Announce the vector in the other way, for the same reason.
    """
    is_new = _is_new(start, is_https=is_https) is not other_names
    rsa_key = start.rsa_key or (BUILT_IN_KEY if start.is_http else None)
    if other_key:
        rsa_key = None if rsa_key else BUILT_IN_KEY
    if is_new:
        encrypts, compresses = bool(start.does_encrypt), bool(start.does_compress)
        return Wire(NEW, LATE, encrypts, compresses, rsa_key)
    encrypts, compresses = not start.skips_encryption, not start.skips_compression
    return Wire(OLD, _inner(start), encrypts, compresses, rsa_key)


def _is_new(start: Start, *, is_https: bool) -> bool:
    """Whether the names and flags are those since 2025.1.3."""
    if start.rsa_key or _are_said(start.skips_encryption, start.skips_compression, start.polls):
        return False
    if start.is_script or _are_said(start.does_encrypt, start.does_compress):
        return True
    return start.version >= RENAMED if start.version else is_https


def _are_said(*flags: bool | None) -> bool:
    return any(flag is not None for flag in flags)


def _inner(start: Start) -> Inner | None:
    if start.rsa_key:
        return EARLY
    return (LATE if start.version >= RENAMED_INSIDE else EARLY) if start.version else None


# -- calls as bytes ------------------------------------------------------------------------------


@attrs.frozen
class Keys:
    """What a call and its answer are encrypted with."""

    key: bytes = attrs.field(repr=False)
    """The AES key."""
    iv: bytes = attrs.field(repr=False)
    """The vector of this direction."""


def sealed_call(
    wire: Wire, keys: Keys, *, function: str, session: int, order: int, secured: Mapping[str, Any]
) -> tuple[str, bytes]:
    """The order number of a call, as it stands in its address, and the body to send.

    Text outside ASCII is escaped, which every server reads alike.

    Args:
        wire: How this server writes.
        keys: For this call.
        function: Its name.
        session: The session's number.
        order: This call's number.
        secured: What is asked, of `Wire.secured`.
    """
    number = order_number(order, keys.key, keys.iv)
    names = wire.names
    body = {
        "session": session,
        names.order: number,
        names.function: function,
        names.secured: seal(_text(secured), wire, keys) if wire.encrypts or wire.compresses else secured,
    }
    return number, _text(body)


def _text(said: object) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode("ascii")


def seal(text: bytes, wire: Wire, keys: Keys) -> str:
    """The JSON *text* of a secured part as this server takes it: deflated as hex digits, then encrypted."""
    packed = deflate(text.hex().encode("ascii")) if wire.compresses else text
    return encrypt_hex(packed, keys.key, keys.iv) if wire.encrypts else packed.hex()


def unseal(text: str, wire: Wire, keys: Keys) -> bytes:
    """The JSON text of an answer's secured part; what a server deflates are the bytes themselves.

    Raises:
        Undecodable: At `hex`, `decrypt` or `inflate`.
    """
    packed = decrypt_hex(text, keys.key, keys.iv) if wire.encrypts else _bytes(text)
    return inflate(packed) if wire.compresses else packed


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise Undecodable("hex") from None
