"""Values that do not print themselves."""

from __future__ import annotations

import hashlib
import unicodedata

import attrs

__all__ = ["Secret"]


@attrs.frozen(repr=False, str=False)
class Secret:
    """A password, code or token. `repr`, `str` and format show dots; `reveal` gives the text."""

    _text: str = attrs.field(repr=False)

    def reveal(self) -> str:
        """The text itself, for the request that must carry it."""
        return self._text

    def fingerprint(self, salt: bytes) -> str:
        """64 hex digits that tell whether two secrets are equal, slow to guess from.

        Args:
            salt: 16 random bytes of the ledger that will keep it.
        """
        text = unicodedata.normalize("NFC", self._text).encode()
        return hashlib.scrypt(text, salt=salt, n=2**14, r=8, p=1, dklen=32).hex()

    def __bool__(self) -> bool:
        """Whether there is any text."""
        return bool(self._text)

    def __repr__(self) -> str:
        """Dots."""
        return "Secret(•••)"

    def __str__(self) -> str:
        """Dots."""
        return "•••"
