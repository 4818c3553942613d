"""The timetable: a pattern of two weeks, drawn once from a seed, and the lessons of any day.

A day's lessons are made when somebody asks for them, always the same ones.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence

import attrs

from schoolsync.model import FrozenMap, Lesson, LessonKind, LessonStatus, Pupil, Subject
from schoolsync.sandbox.papers import TeachingSet, named
from schoolsync.sandbox.people import Teacher
from schoolsync.sandbox.staff import teacher_called
from schoolsync.sandbox.year import Calendar

__all__ = ["ALTERNATIVE", "DAY_PLANS", "Slot", "WeekPlan", "covered", "draw_week_plan", "lesson_of"]

ALTERNATIVE = LessonStatus.REPLACED
"""What a lesson is that the school shows as an alternative one: it stands where another was."""

FRIDAY = 4


@attrs.frozen
class Slot:
    """One line of the day's grid."""

    label: str
    """The school's name for it: `1`, `Tut`."""
    start: dt.time
    """When it begins."""
    end: dt.time
    """When it ends."""
    is_break: bool = False
    """Whether nobody is taught."""


def _slots(*lines: tuple[str, str, str]) -> tuple[Slot, ...]:
    return tuple(
        Slot(label, dt.time.fromisoformat(start), dt.time.fromisoformat(end), label in {"Br", "Lu"})
        for label, start, end in lines
    )


DAY_PLANS = {
    "academy": _slots(
        ("Tut", "08:40", "09:00"),
        ("1", "09:00", "10:00"),
        ("2", "10:00", "11:00"),
        ("Br", "11:00", "11:20"),
        ("3", "11:20", "12:20"),
        ("4", "12:20", "13:20"),
        ("Lu", "13:20", "14:00"),
        ("5", "14:00", "15:00"),
    ),
    "junior": _slots(
        ("P1", "09:00", "10:15"),
        ("Br", "10:15", "10:35"),
        ("P2", "10:35", "11:50"),
        ("Lu", "11:50", "12:50"),
        ("P3", "12:50", "13:55"),
        ("P4", "13:55", "15:00"),
    ),
}
"""Kind of school → the lines of its day."""

BREAK_NAMES = {"Br": "Break", "Lu": "Lunch"}


@attrs.frozen
class WeekPlan:
    """Which set meets when, over two weeks, for the pupils of one form."""

    slots: tuple[Slot, ...]
    """The lines of a day."""
    sets: tuple[TeachingSet, ...]
    """The sets of the form's pupils."""
    pattern: tuple[tuple[int, ...], ...]
    """Day of the fortnight (0 to 9) → index of the set in each slot that is no break."""
    tutor: TeachingSet | None = None
    """The set of the slot `Tut`, where there is one."""
    parallel: TeachingSet | None = None
    """A second set in the last slot of every second Friday, beside the planned one."""
    cover: Teacher | None = None
    """Who stands in, once a fortnight."""

    def lessons(self, pupil: Pupil, day: dt.date, calendar: Calendar) -> Iterator[Lesson]:
        """The lessons and breaks of *pupil* on *day*, in order; none outside school days."""
        if not calendar.is_school_day(day):
            return
        index = calendar.week_number(day) % 2 * 5 + day.weekday()
        planned = iter(self.pattern[index])
        for slot in self.slots:
            if slot.is_break:
                yield lesson_of(pupil, day, slot, None, week=index // 5)
            elif slot.label == "Tut" and self.tutor:
                yield lesson_of(pupil, day, slot, self.tutor, week=index // 5)
            else:
                one = lesson_of(pupil, day, slot, self.sets[next(planned)], week=index // 5)
                yield self._covered(one) if (index, slot.label) == (7, "2") else one
        if self.parallel and index == FRIDAY:
            yield lesson_of(pupil, day, self.slots[-1], self.parallel, week=0, ordinal=1)

    def _covered(self, lesson: Lesson) -> Lesson:
        return lesson if self.cover is None else covered(lesson, self.cover)


def covered(lesson: Lesson, teacher: Teacher) -> Lesson:
    """*lesson*, taught by *teacher* instead."""
    extras = {**lesson.extras, "classcharts.teacher_id": str(teacher.id)}
    changes = {"teachers": (teacher.name,), "status": ALTERNATIVE, "extras": FrozenMap(extras)}
    return lesson.model_copy(update=changes)


def lesson_of(
    pupil: Pupil, day: dt.date, slot: Slot, group: TeachingSet | None, *, week: int = 0, ordinal: int = 0
) -> Lesson:
    """The neutral record of one slot of one day; a break where *group* is `None`.

    Args:
        pupil: Whose timetable it is in.
        day: The day.
        slot: The line of the day.
        group: Who is taught.
        week: Which week of the fortnight, from 0.
        ordinal: Which of parallel lessons, from 0; they share the school's number for the slot.
    """
    zone = pupil.school.zone
    name = group.name if group else BREAK_NAMES[slot.label]
    teacher = teacher_called(group.teacher) if group else None
    return Lesson(
        **named(
            "lesson",
            f"{day}-{slot.label}-{ordinal}",
            pupil,
            provider_id=group.id if group else None,
            key=str(day.toordinal() * 10_000 + slot.start.hour * 100 + slot.start.minute),
            period_name=f"W{week + 1:02}:D{day.isoweekday():02}:{slot.label}",
            teacher_id=str(teacher.id) if teacher else None,
        ),
        start=dt.datetime.combine(day, slot.start, zone),
        end=dt.datetime.combine(day, slot.end, zone),
        subject=Subject(name=group.subject) if group else None,
        teachers=(group.teacher,) if group else (),
        rooms=(group.room,) if group and group.room else (),
        groups=(name,),
        kind=LessonKind.LESSON if group else LessonKind.BREAK,
        period_label=slot.label,
    )


def draw_week_plan(
    seed: int,
    kind: str,
    sets: Sequence[TeachingSet],
    *,
    tutor: TeachingSet | None = None,
    parallel: TeachingSet | None = None,
    cover: Teacher | None = None,
) -> WeekPlan:
    """A timetable for a form: every set about equally often, drawn from *seed*."""
    chance = random.Random(f"{seed} {kind}")
    slots = DAY_PLANS[kind]
    length = sum(not slot.is_break and not (slot.label == "Tut" and tutor) for slot in slots)
    turns = [index % len(sets) for index in range(10 * length)]
    chance.shuffle(turns)
    days = tuple(tuple(turns[start : start + length]) for start in range(0, len(turns), length))
    return WeekPlan(slots, tuple(sets), days, tutor=tutor, parallel=parallel, cover=cover)
