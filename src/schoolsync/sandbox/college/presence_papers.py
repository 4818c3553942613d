"""What the collège's school-life office writes down beside punishments, each around its neutral record.

Kinds are the numbers that servers since 2025.1.3 have for them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias

import attrs

from schoolsync.model import (
    Absence,
    AbsenceKind,
    BehaviourEvent,
    Justification,
    Polarity,
)
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.punishments import Giver, MeasureSheet, PunishmentSheet
from schoolsync.sandbox.papers import named

__all__ = [
    "ABSENCE",
    "DELAY",
    "EXCLUSION",
    "INCIDENT",
    "MISSED_MEAL",
    "OBSERVATION",
    "PUPIL_OBSERVATION",
    "AbsenceSheet",
    "ObservationSheet",
    "OtherSheet",
    "PresenceSheet",
    "absence_sheet",
    "observation_sheet",
]

ABSENCE, DELAY, EXCLUSION, MISSED_MEAL = 13, 14, 15, 22
OBSERVATION, PUPIL_OBSERVATION, INCIDENT = 45, 46, 73

ABSENCE_KINDS = {ABSENCE: AbsenceKind.ABSENCE, DELAY: AbsenceKind.LATENESS, EXCLUSION: AbsenceKind.EXCLUSION}
POLARITIES = {0: Polarity.NEGATIVE, 2: Polarity.POSITIVE}

# -- absences -----------------------------------------------------------------------


@attrs.frozen
class AbsenceSheet:
    """An absence, a late arrival, an exclusion from a lesson, a missed meal."""

    record: Absence
    """As a correct client delivers it."""
    kind: int
    """`ABSENCE`, `DELAY`, `EXCLUSION` or `MISSED_MEAL`."""
    missed: dt.timedelta | None = None
    """Hours of lessons that it took."""
    days: float | None = None
    """Days that it counts for; a half day is 0.5."""
    is_open: bool | None = None
    """Whether it still goes on; `None`: not said."""
    is_settled: bool | None = None
    """Whether the office has done with it; `None`: not said."""
    is_reason_unknown: bool = False
    """Whether the reason on the paper only says that there is none yet."""
    word: str = ""
    """What the parents wrote."""

    @property
    def day(self) -> dt.date:
        """The day under which it is filed."""
        return self.record.day

    @property
    def hours(self) -> str | None:
        """`4h00`."""
        if self.missed is None:
            return None
        minutes = int(self.missed.total_seconds()) // 60
        return f"{minutes // 60}h{minutes % 60:02}"


def absence_sheet(
    desk: CollegeDesk,
    number: int,
    kind: int,
    start: dt.datetime,
    end: dt.datetime | None = None,
    *,
    justification: Justification = Justification.UNKNOWN,
    reasons: tuple[str, ...] = (),
    minutes: int | None = None,
    **more: Any,
) -> AbsenceSheet:
    """A paper whose neutral record says the same; *more* are fields of `AbsenceSheet`."""
    blank = Absence(
        **named("absence", number, desk.pupil), **_absent(kind, start), justification=justification
    )
    sheet = AbsenceSheet(blank, kind, **more)
    facts: dict[str, Any] = {
        "hours": sheet.hours,
        "days": sheet.days,
        "is_open": sheet.is_open,
        "is_settled": sheet.is_settled,
    }
    record = Absence(
        **named("absence", number, desk.pupil, **facts),
        **_absent(kind, start),
        end=end,
        minutes=minutes,
        justification=justification,
        reasons=() if sheet.is_reason_unknown else reasons,
    )
    return attrs.evolve(sheet, record=record)


def _absent(kind: int, start: dt.datetime) -> dict[str, Any]:
    return {"kind": ABSENCE_KINDS.get(kind, AbsenceKind.OTHER), "day": start.date(), "start": start}


# -- observations and the rest --------------------------------------------------------


@attrs.frozen
class ObservationSheet:
    """A remark about a pupil."""

    record: BehaviourEvent
    """As a correct client delivers it."""
    kind: int
    """`OBSERVATION` or `PUPIL_OBSERVATION`."""
    number: int
    """0 notebook missing, 1 to the parents, 2 encouragement, 3 other."""
    label: str
    """What the school calls it."""
    category: str
    """The heading under which it stands."""
    giver: Giver
    """Who made it."""
    comment: str = ""
    """What they added."""
    is_read: bool = False
    """Whether the family has read it."""
    wants_receipt: bool = False
    """Whether the family must confirm that."""

    @property
    def day(self) -> dt.date:
        """The day under which it is filed."""
        return self.record.at.date()


def observation_sheet(
    desk: CollegeDesk,
    number: int,
    day: dt.date,
    *,
    genre: int,
    subject: str | None = None,
    **fields: Any,
) -> ObservationSheet:
    """A paper whose neutral record says the same.

    Args:
        desk: Whose paper it is.
        number: Tells the pupil's papers apart.
        day: When.
        genre: Which way it counts: the `number` of the sheet.
        subject: In which lesson.
        fields: The other fields of `ObservationSheet`.
    """
    at = dt.datetime.combine(day, dt.time(), desk.year.zone)
    identity = named("behaviour", number, desk.pupil)
    blank = BehaviourEvent(**identity, at=at, polarity=Polarity.NEUTRAL)
    sheet = ObservationSheet(blank, fields.pop("kind", OBSERVATION), genre, **fields)
    facts: dict[str, Any] = {"label": sheet.label, "category": sheet.category, "is_read": sheet.is_read}
    record = BehaviourEvent(
        **named("behaviour", number, desk.pupil, **facts),
        at=at,
        polarity=POLARITIES.get(genre, Polarity.NEUTRAL),
        reason=sheet.comment or sheet.label,
        given_by=sheet.giver.name,
        lesson_name=subject,
    )
    return attrs.evolve(sheet, record=record)


@attrs.frozen
class OtherSheet:
    """A paper that no neutral record speaks of: an incident, or a kind that nobody knows."""

    kind: int
    """`INCIDENT`, or any other number."""
    number: int
    """Tells the pupil's papers apart."""
    day: dt.date
    """The day under which it is filed."""
    label: str
    """What the school calls it."""
    record: None = None
    """There is none."""


PresenceSheet: TypeAlias = AbsenceSheet | PunishmentSheet | MeasureSheet | ObservationSheet | OtherSheet
"""Any of them."""
