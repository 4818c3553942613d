"""What takes place at the invented collège beside lessons, in the week in which it was opened."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from schoolsync.sandbox.college.punishments import Giver
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR, HEADMISTRESS
from schoolsync.sandbox.college.year import CollegeYear

__all__ = ["ELECTION", "EVENT", "PUBLIC_HOLIDAY", "AgendaEvent", "agenda"]

EVENT, ELECTION, PUBLIC_HOLIDAY = 0, 15, 17
"""Kinds of events, as servers since 2026.1.3 count them. Evidence: read, that of a plain event a guess."""
DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class AgendaEvent:
    """One event."""

    number: int
    """Number in the college's list."""
    label: str
    """What it is called."""
    start: dt.datetime
    """When it begins."""
    end: dt.datetime
    """When it ends."""
    family: str
    """Under which heading it stands."""
    author: Giver
    """Who wrote it down."""
    kind: int = EVENT
    """`EVENT`, `ELECTION` or `PUBLIC_HOLIDAY`."""
    is_all_day: bool = False
    """Whether the times mean nothing."""
    is_class_council: bool = False
    """Whether it is a council about the pupil's class."""
    comment: str = ""
    """What is said about it."""


def agenda(year: CollegeYear) -> tuple[AgendaEvent, ...]:
    """The events of the week in which the collège was opened, in order; the same for all pupils."""
    monday = year.calendar.monday

    def at(weekday: int, clock: str) -> dt.datetime:
        return dt.datetime.combine(monday + weekday * DAY, dt.time.fromisoformat(clock), year.zone)

    def times(weekday: int, start: str, end: str) -> dict[str, Any]:
        return {"start": at(weekday, start), "end": at(weekday, end)}

    press = AgendaEvent(
        number=1,
        label="Semaine de la presse",
        start=at(0, "00:00"),
        end=at(4, "23:59"),
        family="Vie scolaire",
        author=COUNSELLOR,
        is_all_day=True,
        comment="Un journal par jour au CDI & à l'accueil.",
    )
    election = _of_class(2, "Élection des délégués", TEACHERS[0], **times(1, "12:30", "13:15"), kind=ELECTION)
    council = _of_class(
        3, "Conseil de classe", HEADMISTRESS, **times(3, "17:30", "18:30"), is_class_council=True
    )
    holiday = AgendaEvent(
        number=4,
        label="Fête de l'Exemple",
        **times(6, "00:00", "23:59"),
        family="Jours fériés",
        author=HEADMISTRESS,
        kind=PUBLIC_HOLIDAY,
        is_all_day=True,
    )
    return press, election, council, holiday


def _of_class(number: int, label: str, author: Giver, **more: Any) -> AgendaEvent:
    return AgendaEvent(number=number, label=label, author=author, family="Vie de classe", **more)
