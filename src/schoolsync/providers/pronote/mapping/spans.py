"""Which of the server's periods a caller means: by a record, a key, a name, by days, or by nothing.

Most calls are about one period, and each screen has its own list of them, with its own default. What a
screen does not say is taken from the school year.

Evidence: `listeOngletsPourPeriodes` and `General.ListePeriodes` recorded; the choice among them inferred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import attrs

from schoolsync.errors import BadArgument, UnknownName
from schoolsync.model import Period
from schoolsync.provider import Days, Span
from schoolsync.providers.pronote.mapping.year import SchoolYear, YearPeriod
from schoolsync.providers.pronote.schema.settings import ChildRow, TabPeriodRow
from schoolsync.providers.pronote.schema.words import Named

__all__ = ["KeyOf", "TabPeriods", "spanned", "to_tab_periods"]

KeyOf = Callable[[YearPeriod], str | None]
"""The key that the record of a period has; `None` for what makes no record."""

GRADING, UNBOUND = 2, 4
"""Kinds of a screen's periods: one that is graded; what belongs to none ("Hors période")."""
FAMILIES = (1, 2, 3)
"""Kinds of the year's periods: terms, semesters, the whole year."""


@attrs.frozen
class TabPeriods:
    """The periods of one screen, small enough to be kept."""

    grading: tuple[YearPeriod, ...] = ()
    """Those that follow each other through the year, in the server's order."""
    unbound: tuple[YearPeriod, ...] = ()
    """Those beside them, in which a record of any day may stand."""
    named: tuple[YearPeriod, ...] = ()
    """Those that are meant by their name only: the whole year, and what is not active."""
    default: YearPeriod | None = None
    """What the screen shows first."""

    @property
    def all(self) -> tuple[YearPeriod, ...]:
        """All of them."""
        return (*self.grading, *self.unbound, *self.named)


# -- what the server says -------------------------------------------------------


def to_tab_periods(row: ChildRow, year: SchoolYear) -> dict[int, TabPeriods]:
    """The periods of each screen of one pupil, by its number; a screen that says nothing is not there."""
    known = {period.id: period for period in year.periods}
    return {
        said.tab: _tab(said.periods, said.default, known, year)
        for said in row.tab_periods
        if said.tab is not None and said.periods
    }


def _tab(
    rows: Iterable[TabPeriodRow], default: Named | None, known: dict[str, YearPeriod], year: SchoolYear
) -> TabPeriods:
    grading: list[YearPeriod] = []
    unbound: list[YearPeriod] = []
    named: list[YearPeriod] = []
    places = {GRADING: grading, UNBOUND: unbound}
    for row in rows:
        is_active = row.is_active is not False and bool(row.id)
        place = places.get(row.kind or 0, named) if is_active else named
        place.append(_period(row, known, year))
    listed = (*grading, *unbound, *named)
    found = next((one for one in listed if default and _is(one, default)), None)
    return TabPeriods(tuple(grading), tuple(unbound), tuple(named), found)


def _period(row: TabPeriodRow, known: dict[str, YearPeriod], year: SchoolYear) -> YearPeriod:
    """The year's own period where it has one; another is kept once for all screens.

    One that has another id on the screen, or none there, is known by its name; the screen's id stays.
    What the year has no name for either lasts as long as the year.
    """
    called = row.id or row.label
    if called not in known:
        name = _folded(row.label)
        same = (period for period in year.periods if name and _folded(period.name) == name)
        whole = YearPeriod("", row.label, None, year.first_day, year.last_day)
        known[called] = attrs.evolve(next(same, whole), id=row.id or "")
    return known[called]


def _is(period: YearPeriod, said: Named) -> bool:
    return period.id == said.id if said.id else not period.id and period.name == said.label


# -- what the caller says -------------------------------------------------------


def spanned(
    span: Span, year: SchoolYear, tab: TabPeriods | None, *, today: dt.date, key_of: KeyOf
) -> tuple[YearPeriod, ...]:
    """The periods that *span* means on a screen, in the server's order; each has an id.

    A period that was named is that one; the whole year, which the server gives no id, is all that are
    graded. Days are all periods that share a day with them, and those in which a record of any day may
    stand; none, if the days lie outside the school year. Nothing is the screen's default, else the
    period of *today*, else the last one that has begun, else the first.

    Args:
        span: What the caller gave.
        year: The school year.
        tab: The periods of the screen, if the server lists them.
        today: The school's date.
        key_of: The keys of records, to find a period by.

    Raises:
        UnknownName: No period of the screen or the year is called so.
        BadArgument: What was given as a period is none.
    """
    own = tab if tab and tab.grading else _of_year(year, tab)
    if span.period is not None:
        return _with_id(_named(span.period, (*own.all, *year.periods), key_of), own)
    if span.days == Days():
        return _with_id(_current(own, today), own)
    met = tuple(period for period in own.grading if _meets(period, span.days))
    beside = tuple(period for period in own.unbound if _meets(period, span.days))
    return met + beside


def _of_year(year: SchoolYear, tab: TabPeriods | None) -> TabPeriods:
    """The year's periods as if a screen had listed them: terms, where there are any."""
    kinds = {period.kind for period in year.periods}
    family = next((kind for kind in FAMILIES if kind in kinds), None)
    grading = tuple(period for period in year.periods if family is None or period.kind == family)
    if tab is None:
        return TabPeriods(grading)
    return attrs.evolve(tab, grading=grading)


def _with_id(period: YearPeriod | None, own: TabPeriods) -> tuple[YearPeriod, ...]:
    if period is None:
        return ()
    return (period,) if period.id else own.grading


def _named(wanted: Period | str, periods: Iterable[YearPeriod], key_of: KeyOf) -> YearPeriod:
    """The first one meant: the screen's own come before the year's. A record is found by its key alone."""
    if not isinstance(wanted, Period | str):
        raise BadArgument("period", "a Period, its key or its name is expected")
    known = tuple(dict.fromkeys(periods))
    key = wanted.key if isinstance(wanted, Period) else wanted
    found = next((period for period in known if key_of(period) == key), None)
    if found is None and isinstance(wanted, str):
        name = _folded(wanted)
        found = next((period for period in known if name and _folded(period.name) == name), None)
    if found is None:
        raise _unknown(wanted, known)
    return found


def _unknown(wanted: Period | str, known: Iterable[YearPeriod]) -> UnknownName:
    names = dict.fromkeys(period.name for period in known)
    if isinstance(wanted, Period):
        return UnknownName("period", wanted.key, names, hint="It is of another school, pupil or school year.")
    return UnknownName("period", wanted, names)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _current(own: TabPeriods, today: dt.date) -> YearPeriod | None:
    if own.default is not None:
        return own.default
    begun = [period for period in own.grading if period.start is None or period.start <= today]
    present = [period for period in begun if period.end is None or today <= period.end]
    return next(iter((*present, *reversed(begun), *own.grading)), None)


def _meets(period: YearPeriod, days: Days) -> bool:
    """Whether the period shares a day with *days*; a side that is not said is open."""
    starts_in_time = days.last is None or period.start is None or period.start <= days.last
    ends_in_time = days.first is None or period.end is None or days.first <= period.end
    return starts_in_time and ends_in_time
