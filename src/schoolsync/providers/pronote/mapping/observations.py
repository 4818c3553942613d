"""Observations and encouragements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import BehaviourEvent, Identity, Polarity
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import Context, extras, mapped_rows, name, said
from schoolsync.providers.pronote.mapping.presence import EVENTS, read_event_kind
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.presence import EventRow, PresencePage

__all__ = ["to_behaviour_events"]

KINDS = frozenset((Kind.OBSERVATION, Kind.PUPIL_OBSERVATION))
POLARITIES: Mapping[int | None, Polarity] = {0: Polarity.NEGATIVE, 2: Polarity.POSITIVE}
"""Trouble with the notebook, and encouragements; a note to the parents may say anything."""
LABEL = "pronote.label"


def to_behaviour_events(context: Context, page: Page[PresencePage]) -> list[BehaviourEvent]:
    """The observations, newest first; those of one day are told at midnight, as no time is said.

    The key is of day, kind of observation and author, whatever becomes of the text.
    """
    context.issues.extend(page.issues)
    found = mapped_rows(context, page, page.data.events, partial(_events, context), EVENTS)
    keyed = keys.with_keys("behaviour", found, _identity, _content)
    keyed.sort(key=lambda event: event.key)
    return sorted(keyed, key=lambda event: event.at, reverse=True)


def _events(context: Context, row: EventRow, raw: Any) -> Iterator[BehaviourEvent]:
    if read_event_kind(row, context.year.version) not in KINDS:
        return
    at = row.at or row.start
    if at is None:
        raise ValueError("an observation without a day")
    label = name(row.label)
    yield BehaviourEvent(
        **context.common(raw),
        key="",
        identity=Identity.DERIVED,
        provider_id=row.id,
        at=context.local(at if isinstance(at, datetime) else datetime.combine(at, time())),
        polarity=POLARITIES.get(row.observation_kind, Polarity.NEUTRAL),
        reason=said(row.comment) or label,
        given_by=name(row.requested_by.label) if row.requested_by else None,
        lesson_name=name(row.subject.label) if row.subject else None,
        extras=extras(
            label=label,
            category=name(row.category.label) if row.category else None,
            is_read=row.is_read,
        ),
    )


def _identity(event: BehaviourEvent) -> keys.Parts:
    return (event.at, str(event.extras.get(LABEL, "")), event.given_by)


def _content(event: BehaviourEvent) -> keys.Parts:
    category, is_read = (str(event.extras.get(f"pronote.{fact}", "")) for fact in ("category", "is_read"))
    return (event.lesson_name, event.polarity, category, event.reason, is_read)
