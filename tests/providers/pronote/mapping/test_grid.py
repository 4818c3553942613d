"""Clock times of a school's grid: named ones, and counted ones."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.providers.pronote.mapping import grid
from schoolsync.providers.pronote.mapping.year import SchoolYear
from tests.providers.pronote.lessons import at, short_lessons

HALVES = SchoolYear(first_monday=dt.date(2026, 8, 31))
"""Nothing is named: half hours from eight o'clock."""
SHORT = short_lessons()
"""Lessons of 55 minutes on a grid of half hours."""
MONDAY = dt.date(2026, 9, 7)


def test_named_places_are_when_the_school_says() -> None:
    """Wherever they stand in the week, and although two places are no hour here."""
    assert (grid.start_of_place(SHORT, 2), grid.end_of_place(SHORT, 3)) == (at("08:55"), at("09:50"))
    assert (grid.start_of_place(SHORT, 42), grid.end_of_place(SHORT, 63)) == (at("08:55"), at("09:50"))


def test_places_without_a_name_are_counted_from_the_first_hour() -> None:
    """A place that is not named among others that are, too."""
    assert (grid.start_of_place(HALVES, 3), grid.end_of_place(HALVES, 3)) == (at("09:30"), at("10:00"))
    assert grid.start_of_place(SHORT, 3) == at("09:30")
    thirds = attrs.evolve(HALVES, places_per_hour=3, first_hour=at("07:40"))
    assert (grid.start_of_place(thirds, 1), grid.end_of_place(thirds, 1)) == (at("08:00"), at("08:20"))


def test_labels_are_found_by_their_place_and_not_by_their_order() -> None:
    """A school may leave some out."""
    few = attrs.evolve(HALVES, starts={6: at("11:05")}, ends={7: at("11:55")})
    assert (grid.start_of_place(few, 6), grid.end_of_place(few, 7)) == (at("11:05"), at("11:55"))
    assert (grid.start_of_place(few, 0), grid.end_of_place(few, 0)) == (at("08:00"), at("08:30"))


def test_a_place_after_midnight_is_none() -> None:
    """Only a grid that nobody has says so."""
    late = attrs.evolve(HALVES, places_per_day=40)
    with pytest.raises(ValueError, match="end of the day"):
        grid.start_of_place(late, 39)


def test_a_place_of_a_week() -> None:
    """Its day is found by the places of a day; without a week or a year there is none."""
    assert grid.start_in_week(HALVES, 2, 22) == dt.datetime.fromisoformat("2026-09-08 09:00")
    assert grid.start_in_week(HALVES, 1, 0) == dt.datetime.fromisoformat("2026-08-31 08:00")
    assert grid.start_in_week(HALVES, None, 22) is None
    assert grid.start_in_week(HALVES, 2, None) is None
    assert grid.start_in_week(attrs.evolve(HALVES, first_monday=None), 2, 22) is None


@pytest.mark.parametrize(
    ("year", "clock", "place", "duration", "end"),
    [
        (SHORT, "08:00", 0, 2, "08:55"),
        (SHORT, "08:55", 22, 2, "09:50"),
        (SHORT, "08:00", 40, 4, "09:50"),
        (HALVES, "08:00", 0, 2, "09:00"),
        (HALVES, "08:00", 0, 3, "09:30"),
        (HALVES, "08:00", None, 3, "09:30"),
        (HALVES, "08:00", 0, None, "09:00"),
        (HALVES, "08:00", None, None, "09:00"),
        (HALVES, "08:00", 0, 0, "09:00"),
        (HALVES, "08:00", 0, -5, "08:30"),
        (HALVES, "17:00", 18, 9, "18:00"),  # cut at the last place of the day
        (HALVES, "17:00", 118, 900, "18:00"),
        (HALVES, "19:30", 2, 2, "20:30"),  # at no place of the grid: only the duration counts
    ],
)
def test_the_end_of_a_lesson(
    year: SchoolYear, clock: str, place: int | None, duration: int | None, end: str
) -> None:
    """By the grid; an hour where nothing is said; never beyond the day's last place."""
    start = dt.datetime.combine(MONDAY, at(clock))
    assert grid.end_of_lesson(year, start, place, duration) == dt.datetime.combine(MONDAY, at(end))


@given(st.integers(0, 139), st.integers(1, 60))
def test_a_lesson_ends_after_it_begins_on_its_day(place: int, duration: int) -> None:
    """Whatever its place and length."""
    start = dt.datetime.combine(MONDAY, grid.start_of_place(HALVES, place))
    end = grid.end_of_lesson(HALVES, start, place, duration)
    assert start < end <= dt.datetime.combine(MONDAY, at("18:00"))


def test_a_recess_is_what_lies_between_two_places() -> None:
    """Where both are named; on an even grid nothing does."""
    assert grid.recess_times(SHORT, 4) == (at("09:50"), at("10:05"))
    assert grid.recess_times(HALVES, 4) is None
    even = attrs.evolve(HALVES, starts={4: at("10:00")}, ends={3: at("10:00")})
    assert grid.recess_times(even, 4) is None
    assert grid.recess_times(attrs.evolve(SHORT, ends={}), 4) is None
    assert grid.recess_times(SHORT, 0) is None


def test_a_recess_that_takes_places() -> None:
    """It may say so itself; it never goes beyond the day."""
    assert grid.recess_times(HALVES, 4, 1) == (at("10:00"), at("10:30"))
    assert grid.recess_times(HALVES, 18, 5) == (at("17:00"), at("18:00"))
    assert grid.recess_times(SHORT, 4, 0) == (at("09:50"), at("10:05"))


def test_the_canteen_closes_when_lessons_go_on() -> None:
    """Its second place is where the afternoon begins."""
    assert grid.canteen_times(attrs.evolve(SHORT, canteen=(8, 11))) == (at("11:55"), at("13:30"))
    assert grid.canteen_times(attrs.evolve(HALVES, canteen=(8, 11))) == (at("12:00"), at("13:30"))
    assert grid.canteen_times(attrs.evolve(HALVES, canteen=(8, 8))) is None
    assert grid.canteen_times(HALVES) is None
