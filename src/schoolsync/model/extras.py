"""What only one provider says: JSON values under names, frozen however deep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from pydantic import GetCoreSchemaHandler, JsonValue
from pydantic_core import CoreSchema, core_schema

__all__ = ["Extra", "FrozenMap"]

Extra: TypeAlias = "str | int | float | bool | tuple[Extra, ...] | FrozenMap | None"
"""What a `FrozenMap` holds: JSON values, lists as tuples, maps as `FrozenMap`s."""


class FrozenMap(Mapping[str, Extra]):
    """A mapping of JSON values that nobody changes after it was made, however deep.

    Raises:
        TypeError: A value has no form in JSON.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Any] | Iterable[tuple[str, Any]] = ()) -> None:
        self._items: dict[str, Extra] = {name: _frozen(value) for name, value in dict(items).items()}

    def __getitem__(self, name: str) -> Extra:
        """The value under *name*."""
        return self._items[name]

    def __iter__(self) -> Iterator[str]:
        """The names, in the order given."""
        return iter(self._items)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._items)

    def __hash__(self) -> int:
        """By content; the order does not matter."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """The names, never the values."""
        return f"FrozenMap({', '.join(self._items)})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[object], handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate as a dictionary of JSON values, keep frozen, write as a dictionary."""
        as_dict = core_schema.dict_schema(core_schema.str_schema(), core_schema.any_schema())
        of_dict = core_schema.no_info_after_validator_function(_made, as_dict)
        return core_schema.json_or_python_schema(
            json_schema=of_dict,
            python_schema=core_schema.union_schema(
                [core_schema.is_instance_schema(cls), of_dict], mode="left_to_right"
            ),
            serialization=core_schema.plain_serializer_function_ser_schema(_thawed),
        )


def _made(items: dict[str, Any]) -> FrozenMap:
    """The map of *items*; its error is one that pydantic collects."""
    try:
        return FrozenMap(items)
    except TypeError as error:
        raise ValueError(str(error)) from None


def _frozen(value: object) -> Extra:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return tuple(_frozen(part) for part in value)
    if isinstance(value, Mapping):
        return value if isinstance(value, FrozenMap) else FrozenMap(value)
    raise TypeError(f"a JSON value is expected, not {type(value).__name__}")


def _thawed(value: Extra) -> JsonValue:
    if isinstance(value, tuple):
        return [_thawed(part) for part in value]
    return {name: _thawed(part) for name, part in value.items()} if isinstance(value, FrozenMap) else value
