"""`schoolsync schools near`."""

from __future__ import annotations

from collections.abc import Callable

from schoolsync.cli.exits import ExitCode
from tests.cli.terminal import Ended

Type = Callable[..., Ended]


def test_schools_around_a_place(type_in_town: Type) -> None:
    """Nearest first, with their distance and address."""
    ended = type_in_town("schools", "near", "46.54", "2.5")
    first = ended.out.splitlines()[2]
    assert first.split() == ["0.0", "km", "COLLEGE", "EXEMPLE", "https://0000002a.example.test/pronote"]
    rows = type_in_town("schools", "near", "46.54", "2.5", "--json").json
    assert [row["distance_km"] for row in rows] == sorted(row["distance_km"] for row in rows)


def test_nothing_near(type_in_town: Type) -> None:
    """South and west are numbers too, not options."""
    ended = type_in_town("schools", "near", "-12.8", "-45.1")
    assert (ended.code, ended.out) == (ExitCode.OK, "The directory knows no school there.\n")


def test_no_such_place(type_in_town: Type) -> None:
    """Nothing is sent for it."""
    ended = type_in_town("schools", "near", "95", "2.5")
    assert ended.code == ExitCode.USAGE
    assert "latitude" in ended.err
