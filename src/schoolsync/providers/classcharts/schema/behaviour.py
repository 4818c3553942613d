"""Points, badges and detentions."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AliasChoices, AliasPath, BeforeValidator, Field

from schoolsync.providers.classcharts.schema.words import Count, Flag, Row, Strings, listed, mapped

__all__ = [
    "ActivityMeta",
    "ActivityRow",
    "AwardRow",
    "BadgeRow",
    "BehaviourMeta",
    "BehaviourSummary",
    "DetentionRow",
    "DetentionsMeta",
    "ParentBehaviourRow",
    "TimelineRow",
]

Points = Annotated[dict[str, Decimal], BeforeValidator(mapped)]


class ActivityStyle(Row):
    """How the service colours a row."""

    border_color: str | None = None
    custom_class: str | None = None


class ActivityRow(Row):
    """Something that happened, newest first.

    Wire: `GET …/activity/{pupil}?from=&to=&last_id=`, 50 rows a page.
    """

    id: int
    type: str | None = None
    """`behaviour`, `detention`, `notice`, `attendance_event`, `question`, `event`."""
    timestamp: str | None = None
    """Local time without offset: `2026-03-05 11:42:10`. Evidence: inferred."""
    timestamp_custom_time: str | None = None
    """What to show instead of the time."""
    polarity: str | None = None
    """`positive`, `negative`, `blank` or null."""
    reason: str | None = None
    score: Count = None
    """Signed points."""
    style: ActivityStyle | None = None
    pupil_name: str | None = None
    lesson_name: str | None = None
    teacher_name: str | None = None
    room_name: str | None = None
    note: str | None = None
    parent_note: str | None = None
    badges: str | None = None
    """A text, mostly empty."""
    detention_date: str | None = None
    detention_time: str | None = None
    detention_location: str | None = None
    detention_type: str | None = None


class ActivityMeta(Row):
    """What a page says of itself."""

    start_date: str | None = None
    end_date: str | None = None
    last_id: int | str | bool | None = None
    """The oldest id; `false` when there is none. Nobody relies on it."""
    step_size: str | None = None
    detention_alias_uc: str | None = None


class TimelineRow(Row):
    """Points of one day, week or month."""

    name: str | None = None
    """Month first: never parsed."""
    start: str | None = None
    end: str | None = None
    positive: Decimal | None = None
    negative: Decimal | None = None
    """Evidence: sources disagree on its sign; read the magnitude."""


class BehaviourSummary(Row):
    """Points by time and by reason.

    Wire: `GET …/behaviour/{pupil}?from=&to=`.
    """

    timeline: Annotated[tuple[TimelineRow, ...], BeforeValidator(listed)] = ()
    positive_reasons: Points = {}
    negative_reasons: Points = {}
    other_positive: Strings = ()
    other_negative: Strings = ()
    other_positive_count: Points = {}
    other_negative_count: Points = {}


class BehaviourMeta(Row):
    """What the summary says of itself."""

    start_date: str | None = None
    end_date: str | None = None
    step_size: str | None = None


class TeacherRow(Row):
    """A teacher."""

    id: Count = None
    title: str | None = None
    first_name: str | None = None
    last_name: str | None = None


class AwardReason(Row):
    """The behaviour that earned a badge or a detention."""

    reason: str | None = None
    score: Count = None
    icon: str | None = None
    polarity: str | None = None
    timestamp: str | None = None
    teacher: TeacherRow | None = None


class AwardEvent(Row):
    """The occasion of an award."""

    label: str | None = None


def _maybe_wrapped(key: str) -> AliasChoices:
    return AliasChoices(AliasPath("pupil_event", key), key)


class AwardRow(Row):
    """One award of a badge; older servers leave the wrapper `pupil_event` out."""

    timestamp: str | None = Field(default=None, validation_alias=_maybe_wrapped("timestamp"))
    lesson_pupil_behaviour: AwardReason | None = Field(
        default=None, validation_alias=_maybe_wrapped("lesson_pupil_behaviour")
    )
    event: AwardEvent | None = Field(default=None, validation_alias=_maybe_wrapped("event"))
    pupil_event: dict[str, object] | None = Field(default=None, exclude=True, repr=False)
    """The wrapper itself, so that one of another kind is told."""


class BadgeRow(Row):
    """A badge and its awards.

    Wire: `GET …/eventbadges/{pupil}`.
    """

    id: int
    name: str = ""
    icon: str | None = None
    icon_url: str | None = None
    colour: str | None = None
    created_date: str | None = None
    """Of the badge's design, not of an award."""
    pupil_badges: Annotated[tuple[AwardRow, ...], BeforeValidator(listed)] = ()


class DetentionSubject(Row):
    """A subject."""

    id: Count = None
    name: str | None = None


class DetentionLesson(Row):
    """The lesson of a detention."""

    id: Count = None
    name: str | None = None
    subject: DetentionSubject | None = None


class DetentionType(Row):
    """The school's kind of detention."""

    name: str | None = None


class DetentionRow(Row):
    """One detention.

    Wire: `GET …/detentions/{pupil}`; no pages.
    """

    id: int
    attended: str | None = None
    """`yes`, `no`, `upscaled`, `pending`."""
    date: str | None = None
    """Midnight of the day, with an offset: in summer 23:00 of the day before in UTC."""
    time: str | None = None
    """Clock time: `15:15`."""
    length: Count = None
    """Minutes."""
    location: str | None = None
    notes: str | None = None
    lesson: DetentionLesson | None = None
    lesson_pupil_behaviour: AwardReason | None = None
    teacher: TeacherRow | None = None
    detention_type: DetentionType | None = None


class DetentionsMeta(Row):
    """What the listing says of itself."""

    detention_alias_plural: str | None = None


class ParentBehaviourRow(Row):
    """Points that a parent can give at home.

    Wire: `GET apiv2parent/parentbehaviours/{pupil}`.
    """

    id: int
    name: str | None = None
    icon_url: str | None = None
    is_daily_limit_reached: Flag = None
