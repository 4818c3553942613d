"""Periods of the school year, and the keys by which records name them."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from schoolsync.derive import keys
from schoolsync.model import Period, School
from schoolsync.providers.pronote.mapping.mapped import PROVIDER, Context, name
from schoolsync.providers.pronote.mapping.people import host_of
from schoolsync.providers.pronote.mapping.year import YearPeriod
from schoolsync.providers.pronote.schema.words import Named

__all__ = ["key_of_period", "period_key", "period_key_of", "to_periods"]


def to_periods(context: Context, today: dt.date) -> list[Period]:
    """The periods of the pupil's year in the server's order: terms, semesters, the year, and others.

    All that contain *today* are current. A period without a first and a last day is left out.
    """
    return [
        Period(
            key=key,
            name=name(period.name) or "",
            start=period.start,
            end=period.end,
            is_current=period.start <= today <= period.end,
        )
        for period in context.year.periods
        if (key := key_of_period(context.pupil.school, period)) and period.start and period.end
    ]


def key_of_period(school: School, period: YearPeriod) -> str | None:
    """The key of *period*, by its name and first day; `None` for one without days, which is no record."""
    if period.start is None or period.end is None:
        return None
    return _key(host_of(school.url or ""), school.name, name(period.name) or "", period.start)


@lru_cache(maxsize=64)
def _key(host: str, school: str, called: str, start: dt.date) -> str:
    """Asked for with every mark."""
    return keys.derived("period", PROVIDER, host, school, called, start)


def period_key(context: Context, said: str | None) -> str | None:
    """The key of the period with that id, else of the first with that name; `None` if there is none."""
    called = name(said)
    if called is None:
        return None
    periods = context.year.periods
    found = next((period for period in periods if period.id == said), None) or next(
        (period for period in periods if name(period.name) == called), None
    )
    return key_of_period(context.pupil.school, found) if found else None


def period_key_of(context: Context, row: Named | None) -> str | None:
    """The key of the period that a row names: by its id, or by its name where the year has no such id."""
    return (period_key(context, row.id) or period_key(context, row.label)) if row else None
