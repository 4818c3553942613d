"""One pupil's desk: everything that the school keeps about them, and how to look things up."""

from __future__ import annotations

import datetime as dt

import attrs

from schoolsync.model import Lesson, Pupil
from schoolsync.sandbox.office_papers import (
    AcademicReport,
    AnnouncementSheet,
    PupilField,
    ReportCard,
    ShopItem,
)
from schoolsync.sandbox.papers import (
    ActivityRow,
    Award,
    DetentionSlip,
    HomeworkSheet,
    RegisterMark,
    TeachingSet,
)
from schoolsync.sandbox.people import PupilFile
from schoolsync.sandbox.weekly import WeekPlan
from schoolsync.sandbox.year import Calendar

__all__ = ["Desk"]


@attrs.define
class Desk:
    """What is kept about one pupil; the lists may be changed."""

    file: PupilFile
    """Who it is."""
    plan: WeekPlan
    """The pupil's timetable."""
    calendar: Calendar
    """The school year."""
    homeworks: list[HomeworkSheet] = attrs.field(factory=list)
    """In no order."""
    register: list[RegisterMark] = attrs.field(factory=list)
    """By day and session."""
    sessions: tuple[str, ...] = ("AM", "PM")
    """The sessions of the register, in the school's order."""
    activity: list[ActivityRow] = attrs.field(factory=list)
    """In no order."""
    awards: list[Award] = attrs.field(factory=list)
    """In no order."""
    announcements: list[AnnouncementSheet] = attrs.field(factory=list)
    """In no order."""
    detentions: list[DetentionSlip] = attrs.field(factory=list)
    """In no order."""
    fields: list[PupilField] = attrs.field(factory=list)
    """In the school's order."""
    field_note: str | None = ""
    """What stands above the fields."""
    reports: list[AcademicReport] = attrs.field(factory=list)
    """Oldest first."""
    cards: list[ReportCard] = attrs.field(factory=list)
    """Oldest first."""
    shop: list[ShopItem] = attrs.field(factory=list)
    """What the pupil's school sells; one list for the whole school."""
    balance: int = 0
    """Points to spend."""
    purchases: dict[int, int] = attrs.field(factory=dict)
    """Number of an item → how many were bought."""
    concerns: list[str] = attrs.field(factory=list, repr=False)
    """What the pupil told the school in confidence."""
    _changed: dict[dt.date, tuple[Lesson, ...]] = attrs.field(factory=dict)

    @property
    def pupil(self) -> Pupil:
        """The neutral record of the pupil."""
        return self.file.pupil

    def lessons(self, day: dt.date) -> tuple[Lesson, ...]:
        """The lessons and breaks of *day* by start."""
        if day in self._changed:
            return self._changed[day]
        return tuple(self.plan.lessons(self.pupil, day, self.calendar))

    def set_lessons(self, day: dt.date, lessons: tuple[Lesson, ...]) -> None:
        """The lessons of *day* are *lessons* from now on, sorted by start."""
        self._changed[day] = tuple(sorted(lessons, key=lambda lesson: lesson.start))

    def teaching_sets(self) -> tuple[TeachingSet, ...]:
        """The groups in which the pupil is taught."""
        extra = (self.plan.tutor, self.plan.parallel)
        return (*self.plan.sets, *(one for one in extra if one))

    def teaching_set(self, name: str) -> TeachingSet:
        """The group called *name*.

        Raises:
            LookupError: The pupil is in no such group.
        """
        for one in self.teaching_sets():
            if one.name == name:
                return one
        raise LookupError
