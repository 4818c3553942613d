"""The envelope of a function call in every generation: reading one, and answering it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import attrs

from schoolsync.flow.http import Response
from schoolsync.sandbox.pronote.call import Complaint, Trouble
from schoolsync.sandbox.pronote.crypto import Cipher, Garbled, deflate, inflate
from schoolsync.sandbox.pronote.generations import Generation

__all__ = [
    "Asked",
    "Envelope",
    "Payload",
    "Said",
    "access_denied",
    "complained",
    "envelope",
    "expired",
    "json_response",
    "read_envelope",
    "refusal",
]

REASONS = {8: 1, 10: 3, 11: 4, 13: 6, 14: 7, 18: 11}
"""Number of an error → the number that its title has in parentheses."""
NEW_NAMES, OLD_NAMES = ("data", "Signature"), ("donnees", "_Signature_")
"""Content and signature."""


def expired(number: int) -> Trouble:
    """The refusal "La page a expiré !" with the reason that belongs to *number*."""
    return Trouble(number, f"La page a expiré ! ({REASONS[number]})", "Votre session a expiré.")


def access_denied() -> Trouble:
    """The refusal for what this user may not open."""
    return Trouble(3, "Accès refusé", "Vous n'avez pas accès à cette page.")


def json_response(said: Mapping[str, Any]) -> Response:
    """*said* as JSON; everything beyond ASCII is escaped, which no client misreads."""
    return Response(
        200, (("content-type", "application/json; charset=utf-8"),), body=json.dumps(said).encode()
    )


def refusal(trouble: Trouble) -> Response:
    """*trouble*, in clear, as all errors are."""
    said = {"G": trouble.number, "Titre": trouble.title, "Message": trouble.message}
    return json_response({"Erreur": said, "session": 0})


# -- the outer envelope ------------------------------------------------------------


@attrs.frozen
class Envelope:
    """A call as it arrived; what is secured is still closed."""

    function: str
    """Name of the function."""
    session: object
    """Number of the session."""
    order: str = attrs.field(repr=False)
    """The order number, encrypted."""
    secured: Any = attrs.field(repr=False)
    """The secured part."""


def read_envelope(body: bytes, generation: Generation) -> Envelope:
    """The call in *body*.

    Raises:
        Trouble: It cannot be read, or uses the names of another generation (11).
    """
    try:
        said = json.loads(body)
        outer = _outer(generation)
        function, order = said[outer.function], said[outer.order]
        found = Envelope(function, said["session"], order, said[outer.secured])
    except (ValueError, LookupError, TypeError, RecursionError):
        raise expired(11) from None
    if not (isinstance(function, str) and isinstance(order, str)):
        raise expired(11)
    return found


@attrs.frozen
class _Outer:
    function: str
    order: str
    secured: str
    unsecured: str


def _outer(generation: Generation) -> _Outer:
    if generation.has_new_names:
        return _Outer("id", "no", "dataSec", "dataNonSec")
    return _Outer("nom", "numeroOrdre", "donneesSec", "donneesNonSec")


# -- what is secured ----------------------------------------------------------------


@attrs.frozen
class Asked:
    """What a call says, opened."""

    data: Mapping[str, Any] = attrs.field(repr=False)
    """The content."""
    signature: Mapping[str, Any] = attrs.field(repr=False)
    """On whose behalf: screen, child."""
    is_repeated: bool = False
    """Whether it asks again for what took long."""

    @property
    def tab(self) -> int | None:
        """The screen on whose behalf the call is made."""
        tab = self.signature.get("onglet")
        return tab if isinstance(tab, int) else None


@attrs.frozen
class Said:
    """What a call is answered, still open."""

    data: Mapping[str, Any] = attrs.field(factory=dict)
    """The content."""
    signature: Mapping[str, Any] = attrs.field(factory=dict)
    """What the server says beside it."""
    report: Mapping[str, Any] = attrs.field(factory=dict)
    """What came of saving."""
    files: tuple[str, ...] = ()
    """Files that go along, in base64."""
    wait: Mapping[str, Any] | None = None
    """Stands instead of the content when it takes long."""


@attrs.frozen(kw_only=True)
class Payload:
    """How what is secured is packed."""

    generation: Generation
    """Whose names are used."""
    encrypts: bool
    """Whether it is encrypted."""
    compresses: bool
    """Whether it is compressed."""

    def open(self, secured: Any, cipher: Cipher) -> Asked:
        """What was asked.

        Raises:
            Trouble: It is packed otherwise, damaged, or uses the names of another generation (11).
        """
        try:
            said = self._unpacked(secured, cipher)
        except (Garbled, ValueError, RecursionError):
            raise expired(11) from None
        if not isinstance(said, dict):
            raise expired(11)
        data, signature = (_part(said, *names) for names in zip(self._inner, self._others, strict=True))
        return Asked(data, signature, is_repeated="SignatureAttente" in said)

    def _unpacked(self, secured: Any, cipher: Cipher) -> Any:
        if not (self.encrypts or self.compresses):
            return secured
        packed = cipher.open(secured) if self.encrypts else bytes.fromhex(_text(secured))
        if self.compresses:
            packed = bytes.fromhex(inflate(packed).decode("ascii"))
        return json.loads(packed)

    def close(self, said: Said, function: str, cipher: Cipher) -> Any:
        """*said*, packed."""
        content, signature = self._inner
        parts: dict[str, Any] = {} if self.generation.has_new_names else {"nom": function}
        if said.wait is not None:
            parts["SignatureAttente"] = said.wait
        else:
            parts |= {content: said.data, signature: {"ModeExclusif": False, **said.signature}}
        if said.report:
            parts["RapportSaisie"] = said.report
        if not (self.encrypts or self.compresses):
            return parts
        packed = json.dumps(parts).encode("ascii")
        if self.compresses:
            packed = deflate(packed)
        return cipher.seal(packed) if self.encrypts else packed.hex()

    @property
    def _inner(self) -> tuple[str, str]:
        return NEW_NAMES if self.generation.has_new_content else OLD_NAMES

    @property
    def _others(self) -> tuple[str, str]:
        return OLD_NAMES if self.generation.has_new_content else NEW_NAMES


def _part(said: Mapping[str, Any], name: str, other: str) -> Mapping[str, Any]:
    """The part called *name*; a client that does not know the version may send it twice."""
    part = {} if said.get(name) is None else said[name]
    if not isinstance(part, dict) or (other in said and name not in said):
        raise expired(11)
    return part


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise Garbled
    return said


def envelope(
    payload: Payload, function: str, session: int, order: int, *, said: Said, cipher: Cipher
) -> Response:
    """The answer *said* to a call, with its order number."""
    outer = _outer(payload.generation)
    whole: dict[str, Any] = {
        outer.function: function,
        "session": session,
        outer.order: cipher.seal(str(order).encode()),
        outer.secured: payload.close(said, function, cipher),
    }
    if said.files:
        whole[outer.unsecured] = {"fichiers": [*said.files]}
    return json_response(whole)


def complained(complaint: Complaint) -> Said:
    """Nothing was done, and the signature says why."""
    return Said(signature={"Erreur": 1, "MessageErreur": complaint.message})
