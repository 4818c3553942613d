"""Typed values, elements and lists, as the server writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

__all__ = [
    "day",
    "element",
    "html",
    "listed",
    "mark",
    "moment",
    "number",
    "one",
    "ranges",
    "ranked",
    "text",
    "typed",
    "url",
]


def typed(code: int, value: Any) -> dict[str, Any]:
    """A value with its type."""
    return {"_T": code, "V": value}


def day(when: dt.date) -> dict[str, Any]:
    """A day: `06/10/2025`."""
    return typed(7, f"{when:%d/%m/%Y}")


def moment(when: dt.datetime) -> dict[str, Any]:
    """A time of the school's clock, whatever zone *when* is in: give it in the school's."""
    return typed(7, f"{when:%d/%m/%Y %H:%M:%S}")


def html(markup: str) -> dict[str, Any]:
    """A piece of HTML."""
    return typed(21, markup)


def text(words: str) -> dict[str, Any]:
    """A plain text or an address."""
    return typed(23, words)


url = text


def listed(rows: Iterable[Any]) -> dict[str, Any]:
    """A list of elements."""
    return typed(24, [*rows])


def one(row: Mapping[str, Any]) -> dict[str, Any]:
    """A single element inside another one."""
    return typed(24, dict(row))


def number(value: Decimal | int) -> str:
    """A number with a decimal comma: `15,50`."""
    return str(value).replace(".", ",")


def mark(value: Decimal | int | str | None) -> dict[str, Any]:
    """A mark: a number, a code such as `|1`, or empty."""
    return typed(10, "" if value is None else value if isinstance(value, str) else number(value))


def ranges(numbers: Iterable[int]) -> str:
    """A set of numbers, runs shortened: `[1..3,5]`."""
    pieces: list[list[int]] = []
    for each in sorted(set(numbers)):
        if pieces and each == pieces[-1][-1] + 1:
            pieces[-1][1:] = [each]
        else:
            pieces.append([each])
    return f"[{','.join('..'.join(map(str, piece)) for piece in pieces)}]"


def ranked(numbers: Iterable[int], code: int = 26) -> dict[str, Any]:
    """A typed set: 8 weeks, 11 days, 26 anything."""
    return typed(code, ranges(numbers))


def element(id_: str, label: str, kind: int | None = None, **more: Any) -> dict[str, Any]:
    """An element: id, label, kind where it has one, and more."""
    return {"N": id_, "L": label, **({} if kind is None else {"G": kind}), **more}
