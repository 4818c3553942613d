"""The server's dialects: typed values, elements, dates, sets of numbers, marks.

A value may come bare or as `{"_T": code, "V": value}`. The envelope takes those
wrappings off while it reads the JSON, so the schema sees bare values only, and
one schema fits every server. Nearly every key may be missing or null; keys that
we do not know are kept.

Evidence: read in the web client and in several independent clients, and recorded at the vendor's
demonstration school. See docs/protocol/pronote.md.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Annotated, Any, ClassVar, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

__all__ = [
    "Count",
    "Day",
    "Element",
    "Flag",
    "LocalTime",
    "Named",
    "Numbers",
    "Row",
    "Text",
    "Tuple",
    "Version",
    "encode_day",
    "encode_numbers",
    "encode_weeks",
    "read_local_time",
    "read_numbers",
    "unwrapped",
]

T = TypeVar("T")
Version: TypeAlias = tuple[int, ...]
"""Of the server: `(2025, 1, 3)`; empty when it is not known. Tuples compare as versions do."""

PLAIN = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4} (?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}")
DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?:\s+(\d{1,2})[:h](\d{1,2})(?::(\d{1,2}))?)?")
CENTURY = 2000
MOST_NUMBERS = 1000
"""A set of numbers that claims to be longer is no set of ours."""


def unwrapped(given: dict[str, Any]) -> Any:
    """What a typed value holds; any other object as it is. For `json.loads(…, object_hook=unwrapped)`."""
    return given.get("V") if "_T" in given else given


class Row(BaseModel):
    """One object as the server words it; unknown keys are kept."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        extra="allow",
        hide_input_in_errors=True,
        coerce_numbers_to_str=True,
    )

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """The id, where there is one: nothing of a person."""
        given = self.__dict__.get("id")
        return [] if given is None else [("id", given)]

    def __str__(self) -> str:
        """The same as `repr`."""
        return repr(self)


def _text(said: object) -> object:
    return "" if said is None else said


Text = Annotated[str, BeforeValidator(_text)]
"""A text; null is an empty one."""


class Element(Row):
    """What the server names by id, label and kind; ids are good within one session only."""

    id: str | None = Field(None, alias="N")
    """`"0"` is nobody."""
    label: Text = Field("", alias="L")
    kind: int | None = Field(None, alias="G")
    """A resource kind, or one of the list's own."""
    position: int | None = Field(None, alias="P")


class Named(Row):
    """An element of which only the name counts."""

    id: str | None = Field(None, alias="N")
    label: Text = Field("", alias="L")


def read_local_time(said: object) -> object:
    """A local time out of `06/10/2025 08:00:00`, `6/10/2025` or `06/10/25 14h05`; `None` if empty.

    A number is none, though it could be taken for seconds since 1970.

    Raises:
        ValueError: It is no such date.
    """
    if isinstance(said, str):
        return _time_of(said)
    if said is None or isinstance(said, dt.date):
        return said
    raise ValueError("no date as the server writes it")


@lru_cache(maxsize=1024)
def _time_of(text: str) -> dt.datetime | None:
    """Times of lessons repeat: one ends when the next begins, and a week is read again and again."""
    if PLAIN.fullmatch(text):  # most of them, and several times faster
        return dt.datetime.fromisoformat(f"{text[6:10]}-{text[3:5]}-{text[:2]}{text[10:]}")
    if not text.strip():
        return None
    found = DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError("no date as the server writes it")
    day, month, year, hour, minute, second = (int(figures or 0) for figures in found.groups())
    year += CENTURY if year < 100 else 0  # noqa: PLR2004 - two figures
    return dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the school's clock, without a zone


def _read_day(said: object) -> object:
    when = read_local_time(said)
    return when.date() if isinstance(when, dt.datetime) else when


def read_numbers(said: object) -> object:
    """The numbers of a set: `[1..3,5]` is 1, 2, 3, 5; a list of numbers is taken as it is.

    Raises:
        ValueError: It is no set, or one beyond all measure.
    """
    if said is None:
        return ()
    if not isinstance(said, str):
        return said
    text = said.strip()
    if not (text.startswith("[") and text.endswith("]")):
        raise ValueError("no set as the server writes it")
    numbers: list[int] = []
    for piece in filter(None, text[1:-1].split(",")):
        first, dots, last = piece.partition("..")
        run = range(int(first), int(last if dots else first) + 1)
        if len(numbers) + len(run[: MOST_NUMBERS + 1]) > MOST_NUMBERS:
            raise ValueError("a set beyond all measure")
        numbers.extend(run)
    return tuple(numbers)


def _read_flag(said: object) -> object:
    return (said.strip() or None) if isinstance(said, str) else said


def _read_count(said: object) -> object:
    return None if isinstance(said, str) and not said.strip() else said


def _listed(said: object) -> object:
    return () if said is None else said


LocalTime = Annotated[dt.datetime | None, BeforeValidator(read_local_time)]
"""A time of the school's clock, without a zone; `None`: not said."""

Day = Annotated[dt.date | None, BeforeValidator(_read_day)]
"""A day; `None`: not said."""

Numbers = Annotated[tuple[int, ...], BeforeValidator(read_numbers)]
"""A set of weeks, days or kinds; empty when not said."""

Flag = Annotated[bool | None, BeforeValidator(_read_flag)]
"""A fact; `None`: not said."""

Count = Annotated[int | None, BeforeValidator(_read_count)]
"""A whole number, maybe as text; `None`: not said."""

Tuple = Annotated[tuple[T, ...], BeforeValidator(_listed)]
"""A list of `T`; null is an empty one."""


# -- towards the wire -----------------------------------------------------------


def encode_day(day: dt.date) -> dict[str, Any]:
    """*day* as the server takes it."""
    return {"_T": 7, "V": f"{day.day}/{day.month}/{day.year} 0:0:0"}


def encode_weeks(first: int, last: int) -> dict[str, Any]:
    """The weeks from *first* to *last* as the server takes them."""
    return {"_T": 8, "V": f"[{first}..{last}]" if first != last else f"[{first}]"}


def encode_numbers(*numbers: int) -> dict[str, Any]:
    """A set of numbers as the server takes it."""
    return {"_T": 26, "V": f"[{','.join(map(str, numbers))}]"}
