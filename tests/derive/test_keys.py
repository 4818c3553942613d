"""Keys: unambiguous, and the same whatever order the server answers in."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from schoolsync.derive import keys
from schoolsync.model import (
    AbsenceKind,
)

KEY = re.compile(r"[a-z]+-[0-9a-f]{32}")
PARIS = ZoneInfo("Europe/Paris")
DAY = dt.date(2026, 3, 9)
EIGHT = dt.datetime(2026, 3, 9, 8, tzinfo=PARIS)


# --- the form of a key --------------------------------------------------------------


@pytest.mark.parametrize("kind", get_args(keys.Kind))
def test_a_key_is_a_kind_and_128_bits(kind: keys.Kind) -> None:
    """And nothing of what it is made of."""
    for key in (keys.native(kind, "sandbox", 7), keys.derived(kind, "Zoé Invented", None)):
        assert KEY.fullmatch(key)
        assert key.startswith(f"{kind}-")


def test_the_kind_and_the_way_are_part_of_it() -> None:
    """Keys of two kinds share no digits, and a native key is no derived one."""
    made = {
        keys.native("lesson", "a", "b"),
        keys.native("mark", "a", "b"),
        keys.derived("lesson", "a", "b"),
        keys.derived("mark", "a", "b"),
        keys.pupil("a", "b", "c", "d", None),
    }
    assert len({key.partition("-")[2] for key in made}) == len(made)


def test_ids_are_what_they_print_as() -> None:
    """The server writes the same id as a number here and as text there."""
    assert keys.native("pupil", "classcharts", 5000001) == keys.native("pupil", "classcharts", "5000001")
    assert keys.native("pupil", "classcharts", 50, 1) != keys.native("pupil", "classcharts", 5, 1)


parts: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(alphabet="ab12:;(#ns é\u0301\ud800", max_size=5)
    | st.decimals(-1000, 1000, places=2)
    | st.dates()
    | st.times()
    | st.datetimes(timezones=st.sampled_from([dt.UTC, PARIS])),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


def plainly(part: Any) -> object:
    """*part* as something that equals another exactly when their keys should be equal."""
    if isinstance(part, tuple):
        return ("tuple", *map(plainly, part))
    if isinstance(part, bool) or part is None:
        return ("word", part)
    if isinstance(part, int | Decimal):
        return ("number", Decimal(part))
    if isinstance(part, dt.datetime):
        return ("moment", part.astimezone(dt.UTC))
    return (type(part).__name__, part.replace("e\u0301", "é") if isinstance(part, str) else part)


@settings(max_examples=300)
@given(st.lists(parts, max_size=3), st.lists(parts, max_size=3))
@example(["ab", ""], ["a", "b"])
@example([None], [""])
@example([("a",), "b"], ["a", ("b",)])
@example([()], [])
@example(["s1:a"], ["a"])
@example([True], [1])
@example(["2026-03-09"], [DAY])
@example([Decimal("1.0")], [1])
@example([DAY], [dt.datetime(2026, 3, 9, tzinfo=dt.UTC)])
@example(["e\u0301"], ["é"])
@example([EIGHT], [EIGHT.astimezone(dt.UTC)])
def test_equal_keys_mean_equal_parts(one: list[Any], other: list[Any]) -> None:
    """No two tuples look alike; two spellings of the same thing do."""
    are_equal = keys.derived("mark", *one) == keys.derived("mark", *other)
    assert are_equal == (plainly(tuple(one)) == plainly(tuple(other)))


@pytest.mark.parametrize("number", ["20", "20.0", "20.00", "2E+1", "2.0E1", "0.2E2"])
def test_a_number_is_its_value(number: str) -> None:
    """However many zeros the school wrote, and whatever the context would round."""
    assert keys.derived("mark", Decimal(number)) == keys.derived("mark", 20)
    assert keys.derived("mark", Decimal("1." + "0" * 40 + "1")) != keys.derived("mark", 1)
    assert keys.derived("mark", Decimal("-0.0")) == keys.derived("mark", 0)


def test_a_moment_is_its_instant() -> None:
    """The hour that happens twice is two moments; the zone does not matter."""
    twice = dt.datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    first, second = keys.derived("lesson", twice), keys.derived("lesson", twice.replace(fold=1))
    assert first != second
    assert second == keys.derived("lesson", dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC))


def test_subclasses_are_what_they_are() -> None:
    """A member of an enumeration is its text."""
    assert keys.derived("absence", AbsenceKind.LATENESS) == keys.derived("absence", "lateness")


@pytest.mark.parametrize(
    ("part", "error"),
    [
        (1.5, TypeError),
        (b"Zoe", TypeError),
        (["Zoé"], TypeError),
        (object(), TypeError),
        (dt.timedelta(1), TypeError),
        (EIGHT.replace(tzinfo=None), ValueError),
        (dt.time(8, tzinfo=dt.UTC), ValueError),
        (Decimal("NaN"), ValueError),
        (Decimal("-Infinity"), ValueError),
        (Decimal("1E+999999999"), ValueError),
    ],
)
def test_what_has_no_one_way_to_be_written(part: Any, error: type[Exception]) -> None:
    """Is refused, without being shown."""
    with pytest.raises(error, match="a key cannot be made of") as caught:
        keys.derived("mark", "a", (part,))
    assert "Zo" not in str(caught.value)


# --- twins ----------------------------------------------------------------------------

Row = tuple[int, int, str]  # who, content, and what neither shows
rows = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.text(max_size=2)), max_size=8)


def numbered(given_rows: list[Row]) -> list[tuple[Row, int]]:
    """*given_rows* numbered by their first and second figure."""
    return keys.number_twins(given_rows, lambda row: (row[0],), lambda row: (row[1],))


@given(rows)
def test_twins_are_numbered_without_gaps(given_rows: list[Row]) -> None:
    """Every row comes back in its place; those of one identity are 0, 1, 2, …, by content."""
    made = numbered(given_rows)
    assert [row for row, _ in made] == given_rows
    for who in {row[0] for row in given_rows}:
        twins = sorted((ordinal, row[1]) for row, ordinal in made if row[0] == who)
        assert [ordinal for ordinal, _ in twins] == list(range(len(twins)))
        assert [content for _, content in twins] == sorted(content for _, content in twins)


@given(rows, st.randoms(use_true_random=False))
def test_the_servers_order_does_not_matter(given_rows: list[Row], chance: Any) -> None:
    """Rows that can be told apart by identity and content have the same number in any order."""
    assume(len({row[:2] for row in given_rows}) == len(given_rows))
    shuffled = chance.sample(given_rows, len(given_rows))
    assert dict(numbered(shuffled)) == dict(numbered(given_rows))


def test_keyed_is_derived_with_the_number_last() -> None:
    """So that whoever knows a row's number can make its key."""
    made = keys.keyed("report", ["b", "a", "b"], lambda row: (row, DAY), lambda _: ())
    expected = [("b", DAY, 0), ("a", DAY, 0), ("b", DAY, 1)]
    assert [key for _, key in made] == [keys.derived("report", *parts) for parts in expected]


def test_content_is_only_looked_at_for_twins() -> None:
    """Most rows have none, and pay nothing."""

    def never(row: str) -> keys.Parts:
        raise AssertionError(row)

    assert len(keys.keyed("report", ["a", "b"], lambda row: (row,), never)) == 2
