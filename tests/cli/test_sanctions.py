"""`schoolsync sanctions`."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.cli.render import Look
from schoolsync.cli.sanctions import SANCTIONS, STATES
from schoolsync.model import Sanction, SanctionStatus
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.test_render import shown

LOOK = Look(dt.date(2026, 3, 11), 100)


@pytest.fixture
def sanctions(school: SandboxSchool) -> tuple[Sanction, ...]:
    """Alex's."""
    return school.sanctions(school.pupils[0])


def drawn(*sanctions: Sanction) -> list[str]:
    """Lines on paper, without the head."""
    return shown(SANCTIONS.draw(sanctions, LOOK), 100).splitlines()[2:]


def test_every_state_has_a_word(sanctions: tuple[Sanction, ...]) -> None:
    """None is left out, and each stands at the end of its line."""
    assert set(STATES) == set(SanctionStatus)
    for status in SanctionStatus:
        (line,) = drawn(sanctions[0].model_copy(update={"status": status}))
        assert line.endswith(STATES[status][0])


def test_when_where_and_what_for(sanctions: tuple[Sanction, ...]) -> None:
    """All in a line."""
    dated = next(one for one in sanctions if one.start and one.start.date() == dt.date(2026, 3, 13))
    (line,) = drawn(dated)
    for words in ("Fri 13 Mar 15:15", "Detention, 30 min", "Homework not handed in", "Room 12", "to come"):
        assert words in line


def test_whole_days_have_no_time(sanctions: tuple[Sanction, ...]) -> None:
    """A measure that begins at midnight begins on a day."""
    dated = next(one for one in sanctions if one.start and one.start.date() == dt.date(2026, 3, 13))
    assert dated.start
    (line,) = drawn(dated.model_copy(update={"start": dated.start.replace(hour=0, minute=0)}))
    assert line.startswith("Fri 13 Mar  ")
    assert "00:00" not in line


def test_what_the_school_does_not_say_stays_empty(sanctions: tuple[Sanction, ...]) -> None:
    """No day, no reason, no place; or only the day on which it was given."""
    bare = next(one for one in sanctions if one.start is None and one.reason is None)
    assert drawn(bare)[0].split() == ["–", "Detention", "to", "come"]
    given = bare.model_copy(update={"given_on": dt.date(2026, 3, 2)})
    assert drawn(given)[0].startswith("Mon 2 Mar  Detention")
