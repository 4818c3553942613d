"""What there is to eat."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from schoolsync.model.record import Record, Value

__all__ = ["Course", "Dish", "Meal", "Menu"]


class Meal(StrEnum):
    """Which meal of the day."""

    LUNCH = "lunch"
    DINNER = "dinner"
    OTHER = "other"


class Dish(Value):
    """One dish."""

    name: str
    """What it is."""
    allergens: tuple[str, ...] = ()
    """Allergens, in the school's words."""
    labels: tuple[str, ...] = ()
    """Labels such as organic or local, in the school's words."""


class Course(Value):
    """One course with its choices."""

    name: str | None = None
    """The school's word for it: starter, main, dessert."""
    dishes: tuple[Dish, ...] = ()
    """What can be chosen."""


class Menu(Record):
    """One meal of one day."""

    day: dt.date
    """The day."""
    meal: Meal
    """Which meal."""
    name: str | None = None
    """A title, if there is one."""
    courses: tuple[Course, ...] = ()
    """The courses, in order."""
