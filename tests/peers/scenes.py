"""Days at the invented school, served on loopback, with every request written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import attrs

from schoolsync.flow.http import Request, Response
from schoolsync.sandbox.classcharts import ClassChartsServer
from schoolsync.sandbox.classcharts.shapes import Mode, Shapes
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.conduct import activity_row, award, detention_slip, renumbered
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.faults import Outcome
from schoolsync.sandbox.office import announcement_sheet
from schoolsync.sandbox.people import ParentAccount
from schoolsync.sandbox.school import SandboxSchool, make_school
from schoolsync.sandbox.serve import serve

__all__ = [
    "ALEX",
    "ALEX_CARD",
    "AUTUMN",
    "ORDINARY",
    "ROBIN",
    "ROLES",
    "SAM",
    "SPRING",
    "Plan",
    "Role",
    "Scene",
    "Stage",
    "opened",
]

LONDON = ZoneInfo("Europe/London")
DAY = dt.timedelta(days=1)
ALEX, SAM = "5000001", "5000002"
ROBIN = ("robin@example.test", "s3cret&+")
"""How the parent of both signs in."""
ALEX_CARD = ("zztest0001", "14/03/2011")
"""How Alex signs in: with a code, whatever its case, and a date of birth."""
ROWS_OF_ALEX = 120
MAX_HOPS = 3
Role = Literal["parent", "student"]
ROLES: tuple[Role, ...] = ("parent", "student")


@attrs.frozen
class Plan:
    """When a scene plays, and who is in it."""

    name: str
    """For messages."""
    now: dt.datetime
    """The moment; its clock moves by hand."""
    families: tuple[str, ...] = ("Example",)
    """Which families sign in."""
    changes_clocks: bool = False
    """Whether the clocks go forward or back on that day."""


ORDINARY = Plan(
    "an ordinary Monday", dt.datetime(2026, 3, 9, 15, 30, tzinfo=LONDON), ("Example", "Placeholder")
)
SPRING = Plan("clocks forward", dt.datetime(2026, 3, 29, 12, tzinfo=LONDON), changes_clocks=True)
AUTUMN = Plan("clocks back", dt.datetime(2026, 10, 25, 12, tzinfo=LONDON), changes_clocks=True)


@attrs.frozen
class Seen:
    """A request that arrived."""

    method: str
    """`GET` or `POST`."""
    path: str
    """The path, without query."""
    session_id: str = attrs.field(repr=False)
    """The id that came with it; empty if none did."""


@attrs.frozen
class Watched:
    """A server that writes down what arrives, with the session id, which the real one does not."""

    server: ClassChartsServer
    """Who answers."""
    seen: list[Seen] = attrs.field(factory=list)
    """What arrived, oldest first."""

    @property
    def clock(self) -> HandClock:
        """The server's time."""
        assert isinstance(self.server.clock, HandClock)
        return self.server.clock

    def handle(self, request: Request) -> Outcome:
        """What the server makes of it."""
        said = dict(request.headers).get("authorization", "")
        self.seen.append(Seen(request.method, urlsplit(request.url).path, said.removeprefix("Basic ")))
        return self.server.handle(request)


@attrs.frozen
class Scene:
    """A served school at a moment."""

    plan: Plan
    """What is played."""
    watched: Watched
    """The server and what it saw."""
    url: str
    """Where it is."""

    @property
    def school(self) -> SandboxSchool:
        """The school behind the server."""
        return self.watched.server.school

    @property
    def clock(self) -> HandClock:
        """The time, for school and peers."""
        return self.watched.clock

    @property
    def today(self) -> dt.date:
        """The day at the school."""
        return self.clock.now().astimezone(LONDON).date()

    @property
    def desks(self) -> tuple[Desk, ...]:
        """The desks of the pupils who take part."""
        homes = [one for one in self.school.households if one.name in self.plan.families]
        return tuple(self.school.desk(file.id) for home in homes for file in home.pupils)

    @property
    def parents(self) -> tuple[ParentAccount, ...]:
        """The parents who take part."""
        homes = [one for one in self.school.households if one.name in self.plan.families]
        return tuple(parent for home in homes for parent in home.parents)

    def requests(self) -> list[str]:
        """What arrived since the last time this was asked: `POST /parent/login`."""
        seen = [f"{one.method} {one.path}" for one in self.watched.seen]
        self.watched.seen.clear()
        return seen

    def fetch(self, url: str) -> bytes:
        """What is at *url* for whoever asked last, at the end of its redirects; nothing if it is refused."""
        answer = self._get(url)
        for _ in range(MAX_HOPS):
            if answer.location is None:
                break
            answer = self._get(answer.location)
        return answer.body if answer.status == HTTPStatus.OK else b""

    def target(self, url: str) -> str | None:
        """Where *url* redirects whoever asked last, if it does."""
        return self._get(url).location

    def _get(self, url: str) -> Response:
        """The answer for whoever asked last; only the web host is told who that is."""
        is_web = url.startswith(f"{self.url}/redirect")
        headers = {"authorization": f"Basic {self.watched.seen[-1].session_id}"} if is_web else {}
        return self.watched.server.answer(Request("GET", url, headers))


@attrs.define
class Stage:
    """A place on loopback where one scene after the other plays, because opening one takes its time."""

    url: str = ""
    """Where it is."""
    _watched: Watched | None = None

    @property
    def clock(self) -> HandClock:
        """The time of the scene that plays."""
        return self._playing.clock

    def handle(self, request: Request) -> Outcome:
        """What the server of the scene that plays makes of it."""
        return self._playing.handle(request)

    @property
    def _playing(self) -> Watched:
        assert self._watched is not None
        return self._watched

    def play(self, plan: Plan, *, mode: Mode = "lenient", shapes: Shapes | None = None) -> Scene:
        """A scene whose story has been told; no more happens in it, and the one before is over.

        Alex has exactly 120 rows of activity, and a lesson with notes.
        """
        school = make_school(today=plan.now.date())
        school.catch_up(plan.now)
        for desk in school.desks.values():
            _take_notes(school, desk)
            if plan.changes_clocks:
                _fill_the_night(desk, plan.now.date())
        alex = school.desk(ALEX)
        alex.activity = sorted(alex.activity, key=lambda row: (row.record.at, row.id))[-ROWS_OF_ALEX:]
        clock = HandClock(plan.now)
        server = ClassChartsServer(school, clock=clock, mode=mode, shapes=shapes or Shapes())
        self._watched = Watched(server)
        return Scene(plan, self._watched, self.url)


@contextmanager
def opened() -> Iterator[Stage]:
    """A stage that is served until the block ends."""
    stage = Stage()
    with serve(stage) as place:
        stage.url = place.url
        yield stage


def _take_notes(school: SandboxSchool, desk: Desk) -> None:
    """The teacher wrote to the first lesson of the next school day, and so did the pupil."""
    lesson = next(one for one in desk.lessons(desk.calendar.school_day(1)) if one.subject)
    notes = {
        "note": "Ruler & pen\nfor <all>, and the map of the castle that never stood",
        "own_note": "Mine is blue, but I cannot find it; so I shall bring the green one",
    }
    school.replace_lesson(lesson, lesson.model_copy(update=notes), desk.pupil)


def _fill_the_night(desk: Desk, sunday: dt.date) -> None:
    """Something happened on both sides of the hour at which the clocks changed, and will on that day."""
    pupil, designed = desk.pupil, dt.datetime.combine(sunday - DAY, dt.time(9), LONDON)
    badge: dict[str, Any] = {"teacher": "Ms D Sample", "icon": "owl", "designed_on": designed}
    for number, moment in enumerate(_around_the_change(sunday)):
        sheet = announcement_sheet(pupil, 130_000 + number, moment, "The clocks", author="Dr A Specimen")
        desk.announcements.append(sheet)
    for number, moment in enumerate(_that_night(sunday)):
        desk.activity.append(activity_row(pupil, 881_000_000 + number, moment, "Awake", lesson="9X"))
        new = award(pupil, 3309, moment, "Owl", reason="Awake", **badge)
        desk.awards = renumbered([*desk.awards, new])
    for number, day in enumerate((sunday - DAY, sunday, sunday + DAY)):
        slip = detention_slip(pupil, 661_000 + number, day=day, time=dt.time(8, 5), length=20, reason="Late")
        desk.detentions.append(slip)


def _around_the_change(sunday: dt.date) -> Iterator[dt.datetime]:
    """Half an hour before and after the change, which is at one o'clock in UTC; and the evening before."""
    midnight = dt.datetime.combine(sunday, dt.time(), dt.UTC)
    for minutes in (-30, 30, 90):
        yield (midnight + dt.timedelta(minutes=minutes)).astimezone(LONDON)


def _that_night(sunday: dt.date) -> Iterator[dt.datetime]:
    """Times that the clock on the wall shows once, whichever way it was moved."""
    yield dt.datetime.combine(sunday - DAY, dt.time(23, 30), LONDON)
    for hour in (0, 3):
        yield dt.datetime.combine(sunday, dt.time(hour, 30), LONDON)
