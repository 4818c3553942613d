"""Which days are meant."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.errors import BadArgument
from schoolsync.model import Homework, HomeworkState, Identity, Mark, MarkStatus
from schoolsync.provider import Days
from schoolsync.providers.classcharts.mapping.calendar import (
    around,
    day_of_mark,
    each,
    from_now_on,
    in_school_year,
)
from tests.providers.classcharts.wire import LONDON


def day(text: str) -> dt.date:
    """A date."""
    return dt.date.fromisoformat(text)


def days(text: str) -> Days:
    """`2026-03-09..2026-03-15`, either side maybe open."""
    first, _, last = text.partition("..")
    return Days(day(first) if first else None, day(last) if last else None)


TODAY = day("2026-03-09")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("..", "2025-09-01..2026-08-31"),
        ("2026-01-01..2026-02-01", "2026-01-01..2026-02-01"),
        ("2026-01-01..", "2026-01-01..2026-08-31"),
        ("..2026-02-01", "2025-09-01..2026-02-01"),
        ("2024-10-01..", "2024-10-01..2026-08-31"),
        ("..2024-10-01", "2024-09-01..2024-10-01"),
        ("2026-10-01..", "2026-10-01..2027-08-31"),
        ("0001-01-01..", "0001-01-01..2026-08-31"),
    ],
)
def test_an_open_span_ends_with_a_school_year(given: str, meant: str) -> None:
    """An open end is never before this year's: marks of today belong to "since last October"."""
    assert in_school_year(days(given), TODAY) == days(meant)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        ("2026-08-31", "2025-09-01"),
        ("2026-09-01", "2026-09-01"),
        ("2026-12-31", "2026-09-01"),
        ("2027-01-01", "2026-09-01"),
    ],
)
def test_a_school_year_begins_in_september(today: str, first: str) -> None:
    """In England."""
    assert in_school_year(Days(), day(today)).first == day(first)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("..", "2026-03-09..2027-03-10"),
        ("2026-03-12..", "2026-03-12..2027-03-13"),
        ("2025-03-12..", "2025-03-12..2027-03-10"),
        ("..2026-03-20", "2026-03-09..2026-03-20"),
        ("..2026-03-01", "2026-03-01..2026-03-01"),
        ("2026-03-01..2026-03-02", "2026-03-01..2026-03-02"),
        ("9999-12-30..", "9999-12-30..9999-12-31"),
    ],
)
def test_homework_is_read_from_now_on(given: str, meant: str) -> None:
    """For a year, where nothing is said."""
    assert from_now_on(days(given), TODAY) == days(meant)


def test_each_day_of_an_interval() -> None:
    """Both ends included, and none of an open one."""
    assert [*each(days("2026-02-27..2026-03-02"))] == [
        day(text) for text in ("2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02")
    ]
    assert [*each(Days())] == [*each(Days(TODAY))] == [*each(Days(None, TODAY))] == []
    assert [*each(Days(dt.date.max, dt.date.max))] == [dt.date.max]


def test_more_days_than_anybody_means_are_refused() -> None:
    """Each would be a request."""
    first = day("2026-01-01")
    assert len([*each(Days(first, first + dt.timedelta(days=399)))]) == 400
    with pytest.raises(BadArgument) as caught:
        each(Days(first, first + dt.timedelta(days=400)))
    assert caught.value.argument == "to"


def _homework(due: dt.date) -> Homework:
    return Homework(
        key="homework-1",
        provider="classcharts",
        pupil_key="pupil-1",
        identity=Identity.NATIVE,
        due=due,
        description_text="",
        state=HomeworkState.TODO,
    )


@pytest.mark.parametrize(
    ("due", "meant"),
    [
        (day("2026-03-09"), "2025-03-08..2027-03-10"),
        (dt.datetime(2026, 3, 9, 23, 59, tzinfo=LONDON), "2025-03-08..2027-03-10"),
        (dt.date.max, "9998-12-30..9999-12-31"),
        (dt.date.min, "0001-01-01..0002-01-02"),
    ],
)
def test_a_due_date_may_have_moved(due: dt.date, meant: str) -> None:
    """By a year, and not beyond the calendar."""
    assert around(_homework(due)) == days(meant)


@pytest.mark.parametrize(
    ("given_on", "due", "meant"),
    [
        (TODAY, "2026-01-01", TODAY),
        (None, "2026-01-01", day("2026-01-01")),
        (None, "2026-01-01T09:00:00+00:00", day("2026-01-01")),
        (None, None, None),
    ],
)
def test_a_mark_is_listed_under_a_day(
    given_on: dt.date | None, due: str | None, meant: dt.date | None
) -> None:
    """Its own, else that of its homework."""
    mark = Mark(
        key="mark-1",
        provider="classcharts",
        pupil_key="pupil-1",
        identity=Identity.NATIVE,
        status=MarkStatus.GRADED,
        title="",
        given_on=given_on,
        extras={"classcharts.due_date": due} if due else {},  # type: ignore[arg-type]
    )
    assert day_of_mark(mark) == meant
