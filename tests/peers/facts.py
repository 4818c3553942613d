"""What a record says, field by field as its model declares them, so that two can be compared.

Left out is only what the two sides cannot share: keys, what refers to the record's
own key, and what the server sent. A key of another record is read as what it names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from schoolsync.model import Attachment, Pupil, Record
from schoolsync.model.record import Value

__all__ = ["differences", "facts", "left_out"]

Names = Mapping[str, str | None]
"""Key of a record → what it is called at the school."""


def left_out(kind: type[Value]) -> set[str]:
    """The fields of *kind* that are not compared."""
    if issubclass(kind, Record):
        return {"key", "pupil_key", "raw"}
    if issubclass(kind, Pupil):
        return {"key"}
    return {"ref"} if issubclass(kind, Attachment) else set()


def facts(said: Any, names: Names) -> Any:
    """*said* without what is left out: plain values in maps and lists.

    A time is its instant and its zone, because times of one zone are compared by the clock on
    the wall, which shows an hour twice in autumn.
    """
    if isinstance(said, Value):
        kind = type(said)
        return {
            field: _named(getattr(said, field), names)
            if field.endswith("_key")
            else facts(getattr(said, field), names)
            for field in kind.model_fields.keys() - left_out(kind)
        }
    if isinstance(said, dt.datetime):
        return said.astimezone(dt.UTC).isoformat(), getattr(said.tzinfo, "key", None)
    if isinstance(said, Mapping):
        return {name: facts(value, names) for name, value in said.items()}
    if isinstance(said, list | tuple):
        return [facts(one, names) for one in said]
    return type(said).__name__, said


def _named(key: str | None, names: Names) -> tuple[str | None, bool]:
    """What *key* names, and whether it is known at all."""
    return (None, True) if key is None else (names.get(key), key in names)


def differences(
    said: Sequence[Value],
    expected: Sequence[Value],
    said_names: Names | None = None,
    expected_names: Names | None = None,
) -> list[str]:
    """Where *said* and *expected* differ; order is not looked at."""
    strangers = [facts(one, said_names or {}) for one in said]
    waiting = [facts(one, expected_names or {}) for one in expected]
    for one in [one for one in strangers if one in waiting]:
        if one in waiting:
            strangers.remove(one)
            waiting.remove(one)
    found = []
    for one in strangers:
        if not waiting:
            found.append(f"not at the school: {one}")
            continue
        nearest = min(waiting, key=lambda other: len(_apart(one, other)))
        waiting.remove(nearest)
        found += _apart(one, nearest)
    return found + [f"not delivered: {one}" for one in waiting]


def _apart(said: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    return [
        f"{field}: {said.get(field)}, expected {expected.get(field)}"
        for field in sorted(said.keys() | expected.keys())
        if said.get(field) != expected.get(field)
    ]
