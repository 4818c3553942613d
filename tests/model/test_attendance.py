"""Absences: what is always there, and what is only said sometimes."""

from __future__ import annotations

from schoolsync.model import Absence, AbsenceKind, Justification
from tests.model.samples import always_set, not_said


def test_what_is_always_set() -> None:
    """What it was, the day, and whether the school accepts it."""
    assert always_set(Absence) == {"kind", "day", "justification"}


def test_what_may_not_be_said() -> None:
    """Minutes and half days are never zero for want of a word."""
    assert not_said(Absence) == {
        *("start", "end", "session_label", "minutes", "half_days", "code", "lesson_key"),
    }


def test_the_words() -> None:
    """The sets that programs may rely on."""
    assert set(AbsenceKind) == {"absence", "lateness", "exclusion", "other"}
    assert set(Justification) == {"justified", "unjustified", "pending", "unknown"}
