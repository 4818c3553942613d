"""Marks and assessments: what is asked, and how often."""

from __future__ import annotations

import pytest

from schoolsync.errors import UnexpectedShape
from schoolsync.providers.pronote.address import Space
from schoolsync.providers.pronote.calls.marks import evaluations, marks
from schoolsync.providers.pronote.session import Resource
from schoolsync.testing.play import play
from tests.providers.pronote.reading import T1, element, number
from tests.providers.pronote.wire import answered, called, options, signed_in

PUPIL = Resource("46#al1", "EXAMPLE Louison", 4)
MARKS = {"moyGenerale": number("14,25"), "listeDevoirs": element([{"N": "60#de1", "note": number("12")}])}


def test_marks_and_averages_are_one_call() -> None:
    """On the screen of marks; the period has a capital there."""
    page, sent = play(marks(signed_in(), PUPIL, T1), [answered("DernieresNotes", MARKS)])
    (request,) = sent
    assert called(request).tab == 198
    assert called(request).data == {"Periode": {"N": "11#t1", "L": "Trimestre 1", "G": 2}}
    assert (page.data.overall, page.data.marks[0].mark) == ("14,25", "12")


def test_assessments_are_another_call() -> None:
    """On their own screen; the period has no capital there."""
    said = {"listeEvaluations": element([{"N": "29#ev1", "L": "Lecture"}])}
    page, (request,) = play(evaluations(signed_in(), PUPIL, T1), [answered("DernieresEvaluations", said)])
    assert called(request).tab == 201
    assert called(request).data == {"periode": {"N": "11#t1", "L": "Trimestre 1", "G": 2}}
    assert page.data.evaluations[0].label == "Lecture"


def test_a_parent_names_the_child() -> None:
    """In the signature of each call."""
    _, (request,) = play(marks(signed_in(Space.PARENT), PUPIL, T1), [answered("DernieresNotes", {})])
    assert called(request).signature["membre"] == {"N": "46#al1", "G": 4}


def test_the_answer_is_kept_as_it_was_sent_when_asked_for() -> None:
    """Typed values and all."""
    session = signed_in(given=options(keep_raw=True))
    page, _ = play(marks(session, PUPIL, T1), [answered("DernieresNotes", MARKS)])
    assert page.raw == MARKS


def test_strict_mode_refuses_what_cannot_be_read() -> None:
    """Naming the place."""
    session = signed_in(given=options(strict=True))
    with pytest.raises(UnexpectedShape, match=r"DernieresNotes\.listeDevoirs\.0"):
        play(marks(session, PUPIL, T1), [answered("DernieresNotes", {"listeDevoirs": [7]})])
