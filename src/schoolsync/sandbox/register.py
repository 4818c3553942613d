"""The register of the invented schools: who was there, session by session, until today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from schoolsync.model import Absence, AbsenceKind, Justification, Lesson, Pupil
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import RegisterMark, named

__all__ = ["draw_register", "register_mark", "sessions_of"]

HALF_DAYS = ("AM", "PM")
DAYS_BACK = 40
DETAILED_DAYS = 6
"""On how many of the last days each lesson is registered too."""
NOON = dt.time(12)

VERDICTS = {
    "late": (AbsenceKind.LATENESS, Justification.UNKNOWN),
    "excused": (AbsenceKind.ABSENCE, Justification.JUSTIFIED),
    "absent": (AbsenceKind.ABSENCE, Justification.UNJUSTIFIED),
    "no": (AbsenceKind.ABSENCE, Justification.UNJUSTIFIED),
}
"""What the school's verdict means; any other is no absence."""


@attrs.frozen
class Incident:
    """One line of the plan below."""

    day: int
    """School day, counted from today."""
    session: str
    """Half day that it is about."""
    code: str
    """The register code."""
    status: str
    """The school's verdict."""
    late_minutes: int | str = ""
    """Minutes late."""


INCIDENTS = (
    Incident(-1, "AM", "L", "late", 7),
    Incident(-3, "AM", "M", "excused"),
    Incident(-3, "PM", "M", "excused"),
    Incident(-5, "PM", "L", "late", "12"),
    Incident(-7, "AM", "O", "absent"),
    Incident(-7, "PM", "O", "absent"),
    Incident(-9, "PM", "N", "no"),
    Incident(-12, "AM", "L", "late"),
    Incident(-14, "AM", "", "ignore"),
    Incident(-15, "AM", "/", "yes"),
    Incident(-20, "AM", "C1", "excused"),
)
"""What was not simply "present", in school days around today."""


def register_mark(
    pupil: Pupil,
    day: dt.date,
    session: str,
    status: str,
    *,
    code: str = "",
    late_minutes: int | str = "",
    lesson: Lesson | None = None,
) -> RegisterMark:
    """A cell of the register, with the absence that it means."""
    group = lesson.groups[0] if lesson else None
    room = next(iter(lesson.rooms), None) if lesson else None
    mark = RegisterMark(day, session, code, status, late_minutes, group, room)
    return attrs.evolve(mark, record=_absence(pupil, mark)) if status in VERDICTS else mark


def _absence(pupil: Pupil, mark: RegisterMark) -> Absence:
    kind, justification = VERDICTS[mark.status]
    minutes = int(mark.late_minutes) if mark.late_minutes != "" else None
    return Absence(
        **named(
            "absence",
            f"{mark.day}-{mark.session}",
            pupil,
            status=mark.status,
            lesson=mark.lesson_name,
            room=mark.room_name,
        ),
        kind=kind,
        day=mark.day,
        session_label=mark.session,
        minutes=minutes if kind is AbsenceKind.LATENESS else None,
        justification=justification,
        code=mark.code or None,
    )


def sessions_of(desk: Desk) -> tuple[str, ...]:
    """The sessions that the register of *desk* has, in the school's order."""
    if desk.file.attendance_type != "detailed":
        return HALF_DAYS
    labels = (slot.label for slot in desk.plan.slots if not slot.is_break)
    return (*HALF_DAYS, *(f"Period {label}" for label in labels))


def draw_register(desk: Desk) -> list[RegisterMark]:
    """The register of the last forty school days and of this morning, by day and session."""
    calendar = desk.calendar
    last = calendar.school_day(0) if calendar.is_school_day(calendar.today) else calendar.school_day(-1)
    first = calendar.school_day(-DAYS_BACK)
    detailed_from = calendar.school_day(-DETAILED_DAYS)
    incidents = {(calendar.school_day(one.day), one.session): one for one in INCIDENTS}
    marks: list[RegisterMark] = []
    for day in calendar.school_days(first, last):
        halves = HALF_DAYS[:1] if day == calendar.today else HALF_DAYS
        by_session = {
            session: _half_day(desk.pupil, day, session, incidents.get((day, session))) for session in halves
        }
        marks += by_session.values()
        if desk.file.attendance_type == "detailed" and detailed_from <= day < calendar.today:
            marks += _lessons(desk, day, by_session)
    return marks


def _half_day(pupil: Pupil, day: dt.date, session: str, incident: Incident | None) -> RegisterMark:
    if incident is None:
        return register_mark(pupil, day, session, "present", code="/" if session == "AM" else "\\")
    return register_mark(
        pupil, day, session, incident.status, code=incident.code, late_minutes=incident.late_minutes
    )


def _lessons(desk: Desk, day: dt.date, halves: dict[str, RegisterMark]) -> Iterator[RegisterMark]:
    """The register of each lesson, saying the same as its half day; lateness is for the first one."""
    by_session: dict[str, Lesson] = {}
    for lesson in desk.lessons(day):
        if lesson.subject is not None:
            by_session.setdefault(f"Period {lesson.period_label}", lesson)
    begun: set[str] = set()
    for session, lesson in by_session.items():
        if lesson.period_label == "Tut":
            yield register_mark(desk.pupil, day, session, "ignore", lesson=lesson)
            continue
        half = "AM" if lesson.start.time() < NOON else "PM"
        yield _as_half_day(desk.pupil, halves[half], session, lesson, is_first=half not in begun)
        begun.add(half)


def _as_half_day(
    pupil: Pupil, half: RegisterMark, session: str, lesson: Lesson, *, is_first: bool
) -> RegisterMark:
    if half.status == "late" and not is_first:
        return register_mark(pupil, half.day, session, "present", code="/", lesson=lesson)
    return register_mark(
        pupil,
        half.day,
        session,
        half.status,
        code=half.code,
        late_minutes=half.late_minutes,
        lesson=lesson,
    )
