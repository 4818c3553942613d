"""What an id stands for, if it stands for what it should."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.pronote.call import Trouble
from schoolsync.sandbox.pronote.things import expired, thing_called
from tests.sandbox.pronote.asking import Asker


def test_a_thing_is_named_without_its_kind(college: SandboxCollege) -> None:
    """Also where several kinds would do, and where the name has a colon."""
    asker = Asker(college)
    given = {"N": asker.ids.of(105, "period:Trimestre 1: suite"), "L": "whatever"}
    assert thing_called(asker.call(), given, "pupil", "period") == "Trimestre 1: suite"


@pytest.mark.parametrize("given", [None, {}, {"N": 0}, {"N": "105#unknown"}, "105#unknown", [], {"N": None}])
def test_what_means_nothing_has_expired(college: SandboxCollege, given: object) -> None:
    """An id of another session, or none at all."""
    with pytest.raises(Trouble) as caught:
        thing_called(Asker(college).call(), given, "period")
    assert caught.value.number == expired().number == 22


def test_something_of_another_kind_has_expired_too(college: SandboxCollege) -> None:
    """Nobody may pass a pupil off as a period."""
    asker = Asker(college)
    with pytest.raises(Trouble) as caught:
        thing_called(asker.call(), asker.pupil("e1"), "period")
    assert caught.value.number == 22
