"""Python's own annotations, as far as pyclasschartsapi uses them, read into shapes."""

from __future__ import annotations

import inspect
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from tests.peers.declared import (
    ANYTHING,
    FACT,
    NOTHING,
    NUMBER,
    TEXT,
    Either,
    Exactly,
    Field,
    Fields,
    Listed,
    Mapped,
    Shape,
)

__all__ = ["methods", "shape_of"]

PLAIN: dict[Any, Shape] = {
    Any: ANYTHING,
    NoneType: NOTHING,
    None: NOTHING,
    bool: FACT,
    float: NUMBER,
    int: NUMBER,
    list: Listed(ANYTHING),
    str: TEXT,
}


def methods(kind: type) -> dict[str, Shape]:
    """Public methods of *kind*, inherited ones too, with what they are said to return."""
    return {
        name: shape_of(get_type_hints(function)["return"])
        for name, function in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }


def shape_of(annotation: Any) -> Shape:
    """The shape that *annotation* means.

    Raises:
        TypeError: It is of a kind that this reader does not know.
    """
    if is_typeddict(annotation):
        return _fields(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is None or not arguments:
        found = PLAIN.get(origin or annotation)
        if found is None:
            raise TypeError(annotation)
        return found
    if origin is Literal:
        return Either(tuple(Exactly(value) for value in arguments))
    if origin in {Union, UnionType}:
        return Either(tuple(shape_of(one) for one in arguments))
    if origin is list:
        return Listed(shape_of(arguments[0]))
    if origin is dict:
        return Mapped(shape_of(arguments[1]))
    raise TypeError(annotation)


def _fields(kind: Any) -> Fields:
    hints = get_type_hints(kind)
    optional = kind.__optional_keys__
    return Fields(
        kind.__name__, {name: Field(shape_of(hint), name in optional) for name, hint in hints.items()}
    )
