"""Badges, detentions and behaviour events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Badge, BehaviourEvent, Identity, Polarity, Sanction, SanctionKind, SanctionStatus
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.mapping.mapped import (
    PROVIDER,
    Context,
    extras,
    mapped_rows,
    moment,
    name,
    person,
    said,
)
from schoolsync.providers.classcharts.schema.behaviour import (
    ActivityMeta,
    ActivityRow,
    AwardReason,
    AwardRow,
    BadgeRow,
    DetentionRow,
    DetentionsMeta,
)

__all__ = ["day_of_sanction", "to_badges", "to_behaviour_events", "to_sanctions"]

STATUSES = {
    "yes": SanctionStatus.ATTENDED,
    "no": SanctionStatus.NOT_ATTENDED,
    "pending": SanctionStatus.PENDING,
    "upscaled": SanctionStatus.UPSCALED,
}
POLARITIES = {"positive": Polarity.POSITIVE, "negative": Polarity.NEGATIVE}
BEHAVIOUR = "behaviour"


def to_badges(context: Context, envelope: Envelope[list[BadgeRow], Any]) -> list[Badge]:
    """One badge for each award, newest first. Losses: the lesson, the date of the badge's design."""
    found = mapped_rows(context, envelope, lambda row, raw: _awards(context, row, raw))
    return sorted(
        keys.with_badge_keys(found), key=lambda badge: (badge.awarded_at.timestamp(), badge.key), reverse=True
    )


def _awards(context: Context, row: BadgeRow, raw: Any) -> Iterator[Badge]:
    for number, award in enumerate(row.pupil_badges):
        badge = context.tried(f"pupil_badges.{number}", partial(_award, context, row, award, raw))
        if badge is not None:
            yield badge


def _award(context: Context, row: BadgeRow, award: AwardRow, raw: Any) -> Badge:
    why = award.lesson_pupil_behaviour or AwardReason()
    return Badge(
        **context.common(raw),
        key="",
        identity=Identity.DERIVED,
        provider_id=str(row.id),
        name=name(row.name) or "",
        icon_url=row.icon_url,
        colour=row.colour,
        awarded_at=moment(award.timestamp or why.timestamp or "", context.zone),
        reason=name(why.reason) or name(award.event.label if award.event else None),
        points=why.score,
        awarded_by=person(why.teacher),
        times=len(row.pupil_badges),
    )


def to_sanctions(context: Context, envelope: Envelope[list[DetentionRow], DetentionsMeta]) -> list[Sanction]:
    """The detentions, latest day first; those without one last. Losses: the day it was given."""
    found = mapped_rows(context, envelope, lambda row, raw: [_sanction(context, row, raw)])
    return sorted(found, key=_latest_last, reverse=True)


def day_of_sanction(sanction: Sanction) -> dt.date | None:
    """The day it is served on, where only that is known too."""
    said = sanction.extras.get("classcharts.day")
    return sanction.start.date() if sanction.start else dt.date.fromisoformat(str(said)) if said else None


def _latest_last(sanction: Sanction) -> tuple[dt.date, float, str]:
    start = sanction.start.timestamp() if sanction.start else 0.0
    return day_of_sanction(sanction) or dt.date.min, start, sanction.key


def _sanction(context: Context, row: DetentionRow, raw: Any) -> Sanction:
    day, minutes = context.tried("date", partial(_day, context, row)), row.length
    return Sanction(
        **context.common(raw),
        key=keys.native("sanction", PROVIDER, row.id),
        identity=Identity.NATIVE,
        provider_id=str(row.id),
        kind=SanctionKind.DETENTION,
        start=context.tried("time", partial(_start, context, row, day)),
        duration=None if minutes is None else context.tried("length", lambda: dt.timedelta(minutes=minutes)),
        reason=name(row.lesson_pupil_behaviour.reason if row.lesson_pupil_behaviour else None),
        given_by=person(row.teacher),
        location=name(row.location),
        status=STATUSES.get((row.attended or "").lower(), SanctionStatus.UNKNOWN),
        extras=extras(
            attended=row.attended,
            notes=said(row.notes),
            type=name(row.detention_type.name if row.detention_type else None),
            lesson=name(row.lesson.name if row.lesson else None),
            subject=name(row.lesson.subject.name if row.lesson and row.lesson.subject else None),
            day=day.isoformat() if day else None,
        ),
    )


def _day(context: Context, row: DetentionRow) -> dt.date | None:
    return moment(row.date, context.zone).date() if row.date else None


def _start(context: Context, row: DetentionRow, day: dt.date | None) -> dt.datetime | None:
    """Day and clock time together; `None` when either is not said."""
    if day is None or not row.time:
        return None
    return dt.datetime.combine(day, dt.time.fromisoformat(row.time.strip().zfill(5)), context.zone)


def to_behaviour_events(
    context: Context, envelope: Envelope[list[ActivityRow], ActivityMeta]
) -> list[BehaviourEvent]:
    """The rows of the activity that are behaviour, in its order (newest first).

    Losses: notices, detentions and questions of the activity (see `get_activity`).
    """
    return mapped_rows(context, envelope, lambda row, raw: _events(context, row, raw))


def _events(context: Context, row: ActivityRow, raw: Any) -> Iterator[BehaviourEvent]:
    if row.type != BEHAVIOUR:
        return
    yield BehaviourEvent(
        **context.common(raw),
        key=keys.native("behaviour", PROVIDER, row.id),
        identity=Identity.NATIVE,
        provider_id=str(row.id),
        at=moment(row.timestamp or "", context.zone),
        polarity=POLARITIES.get((row.polarity or "").lower(), Polarity.NEUTRAL),
        points=row.score,
        reason=name(row.reason),
        given_by=name(row.teacher_name),
        lesson_name=name(row.lesson_name),
        extras=extras(note=said(row.note), room=name(row.room_name), shown_time=row.timestamp_custom_time),
    )
