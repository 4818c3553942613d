"""`schoolsync menus`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.cli.menus import MENUS
from schoolsync.cli.render import Look
from schoolsync.model import Course, Dish, Identity, Meal, Menu
from tests.cli.test_render import shown

COMMON: dict[str, Any] = {"provider": "pronote", "pupil_key": "pupil-1", "identity": Identity.DERIVED}
COURSES = (
    Course(name="Plat", dishes=(Dish(name="Riz", labels=("Bio",), allergens=("Lait",)), Dish(name="Œufs"))),
    Course(dishes=(Dish(name="Pain"),)),
)


def drawn(**fields: Any) -> list[str]:
    """A menu of a Monday, without the head."""
    menu = Menu(
        key="menu-1",
        **{"day": dt.date(2026, 3, 9), "meal": Meal.LUNCH, "courses": COURSES, **COMMON, **fields},
    )
    return shown(MENUS.draw([menu], Look(dt.date(2026, 3, 11), 80))).splitlines()[2:]


def test_every_course_has_a_line() -> None:
    """With its dishes and what is in them."""
    lines = drawn()
    assert lines[0].endswith("  Plat: Riz (Bio, Lait), Œufs")
    assert lines[1].strip() == "Pain"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "Lunch"),
        ({"meal": Meal.DINNER}, "Dinner"),
        ({"meal": Meal.OTHER}, ""),
        ({"name": "Menu du midi"}, "Menu du midi"),
    ],
)
def test_which_meal(fields: dict[str, Any], text: str) -> None:
    """As the school calls it, else by its kind."""
    assert drawn(**fields)[0].removeprefix("Mon 9 Mar").partition("Plat:")[0].strip() == text
