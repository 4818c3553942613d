"""What a school's office keeps beside the neutral records: announcements, reports, cards, the shop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from schoolsync.model import Announcement, Report
from schoolsync.sandbox.papers import StoredFile

__all__ = [
    "AcademicReport",
    "AnnouncementSheet",
    "CardComment",
    "CardMark",
    "CardTarget",
    "Consent",
    "HomeReason",
    "PupilField",
    "ReportCard",
    "ShopItem",
]


@attrs.frozen
class Consent:
    """A parent's answer to an announcement, for one pupil."""

    is_given: bool
    """Whether the parent agrees."""
    parent_name: str
    """Who answered."""
    comment: str | None = None
    """What the parent added."""


@attrs.frozen
class AnnouncementSheet:
    """One announcement for one pupil."""

    record: Announcement
    """As a correct client delivers it."""
    id: int
    """Number of the announcement; shared by all pupils it is for."""
    markup: str | None
    """The text as the school typed it."""
    state: str | None = "new"
    """`new`, `viewed`, or nothing."""
    is_sticky: bool = False
    """Whether the school pinned it."""
    is_priority: bool = False
    """Whether the school pinned it as urgent."""
    needs_consent: bool = False
    """Whether an answer is asked for."""
    can_change_consent: bool = True
    """Whether the answer may still be changed."""
    consent: Consent | None = None
    """The answer so far."""
    has_logo: bool = False
    """Whether the school's emblem is shown with it."""
    comments: str = "none"
    """Who sees comments: `public`, `private` or `none`."""
    files: tuple[StoredFile, ...] = ()
    """Files, one for each attachment."""


@attrs.frozen
class ShopItem:
    """Something that points buy."""

    id: int
    """Number of the item."""
    name: str
    """What it is called."""
    description: str
    """What it is."""
    photo_url: str
    """Address of its picture."""
    price: int
    """Points it costs."""
    stock: int | None = None
    """How many are left; `None`: nobody counts."""
    once_per_pupil: bool = False
    """Whether one pupil may buy it once only."""


@attrs.frozen
class PupilField:
    """One thing that the school notes about a pupil under its own name."""

    id: int
    """Number of the field."""
    name: str
    """What the school calls it."""
    value: str | None
    """What it says."""
    graphic: str | None
    """Name of its icon."""


@attrs.frozen
class AcademicReport:
    """One academic report."""

    record: Report
    """As a neutral record: subjects, grades, comments."""
    id: int
    """Number of the report."""
    overall_percentage: str | None = None
    """Attendance over the year so far, as printed."""
    lesson_percentages: tuple[str | None, ...] = ()
    """Attendance in each subject of `record.lines`, as printed."""


@attrs.frozen
class CardComment:
    """What a parent wrote on a report card."""

    id: int
    """Number of the comment."""
    text: str
    """What it says."""
    at: dt.datetime
    """When it was written."""
    can_edit: bool = True
    """Whether it may be changed."""


@attrs.frozen
class CardMark:
    """One period of one target of a report card."""

    id: int
    """Number of the period."""
    label: str
    """`P1`."""
    is_met: bool | None = None
    """Whether the pupil met the target; `None`: not said."""
    comment: str = ""
    """What the teacher wrote."""
    at: dt.datetime | None = None
    """When the teacher wrote it."""
    teacher: str | None = None
    """Who wrote it."""


@attrs.frozen
class CardTarget:
    """One target of a report card."""

    id: int
    """Number of the target."""
    description: str
    """What the pupil should do."""
    marks: Mapping[dt.date, tuple[CardMark, ...]] = attrs.field(factory=dict)
    """Day → its periods."""


@attrs.frozen
class ReportCard:
    """A card that a pupil on report carries for some days."""

    id: int
    """Number of the card."""
    start: dt.date
    """First day."""
    end: dt.date
    """Last day."""
    reason: str
    """What for."""
    description: str
    """What the pupil does with it."""
    level: str | None = None
    """The school's word for how serious it is."""
    targets: tuple[CardTarget, ...] = ()
    """What the pupil should do."""
    comments: tuple[CardComment, ...] = ()
    """What the parents wrote."""
    summaries: Mapping[dt.date, tuple[str, str, dt.datetime]] = attrs.field(factory=dict)
    """Day → text, teacher and time of the day's summary."""


@attrs.frozen
class HomeReason:
    """A reason for which a parent may give points."""

    id: int
    """Number of the reason."""
    name: str
    """What it is."""
    icon_url: str
    """Address of its icon."""
    points: int = 1
    """Points that it gives."""
    daily_limit: int = 1
    """How often a day."""
