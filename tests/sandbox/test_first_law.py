"""The sandbox's first law: what is put into the school comes out of the client, field by field."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from schoolsync.classcharts import ParentClient, StudentClient
from schoolsync.errors import Unavailable
from schoolsync.model import Attachment, Pupil, Record
from schoolsync.sandbox.classcharts import ClassChartsServer, Shapes
from schoolsync.sandbox.clock import HandClock
from schoolsync.sandbox.exercises import restated
from schoolsync.sandbox.mount import Mount
from schoolsync.sandbox.school import SandboxSchool, make_school
from tests.sandbox.visitor import ALEX, ROBIN

Client = ParentClient | StudentClient
Reading = tuple[
    Callable[[Client, Pupil], Iterable[Record]], Callable[[SandboxSchool, Pupil], Iterable[Record]]
]

LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = dt.date(2026, 3, 23), dt.date(2026, 10, 20)
"""Two weeks around either are on both sides of a change of the clock."""
EVER = (dt.date(2020, 1, 1), dt.date(2030, 1, 1))
WEEKS = dt.timedelta(weeks=2)
NOT_COMPARED = {"key", "mark_key", "pupil_key", "raw"}
TURNED = Shapes(
    file_keys=("filename",),
    announcement_file_key="fileName",
    counts_as_list=True,
    reports_as_list=True,
    badges_wrapped=False,
    timetable_by_date=True,
    success_as_bool=True,
    negatives_signed=True,
)
"""Every knob that changes words and not what they mean."""
HOSTS = (f"www.school-{number}.example.test" for number in count())
"""A host for each server, because log-ins are counted by host."""

READINGS: dict[str, Reading] = {
    "homeworks": (lambda one, pupil: one.get_homeworks(*EVER, pupil=pupil), SandboxSchool.homeworks),
    "marks": (lambda one, pupil: one.get_marks(*EVER, pupil=pupil), SandboxSchool.marks),
    "absences": (lambda one, pupil: one.get_absences(*EVER, pupil=pupil), SandboxSchool.absences),
    "events": (
        lambda one, pupil: one.get_behaviour_events(*EVER, pupil=pupil),
        SandboxSchool.behaviour_events,
    ),
    "badges": (lambda one, pupil: one.get_badges(pupil=pupil), SandboxSchool.badges),
    "announcements": (lambda one, pupil: one.get_announcements(pupil=pupil), SandboxSchool.announcements),
    "sanctions": (lambda one, pupil: one.get_sanctions(*EVER, pupil=pupil), SandboxSchool.sanctions),
}


@attrs.frozen
class World:
    """A school, its server, and where that is."""

    school: SandboxSchool
    server: ClassChartsServer
    host: str

    def client(self, kind: type[Client], *credentials: str) -> Client:
        """A client of this server, in process."""
        return kind(
            *credentials,
            base_url=f"https://{self.host}",
            http_client=Mount({self.host: self.server}),
            clock=self.server.clock,
        )

    def differences(self, client: Client) -> Iterator[str]:
        """What the client says otherwise than the school, and nothing when the law holds."""
        today = self.school.calendar.today
        first, last = today - WEEKS, today + WEEKS
        skipped = ("can_toggle",) if isinstance(client, ParentClient) else ()
        for pupil in client.pupils:
            days = list(self.school.days(first, last))
            lessons = [one for day in days for one in self.school.lessons(pupil, day)]
            yield from _differences("lessons", client.get_lessons(first, last, pupil=pupil), lessons)
            for name, (read, told) in READINGS.items():
                records = _unless_off(read, client, pupil)
                yield from _differences(name, records, told(self.school, pupil), *skipped)


def _world(today: dt.date, **options: Any) -> World:
    clock = HandClock(dt.datetime.combine(today, dt.time(16), LONDON))
    school = make_school(today=today)
    school.catch_up(clock.now())
    return World(school, ClassChartsServer(school, clock=clock, **options), next(HOSTS))


def _unless_off(
    read: Callable[[Client, Pupil], Iterable[Record]], client: Client, pupil: Pupil
) -> Iterable[Record]:
    try:
        return read(client, pupil)
    except Unavailable:
        return ()


def _differences(name: str, got: Iterable[Record], told: Iterable[Record], *skipped: str) -> Iterator[str]:
    mine, theirs = (Counter(repr(_facts(one, {*skipped})) for one in records) for records in (got, told))
    for facts in (theirs - mine).elements():
        yield f"{name}: lost {facts}"
    for facts in (mine - theirs).elements():
        yield f"{name}: invented {facts}"


def _facts(record: Record, skipped: set[str]) -> list[tuple[str, Any]]:
    """Every field of a record that both sides must agree on, in a form that prints whole."""
    names = [name for name in type(record).model_fields if name not in NOT_COMPARED | skipped]
    return [(name, _fact(getattr(record, name))) for name in names]


def _fact(value: Any) -> Any:
    if isinstance(value, Attachment):
        return {**value.to_dict(), "ref": value.ref[1]}
    if isinstance(value, tuple | list):
        return [_fact(one) for one in value]
    if isinstance(value, dt.datetime):
        return value.isoformat(), str(value.tzinfo)
    if hasattr(value, "to_dict"):
        return value.to_dict()
    return sorted(value.items()) if hasattr(value, "items") else value


PARENTS: Sequence[tuple[str, ...]] = (
    tuple(ROBIN.values()),
    ("pat+school@example.test", "pässwörd 100%"),
)


@pytest.mark.parametrize("today", [SPRING, AUTUMN])
@pytest.mark.parametrize("options", [{}, {"mode": "tes"}, {"shapes": TURNED}])
def test_what_is_put_into_the_school_comes_out(today: dt.date, options: dict[str, Any]) -> None:
    """For five children of two families, and for a pupil; around both changes of the clock."""
    world = _world(today, **options)
    clients = [world.client(ParentClient, *credentials) for credentials in PARENTS]
    clients.append(world.client(StudentClient, *ALEX.values()))
    read = 0
    for client in clients:
        client.login()
        assert list(world.differences(client)) == []
        read += len(client.pupils)
    assert read == 6


def test_the_people_come_out_too() -> None:
    """With their schools, address apart; a pupil's own client is not told the school."""
    world = _world(SPRING)
    parent, student = world.client(ParentClient, *PARENTS[0]), world.client(StudentClient, *ALEX.values())
    for client in (parent, student):
        client.login()
        for pupil in client.pupils:
            told = world.school.desk(pupil).pupil
            facts = {"name", "first_name", "last_name", "class_name", "provider_id"}
            assert pupil.model_dump(include=facts) == told.model_dump(include=facts)
    schools = [pupil.school.model_copy(update={"url": None}) for pupil in parent.pupils]
    assert schools == [world.school.desk(number).pupil.school for number in (5000001, 5000002)]


@pytest.mark.parametrize("field", ["title", "kind", "due"])
def test_a_difference_is_seen(field: str) -> None:
    """One field of one record that the wire does not say: the comparison names it."""
    world = _world(SPRING)
    client = world.client(StudentClient, *ALEX.values())
    client.login()
    answer = list(client.get_homeworks(*EVER))
    sheets = world.school.desk(5000001).homeworks
    other = {"title": "Other", "kind": "Other", "due": SPRING - dt.timedelta(days=100)}[field]
    sheets[0] = attrs.evolve(sheets[0], record=sheets[0].record.model_copy(update={field: other}))
    told = world.school.homeworks(5000001)
    assert [line.split(" [")[0] for line in _differences("homeworks", answer, told)] == [
        "homeworks: lost",
        "homeworks: invented",
    ]


def test_a_change_comes_out() -> None:
    """A tick, and a cancelled lesson, made after the client signed in."""
    world = _world(SPRING)
    client = world.client(StudentClient, *ALEX.values())
    client.login()
    desk = world.school.desk(5000001)
    desk.homeworks[1] = restated(attrs.evolve(desk.homeworks[1], is_ticked=True, teacher_word=None))
    world.school.cancel_lesson(world.school.lessons(5000001, SPRING)[2], 5000001)
    assert list(world.differences(client)) == []
