"""What pronotepy's objects say of themselves, as plain maps and lists."""

from __future__ import annotations

from typing import Any

import attrs
from pronotepy import dataClasses
from pronotepy.exceptions import DataError

from tests.peers.pronote.declarations import REFERENCES, Member, members

__all__ = ["Failed", "told"]


@attrs.frozen
class Failed:
    """Nothing was said: the peer itself did not understand the answer."""

    error: str
    """Name of its error."""


def told(said: Any) -> Any:
    """Everything that *said* has to say: attributes, properties, methods; whatever requests that takes."""
    if isinstance(said, list | tuple):
        return [told(one) for one in said]
    kind: Any = type(said)
    if kind.__module__ != dataClasses.__name__:
        return said
    return {name: _told(said, name, member) for name, member in members(kind).items()}


def _told(said: Any, name: str, member: Member) -> Any:
    try:
        value = getattr(said, name)
        value = value() if member.kind == "method" else value
    except DataError as error:
        return Failed(type(error).__name__)
    reference = REFERENCES.get(f"{type(said).__name__}.{name}")
    return told(value) if reference is None or value is None else getattr(value, reference)
