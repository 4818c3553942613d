"""Everything that a peer can read, with what the school says to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.people import ParentAccount
from tests.peers.expected import (
    activity,
    answers,
    attendance,
    conduct,
    homework,
    lessons,
    office,
    people,
)
from tests.peers.expected.activity import Window
from tests.peers.scenes import Scene

__all__ = ["ACTIONS", "INNER", "Reading", "of_both", "of_family", "of_student"]

ACTIONS = {"change_password", "purchase_reward", "select_pupil"}
"""Methods that do something; test_actions.py is about them."""
INNER = {"get_new_session_id", "login", "make_authed_request"}
"""Methods that the others are made of; the sequences of requests are theirs."""
DAY = dt.timedelta(days=1)
MONTH = 31 * DAY


@attrs.frozen
class Reading:
    """One call and its answer. Names are those of the Python peer, options those of the server."""

    method: str
    """`get_lessons`."""
    expected: Any
    """What the school says."""
    options: Mapping[str, str] | None = None
    """`date`, `from`, `to`, `last_id`, `display_date`, `date_of_birth`."""

    def __str__(self) -> str:
        """The call, for messages."""
        return f"{self.method}({dict(self.options) if self.options else ''})"


def of_family(scene: Scene, parent: ParentAccount) -> Iterator[Reading]:
    """What only a parent reads."""
    desks = [scene.school.desk(number) for number in parent.pupil_ids]
    yield Reading("get_pupils", [people.pupil(desk, scene.today) for desk in desks])
    yield Reading("get_student_info", people.parent_info(parent))


def of_student(scene: Scene, desk: Desk) -> Iterator[Reading]:
    """What only a student reads."""
    yield Reading("get_student_info", people.student_info(desk, scene.today))
    is_open = desk.file.features["rewards"]
    yield Reading("get_rewards", office.rewards(desk) if is_open else answers.answer([]))
    born = {"date_of_birth": f"{desk.file.born_on}"}
    yield Reading("get_student_code", office.student_code(desk), born)


def of_both(scene: Scene, desk: Desk) -> Iterator[Reading]:
    """What parents and students read alike, about one pupil."""
    yield from _timetable(scene, desk)
    yield from _homework(scene, desk)
    yield from _behaviour(scene, desk)
    yield Reading("get_badges", conduct.badges(desk))
    yield Reading("get_announcements", office.announcements(desk, scene))
    is_open = desk.file.features["detentions"]
    yield Reading("get_detentions", conduct.detentions(desk) if is_open else answers.answer([]))
    yield Reading("get_pupil_fields", office.pupil_fields(desk))
    yield from _attendance(scene, desk)


def _timetable(scene: Scene, desk: Desk) -> Iterator[Reading]:
    """Two weeks around the day: both of the pattern, and both sides of a change of the clocks."""
    monday = scene.today - scene.today.weekday() * DAY
    for number in range(14):
        day = monday + number * DAY
        yield Reading("get_lessons", lessons.lessons(desk, day), {"date": f"{day}"})


def _homework(scene: Scene, desk: Desk) -> Iterator[Reading]:
    today = scene.today
    yield Reading("get_homeworks", homework.homeworks(desk, today, scene))
    days = (today - 7 * DAY, today + 3 * DAY)
    between = {"from": f"{days[0]}", "to": f"{days[1]}"}
    for display in ("due_date", "issue_date"):
        expected = homework.homeworks(desk, today, scene, display=display, days=days)
        yield Reading("get_homeworks", expected, {"display_date": display, **between})


def _behaviour(scene: Scene, desk: Desk) -> Iterator[Reading]:
    today = scene.today
    usual = Window(today - MONTH, today, "week")
    yield Reading("get_activity", activity.activity(desk, usual))
    yield Reading("get_behaviour", activity.behaviour(desk, usual))
    whole = Window(today - 200 * DAY, today, "month")
    yield Reading("get_full_activity", activity.full_activity(desk, whole), _days(whole))
    for window in (whole, Window(today - 41 * DAY, today, "week"), Window(today - 6 * DAY, today, "day")):
        yield Reading("get_behaviour", activity.behaviour(desk, window), _days(window))
        yield Reading("get_activity", activity.activity(desk, window), _days(window))
    last = [row.id for row in whole.rows(desk)][49:50]
    for number in last:
        expected = activity.activity(desk, whole, after=number)
        yield Reading("get_activity", expected, {**_days(whole), "last_id": f"{number}"})


def _attendance(scene: Scene, desk: Desk) -> Iterator[Reading]:
    today = scene.today
    year = Window(desk.calendar.year_start, today, "month")
    yield Reading("get_attendance", attendance.attendance(desk, year), _days(year))
    usual = Window(today - MONTH, today, "week")
    yield Reading("get_attendance", attendance.attendance(desk, usual))
    nothing = Window(today + DAY, today + 2 * DAY, "day")
    yield Reading("get_attendance", attendance.attendance(desk, nothing), _days(nothing))


def _days(window: Window) -> dict[str, str]:
    return {"from": f"{window.first}", "to": f"{window.last}"}
