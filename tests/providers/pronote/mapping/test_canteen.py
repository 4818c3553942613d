"""Menus out of hand-written days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from schoolsync.model import Menu
from schoolsync.providers.pronote.mapping.canteen import to_menus
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.schema.canteen import MenusPage
from tests.providers.pronote.reading import PUPIL, bare, context, date, element, page


def food(label: object, labels: Sequence[object] = (), allergens: Sequence[object] = ()) -> dict[str, Any]:
    """One dish."""
    return {
        "N": f"507#{label}",
        "L": label,
        "listeLabelsAlimentaires": element(
            [{"N": "506#1", "L": one, "couleur": "#7FB800"} for one in labels]
        ),
        "listeAllergenesAlimentaire": element([{"N": "505#1", "L": one} for one in allergens]),
    }


def course(kind: object, *foods: Any) -> dict[str, Any]:
    """One course."""
    return {"G": kind, "ListeAliments": element(list(foods))}


LUNCH: dict[str, Any] = {
    "N": "78#Rp1",
    "G": 0,
    "L": "Menu du midi",
    "ListePlats": element(
        [
            course(0, food("Carottes r&acirc;p&eacute;es", ["Bio", "Local"])),
            course(1, food("Lasagnes", (), ["Gluten", "Lait"]), food("Gratin", ["Végétarien"])),
            course(4, food("Pomme")),
        ]
    ),
}
DINNER: dict[str, Any] = {"N": "78#Rp2", "G": 1, "L": "", "ListePlats": element([course(1, food("Soupe"))])}
MONDAY: dict[str, Any] = {"Date": date("05/10/2026"), "ListeRepas": element([DINNER, LUNCH])}
TUESDAY: dict[str, Any] = {"Date": date("06/10/2026"), "ListeRepas": element([LUNCH | {"N": "78#Rp3"}])}


def menus(*days: Any, here: Context | None = None, **more: bool) -> list[Menu]:
    """What days become."""
    said = {"AvecRepasMidi": True, "ListeJours": element(list(days))}
    return to_menus(here or context(), page(MenusPage, "PageMenus", said, **more))


def one(**change: Any) -> Menu:
    """What a lunch becomes with some keys changed."""
    (found,) = menus(MONDAY | {"ListeRepas": element([LUNCH | change])})
    return found


def test_every_field_of_a_menu() -> None:
    """As they were agreed on."""
    menu = one()
    assert (menu.provider, menu.pupil_key, menu.identity, menu.provider_id) == (
        "pronote",
        PUPIL.key,
        "derived",
        "78#Rp1",
    )
    assert (menu.day, menu.meal, menu.name) == (dt.date(2026, 10, 5), "lunch", "Menu du midi")
    assert [
        (course_.name, [(dish.name, dish.labels, dish.allergens) for dish in course_.dishes])
        for course_ in menu.courses
    ] == [
        ("Entrée", [("Carottes râpées", ("Bio", "Local"), ())]),
        ("Plat", [("Lasagnes", (), ("Gluten", "Lait")), ("Gratin", ("Végétarien",), ())]),
        ("Dessert", [("Pomme", (), ())]),
    ]


def test_menus_are_in_the_order_of_the_days_and_meals() -> None:
    """Whatever the server's."""
    found = menus(TUESDAY, MONDAY)
    assert [(menu.day.day, str(menu.meal), menu.name) for menu in found] == [
        (5, "lunch", "Menu du midi"),
        (5, "dinner", None),
        (6, "lunch", "Menu du midi"),
    ]


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        (0, "Entrée"),
        (1, "Plat"),
        (2, "Accompagnement"),
        (3, "Boisson"),
        (4, "Dessert"),
        (5, "Fromage"),
        (6, None),
        (None, None),
        ("1", "Plat"),
    ],
)
def test_courses_have_the_field_s_names(kind: object, called: str | None) -> None:
    """A kind that we do not know has none, and its dishes are kept."""
    (found,) = one(ListePlats=element([course(kind, food("Pain"))])).courses
    assert (found.name, [dish.name for dish in found.dishes]) == (called, ["Pain"])


@pytest.mark.parametrize(("kind", "meal"), [(0, "lunch"), (1, "dinner"), (2, "other"), (None, "other")])
def test_kinds_of_meals(kind: int | None, meal: str) -> None:
    """Others exist."""
    assert one(G=kind).meal == meal


def test_what_has_no_name_is_no_dish_and_a_course_without_dishes_is_none() -> None:
    """The meal itself stays."""
    bare_ = one(
        ListePlats=element(
            [course(0), course(1, food(""), food(None)), course(4, food("Pomme", [""], [None]))]
        )
    )
    assert [
        (course_.name, course_.dishes[0].labels, course_.dishes[0].allergens) for course_ in bare_.courses
    ] == [("Dessert", (), ())]
    assert one(ListePlats=None).courses == ()


def test_bare_and_typed_values_say_the_same() -> None:
    """A server may send either."""
    assert menus(bare(MONDAY)) == menus(MONDAY)


@pytest.mark.parametrize("how", ["missing", "null"])
def test_every_key_but_the_day_may_be_missing_or_null(how: str) -> None:
    """It is not said then, and nobody is told. Old servers do not know allergens."""
    for key in LUNCH:
        lacking = {name: value for name, value in LUNCH.items() if name != key or how == "null"}
        here = context()
        (found,) = menus(
            MONDAY | {"ListeRepas": [lacking | ({key: None} if how == "null" else {})]}, here=here
        )
        assert (here.issues, found.day) == ([], dt.date(2026, 10, 5))
    old = {"N": "507#F1", "L": "Pomme"} | ({"listeAllergenesAlimentaire": None} if how == "null" else {})
    assert one(ListePlats=[course(4, old)]).courses[0].dishes[0].allergens == ()
    assert menus(MONDAY | {"ListeRepas": None}) == []


# -- identity ---------------------------------------------------------------------


def test_a_new_log_in_gives_equal_keys() -> None:
    """Ids do not count; what is cooked may change."""
    assert one(N="78#zz", L="Menu", ListePlats=element([course(1, food("Riz"))])).key == one().key
    assert menus(TUESDAY)[0].key != one().key
    assert one(G=1).key != one().key


def test_two_menus_of_one_meal_do_not_merge() -> None:
    """In any order of the server's."""
    other = LUNCH | {"N": "78#x", "L": "Panier"}
    one_way = menus(MONDAY | {"ListeRepas": element([LUNCH, other])})
    back = menus(MONDAY | {"ListeRepas": element([other, LUNCH])})
    assert one_way == back
    assert len({menu.key for menu in one_way}) == 2


# -- trouble ----------------------------------------------------------------------


def test_menus_of_no_day_are_lost_alone() -> None:
    """And told; strict mode refuses them."""
    here = context()
    assert [menu.day.day for menu in menus(MONDAY | {"Date": ""}, TUESDAY, here=here)] == [6]
    assert [issue.path for issue in here.issues] == ["PageMenus.ListeJours.0"]
    with pytest.raises(UnexpectedShape, match=r"PageMenus\.ListeJours\.0"):
        menus(MONDAY | {"Date": None}, here=context(strict=True), strict=True)


JUNK: tuple[Any, ...] = (None, "?", -1, 10**30, [None], [{}], {}, "31/12/9999", "\ud800")


@given(st.sampled_from(["Date", "ListeRepas", *LUNCH]), st.sampled_from(JUNK))
def test_junk_under_any_key_never_costs_another_day(key: str, junk: Any) -> None:
    """Nor does it raise."""
    damaged = MONDAY | ({key: junk} if key in MONDAY else {"ListeRepas": element([LUNCH | {key: junk}])})
    assert "78#Rp3" in [menu.provider_id for menu in menus(damaged, TUESDAY)]


def test_raw_is_the_day_as_it_was_sent() -> None:
    """For each of its meals."""
    assert [menu.raw for menu in menus(MONDAY, here=context(keep_raw=True), keep_raw=True)] == [MONDAY] * 2
