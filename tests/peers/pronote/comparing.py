"""pronotepy's answers beside what the school says, for whoever signs in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from tests.peers.comparison import Comparison
from tests.peers.pronote.expected.about import About
from tests.peers.pronote.readings import Reading, of_account, of_parent, of_pupil
from tests.peers.pronote.scenes import Scene, Who
from tests.peers.tally import Tally

__all__ = ["compare", "compare_everything"]

PEER = "pronotepy"
SHOWN = 12
"""How many differences a failure shows."""


def compare(
    comparison: Comparison, who: Who, client: Any, readings: Iterable[Reading], tally: Tally | None = None
) -> set[str]:
    """Every reading is compared, and counted; nothing may differ. The names of what was read."""
    read = set()
    for reading in readings:
        before = comparison.values
        at = f"{who.role}: {reading.name}"
        comparison.compare(reading.shape, reading.of(client), reading.expected, at, reading.name)
        if tally:
            tally.add(PEER, who.role, reading.name, comparison.values - before)
        read.add(reading.name)
    shown = "\n".join(comparison.differences[:SHOWN])
    assert not comparison.differences, f"{len(comparison.differences)} differences:\n{shown}"
    return read


def compare_everything(
    comparison: Comparison, scene: Scene, who: Who, tally: Tally | None = None
) -> set[str]:
    """Everything that *who* reads, having been there before, is compared. The names of what was read."""
    with scene.client(who):
        last_seen = scene.clock.now()
    scene.clock.advance(dt.timedelta(minutes=3))
    with scene.client(who) as client:
        account, things = scene.account(who), scene.things(client)
        views = [About(scene, account, desk, things) for desk in scene.desks(who)]
        read = compare(comparison, who, client, of_account(views[0], who, last_seen), tally)
        if who.role == "parent":
            read |= compare(comparison, who, client, of_parent(views[0]), tally)
        has_natures = scene.server.generation.has_natures
        for view in views:
            if who.role == "parent":
                client.set_child(view.desk.pupil.name)
            read |= compare(comparison, who, client, of_pupil(view, has_natures=has_natures), tally)
    return read
