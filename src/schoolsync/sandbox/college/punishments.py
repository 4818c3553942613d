"""Punishments, sanctions and measures of the invented collège, each around its neutral record."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias

import attrs

from schoolsync.model import Sanction, SanctionKind, SanctionStatus
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.resources import StoredFile
from schoolsync.sandbox.college.roll import Teacher
from schoolsync.sandbox.college.staff import Colleague
from schoolsync.sandbox.papers import named

__all__ = [
    "MEASURE",
    "PUNISHMENT",
    "SANCTION",
    "Giver",
    "MeasureSheet",
    "Nature",
    "PunishmentSheet",
    "Sitting",
    "measure_sheet",
    "punishment_sheet",
]

PUNISHMENT, SANCTION, MEASURE = 41, 42, 71
"""Kinds, as servers since 2025.1.3 count them."""
KINDS = {0: SanctionKind.EXCLUSION, 1: SanctionKind.DETENTION, 2: SanctionKind.PUNISHMENT}
END_OF_DAY = dt.time(23, 59, 59)

Giver: TypeAlias = Teacher | Colleague
"""Who gives or decides something."""


# -- punishments --------------------------------------------------------------------


@attrs.frozen
class Nature:
    """What a punishment or measure is."""

    number: int
    """Of punishments 0 exclusion from class, 1 detention, 2 extra work, 3 other."""
    label: str
    """`Retenue`."""


@attrs.frozen
class Sitting:
    """When a punishment is served."""

    day: dt.date
    """The day."""
    place: int
    """The place of the day at which it begins."""
    minutes: int
    """How long it takes."""
    says_week_place: bool = False
    """Whether the server names the place of the week instead, as some do."""


@attrs.frozen
class PunishmentSheet:
    """A punishment."""

    record: Sanction
    """As a correct client delivers it."""
    nature: Nature
    """What it is."""
    giver: Giver
    """Who gave it."""
    reasons: tuple[str, ...] = ()
    """What for, in the school's words."""
    circumstances: str = ""
    """What happened."""
    place: int | None = None
    """The place of the day at which it was given; `None`: not in a lesson."""
    sittings: tuple[Sitting, ...] = ()
    """When it is served, in order."""
    is_schedulable: bool = False
    """Whether it is served at a set time."""
    documents: tuple[StoredFile, ...] = ()
    """Files that go with the work."""

    @property
    def day(self) -> dt.date:
        """The day under which it is filed."""
        return self.record.given_on or dt.date.min


def punishment_sheet(
    desk: CollegeDesk,
    number: int,
    nature: Nature,
    given_on: dt.date,
    giver: Giver,
    *,
    minutes: int | None = None,
    work_to_do: str | None = None,
    **more: Any,
) -> PunishmentSheet:
    """A paper whose neutral record says the same; *more* are fields of `PunishmentSheet`."""
    identity = named("sanction", number, desk.pupil, nature=nature.label)
    kind = KINDS.get(nature.number, SanctionKind.OTHER)
    sheet = PunishmentSheet(Sanction(**identity, kind=kind), nature, giver, **more)
    record = Sanction(
        **identity,
        kind=kind,
        given_on=given_on,
        **_served(desk, sheet.sittings),
        duration=None if minutes is None else dt.timedelta(minutes=minutes),
        reason=_reason(sheet.reasons, sheet.circumstances),
        given_by=giver.name,
        work_to_do=work_to_do,
    )
    return attrs.evolve(sheet, record=record)


def _served(desk: CollegeDesk, sittings: tuple[Sitting, ...]) -> dict[str, Any]:
    """When the first sitting is, and whether one is still to come."""
    if not sittings:
        return {}
    first = sittings[0]
    start = desk.year.start_of(first.day, first.place)
    is_pending = any(one.day > desk.year.today for one in sittings)
    return {
        "start": start,
        "end": start + dt.timedelta(minutes=first.minutes),
        "status": SanctionStatus.PENDING if is_pending else SanctionStatus.UNKNOWN,
    }


def _reason(reasons: tuple[str, ...], circumstances: str) -> str | None:
    return ": ".join(filter(None, (", ".join(reasons), circumstances))) or None


# -- measures -----------------------------------------------------------------------


@attrs.frozen
class MeasureSheet:
    """A precautionary measure, or a sanction."""

    record: Sanction
    """As a correct client delivers it."""
    kind: int
    """`MEASURE` or `SANCTION`."""
    nature: Nature
    """What it is."""
    giver: Giver
    """Who asked for it."""
    decider: Giver
    """Who decided."""
    reasons: tuple[str, ...] = ()
    """What for, in the school's words."""
    circumstances: str = ""
    """What happened."""
    first: dt.date | None = None
    """First day."""
    last: dt.date | None = None
    """Last day, included."""
    is_exclusion: bool = False
    """Whether the pupil must stay away."""
    closed: tuple[int, ...] = ()
    """From what: 0 boarding, 1 school, 2 canteen."""

    @property
    def day(self) -> dt.date:
        """The day under which it is filed."""
        return self.record.given_on or dt.date.min


def measure_sheet(
    desk: CollegeDesk,
    number: int,
    kind: int,
    nature: Nature,
    given_on: dt.date,
    giver: Giver,
    **more: Any,
) -> MeasureSheet:
    """A paper whose neutral record says the same; *more* are fields of `MeasureSheet`."""
    identity, zone = named("sanction", number, desk.pupil, nature=nature.label), desk.year.zone
    blank = Sanction(**identity, kind=SanctionKind.OTHER)
    sheet = MeasureSheet(blank, kind, nature, giver, more.pop("decider", giver), **more)
    record = Sanction(
        **identity,
        kind=SanctionKind.EXCLUSION if sheet.is_exclusion else SanctionKind.OTHER,
        given_on=given_on,
        start=dt.datetime.combine(sheet.first, dt.time(), zone) if sheet.first else None,
        end=dt.datetime.combine(sheet.last, END_OF_DAY, zone) if sheet.last else None,
        reason=_reason(sheet.reasons, sheet.circumstances),
        given_by=giver.name,
    )
    return attrs.evolve(sheet, record=record)
