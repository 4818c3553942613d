"""What a request asks for: days, weeks, and keys that clients spell with either first letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from schoolsync.sandbox.pronote.call import Trouble, bare

__all__ = ["asked_day", "asked_for", "asked_numbers"]

DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
PIECE = re.compile(r"(\d{1,3})(?:\.\.(\d{1,3}))?")


def _unreadable() -> Trouble:
    return Trouble(11, "La page a expiré ! (4)", "Votre page a expiré.")


def asked_for(data: Mapping[str, Any], name: str) -> Any:
    """What *data* says under *name*, its first letter small or capital, without type; `None` if nothing."""
    given = data.get(name, data.get(name[0].swapcase() + name[1:]))
    return bare(given)


def asked_day(data: Mapping[str, Any], name: str) -> dt.date | None:
    """The day under *name*: `6/10/2025 0:0:0`, with or without padding and time; `None` if none is said.

    Raises:
        Trouble: It is no day (11).
    """
    said = asked_for(data, name)
    if said is None:
        return None
    found = DAY.fullmatch(said) if isinstance(said, str) else None
    try:
        day, month, year = map(int, found.groups()) if found else (0, 0, 0)
        return dt.date(year, month, day)
    except ValueError:
        raise _unreadable() from None


def asked_numbers(data: Mapping[str, Any], name: str) -> frozenset[int] | None:
    """The numbers under *name*: `[6..8,10]`; `None` if none are said.

    Raises:
        Trouble: It is no such set (11).
    """
    said = asked_for(data, name)
    if said is None:
        return None
    if not isinstance(said, str) or not (said.startswith("[") and said.endswith("]")):
        raise _unreadable()
    numbers: set[int] = set()
    for piece in filter(None, said[1:-1].split(",")):
        found = PIECE.fullmatch(piece.strip())
        if found is None:
            raise _unreadable()
        first, last = found[1], found[2] or found[1]
        numbers.update(range(int(first), int(last) + 1))
    return frozenset(numbers)
