"""Both nights on which the clocks change, with every moment written down in UTC by hand.

test_readings.py compares whole answers with the school; here nothing is computed.
"""

from __future__ import annotations

import pytest

from tests.peers.peer import Client, Peer
from tests.peers.scenes import ALEX_CARD, AUTUMN, ORDINARY, SPRING, Plan, Stage

pytestmark = pytest.mark.peer

LESSONS = [
    (SPRING, "2026-03-27", "2026-03-27T08:40:00+00:00"),
    (SPRING, "2026-03-30", "2026-03-30T08:40:00+01:00"),
    (AUTUMN, "2026-10-23", "2026-10-23T08:40:00+01:00"),
    (AUTUMN, "2026-10-26", "2026-10-26T08:40:00+00:00"),
]
ANNOUNCEMENTS = [
    (SPRING, ["2026-03-29T01:30:00+00:00", "2026-03-29T00:30:00+00:00", "2026-03-28T23:30:00+00:00"]),
    (AUTUMN, ["2026-10-25T01:30:00+00:00", "2026-10-25T00:30:00+00:00", "2026-10-24T23:30:00+00:00"]),
]
DETENTIONS = [
    (SPRING, ["2026-03-28T00:00:00+00:00", "2026-03-29T00:00:00+00:00", "2026-03-29T23:00:00+00:00"]),
    (AUTUMN, ["2026-10-23T23:00:00+00:00", "2026-10-24T23:00:00+00:00", "2026-10-26T00:00:00+00:00"]),
]
ACTIVITY = [
    (SPRING, ["2026-03-29 03:30:00", "2026-03-29 00:30:00", "2026-03-28 23:30:00"]),
    (AUTUMN, ["2026-10-25 03:30:00", "2026-10-25 00:30:00", "2026-10-24 23:30:00"]),
]


def _named(plan: object) -> str | None:
    return plan.name if isinstance(plan, Plan) else None


@pytest.mark.parametrize(("plan", "day", "start"), LESSONS, ids=_named)
def test_the_first_lesson_begins_at_twenty_to_nine(
    peer: Peer, stage: Stage, plan: Plan, day: str, start: str
) -> None:
    """On the last school day before the change and on the first one after it."""
    scene = stage.play(plan)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        said = client.call("get_lessons", {"date": day})
        assert said["data"][0]["start_time"] == start
        assert said["meta"]["start_time"] == start


@pytest.mark.parametrize("number", [0, 1], ids=["clocks forward", "clocks back"])
def test_moments_of_the_night(peer: Peer, stage: Stage, number: int) -> None:
    """Announcements and days of detentions in UTC; activity by the clock on the wall."""
    plan = ANNOUNCEMENTS[number][0]
    scene = stage.play(plan)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        assert _said(client, "get_announcements", "timestamp", "id", 130_000) == ANNOUNCEMENTS[number][1]
        assert _said(client, "get_detentions", "date", "id", 661_000) == DETENTIONS[number][1]
        assert _said(client, "get_activity", "timestamp", "id", 881_000_000) == ACTIVITY[number][1]


def _said(client: Client, method: str, key: str, number: str, base: int) -> list[str]:
    """What *key* says in the rows that the night added."""
    rows = client.call(method)["data"]
    return [row[key] for row in rows if 0 <= row[number] - base < 3]


def test_an_ordinary_day_has_no_such_rows(peer: Peer, stage: Stage) -> None:
    """So the ones above are those of the night."""
    scene = stage.play(ORDINARY)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        assert _said(client, "get_announcements", "timestamp", "id", 130_000) == []
