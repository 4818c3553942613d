"""People and things as elements: one id for each in a session, of which its name can be told again."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.pronote.encode import people
from schoolsync.sandbox.pronote.ids import Ids


@pytest.fixture
def ids() -> Ids:
    """Of one session."""
    return Ids(b"one")


def elements(ids: Ids, college: SandboxCollege) -> dict[str, dict[str, Any]]:
    """Thing → its element."""
    year = college.year
    return {
        "pupil:e1": people.pupil_element(ids, college.desk("e1").file),
        "guardian:p1": people.account_element(ids, college.account_numbered("p1")),
        "teacher:t1": people.teacher_element(ids, TEACHERS[0]),
        "teacher:RENFORT B.": people.teacher_element(ids, "RENFORT B."),
        "class:4B": people.class_element(ids, "4B"),
        "group:4ESP-LV2": people.group_element(ids, "4ESP-LV2"),
        "room:B204": people.room_element(ids, "B204"),
        "school:COLLEGE EXEMPLE": people.school_element(ids, "COLLEGE EXEMPLE"),
        "subject:FRANCAIS": people.subject_element(ids, "FRANCAIS"),
        "period:Trimestre 1": people.period_element(ids, year.period("Trimestre 1"), 1),
    }


def test_every_element_can_be_asked_for_by_its_id(ids: Ids, college: SandboxCollege) -> None:
    """No two share one."""
    made = elements(ids, college)
    assert {ids.thing(one["N"]) for one in made.values()} == made.keys()
    assert made == elements(ids, college)


def test_kinds(ids: Ids, college: SandboxCollege) -> None:
    """As the specification numbers them; a kind may be left out."""
    kinds = {thing.partition(":")[0]: one.get("G") for thing, one in elements(ids, college).items()}
    assert kinds == {
        "pupil": 4,
        "guardian": 5,
        "teacher": 3,
        "class": 1,
        "group": 2,
        "room": 17,
        "school": None,
        "subject": 16,
        "period": 1,
    }
    assert "G" not in people.class_element(ids, "4B", None)


def test_a_period_is_the_same_however_it_is_named(ids: Ids, college: SandboxCollege) -> None:
    """By record, by name, with what only the server says."""
    term = college.year.period("Trimestre 2")
    made = [people.period_element(ids, one, 2, A=True) for one in (term, term.record, "Trimestre 2")]
    assert made[0] == made[1] == made[2]
    assert made[0]["A"] is True


def test_a_teachers_account_is_the_teacher(ids: Ids, college: SandboxCollege) -> None:
    """With the full name."""
    account = people.account_element(ids, college.account_numbered("t1"))
    lesson = people.teacher_element(ids, TEACHERS[0])
    assert account["N"] == lesson["N"]
    assert (account["L"], lesson["L"]) == ("MODELE Ana", "MODELE A.")
