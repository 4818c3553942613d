"""What a service does rather than reads: ticks, sessions, files."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from schoolsync.errors import (
    BadArgument,
    InstanceClosed,
    Interrupted,
    StaleReference,
    Unavailable,
    UnknownName,
)
from schoolsync.flow.effects import Flow, send
from schoolsync.flow.http import Request, Response, ResponseHead
from schoolsync.model import Attachment, AttachmentKind, Homework
from schoolsync.provider import Days
from schoolsync.providers.classcharts.service import ClassCharts
from schoolsync.sandbox.faults import Drop, ExpireSession, LoseAnswer, Null, Status
from tests.providers.classcharts.world import EVER, World

TICK = "POST homeworkticked"


def ticked(world: World, homework: Homework) -> bool:
    """Whether the school has it ticked."""
    sheets = world.school.desk("5000001").homeworks
    return next(one.is_ticked for one in sheets if one.record.provider_id == homework.provider_id)


def one_to_do(world: World, service: ClassCharts) -> Homework:
    """Homework that waits for its tick."""
    found = world.run(service.homeworks(EVER))
    return next(one for one in found if one.can_toggle and one.state == "todo")


# -- ticks -------------------------------------------------------------------------


@pytest.mark.parametrize("by_key", [False, True])
def test_a_tick_is_read_made_and_read_again(world: World, by_key: bool) -> None:
    """And then taken away; the record or its key will do."""
    service = world.student()
    homework = one_to_do(world, service)
    wanted = homework.key if by_key else homework
    for done in (True, False):
        after, cost = world.cost(service.set_homework_done(wanted, done))
        assert cost == ["GET homeworks", TICK, "GET homeworks"]
        assert (after.key, after.state) == (homework.key, "done" if done else "todo")
        assert ticked(world, homework) is done


@pytest.mark.parametrize("done", [True, 1, "yes"])
def test_what_is_done_already_is_not_toggled_back(world: World, done: Any) -> None:
    """However "true" is written: the server only toggles."""
    service = world.student()
    homework = world.run(service.set_homework_done(one_to_do(world, service)))
    after, cost = world.cost(service.set_homework_done(homework, done))
    assert (cost, after.state, ticked(world, homework)) == (["GET homeworks"], "done", True)


def test_a_tick_that_was_not_said_counts_as_none(world: World) -> None:
    """Taking away what is not there must not set it."""
    service = world.student()
    homework = one_to_do(world, service)
    world.server.faults.add(Null("data[].status.ticked"), "*/homeworks/*", times=9)
    for done in (False, 0):
        _, cost = world.cost(service.set_homework_done(homework, done))  # type: ignore[arg-type]
        assert cost == ["GET homeworks"]
    assert not ticked(world, homework)


def test_a_tick_whose_answer_is_lost_is_never_sent_again(world: World) -> None:
    """It happened; reading tells."""
    service = world.student()
    homework = one_to_do(world, service)
    world.server.faults.add(LoseAnswer(), "*/homeworkticked/*")
    with pytest.raises(Interrupted) as caught:
        world.run(service.set_homework_done(homework))
    assert caught.value.operation == "set_homework_done"
    assert len([path for _, path in world.server.log if "ticked" in path]) == 1
    assert ticked(world, homework)
    after, cost = world.cost(service.set_homework_done(homework))
    assert (after.state, cost) == ("done", ["GET homeworks"])


@pytest.mark.parametrize("fault", [Drop(), Status(500, "<h1>Whoops</h1>")])
def test_a_tick_in_trouble_is_never_sent_again(world: World, fault: Any) -> None:
    """Whether it was done or not."""
    service = world.student()
    homework = one_to_do(world, service)
    world.server.faults.add(fault, "*/homeworkticked/*")
    with pytest.raises((Interrupted, InstanceClosed)):
        world.run(service.set_homework_done(homework))
    assert len([path for _, path in world.server.log if "ticked" in path]) == 1


def test_a_tick_that_a_dead_session_refused_is_sent_once_more(world: World) -> None:
    """It was not done."""
    service = world.student()
    homework = one_to_do(world, service)
    world.server.faults.add(ExpireSession(), "*/homeworkticked/*")
    after, cost = world.cost(service.set_homework_done(homework))
    assert cost == ["GET homeworks", TICK, "POST student/login", "POST ping", TICK, "GET homeworks"]
    assert after.state == "done"


def test_who_may_not_tick_is_told_before_anything_is_sent(world: World) -> None:
    """A parent; and homework that forbids it is not touched."""
    parent, student = world.parent(), world.student()
    homework = one_to_do(world, student)
    before = len(world.server.log)
    with pytest.raises(Unavailable) as caught:
        world.run(parent.set_homework_done(homework))
    assert (caught.value.reason, len(world.server.log)) == ("not_for_this_account", before)
    sheets = world.school.desk("5000001").homeworks
    place = next(place for place, one in enumerate(sheets) if one.record.provider_id == homework.provider_id)
    sheets[place] = attrs.evolve(sheets[place], allows_tick=False)
    with pytest.raises(Unavailable) as caught:
        world.run(student.set_homework_done(homework))
    assert caught.value.hint == "This homework cannot be ticked by the pupil."
    assert not ticked(world, homework)


def test_homework_that_is_gone_is_stale(world: World) -> None:
    """And another child's is nobody's here."""
    service = world.student()
    homework = one_to_do(world, service)
    world.school.desk("5000001").homeworks.clear()
    with pytest.raises(StaleReference):
        world.run(service.set_homework_done(homework))
    with pytest.raises(StaleReference):
        world.run(service.set_homework_done("homework-unknown"))
    with pytest.raises(UnknownName):
        world.run(service.set_homework_done(homework.model_copy(update={"pupil_key": "pupil-other"})))


# -- the session ---------------------------------------------------------------------


def test_logging_out_is_one_request_and_none_without_a_session(world: World) -> None:
    """The next reading signs in again."""
    service = world.parent()
    assert world.cost(service.logout())[1] == ["POST logout"]
    assert world.cost(service.logout())[1] == []
    assert world.cost(service.badges())[1] == [
        "POST parent/login",
        "POST ping",
        "GET pupils",
        "GET eventbadges",
    ]


def test_keeping_alive_renews_what_there_is(world: World) -> None:
    """And signs nobody in who signed out."""
    service = world.parent()
    assert world.cost(service.keep_alive())[1] == ["POST ping"]
    world.clock.advance(3 * 3600)
    assert world.cost(service.keep_alive())[1] == [
        "POST ping",
        "POST parent/login",
        "POST ping",
        "GET pupils",
    ]
    world.run(service.logout())
    assert world.cost(service.keep_alive())[1] == []


def test_ready_signs_in_once(world: World) -> None:
    """While `login` always does."""
    service = world.student(signed_in=False)
    assert world.cost(service.ready())[1] == ["POST student/login", "POST ping"]
    assert world.cost(service.ready())[1] == []
    assert world.cost(service.login())[1] == ["POST student/login", "POST ping"]


def test_a_superseded_id_is_not_used_again(world: World) -> None:
    """On a server that takes neither an old id nor a late ping."""
    world.server.rules = attrs.evolve(world.server.rules, grace=dt.timedelta(0), strict_ping=True)
    service = world.parent()
    for _ in range(4):
        world.clock.advance(176)
        assert world.cost(service.badges())[1] == ["POST ping", "GET eventbadges"]


# -- files ------------------------------------------------------------------------------


def a_file(world: World, service: ClassCharts, *, pupil: int = 1) -> Attachment:
    """A file of some homework."""
    found = world.run(service.homeworks(EVER, pupil=pupil))
    return next(file for one in found for file in one.attachments if file.kind is AttachmentKind.FILE)


async def fetched(service: ClassCharts, attachment: Attachment, **how: Any) -> Response:
    """A flow: the last answer on the way to a file's bytes."""
    request: Request | None = await service.locate(attachment, **how)
    while request is not None:
        response = await send(request)
        head = ResponseHead(response.status, response.headers, response.url)
        request = service.follow(request, head)
    return response


def test_a_listed_file_is_two_requests_away(world: World) -> None:
    """The redirector, dressed; the storage, bare."""
    service = world.parent()
    file = a_file(world, service)
    response, cost = world.cost(fetched(service, file))
    assert (response.status, response.media_type, len(cost)) == (200, "application/pdf", 2)


@pytest.mark.parametrize("pupil", [1, 2])
def test_a_file_of_an_earlier_session_is_listed_first(world: World, pupil: int) -> None:
    """One request for each child, until it is found."""
    file = a_file(world, world.parent(), pupil=pupil)
    service = world.parent()
    response, cost = world.cost(fetched(service, file))
    assert response.status == 200
    assert cost[:-2] == ["GET homeworks"] * pupil


def test_a_file_of_an_announcement_and_a_photo_are_found_too(world: World) -> None:
    """Each in its own listing."""
    letters = [file for one in world.run(world.parent().announcements(Days())) for file in one.attachments]
    service = world.parent()
    response, cost = world.cost(fetched(service, letters[0]))
    assert (response.status, cost[0]) == (200, "GET announcements")
    photo = service.pupils[1].photo
    assert photo is not None
    response, cost = world.cost(fetched(service, photo))
    assert (response.media_type, cost) == ("image/png", ["GET pupils", "GET pupils", "GET faces/default.png"])


def test_a_stale_address_is_told_and_listed_anew(world: World) -> None:
    """Signed addresses end after some minutes."""
    service = world.parent()
    file = a_file(world, service)
    world.clock.advance(600)
    with pytest.raises(StaleReference) as caught:
        world.run(fetched(service, file))
    assert (caught.value.provider, caught.value.operation) == ("classcharts", "open")
    response, cost = world.cost(fetched(service, file, anew=True))
    assert (response.status, cost[0]) == (200, "GET homeworks")


def test_a_file_that_is_not_listed_any_more_is_stale(world: World) -> None:
    """Also where the school switched the listing off; and a photo that was taken away."""
    service = world.parent()
    file = a_file(world, service)
    for number in ("5000001", "5000002"):
        world.school.desk(number).homeworks.clear()
    with pytest.raises(StaleReference):
        world.run(service.locate(file, anew=True))
    for number in ("5000001", "5000002"):
        world.school.switch("homework", number, is_on=False)
    fresh = world.parent()
    with pytest.raises(StaleReference):
        world.run(fresh.locate(file))
    world.server.faults.add(Null("data[].avatar_url"), "*/pupils", times=9)
    photo = fresh.pupils[0].photo
    assert photo is not None
    with pytest.raises(StaleReference):
        world.run(fresh.locate(photo))


def test_a_link_has_no_bytes_here(world: World) -> None:
    """It is refused before anybody signs in."""
    link = Attachment(name="x", kind=AttachmentKind.LINK, ref=("homework-1", 0), url="https://x.test")
    with pytest.raises(BadArgument):
        world.run(world.parent(signed_in=False).locate(link))
    assert world.server.log == []


def test_a_reference_of_another_kind_is_stale_without_a_request(world: World) -> None:
    """Nothing lists it."""
    service = world.parent()
    before = len(world.server.log)
    with pytest.raises(StaleReference):
        world.run(service.locate(Attachment(name="x", kind=AttachmentKind.FILE, ref=("mark-1", 0))))
    assert len(world.server.log) == before


def test_locating_renews_an_old_session(world: World) -> None:
    """The stream itself cannot."""
    service = world.parent()
    file = a_file(world, service)
    world.clock.advance(176)
    flow: Flow[Request] = service.locate(file)
    assert world.cost(flow)[1] == ["POST ping"]
