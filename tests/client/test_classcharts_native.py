"""Whole typed envelopes: each method is one request, about the pupil who is selected when it is made."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from schoolsync.client._sync.classcharts_native import Native
from schoolsync.errors import BadArgument, Unavailable
from schoolsync.providers.classcharts.envelope import Envelope
from tests.client.worlds import World

Call = Callable[[Any, dict[str, int]], Any]
CALLS: dict[str, tuple[Call, str]] = {
    "get_student_info": (lambda n, _: n.get_student_info(), "GET pupils"),
    "get_activity": (lambda n, _: n.get_activity("2026-11-01"), "GET activity"),
    "get_full_activity": (lambda n, _: n.get_full_activity("2026-11-22"), "GET activity"),
    "get_behaviour": (lambda n, _: n.get_behaviour("2026-11-01"), "GET behaviour"),
    "get_homeworks": (lambda n, _: n.get_homeworks("2026-11-01", None, "due_date"), "GET homeworks"),
    "get_lessons": (lambda n, _: n.get_lessons("2026-11-23"), "GET timetable"),
    "get_badges": (lambda n, _: n.get_badges(), "GET eventbadges"),
    "get_announcements": (lambda n, _: n.get_announcements(), "GET announcements"),
    "get_detentions": (lambda n, _: n.get_detentions(), "GET detentions"),
    "get_attendance": (lambda n, _: n.get_attendance("2026-11-01"), "GET attendance"),
    "get_pupil_fields": (lambda n, _: n.get_pupil_fields(), "GET customfields"),
    "get_classes": (lambda n, _: n.get_classes(), "GET classes"),
    "get_academic_reports": (lambda n, _: n.get_academic_reports(), "GET getacademicreports"),
    "get_academic_report": (lambda n, ids: n.get_academic_report(ids["report"]), "GET getacademicreport"),
    "get_report_cards": (lambda n, _: n.get_report_cards(), "POST getpupilreportcards"),
    "get_report_card": (lambda n, ids: n.get_report_card(ids["card"]), "GET getpupilreportcard"),
    "get_report_card_comment": (
        lambda n, ids: n.get_report_card_comment(ids["card"], "2026-11-23"),
        "GET getpupilreportcardsummarycomment",
    ),
    "get_report_card_target": (
        lambda n, ids: n.get_report_card_target(ids["target"], "2026-11-23"),
        "GET getpupilreportcardtarget",
    ),
    "get_parent_info": (lambda n, _: n.get_parent_info(), "POST ping"),
    "get_pupils": (lambda n, _: n.get_pupils(), "GET pupils"),
    "get_parent_behaviours": (lambda n, _: n.get_parent_behaviours(), "GET parentbehaviours"),
    "request": (lambda n, _: n.request("classes/5000001"), "GET classes"),
}
STUDENTS: dict[str, tuple[Call, str]] = {
    "check_code": (lambda n, _: n.check_code(), "POST hasdob"),
    "get_student_code": (lambda n, _: n.get_student_code("2011-03-14"), "POST getcode"),
    "get_rewards": (lambda n, _: n.get_rewards(), "GET rewards"),
    "purchase_reward": (lambda n, _: n.purchase_reward(5501), "POST purchase"),
}


async def ids(client: Any) -> dict[str, int]:
    """A report, a card and a target that there are."""
    native = client.native
    card = (await native.get_report_cards()).data[0].id
    target = (await native.get_report_card(card)).data.targets[0].id
    return {"report": (await native.get_academic_reports()).data[0].id, "card": card, "target": target}


def test_each_call_gives_a_whole_envelope(world: World) -> None:
    """For one request, and everything in it was understood."""

    async def body() -> None:
        async with world.parent() as client:
            known = await ids(client)
            for call, line in CALLS.values():
                before = len(world.server.log)
                envelope = await call(client.native, known)
                assert set(world.cost(before)) == {line}
                assert isinstance(envelope, Envelope)
                assert (envelope.success, envelope.issues) == (True, ())
        async with world.student() as student:
            world.school.desk("5000001").balance = 1000
            for call, line in STUDENTS.values():
                before = len(world.server.log)
                assert isinstance(await call(student.native, known), Envelope)
                assert world.cost(before) == [line]

    world.run(body)


def test_every_method_is_called_here() -> None:
    """A new one needs its line."""
    methods = {name for name, thing in vars(Native).items() if inspect.isfunction(thing) and name[0] != "_"}
    assert methods == CALLS.keys() | STUDENTS.keys()


def test_a_kept_native_follows_the_selection(world: World) -> None:
    """It is about whoever is selected when a call is made, not when it was taken."""

    async def body() -> None:
        async with world.parent() as client:
            native = client.native
            assert (await native.get_student_info()).data.first_name == "Alex"
            client.select_pupil("Sam")
            assert (await native.get_student_info()).data.first_name == "Sam"
            assert (await native.get_student_info(pupil="Alex")).data.first_name == "Alex"

    world.run(body)


def test_it_signs_in_at_the_first_call(world: World) -> None:
    """Like every reading."""

    async def body() -> None:
        client = world.parent()
        envelope = await client.native.get_homeworks()
        assert (envelope.meta.display_type, len(world.server.log)) == ("issue_date", 4)
        await client.aclose()

    world.run(body)


def test_what_is_one_role_s_own_is_refused_to_the_other(world: World) -> None:
    """Before anybody signs in."""

    async def body() -> None:
        parent, student = world.parent(), world.student()
        for call in (parent.native.get_rewards, student.native.get_pupils):
            with pytest.raises(Unavailable) as caught:
                await call()
            assert caught.value.reason == "not_for_this_account"
        await parent.aclose()
        await student.aclose()

    world.run(body)
    assert world.server.log == []


def test_any_other_call_can_be_made(world: World) -> None:
    """With query and form; a method that there is not is refused."""

    async def body() -> None:
        async with world.student() as client:
            form = {"pupil_id": "5000001", "text": "invented"}
            await client.native.request("/addconcern", method="POST", form=form)
            assert world.school.desk("5000001").concerns == ["invented"]
            found = await client.native.request("activity", query={"from": "2026-11-20", "to": None})
            assert {row["timestamp"] >= "2026-11-20" for row in found.data} == {True}
            with pytest.raises(BadArgument):
                await client.native.request("activity", method="PUT")
            with pytest.raises(BadArgument):
                await client.native.get_lessons("soon")

    world.run(body)
