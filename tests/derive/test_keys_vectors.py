"""Keys that people have stored: golden vectors, computed by other code and never written by this one."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from schoolsync import model
from schoolsync.derive import keys
from schoolsync.model import (
    Absence,
    Badge,
    Homework,
    Lesson,
    Mark,
    Record,
)

if TYPE_CHECKING:
    from collections.abc import Callable

VECTORS = json.loads(Path(__file__).parents[1].joinpath("vectors/keys.json").read_text(encoding="utf-8"))


WITH_KEYS: dict[type[Record], Callable[[list[Any]], list[Any]]] = {
    Lesson: keys.with_lesson_keys,
    Homework: keys.with_homework_keys,
    Mark: keys.with_mark_keys,
    Absence: keys.with_absence_keys,
    model.Announcement: keys.with_announcement_keys,
    Badge: keys.with_badge_keys,
}


def read_part(written: Any) -> keys.Part:
    """A part as the vectors write it: what JSON has no type for is an object with one name."""
    if isinstance(written, list):
        return tuple(read_part(part) for part in written)
    if not isinstance(written, dict):
        return written  # type: ignore[no-any-return]
    readers: dict[str, Callable[[str], keys.Part]] = {
        "day": dt.date.fromisoformat,
        "time": dt.time.fromisoformat,
        "moment": dt.datetime.fromisoformat,
        "number": Decimal,
    }
    ((name, text),) = written.items()
    return readers[name](text)


@pytest.mark.parametrize("vector", VECTORS["native"], ids=lambda vector: vector["hashed"])
def test_native_vectors(vector: dict[str, Any]) -> None:
    """Keys that people have stored are still the same."""
    assert keys.native(vector["kind"], vector["provider"], *vector["ids"]) == vector["key"]


@pytest.mark.parametrize("vector", VECTORS["derived"], ids=lambda vector: vector["hashed"])
def test_derived_vectors(vector: dict[str, Any]) -> None:
    """Keys that people have stored are still the same."""
    assert keys.derived(vector["kind"], *map(read_part, vector["parts"])) == vector["key"]


@pytest.mark.parametrize("vector", VECTORS["records"], ids=lambda vector: vector["hashed"])
def test_record_vectors(vector: dict[str, Any]) -> None:
    """What a lesson, a mark, … is made of has not changed either."""
    kind: type[Record] = getattr(model, vector["type"])
    record = kind.from_dict({**VECTORS["common"], **vector["fields"]})
    assert [made.key for made in WITH_KEYS[kind]([record])] == [vector["key"]]


def test_every_kind_of_record_has_a_vector() -> None:
    """A function without one could change unnoticed."""
    assert {vector["type"] for vector in VECTORS["records"]} == {kind.__name__ for kind in WITH_KEYS}


def test_the_vectors_are_what_they_say() -> None:
    """BLAKE2b of the text beside each key, so that others can check their own code with them."""
    for vector in VECTORS["native"] + VECTORS["derived"] + VECTORS["records"]:
        digest = hashlib.blake2b(vector["hashed"].encode(), digest_size=16).hexdigest()
        assert vector["key"].partition("-")[2] == digest
