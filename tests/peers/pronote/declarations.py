"""What pronotepy's classes declare: attributes, properties, methods that give something.

The classes have no annotations of their own; what an object holds is said in its
constructor (`self.name: str = …`) and once more in the docstring (`name (str): …`).
Both are read, the docstring where the constructor does not say.
"""

from __future__ import annotations

import ast
import datetime as dt
import inspect
import re
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import attrs
from pronotepy import clients, dataClasses

from tests.peers.declared import (
    ANYTHING,
    BYTES,
    DAY,
    FACT,
    MOMENT,
    NOTHING,
    NUMBER,
    SPAN,
    TEXT,
    Either,
    Field,
    Fields,
    Listed,
    Mapped,
    Shape,
)

__all__ = [
    "REFERENCES",
    "Member",
    "documented",
    "fields_of_class",
    "members",
    "methods",
    "shape_given",
    "shape_of",
    "shape_of_text",
]

REFERENCES: Mapping[str, str] = {"Grade.period": "name", "Message.replying_to": "content"}
"""What leads back to where it is listed is read as one of its attributes."""
NAMES = vars(dataClasses) | {"ClientInfo": dataClasses.ClientInfo, "Food": dataClasses.Menu.Food}
"""What the annotations speak of."""
DOCUMENTED = re.compile(r"^ {4}(?P<name>[\w.]+)(?: \((?P<type>[^\n]*?)\))?(?::.*)?$", re.MULTILINE)
PLAIN: Mapping[Any, Shape] = {
    Any: ANYTHING,
    NoneType: NOTHING,
    None: NOTHING,
    bool: FACT,
    bytes: BYTES,
    dict: Mapped(ANYTHING),
    dt.date: DAY,
    dt.datetime: MOMENT,
    dt.timedelta: SPAN,
    float: NUMBER,
    int: NUMBER,
    list: Listed(ANYTHING),
    str: TEXT,
}


@attrs.frozen
class Member:
    """One thing that an object says of itself."""

    kind: Literal["attribute", "property", "method"]
    """How it is had."""
    shape: Shape
    """What it is declared to be."""


def methods(kind: type) -> dict[str, Any]:
    """Public methods of *kind*, inherited ones too."""
    found = inspect.getmembers(kind, lambda one: inspect.isfunction(one) or inspect.ismethod(one))
    return {name: function for name, function in found if not name.startswith("_")}


def documented(kind: type) -> dict[str, str]:
    """Attributes that the docstring of *kind* lists, with their types as written; empty where none is."""
    text = inspect.cleandoc(kind.__doc__ or "")
    _, _, listed = text.partition("Attributes:\n")
    listed = re.split(r"^\w", listed, maxsplit=1, flags=re.MULTILINE)[0]
    return {found["name"]: found["type"] or "" for found in DOCUMENTED.finditer(listed)}


@cache
def members(kind: Any) -> Mapping[str, Member]:
    """Everything public that an object of *kind* has to say."""
    found = {name: Member("attribute", shape) for name, shape in _attributes(kind)}
    for name, one in inspect.getmembers(kind, lambda value: isinstance(value, property)):
        found[name] = Member("property", shape_given(one.fget))
    for name, function in methods(kind).items():
        if not inspect.signature(function).parameters.keys() - {"self"} and _gives_something(function):
            found[name] = Member("method", shape_given(function))
    return {name: member for name, member in found.items() if not name.startswith("_")}


@cache
def fields_of_class(kind: Any) -> Fields:
    """The same as a shape."""
    return Fields(kind.__name__, {name: Field(one.shape) for name, one in members(kind).items()})


def _gives_something(function: Any) -> bool:
    return bool(_hints(function).get("return", NoneType) is not NoneType)


def shape_given(function: Any) -> Shape:
    """What *function* is declared to give."""
    return shape_of(_hints(function)["return"])


def _hints(function: Any) -> dict[str, Any]:
    """The annotations of *function*, whose module has some names only for type checkers."""
    only_for_checkers = {"Client": clients.Client, "ClientBase": clients.ClientBase}
    return get_type_hints(function, localns={**NAMES, **only_for_checkers})


# -- constructors -------------------------------------------------------------------


def _attributes(kind: type) -> Iterator[tuple[str, Shape]]:
    """What the constructor of *kind* gives an object, with what is declared of it."""
    written = documented(kind)
    for name, annotation in _assigned(kind).items():
        if f"{kind.__name__}.{name}" in REFERENCES:
            yield name, Either((TEXT, NOTHING))
        elif not name.startswith("_"):
            said = annotation or written.get(name, "")
            yield name, shape_of_text(said) if said else ANYTHING


def _assigned(kind: type) -> dict[str, str]:
    """Attributes that are set in the constructor of *kind*, with their annotations as written, or none."""
    constructor = vars(kind).get("__init__")
    tree = ast.parse(textwrap.dedent(inspect.getsource(constructor))) if constructor else None
    found: dict[str, str] = {}
    for node in ast.walk(tree) if tree else ():
        match node:
            case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id="self"), attr=name)):
                found[name] = ast.unparse(node.annotation)
            case ast.Assign(targets=targets):
                for target in targets:
                    match target:
                        case ast.Attribute(value=ast.Name(id="self"), attr=name):
                            found.setdefault(name, "")
    return found


# -- annotations --------------------------------------------------------------------


def shape_of_text(written: str) -> Shape:
    """The shape that an annotation means, *written* as in pronotepy's own module."""
    return shape_of(eval(written, {**NAMES}))


def shape_of(annotation: Any) -> Shape:
    """The shape that *annotation* means.

    Raises:
        TypeError: It is of a kind that this reader does not know.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if getattr(annotation, "__module__", None) == dataClasses.__name__:
        return fields_of_class(annotation)
    if origin is None or not arguments:
        found = PLAIN.get(origin or annotation)
        if found is None:
            raise TypeError(annotation)
        return found
    if origin in {Union, UnionType}:
        return Either(tuple(shape_of(one) for one in arguments))
    if origin is list or (origin is tuple and len(set(arguments)) == 1):
        return Listed(shape_of(arguments[0]))
    raise TypeError(annotation)
