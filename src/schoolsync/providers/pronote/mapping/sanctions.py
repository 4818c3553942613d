"""Punishments, precautionary measures and sanctions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Identity, Sanction, SanctionKind, SanctionStatus
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.grid import start_of_place
from schoolsync.providers.pronote.mapping.mapped import Context, extras, mapped_rows, name, said
from schoolsync.providers.pronote.mapping.presence import EVENTS, day_of, labels, read_event_kind
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.presence import EventRow, PresencePage, SittingRow

__all__ = ["to_sanctions"]

NATURES: Mapping[int, SanctionKind] = {
    0: SanctionKind.EXCLUSION,
    1: SanctionKind.DETENTION,
    2: SanctionKind.PUNISHMENT,
}
"""Kinds of punishments. Evidence: read."""
NATURE = "pronote.nature"
DAYS = frozenset((Kind.MEASURE, Kind.SANCTION))
"""Those that last for days instead of sittings."""


def to_sanctions(context: Context, page: Page[PresencePage], now: dt.datetime) -> list[Sanction]:
    """The punishments, measures and sanctions, those given last first.

    A punishment that is served at several times shows the first of them. A measure lasts from the start
    of its first day to the end of its last one. The server does not say what became of any of them: a
    punishment with a sitting still to come is pending.

    The key is of kind, day given and author, whatever becomes of schedule, work and reason.

    Losses: later sittings, documents, who decided on a measure and what it forbids (see `native`).

    Args:
        context: Whose rows they are.
        page: The answer.
        now: The present moment.
    """
    context.issues.extend(page.issues)
    found = mapped_rows(context, page, page.data.events, partial(_sanctions, context, now), EVENTS)
    keyed = keys.with_keys("sanction", found, _identity, _content)
    keyed.sort(key=lambda sanction: sanction.key)
    return sorted(keyed, key=_given, reverse=True)


def _given(sanction: Sanction) -> dt.date:
    return sanction.given_on or (sanction.start.date() if sanction.start else dt.date.min)


def _sanctions(context: Context, now: dt.datetime, row: EventRow, raw: Any) -> Iterator[Sanction]:
    kind = read_event_kind(row, context.year.version)
    if kind is Kind.PUNISHMENT:
        yield _punishment(context, now, row, raw)
    elif kind in DAYS:
        yield _measure(context, row, raw, is_measure=kind is Kind.MEASURE)


def _common(context: Context, row: EventRow, raw: Any) -> dict[str, Any]:
    """What punishments and measures have in common."""
    reasons = ", ".join(labels(row.reasons))
    return {
        **context.common(raw),
        "key": "",
        "identity": Identity.DERIVED,
        "provider_id": row.id,
        "given_on": day_of(row.requested_at) if row.requested_at else None,
        "reason": ": ".join(filter(None, (reasons, said(row.circumstances)))) or None,
        "given_by": name(row.requested_by.label) if row.requested_by else None,
        "work_to_do": said(row.work),
        "extras": extras(nature=name(row.nature.label) if row.nature else None),
    }


# -- punishments --------------------------------------------------------------


def _punishment(context: Context, now: dt.datetime, row: EventRow, raw: Any) -> Sanction:
    sittings = sorted(row.sittings, key=lambda sitting: (sitting.day or dt.date.max, _place(sitting) or 0))
    starts = [context.tried("programmation", partial(_start, context, sitting)) for sitting in sittings]
    start, of_first = (starts[0], sittings[0].minutes) if sittings else (None, None)
    minutes, length = row.minutes or of_first, of_first or row.minutes
    return Sanction(
        **_common(context, row, raw),
        kind=_kind(row),
        start=start,
        end=start + dt.timedelta(minutes=length) if start and length else None,
        duration=dt.timedelta(minutes=minutes) if minutes else None,
        status=_status(context, zip(sittings, starts, strict=True), now),
    )


def _kind(row: EventRow) -> SanctionKind:
    if row.nature is None or row.nature.kind is None:
        return SanctionKind.EXCLUSION if row.is_exclusion else SanctionKind.OTHER
    return NATURES.get(row.nature.kind, SanctionKind.OTHER)


def _start(context: Context, sitting: SittingRow) -> dt.datetime | None:
    """When a sitting begins; `None` when only its day is said, or nothing."""
    place = _place(sitting)
    if sitting.day is None or place is None:
        return None
    return context.local(dt.datetime.combine(sitting.day, start_of_place(context.year, place)))


def _place(sitting: SittingRow) -> int | None:
    return sitting.place_too if sitting.place is None else sitting.place


def _status(
    context: Context, sittings: Iterable[tuple[SittingRow, dt.datetime | None]], now: dt.datetime
) -> SanctionStatus:
    """Pending, if one of them is still to come: with only its day said, on a later day."""
    today = now.astimezone(context.zone).date()
    for sitting, start in sittings:
        if start > now if start else sitting.day is not None and sitting.day > today:
            return SanctionStatus.PENDING
    return SanctionStatus.UNKNOWN


# -- measures -----------------------------------------------------------------


def _measure(context: Context, row: EventRow, raw: Any, *, is_measure: bool) -> Sanction:
    """A measure or a sanction: of whole days. Only a measure says whether it is an exclusion."""
    first, last = row.start or row.at, row.end or row.start or row.at
    is_exclusion = is_measure and row.is_exclusion
    return Sanction(
        **_common(context, row, raw),
        kind=SanctionKind.EXCLUSION if is_exclusion else SanctionKind.OTHER,
        start=context.start_of(day_of(first)) if first else None,
        end=context.end_of(day_of(last)) if last else None,
    )


# -- identity -----------------------------------------------------------------


def _identity(sanction: Sanction) -> keys.Parts:
    """Of a measure whose day is not said, the day that it begins on."""
    return (sanction.kind, _given(sanction), sanction.given_by)


def _content(sanction: Sanction) -> keys.Parts:
    """What is corrected more often stands further behind."""
    return (
        str(sanction.extras.get(NATURE, "")),
        sanction.reason,
        sanction.work_to_do,
        sanction.start,
        sanction.end,
        str(sanction.duration),
        sanction.status,
    )
