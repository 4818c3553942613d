"""Assessments of skills: what a sheet says twice, and what is drawn."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from schoolsync.model import Skill
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.evaluations import LEVELS, Acquired, draw_evaluations, evaluation_sheet
from schoolsync.sandbox.college.marks import SERVICES

DAY = dt.date(2026, 2, 10)
BEST, FRAGILE = LEVELS[0], LEVELS[2]


def test_a_skill_is_what_is_most_precise() -> None:
    """With an item, that; else the domain, whose place the pillar takes."""
    precise = Acquired(BEST, "Écouter", "LANGUES", "D1.2", "Comprendre un message")
    wide = Acquired(FRAGILE, "Écouter", "LANGUES", "D1.2")
    assert precise.skill == Skill(
        label="Comprendre un message", level="Très bonne maîtrise", domain="Écouter"
    )
    assert wide.skill == Skill(label="Écouter", level="Maîtrise fragile", domain="LANGUES")


def test_a_sheet_says_everything_twice(college: SandboxCollege) -> None:
    """Subject, teacher, period, levels in short."""
    skills = (Acquired(BEST, "Écouter", "LANGUES", "D1"), Acquired(FRAGILE, "Lire", "LANGUES", "D1"))
    desk, maths = college.desks["e1"], SERVICES[0]
    sheet = evaluation_sheet(desk, 9, maths, DAY, "Bilan", skills, coefficient=2, description="Unit 1")
    record = sheet.record
    assert (record.title, record.day, record.coefficient) == ("Bilan", DAY, Decimal(2))
    assert (record.subject, record.teacher) == (maths.subject, "MODELE A.")
    assert record.skills == tuple(one.skill for one in skills)
    assert dict(record.extras) == {"pronote.description": "Unit 1", "pronote.levels": "A+ C"}
    assert (sheet.period, sheet.description) == ("Trimestre 2", "Unit 1")


def test_a_plain_sheet_says_little(college: SandboxCollege) -> None:
    """No skills, no levels, no description."""
    record = evaluation_sheet(college.desks["e1"], 9, SERVICES[0], DAY, "Bilan", ()).record
    assert (record.skills, dict(record.extras)) == ((), {})


def test_there_is_one_of_every_kind(college: SandboxCollege) -> None:
    """For the first pupil; the second has one, the third none. All of them lie in two terms."""
    first, second, third = (draw_evaluations(desk) for desk in college.desks.values())
    assert {bool(one.item) for sheet in first for one in sheet.skills} == {True, False}
    assert {one.level for sheet in first for one in sheet.skills} == set(LEVELS)
    assert {sheet.period for sheet in first} == {"Trimestre 1", "Trimestre 3"}
    assert [len(sheet.skills) for sheet in first] == [2, 2, 1, 0]
    assert (len(second), third) == (1, [])
    keys = [sheet.record.key for sheet in (*first, *second)]
    assert len(keys) == len(set(keys))
