"""Field docstrings for JSON Schemas, read from the source when a schema is asked for.

(Pydantic can read them too, but does so when a class is made: a fifth of the time that importing
the model would take.)
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

__all__ = ["described", "field_docs"]


@cache
def field_docs(kind: type[BaseModel]) -> Mapping[str, str]:
    """The docstrings of the fields of *kind*, inherited ones too; empty where there is no source."""
    docs: dict[str, str] = {}
    for base in reversed(kind.__mro__):
        if issubclass(base, BaseModel) and base is not BaseModel:
            docs.update(_own_docs(base))
    return docs


def _own_docs(kind: type) -> dict[str, str]:
    try:
        source = inspect.getsource(kind)
    except (OSError, TypeError):  # no file, or no module
        return {}
    body = ast.parse(textwrap.dedent(source)).body[0]
    return {
        field.target.id: inspect.cleandoc(words.value.value)
        for field, words in pairwise(body.body if isinstance(body, ast.ClassDef) else ())
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(words, ast.Expr)
        and isinstance(words.value, ast.Constant)
        and isinstance(words.value.value, str)
    }


def described(schema: dict[str, Any], kind: type[BaseModel]) -> dict[str, Any]:
    """*schema*, the JSON Schema of *kind*, with a description at every field."""
    _describe(schema, kind)
    for inner in _held(kind):
        _describe(schema.get("$defs", {}).get(inner.__name__, {}), inner)
    return schema


def _describe(schema: dict[str, Any], kind: type[BaseModel]) -> None:
    for name, text in field_docs(kind).items():
        if name in schema.get("properties", {}):
            schema["properties"][name]["description"] = text


def _held(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models that the fields of *kind* hold, however deep."""
    for field in kind.model_fields.values():
        for part in _parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield part
                yield from _held(part)


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)
