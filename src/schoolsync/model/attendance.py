"""Absences, late arrivals and exclusions from class."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from schoolsync.model.record import Moment, Number, Record

__all__ = ["Absence", "AbsenceKind", "Justification"]


class AbsenceKind(StrEnum):
    """In which way the pupil was not there."""

    ABSENCE = "absence"
    LATENESS = "lateness"
    EXCLUSION = "exclusion"
    OTHER = "other"


class Justification(StrEnum):
    """Whether the school accepts the reason."""

    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"
    PENDING = "pending"
    UNKNOWN = "unknown"


class Absence(Record):
    """One absence or late arrival, as the school counts them."""

    kind: AbsenceKind
    """In which way."""
    day: dt.date
    """The day, or the first day, in the school's calendar."""
    start: Moment | None = None
    """From when; `None`: not said."""
    end: Moment | None = None
    """Until when; `None`: not said."""
    session_label: str | None = None
    """The school's name for the part of the day: `AM`, `Period 2`."""
    minutes: int | None = None
    """Minutes late; `None`: not said, never 0."""
    half_days: Number | None = None
    """Half days missed, where the school counts so."""
    justification: Justification
    """Whether the school accepts the reason."""
    code: str | None = None
    """The register code as sent."""
    reasons: tuple[str, ...] = ()
    """Reasons given, in words."""
    lesson_key: str | None = None
    """Key of the lesson missed, if the provider ties them."""
