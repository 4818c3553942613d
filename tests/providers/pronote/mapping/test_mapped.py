"""The frame of every mapping: where rows stand when some of them are lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import Field

from schoolsync.errors import UnexpectedShape
from schoolsync.providers.pronote.mapping.mapped import Context, duration, mapped_rows
from schoolsync.providers.pronote.schema.words import Count, Row, Tuple
from tests.providers.pronote.reading import context, element, page


class InnerRow(Row):
    """A row inside a row."""

    size: int = Field(alias="taille")


class OuterRow(Row):
    """A row with a key that it must have."""

    number: int = Field(alias="numero")
    weight: Count = Field(None, alias="poids")
    inner: Tuple[InnerRow] = Field((), alias="liste")


class ListPage(Row):
    """A list of rows."""

    rows: Tuple[OuterRow] = Field((), alias="lignes")


def places(rows: list[Any], here: Context) -> list[tuple[int, str, Any]]:
    """Number, place and raw row of what is left of *rows*."""
    answer = page(ListPage, "PageTest", {"lignes": element(rows)}, keep_raw=True)
    here.issues.extend(answer.issues)

    def found(row: OuterRow, raw: Any) -> Iterator[tuple[int, str, Any]]:
        if row.number < 0:
            raise ValueError("no number of ours")
        yield row.number, here.place, raw

    return mapped_rows(here, answer, answer.data.rows, found, "lignes")


@pytest.mark.parametrize(
    "lost",
    [
        7,
        None,
        {},
        {"numero": "many"},
        {"poids": 1},
    ],
)
def test_rows_behind_a_lost_one_keep_their_places(lost: object) -> None:
    """Whether it is no row at all, or lacks what it must have."""
    rows = [{"numero": 1}, lost, {"numero": 3}]
    here = context(keep_raw=True)
    assert places(rows, here) == [
        (1, "PageTest.lignes.0", rows[0]),
        (3, "PageTest.lignes.2", rows[2]),
    ]
    assert len(here.issues) == 1


@pytest.mark.parametrize(
    "dented",
    [{"numero": 2, "poids": "heavy"}, {"numero": 2, "liste": element([{"taille": 1}, 7, {"taille": "x"}])}],
)
def test_a_row_that_lost_a_part_is_still_there(dented: dict[str, Any]) -> None:
    """Raw, it is whole."""
    rows = [{"numero": 1}, dented, {"numero": 3}]
    here = context(keep_raw=True)
    assert [place[0] for place in places(rows, here)] == [1, 2, 3]
    assert places(rows, context(keep_raw=True))[1][2] == dented
    assert here.issues


@pytest.mark.parametrize(
    ("row", "is_lost"), [(7, True), ({"poids": 1}, True), ({"numero": 1, "poids": "heavy"}, False)]
)
def test_an_issue_says_whether_its_row_is_lost(row: object, is_lost: bool) -> None:
    """A part that cannot be read costs no record, and the issue says so."""
    here = context(keep_raw=True)
    places([row, {"numero": 2}], here)
    assert [issue.is_row_lost for issue in here.issues] == [is_lost]


def test_a_senseless_row_is_an_issue_at_its_own_place() -> None:
    """In strict mode an error."""
    rows = [7, {"numero": -1}, {"numero": 3}]
    here = context(keep_raw=True)
    assert [place[:2] for place in places(rows, here)] == [(3, "PageTest.lignes.2")]
    assert here.issues[-1].path == "PageTest.lignes.1"
    assert here.issues[-1].is_row_lost
    with pytest.raises(UnexpectedShape):
        places([{"numero": -1}], context(strict=True))


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("3h30", 210),
        ("18h", 1080),
        ("0h05", 5),
        ("102h30", 6150),
        ("3 H 05", 185),
        (" 3:30 ", 210),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_a_duration_is_read(said: str | None, minutes: int | None) -> None:
    """Of any length; nothing is not zero."""
    assert duration(said) == (None if minutes is None else dt.timedelta(minutes=minutes))


@pytest.mark.parametrize("said", ["h30", "3.5", "trois heures", "3h30min", "3h75", "-1h00", "٣h"])
def test_what_is_no_duration_is_refused(said: str) -> None:
    """And not taken for nothing."""
    with pytest.raises(ValueError, match="duration"):
        duration(said)


@pytest.mark.parametrize(("day", "hours"), [((2026, 9, 7), 24), ((2026, 10, 25), 25), ((2027, 3, 28), 23)])
def test_a_day_is_the_school_s(day: tuple[int, int, int], hours: int) -> None:
    """From its first moment to its last second, however long it is."""
    here, date = context(), dt.date(*day)
    start, end = here.start_of(date), here.end_of(date)
    assert (start.date(), end.date(), start.tzinfo, end.tzinfo) == (date, date, here.zone, here.zone)
    assert end.timestamp() - start.timestamp() == hours * 3600 - 1
