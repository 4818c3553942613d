"""A period as the calls take it."""

from __future__ import annotations

from schoolsync.providers.pronote.calls.periods import encode_period
from tests.providers.pronote.reading import WHOLE


def test_every_period_is_asked_for_as_a_graded_one() -> None:
    """Whatever kind the year gives it."""
    assert encode_period(WHOLE) == {"N": "11#y", "L": "Année continue", "G": 2}
