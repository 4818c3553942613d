"""Marks, averages, periods and skills."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from schoolsync.model.files import Attachment
from schoolsync.model.record import Number, Record, Value
from schoolsync.model.timetable import Subject

__all__ = ["Mark", "MarkStatus", "Period", "Skill", "SkillAssessment", "SubjectAverage"]


class Period(Value):
    """A stretch of the school year: a term, a semester, the whole year."""

    key: str
    """Stable and opaque."""
    name: str
    """The school's name for it."""
    start: dt.date
    """First day."""
    end: dt.date
    """Last day, included."""
    is_current: bool | None = None
    """Whether today lies in it, as the school sees it; `None`: not said."""


class MarkStatus(StrEnum):
    """What a line of the mark book says."""

    GRADED = "graded"
    ABSENT = "absent"
    EXEMPT = "exempt"
    NOT_GRADED = "not_graded"
    NOT_SUBMITTED = "not_submitted"
    ABSENT_ZERO = "absent_zero"
    NOT_SUBMITTED_ZERO = "not_submitted_zero"
    COMMENDED = "commended"
    UNFIT = "unfit"
    PENDING = "pending"
    UNKNOWN = "unknown"


class Mark(Record):
    """One mark, or the reason there is none."""

    status: MarkStatus
    """What the line says."""
    value: Number | None = None
    """Points obtained, from 0 to `out_of`; only when `status` is graded, and `None` for a mark in words."""
    text_value: str | None = None
    """The mark as it was written, where it is not (only) a number: `B+`, `18/20`."""
    out_of: Number | None = None
    """Top of the scale, in points; `None`: not said."""
    default_out_of: Number | None = None
    """The scale that the school rescales to, in points."""
    coefficient: Number | None = None
    """Its weight in the average."""
    class_average: Number | None = None
    """Average of the class, on the scale of `out_of`."""
    class_min: Number | None = None
    """Lowest of the class."""
    class_max: Number | None = None
    """Highest of the class."""
    title: str
    """What it was given for; empty if nothing was written."""
    given_on: dt.date | None = None
    """The day of the mark."""
    subject: Subject | None = None
    """For which subject."""
    period_key: str | None = None
    """Key of the period that it counts in."""
    is_bonus: bool | None = None
    """Whether only points above the middle count; `None`: not said."""
    is_optional: bool | None = None
    """Whether it counts only if it helps; `None`: not said."""
    is_rescaled: bool | None = None
    """Whether the school rescales it to `default_out_of`; `None`: not said."""
    comment: str | None = None
    """The teacher's comment, as text."""
    attachments: tuple[Attachment, ...] = ()
    """Paper and solution."""

    @model_validator(mode="after")
    def _value_needs_a_grade(self) -> Self:
        if self.value is not None and self.status is not MarkStatus.GRADED:
            raise ValueError("only a graded mark has a value")
        return self

    def normalised(self, out_of: Decimal | int = 20) -> Decimal | None:
        """The value on a scale of `0..out_of`; `None` without a value or a scale."""
        if self.value is None or not self.out_of:
            return None
        return self.value * Decimal(out_of) / self.out_of


class SubjectAverage(Value):
    """The average in one subject, or over all."""

    subject: Subject | None = None
    """The subject; `None` for the overall average."""
    pupil: Number | None = None
    """The pupil's average, in points of `out_of`."""
    class_: Number | None = None
    """The class's."""
    min: Number | None = None
    """The lowest of the class."""
    max: Number | None = None
    """The highest of the class."""
    out_of: Number | None = None
    """Top of the scale."""
    period_key: str | None = None
    """Key of the period it is for."""


class Skill(Value):
    """One skill that was assessed."""

    label: str
    """What the skill is."""
    level: str | None = None
    """The school's word for the level reached."""
    domain: str | None = None
    """The group of skills it belongs to."""


class SkillAssessment(Record):
    """An assessment of skills instead of points."""

    subject: Subject | None = None
    """For which subject."""
    title: str
    """What was assessed."""
    day: dt.date | None = None
    """When."""
    teacher: str | None = None
    """By whom."""
    coefficient: Number | None = None
    """Its weight."""
    skills: tuple[Skill, ...] = ()
    """The skills, in the school's order."""
