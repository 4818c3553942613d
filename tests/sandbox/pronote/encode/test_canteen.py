"""Menus on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.model import Dish
from schoolsync.sandbox.college.canteen import MenuSheet, draw_menus, menu_sheet
from schoolsync.sandbox.college.year import CollegeYear
from schoolsync.sandbox.pronote.encode.canteen import encode_menus
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

MONDAY = dt.date(2026, 3, 9)
TUESDAY = dt.date(2026, 3, 10)
YEAR = CollegeYear(MONDAY)
IDS = Ids(b"a session")
SOUP = Dish(name="Soupe", allergens=("Lait", "Sésame"), labels=("Bio",))


def _sent(*sheets: MenuSheet) -> Any:
    return unwrapped(encode_menus(sheets, YEAR, IDS))


def _listed(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"_T": 24, "V": [*rows]}


def _food(name: str, labels: dict[str, Any], allergens: dict[str, Any]) -> dict[str, Any]:
    marks = {"listeLabelsAlimentaires": labels, "listeAllergenesAlimentaire": allergens}
    return {"N": IDS.of(507, f"food:{name}"), "L": name, **marks}


def _mark(prefix: int, name: str, colour: str) -> dict[str, Any]:
    return {"N": IDS.of(prefix, f"food mark:{name}"), "L": name, "couleur": colour}


def test_a_meal_has_courses_and_dishes() -> None:
    """By the numbers of the courses, with the marks of each dish; a mark that is not listed is grey."""
    sheet = menu_sheet(MONDAY, [(5, (SOUP,)), (9, (Dish(name="Eau"),))], name=None)
    soup = _food(
        "Soupe",
        _listed(_mark(506, "Bio", "#7FB800")),
        _listed(_mark(505, "Lait", "#87CEEB"), _mark(505, "Sésame", "#808080")),
    )
    water = _food("Eau", _listed(), _listed())
    courses = _listed(
        {"G": 5, "ListeAliments": _listed(soup)},
        {"G": 9, "ListeAliments": _listed(water)},
    )
    meal = {"N": IDS.of(78, f"meal:{sheet.record.key}"), "G": 0, "ListePlats": courses}
    assert encode_menus([sheet], YEAR, IDS)["ListeJours"] == _listed(
        {"Date": {"_T": 7, "V": "09/03/2026"}, "ListeRepas": _listed(meal)}
    )


def test_days_and_meals_come_in_order() -> None:
    """However they lie on the pile."""
    sheets = [menu_sheet(day, (), meal=meal) for day in (TUESDAY, MONDAY) for meal in (1, 0)]
    days = unwrapped(encode_menus(sheets, YEAR, IDS)["ListeJours"])
    assert [(one["Date"], [meal["G"] for meal in one["ListeRepas"]]) for one in days] == [
        ("09/03/2026", [0, 1]),
        ("10/03/2026", [0, 1]),
    ]


def test_a_week_says_which_meals_it_has() -> None:
    """A week without meals has none of either, and no days."""
    dinner = _sent(menu_sheet(MONDAY, (), meal=1))
    assert (dinner["AvecRepasMidi"], dinner["AvecRepasSoir"]) == (False, True)
    nothing = _sent()
    assert (nothing["AvecRepasMidi"], nothing["AvecRepasSoir"], nothing["ListeJours"]) == (False, False, [])
    assert [one["L"] for one in nothing["ListeAllergenes"]] == ["Gluten", "Lait", "Fruits à coque"]
    assert [one["L"] for one in nothing["Listelabels"]] == ["Bio", "Local <1 h>"]


def test_every_drawn_meal_is_sent() -> None:
    """With its name where it has one."""
    sheets = draw_menus(YEAR)
    days = unwrapped(encode_menus(sheets, YEAR, IDS)["ListeJours"])
    told = sorted((IDS.thing(meal["N"]), meal.get("L")) for one in days for meal in one["ListeRepas"])
    assert told == sorted((f"meal:{one.record.key}", one.record.name) for one in sheets)
