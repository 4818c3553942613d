"""Who works at the college and does not teach."""

from __future__ import annotations

from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR, OFFICE


def test_names_are_written_as_those_of_teachers() -> None:
    """Short, and in full."""
    assert (COUNSELLOR.name, COUNSELLOR.full_name) == ("CANEVAS R.", "CANEVAS Rosa")


def test_nobody_is_there_twice() -> None:
    """Numbers are told apart, from those of teachers too; not everybody takes messages."""
    everybody = (*OFFICE, *TEACHERS)
    assert len({one.number for one in everybody}) == len({one.name for one in everybody}) == len(everybody)
    assert {one.takes_messages for one in OFFICE} == {True, False}
