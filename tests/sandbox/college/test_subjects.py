"""What is taught, and in which colour."""

from __future__ import annotations

from schoolsync.sandbox.college.marks import SERVICES
from schoolsync.sandbox.college.subjects import COLOURS, PLAIN, subject_called


def test_a_subject_has_its_colour() -> None:
    """The record that a client delivers says both."""
    found = subject_called("FRANCAIS")
    assert (found.name, found.colour, found.id) == ("FRANCAIS", "#dc2f55", None)


def test_an_unknown_subject_is_plain() -> None:
    """It is shown in a colour all the same."""
    assert subject_called("LATIN").colour == PLAIN


def test_marks_are_shown_in_the_same_colours() -> None:
    """A subject looks alike on every screen."""
    assert {one.name: one.subject.colour for one in SERVICES}.items() <= COLOURS.items()
