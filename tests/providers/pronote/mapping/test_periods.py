"""Periods as records, and the keys by which other records name them."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from schoolsync.providers.pronote.mapping.periods import key_of_period, period_key, period_key_of, to_periods
from schoolsync.providers.pronote.mapping.year import YearPeriod
from schoolsync.providers.pronote.schema.words import Named
from tests.providers.pronote.reading import PUPIL, S1, SCHOOL, T1, T2, WHOLE, context, year


def test_the_year_s_periods_in_the_server_s_order() -> None:
    """Terms, semesters and the year overlap, and all that contain today are current."""
    found = to_periods(context(), dt.date(2026, 11, 29))
    assert [(period.name, period.is_current) for period in found] == [
        ("Trimestre 1", True),
        ("Trimestre 2", False),
        ("Semestre 1", True),
        ("Année continue", True),
    ]
    assert (found[0].start, found[0].end) == (T1.start, T1.end)
    assert len({period.key for period in found}) == 4


@pytest.mark.parametrize(("day", "current"), [(31, False), (1, True)])
def test_both_ends_belong_to_a_period(day: int, current: bool) -> None:
    """The first day as well; the day before does not."""
    today = dt.date(2026, 8, 31) if day == 31 else dt.date(2026, 9, 1)
    assert to_periods(context(), today)[0].is_current is current


def test_a_key_outlives_the_session_and_its_ids() -> None:
    """It is of name and first day; a last day that is moved does not change it."""
    later = attrs.evolve(T1, id="105#other", end=dt.date(2026, 12, 4), kind=None)
    assert key_of_period(SCHOOL, later) == key_of_period(SCHOOL, T1)
    next_year = attrs.evolve(T1, start=dt.date(2027, 9, 1), end=dt.date(2027, 11, 30))
    elsewhere = SCHOOL.model_copy(update={"url": "https://0000000b.example/pronote"})
    others = {
        key_of_period(SCHOOL, next_year),
        key_of_period(SCHOOL, T2),
        key_of_period(elsewhere, T1),
        key_of_period(SCHOOL.model_copy(update={"name": "LYCEE EXEMPLE"}), T1),
    }
    assert len(others - {key_of_period(SCHOOL, T1)}) == 4


def test_the_host_of_a_key_is_written_in_lower_case() -> None:
    """However the address was typed."""
    shouted = SCHOOL.model_copy(update={"url": "https://0000000A.EXAMPLE/pronote"})
    assert key_of_period(shouted, T1) == key_of_period(SCHOOL, T1)


def test_a_period_without_days_is_no_record() -> None:
    """Nor has it a key."""
    undated = YearPeriod("11#x", "Hors période", 0, None, None)
    here = context()
    here.year = year((2026, 2, 6), undated, T1)
    assert [period.name for period in to_periods(here, dt.date(2026, 9, 1))] == ["Trimestre 1"]
    assert key_of_period(SCHOOL, undated) is None
    assert period_key(here, "11#x") is None


def test_rows_name_a_period_by_its_id_or_by_its_name() -> None:
    """The id wins; a name stands in where the id is not of the year."""
    here = context()
    wanted = key_of_period(PUPIL.school, S1)
    assert wanted is not None
    assert period_key(here, "11#s1") == wanted
    assert period_key(here, " Semestre 1 ") == wanted
    assert period_key_of(here, Named(N="11#s1", L="Trimestre 1")) == wanted
    assert period_key_of(here, Named(N="11#gone", L="Semestre 1")) == wanted


@pytest.mark.parametrize("said", [None, "", "  ", "Trimestre 9", "11#gone"])
def test_what_no_period_is_called_has_no_key(said: str | None) -> None:
    """It is not said, then."""
    assert period_key(context(), said) is None
    assert period_key_of(context(), None) is None
    assert period_key_of(context(), Named.model_validate({})) is None


def test_periods_of_one_name_are_told_apart_by_id() -> None:
    """By name alone it is the first one."""
    twin = attrs.evolve(WHOLE, id="11#y2", start=dt.date(2026, 10, 1))
    here = context()
    here.year = year((2026, 2, 6), WHOLE, twin)
    assert period_key(here, "11#y2") == key_of_period(SCHOOL, twin)
    assert period_key(here, "Année continue") == key_of_period(SCHOOL, WHOLE)
