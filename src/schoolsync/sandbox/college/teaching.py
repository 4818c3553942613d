"""A teacher's desk: the lessons of all pupils that they teach, each once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from schoolsync.model import Pupil
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.lessons import LessonSheet
from schoolsync.sandbox.college.markbook import MarkBook
from schoolsync.sandbox.college.roll import COLLEGE, PupilFile, Teacher
from schoolsync.sandbox.college.timetable import Timetable
from schoolsync.sandbox.college.weekplan import WeekPlan
from schoolsync.sandbox.college.year import CollegeYear

__all__ = ["TeachersTimetable", "teachers_desk"]


@attrs.define
class TeachersTimetable(Timetable):
    """The lessons of one teacher, found in those of the pupils; nothing is written into it."""

    teacher: Teacher = attrs.field(kw_only=True)
    """Who teaches."""
    classes: Mapping[str, Timetable] = attrs.field(kw_only=True)
    """Name of a class → the timetable of one of its pupils."""

    def sheets_of(self, day: dt.date) -> tuple[LessonSheet, ...]:
        """Every row of *day* in which the teacher appears, by start, with the class that is taught."""
        found = [
            _of_class(sheet, name)
            for name, timetable in self.classes.items()
            for sheet in timetable.sheets_of(day)
            if self.teacher.name in sheet.record.teachers
        ]
        return tuple(sorted(found, key=lambda sheet: (sheet.record.start, sheet.rank)))


def _of_class(sheet: LessonSheet, name: str) -> LessonSheet:
    groups = tuple(dict.fromkeys((name, *sheet.record.groups)))
    return attrs.evolve(sheet, record=sheet.record.model_copy(update={"groups": groups}))


def teachers_desk(teacher: Teacher, year: CollegeYear, desks: Iterable[CollegeDesk]) -> CollegeDesk:
    """The desk of *teacher*, on which lies nothing but the timetable."""
    own = Pupil(
        key=f"teacher-{teacher.number}",
        name=teacher.full_name,
        first_name=teacher.first_name,
        last_name=teacher.last_name,
        school=COLLEGE,
        provider_id=teacher.number,
    )
    file = PupilFile(own, "")
    classes = {desk.file.class_name: desk.timetable for desk in desks}
    timetable = TeachersTimetable(file, year, WeekPlan(()), teacher=teacher, classes=classes)
    return CollegeDesk(file=file, year=year, timetable=timetable, marks=MarkBook())
