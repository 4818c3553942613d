"""What only ClassCharts has, for parents and students: rows as the service words them, and its actions."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.errors import (
    BadArgument,
    InstanceClosed,
    Interrupted,
    Refused,
    Unavailable,
)
from schoolsync.model import Rows
from schoolsync.sandbox.faults import Drop, ExpireSession, LoseAnswer, Retype
from tests.client.worlds import World

Call = Callable[[Any], Any]
BOTH: dict[str, tuple[Call, list[str], str | None]] = {
    # name: call, cost, the school's switch
    "get_student_info": (lambda c: c.get_student_info(), ["GET pupils"], None),
    "get_activity": (lambda c: c.get_activity(), ["GET activity"], "activity"),
    "get_full_activity": (lambda c: c.get_full_activity("2026-01-01"), ["GET activity"] * 4, "activity"),
    "get_behaviour": (lambda c: c.get_behaviour(), ["GET behaviour"], "behaviour"),
    "get_detentions": (lambda c: c.get_detentions(), ["GET detentions"], "detentions"),
    "get_attendance": (
        lambda c: c.get_attendance("2026-11-16", "2026-11-23"),
        ["GET attendance"],
        "attendance",
    ),
    "get_pupil_fields": (lambda c: c.get_pupil_fields(), ["GET customfields"], "custom_fields"),
    "get_classes": (lambda c: c.get_classes(), ["GET classes"], "classes"),
    "get_academic_reports": (
        lambda c: c.get_academic_reports(),
        ["GET getacademicreports"],
        "academic_reports",
    ),
    "get_report_cards": (lambda c: c.get_report_cards(), ["POST getpupilreportcards"], "report_cards"),
}
PARENTS: dict[str, tuple[Call, list[str], str | None]] = {
    "get_pupils": (lambda c: c.get_pupils(), ["GET pupils"], None),
    "get_parent_behaviours": (
        lambda c: c.get_parent_behaviours(),
        ["GET parentbehaviours"],
        "parent_behaviours",
    ),
}
STUDENTS: dict[str, tuple[Call, list[str], str | None]] = {
    "get_rewards": (lambda c: c.get_rewards(), ["GET rewards"], "rewards"),
    "check_code": (lambda c: c.check_code(), ["POST hasdob"], None),
    "get_student_code": (lambda c: c.get_student_code("2011-03-14"), ["POST getcode"], None),
}
ROWS = frozenset(
    """get_activity get_full_activity get_detentions get_classes get_academic_reports get_report_cards
    get_pupils get_parent_behaviours get_rewards""".split()
)


# -- readings ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["parent", "student"])
def test_each_reading_costs_what_it_says(world: World, role: str) -> None:
    """And says something."""
    readings = BOTH | (PARENTS if role == "parent" else STUDENTS)

    async def body() -> None:
        async with getattr(world, role)() as client:
            for name, (call, cost, _) in readings.items():
                before = len(world.server.log)
                found = await call(client)
                expected = ["POST ping"] if (role, name) == ("student", "get_student_info") else cost
                assert world.cost(before) == expected, name
                assert found, name
                assert isinstance(found, Rows) is (name in ROWS), name

    world.run(body)


@pytest.mark.parametrize(
    "name", [name for name, (*_, switch) in (BOTH | PARENTS | STUDENTS).items() if switch]
)
def test_what_the_school_switched_off_is_refused_unasked(blocking_world: World, name: str) -> None:
    """For that child alone; `native` asks all the same."""
    world = blocking_world
    call, _, switch = (BOTH | PARENTS | STUDENTS)[name]
    world.school.switch(switch or "", "5000001", is_on=False)
    with (world.student() if name in STUDENTS else world.parent()).blocking as client:
        before = len(world.server.log)
        with pytest.raises(Unavailable) as caught:
            call(client)
        assert (caught.value.reason, len(world.server.log)) == ("off_at_school", before)
        call(client.native)
        assert len(world.server.log) > before
        if name not in STUDENTS:
            client.select_pupil("Sam")
            assert call(client)


def test_one_report_and_one_card_are_whole(world: World) -> None:
    """By the ids of their listings; each may be switched off."""

    async def body() -> None:
        async with world.parent() as client:
            report = (await client.get_academic_reports())[0]
            assert (await client.get_academic_report(report.id)).lessons
            card = (await client.get_report_cards())[0]
            assert (await client.get_report_card(card.id)).targets
            with pytest.raises(Refused) as caught:
                await client.get_report_card(1)
            assert caught.value.operation == "report_card"
        for switch in ("academic_reports", "report_cards"):
            world.school.switch(switch, "5000001", is_on=False)
        async with world.parent() as client:
            for call in (client.get_academic_report, client.get_report_card):
                with pytest.raises(Unavailable):
                    await call(1)

    world.run(body)


def test_rows_of_the_service_tell_what_was_lost(world: World) -> None:
    """As the neutral ones do."""
    world.server.faults.add(Retype("data[].name", {"Alex": 1}), "*/classes/*")
    world.server.faults.add(Retype("data[].name", {"Alex": 1}), "*/pupils", after=1)

    async def body() -> None:
        async with world.parent() as client:
            for found in (await client.get_classes(), await client.get_pupils()):
                assert found
                assert {issue.path.rpartition(".")[2] for issue in found.issues} == {"name"}

    world.run(body)


# -- activity, page by page --------------------------------------------------------------


def test_activity_pages_follow_a_cursor(world: World) -> None:
    """Fifty rows, then the next fifty."""

    async def body() -> None:
        async with world.parent() as client:
            first = await client.get_activity("2026-01-01")
            second = await client.get_activity("2026-01-01", None, first[-1].id)
            whole = await client.get_full_activity("2026-01-01")
            assert (len(first), len(second), len(whole)) == (50, 50, 125)
            assert [row.id for row in whole[:100]] == [row.id for row in (*first, *second)]

    world.run(body)


def test_rows_are_read_as_they_are_wanted(world: World) -> None:
    """And the client may be used between two of them."""

    async def body() -> None:
        async with world.parent() as client:
            before, seen = len(world.server.log), []
            async for row in client.iter_activity("2026-01-01", pupil="Alex"):
                seen.append(row.id)
                if len(seen) in {1, 51}:
                    await client.get_badges()
            assert world.cost(before) == [
                "GET activity",
                "GET eventbadges",
                "GET activity",
                "GET eventbadges",
                "GET activity",
                "GET activity",
            ]
            assert seen == [row.id for row in await client.get_full_activity("2026-01-01")]

    world.run(body)


def test_a_loop_may_be_left_early(world: World) -> None:
    """After the one page that was wanted."""

    async def body() -> None:
        async with world.parent() as client:
            before = len(world.server.log)
            rows = client.iter_activity("2026-01-01")
            async for _ in rows:
                break
            await rows.aclose()
            assert world.cost(before) == ["GET activity"]
            assert await client.get_badges()
            client.iter_activity("2026-01-01")

    world.run(body)
    gc.collect()


def test_iterating_asks_for_days_and_switches_too(world: World) -> None:
    """Bad days where it is called, a switch at the first row."""
    world.school.switch("activity", "5000001", is_on=False)

    async def body() -> None:
        async with world.parent() as client:
            before = len(world.server.log)
            for days, leaf in ((("2026-02-01", "2026-01-01"), BadArgument), ((), Unavailable)):
                with pytest.raises(leaf):
                    await anext(client.iter_activity(*days))
            assert len(world.server.log) == before
            assert [row async for row in client.iter_activity("2026-11-01", pupil="Sam")]

    world.run(body)


# -- actions -----------------------------------------------------------------------------


def _affordable(world: World) -> int:
    """Something that Alex has the points for."""
    desk = world.school.desk("5000001")
    return next(
        item.id
        for item in desk.shop
        if item.price <= desk.balance and item.stock != 0 and not item.once_per_pupil
    )


def test_a_reward_is_bought(world: World) -> None:
    """Once, and the balance tells."""

    async def body() -> None:
        async with world.student() as client:
            balance = (await client.native.get_rewards()).meta.pupil_score_balance
            item = next(row for row in await client.get_rewards() if row.id == _affordable(world))
            before = len(world.server.log)
            bought = await client.purchase_reward(item.id)
            assert world.cost(before) == ["POST purchase"]
            assert bought.balance == balance - item.price
            assert bought.order_id

    world.run(body)


def test_what_cannot_be_bought_is_told(world: World) -> None:
    """In the shop's words; an unknown item breaks the server, and is not asked for again."""

    async def body() -> None:
        async with world.student() as client:
            dear = next(row for row in await client.get_rewards() if not row.can_purchase)
            with pytest.raises(Refused) as caught:
                await client.purchase_reward(dear.id)
            assert caught.value.text == dear.unable_to_purchase_reason
            before = len(world.server.log)
            with pytest.raises(InstanceClosed):
                await client.purchase_reward(1)
            assert world.cost(before) == ["POST purchase"]

    world.run(body)


def test_points_from_home_have_a_daily_limit(world: World) -> None:
    """Which is told, and not tried again."""

    async def body() -> None:
        async with world.parent() as client:
            reason = next(
                row for row in await client.get_parent_behaviours() if not row.is_daily_limit_reached
            )
            while not reason.is_daily_limit_reached:
                listed = await client.add_parent_behaviour(reason.id)
                reason = next(row for row in listed if row.id == reason.id)
            before = len(world.server.log)
            with pytest.raises(Refused, match="daily limit"):
                await client.add_parent_behaviour(reason.id)
            assert world.cost(before) == ["POST addparentbehaviour"]

    world.run(body)


ACTIONS: dict[str, tuple[str, Callable[[World, Any], Any], str]] = {
    "purchase": ("student", lambda world, c: c.purchase_reward(_affordable(world)), "*/purchase/*"),
    "native purchase": (
        "student",
        lambda world, c: c.native.purchase_reward(_affordable(world)),
        "*/purchase/*",
    ),
    "behaviour": ("parent", lambda _, c: c.add_parent_behaviour(4101), "*/addparentbehaviour/*"),
    "password": (
        "parent",
        lambda world, c: c.change_password(world.school.parents[0].password, "a new s3cret"),
        "*/password",
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("fault", [LoseAnswer(), Drop()])
def test_an_action_whose_answer_is_lost_is_never_sent_again(world: World, name: str, fault: Any) -> None:
    """The caller is told that it may have happened."""
    role, act, path = ACTIONS[name]
    world.server.faults.add(fault, path)

    async def body() -> None:
        async with getattr(world, role)() as client:
            before = len(world.server.log)
            with pytest.raises(Interrupted) as caught:
                await act(world, client)
            assert len(world.server.log) == before + 1
            assert "s3cret" not in str(caught.value)

    world.run(body)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_a_dead_session_refused_is_sent_once_more(world: World, name: str) -> None:
    """It was not done."""
    role, act, path = ACTIONS[name]
    world.server.faults.add(ExpireSession(), path)

    async def body() -> None:
        async with getattr(world, role)() as client:
            before = len(world.server.log)
            await act(world, client)
            cost = world.cost(before)
            assert (cost[0], cost[1]) == (cost[-1], f"POST {role}/login")
            assert cost.count(cost[0]) == 2

    world.run(body)


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_that_never_left_may_be_made_again(world: World, name: str) -> None:
    """By the caller: nothing does it by itself."""
    role, act, path = ACTIONS[name]
    world.server.faults.add(Drop(was_received=False), path)

    async def body() -> None:
        async with getattr(world, role)() as client:
            with pytest.raises(Exception, match="No connection could be made") as caught:
                await act(world, client)
            assert caught.value.was_sent is False  # type: ignore[attr-defined]
            assert world.slept == []
            await act(world, client)

    world.run(body)


# -- codes and passwords ----------------------------------------------------------------------


def test_a_code_is_checked_without_a_log_in(world: World) -> None:
    """And got with one, for who knows the date of birth."""

    async def body() -> None:
        client = world.student()
        assert await client.check_code() is True
        assert world.cost() == ["POST hasdob"]
        assert await client.get_student_code(dt.date(2011, 3, 14)) == "ZZTEST0001"
        assert await client.get_student_code("2011-03-14") == "ZZTEST0001"
        with pytest.raises(Refused):
            await client.get_student_code("2011-03-15")
        before = len(world.server.log)
        for wrong in ("14/03/2011", None):
            with pytest.raises(BadArgument) as caught:
                await client.get_student_code(wrong)
            assert caught.value.argument == "date_of_birth"
        assert len(world.server.log) == before
        await client.aclose()

    world.run(body)


def test_nothing_of_a_client_shows_a_secret(world: World) -> None:
    """Neither its `repr` nor that of what it gives."""

    async def body() -> None:
        async with world.parent() as client:
            shown = [
                repr(client.native),
                repr(await client.get_pupils()),
                str(await client.get_student_info()),
            ]
            shown += [
                repr(client.pupils),
                repr(getattr(client, "blocking", client)),
                repr(client.capabilities),
            ]
        for secret in ("robin@", "s3cret", "Alex", "Robin"):
            assert not [text for text in shown if secret in text]

    world.run(body)
