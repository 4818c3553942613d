"""Typed values, as the specification writes them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from schoolsync.sandbox.pronote.encode import words


def test_days_and_moments() -> None:
    """Padded, day first."""
    assert words.day(dt.date(2025, 9, 1)) == {"_T": 7, "V": "01/09/2025"}
    eight = dt.datetime(2025, 10, 6, 8, 5, tzinfo=ZoneInfo("Europe/Paris"))
    assert words.moment(eight) == {"_T": 7, "V": "06/10/2025 08:05:00"}


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([], "[]"),
        ([5], "[5]"),
        ([1, 2, 3, 5], "[1..3,5]"),
        ([5, 1, 3, 2, 2], "[1..3,5]"),
        ([1, 2], "[1..2]"),
        ([0, 1, 3, 4], "[0..1,3..4]"),
    ],
)
def test_sets(numbers: list[int], text: str) -> None:
    """Runs are shortened."""
    assert words.ranges(numbers) == text
    assert words.ranked(numbers) == {"_T": 26, "V": text}
    assert words.ranked(numbers, 8) == {"_T": 8, "V": text}


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("15.50"), "15,50"), (20, "20"), (Decimal("-0.5"), "-0,5"), ("|1", "|1"), (None, ""), ("", "")],
)
def test_marks(value: Decimal | int | str | None, text: str) -> None:
    """A decimal comma; codes as they are."""
    assert words.mark(value) == {"_T": 10, "V": text}


def test_texts_lists_and_elements() -> None:
    """Each with its type."""
    assert words.html("<p>x</p>") == {"_T": 21, "V": "<p>x</p>"}
    assert words.text("x") == words.url("x") == {"_T": 23, "V": "x"}
    assert words.listed(iter([{"N": "1"}])) == {"_T": 24, "V": [{"N": "1"}]}
    assert words.one({"N": "1"}) == {"_T": 24, "V": {"N": "1"}}
    assert words.element("48#x", "y", 0, url="z") == {"N": "48#x", "L": "y", "G": 0, "url": "z"}
    assert words.element("48#x", "y") == {"N": "48#x", "L": "y"}
