"""Menus, as the server words them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from schoolsync.model import Course, Dish
from schoolsync.sandbox.college.canteen import ALLERGENS, LABELS, MenuSheet
from schoolsync.sandbox.college.year import CollegeYear
from schoolsync.sandbox.pronote.encode.words import day, element, listed, ranked
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_menus"]

LUNCH, DINNER = 0, 1
ALLERGEN, LABEL, MEAL, FOOD = 505, 506, 78, 507
"""The numbers in front of ids."""
PLAIN = "#808080"
"""The colour of an allergen or label that the college does not list."""


def encode_menus(sheets: Sequence[MenuSheet], year: CollegeYear, ids: Ids) -> dict[str, Any]:
    """The meals of one week, by day; no days when there are no meals.

    Args:
        sheets: The meals.
        year: Knows the weeks in which anybody eats.
        ids: The ids of the session.
    """
    by_day = sorted(sheets, key=lambda sheet: (sheet.record.day, sheet.meal))
    return {
        "AvecRepasMidi": any(sheet.meal == LUNCH for sheet in sheets),
        "AvecRepasSoir": any(sheet.meal == DINNER for sheet in sheets),
        "DomaineDePresence": ranked(year.working_weeks(), 8),
        "ListeAllergenes": _marks(ids, ALLERGEN, ALLERGENS, ALLERGENS),
        "Listelabels": _marks(ids, LABEL, LABELS, LABELS),
        "ListeJours": listed(
            {"Date": day(when), "ListeRepas": listed(_meal(sheet, ids) for sheet in meals)}
            for when, meals in groupby(by_day, lambda sheet: sheet.record.day)
        ),
    }


def _meal(sheet: MenuSheet, ids: Ids) -> dict[str, Any]:
    record = sheet.record
    return {
        "N": ids.of(MEAL, f"meal:{record.key}"),
        "G": sheet.meal,
        **({"L": record.name} if record.name else {}),
        "ListePlats": listed(
            _course(number, course, ids) for number, course in zip(sheet.courses, record.courses, strict=True)
        ),
    }


def _course(number: int, course: Course, ids: Ids) -> dict[str, Any]:
    return {"G": number, "ListeAliments": listed(_food(dish, ids) for dish in course.dishes)}


def _food(dish: Dish, ids: Ids) -> dict[str, Any]:
    return element(
        ids.of(FOOD, f"food:{dish.name}"),
        dish.name,
        listeLabelsAlimentaires=_marks(ids, LABEL, dish.labels, LABELS),
        listeAllergenesAlimentaire=_marks(ids, ALLERGEN, dish.allergens, ALLERGENS),
    )


def _marks(ids: Ids, prefix: int, names: Iterable[str], colours: Mapping[str, str]) -> dict[str, Any]:
    """Allergens or labels, each with its colour."""
    return listed(
        element(ids.of(prefix, f"food mark:{name}"), name, couleur=colours.get(name, PLAIN).upper())
        for name in names
    )
