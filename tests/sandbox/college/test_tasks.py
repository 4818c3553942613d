"""What is set for homework."""

from __future__ import annotations

from schoolsync.sandbox.college.subjects import COLOURS
from schoolsync.sandbox.college.tasks import tasks


def test_every_line_is_given_before_it_is_due() -> None:
    """For a subject that the college teaches."""
    assert all(task.given < task.due and task.subject in COLOURS for task in tasks())


def test_the_plan_is_always_the_same() -> None:
    """Nothing in it is drawn by chance."""
    assert tasks() == tasks()
