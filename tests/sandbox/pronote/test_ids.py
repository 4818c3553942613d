"""Ids: good in one session, and for one thing."""

from __future__ import annotations

import re

import pytest

from schoolsync.sandbox.pronote.ids import Ids


def test_an_id_stands_for_a_thing() -> None:
    """The same each time; the number in front belongs to it."""
    ids = Ids(b"one")
    given = ids.of(46, "pupil:e1")
    assert re.fullmatch(r"46#[\w-]{24}", given)
    assert given == ids.of(46, "pupil:e1")
    assert ids.thing(given) == "pupil:e1"
    assert ids.of(46, "pupil:e2") != given != ids.of(47, "pupil:e1")


def test_another_session_has_other_ids() -> None:
    """And does not know these."""
    one, two = Ids(b"one"), Ids(b"two")
    given = one.of(46, "pupil:e1")
    assert two.of(46, "pupil:e1") != given
    assert two.thing(given) is None


@pytest.mark.parametrize("given", [None, 0, "0", "", [], "46#"])
def test_what_is_no_id(given: object) -> None:
    """Stands for nothing."""
    assert Ids(b"one").thing(given) is None


def test_the_salt_is_not_shown() -> None:
    """Nor are the things."""
    ids = Ids(b"secret salt")
    ids.of(46, "pupil:e1")
    assert repr(ids) == "Ids()"
