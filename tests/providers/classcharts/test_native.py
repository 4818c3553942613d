"""Every call in the server's own words, against the invented school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from schoolsync.errors import BadArgument, Interrupted, Refused, Unavailable, UnknownName
from schoolsync.flow.effects import Flow
from schoolsync.provider import Days
from schoolsync.providers.classcharts.login import ParentLogin
from schoolsync.providers.classcharts.native import Native
from schoolsync.sandbox.faults import LoseAnswer
from tests.providers.classcharts.world import World

DAY = dt.date(2026, 11, 23)
TERM = Days(dt.date(2026, 9, 1), dt.date(2026, 12, 18))
Made = Callable[[Native], Flow[Any]]

BOTH: dict[str, Made] = {
    "timetable": lambda native: native.lessons(DAY),
    "homeworks": lambda native: native.homeworks(TERM),
    "attendance": lambda native: native.attendance(TERM),
    "announcements": lambda native: native.announcements(),
    "activity": lambda native: native.activity(),
    "behaviour": lambda native: native.behaviour(),
    "eventbadges": lambda native: native.badges(),
    "detentions": lambda native: native.detentions(),
    "customfields": lambda native: native.pupil_fields(),
    "classes": lambda native: native.classes(),
    "getacademicreports": lambda native: native.academic_reports(),
    "getacademicreport": lambda native: native.academic_report(21),
    "getpupilreportcards": lambda native: native.report_cards(),
    "getpupilreportcard": lambda native: native.report_card(9),
    "getpupilreportcardsummarycomment": lambda native: native.report_card_comment(9, DAY),
    "getpupilreportcardtarget": lambda native: native.report_card_target(17, DAY),
}
PARENTS: dict[str, Made] = {
    "pupils": lambda native: native.pupils(),
    "ping": lambda native: native.parent_info(),
    "parentbehaviours": lambda native: native.parent_behaviours(),
    "addparentbehaviour": lambda native: native.add_parent_behaviour(4101),
}
STUDENTS: dict[str, Made] = {
    "hasdob": lambda native: native.code_check(),
    "getcode": lambda native: native.student_code(dt.date(2011, 3, 14)),
    "rewards": lambda native: native.rewards(),
}


def _ids(world: World, native: Native) -> dict[str, Made]:
    """The calls that need an id which only a listing knows."""
    report = world.run(native.academic_reports()).data[0].id
    card = world.run(native.report_cards()).data[0].id
    target = world.run(native.report_card(card)).data.targets[0].id
    return BOTH | {
        "getacademicreport": lambda native: native.academic_report(report),
        "getpupilreportcard": lambda native: native.report_card(card),
        "getpupilreportcardsummarycomment": lambda native: native.report_card_comment(card, DAY),
        "getpupilreportcardtarget": lambda native: native.report_card_target(target, DAY),
    }


@pytest.mark.parametrize("name", BOTH)
def test_each_call_is_one_request_for_both_roles(world: World, name: str) -> None:
    """And everything in its answer is understood."""
    for service in (world.parent(), world.student()):
        envelope, cost = world.cost(_ids(world, service.native)[name](service.native))
        assert [line.partition(" ")[2] for line in cost] == [name]
        assert envelope.success is True
        assert envelope.issues == ()
        assert envelope.data is not None


@pytest.mark.parametrize(
    ("name", "is_parent"), [*((n, True) for n in PARENTS), *((n, False) for n in STUDENTS)]
)
def test_what_is_one_role_s_own_is_refused_to_the_other(world: World, name: str, is_parent: bool) -> None:
    """Before anything is sent."""
    mine, theirs = (world.parent(), world.student()) if is_parent else (world.student(), world.parent())
    make = (PARENTS | STUDENTS)[name]
    _, cost = world.cost(make(mine.native))
    assert [line.partition(" ")[2] for line in cost] == [name]
    before = len(world.server.log)
    with pytest.raises(Unavailable) as caught:
        world.run(make(theirs.native))
    assert caught.value.reason == "not_for_this_account"
    assert len(world.server.log) == before


@pytest.mark.parametrize(
    "make",
    [lambda native: native.purchase(5501), lambda native: native.tick(1), lambda native: native.rewards()],
)
def test_a_parent_neither_ticks_nor_buys(world: World, make: Made) -> None:
    """Before anything is sent, and before anybody signs in."""
    with pytest.raises(Unavailable):
        world.run(make(world.parent(signed_in=False).native))
    assert world.server.log == []


# -- who -----------------------------------------------------------------------------


def test_student_info_is_the_pupil_s_own_row(world: World) -> None:
    """A ping for a student, the list for a parent."""
    parent, student = world.parent(), world.student()
    for wanted, number in ((None, 5000001), (2, 5000002), ("Sam", 5000002)):
        info, cost = world.cost(parent.native.student_info(pupil=wanted))
        assert (info.data.id, cost) == (number, ["GET pupils"])
    info, cost = world.cost(student.native.student_info())
    assert (info.data.id, cost) == (5000001, ["POST ping"])


def test_a_pupil_who_left_the_list_is_unknown(world: World) -> None:
    """And their number is not shown."""
    service = world.parent()
    desk = world.school.desks.pop("5000002")
    world.school.desks["5000009"] = desk
    world.school.households[0] = _without_sam(world)
    with pytest.raises(UnknownName) as caught:
        world.run(service.native.student_info(pupil="Sam"))
    assert "5000002" not in str(caught.value)


def _without_sam(world: World) -> Any:
    household = world.school.households[0]
    parents = tuple(attrs.evolve(one, pupil_ids=("5000001",)) for one in household.parents)
    return attrs.evolve(household, parents=parents)


def test_the_code_is_checked_without_a_log_in(world: World) -> None:
    """Sam's school does not ask for a date of birth."""
    alex, sam = (world.student(file, signed_in=False) for file in world.school.pupil_files[:2])
    assert world.cost(alex.native.code_check())[0].data.has_dob is True
    answer, cost = world.cost(sam.native.code_check())
    assert (answer.data.has_dob, cost) == (False, ["POST hasdob"])


def test_a_password_is_changed_here_and_there(world: World) -> None:
    """The next log-in uses the new one, and whoever keeps credentials has it."""
    service = world.parent()
    old = world.school.parents[0].password
    _, cost = world.cost(service.native.change_password(old, "a new s3cret"))
    assert cost == ["POST password"]
    assert world.saved[-1].fields == {"email": "robin@example.test", "password": "a new s3cret"}
    world.server.sessions.end_all()
    assert world.run(service.native.pupils()).data
    assert isinstance(service.account.login, ParentLogin)
    assert service.account.login.password.reveal() == "a new s3cret"


def test_a_password_that_is_refused_changes_nothing(world: World) -> None:
    """Neither here nor there, and no error shows one."""
    service = world.parent()
    with pytest.raises(Refused) as caught:
        world.run(service.native.change_password("wrong current", "a new s3cret"))
    assert "wrong current" not in str(caught.value)
    assert service.account.login.credentials.fields["password"] == world.school.parents[0].password
    assert world.saved == []


@pytest.mark.parametrize(("current", "new", "argument"), [("", "x", "current"), ("x", "", "new")])
def test_an_empty_password_is_refused_before_anything_is_sent(
    world: World, current: str, new: str, argument: str
) -> None:
    """By the name of the argument."""
    with pytest.raises(BadArgument) as caught:
        world.run(world.parent(signed_in=False).native.change_password(current, new))
    assert caught.value.argument == argument
    assert world.server.log == []


# -- activity --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("family", "number", "rows"), [(0, 1, 125), (0, 2, 51), (2, 1, 50), (2, 2, 1), (2, 3, 0)]
)
def test_the_full_activity_is_every_row_once(world: World, family: int, number: int, rows: int) -> None:
    """One request a page of 50, and one for the empty page at the end."""
    service = world.parent(world.school.parents[family])
    everything = Days(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    envelope, cost = world.cost(service.native.full_activity(everything, pupil=number))
    assert cost == ["GET activity"] * (-(-rows // 50) + 1)
    assert len(envelope.data) == len({(row.type, row.id) for row in envelope.data}) == rows
    stamps = [row.timestamp or "" for row in envelope.data]
    assert stamps == sorted(stamps, reverse=True)


def test_a_server_that_ignores_from_is_not_read_to_the_end(world: World) -> None:
    """And its older rows are left out."""
    service = world.parent()
    days = Days(DAY - dt.timedelta(days=7), DAY)
    honest = [row.id for row in world.run(service.native.full_activity(days)).data]
    world.server.rules = attrs.evolve(world.server.rules, ignores_from=True)
    envelope, cost = world.cost(service.native.full_activity(days))
    assert [row.id for row in envelope.data] == honest
    assert len(cost) <= -(-len(honest) // 50) + 1


def test_rows_are_read_as_they_are_wanted(world: World) -> None:
    """And what runs before may refuse."""
    service = world.parent()
    everything = Days(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    rows, before = service.native.activity_rows(everything), len(world.server.log)

    async def take(count: int) -> int:
        taken = 0
        async for _ in rows:
            taken += 1
            if taken == count:
                break
        return taken

    assert world.run(take(50)) == 50
    assert len(world.server.log) == before + 1
    assert world.run(take(1)) == 1
    assert len(world.server.log) == before + 2

    async def refuse() -> None:
        raise Unavailable("off_at_school")

    refused = service.native.activity_rows(everything, before=refuse)
    with pytest.raises(Unavailable):
        world.run(anext(refused))
    assert len(world.server.log) == before + 2


# -- anything else -----------------------------------------------------------------------


def test_any_other_call_can_be_made(world: World) -> None:
    """Reads by GET, and whatever is posted counts as a write."""
    service = world.student()
    envelope, cost = world.cost(service.native.request("classes/5000001", query={"x": None}))
    assert (bool(envelope.data), envelope.meta, cost) == (True, {}, ["GET classes"])
    form = {"pupil_id": "5000001", "text": "invented"}
    world.run(service.native.request("addconcern", method="POST", form=form))
    assert world.school.desk("5000001").concerns == ["invented"]
    world.server.faults.add(LoseAnswer(), "*/addconcern")
    with pytest.raises(Interrupted):
        world.run(service.native.request("addconcern", method="POST", form=form))
    assert len(world.school.desk("5000001").concerns) == 2


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        ({"path": "x", "method": "DELETE"}, "method"),
        ({"path": "x", "method": "get"}, "method"),
        ({"path": "x?a=1"}, "path"),
        ({"path": "x#a"}, "path"),
        ({"path": "x", "form": {}}, "form"),
    ],
)
def test_a_request_that_cannot_be_meant_is_refused(
    world: World, given: dict[str, Any], argument: str
) -> None:
    """Before anything is sent."""
    with pytest.raises(BadArgument) as caught:
        world.run(world.student(signed_in=False).native.request(**given))
    assert caught.value.argument == argument
    assert world.server.log == []
