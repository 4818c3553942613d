"""Asking for menus."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.college.canteen import menu_sheet
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote.call import Trouble
from tests.sandbox.pronote.asking import Asker, day

MONDAY = dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in, on the Wednesday of week 28."""
    return Asker(college)


def _days(asker: Asker, **data: Any) -> list[str]:
    return [one["Date"][:5] for one in asker.ask("PageMenus", tab=10, **data)["ListeJours"]]


@pytest.mark.parametrize("number", range(7))
def test_any_day_of_a_week_gives_the_week(asker: Asker, number: int) -> None:
    """From its Monday to its Sunday."""
    assert _days(asker, date=day(MONDAY + number * DAY)) == ["09/03", "10/03", "12/03", "13/03"]


def test_who_says_no_day_is_given_the_present_week(asker: Asker) -> None:
    """Whatever week the school was opened in."""
    assert _days(asker)[0] == "09/03"
    asker.now += dt.timedelta(weeks=1)
    assert _days(asker)[0] == "16/03"


def test_sundays_belong_to_the_week_before_them(asker: Asker) -> None:
    """Also at the beginning of the year."""
    sunday = MONDAY + 6 * DAY
    asker.desk.menus = [menu_sheet(when, ()) for when in (MONDAY - DAY, MONDAY, sunday, sunday + DAY)]
    assert _days(asker, date=day(sunday)) == ["09/03", "15/03"]
    assert _days(asker, date=day(MONDAY - DAY)) == ["08/03"]


@pytest.mark.parametrize("when", [dt.date(2026, 4, 8), dt.date(2020, 1, 1)])
def test_a_week_without_meals_is_empty(asker: Asker, when: dt.date) -> None:
    """In a holiday, and in another year."""
    assert _days(asker, date=day(when)) == []


def test_a_day_that_is_none_is_refused(asker: Asker) -> None:
    """As unreadable."""
    with pytest.raises(Trouble) as caught:
        asker.ask("PageMenus", date="lundi")
    assert caught.value.number == 11


def test_everybody_eats_the_same(college: SandboxCollege) -> None:
    """There is one list of menus: what is changed for one is changed for all."""
    one, two = Asker(college), Asker(college, "e2")
    one.desk.menus.append(menu_sheet(MONDAY + 2 * DAY, ()))
    assert _days(two) == ["09/03", "10/03", "11/03", "12/03", "13/03"]
