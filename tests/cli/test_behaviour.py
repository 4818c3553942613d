"""`schoolsync behaviour`."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.cli.behaviour import BEHAVIOUR, COLOURS
from schoolsync.cli.render import Look
from schoolsync.model import BehaviourEvent, Polarity
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.test_render import shown

LOOK = Look(dt.date(2026, 3, 11), 100)


@pytest.fixture
def event(school: SandboxSchool) -> BehaviourEvent:
    """The newest of Alex's."""
    return school.behaviour_events(school.pupils[0])[0]


def test_every_direction_has_a_colour() -> None:
    """None is left out."""
    assert set(COLOURS) == set(Polarity)


@pytest.mark.parametrize(("points", "text"), [(3, "+3"), (-1, "-1"), (0, ""), (None, "")])
def test_points_have_a_sign(event: BehaviourEvent, points: int | None, text: str) -> None:
    """And no points are no text: what was seen is still there."""
    seen = event.model_copy(update={"points": points, "reason": "Singing"})
    other = event.model_copy(update={"points": 5, "reason": "Reading"})
    line = shown(BEHAVIOUR.draw([seen, other], LOOK), 100).splitlines()[2]
    assert line[10:].partition("Singing")[0].strip() == text
    assert "Singing" in line


def test_where_no_points_are_given_there_is_no_column(event: BehaviourEvent) -> None:
    """As on PRONOTE."""
    remark = event.model_copy(update={"points": None})
    assert "Points" not in shown(BEHAVIOUR.draw([remark], LOOK), 100)
    assert "Points" in shown(BEHAVIOUR.draw([remark, event.model_copy(update={"points": 1})], LOOK), 100)
