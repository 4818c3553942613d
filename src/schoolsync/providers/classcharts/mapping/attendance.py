"""Absences and late arrivals out of the register."""

from __future__ import annotations

import datetime as dt

from schoolsync.derive import keys
from schoolsync.model import Absence, AbsenceKind, Identity, Justification
from schoolsync.providers.classcharts.calls import Attendance
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.mapping.mapped import Context, extras, name
from schoolsync.providers.classcharts.schema.attendance import AttendanceMeta, SessionRow

__all__ = ["to_absences"]

KINDS = {
    "late": (AbsenceKind.LATENESS, Justification.UNKNOWN),
    "excused": (AbsenceKind.ABSENCE, Justification.JUSTIFIED),
    "absent": (AbsenceKind.ABSENCE, Justification.UNJUSTIFIED),
    "no": (AbsenceKind.ABSENCE, Justification.UNJUSTIFIED),
}
"""The school's verdict; it wins over the register code."""
PRESENT = frozenset(("present", "yes", "ignore", ""))
"""Verdicts that are no absence."""


def to_absences(context: Context, envelope: Envelope[Attendance, AttendanceMeta]) -> list[Absence]:
    """Every session that the pupil missed or came late to: newest day first, sessions in the school's order.

    A verdict that we do not know is kept as kind `other`. Losses: times of day, reasons in words.
    """
    context.issues.extend(envelope.issues)
    order = {session: place for place, session in enumerate(envelope.meta.sessions)}
    absences = [
        _absence(context, day, session, row)
        for day, sessions in sorted(envelope.data.items(), reverse=True)
        for session, row in sorted(sessions.items(), key=lambda item: order.get(item[0], len(order)))
        if (row.status or "").strip().lower() not in PRESENT
    ]
    return keys.with_absence_keys(absences)


def _absence(context: Context, day: dt.date, session: str, row: SessionRow) -> Absence:
    verdict = (row.status or "").strip().lower()
    kind, justification = KINDS.get(verdict, (AbsenceKind.OTHER, Justification.UNKNOWN))
    is_late = kind is AbsenceKind.LATENESS
    return Absence(
        **context.common(row.model_dump(mode="json") if context.keeps_raw else None),
        key="",
        identity=Identity.DERIVED,
        kind=kind,
        day=day,
        session_label=session,
        minutes=(row.late_minutes or None) if is_late else None,
        justification=justification,
        code=row.code or None,
        extras=extras(status=row.status, lesson=name(row.lesson_name), room=name(row.room_name)),
    )
