"""The words of the canteen."""

from __future__ import annotations

import datetime as dt

from schoolsync.providers.pronote.schema.canteen import FoodRow, MealRow, MenusPage
from tests.providers.pronote.mapping.test_canteen import LUNCH, MONDAY, food
from tests.providers.pronote.papers import read_row, worn
from tests.providers.pronote.reading import bare, element, page

SAID = {
    "AvecRepasMidi": True,
    "AvecRepasSoir": False,
    "DomaineDePresence": {"_T": 8, "V": "[1..3]"},
    "ListeAllergenes": element([{"N": "505#A1", "L": "Gluten", "couleur": "#A0522D"}]),
    "Listelabels": element([{"N": "506#L1", "L": "Bio", "couleur": "#7FB800"}]),
    "ListeJours": element([MONDAY]),
}


def test_every_key_has_a_name_of_ours() -> None:
    """Typed and bare values are one."""
    for form in (SAID, bare(SAID)):
        found = page(MenusPage, "PageMenus", form).data
        assert (found.has_lunch, found.has_dinner, found.weeks) == (True, False, (1, 2, 3))
        assert [(one.label, one.colour) for one in (*found.allergens, *found.labels)] == [
            ("Gluten", "#A0522D"),
            ("Bio", "#7FB800"),
        ]
        (day,) = found.days
        assert (day.day, [meal.kind for meal in day.meals]) == (dt.date(2026, 10, 5), [1, 0])
        lunch = day.meals[1]
        assert [(course.kind, len(course.foods)) for course in lunch.courses] == [(0, 1), (1, 2), (4, 1)]
        assert [one.label for one in lunch.courses[1].foods[0].allergens] == ["Gluten", "Lait"]


def test_a_worn_key_costs_only_itself() -> None:
    """Missing, null or renamed: the others are read, and no issue is told."""
    for kind, whole in ((MealRow, LUNCH), (FoodRow, food("Pain", ["Bio"], ["Gluten"]))):
        intact, _ = read_row(kind, whole)
        for key in whole:
            for said in worn(whole, key):
                row, issues = read_row(kind, said)
                differing = [
                    name for name in kind.model_fields if getattr(row, name) != getattr(intact, name)
                ]
                assert (issues, len(differing)) == ([], 1)


def test_an_empty_answer_is_a_week_without_menus() -> None:
    """Nothing is said of meals then."""
    found = page(MenusPage, "PageMenus", {}).data
    assert (found.days, found.has_lunch, found.weeks, found.allergens) == ((), None, (), ())
