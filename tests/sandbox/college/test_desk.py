"""A desk: whose it is."""

from __future__ import annotations

from schoolsync.sandbox.college.college import SandboxCollege


def test_a_desk_is_a_pupils(college: SandboxCollege) -> None:
    """And everything on it is theirs."""
    for pupil in college.pupils:
        desk = college.desk(pupil)
        assert desk.pupil is pupil
        keys = {sheet.record.pupil_key for sheet in desk.homeworks}
        keys |= {sheet.record.pupil_key for sheet in desk.resources}
        assert keys == {pupil.key}
