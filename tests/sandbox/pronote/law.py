"""The sandbox's first law for PRONOTE: every reading of a client beside what the college holds.

Records are compared field by field. What one side cannot know of the other is compared by its meaning:
keys of periods by the period's name, keys of other lessons by the lesson, positions for references of
files; ids of a session and the school's address not at all.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import count
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import attrs
from pydantic import BaseModel

from schoolsync import pronote
from schoolsync.errors import Unavailable
from schoolsync.model import (
    AbsenceKind,
    Attachment,
    LessonKind,
    LessonStatus,
    Message,
    Pupil,
    School,
    Subject,
)
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.staff import OFFICE
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.pronote import PronoteServer
from schoolsync.sandbox.pronote.readings.people import weekly_hours
from tests.sandbox.college.fresh import fresh_college

__all__ = ["EVER", "LOUISON", "READINGS", "Client", "World", "differences", "new_world"]

Client: TypeAlias = pronote.Client
PARIS = ZoneInfo("Europe/Paris")
EVER = (dt.date(2025, 7, 1), dt.date(2027, 10, 1))
WEEKS = dt.timedelta(weeks=2)
LOUISON = ("student", "louison.example", "Sésame-42")
NOT_COMPARED = frozenset(("key", "pupil_key", "provider_id", "raw"))
HOSTS = (f"school-{number}.example.test" for number in count())
"""A host for each server, because log-ins are counted by host."""
TERMS = ("Trimestre 1", "Trimestre 2", "Trimestre 3")
SAYS_ENDS_SINCE = (2023,)
"""Older servers leave the end of a lesson to the grid."""


@attrs.frozen
class World:
    """A college, its server, and where that is."""

    college: SandboxCollege
    server: PronoteServer
    host: str

    def client(self, account: str, username: str, password: str, **options: Any) -> Client:
        """A client of this server, in process, signed in."""
        return pronote.login(
            f"https://{self.host}/pronote/",
            username,
            password,
            account=account,
            http_client=Mount({self.host: self.server}),
            clock=self.server.clock,
            **options,
        )

    @property
    def fortnight(self) -> tuple[dt.date, dt.date]:
        """Two weeks on either side of today."""
        today = self.server.clock.now().date()
        return today - WEEKS, today + WEEKS

    @property
    def says_ends(self) -> bool:
        """Whether the server says when lessons end."""
        return self.server.generation.version >= SAYS_ENDS_SINCE

    def of(self, pupil: Pupil) -> Pupil:
        """The college's own record of *pupil*."""
        return next(one for one in self.college.pupils if one.name == pupil.name)


def new_world(today: dt.date = dt.date(2026, 3, 23), hour: int = 16, **options: Any) -> World:
    """A college in the afternoon of *today*, and a server with these *options*."""
    clock = HandClock(dt.datetime.combine(today, dt.time(hour), PARIS))
    college = fresh_college(today)
    college.catch_up(clock.now())
    return World(college, PronoteServer(college, clock=clock, **options), next(HOSTS))


# -- what is compared ---------------------------------------------------------------


def _lessons(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    told = world.college.desk(world.of(pupil)).timetable.lessons(*world.fortnight, says_ends=world.says_ends)
    return client.get_lessons(*world.fortnight, pupil=pupil), told


def _rows(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    told = world.college.desk(world.of(pupil)).timetable.rows(*world.fortnight, says_ends=world.says_ends)
    return client.get_lessons(*world.fortnight, pupil=pupil, raw_view=True), told


def _homeworks(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    told = world.college.homeworks(world.of(pupil))
    if client.user.kind == "parent":
        told = tuple(one.model_copy(update={"can_toggle": False}) for one in told)
    return client.get_homeworks(*EVER, pupil=pupil), told


def _averages(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    own = world.of(pupil)
    read = [one for term in TERMS for one in client.get_averages(period=term, pupil=pupil)]
    return read, [one for term in TERMS for one in world.college.averages(own, term)]


def _marks_of_a_term(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    return client.get_marks(period=TERMS[1], pupil=pupil), world.college.marks(world.of(pupil), TERMS[1])


def _reports(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    read = [client.get_report(period=term, pupil=pupil) for term in TERMS]
    return read, world.college.reports(world.of(pupil))


def _menus(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    return client.get_menus(*world.fortnight, pupil=pupil), world.college.menus(*world.fortnight)


def _discussions(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    """A list tells when a discussion began only with its messages, which are read one by one."""
    read = []
    for one in client.get_discussions(pupil=pupil):
        messages = tuple(client.get_messages(one))
        read.append(one.model_copy(update={"messages": messages, "created_at": messages[0].sent_at}))
    return read, world.college.discussions(world.of(pupil))


def _teachers(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    own = world.of(pupil)
    hours = weekly_hours(world.college.desk(own))
    told = [
        (one.name, "teacher", ((one.subject, _weekly(hours.get(one.subject, ""))),), one.is_head_teacher)
        for one in world.college.teachers(own)
    ] + [(one.name, "staff", ((one.role, None),), False) for one in OFFICE]
    read = [
        (one.name, str(one.kind), tuple((it.name, it.weekly) for it in one.subjects), bool(one.is_head))
        for one in client.get_teachers(pupil=pupil)
    ]
    return read, told


def _weekly(text: str) -> dt.timedelta | None:
    hours, _, minutes = text.partition("h")
    return dt.timedelta(hours=int(hours), minutes=int(minutes)) if text else None


def _totals(world: World, client: Client, pupil: Pupil) -> tuple[Any, Any]:
    """By subject: the time of lessons that took place, and of those that an absence takes."""
    own, (first, last) = world.of(pupil), world.fortnight
    until = min(last, world.server.clock.now().date())
    absences = [
        one
        for one in world.college.absences(own)
        if one.kind is AbsenceKind.ABSENCE and first <= one.day <= last and one.start and one.end
    ]
    followed, missed = Counter[str](), Counter[str]()
    for lesson in world.college.lessons(own, first, until, has_all_rows=True):
        took_place = lesson.kind is LessonKind.LESSON and lesson.status is not LessonStatus.CANCELLED
        if took_place and lesson.subject:
            seconds = round((lesson.end - lesson.start).total_seconds())
            followed[lesson.subject.name] += seconds
            if any(one.start < lesson.end and lesson.start < one.end for one in absences):  # type: ignore[operator]
                missed[lesson.subject.name] += seconds
    told = {name: (seconds, missed[name]) for name, seconds in followed.items()}
    read = client.get_presence_totals(first, last, pupil=pupil)
    return [
        (one.subject, (_seconds(one.followed), _seconds(one.missed))) for one in read.subjects
    ], told.items()


def _seconds(duration: dt.timedelta | None) -> int | None:
    return None if duration is None else round(duration.total_seconds())


Pair: TypeAlias = Callable[[World, Client, Pupil], tuple[Any, Any]]


def _ever(name: str) -> Pair:
    """A reading by days, and the college's method of the same name."""
    return lambda world, client, pupil: (
        getattr(client, f"get_{name}")(*EVER, pupil=pupil),
        getattr(world.college, name.removeprefix("lesson_"))(world.of(pupil)),
    )


READINGS: Mapping[str, tuple[int, Pair]] = {
    "lessons": (16, _lessons),
    "rows": (16, _rows),
    "homeworks": (88, _homeworks),
    "lesson_contents": (89, _ever("lesson_contents")),
    "marks": (198, _ever("marks")),
    "marks of a term": (198, _marks_of_a_term),
    "averages": (198, _averages),
    "evaluations": (201, _ever("evaluations")),
    "reports": (13, _reports),
    "absences": (19, _ever("absences")),
    "sanctions": (19, _ever("sanctions")),
    "behaviour_events": (19, _ever("behaviour_events")),
    "totals": (19, _totals),
    "announcements": (8, _ever("announcements")),
    "menus": (10, _menus),
    "files": (
        99,
        lambda world, client, pupil: (
            client.get_files(pupil=pupil),
            world.college.resources(world.of(pupil)),
        ),
    ),
    "discussions": (131, _discussions),
    "teachers": (37, _teachers),
}
"""Name → the screen that it stands on, what the client reads, and what the college holds."""


def differences(world: World, client: Client, only: Collection[str] = READINGS.keys()) -> Iterator[str]:
    """What the client says otherwise than the college, and nothing when the law holds.

    Args:
        world: The college and its server.
        client: Signed in.
        only: Names of the readings to compare.
    """
    today = world.server.clock.now().date()
    periods = {one.key: one.name for one in (*client.get_periods(), *world.college.periods(today))}
    yield from _differences("periods", client.get_periods(), world.college.periods(today), periods)
    holidays = [(one.label, one.first, one.last) for one in world.college.holidays]
    read = [(one.name, one.first, one.last) for one in client.get_holidays()]
    yield from _differences("holidays", read, holidays, periods)
    for pupil in client.pupils:
        yield from _differences("pupil", [pupil], [world.of(pupil)], periods)
        switches = world.college.desk(world.of(pupil)).file.switches
        for name in only:
            tab, both = READINGS[name]
            if switches[tab]:
                yield from _differences(name, *both(world, client, pupil), periods)
            else:
                yield from _closed(name, partial(both, world, client, pupil))


def _closed(name: str, read: Callable[[], object]) -> Iterator[str]:
    try:
        read()
    except Unavailable:
        return
    yield f"{name}: read though the screen is closed"


# -- how ----------------------------------------------------------------------------


def _differences(
    name: str, got: Iterable[object], told: Iterable[object], periods: Mapping[str, str]
) -> Iterator[str]:
    mine, theirs = ([*records] for records in (got, told))
    said, known = (Counter(repr(_facts(one, side, periods)) for one in side) for side in (mine, theirs))
    for facts in (known - said).elements():
        yield f"{name}: lost {facts}"
    for facts in (said - known).elements():
        yield f"{name}: invented {facts}"


def _facts(record: Any, beside: list[Any], periods: Mapping[str, str]) -> Any:
    """Every field of a record that both sides must agree on, in a form that prints whole."""
    if not isinstance(record, BaseModel):
        return record
    others = {getattr(one, "key", None): one for one in beside}
    return [
        (name, _reference(name, getattr(record, name), others, periods))
        for name in type(record).model_fields
        if name not in NOT_COMPARED
    ]


def _reference(name: str, value: Any, others: Mapping[Any, Any], periods: Mapping[str, str]) -> Any:
    if value is None or not name.endswith("_key"):
        return _fact(value)
    if name == "period_key":
        return periods[value]
    other = others.get(value)
    return (other.start.isoformat(), other.extras.get("pronote.num")) if other else "not listed"


SHOWN: Mapping[type, Callable[[Any], Any]] = {
    Attachment: lambda one: {**one.to_dict(), "ref": one.ref[1]},
    Message: lambda one: _facts(one, [], {}),
    School: lambda one: (one.name, one.timezone, one.country, one.provider),
    Subject: lambda one: (one.name, one.colour),
    dt.datetime: lambda one: (one.isoformat(), str(one.tzinfo)),
}
"""What of a value is compared, where that is not all of it."""


def _fact(value: Any) -> Any:
    if type(value) in SHOWN:
        return SHOWN[type(value)](value)
    if isinstance(value, tuple | list):
        return [_fact(one) for one in value]
    if isinstance(value, BaseModel):
        return [(name, _fact(getattr(value, name))) for name in type(value).model_fields]
    return sorted(value.items()) if hasattr(value, "items") else value
