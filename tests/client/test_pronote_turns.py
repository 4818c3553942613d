"""PRONOTE, cut short: cancelled calls, lost answers, and what may be sent a second time."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from schoolsync.errors import Interrupted, NetworkError, SessionExpired, TimedOut, Unreachable
from schoolsync.flow.http import Request
from schoolsync.sandbox.faults import Drop, ExpireSession, Fault, LoseAnswer
from tests.client.pronote_turns import ENTRY, TODAY, WEEK, Halting, Turns, called, session_of
from tests.client.worlds import Recorder

LESSONS, TICK, HOMEWORK = "PageEmploiDuTemps", "SaisieTAFFaitEleve", "PageCahierDeTexte"


@pytest.fixture(params=["sync", "asyncio", "trio"])
def turns(request: pytest.FixtureRequest) -> Turns:
    """Threads, asyncio or trio."""
    return Turns(request.param)


@pytest.fixture(params=["asyncio", "trio"])
def awaiting(request: pytest.FixtureRequest) -> Turns:
    """The two awaiting ones."""
    return Turns(request.param)


async def cut_short(turns: Turns, client: Any) -> None:
    """A week of lessons is asked for, and nobody waits for it to the end."""
    if turns.name == "sync":
        with pytest.raises(KeyboardInterrupt):
            await client.get_lessons(*WEEK)
        return
    with anyio.move_on_after(0.05) as scope:
        await client.get_lessons(*WEEK)
    assert scope.cancelled_caught


# -- cut short --------------------------------------------------------------------------------


@pytest.mark.parametrize("was_done", [True, False])
@pytest.mark.parametrize("function", [*ENTRY, LESSONS])
def test_a_call_that_is_cut_short_costs_one_log_in(turns: Turns, function: str, was_done: bool) -> None:
    """Wherever it stood, whether the server had counted it or not: the next call works."""
    halting = Halting(turns.mount, function, was_done)

    async def body() -> None:
        client = turns.client(http_client=halting if turns.name == "sync" else halting.awaited)
        await cut_short(turns, client)
        assert halting.halts == 1
        assert session_of(client).is_lost is (function != ENTRY[0])
        halting.function = "nothing"
        before = len(halting.requests)
        assert await client.get_lessons(*WEEK)
        assert [called(one) for one in halting.requests[before:]] == [*ENTRY, LESSONS]
        assert session_of(client).is_lost is False
        await client.aclose()

    turns.run(body)


def test_a_task_that_is_cancelled_itself_costs_one_log_in() -> None:
    """Not only what stands in a scope of anyio's."""
    import asyncio

    turns = Turns("asyncio")
    halting = Halting(turns.mount, LESSONS)

    async def body() -> None:
        road = halting.awaited
        client = turns.client(http_client=road)
        await client.login()
        task = asyncio.ensure_future(client.get_lessons(*WEEK))
        await road.halted.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert session_of(client).is_lost
        halting.function = "nothing"
        assert await client.get_lessons(*WEEK)
        assert [called(one) for one in halting.requests].count("Authentification") == 2
        await client.aclose()

    turns.run(body)


def test_a_heartbeat_that_is_cut_short_costs_one_log_in(awaiting: Turns) -> None:
    """It is a call like any other."""
    turns, halting = awaiting, Halting(awaiting.mount, "Navigation")

    async def body() -> None:
        road = halting.awaited
        client = turns.client(http_client=road)
        await client.login()
        async with client.kept_alive(0.001):
            await road.halted.wait()
        halting.function = "nothing"
        assert await client.get_lessons(*WEEK)
        assert turns.asked.count("Authentification") == 2
        await client.aclose()

    turns.run(body)


# -- lost answers of reads ------------------------------------------------------------------------


def same_bytes(first: Request, second: Request) -> bool:
    """Whether two requests are one, byte for byte."""
    return (first.method, first.url, first.body, first.headers) == (
        second.method,
        second.url,
        second.body,
        second.headers,
    )


@pytest.mark.parametrize("fault", [LoseAnswer(), Drop(), Drop(was_received=False)], ids=repr)
def test_a_lost_answer_of_a_read_is_asked_for_once_more(turns: Turns, fault: Fault) -> None:
    """The very same bytes; the server counts them once, and no log-in is needed."""
    recorder = Recorder(turns.mount)

    async def body() -> None:
        client = turns.client(http_client=recorder)
        whole = await client.get_lessons(*WEEK)
        turns.server.faults.add(fault, f"*/{LESSONS}")
        before = len(recorder.requests)
        (talk,) = turns.server.sessions._open.values()
        order = talk.order
        assert await client.get_lessons(*WEEK) == whole
        first, second = recorder.requests[before:]
        assert same_bytes(first, second)
        assert talk.order == order + 2 == session_of(client).order
        assert await client.get_homeworks()
        assert turns.asked.count("Authentification") == 1
        await client.aclose()

    turns.run(body)


@pytest.mark.parametrize(("fault", "log_ins"), [(LoseAnswer(), 2), (Drop(), 2), (Drop(False), 1)], ids=repr)
def test_an_answer_that_is_lost_twice_is_told(turns: Turns, fault: Fault, log_ins: int) -> None:
    """Never a third time; what surely never left has cost nothing, and needs no log-in."""
    recorder = Recorder(turns.mount)

    async def body() -> None:
        client = turns.client(http_client=recorder)
        await client.login()
        turns.server.faults.add(fault, f"*/{LESSONS}", times=2)
        before = len(recorder.requests)
        with pytest.raises(Unreachable) as caught:
            await client.get_lessons(*WEEK)
        assert not isinstance(caught.value, Interrupted)
        assert len(recorder.requests) == before + 2
        assert session_of(client).is_lost is (log_ins == 2)
        assert await client.get_lessons(*WEEK)
        assert [called(one) for one in recorder.requests].count("Authentification") == log_ins
        await client.aclose()

    turns.run(body)


def test_a_session_that_ends_between_a_list_and_its_details_is_renewed(turns: Turns) -> None:
    """The list is read anew, because its ids went with the session; the caller notices nothing."""

    async def body() -> None:
        client = turns.client()
        thread = (await client.get_discussions())[0]
        letters, news = await client.get_messages(thread), await client.get_announcements()
        turns.server.faults.add(ExpireSession(), "*/ListeMessages")
        again = await client.get_messages(thread)
        assert [one.key for one in again] == [one.key for one in letters]
        turns.server.faults.add(ExpireSession(), "*/PageActualites", after=1)
        assert [one.key for one in await client.get_announcements()] == [one.key for one in news]
        assert turns.asked.count("Authentification") == 1 + 2
        await client.aclose()

    turns.run(body)


# -- writes -------------------------------------------------------------------------------------------


async def to_do(client: Any) -> Any:
    """A homework that is not ticked."""
    found = await client.get_homeworks(TODAY.replace(month=1), TODAY.replace(month=6))
    return next(one for one in found if one.can_toggle and one.state == "todo")


@pytest.mark.parametrize(("fault", "is_done"), [(LoseAnswer(), True), (Drop(), False)], ids=repr)
def test_a_write_without_an_answer_is_never_sent_again(turns: Turns, fault: Fault, is_done: bool) -> None:
    """Nobody knows whether it was done; the next reading signs in anew and shows it."""

    async def body() -> None:
        client = turns.client()
        homework = await to_do(client)
        turns.server.faults.add(fault, f"*/{TICK}")
        with pytest.raises(Interrupted) as caught:
            await client.set_homework_done(homework)
        assert (caught.value.was_sent, caught.value.operation) == (True, "set_homework_done")
        assert turns.asked.count(TICK) == 1
        before = len(turns.asked)
        (now,) = [one for one in await client.get_homeworks(homework.due) if one.key == homework.key]
        assert turns.asked[before:] == [*ENTRY, HOMEWORK]
        assert (now.state == "done") is is_done
        assert turns.asked.count(TICK) == 1
        await client.aclose()

    turns.run(body)


def test_a_write_that_never_left_has_cost_nothing(turns: Turns) -> None:
    """It is told as what it is, and may be tried again by the caller, in the same session."""

    async def body() -> None:
        client = turns.client()
        homework = await to_do(client)
        turns.server.faults.add(Drop(was_received=False), f"*/{TICK}")
        with pytest.raises(NetworkError) as caught:
            await client.set_homework_done(homework)
        assert (type(caught.value), caught.value.was_sent) == (Unreachable, False)
        assert (await client.set_homework_done(homework)).state == "done"
        assert turns.asked.count("Authentification") == turns.asked.count(TICK) == 1
        await client.aclose()

    turns.run(body)


def test_a_write_that_a_dead_session_kept_from_running_is_sent_again(turns: Turns) -> None:
    """In a new session; what still names the homework by its old id is refused, and listed again."""

    async def body() -> None:
        client = turns.client()
        homework = await to_do(client)
        turns.server.faults.add(ExpireSession(), f"*/{TICK}")
        before = len(turns.asked)
        assert (await client.set_homework_done(homework)).state == "done"
        assert turns.asked[before:] == [HOMEWORK, TICK, *ENTRY, TICK, HOMEWORK, TICK, HOMEWORK]
        await client.aclose()

    turns.run(body)


@pytest.mark.parametrize("fault", [ExpireSession(), Drop(), Drop(was_received=False)], ids=repr)
def test_a_write_that_the_server_had_begun_is_never_begun_again(turns: Turns, fault: Fault) -> None:
    """The server asked for patience; what ends the session while it is waited for leaves it unknown."""

    async def body() -> None:
        client = turns.client()
        homework = await to_do(client)
        turns.server.keep_waiting(TICK, times=3, seconds=2)
        turns.server.faults.add(fault, f"*/{TICK}", after=1)
        arrived = turns.asked.count(TICK)
        with pytest.raises(Interrupted) as caught:
            await client.set_homework_done(homework)
        assert caught.value.was_sent is True
        assert turns.slept == [2]
        assert turns.asked.count(TICK) == arrived + 1 + (fault != Drop(was_received=False))
        assert turns.asked.count("Authentification") == 1
        assert await client.get_homeworks(homework.due)
        await client.aclose()

    turns.run(body)


def test_a_write_that_takes_long_is_done_once(turns: Turns) -> None:
    """Asked again as often as the server wants, with a pause before each time."""

    async def body() -> None:
        client = turns.client()
        homework = await to_do(client)
        turns.server.keep_waiting(TICK, times=2)
        assert (await client.set_homework_done(homework)).state == "done"
        assert (turns.slept, turns.asked.count(TICK)) == ([0.5, 0.5], 3)
        await client.aclose()

    turns.run(body)


def test_a_read_that_the_server_had_begun_is_begun_again(turns: Turns) -> None:
    """In a new session, from its beginning."""

    async def body() -> None:
        client = turns.client()
        await client.login()
        turns.server.keep_waiting(LESSONS, times=1)
        turns.server.faults.add(ExpireSession(), f"*/{LESSONS}", after=1)
        assert await client.get_lessons(*WEEK)
        assert turns.asked.count("Authentification") == 2
        await client.aclose()

    turns.run(body)


def test_a_server_that_is_never_ready_is_given_up(turns: Turns) -> None:
    """A read has timed out; a write may have been done."""

    async def body() -> None:
        client = turns.client()
        homework = await to_do(client)
        for function, leaf in ((LESSONS, TimedOut), (TICK, Interrupted)):
            turns.server.keep_waiting(function, times=99)
            call = client.get_lessons(*WEEK) if leaf is TimedOut else client.set_homework_done(homework)
            with pytest.raises(leaf):
                await call
            assert turns.asked.count(function) == 20
        await client.aclose()

    turns.run(body)


def test_a_log_in_is_never_sent_twice(turns: Turns) -> None:
    """Not one of its calls, whichever is lost: a proof is used up by being sent."""

    async def body() -> None:
        for function in ENTRY[1:4]:
            client = turns.client()
            turns.server.faults.clear()
            turns.server.faults.add(LoseAnswer(), f"*/{function}")
            before = turns.asked.count(function)
            with pytest.raises((NetworkError, SessionExpired)):
                await client.login()
            assert turns.asked.count(function) == before + 1
            await client.aclose()

    turns.run(body)
