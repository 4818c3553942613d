"""Badges, points, and sanctions."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from schoolsync.model.record import Moment, Record

__all__ = ["Badge", "BehaviourEvent", "Polarity", "Sanction", "SanctionKind", "SanctionStatus"]


class Badge(Record):
    """One award of a badge."""

    name: str
    """The badge's name."""
    icon_url: str | None = None
    """Address of its picture."""
    colour: str | None = None
    """`#rrggbb`."""
    awarded_at: Moment
    """When it was awarded."""
    reason: str | None = None
    """What for."""
    points: int | None = None
    """Points that came with it; `None`: not said."""
    awarded_by: str | None = None
    """By whom."""
    lesson_name: str | None = None
    """In which lesson."""
    times: int = 1
    """How many awards of this badge the pupil has."""


class SanctionKind(StrEnum):
    """What kind of sanction."""

    DETENTION = "detention"
    PUNISHMENT = "punishment"
    EXCLUSION = "exclusion"
    OTHER = "other"


class SanctionStatus(StrEnum):
    """What became of it."""

    PENDING = "pending"
    ATTENDED = "attended"
    NOT_ATTENDED = "not_attended"
    UPSCALED = "upscaled"
    UNKNOWN = "unknown"


class Sanction(Record):
    """One detention, punishment or exclusion."""

    kind: SanctionKind
    """What kind."""
    given_on: dt.date | None = None
    """The day it was given."""
    start: Moment | None = None
    """When it is served; `None`: not said."""
    end: Moment | None = None
    """Until when; `None`: not said."""
    duration: dt.timedelta | None = None
    """How long."""
    reason: str | None = None
    """What for."""
    given_by: str | None = None
    """By whom."""
    location: str | None = None
    """Where it is served."""
    status: SanctionStatus = SanctionStatus.UNKNOWN
    """What became of it."""
    work_to_do: str | None = None
    """Work that goes with it."""


class Polarity(StrEnum):
    """Which way a behaviour event counts."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"


class BehaviourEvent(Record):
    """One remark or award of points."""

    at: Moment
    """When."""
    polarity: Polarity
    """Which way it counts."""
    points: int | None = None
    """Points, signed; `None`: not said."""
    reason: str | None = None
    """What for."""
    given_by: str | None = None
    """By whom."""
    lesson_name: str | None = None
    """In which lesson."""
