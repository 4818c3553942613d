"""`schoolsync menus`: what there is to eat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from schoolsync.cli.dates import week_meant
from schoolsync.cli.reading import Reading, beyond

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Course, Dish, Menu, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["MENUS"]


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[Menu]:
    return beyond(client, "get_menus")(days.first, days.last, pupil=pupil)


def _draw(menus: Sequence[Menu], look: Look) -> RenderableType:
    from schoolsync.cli.render import day, said, table

    drawing = table("Day!", "Meal!", "What there is")
    for menu in menus:
        meal = menu.name or ("" if menu.meal == "other" else menu.meal.capitalize())
        drawing.add_row(day(menu.day, look), said(meal), _courses(menu.courses))
    return drawing


def _courses(courses: Sequence[Course]) -> Text:
    """A line for each course: its dishes, with what is in them."""
    from rich.text import Text

    from schoolsync.cli.render import said

    lines = []
    for course in courses:
        dishes = Text(", ").join([_dish(dish) for dish in course.dishes])
        lines.append(Text.assemble(said(course.name, "dim"), ": " if course.name else "", dishes))
    return Text("\n").join(lines)


def _dish(dish: Dish) -> Text:
    """`Lasagnes (Gluten, Lait)`."""
    from rich.text import Text

    from schoolsync.cli.render import said

    notes = ", ".join((*dish.labels, *dish.allergens))
    return Text.assemble(said(dish.name), " " if notes else "", said(f"({notes})" if notes else "", "dim"))


MENUS = Reading(
    name="menus",
    title="Menus",
    help="What there is to eat. PRONOTE.\n\n"
    "Without days: this school week, or the coming one at the weekend.",
    nothing="No menus.",
    ask=_ask,
    draw=_draw,
    days=week_meant,
)
"""The command."""
