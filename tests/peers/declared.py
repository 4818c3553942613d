"""What a peer declares of the answers that it gives: shapes, whatever language they were written in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import attrs

__all__ = [
    "ANYTHING",
    "BYTES",
    "DAY",
    "FACT",
    "MOMENT",
    "NOTHING",
    "NUMBER",
    "SPAN",
    "TEXT",
    "Either",
    "Exactly",
    "Field",
    "Fields",
    "Listed",
    "Mapped",
    "Plain",
    "Shape",
    "fields_of",
    "fitting",
]


@attrs.frozen
class Plain:
    """A value without parts."""

    name: str
    """`text`, `number`, `fact`, `nothing`, `day`, `moment`, `span`, `bytes`, or `anything` whatever."""


@attrs.frozen
class Exactly:
    """One value and no other."""

    value: str | int
    """That one."""


@attrs.frozen
class Listed:
    """A list."""

    item: Shape
    """Of what."""


@attrs.frozen
class Mapped:
    """A map whose keys are not declared."""

    item: Shape
    """To what."""


@attrs.frozen
class Field:
    """One declared field."""

    shape: Shape
    """What it holds."""
    is_optional: bool = False
    """Whether it may be missing."""


@attrs.frozen
class Fields:
    """A map whose keys are declared."""

    name: str
    """The peer's name for it; where it has none, the place: `Homework.status`."""
    fields: Mapping[str, Field]
    """Key → what is declared of it."""


@attrs.frozen
class Either:
    """One of several; of none, nothing fits."""

    options: tuple[Shape, ...]
    """Which."""


Shape: TypeAlias = Plain | Exactly | Listed | Mapped | Fields | Either
"""Any of these."""

TEXT, NUMBER, FACT, NOTHING, ANYTHING = (
    Plain(name) for name in ("text", "number", "fact", "nothing", "anything")
)
DAY, MOMENT, SPAN, BYTES = (Plain(name) for name in ("day", "moment", "span", "bytes"))
KINDS: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "number": (int, float),
    "fact": (bool,),
    "nothing": (type(None),),
    "day": (dt.date,),
    "moment": (dt.datetime,),
    "span": (dt.timedelta,),
    "bytes": (bytes,),
}


def fitting(shape: Shape, said: Any) -> Shape | None:
    """What of *shape* fits *said*, whose parts are not looked at; `None` if nothing does."""
    if isinstance(shape, Either):
        found = (fitting(option, said) for option in shape.options)
        return next((one for one in found if one), None)
    return shape if _fits(shape, said) else None


def _fits(shape: Shape, said: Any) -> bool:
    match shape:
        case Plain("anything"):
            return True
        case Plain(name):
            return type(said) in KINDS[name]
        case Exactly(value):
            return type(said) is type(value) and said == value
        case Listed():
            return isinstance(said, list)
        case _:
            return isinstance(said, dict)


def fields_of(shape: Shape) -> Iterator[str]:
    """Every field declared anywhere in *shape*, with the name of what it is a field of: `Lesson.key`."""
    match shape:
        case Listed(item) | Mapped(item):
            yield from fields_of(item)
        case Either(options):
            for option in options:
                yield from fields_of(option)
        case Fields(name, fields):
            for key, field in fields.items():
                yield f"{name}.{key}"
                yield from fields_of(field.shape)
