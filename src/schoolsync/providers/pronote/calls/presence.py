"""School life: the flow of its one server function."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.providers.pronote.calls.periods import AskedPeriod, encode_period
from schoolsync.providers.pronote.envelope import Page, read_page
from schoolsync.providers.pronote.schema.presence import PresencePage
from schoolsync.providers.pronote.schema.words import encode_day
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["PRESENCE_TAB", "presence"]

PRESENCE_TAB = 19


async def presence(
    session: Session,
    about: Resource,
    period: AskedPeriod | None = None,
    *,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Page[PresencePage]:
    """What happened in *period*, or from *first* to *last*, both included, with totals of it.

    Args:
        session: The conversation.
        about: The pupil.
        period: The period; beside days, the one that they belong to.
        first: The first day, if it is not that of the period.
        last: The last day, if it is not that of the period.

    Costs: one request, however long the interval.

    Wire: `PagePresence`, tab 19. The days decide what is listed; clients name a period beside them.
    Evidence: read; that the period may be left out is a guess.
    """
    data: dict[str, Any] = {}
    if period is not None:
        first, last = first or period.start, last or period.end
        data["periode"] = encode_period(period)
    data |= {key: encode_day(day) for key, day in (("DateDebut", first), ("DateFin", last)) if day}
    answer = await session.ask("PagePresence", tab=PRESENCE_TAB, data=data, about=about)
    return read_page(session.options, answer, PresencePage)
