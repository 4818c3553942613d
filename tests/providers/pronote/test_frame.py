"""The frame of the readings: who is signed in, how long, which weeks days mean, and where files are."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.errors import BadArgument, SessionExpired, StaleReference, UnknownName, UsageError
from schoolsync.flow.http import Request
from schoolsync.model import Attachment, AttachmentKind
from schoolsync.provider import Days, Span
from schoolsync.providers.pronote.service import Pronote
from schoolsync.sandbox.faults import ExpireSession
from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation
from schoolsync.testing.play import Script
from tests.providers.pronote.entering import account, entry
from tests.providers.pronote.wire import Server
from tests.providers.pronote.world import COSTS, ENTRY, EVER, WEEK, World, new_world

MONDAY = dt.date(2025, 9, 1)
SATURDAY = dt.date(2026, 7, 4)
"""The first and the last day of the year; the latter is in its week 44."""


def asked(first: dt.date | None, last: dt.date | None) -> list[int]:
    """The weeks that a reading of lessons asks for."""
    server, service = Server(), Pronote(account())
    empty = server.answered("PageEmploiDuTemps", {"ListeCours": []})
    talk = Script([*entry(server), *[empty] * 44])
    assert talk.run(service.lessons(Days(first, last))) == []
    return [call.data["numeroSemaine"] for call in server.log if call.function == "PageEmploiDuTemps"]


@pytest.mark.parametrize(
    ("first", "last", "weeks"),
    [
        (dt.date(2025, 8, 18), dt.date(2025, 8, 31), []),
        (dt.date(2025, 8, 31), MONDAY, [1]),
        (dt.date(2025, 12, 28), dt.date(2026, 1, 5), [17, 18, 19]),
        (SATURDAY, SATURDAY, [44]),
        (SATURDAY, dt.date(2026, 8, 31), [44]),
        (dt.date(2026, 7, 6), dt.date(2026, 8, 31), []),
    ],
)
def test_only_weeks_of_the_school_year_are_asked_for(first: dt.date, last: dt.date, weeks: list[int]) -> None:
    """At both ends and across New Year; days outside of it cost nothing."""
    assert asked(first, last) == weeks


# -- the session -------------------------------------------------------------------------


@pytest.fixture
def world() -> World:
    """The invented collège."""
    return new_world()


def test_a_log_in_costs_five_requests(world: World) -> None:
    """Each time; `ready` only the first."""
    service = world.pupil(signed_in=False)
    assert world.cost(service.ready()) == (None, ENTRY)
    assert world.cost(service.ready()) == (None, [])
    assert world.cost(service.login()) == (None, ENTRY)


def test_logging_out_costs_one_request_and_ends_the_session(world: World) -> None:
    """Not the service: the next reading signs in again. Without a session there is nothing to end."""
    service = world.pupil()
    assert world.cost(service.logout()) == (None, ["SaisieDeconnexion"])
    assert world.cost(service.logout()) == (None, [])
    assert [one.name for one in service.pupils] == ["EXAMPLE Louison"]
    _, cost = world.cost(service.lessons(WEEK))
    assert cost == [*ENTRY, "PageEmploiDuTemps"]


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_a_sign_of_life_keeps_the_session(generation: Generation) -> None:
    """`Presence` where the server takes it, else `Navigation`: half an hour later nobody signs in."""
    world = new_world(generation)
    service = world.pupil()
    beat = "Presence" if generation.takes_presence else "Navigation"
    for _ in range(6):
        world.clock.advance(dt.timedelta(minutes=5))
        assert world.cost(service.keep_alive()) == (None, [beat])
    _, cost = world.cost(service.lessons(WEEK))
    assert cost == ["PageEmploiDuTemps"]


def test_without_one_the_session_ends(world: World) -> None:
    """After ten minutes, here: the next reading signs in silently, once."""
    service = world.pupil()
    world.clock.advance(dt.timedelta(minutes=11))
    lessons, cost = world.cost(service.lessons(WEEK))
    assert lessons
    assert cost == ["PageEmploiDuTemps", *ENTRY, "PageEmploiDuTemps"]


def test_nobody_is_kept_alive_who_is_not_signed_in(world: World) -> None:
    """A heartbeat is no log-in; one whose session has ended is."""
    service = world.pupil(signed_in=False)
    assert world.cost(service.keep_alive()) == (None, [])
    world.run(service.login())
    world.server.sessions.end_all()
    assert world.cost(service.keep_alive()) == (None, ["Navigation", *ENTRY])


@pytest.mark.parametrize("name", COSTS)
def test_a_session_that_ended_is_renewed_once(world: World, name: str) -> None:
    """Whatever is read, and it reads the same; ids of the old session are not used in the new one."""
    make, requests = COSTS[name]
    service = world.pupil()
    before = world.run(make(service, None))
    world.server.sessions.end_all()
    after, cost = world.cost(make(service, None))
    assert cost == ([*requests[:1], *ENTRY, *requests] if requests else [])
    assert _keys(after) == _keys(before)


def _keys(found: Any) -> list[str]:
    rows = found if isinstance(found, list) else [found]
    return [str(getattr(row, "key", type(row).__name__)) for row in rows]


def test_a_session_that_ends_twice_is_an_error(world: World) -> None:
    """One silent log-in, no more; and the account can be used again."""
    service = world.pupil()
    world.server.faults.add(ExpireSession(), "*/PageEmploiDuTemps", times=2)
    with pytest.raises(SessionExpired) as caught:
        world.run(service.lessons(WEEK))
    assert (caught.value.provider, caught.value.operation) == ("pronote", "lessons")
    assert world.log.count("Authentification") == 2
    assert world.run(service.lessons(WEEK))


# -- whom, and who is private ---------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["FACTICE Noé", 2])
def test_a_child_is_named(world: World, wanted: str | int) -> None:
    """By name or position; nobody else is found, and the error says where."""
    service = world.parent()
    lessons = world.run(service.lessons(WEEK, pupil=wanted))
    assert {one.pupil_key for one in lessons} == {service.pupils[1].key}
    with pytest.raises(UnknownName) as caught:
        world.run(service.lessons(WEEK, pupil="Nobody"))
    assert (caught.value.provider, caught.value.operation) == ("pronote", "lessons")


# -- files ------------------------------------------------------------------------------------


def files(world: World, service: Pronote) -> list[Attachment]:
    """A file of every kind of record that has some, and the portrait."""
    listings: list[Any] = [
        world.run(service.homeworks(EVER)),
        world.run(service.lesson_contents(EVER)),
        world.run(service.files()),
        world.run(service.marks(Span(EVER))),
        world.run(service.announcements(Days())),
        [letter for one in world.run(service.discussions()) for letter in world.run(service.messages(one))],
    ]
    found = [
        next(file for one in rows for file in one.attachments if file.kind is AttachmentKind.FILE)
        for rows in listings
    ]
    portrait = service.pupils[0].photo
    assert portrait
    return [*found, portrait]


def fetched(world: World, request: Request) -> bytes:
    """What is behind an address."""
    return world.server.answer(request).body


def test_a_file_that_was_listed_is_where_the_listing_said(world: World) -> None:
    """Without a request; the portrait costs none either."""
    service = world.pupil()
    for file in files(world, service):
        request, cost = world.cost(service.locate(file))
        assert cost == []
        assert not fetched(world, request).startswith(b"<")


LISTINGS = {
    "homework": ["PageCahierDeTexte"],
    "content": ["PageCahierDeTexte"],
    "resource": ["RessourcePedagogique"],
    "mark": ["DernieresNotes"] * 3,
    "announcement": ["PageActualites"] * 8,
    "message": ["ListeMessagerie", *["ListeMessages"] * 4],
    "pupil": [],
}
"""Kind of a file's record → the requests that list it again."""


def test_after_a_new_log_in_files_are_listed_again(world: World) -> None:
    """By the records' keys, which stay; addresses do not, and the old ones open nothing."""
    service = world.pupil()
    for file in files(world, service):
        old = world.run(service.locate(file))
        body = fetched(world, old)
        world.run(service.login())
        new, cost = world.cost(service.locate(file))
        kind = file.ref[0].partition("-")[0]
        assert cost == LISTINGS[kind], kind
        assert new.url != old.url
        assert fetched(world, new) == body


def test_another_childs_file_is_found(world: World) -> None:
    """The listings are read pupil by pupil; what the school closed for one of them is passed over."""
    service = world.parent()
    rows = world.run(service.homeworks(EVER, pupil="FACTICE Noé"))
    file = next(file for one in rows for file in one.attachments if file.kind is AttachmentKind.FILE)
    world.run(service.login())
    request, cost = world.cost(service.locate(file))
    assert cost == ["PageCahierDeTexte"] * 2
    assert fetched(world, request).startswith(b"%PDF")


def test_a_file_that_is_gone_is_stale(world: World) -> None:
    """After the listings have been read again."""
    service = world.pupil()
    file = next(iter(files(world, service)))
    world.college.desk("e1").homeworks.clear()
    assert world.run(service.locate(file)).url, "what this session was told stands"
    with pytest.raises(StaleReference) as caught:
        world.run(service.locate(file, anew=True))
    assert (caught.value.provider, caught.value.operation) == ("pronote", "open")


def test_a_file_of_a_screen_that_is_closed_is_stale(world: World) -> None:
    """Nothing is asked for that the school closed."""
    service = world.pupil()
    file = next(one for one in files(world, service) if one.ref[0].startswith("resource"))
    world.college.switch(99, "e1", is_on=False)
    world.run(service.login())
    before = len(world.log)
    with pytest.raises(StaleReference):
        world.run(service.locate(file))
    assert len(world.log) == before


def test_a_link_has_no_bytes(world: World) -> None:
    """Its address is in the record."""
    rows = world.run(world.pupil().files())
    link = next(file for one in rows for file in one.attachments if file.kind is AttachmentKind.LINK)
    with pytest.raises(BadArgument):
        world.run(world.pupil().locate(link))


def test_who_is_unknown_before_the_log_in(world: World) -> None:
    """The address is not."""
    service = world.pupil(signed_in=False)
    assert service.address.endswith("/pronote")
    with pytest.raises(UsageError):
        _ = service.pupils
