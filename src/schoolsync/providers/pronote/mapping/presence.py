"""Absences and late arrivals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Absence, AbsenceKind, Identity, Justification
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import Context, extras, mapped_rows, name, number
from schoolsync.providers.pronote.schema.kinds import Kind, read_kind
from schoolsync.providers.pronote.schema.marks import Figure
from schoolsync.providers.pronote.schema.presence import EventRow, PresencePage
from schoolsync.providers.pronote.schema.words import Named, Version

__all__ = ["EVENTS", "day_of", "is_shown", "labels", "moment_of", "read_event_kind", "to_absences"]

EVENTS = "listeAbsences"
"""Where all events stand in the answer, whatever they are."""
KINDS: Mapping[Kind, AbsenceKind] = {
    Kind.ABSENCE: AbsenceKind.ABSENCE,
    Kind.DELAY: AbsenceKind.LATENESS,
    Kind.EXCLUSION: AbsenceKind.EXCLUSION,
    Kind.MISSED_MEAL: AbsenceKind.OTHER,
    Kind.BOARDING_ABSENCE: AbsenceKind.OTHER,
    Kind.BOARDING_DELAY: AbsenceKind.OTHER,
}
"""Everything else of the list is no absence: see `sanctions` and `observations`; what no mapping takes
(visits to the infirmary, incidents, kinds that we do not know) stands in `native`'s page."""
LATE = frozenset((Kind.DELAY, Kind.BOARDING_DELAY))
"""Those whose length is minutes late."""


KINDS_OF: Mapping[str, tuple[str, ...]] = {
    "absences": ("absences", "delays", "exclusions"),
    "behaviour_events": ("observations",),
    "sanctions": ("punishments", "sanctions", "measures"),
}
"""What a reading is made of, by the rights to see it."""


def read_event_kind(row: EventRow, version: Version) -> Kind | None:
    """What *row* is, to a server of *version*; `None` for a kind that we do not know.

    Its own kind counts; only a row without one is what its page is for.
    """
    number_said = row.kind
    if number_said is None and row.page is not None:
        number_said = row.page.kind
    return read_kind(number_said, version)


def is_shown(page: Page[PresencePage], thing: str) -> bool:
    """Whether the school shows this account *thing*: not, if the page says so, or denies each kind of it.

    What a page does not say is shown.
    """
    if page.data.message:
        return False
    rights = page.data.rights
    kinds = KINDS_OF.get(thing, ())
    return rights is None or not kinds or any(getattr(rights, kind) is not False for kind in kinds)


def to_absences(context: Context, page: Page[PresencePage]) -> list[Absence]:
    """The absences, late arrivals and exclusions from class, newest first.

    Losses: documents that were handed in, what the parents wrote (see `native`).
    """
    context.issues.extend(page.issues)
    found = mapped_rows(context, page, page.data.events, partial(_absences, context), EVENTS)
    found.sort(key=lambda absence: str(sorted(absence.extras.items())))  # what the key does not look at
    keyed = keys.with_absence_keys(found)
    keyed.sort(key=lambda absence: absence.key)
    return sorted(keyed, key=_when, reverse=True)


def _when(absence: Absence) -> tuple[dt.date, float]:
    return absence.day, absence.start.timestamp() if absence.start else 0.0


def _absences(context: Context, row: EventRow, raw: Any) -> Iterator[Absence]:
    kind = read_event_kind(row, context.year.version)
    if kind is None or kind not in KINDS:
        return
    start = row.start or row.at
    if start is None:
        raise ValueError("an absence without a day")
    yield Absence(
        **context.common(raw),
        key="",
        identity=Identity.DERIVED,
        provider_id=row.id,
        kind=KINDS[kind],
        day=day_of(start),
        start=moment_of(context, start),
        end=moment_of(context, row.end),
        minutes=(row.minutes or None) if kind in LATE else None,
        justification=_justification(row),
        reasons=() if row.is_reason_unknown else labels(row.reasons),
        extras=extras(
            hours=name(row.hours),
            days=_plain(row.days),
            is_open=row.is_open,
            is_settled=row.is_settled,
        ),
    )


def _plain(figure: Figure) -> int | float | None:
    """The number of JSON that *figure* is: 1, or 0.5 for half a day."""
    value = number(figure)
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)


def _justification(row: EventRow) -> Justification:
    if row.is_justified is None:
        return Justification.UNKNOWN
    if row.is_justified:
        return Justification.JUSTIFIED
    return Justification.PENDING if row.awaits_parents else Justification.UNJUSTIFIED


def day_of(when: dt.date) -> dt.date:
    """The day of a time, or the day itself."""
    return when.date() if isinstance(when, dt.datetime) else when


def moment_of(context: Context, when: dt.date | None) -> dt.datetime | None:
    """*when* in the school's zone; `None` for a day, of which no time is said."""
    return context.local(when) if isinstance(when, dt.datetime) else None


def labels(rows: Iterable[Named]) -> tuple[str, ...]:
    """The names of *rows*, without the empty ones."""
    return tuple(called for row in rows if (called := name(row.label)))
