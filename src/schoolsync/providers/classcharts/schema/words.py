"""The server's dialects: three kinds of booleans, empty maps as lists, numbers as text.

Every row keeps keys that we do not know (`extra="allow"`), and nearly every key
may be missing or null. A key is required here only when a row without it means
nothing to anybody.

Evidence: read in several independent clients and unofficial documentation (2021 to 2026); none of
it was checked against the live service. See docs/protocol/classcharts.md.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict

__all__ = ["Count", "Flag", "Row", "Strings", "listed", "mapped"]

T = TypeVar("T")

YES = frozenset(("yes", "true", "1"))
NO = frozenset(("no", "false", "0"))


class Row(BaseModel):
    """One object as the server words it; unknown keys are kept."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        extra="allow",
        hide_input_in_errors=True,
        coerce_numbers_to_str=True,
        populate_by_name=True,
    )

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """The id, where there is one: nothing of a person."""
        given = self.__dict__.get("id")
        return [] if given is None else [("id", given)]

    def __str__(self) -> str:
        """The same as `repr`."""
        return repr(self)


def _read_flag(said: object) -> object:
    if isinstance(said, str):
        word = said.strip().lower()
        return None if not word else True if word in YES else False if word in NO else said
    return said


def _read_count(said: object) -> object:
    return None if isinstance(said, str) and not said.strip() else said


def mapped(said: object) -> object:
    """A map; the server writes an empty one as `[]`, and some as a list of maps."""
    if said is None:
        return {}
    if isinstance(said, list) and all(isinstance(part, dict) for part in said):
        return {name: value for part in said for name, value in part.items()}
    return said


def listed(said: object) -> object:
    """A list; null is an empty one."""
    return [] if said is None else said


Flag = Annotated[bool | None, BeforeValidator(_read_flag)]
"""A boolean in any dialect: `true`, `1`, `"1"`, `"yes"`; `None`: not said (null or empty)."""

Count = Annotated[int | None, BeforeValidator(_read_count)]
"""A whole number, maybe as text; `None`: not said (null or empty)."""

Strings = Annotated[tuple[str, ...], BeforeValidator(listed)]
"""A list of texts; null is an empty one."""
