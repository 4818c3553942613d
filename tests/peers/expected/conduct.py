"""Badges and detentions, as teachers gave them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import Award, DetentionSlip
from schoolsync.sandbox.people import Teacher
from schoolsync.sandbox.staff import STAFF
from tests.peers.expected.answers import answer
from tests.peers.matchers import Instant, Name, SomeNumber, Wall, WallUntil

__all__ = ["badges", "detentions"]


def _teacher(number: int | None) -> dict[str, Any] | None:
    one: Teacher | None = next((one for one in STAFF if one.id == number), None)
    if one is None:
        return None
    return {"title": one.title, "first_name": Name(one.first_name), "last_name": Name(one.last_name)}


# -- badges -----------------------------------------------------------------------


def badges(desk: Desk) -> dict[str, Any]:
    """Each badge with its awards, newest first."""
    numbers = dict.fromkeys(award.badge_id for award in desk.awards)
    groups = ([award for award in desk.awards if award.badge_id == number] for number in numbers)
    return answer([_badge(awards) for awards in groups])


def _badge(awards: list[Award]) -> dict[str, Any]:
    one = awards[0]
    newest_first = sorted(awards, key=lambda award: award.record.awarded_at, reverse=True)
    return {
        "id": one.badge_id,
        "name": Name(one.record.name),
        "icon": one.icon,
        "colour": one.record.colour,
        "created_date": Wall(one.designed_on),
        "pupil_badges": [{"pupil_event": _event(award)} for award in newest_first],
        "icon_url": one.record.icon_url,
    }


def _event(award: Award) -> dict[str, Any]:
    record = award.record
    points = {
        "reason": Name(record.reason),
        "score": record.points,
        "icon": award.icon,
        "polarity": award.polarity,
        "timestamp": WallUntil(record.awarded_at),
        "teacher": _teacher(award.teacher_id),
    }
    return {
        "timestamp": Wall(record.awarded_at),
        "lesson_pupil_behaviour": points if award.has_points else None,
        "event": {"label": Name(award.event_label)},
    }


# -- detentions -------------------------------------------------------------------


def detentions(desk: Desk) -> dict[str, Any]:
    """Each detention."""
    return answer(
        [_detention(slip, desk) for slip in desk.detentions], {"detention_alias_plural": "detentions"}
    )


def _detention(slip: DetentionSlip, desk: Desk) -> dict[str, Any]:
    record, pupil, teacher = slip.record, desk.pupil, _teacher(slip.teacher_id)
    midnight = dt.datetime.combine(slip.day, dt.time(), desk.file.zone) if slip.day else None
    return {
        "id": slip.id,
        "attended": slip.attended,
        "date": Instant(midnight),
        "length": slip.length,
        "location": Name(record.location),
        "notes": Name(slip.notes),
        "time": f"{slip.time:%H:%M}" if slip.time else None,
        "pupil": {
            "id": int(desk.file.id),
            "first_name": Name(pupil.first_name),
            "last_name": Name(pupil.last_name),
            "school": {
                "opt_notes_names": "no",
                "opt_notes_comments": "yes",
                "opt_notes_comments_pupils": "no",
            },
        },
        "lesson": _lesson(slip),
        "lesson_pupil_behaviour": {"reason": Name(record.reason)} if record.reason else None,
        "teacher": {"id": slip.teacher_id, **teacher} if teacher else None,
        "detention_type": {"name": Name(slip.type_name)} if slip.type_name else None,
    }


def _lesson(slip: DetentionSlip) -> dict[str, Any] | None:
    group = slip.lesson
    if group is None:
        return None
    subject = {"id": SomeNumber(), "name": Name(group.subject)}
    return {"id": group.id, "name": Name(group.name), "subject": subject}
