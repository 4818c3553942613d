"""Whatever the pages of a portal say, what is sent stays within its row; for every row there is."""

from __future__ import annotations

import random
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsync.ent import directory
from schoolsync.ent.portal import Arrival, Portal, State
from schoolsync.errors import SchoolSyncError
from tests.ent.mazes import Drawn, Maze, Seeded, faults, walked

LIVING: Final = [row for row in directory.BUILT_IN if row.state is not State.DEAD]
KINDS: Final = {row.family.kind: row for row in LIVING}
"""A row of each family."""
WALKS: Final = 12
"""Through each row."""


def tried(row: Portal, seed: int) -> tuple[Maze, Arrival | SchoolSyncError]:
    """A walk through a maze that is the same every time."""
    chance = random.Random(f"{row.name} {seed}")
    maze = Maze(row, Seeded(chance.choice))
    profiles = sorted(row.family.profiles)
    return maze, walked(maze, chance.choice(profiles))


@pytest.mark.parametrize("row", LIVING, ids=[row.name for row in LIVING])
def test_every_row_keeps_to_itself(row: Portal) -> None:
    """Hosts, passwords, assertions, cookies, and what is shown of them."""
    for seed in range(WALKS):
        maze, ended = tried(row, seed)
        assert faults(maze, ended) == []


@settings(max_examples=150)
@given(st.data())
def test_every_family_keeps_to_itself(data: st.DataObject) -> None:
    """As above, with a search for the simplest maze in which it does not."""
    chance = Drawn(data.draw, st.sampled_from)
    row = KINDS[chance.one_of(sorted(KINDS))]
    maze = Maze(row, chance)
    ended = walked(maze, chance.one_of(sorted(row.family.profiles)))
    assert faults(maze, ended) == []


def test_the_mazes_lead_far_enough() -> None:
    """To many forms, to echoes and to many kinds of ends: else the tests above would show nothing."""
    ways = [tried(row, seed) for row in KINDS.values() for seed in range(60)]
    proved = {maze.portal.family.kind for maze, _ in ways if maze.is_told}
    assert proved == set(KINDS)
    after = [maze for maze, _ in ways if maze.is_told and len(maze.sent) > 6]
    assert len(after) > 20
    ends = {type(ended).__name__ for _, ended in ways}
    assert {"Arrival", "LostOnTheWay", "WrongCredentials", "ActionRequired", "InstanceClosed"} <= ends
