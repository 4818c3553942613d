"""The envelope of every answer, and the emptiness of maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.peers.matchers import ABSENT

__all__ = ["answer", "map_or_list", "yes_no"]


def answer(data: object, meta: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A whole successful answer."""
    return {"success": 1, "error": ABSENT, "data": data, "meta": map_or_list(meta or {})}


def map_or_list(said: Mapping[str, Any]) -> Mapping[str, Any] | Sequence[Any]:
    """The server says an empty map as an empty list."""
    return said or []


def yes_no(fact: bool) -> str:
    """The dialect in which facts about announcements and homework are said."""
    return "yes" if fact else "no"
