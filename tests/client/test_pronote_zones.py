"""Schools overseas: the same clock on the wall, in the right zone; and whose today it is."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync import pronote
from schoolsync.errors import BadArgument
from schoolsync.model import Lesson
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.faults import Retype
from schoolsync.sandbox.pronote.generations import GENERATIONS
from tests.client.pronote_turns import HOST, STUDENT, WEEK, Turns

PARIS = ZoneInfo("Europe/Paris")
OVERSEAS = ("Pacific/Noumea", "America/Martinique", "Indian/Reunion", "America/Cayenne", "Pacific/Tahiti")


def at(moment: str, version: str = "2026.2.5.6") -> Turns:
    """The collège when it is *moment* in Paris."""
    return Turns("sync", version, HandClock(dt.datetime.fromisoformat(moment).replace(tzinfo=PARIS)))


def client(turns: Turns, **options: Any) -> Any:
    """A pupil's client, signed in."""
    given: dict[str, Any] = {"http_client": turns.mount, "clock": turns.clock} | options
    return pronote.login(f"https://{HOST}/pronote", *STUDENT, **given)


def on_the_wall(lessons: list[Lesson]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Begin and end as a clock at the school shows them."""
    return [(one.start.replace(tzinfo=None), one.end.replace(tzinfo=None)) for one in lessons]


@pytest.mark.parametrize("zone", OVERSEAS)
def test_times_are_those_on_the_wall_in_the_schools_zone(zone: str) -> None:
    """Of every reading with times; only the offset is another one."""
    turns = at("2026-03-11 09:00")
    at_home, overseas = client(turns), client(turns, timezone=zone)
    assert overseas.school.timezone == zone
    lessons = overseas.get_lessons(*WEEK)
    assert on_the_wall(lessons) == on_the_wall(at_home.get_lessons(*WEEK))
    assert {one.start.tzinfo for one in lessons} == {ZoneInfo(zone)}
    ever = ("2025-09-01", "2026-08-31")
    moments = [
        *(one.start for one in overseas.get_lesson_contents(*ever)),
        *(one.published_at for one in overseas.get_announcements()),
        *(one.at for one in overseas.get_behaviour_events(*ever)),
        *(one.shared_at for one in overseas.get_files()),
        *(one.start for one in overseas.get_absences(*ever) if one.start),
        *(one.sent_at for thread in overseas.get_discussions() for one in overseas.get_messages(thread)),
    ]
    assert len(moments) > 40
    assert {one.tzinfo for one in moments} == {ZoneInfo(zone)}


@pytest.mark.parametrize("version", [one.label for one in GENERATIONS])
def test_a_server_in_new_caledonia_says_so(version: str) -> None:
    """Nobody has to name the zone; whoever does is believed."""
    turns = at("2026-03-11 09:00", version)
    content = "dataSec.data" if turns.server.generation.has_new_names else "donneesSec.donnees"
    content = "donneesSec.data" if version == "2024.3.9" else content
    turns.server.faults.add(Retype(f"{content}.pourNouvelleCaledonie", True), "*/FonctionParametres", times=2)
    told, named = client(turns), client(turns, timezone="Pacific/Wallis")
    assert told.school.timezone == "Pacific/Noumea"
    assert named.school.timezone == "Pacific/Wallis"
    lesson = told.get_lessons(*WEEK)[0]
    assert lesson.start.utcoffset() == dt.timedelta(hours=11)
    assert lesson.start.tzinfo == ZoneInfo("Pacific/Noumea")


@pytest.mark.parametrize(
    ("zone", "today"),
    [
        ("Europe/Paris", dt.date(2026, 3, 11)),
        ("Indian/Reunion", dt.date(2026, 3, 12)),
        ("Pacific/Noumea", dt.date(2026, 3, 12)),
        ("America/Martinique", dt.date(2026, 3, 11)),
    ],
)
def test_today_is_the_schools(zone: str, today: dt.date) -> None:
    """At half past nine in the evening in Paris the next day has begun in the east."""
    turns = at("2026-03-11 21:30")
    school = client(turns, timezone=zone)
    assert {one.start.date() for one in school.get_lessons()} == {today}
    assert {one.day for one in school.get_menus()} <= {today}
    assert min(one.due for one in school.get_homeworks()) >= today
    due = [one.due for one in school.get_homeworks("2026-03-11", "2026-03-12")]
    assert len([day for day in due if day >= today]) == len(
        [one for one in school.get_homeworks() if one.due <= dt.date(2026, 3, 12)]
    )


@pytest.mark.parametrize(
    ("moment", "zone", "term"),
    [
        ("2026-03-01 20:00", "Europe/Paris", "Trimestre 2"),
        ("2026-03-01 20:00", "Pacific/Noumea", "Trimestre 3"),
        ("2026-03-02 03:00", "Europe/Paris", "Trimestre 3"),
        ("2026-03-02 03:00", "America/Martinique", "Trimestre 2"),
    ],
)
def test_the_current_period_is_the_schools(moment: str, zone: str, term: str) -> None:
    """The third term begins on the second of March, at each school's own midnight."""
    periods = client(at(moment), timezone=zone).get_periods()
    assert [one.name for one in periods if one.is_current and one.name.startswith("Trimestre")] == [term]


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Martinique"])
def test_the_clock_changes_where_it_does(zone: str) -> None:
    """Lessons at eight stay at eight; in Paris, and in the Antilles, where nothing changes."""
    turns = at("2026-03-27 09:00")
    lessons = client(turns, timezone=zone).get_lessons("2026-03-23", "2026-04-03")
    offsets = {one.start.utcoffset() for one in lessons}
    assert len(offsets) == (2 if zone == "Europe/Paris" else 1)
    assert dt.time(8) in {one.start.time() for one in lessons}
    assert all(one.start < one.end for one in lessons)


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../../etc/passwd", "Paris"])
def test_a_zone_that_there_is_not_is_refused(zone: str) -> None:
    """Before anything is sent."""
    turns = at("2026-03-11 09:00")
    with pytest.raises(BadArgument) as caught:
        client(turns, timezone=zone)
    assert (caught.value.argument, turns.asked) == ("timezone", [])
