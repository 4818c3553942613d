"""The teachers, and the groups that they teach."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.staff import ACADEMY_SETS, ACADEMY_TUTOR, CHOIR, JUNIOR_SETS, STAFF, teacher_called


def test_every_group_is_taught_by_somebody_of_the_staff() -> None:
    """Names lead back to people."""
    for group in (*ACADEMY_SETS, *JUNIOR_SETS, ACADEMY_TUTOR, CHOIR):
        for name in (group.teacher, *group.other_teachers):
            teacher = teacher_called(name)
            assert teacher is not None
            assert teacher.name == name


@pytest.mark.parametrize("name", [None, "", "Ms N Obody"])
def test_nobody_else_is_on_the_staff(name: str | None) -> None:
    """A name that is not there leads nowhere."""
    assert teacher_called(name) is None


def test_numbers_are_given_once() -> None:
    """No two teachers and no two groups share a number."""
    groups = (*ACADEMY_SETS, *JUNIOR_SETS, ACADEMY_TUTOR, CHOIR)
    assert len({one.id for one in STAFF}) == len(STAFF)
    assert len({one.id for one in groups}) == len(groups)


def test_names_need_escaping_somewhere() -> None:
    """There is an ampersand, an angle bracket and an apostrophe to get wrong."""
    text = "".join(group.subject for group in (*ACADEMY_SETS, *JUNIOR_SETS))
    text += "".join(one.name for one in STAFF)
    assert set("&<>'") <= set(text)
