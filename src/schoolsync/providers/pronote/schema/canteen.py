"""What there is to eat."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.words import Count, Day, Flag, Numbers, Row, Tuple

__all__ = ["CourseRow", "FoodRow", "LabelRow", "MealRow", "MenuDayRow", "MenusPage"]


class LabelRow(Row):
    """An allergen, or a label such as `Bio`."""

    id: str | None = Field(None, alias="N")
    label: str | None = Field(None, alias="L")
    colour: str | None = Field(None, alias="couleur")


class FoodRow(Row):
    """One dish."""

    id: str | None = Field(None, alias="N")
    label: str | None = Field(None, alias="L")
    labels: Tuple[LabelRow] = Field((), alias="listeLabelsAlimentaires")
    allergens: Tuple[LabelRow] = Field((), alias="listeAllergenesAlimentaire")
    """Not said by old servers."""


class CourseRow(Row):
    """One course; several dishes are a choice."""

    kind: Count = Field(None, alias="G")
    """0 starter, 1 main, 2 side, 3 drink, 4 dessert, 5 cheese; others exist."""
    foods: Tuple[FoodRow] = Field((), alias="ListeAliments")


class MealRow(Row):
    """One meal."""

    id: str | None = Field(None, alias="N")
    label: str | None = Field(None, alias="L")
    kind: Count = Field(None, alias="G")
    """0 lunch, 1 dinner."""
    courses: Tuple[CourseRow] = Field((), alias="ListePlats")


class MenuDayRow(Row):
    """One day."""

    day: Day = Field(None, alias="Date")
    meals: Tuple[MealRow] = Field((), alias="ListeRepas")


class MenusPage(Row):
    """Wire: `PageMenus`: the week of the day that was asked for."""

    has_lunch: Flag = Field(None, alias="AvecRepasMidi")
    has_dinner: Flag = Field(None, alias="AvecRepasSoir")
    weeks: Numbers = Field((), alias="DomaineDePresence")
    """Weeks with menus."""
    allergens: Tuple[LabelRow] = Field((), alias="ListeAllergenes")
    labels: Tuple[LabelRow] = Field((), alias="Listelabels")
    days: Tuple[MenuDayRow] = Field((), alias="ListeJours")
