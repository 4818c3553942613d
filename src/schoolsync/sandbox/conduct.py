"""Behaviour in the invented schools: activity, badges, detentions."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from typing import Any

import attrs

from schoolsync.model import (
    Badge,
    BehaviourEvent,
    Identity,
    Polarity,
    Pupil,
    Sanction,
    SanctionKind,
    SanctionStatus,
)
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import ActivityRow, Award, DetentionSlip, named
from schoolsync.sandbox.staff import STAFF, teacher_called

__all__ = [
    "activity_row",
    "award",
    "detention_row",
    "detention_slip",
    "draw_activity",
    "draw_awards",
    "draw_detentions",
    "renumbered",
]

ICONS = "https://www.classcharts.com/img/badges/"
POLARITIES = {"positive": Polarity.POSITIVE, "negative": Polarity.NEGATIVE}
STATUSES = {
    "yes": SanctionStatus.ATTENDED,
    "no": SanctionStatus.NOT_ATTENDED,
    "upscaled": SanctionStatus.UPSCALED,
    "pending": SanctionStatus.PENDING,
}
REASONS = (
    ("Excellent effort", 2, "positive", "colour-green"),
    ("Helping others", 1, "positive", "colour-green"),
    ("Good question & answer", 1, "positive", "colour-blue"),
    ("Singing", 3, "positive", "colour-purple"),
    ("Talking over others", -1, "negative", "colour-orange"),
    ("No equipment", -1, "negative", None),
    ("Seen by the nurse", 0, "blank", None),
    ("Moved seats", 0, None, None),
)
"""Reason, points, the school's word for the way it counts, colour."""
OTHERS = {"Singing"}
"""Reasons that the summary folds into "Other"."""
QUIET = {
    "notice": ("School closes early on the last day of term", "blank", "notice-color"),
    "attendance_event": ("Late to registration", "negative", "colour-orange"),
    "question": ("Which club would you like?", None, None),
    "event": ("Ten books read", "positive", "colour-purple"),
}
"""Rows that are no behaviour: reason, polarity, colour."""


# -- one of each ------------------------------------------------------------------


def activity_row(
    pupil: Pupil,
    number: int,
    at: dt.datetime,
    reason: str,
    *,
    points: int = 1,
    polarity: str | None = "positive",
    teacher: str | None = None,
    lesson: str | None = None,
    **more: Any,
) -> ActivityRow:
    """A row of the activity with its neutral event; *more* are fields of `ActivityRow`."""
    record = BehaviourEvent(
        **named(
            "behaviour",
            number,
            pupil,
            provider_id=number,
            identity=Identity.NATIVE,
            note=more.get("note"),
            room=more.get("room_name"),
            shown_time=more.get("shown_time"),
        ),
        at=at.astimezone(pupil.school.zone).replace(microsecond=0),
        polarity=POLARITIES.get(polarity or "", Polarity.NEUTRAL),
        points=points,
        reason=reason,
        given_by=teacher,
        lesson_name=lesson,
    )
    return ActivityRow(record, number, polarity=polarity, **more)


def detention_row(pupil: Pupil, number: int, at: dt.datetime, slip: DetentionSlip) -> ActivityRow:
    """The row of the activity that announces a detention."""
    return activity_row(
        pupil,
        number,
        at,
        slip.record.reason or "Detention",
        points=0,
        polarity="negative",
        teacher=slip.record.given_by,
        lesson=slip.lesson.name if slip.lesson else None,
        type="detention",
        border_colour="#d9534f",
        detention=slip,
    )


def award(
    pupil: Pupil,
    badge_id: int,
    at: dt.datetime,
    name: str,
    *,
    reason: str,
    points: int = 5,
    teacher: str | None = None,
    **more: Any,
) -> Award:
    """One award of a badge; *more* are fields of `Award`. See `renumbered` for several of one badge."""
    by = teacher_called(teacher)
    has_points = more.get("has_points", True)
    record = Badge(
        **named("badge", f"{badge_id}-{at:%Y%m%d%H%M%S}", pupil, provider_id=badge_id),
        name=name,
        icon_url=f"{ICONS}{badge_id}.png",
        colour="#f0ad4e",
        awarded_at=at.astimezone(pupil.school.zone).replace(microsecond=0),
        reason=reason,
        points=points if has_points else None,
        awarded_by=by.name if by and has_points else None,
    )
    label = "Ten books" if has_points else reason
    return Award(record, badge_id, event_label=label, teacher_id=by.id if by else None, **more)


def detention_slip(pupil: Pupil, number: int, *, reason: str | None = None, **more: Any) -> DetentionSlip:
    """A detention with its neutral sanction; *more* are fields of `DetentionSlip`, and `location`."""
    location = more.pop("location", None)
    blank = Sanction(**named("sanction", number, pupil), kind=SanctionKind.DETENTION)
    slip = DetentionSlip(blank, number, **more)
    day, time, lesson = slip.day, slip.time, slip.lesson
    teacher = next((one for one in STAFF if one.id == slip.teacher_id), None)
    identity = named(
        "sanction",
        number,
        pupil,
        provider_id=number,
        identity=Identity.NATIVE,
        attended=slip.attended,
        notes=slip.notes,
        type=slip.type_name,
        lesson=lesson.name if lesson else None,
        subject=lesson.subject if lesson else None,
        day=day.isoformat() if day else None,
    )
    record = Sanction(
        **identity,
        kind=SanctionKind.DETENTION,
        start=dt.datetime.combine(day, time, pupil.school.zone) if day and time else None,
        duration=None if slip.length is None else dt.timedelta(minutes=slip.length),
        reason=reason,
        given_by=teacher.name if teacher else None,
        location=location,
        status=STATUSES[slip.attended],
    )
    return attrs.evolve(slip, record=record)


def renumbered(awards: list[Award]) -> list[Award]:
    """*awards*, each saying how many there are of its badge."""
    counts = Counter(one.badge_id for one in awards)
    return [
        attrs.evolve(one, record=one.record.model_copy(update={"times": counts[one.badge_id]}))
        for one in awards
    ]


# -- many -------------------------------------------------------------------------


def draw_activity(desk: Desk, count: int, seed: int) -> list[ActivityRow]:
    """The last *count* things that happened to a pupil before today, three a day, drawn from *seed*."""
    chance = random.Random(f"{seed} activity {desk.file.id}")
    base = 880_000_000 + int(desk.file.id) % 100 * 10_000
    rows, day = [], desk.calendar.school_day(0)
    for back in range(count):
        if back % 3 == 0:
            day = desk.calendar.school_day_before(day)
        at = dt.datetime.combine(day, dt.time(14, 59 - back % 3 * 20, 10), desk.file.zone)
        rows.append(_drawn_row(desk, base + count - back, at, chance, back))
    return rows


def _drawn_row(desk: Desk, number: int, at: dt.datetime, chance: random.Random, back: int) -> ActivityRow:
    group = chance.choice(desk.plan.sets)
    if desk.detentions and back % 18 == 17:  # noqa: PLR2004 - every eighteenth row announces a detention
        return detention_row(desk.pupil, number, at, desk.detentions[back // 18 % len(desk.detentions)])
    if back % 9 == 8:  # noqa: PLR2004 - every ninth row is of a quieter type
        kind = chance.choice(sorted(QUIET))
        reason, polarity, colour = QUIET[kind]
        return activity_row(
            desk.pupil, number, at, reason, points=0, polarity=polarity, type=kind, colour=colour
        )
    reason, points, polarity, colour = chance.choice(REASONS)
    return activity_row(
        desk.pupil,
        number,
        at,
        reason,
        points=points,
        polarity=polarity,
        teacher=group.teacher,
        lesson=group.name,
        colour=colour,
        note=None if back % 7 else "Well done <again>",
        room_name=group.room or None,
        shown_time=None if back % 11 else "Before school",
        is_other=reason in OTHERS,
    )


def draw_awards(desk: Desk) -> list[Award]:
    """Three awards of two badges: one twice, one by the system."""
    zone, calendar = desk.file.zone, desk.calendar
    designed = dt.datetime.combine(calendar.year_start, dt.time(10), zone)

    def at(offset: int) -> dt.datetime:
        return dt.datetime.combine(calendar.school_day(offset), dt.time(12, 0, 5), zone)

    teacher = desk.plan.sets[0].teacher
    reader: dict[str, Any] = {"icon": "star", "designed_on": designed}
    drawn = [
        award(desk.pupil, 3301, at(-2), "Star reader", reason="Read ten books", teacher=teacher, **reader),
        award(desk.pupil, 3301, at(-40), "Star reader", reason="Read five books", teacher=teacher, **reader),
        award(
            desk.pupil,
            3302,
            at(-6),
            "Week without a mark",
            reason="Five good days",
            icon="sun",
            designed_on=designed,
            has_points=False,
        ),
    ]
    return renumbered(drawn)


def draw_detentions(desk: Desk) -> list[DetentionSlip]:
    """One detention of every status, and one with nothing filled in."""
    calendar, group = desk.calendar, desk.plan.sets[1]
    teacher = teacher_called(group.teacher)
    told: dict[str, Any] = {
        "reason": "Homework not handed in",
        "time": dt.time(15, 15),
        "length": 30,
        "location": "Room 12",
        "lesson": group,
        "teacher_id": teacher.id if teacher else None,
        "type_name": "After school",
    }
    base = 660_000 + int(desk.file.id) % 100 * 100
    notes = "Bring the exercise book"
    return [
        detention_slip(desk.pupil, base + 10, day=calendar.school_day(2), notes=notes, **told),
        detention_slip(desk.pupil, base + 11, day=calendar.school_day(-10), attended="yes", **told),
        detention_slip(desk.pupil, base + 12, day=calendar.school_day(-15), attended="no", **told),
        detention_slip(desk.pupil, base + 13, day=calendar.school_day(-14), attended="upscaled", **told),
        detention_slip(desk.pupil, base + 14),
    ]
