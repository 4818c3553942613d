"""What happens at the invented school while the clock runs.

The story is pure: `events_until(now)` says what has happened, and each event
changes the desks that it is about. A server tells it as far as its clock.
"""

from __future__ import annotations

import abc
import datetime as dt
from collections.abc import Mapping

import attrs

from schoolsync.model import Pupil
from schoolsync.sandbox.conduct import activity_row, award, renumbered
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.exercises import homework_sheet, restated
from schoolsync.sandbox.office import announcement_sheet
from schoolsync.sandbox.people import Teacher
from schoolsync.sandbox.staff import COVER
from schoolsync.sandbox.weekly import covered

__all__ = [
    "Announced",
    "BadgeAwarded",
    "Event",
    "HomeworkGiven",
    "HomeworkLate",
    "LessonCancelled",
    "LessonCovered",
    "PointGiven",
    "Story",
    "tell_story",
]


@attrs.frozen(kw_only=True)
class Event(abc.ABC):
    """Something that happens at a moment."""

    at: dt.datetime
    """When, aware."""
    pupil_id: str
    """To whom."""

    @abc.abstractmethod
    def happen(self, desk: Desk) -> None:
        """It has happened, as the pupil's *desk* shows."""


@attrs.frozen(kw_only=True)
class LessonCancelled(Event):
    """A lesson does not take place: ClassCharts simply stops listing it."""

    day: dt.date
    """On which day."""
    label: str
    """In which slot."""

    def happen(self, desk: Desk) -> None:
        """The day has one lesson less."""
        kept = tuple(lesson for lesson in desk.lessons(self.day) if lesson.period_label != self.label)
        desk.set_lessons(self.day, kept)


@attrs.frozen(kw_only=True)
class LessonCovered(Event):
    """Somebody else teaches: ClassCharts calls it an alternative lesson."""

    day: dt.date
    """On which day."""
    label: str
    """In which slot."""
    teacher: Teacher = COVER
    """Who teaches instead."""

    def happen(self, desk: Desk) -> None:
        """The lesson has another teacher."""
        lessons = desk.lessons(self.day)
        desk.set_lessons(
            self.day,
            tuple(covered(one, self.teacher) if one.period_label == self.label else one for one in lessons),
        )


@attrs.frozen(kw_only=True)
class HomeworkLate(Event):
    """A teacher records homework as late."""

    homework_id: str
    """Which homework."""

    def happen(self, desk: Desk) -> None:
        """The sheet says so."""
        desk.homeworks = [
            restated(attrs.evolve(sheet, teacher_word="late"))
            if sheet.record.provider_id == self.homework_id
            else sheet
            for sheet in desk.homeworks
        ]


@attrs.frozen(kw_only=True)
class HomeworkGiven(Event):
    """New homework."""

    number: int
    """Number of the homework."""
    title: str
    """Heading."""
    due: dt.date
    """When it is due."""

    def happen(self, desk: Desk) -> None:
        """There is one sheet more."""
        sheet = homework_sheet(
            desk.pupil,
            self.number,
            desk.plan.sets[-1],
            due=self.due,
            title=self.title,
            assigned_on=self.at.astimezone(desk.file.zone).date(),
            kind="Exercise",
        )
        desk.homeworks.append(sheet)


@attrs.frozen(kw_only=True)
class BadgeAwarded(Event):
    """A new badge."""

    badge_id: int
    """Number of the badge."""
    name: str
    """The badge's name."""
    reason: str
    """What for."""

    def happen(self, desk: Desk) -> None:
        """There is one award more, and every award of this badge counts it."""
        teacher = desk.plan.sets[0].teacher
        designed = dt.datetime.combine(desk.calendar.year_start, dt.time(10), desk.file.zone)
        new = award(
            desk.pupil,
            self.badge_id,
            self.at,
            self.name,
            reason=self.reason,
            teacher=teacher,
            icon="heart",
            designed_on=designed,
        )
        desk.awards = renumbered([*desk.awards, new])


@attrs.frozen(kw_only=True)
class Announced(Event):
    """A new announcement."""

    number: int
    """Number of the announcement."""
    title: str
    """Heading."""
    text: str
    """What it says."""

    def happen(self, desk: Desk) -> None:
        """There is one announcement more, unread."""
        sheet = announcement_sheet(
            desk.pupil, self.number, self.at, self.title, markup=self.text, author=COVER.name
        )
        desk.announcements.append(sheet)


@attrs.frozen(kw_only=True)
class PointGiven(Event):
    """A point in a lesson."""

    number: int
    """Number of the row."""
    reason: str
    """What for."""
    points: int = 1
    """How many."""

    def happen(self, desk: Desk) -> None:
        """There is one row of activity more, and the balance counts it."""
        group = desk.plan.sets[0]
        polarity = "positive" if self.points > 0 else "negative"
        row = activity_row(
            desk.pupil,
            self.number,
            self.at,
            self.reason,
            points=self.points,
            polarity=polarity,
            teacher=group.teacher,
            lesson=group.name,
        )
        desk.activity.append(row)
        desk.balance += self.points


@attrs.frozen
class Story:
    """Events in the order in which they happen."""

    events: tuple[Event, ...] = ()
    """By time."""

    def events_until(self, now: dt.datetime) -> tuple[Event, ...]:
        """What has happened at *now*, oldest first."""
        return tuple(event for event in self.events if event.at <= now)


def tell_story(desks: Mapping[str, Desk]) -> Story:
    """A school day in the life of the first two pupils, and the morning after it."""
    older, younger = list(desks.values())[:2]
    calendar = older.calendar
    today, tomorrow = calendar.school_day(0), calendar.school_day(1)

    def at(pupil: Pupil, day: dt.date, clock: str) -> dt.datetime:
        return dt.datetime.combine(day, dt.time.fromisoformat(clock), pupil.school.zone)

    first, second = older.pupil, younger.pupil
    one, two = older.file.id, younger.file.id
    late = next(sheet.record for sheet in older.homeworks if sheet.record.due == today)
    close = "School ends at noon tomorrow."
    events: list[Event] = [
        LessonCovered(at=at(first, today, "08:15"), pupil_id=one, day=today, label="3"),
        LessonCancelled(at=at(first, today, "09:05"), pupil_id=one, day=tomorrow, label="5"),
        PointGiven(
            at=at(first, today, "09:40"), pupil_id=one, number=880_900_001, reason="A very good guess"
        ),
        BadgeAwarded(
            at=at(second, today, "10:10"),
            pupil_id=two,
            badge_id=3303,
            name="Kind hands",
            reason="Shared a ruler",
        ),
        HomeworkLate(at=at(first, today, "11:30"), pupil_id=one, homework_id=late.provider_id or ""),
        Announced(at=at(first, today, "12:05"), pupil_id=one, number=129_001, title="Early end", text=close),
        Announced(at=at(second, today, "12:05"), pupil_id=two, number=129_002, title="Early end", text=close),
        LessonCovered(at=at(second, today, "13:15"), pupil_id=two, day=tomorrow, label="P3"),
        HomeworkGiven(
            at=at(second, today, "14:20"),
            pupil_id=two,
            number=7_600_901,
            title="Bring a stone",
            due=calendar.school_day(3),
        ),
        LessonCancelled(at=at(second, tomorrow, "08:05"), pupil_id=two, day=tomorrow, label="P4"),
    ]
    return Story(tuple(sorted(events, key=lambda event: event.at)))
