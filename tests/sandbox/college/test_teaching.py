"""A teacher's lessons, as found in those of the pupils."""

from __future__ import annotations

import datetime as dt

import attrs

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.lessons import taught_by
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.teaching import teachers_desk
from tests.sandbox.college.fresh import MONDAY

NEXT = MONDAY + dt.timedelta(weeks=1)
SUNDAY = NEXT + dt.timedelta(days=6)
ANA = TEACHERS[0]


def test_every_lesson_is_there_once(college: SandboxCollege) -> None:
    """With the class first among its groups, by start."""
    desk = college.desk_of(college.account_numbered("t1"))
    rows = desk.timetable.rows(NEXT, SUNDAY)
    expected = [
        (one.start, file.class_name)
        for file in college.pupil_files
        for one in college.lessons(file.pupil, NEXT, SUNDAY, has_all_rows=True)
        if ANA.name in one.teachers
    ]
    assert sorted((one.start, one.groups[0]) for one in rows) == sorted(expected)
    assert [one.start for one in rows] == sorted(one.start for one in rows)
    assert {one.subject.name for one in rows if one.subject} == {"MATHEMATIQUES"}


def test_changes_are_seen(college: SandboxCollege) -> None:
    """A lesson that somebody else teaches is not there any more."""
    desk = teachers_desk(ANA, college.year, college.desks.values())
    before = desk.timetable.sheets(NEXT, SUNDAY)
    pupils = college.desk("e1").timetable
    mine = next(one for one in pupils.sheets(NEXT, SUNDAY) if ANA.name in one.record.teachers)
    pupils.replace(mine, taught_by(mine, "RENFORT B."))
    assert len(desk.timetable.sheets(NEXT, SUNDAY)) == len(before) - 1


def test_the_class_comes_before_its_groups(college: SandboxCollege) -> None:
    """And is not named twice."""
    pupils = college.desk("e1").timetable
    mine = [one for one in pupils.sheets(NEXT, SUNDAY) if ANA.name in one.record.teachers][:2]
    for sheet, groups in zip(mine, (("[4B GR.1]",), ("4B", "[4B GR.1]")), strict=True):
        record = sheet.record.model_copy(update={"groups": groups})
        pupils.replace(sheet, attrs.evolve(sheet, record=record))
    rows = teachers_desk(ANA, college.year, college.desks.values()).timetable.rows(NEXT, SUNDAY)
    found = {row.key: row.groups for row in rows}
    assert {found[sheet.key] for sheet in mine} == {("4B", "[4B GR.1]")}


def test_nothing_else_lies_on_the_desk(college: SandboxCollege) -> None:
    """It is no pupil's."""
    desk = teachers_desk(ANA, college.year, college.desks.values())
    assert desk.pupil.name == "MODELE Ana"
    assert (desk.homeworks, desk.marks.sheets, desk.menus) == ([], [], [])
    assert desk.file.photo is None
