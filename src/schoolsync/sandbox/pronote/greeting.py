"""The first three functions of every session: the school's settings, who somebody is, the proof."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.crypto import Cipher, Garbled, digest, open_rsa
from schoolsync.sandbox.pronote.doors import Door
from schoolsync.sandbox.pronote.encode.settings import encode_settings, encode_spaces
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.page import space_numbered
from schoolsync.sandbox.pronote.sessions import Session, Sessions
from schoolsync.sandbox.pronote.wire import Said

__all__ = ["Greeting"]

IV_LENGTH = 16
EMBLEM = base64.b64encode(b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").decode()


@attrs.frozen(kw_only=True)
class Greeting:
    """What answers before somebody has signed in."""

    college: SandboxCollege = attrs.field(repr=False)
    """The school."""
    generation: Generation
    """How the server talks."""
    sessions: Sessions = attrs.field(repr=False)
    """Who has opened a page."""
    door: Door = attrs.field(repr=False)
    """Where people sign in."""

    def answer(
        self,
        session: Session,
        function: str,
        data: Mapping[str, Any],
        *,
        now: float,
        at: dt.datetime,
    ) -> tuple[Said, Cipher | None]:
        """The answer, and the cipher that holds after it, if it is another one.

        Args:
            session: Whose call it is.
            function: One of the first three.
            data: What it says.
            now: Seconds of the clock.
            at: The present, in the school's zone.

        Raises:
            Trouble: The IV came in the wrong form (21), or there were too many failures (25).
        """
        if function == "FonctionParametres":
            return self._settings(session, data, at), None
        if function == "Identification":
            return Said(self.door.identification(session, data, now=now, at=at)), None
        said, cipher = self.door.authentification(session, data, now=now, at=at)
        return Said(said), cipher

    def _settings(self, session: Session, data: Mapping[str, Any], at: dt.datetime) -> Said:
        """The settings; they are encrypted with the IV that *data* announces."""
        session.cipher = Cipher(session.cipher.key, digest(self._announced(data.get("Uuid"))))
        known = data.get("identifiantNav")
        session.device = known if isinstance(known, str) and known else self.sessions.device()
        space = space_numbered(session.space)
        if not space.number:
            return Said(encode_spaces(self.college.school.name, self.college.year))
        said = encode_settings(
            self.college, session.ids, self.generation, at, space=space, device=session.device
        )
        return Said(said, files=(EMBLEM,))

    def _announced(self, uuid: object) -> bytes:
        """The IV that a client wants.

        Raises:
            Trouble: It came in another form than this server wants (21).
        """
        try:
            said = base64.b64decode("".join(str(uuid).split()), validate=True)
            iv = open_rsa(said) if self.generation.sends_rsa_key else said
        except (binascii.Error, ValueError, Garbled):
            iv = b""
        if len(iv) != IV_LENGTH:
            raise Trouble(21, "Impossible d'afficher la page", "La page n'a pas pu être affichée.")
        return iv
