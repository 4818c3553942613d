"""Everything that our own client reads in neutral terms, and what the school says to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from schoolsync.classcharts import AsyncParentClient, AsyncStudentClient, ParentClient, StudentClient
from schoolsync.errors import Unavailable
from schoolsync.model import (
    Absence,
    Announcement,
    Availability,
    Badge,
    BehaviourEvent,
    Homework,
    Lesson,
    Mark,
    Pupil,
    Record,
    Rows,
    Sanction,
    School,
    by_due,
)
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.people import ParentAccount
from tests.peers.scenes import Role, Scene

__all__ = ["NOT_THERE", "READINGS", "Collected", "Reading", "collect", "collect_async", "expected_pupil"]

DAY = dt.timedelta(days=1)
YEAR = 300 * DAY
Known: TypeAlias = Rows[Any] | Availability
"""Rows, or why there are none."""
NOT_THERE = {"get_averages", "get_periods"}
"""Readings that ClassCharts does not have."""


@attrs.frozen
class Reading:
    """One reading of every school object."""

    kind: type[Record]
    """Of what."""
    expected: Callable[[Scene, Desk], Sequence[Record]]
    """What the school says to it."""
    order: Callable[[Any], Any]
    """What the rows are sorted by."""
    is_reversed: bool = True
    """Whether the newest comes first."""
    has_days: bool = True
    """Whether it takes days: then a year around the scene is asked for."""
    feature: str | None = None
    """The school's switch for it, where one of the invented pupils has it off."""

    def options(self, scene: Scene) -> dict[str, Any]:
        """The days to ask for."""
        today = scene.today
        if self.kind is Lesson:
            monday = today - today.weekday() * DAY
            return {"from_": monday, "to": monday + 13 * DAY}
        return {"from_": today - YEAR, "to": today + YEAR} if self.has_days else {}


def _lessons(scene: Scene, desk: Desk) -> Sequence[Lesson]:
    monday = scene.today - scene.today.weekday() * DAY
    days = (monday + number * DAY for number in range(14))
    return [lesson for day in days for lesson in scene.school.lessons(desk.pupil, day)]


def _mark_day(mark: Mark) -> dt.date:
    due = mark.extras.get("classcharts.due_date")
    return mark.given_on or dt.date.fromisoformat(str(due))


READINGS: Mapping[str, Reading] = {
    "get_lessons": Reading(Lesson, _lessons, lambda one: one.start, is_reversed=False),
    "get_homeworks": Reading(
        Homework,
        lambda scene, desk: scene.school.homeworks(desk.pupil),
        lambda one: by_due(one)[:2],
        is_reversed=False,
    ),
    "get_marks": Reading(Mark, lambda scene, desk: scene.school.marks(desk.pupil), _mark_day),
    "get_absences": Reading(
        Absence, lambda scene, desk: scene.school.absences(desk.pupil), lambda one: one.day
    ),
    "get_announcements": Reading(
        Announcement,
        lambda scene, desk: scene.school.announcements(desk.pupil),
        lambda one: one.published_at.timestamp(),
    ),
    "get_badges": Reading(
        Badge,
        lambda scene, desk: scene.school.badges(desk.pupil),
        lambda one: one.awarded_at,
        has_days=False,
    ),
    "get_sanctions": Reading(
        Sanction,
        lambda scene, desk: scene.school.sanctions(desk.pupil),
        lambda one: (one.start is not None, one.start),
        feature="detentions",
    ),
    "get_behaviour_events": Reading(
        BehaviourEvent, lambda scene, desk: scene.school.behaviour_events(desk.pupil), lambda one: one.at
    ),
}
"""Method → what it must give."""


def expected_pupil(desk: Desk, role: Role, scene: Scene) -> Pupil:
    """What the client of that role knows of a pupil; students are not told their school's name."""
    known = desk.pupil.school
    school = School(
        name=known.name if role == "parent" else "",
        timezone=known.timezone,
        country=known.country,
        provider=known.provider,
        url=scene.url,
    )
    return desk.pupil.model_copy(update={"school": school})


# -- reading ------------------------------------------------------------------------


@attrs.frozen
class Collected:
    """What a client gave."""

    pupils: tuple[Pupil, ...]
    """The pupils of the account."""
    readings: Mapping[str, Mapping[str, Known]]
    """Number of a pupil → method → what it gave."""


def collect(scene: Scene, who: ParentAccount | Desk) -> Collected:
    """Everything that the blocking client of *who* reads, about every pupil."""
    with _client(scene, who) as client:
        readings = {
            pupil.provider_id or "": {name: _read(client, name, pupil, scene) for name in READINGS}
            for pupil in client.pupils
        }
        return Collected(client.pupils, readings)


def _read(client: ParentClient | StudentClient, name: str, pupil: Pupil, scene: Scene) -> Known:
    try:
        rows: Rows[Any] = getattr(client, name)(**READINGS[name].options(scene), pupil=pupil)
    except Unavailable as error:
        return error.reason
    return rows


async def collect_async(scene: Scene, who: ParentAccount | Desk) -> Collected:
    """The same with the awaiting client."""
    async with _async_client(scene, who) as client:
        readings = {
            pupil.provider_id or "": {
                name: await _read_async(client, name, pupil, scene) for name in READINGS
            }
            for pupil in client.pupils
        }
        return Collected(client.pupils, readings)


async def _read_async(
    client: AsyncParentClient | AsyncStudentClient, name: str, pupil: Pupil, scene: Scene
) -> Known:
    try:
        rows: Rows[Any] = await getattr(client, name)(**READINGS[name].options(scene), pupil=pupil)
    except Unavailable as error:
        return error.reason
    return rows


def _client(scene: Scene, who: ParentAccount | Desk) -> ParentClient | StudentClient:
    if isinstance(who, ParentAccount):
        return ParentClient(who.email, who.password, base_url=scene.url, clock=scene.clock)
    code, born = who.file.access_code, who.file.born_on
    return StudentClient(code, born, base_url=scene.url, clock=scene.clock)


def _async_client(scene: Scene, who: ParentAccount | Desk) -> AsyncParentClient | AsyncStudentClient:
    if isinstance(who, ParentAccount):
        return AsyncParentClient(who.email, who.password, base_url=scene.url, clock=scene.clock)
    code, born = who.file.access_code, who.file.born_on
    return AsyncStudentClient(code, born, base_url=scene.url, clock=scene.clock)
