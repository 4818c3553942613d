"""Menus: meals, courses and dishes."""

from __future__ import annotations

import datetime as dt

from schoolsync.model import Course, Dish, Meal, Menu
from tests.model.samples import COMMON, always_set


def test_what_is_always_set() -> None:
    """A day and a meal; a dish has a name; a course may have none."""
    assert always_set(Menu) == {"day", "meal"}
    assert always_set(Dish) == {"name"}
    assert always_set(Course) == set()
    assert set(Meal) == {"lunch", "dinner", "other"}


def test_a_menu_keeps_its_order() -> None:
    """Courses and dishes are as the school lists them, out and back."""
    dishes = (Dish(name="Soup"), Dish(name="Salad", allergens=("celery",)))
    menu = Menu(
        key="menu-1",
        day=dt.date(2026, 3, 9),
        meal=Meal.LUNCH,
        courses=(Course(name="starter", dishes=dishes), Course()),
        **COMMON,
    )
    assert Menu.from_dict(menu.to_dict()).courses[0].dishes == dishes
