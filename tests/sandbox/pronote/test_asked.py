"""What a request asks for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.pronote.asked import asked_day, asked_for, asked_numbers
from schoolsync.sandbox.pronote.call import Trouble


@pytest.mark.parametrize("key", ["numeroSemaine", "NumeroSemaine"])
def test_either_first_letter_is_read(key: str) -> None:
    """Clients of different years spell keys differently."""
    assert asked_for({key: 6}, "numeroSemaine") == 6
    assert asked_for({key: 6}, "NumeroSemaine") == 6


def test_types_are_taken_off() -> None:
    """And what is not said is `None`; the asked spelling wins."""
    assert asked_for({"domaine": {"_T": 8, "V": "[1]"}}, "domaine") == "[1]"
    assert asked_for({}, "domaine") is None
    assert asked_for({"domaine": 1, "Domaine": 2}, "Domaine") == 2


@pytest.mark.parametrize(
    "said",
    [
        "6/10/2025 0:0:0",
        "06/10/2025",
        "06/10/2025 00:00:00",
        {"_T": 7, "V": "6/10/2025 0:0:0"},
    ],
)
def test_a_day_may_be_padded_or_not(said: Any) -> None:
    """With a time that means nothing, with a type or without."""
    assert asked_day({"date": said}, "date") == dt.date(2025, 10, 6)


def test_no_day_is_no_day() -> None:
    """Neither a missing one nor null."""
    assert asked_day({}, "date") is None
    assert asked_day({"date": None}, "date") is None


@pytest.mark.parametrize("said", ["2025-10-06", "31/02/2025", "", 6, ["6/10/2025"], "0/0/2025"])
def test_a_day_that_is_none_is_refused(said: object) -> None:
    """As a request that nobody can read."""
    with pytest.raises(Trouble) as caught:
        asked_day({"date": said}, "date")
    assert caught.value.number == 11


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("[6]", {6}),
        ("[6..8]", {6, 7, 8}),
        ("[6..6]", {6}),
        ("[1..3,5, 7..8]", {1, 2, 3, 5, 7, 8}),
        ("[]", set()),
        ("[8..6]", set()),
    ],
)
def test_a_set_of_numbers_may_have_runs(said: str, numbers: set[int]) -> None:
    """Both ends of a run are in it."""
    assert asked_numbers({"domaine": {"_T": 8, "V": said}}, "domaine") == frozenset(numbers)


def test_no_set_is_not_an_empty_one() -> None:
    """Who says nothing does not ask for nothing."""
    assert asked_numbers({}, "domaine") is None


@pytest.mark.parametrize("said", ["6..8", "[a]", "[1..]", 6, "[-1]", "[1..99999]"])
def test_a_set_that_is_none_is_refused(said: object) -> None:
    """As a request that nobody can read."""
    with pytest.raises(Trouble) as caught:
        asked_numbers({"domaine": said}, "domaine")
    assert caught.value.number == 11
