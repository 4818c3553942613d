"""One day of the timetable."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator

from schoolsync.providers.classcharts.schema.words import Flag, Row, Strings, listed

__all__ = ["LessonRow", "SlotRow", "TimetableMeta"]


class LessonRow(Row):
    """One row of the timetable.

    Wire: `GET …/timetable/{pupil}?date=`. Times carry an offset: `+00:00`, `+01:00` in summer.
    """

    start_time: dt.datetime
    end_time: dt.datetime
    lesson_id: str | None = None
    """A number; missing from older servers."""
    lesson_name: str | None = None
    """Teaching set: `9X/Sc1`."""
    subject_name: str | None = None
    """With character references: `Science &amp; Technology`."""
    teacher_name: str | None = None
    teacher_id: str | None = None
    is_alternative_lesson: Flag = None
    """Cover, or another lesson instead."""
    is_break: Flag = None
    period_name: str | None = None
    """School's own: `1Mon:2`."""
    period_number: str | None = None
    """Text, maybe `Tut`."""
    room_name: str | None = None
    date: dt.date | None = None
    key: str | None = None
    """A number, not unique among parallel lessons."""
    note: str | None = None
    """The teacher's, maybe HTML."""
    note_abstract: str | None = None
    pupil_note: str | None = None
    """The pupil's own, maybe HTML."""
    pupil_note_abstract: str | None = None
    pupil_note_raw: str | None = None


class SlotRow(Row):
    """One slot of the school's day."""

    number: str | None = None
    start_time: str | None = None
    """Clock time: `08:45:00`."""
    end_time: str | None = None


class TimetableMeta(Row):
    """What the timetable says of itself."""

    dates: Strings = ()
    """Dates answered."""
    timetable_dates: Strings = ()
    """Days known to have lessons."""
    periods: Annotated[tuple[SlotRow, ...], BeforeValidator(listed)] = ()
    """The school's slots."""
    start_time: str | None = None
    end_time: str | None = None
