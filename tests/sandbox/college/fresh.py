"""A collège of one's own for every test, without drawing it anew: what is frozen is shared."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import attrs

from schoolsync.sandbox.college.college import SandboxCollege, make_college
from schoolsync.sandbox.college.desk import CollegeDesk

__all__ = ["MONDAY", "fresh_college"]

MONDAY = dt.date(2026, 3, 9)


@cache
def _drawn(today: dt.date) -> SandboxCollege:
    return make_college(today=today)


def fresh_college(today: dt.date = MONDAY) -> SandboxCollege:
    """The invented collège on the morning of *today*; whatever is done to it stays in it."""
    drawn = _drawn(today)
    desks = {number: _own(desk) for number, desk in drawn.desks.items()}
    menus = [*drawn.desks["e1"].menus]
    for desk in desks.values():
        desk.menus = menus
    return SandboxCollege(drawn.year, [*drawn.households], [*drawn.accounts], desks=desks, story=drawn.story)


def _own(desk: CollegeDesk) -> CollegeDesk:
    lists: dict[str, Any] = {
        field.name: [*value]
        for field in attrs.fields(CollegeDesk)
        if isinstance(value := getattr(desk, field.name), list)
    }
    timetable = attrs.evolve(desk.timetable, changed=dict(desk.timetable._changed))
    marks = attrs.evolve(desk.marks, sheets=[*desk.marks.sheets])
    return attrs.evolve(desk, timetable=timetable, marks=marks, **lists)
