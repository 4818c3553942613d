"""`schoolsync homework`."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.cli.homework import HOMEWORK, STATES
from schoolsync.cli.render import Look
from schoolsync.model import Homework, HomeworkState
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.test_render import shown

TODAY = dt.date(2026, 3, 11)


@pytest.fixture
def homework(school: SandboxSchool) -> Homework:
    """An exercise that is due today, with nothing done."""
    return next(one for one in school.homeworks(school.pupils[1]) if one.due == TODAY and one.state == "todo")


def drawn(*homeworks: Homework, brief: bool = False) -> str:
    """On paper."""
    return shown(HOMEWORK.draw(homeworks, Look(TODAY, 100, is_brief=brief)), 100)


def test_every_state_has_a_word() -> None:
    """None is left out."""
    assert set(STATES) == set(HomeworkState)


@pytest.mark.parametrize("state", HomeworkState)
def test_a_state_is_a_word(homework: Homework, state: HomeworkState) -> None:
    """At the end of the line."""
    line = drawn(homework.model_copy(update={"state": state})).splitlines()[2]
    assert line.startswith("Wed 11 Mar")
    assert line.endswith(f" {STATES[state][0]}")


def test_what_is_past_and_not_done_is_overdue(homework: Homework) -> None:
    """Today's is not; nor is what was done."""
    yesterday = {"due": TODAY - dt.timedelta(days=1)}
    assert "overdue" in drawn(homework.model_copy(update=yesterday))
    assert "overdue" not in drawn(homework)
    assert "overdue" not in drawn(homework.model_copy(update={**yesterday, "state": HomeworkState.DONE}))


def test_a_time_of_day_is_a_day_on_paper(homework: Homework) -> None:
    """Due at nine is due on that day."""
    due = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)
    assert "Thu 12 Mar" in drawn(homework.model_copy(update={"due": due}))


def test_what_there_is_to_know(homework: Homework, school: SandboxSchool) -> None:
    """Title, text, how long, from whom, with what; a brief look leaves the facts out."""
    full = drawn(homework)
    assert "Algebra & graphs" in full
    assert "Exercise 3.2 <all>" in full
    assert "45 min · from Miss U O'Dummy" in full
    assert "from Miss" not in drawn(homework, brief=True)
    with_files = [one for one in school.homeworks(school.pupils[0]) if one.attachments]
    assert f"with {with_files[0].attachments[0].name}" in drawn(*with_files)


def test_homework_without_a_title_has_a_name(homework: Homework) -> None:
    """The school's word for it, else what was written, else ours."""
    assert "Exercise" in drawn(homework.model_copy(update={"title": None, "description_text": ""}))
    bare = homework.model_copy(update={"title": None, "kind": None})
    assert "Homework" not in "".join(drawn(bare).splitlines()[1:])
    assert "Exercise 3.2" in drawn(bare).splitlines()[2]
    assert "Homework" in drawn(bare.model_copy(update={"description_text": ""})).splitlines()[2]
