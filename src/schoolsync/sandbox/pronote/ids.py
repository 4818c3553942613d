"""The ids that a server gives its things: new ones in every session, and useless in any other."""

from __future__ import annotations

import base64
from hashlib import blake2b

import attrs

__all__ = ["Ids"]


@attrs.define
class Ids:
    """The ids of one session. Knows which thing an id was given for."""

    salt: bytes = attrs.field(repr=False)
    """Of the session."""
    _things: dict[str, str] = attrs.field(factory=dict, repr=False)

    def of(self, prefix: int, thing: str) -> str:
        """The id of *thing*, a name that the collège knows it by: `38#kQ…`.

        Args:
            prefix: The number in front, which real servers choose by the kind of table.
            thing: For example the key of a record.
        """
        digest = blake2b(f"{prefix} {thing}".encode(), key=self.salt, digest_size=18).digest()
        given = f"{prefix}#{base64.urlsafe_b64encode(digest).decode()}"
        self._things[given] = thing
        return given

    def thing(self, given: object) -> str | None:
        """What *given* is the id of; `None` if this session never gave it."""
        return self._things.get(given) if isinstance(given, str) else None
