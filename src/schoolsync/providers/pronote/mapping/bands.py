"""Recesses and the canteen's hours: what PRONOTE draws between the lessons of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs

from schoolsync.derive import keys
from schoolsync.model import Identity, Lesson, LessonKind
from schoolsync.providers.pronote.mapping import grid
from schoolsync.providers.pronote.mapping.mapped import Context, extras, name
from schoolsync.providers.pronote.mapping.superposed import Occupied
from schoolsync.providers.pronote.schema.timetable import RecessRow

__all__ = ["to_bands"]

CANTEEN = "Demi-pension"
"""What PRONOTE calls it."""


@attrs.frozen
class _Band:
    """Something that is every day at the same time."""

    kind: str
    """`break` or `canteen`."""
    label: str | None
    start: dt.time
    end: dt.time
    days: tuple[int, ...] = ()
    """Days of the week, 0 is Monday; empty: every day."""


def to_bands(context: Context, recesses: Iterable[RecessRow], lessons: Sequence[Lesson]) -> list[Lesson]:
    """Breaks on each day with lessons, as far as none of *lessons* lies in their time.

    Args:
        context: With the school's grid and its canteen.
        recesses: What the timetable itself says; the year's where it says nothing.
        lessons: All rows, hidden ones too.
    """
    bands = [*_recesses(context, recesses), *_canteen(context)]
    if not bands:
        return []
    occupied = Occupied(lessons)
    days = dict.fromkeys(lesson.start.date() for lesson in lessons)
    made = [(band, {**context.common(), **_facts(band)}) for band in bands]
    pauses = [
        {**facts, "start": start, "end": end}
        for day in days
        for band, facts in made
        if not band.days or day.weekday() in band.days
        if occupied.is_free(start := _at(context, day, band.start), end := _at(context, day, band.end))
    ]
    found = zip(pauses, keys.lesson_keys(pauses), strict=True)
    return [Lesson.model_validate(pause | {"key": key}) for pause, key in found]


def _recesses(context: Context, recesses: Iterable[RecessRow]) -> Iterator[_Band]:
    """The recesses that take time on the school's grid, each once."""
    marks = {
        (name(row.label), row.place % context.year.places_per_day, row.duration): None
        for row in recesses
        if row.place is not None
    } or {(name(label), place, None): None for label, place in context.year.breaks}
    context.place = "PageEmploiDuTemps"
    for label, place, duration in marks:
        times = context.tried("recreations", partial(grid.recess_times, context.year, place, duration))
        if times is not None:
            yield _Band("break", label, *times)


def _canteen(context: Context) -> Iterator[_Band]:
    context.place = "FonctionParametres.General"
    times = context.tried("debutDemiPension", partial(grid.canteen_times, context.year))
    if times is not None:
        yield _Band("canteen", CANTEEN, *times, context.year.canteen_days)


def _facts(band: _Band) -> dict[str, Any]:
    """What there is to say of *band* on every day."""
    return {
        "identity": Identity.DERIVED,
        "groups": (band.label,) if band.label else (),
        "kind": LessonKind.BREAK,
        "extras": extras(band=band.kind),
    }


def _at(context: Context, day: dt.date, time: dt.time) -> dt.datetime:
    return context.local(dt.datetime.combine(day, time))
