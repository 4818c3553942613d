"""The school year in our words: what `params` and `get_holidays` give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from schoolsync.errors import DecodeIssue
from schoolsync.providers.pronote import extra
from schoolsync.providers.pronote.mapping.mapped import colour, name, number
from schoolsync.providers.pronote.mapping.year import SchoolYear, to_school_year
from schoolsync.providers.pronote.schema.settings import GeneralRow, HolidayRow, LevelRow, SettingsPage

__all__ = ["to_holidays", "to_params"]

WAY = "FonctionParametres.General"


def to_params(settings: SettingsPage) -> extra.Params:
    """The year that *settings* describe. Losses: fonts, links and other decoration."""
    general, year = settings.general, to_school_year(settings)
    return extra.Params(
        version=".".join(map(str, year.version)),
        school=name(general.school) or "",
        year_label=name(general.year_label),
        first_day=general.first_day,
        last_day=general.last_day,
        first_monday=general.first_monday,
        next_workday=general.next_workday,
        workdays=general.workdays,
        places_per_day=general.places_per_day,
        places_per_hour=general.places_per_hour,
        slots=_slots(year),
        slot_names=general.slots,
        breaks=year.breaks,
        holidays=tuple(to_holidays(settings)),
        fortnights=tuple(_fortnights(general)),
        scale=number(general.scale),
        levels=tuple(_levels(general.levels)),
        has_canteen=general.has_canteen,
    )


def to_holidays(settings: SettingsPage, issues: list[DecodeIssue] | None = None) -> list[extra.Holiday]:
    """Holidays and public holidays, both ends included, by first day.

    Args:
        settings: What the session began with.
        issues: Gets an entry for each that has no first day; such a one is left out.
    """
    lost = [] if issues is None else issues
    found = [_holiday(row, place, lost) for place, row in enumerate(settings.general.holidays)]
    return sorted((one for one in found if one), key=lambda one: (one.first, one.last, one.name))


def _holiday(row: HolidayRow, place: int, issues: list[DecodeIssue]) -> extra.Holiday | None:
    """One of them; a single day where no last one is said."""
    if row.start is None:
        issues.append(DecodeIssue(f"{WAY}.listeJoursFeries.{place}.dateDebut", "missing"))
        return None
    last = row.end or row.start
    return extra.Holiday(name=name(row.label) or "", first=row.start, last=max(row.start, last))


def _slots(year: SchoolYear) -> tuple[extra.Slot, ...]:
    """The places of a day; servers name one more, where the day ends."""
    places = [place for place in sorted(year.starts) if place < year.places_per_day]
    return tuple(
        extra.Slot(place=place, start=year.starts[place], end=year.ends.get(place)) for place in places
    )


def _fortnights(general: GeneralRow) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The fortnights that have a name; the first set is that of all weeks with lessons."""
    labels: Sequence[str] = general.fortnight_labels
    for label, weeks in zip(labels[1:], general.fortnights[1:], strict=False):
        if label:
            yield label, weeks


def _levels(rows: Iterable[LevelRow]) -> Iterator[extra.Level]:
    """The levels that have a name."""
    for row in rows:
        label = name(row.label)
        if label:
            yield extra.Level(label=label, abbreviation=name(row.abbreviation), colour=colour(row.colour))
