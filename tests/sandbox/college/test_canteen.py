"""What there is to eat."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.model import Dish, Meal
from schoolsync.sandbox.college.canteen import ALLERGENS, COURSES, LABELS, draw_menus, menu_sheet
from schoolsync.sandbox.college.year import CollegeYear

TODAY = dt.date(2026, 3, 11)
YEAR = CollegeYear(TODAY)


@pytest.mark.parametrize(("number", "meal"), [(0, Meal.LUNCH), (1, Meal.DINNER), (2, Meal.OTHER)])
def test_the_server_counts_meals(number: int, meal: Meal) -> None:
    """One that nobody knows is another one."""
    assert menu_sheet(TODAY, (), meal=number).record.meal is meal


def test_courses_are_called_by_their_number() -> None:
    """In the order in which they are served; one of an unknown number has no name."""
    soup = Dish(name="Soupe", allergens=("Lait",))
    sheet = menu_sheet(TODAY, [(5, ()), (0, (soup,)), (8, ())], name=None)
    assert [course.name for course in sheet.record.courses] == ["Fromage", "Entrée", None]
    assert sheet.record.courses[1].dishes == (soup,)
    assert (sheet.courses, sheet.record.name, sheet.record.day) == ((5, 0, 8), None, TODAY)


def test_there_is_lunch_on_every_day_with_a_canteen() -> None:
    """For five weeks around today; dinner on Thursdays, a snack on Mondays, nothing on Wednesdays."""
    sheets = draw_menus(YEAR)
    days = {meal: sorted({sheet.record.day for sheet in sheets if sheet.meal == meal}) for meal in (0, 1, 2)}
    assert (days[0][0], days[0][-1], len(days[0])) == (dt.date(2026, 2, 23), dt.date(2026, 3, 27), 20)
    assert {day.weekday() for day in days[0]} == {0, 1, 3, 4}
    assert {day.weekday() for day in days[1]} == {3}
    assert {day.weekday() for day in days[2]} == {0}
    assert len({sheet.record.key for sheet in sheets}) == len(sheets)


def test_every_sort_of_dish_is_served() -> None:
    """Every course, known or not, every allergen, every label, and choices."""
    sheets = draw_menus(YEAR)
    served = [course for sheet in sheets for course in sheet.record.courses]
    dishes = [dish for course in served for dish in course.dishes]
    assert {number for sheet in sheets for number in sheet.courses} > set(COURSES)
    assert {name for dish in dishes for name in dish.allergens} == set(ALLERGENS)
    assert {name for dish in dishes for name in dish.labels} == set(LABELS)
    assert {len(course.dishes) for course in served} == {1, 2}
    assert {bool(dish.allergens or dish.labels) for dish in dishes} == {True, False}
