"""The tables of docs/reference/errors.md as data, and what a provocation shows of a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import attrs

from schoolsync import errors
from schoolsync.errors import SchoolSyncError

__all__ = ["Row", "Seen", "agrees", "leaf", "read_rows"]

TABLES = Path(__file__).parents[1] / "docs/reference/errors.md"
LINE = re.compile(r"^\| (?P<id>[A-Z]\d+[a-z]?) \|(?P<rest>.*)\|$", re.MULTILINE)
FACTS = re.compile(r"\b(stage|seen|path|text|part|argument|status|retry_after|code|version)\b")


@attrs.frozen
class Row:
    """One row of the tables."""

    id: str
    sign: str
    where: str
    leaves: frozenset[str]
    values: frozenset[str]
    """Facts that are quoted: `` `JSON` ``. One that ends in `…` is the beginning of a longer one."""
    facts: frozenset[str]
    """Facts that are only named: stage, path, until."""
    was_sent: bool | None
    """Whether the row says that the request had left."""
    tried: str

    def numbers(self, word: str) -> set[int]:
        """The numbers that the sign names after *word*: `` `G` 8, 10, 13 ``."""
        found = re.match(rf"{re.escape(word)} ((?:\d+(?:, | or )?)+)", self.sign)
        return set(map(int, re.findall(r"\d+", found[1]))) if found else set()


@attrs.frozen
class Seen:
    """What came of one provocation."""

    error: SchoolSyncError
    times: int
    """How often the request in question was sent."""
    log_ins: int
    """How many log-ins were sent beside it."""
    kind: str
    """`read`, `write`, `log-in`, `file`, or `unsent`."""


def read_rows(kinds: str) -> dict[str, Row]:
    """The rows whose ids begin with one of the letters of *kinds*."""
    found = map(_read, LINE.finditer(TABLES.read_text(encoding="utf-8")))
    return {row.id: row for row in found if row.id[0] in kinds}


def _read(found: re.Match[str]) -> Row:
    cells = [cell.strip() for cell in found["rest"].split("|")]
    sign, where, leaf_cell, tried, _ = cells
    brackets = " ".join(re.findall(r"\(([^)]*)\)", leaf_cell))
    outside = re.sub(r"\([^)]*\)", "", leaf_cell)
    sent = re.search(r"was_sent (true|false)", brackets)
    return Row(
        found["id"],
        sign,
        where,
        frozenset(re.findall(r"`(\w+)`", outside)),
        frozenset(re.findall(r"`([^`]+)`", brackets)),
        frozenset(FACTS.findall(re.sub(r"`[^`]+`", "", brackets))),
        None if sent is None else sent[1] == "true",
        tried,
    )


def leaf(error: SchoolSyncError) -> str:
    """The public class of *error*: what a caller catches."""
    return next(kind.__name__ for kind in type(error).__mro__ if kind.__name__ in errors.__all__)


def agrees(row: Row, seen: Sequence[Seen]) -> None:
    """Every fact that *row* names is in what was *seen*.

    Raises:
        AssertionError: One is not.
    """
    assert {leaf(one.error) for one in seen} == row.leaves
    for one in seen:
        known = {str(value) for value in vars(one.error).values()}
        assert [value for value in row.values if not _is_among(value, known)] == []
        if row.was_sent is not None:
            assert vars(one.error)["was_sent"] is row.was_sent
    for fact in row.facts:
        assert any(getattr(one.error, fact, None) is not None for one in seen), fact


def _is_among(value: str, known: set[str]) -> bool:
    """Whether *value* is one of *known*, or the beginning of one if it is cut off."""
    start = value.removesuffix("…")
    return value in known or (start != value and any(one.startswith(start) for one in known))
