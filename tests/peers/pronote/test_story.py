"""Things happen while somebody is signed in, and pronotepy notices all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from tests.peers.comparison import Comparison
from tests.peers.pronote.comparing import compare
from tests.peers.pronote.expected import lessons, marks, office
from tests.peers.pronote.expected.about import About
from tests.peers.pronote.readings import Reading
from tests.peers.pronote.scenes import BOTH, LOUISON, Scene, Stage

pytestmark = pytest.mark.peer

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
STEP = dt.timedelta(minutes=9)
"""Less than the server waits before it forgets a session."""


def _about(scene: Scene, client: Any) -> About:
    return About(scene, scene.account(LOUISON), scene.desks(LOUISON)[0], scene.things(client))


def _readings(about: About) -> Iterator[Reading]:
    """What the story is about."""
    year = about.desk.year
    monday = year.calendar.monday
    week = lessons.lessons(about, monday, monday + 6 * DAY)
    yield Reading("lessons", week, (monday, monday + WEEK), lessons.lesson_order)
    yield Reading("homework", lessons.homework(about, monday), (monday,), lessons.homework_order)
    yield Reading("periods", [marks.period(about, term) for term in year.periods(about.scene.today)])
    yield Reading("information_and_surveys", office.news(about))


def _facts(client: Any, today: dt.date) -> dict[str, Any]:
    """The few things that change."""
    term = client.current_period
    return {
        "away": [one.num for one in client.lessons(today + DAY) if one.status == "Prof. absent"],
        "marks": [one.comment for one in term.grades],
        "average": term.overall_average,
        "homework": [one.description for one in client.homework(today)],
        "news": [one.title for one in client.information_and_surveys(only_unread=True)],
    }


def _wait(scene: Scene, client: Any, clock: str) -> None:
    """It becomes *clock* of the same day, and the session lives."""
    until = dt.datetime.combine(scene.today, dt.time.fromisoformat(clock), scene.clock.now().tzinfo)
    while scene.clock.now() < until:
        scene.clock.advance(min(STEP, until - scene.clock.now()))
        assert client.session_check() is False


def test_a_school_day_is_followed(stage: Stage) -> None:
    """A lesson is cancelled, a mark given, homework set, news published; each at its time, and no sooner."""
    scene = stage.play(BOTH)
    with scene.client(LOUISON) as client:
        before = _facts(client, scene.today)
        _wait(scene, client, "08:19")
        assert _facts(client, scene.today) == before
        _wait(scene, client, "08:20")
        cancelled = _facts(client, scene.today)
        assert len(cancelled["away"]) == 1
        assert cancelled == {**before, "away": cancelled["away"]}
        _wait(scene, client, "12:05")
        after = _facts(client, scene.today)
        assert sorted({*after["marks"]} - {*before["marks"]}) == ["Interrogation surprise"]
        assert after["average"] != before["average"]
        assert [one for one in after["homework"] if one not in before["homework"]] == ["Apporter un caillou."]
        assert after["news"] == ["Fermeture à midi", *before["news"]]
        compare(Comparison(), LOUISON, client, _readings(_about(scene, client)))
