"""What a school keeps beside the neutral records, each around the record that it belongs to.

A *paper* embeds the neutral record exactly as a correct client delivers it, and
adds what the neutral model does not hold: shop stock, a pupil's uploads, the
marks of a register on days without an absence.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from schoolsync.model import (
    Absence,
    Badge,
    BehaviourEvent,
    FrozenMap,
    Homework,
    Identity,
    Pupil,
    Sanction,
)

__all__ = [
    "ActivityRow",
    "Award",
    "DetentionSlip",
    "HomeworkSheet",
    "RegisterMark",
    "StoredFile",
    "TeachingSet",
    "named",
]


def named(
    kind: str,
    number: str | int,
    pupil: Pupil,
    *,
    provider_id: str | int | None = None,
    identity: Identity = Identity.DERIVED,
    **extras: Any,
) -> dict[str, Any]:
    """The fields of a record of *pupil* that say what it is.

    Args:
        kind: What it is; goes into the key.
        number: What tells it from others of its kind; goes into the key.
        pupil: Whose it is.
        provider_id: The number that the provider gives it.
        identity: Whether that number is what it is known by.
        extras: What only the provider says; what is `None` is left out.
    """
    provider = pupil.school.provider
    return {
        "key": f"{kind}-{pupil.provider_id}-{number}",
        "provider": provider,
        "pupil_key": pupil.key,
        "provider_id": None if provider_id is None else str(provider_id),
        "identity": identity,
        "extras": FrozenMap(
            {f"{provider}.{name}": said for name, said in extras.items() if said is not None}
        ),
    }


@attrs.frozen
class StoredFile:
    """A file in the school's store."""

    id: int
    """Number in the store."""
    name: str
    """File name."""
    body: bytes = attrs.field(repr=False)
    """What is in it."""
    media_type: str = "application/pdf"
    """What it is."""
    teacher_note: str = ""
    """What the teacher wrote beside it, for files that a pupil handed in."""
    returned: tuple[StoredFile, ...] = ()
    """Files that the teacher gave back for it."""


@attrs.frozen
class TeachingSet:
    """A group that is taught one subject."""

    id: int
    """Number of the class."""
    name: str
    """`9X/Sc1`."""
    subject: str
    """Name of the subject."""
    teacher: str
    """Who teaches it, as the school writes it."""
    room: str
    """Where; empty for nowhere in particular."""
    other_teachers: tuple[str, ...] = ()
    """Who else teaches it."""


@attrs.frozen
class HomeworkSheet:
    """One piece of homework for one pupil."""

    record: Homework
    """As the pupil's own client delivers it; for a parent `can_toggle` is false."""
    status_id: int
    """Number of the pupil's own sheet: the one that is ticked."""
    markup: str | None
    """The description as the teacher typed it."""
    teacher_word: str | None = None
    """What the teacher recorded: `completed`, `late`, `not_completed`; `None`: nothing yet."""
    is_ticked: bool = False
    """Whether the pupil ticked it."""
    mark: str | None = None
    """The mark as the teacher wrote it."""
    mark_relative: int = 0
    """How the mark stands to the pupil's target."""
    expected_value: str | None = None
    """How long it should take, as typed: `30`, `30+`."""
    expected_unit: str = "minutes"
    """Unit of `expected_value`."""
    published_at: dt.time = dt.time(8)
    """Time of day at which it appears on the day it is given."""
    first_seen: dt.datetime | None = None
    """When the pupil first looked at it."""
    last_seen: dt.datetime | None = None
    """When the pupil last looked at it."""
    allows_upload: bool = True
    """Whether files may be handed in."""
    allows_tick: bool = True
    """Whether the pupil may tick it."""
    has_feedback: bool = False
    """Whether the teacher wrote back."""
    files: tuple[StoredFile, ...] = ()
    """Files from the teacher, the first of `record.attachments`."""
    uploads: tuple[StoredFile, ...] = ()
    """Files that the pupil handed in."""


@attrs.frozen
class RegisterMark:
    """One cell of the register: a pupil, a day, a session."""

    day: dt.date
    """The day."""
    session: str
    """The school's name for the part of the day."""
    code: str
    """The register code; empty when no mark was made."""
    status: str
    """`present`, `yes`, `late`, `excused`, `absent`, `no` or `ignore`."""
    late_minutes: int | str = ""
    """Minutes late, as a number, a text or nothing."""
    lesson_name: str | None = None
    """Group taught then, where the school registers lessons."""
    room_name: str | None = None
    """Room of that lesson."""
    record: Absence | None = None
    """The absence or lateness that it means; `None` when the pupil was there."""


@attrs.frozen
class ActivityRow:
    """One line of what happened to a pupil."""

    record: BehaviourEvent
    """The event; only rows of type `behaviour` are delivered as behaviour events."""
    id: int
    """Number of the row: the later, the higher."""
    type: str = "behaviour"
    """`behaviour`, `detention`, `notice`, `attendance_event`, `question` or `event`."""
    polarity: str | None = "positive"
    """The school's word: `positive`, `negative`, `blank` or nothing."""
    note: str | None = None
    """What the teacher added."""
    room_name: str | None = None
    """Where it happened."""
    colour: str | None = None
    """Colour class that the school shows it in."""
    border_colour: str | None = None
    """Colour of its border."""
    shown_time: str | None = None
    """Text shown instead of the time."""
    can_delete: bool = False
    """Whether the parent may take it back."""
    is_other: bool = False
    """Whether the summary folds its reason into "Other"."""
    detention: DetentionSlip | None = None
    """The detention that a row of type `detention` announces."""
    home_reason_id: int | None = None
    """The `HomeReason` by which a parent gave it."""


@attrs.frozen
class Award:
    """One award of a badge."""

    record: Badge
    """As a correct client delivers it; `times` counts the awards of the same badge."""
    badge_id: int
    """Number of the badge."""
    icon: str
    """Name of the badge's icon."""
    designed_on: dt.datetime
    """When the badge was made."""
    event_label: str
    """The rule by which it was awarded."""
    has_points: bool = True
    """Whether behaviour points came with it; else the label is its only reason."""
    polarity: str = "positive"
    """The school's word for the points that came with it."""
    teacher_id: int | None = None
    """Number of the teacher who gave it; `None`: the system did."""


@attrs.frozen
class DetentionSlip:
    """One detention."""

    record: Sanction
    """As a correct client delivers it."""
    id: int
    """Number of the slip."""
    day: dt.date | None = None
    """When it is served."""
    time: dt.time | None = None
    """At what time."""
    length: int | None = None
    """How long, in minutes."""
    attended: str = "pending"
    """`yes`, `no`, `upscaled` or `pending`."""
    notes: str | None = None
    """What the teacher added."""
    lesson: TeachingSet | None = None
    """The lesson in which it was given."""
    teacher_id: int | None = None
    """Number of the teacher who gave it."""
    type_name: str | None = None
    """The school's word for its type."""
