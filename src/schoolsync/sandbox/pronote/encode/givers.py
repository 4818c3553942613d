"""Who writes, punishes or decides, as an element."""

from __future__ import annotations

from typing import Any

from schoolsync.sandbox.college.punishments import Giver
from schoolsync.sandbox.college.roll import Teacher
from schoolsync.sandbox.pronote.encode.people import STAFF, TEACHER, teacher_element
from schoolsync.sandbox.pronote.encode.words import element
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["giver_element", "role_of"]


def giver_element(ids: Ids, giver: Giver, *, has_kind: bool = True, **more: Any) -> dict[str, Any]:
    """A teacher (`teacher:t1`) or somebody of the office (`staff:s1`)."""
    if isinstance(giver, Teacher):
        return teacher_element(ids, giver, TEACHER if has_kind else None) | more
    kind = STAFF if has_kind else None
    return element(ids.of(STAFF, f"staff:{giver.number}"), giver.name, kind, **more)


def role_of(giver: Giver) -> str:
    """What they are to a family: `Professeur`, `CPE`."""
    return "Professeur" if isinstance(giver, Teacher) else giver.role
