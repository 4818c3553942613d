"""What there is to eat at the invented collège: one list of menus for everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from schoolsync.model import Course, Dish, Identity, Meal, Menu
from schoolsync.sandbox.college.year import CANTEEN_DAYS, CollegeYear

__all__ = ["ALLERGENS", "COURSES", "LABELS", "MenuSheet", "draw_menus", "menu_sheet"]

ALLERGENS: Mapping[str, str] = {"Gluten": "#a0522d", "Lait": "#87ceeb", "Fruits à coque": "#8b4513"}
"""Allergens, and the colours in which they are shown."""
LABELS: Mapping[str, str] = {"Bio": "#7fb800", "Local <1 h>": "#0d7377"}
"""What is good about a dish, and the colours in which it is shown."""
COURSES: Mapping[int, str] = {
    0: "Entrée",
    1: "Plat",
    2: "Accompagnement",
    3: "Boisson",
    4: "Dessert",
    5: "Fromage",
}
"""Number of a course → how a correct client calls it. Others have no name."""
MEALS: Mapping[int, Meal] = {0: Meal.LUNCH, 1: Meal.DINNER}
"""Number of a meal → what it is. Others are neither."""

Served = tuple[int, tuple[Dish, ...]]
"""Number of a course, and what can be chosen."""


@attrs.frozen(kw_only=True)
class MenuSheet:
    """One meal of one day."""

    record: Menu
    """As a correct client delivers it; its `pupil_key` is everybody's."""
    meal: int
    """Number of the meal: 0 lunch, 1 dinner."""
    courses: tuple[int, ...]
    """Number of each of the record's courses."""


def menu_sheet(
    day: dt.date, served: Iterable[Served], *, meal: int = 0, name: str | None = "Menu du midi"
) -> MenuSheet:
    """A meal whose neutral record says the same as its other fields.

    Args:
        day: The day.
        served: The courses, in order.
        meal: Number of the meal.
        name: What the college calls it.
    """
    courses = tuple(served)
    record = Menu(
        key=f"menu-{day}-{meal}",
        provider="pronote",
        pupil_key="pupil-all",
        identity=Identity.DERIVED,
        day=day,
        meal=MEALS.get(meal, Meal.OTHER),
        name=name,
        courses=tuple(Course(name=COURSES.get(number), dishes=dishes) for number, dishes in courses),
    )
    return MenuSheet(record=record, meal=meal, courses=tuple(number for number, _ in courses))


def _dish(name: str, allergens: str = "", labels: str = "") -> Dish:
    return Dish(
        name=name,
        allergens=tuple(filter(None, allergens.split(", "))),
        labels=tuple(filter(None, labels.split(", "))),
    )


LUNCHES: tuple[tuple[Served, ...], ...] = (
    (
        (0, (_dish("Carottes râpées", labels="Bio, Local <1 h>"), _dish("Œuf & mayonnaise"))),
        (1, (_dish("Lasagnes", "Gluten, Lait"), _dish("Lasagnes de légumes", "Gluten", "Bio"))),
        (2, (_dish("Salade verte"),)),
        (5, (_dish("Fromage blanc", "Lait"),)),
        (4, (_dish("Pomme", labels="Bio"),)),
    ),
    (
        (1, (_dish("Poisson du jour"),)),
        (2, (_dish("Riz"), _dish("Haricots verts"))),
        (3, (_dish("Eau"),)),
        (4, (_dish("Gâteau aux noix", "Gluten, Fruits à coque"),)),
        (7, (_dish("Pain", "Gluten", "Local <1 h>"),)),
    ),
)
"""Two lunches in turn; the second has a course of a kind that nobody has heard of."""
DINNER: tuple[Served, ...] = ((1, (_dish("Soupe"),)), (4, (_dish("Yaourt", "Lait"),)))
SNACK: tuple[Served, ...] = ((4, (_dish("Compote"),)),)
DINNER_DAY, SNACK_DAY = 3, 0
WEEKS_AROUND = 2
"""How many weeks before and after that of `today` have menus."""


def draw_menus(year: CollegeYear) -> list[MenuSheet]:
    """Lunch on every day with a canteen, dinner on Thursdays, a snack without a name on Mondays."""
    around = dt.timedelta(weeks=WEEKS_AROUND)
    monday = year.calendar.monday
    days = year.calendar.school_days(monday - around, monday + around + dt.timedelta(days=6))
    sheets: list[MenuSheet] = []
    for number, day in enumerate(day for day in days if day.weekday() in CANTEEN_DAYS):
        sheets.append(menu_sheet(day, LUNCHES[number % len(LUNCHES)]))
        if day.weekday() == DINNER_DAY:
            sheets.append(menu_sheet(day, DINNER, meal=1, name="Menu du soir"))
        if day.weekday() == SNACK_DAY:
            sheets.append(menu_sheet(day, SNACK, meal=2, name=None))
    return sheets
