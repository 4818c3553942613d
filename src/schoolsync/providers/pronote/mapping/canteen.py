"""What there is to eat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Course, Dish, Identity, Meal, Menu
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import Context, mapped_rows, name
from schoolsync.providers.pronote.schema.canteen import CourseRow, FoodRow, LabelRow, MenuDayRow, MenusPage

__all__ = ["to_menus"]

MEALS: Mapping[int | None, Meal] = {0: Meal.LUNCH, 1: Meal.DINNER}
"""Evidence: read."""
COURSES: Mapping[int | None, str] = {
    0: "Entrée",
    1: "Plat",
    2: "Accompagnement",
    3: "Boisson",
    4: "Dessert",
    5: "Fromage",
}
"""The field's names of the courses, which the server only numbers. Evidence: read."""
ORDER = {Meal.LUNCH: 0, Meal.DINNER: 1, Meal.OTHER: 2}


def to_menus(context: Context, page: Page[MenusPage]) -> list[Menu]:
    """One record for each meal, by day and time of day. Losses: colours of labels and allergens."""
    context.issues.extend(page.issues)
    found = mapped_rows(context, page, page.data.days, partial(_menus, context), "ListeJours")
    menus = keys.with_keys("menu", found, _identity, _content)
    return sorted(menus, key=lambda menu: (menu.day, ORDER[menu.meal], menu.key))


def _menus(context: Context, row: MenuDayRow, raw: Any) -> Iterator[Menu]:
    if row.day is None:
        raise ValueError("a menu of no day")
    for meal in row.meals:
        yield Menu(
            **context.common(raw),
            key="",
            identity=Identity.DERIVED,
            provider_id=meal.id,
            day=row.day,
            meal=MEALS.get(meal.kind, Meal.OTHER),
            name=name(meal.label),
            courses=tuple(_courses(meal.courses)),
        )


def _courses(rows: Iterable[CourseRow]) -> Iterator[Course]:
    for row in rows:
        dishes = tuple(_dishes(row.foods))
        if dishes:
            yield Course(name=COURSES.get(row.kind), dishes=dishes)


def _dishes(rows: Iterable[FoodRow]) -> Iterator[Dish]:
    for row in rows:
        called = name(row.label)
        if called:
            yield Dish(name=called, allergens=_labels(row.allergens), labels=_labels(row.labels))


def _labels(rows: Iterable[LabelRow]) -> tuple[str, ...]:
    return tuple(called for row in rows if (called := name(row.label)))


def _identity(menu: Menu) -> keys.Parts:
    return (menu.day, menu.meal)


def _content(menu: Menu) -> keys.Parts:
    return (menu.name, tuple(dish.name for course in menu.courses for dish in course.dishes))
