"""Who belongs to the invented school: households, parents, pupils, teachers.

Every name says that it is invented: Example, Placeholder, Sample, Specimen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import attrs

from schoolsync.model import Pupil

__all__ = ["FEATURES", "Household", "ParentAccount", "PupilFile", "Teacher"]

FEATURES: Mapping[str, bool] = {
    "absence_reports": False,
    "academic_reports": True,
    "activity": True,
    "announcements": True,
    "attendance": True,
    "attendance_percentage": True,
    "avatars": False,
    "badges": True,
    "behaviour": True,
    "classes": True,
    "concerns": True,
    "custom_fields": True,
    "detentions": True,
    "homework": True,
    "marks": True,
    "mental_health": False,
    "messages": False,
    "parent_behaviours": True,
    "report_cards": True,
    "rewards": True,
    "timetable": True,
    "timetable_notes": True,
}
"""What a school may switch on for its pupils, and what the invented schools have on."""


@attrs.frozen
class Teacher:
    """One member of staff."""

    id: int
    """Number in the school's list."""
    title: str
    """`Ms`, `Mr`, `Dr`."""
    first_name: str
    """Given name."""
    last_name: str
    """Family name."""

    @property
    def name(self) -> str:
        """As the school writes it: title, initial, family name."""
        return f"{self.title} {self.first_name[0]} {self.last_name}"


@attrs.frozen
class PupilFile:
    """One pupil, and what the school's office knows beside the neutral record."""

    pupil: Pupil
    """The record that a correct client delivers to a parent."""
    access_code: str = attrs.field(repr=False)
    """What the pupil signs in with."""
    born_on: dt.date = attrs.field(repr=False)
    """Date of birth, asked for at log-in when `asks_birthday`."""
    asks_birthday: bool = True
    """Whether the school checks the date of birth."""
    avatar: str = "faces/default.png"
    """Name of the pupil's picture."""
    logo: str | None = None
    """Name of the school's emblem."""
    attendance_type: str = "detailed"
    """How the school shows attendance."""
    features: Mapping[str, bool] = attrs.field(factory=lambda: dict(FEATURES))
    """Name of `FEATURES` → whether it is on for this pupil."""

    @property
    def id(self) -> str:
        """The school's number for the pupil, as text."""
        return self.pupil.provider_id or ""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the pupil's school."""
        return self.pupil.school.zone


@attrs.frozen
class ParentAccount:
    """Somebody who signs in for their children."""

    id: int
    """Number of the account."""
    name: str
    """Full name."""
    email: str = attrs.field(repr=False)
    """What the parent signs in with."""
    password: str = attrs.field(repr=False)
    """The present password."""
    pupil_ids: tuple[str, ...]
    """Numbers of the children, in the order in which the school lists them."""
    is_email_verified: bool = True
    """Whether the address was confirmed."""


@attrs.frozen
class Household:
    """People who live together."""

    name: str
    """Family name."""
    parents: tuple[ParentAccount, ...]
    """Accounts of this family; two parents may share their children."""
    pupils: tuple[PupilFile, ...]
    """Children of this family; none is possible."""
