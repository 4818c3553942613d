"""Kinds of things, and the year in which the numbers above 57 moved down by one."""

from __future__ import annotations

import pytest

from schoolsync.providers.pronote.schema.kinds import Kind, kind_number, read_kind

OLD, NEW = (2024, 3, 11), (2025, 1, 3)
MOVED = {
    "CLASS_PART": (58, 57),
    "MARKED_WORK": (60, 59),
    "MESSAGE": (68, 67),
    "MESSAGE_POSSESSION": (69, 68),
    "MEASURE": (72, 71),
    "INCIDENT": (74, 73),
    "MATERIAL": (80, 79),
    "COURSE_LABEL": (94, 93),
    "SITE": (95, 94),
}
"""Before and since, as the enumerations of two releases of the web client say."""


@pytest.mark.parametrize("name", MOVED)
def test_kinds_that_moved(name: str) -> None:
    """Read and written by the version of the server."""
    before, since = MOVED[name]
    kind = Kind[name]
    assert read_kind(before, OLD) is read_kind(since, NEW) is kind
    assert (kind_number(kind, OLD), kind_number(kind, NEW)) == (before, since)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind < 57])
def test_kinds_that_stayed(kind: Kind) -> None:
    """Up to 56 every server counts alike."""
    for version in (OLD, NEW, ()):
        assert read_kind(int(kind), version) is kind
        assert kind_number(kind, version) == kind


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    "version", [OLD, NEW, (2022, 0, 3), (2026, 2, 5, 6), (2025, 1, 2), (2025, 1, 3, 1), ()]
)
def test_a_number_comes_back_as_its_kind(kind: Kind, version: tuple[int, ...]) -> None:
    """For any server."""
    assert read_kind(kind_number(kind, version), version) is kind


@pytest.mark.parametrize("version", [NEW, (2025, 1, 3, 1), (2026, 2, 6), ()])
def test_a_server_of_today_or_of_an_unknown_version(version: tuple[int, ...]) -> None:
    """Counts as present ones do."""
    assert read_kind(71, version) is Kind.MEASURE
    assert kind_number(Kind.MEASURE, version) == 71


@pytest.mark.parametrize(
    ("number", "version"), [(None, NEW), (57, OLD), (0, NEW), (-3, OLD), (9999, NEW), (9999, OLD)]
)
def test_a_kind_that_nobody_knows(number: int | None, version: tuple[int, ...]) -> None:
    """The quiz editor is gone; others are not ours."""
    assert read_kind(number, version) is None
