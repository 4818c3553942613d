"""What goes into the school comes out of our own client: every reading, every field, both worlds.

Which fields are compared is decided by the model, not by this module. Each test has a
stage of its own: a client may not sign in to one host as often as all of them do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anyio
import pytest

from schoolsync.client._async.school import AsyncSchoolClient
from schoolsync.model import Attachment, Availability, Record, Rows, Subject
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.people import ParentAccount
from tests.peers.facts import differences, facts, left_out
from tests.peers.ours import (
    NOT_THERE,
    READINGS,
    Collected,
    collect,
    collect_async,
    expected_pupil,
)
from tests.peers.scenes import AUTUMN, ORDINARY, SPRING, Plan, Role, Scene, Stage, opened

SHOWN = 12
OTHER_WORDS = Shapes(
    file_keys=("filename",),
    announcement_file_key="fileName",
    counts_as_list=True,
    reports_as_list=True,
    badges_wrapped=False,
    timetable_by_date=True,
    success_as_bool=True,
)
"""The same facts as another server was seen to word them."""

Who = ParentAccount | Desk
Collect = Callable[[Scene, Who], Collected]


def _asyncio(scene: Scene, who: Who) -> Collected:
    return anyio.run(collect_async, scene, who, backend="asyncio")


def _trio(scene: Scene, who: Who) -> Collected:
    return anyio.run(collect_async, scene, who, backend="trio")


@pytest.fixture(params=[collect, _asyncio, _trio], ids=["sync", "asyncio", "trio"])
def world(request: pytest.FixtureRequest) -> Collect:
    """Reads everything: blocking, on asyncio, on trio."""
    found: Collect = request.param
    return found


# -- every reading of every pupil -----------------------------------------------------


def _complaints(scene: Scene, who: Who, collected: Collected) -> list[str]:
    """Everything that is not as the school says."""
    role: Role = "parent" if isinstance(who, ParentAccount) else "student"
    numbers = who.pupil_ids if isinstance(who, ParentAccount) else (who.file.id,)
    desks = [scene.school.desk(number) for number in numbers]
    found = differences(collected.pupils, [expected_pupil(desk, role, scene) for desk in desks])
    found += [] if list(collected.readings) == list(numbers) else ["the order of the pupils"]
    for desk in desks:
        given = collected.readings[desk.file.id]
        told = f"{scene.plan.name}, {role}, {desk.file.id}"
        for name, said in given.items():
            found += [f"{told}: {name}: {one}" for one in _of_one(scene, desk, role, name, said, given)]
    return found


def _of_one(scene: Scene, desk: Desk, role: Role, name: str, said: Any, given: Any) -> list[str]:
    reading = READINGS[name]
    if reading.feature and not desk.file.features[reading.feature]:
        return [] if said is Availability.OFF_AT_SCHOOL else [f"{said}, expected a reason"]
    if not isinstance(said, Rows):
        return [f"unavailable: {said}"]
    expected = reading.expected(scene, desk)
    if role == "parent" and name == "get_homeworks":
        expected = [one.model_copy(update={"can_toggle": False}) for one in expected]
    ours = {mark.key: mark.provider_id for mark in given["get_marks"]}
    theirs = {mark.key: mark.provider_id for mark in scene.school.marks(desk.pupil)}
    found = differences(said, expected, ours, theirs)
    in_order = sorted(said, key=reading.order, reverse=reading.is_reversed)
    if [reading.order(one) for one in said] != [reading.order(one) for one in in_order]:
        found.append("not in its order")
    return found + [f"an issue: {issue}" for issue in said.issues] + _identity(said)


def _identity(rows: Rows[Any]) -> list[str]:
    """Keys tell records apart, and attachments refer to theirs."""
    found = [] if len({one.key for one in rows}) == len(rows) else ["two with one key"]
    for one in rows:
        refs = [attachment.ref for attachment in getattr(one, "attachments", ())]
        found += [] if refs == [(one.key, place) for place in range(len(refs))] else [f"refs: {refs}"]
    return found


@pytest.mark.parametrize("plan", [ORDINARY, SPRING, AUTUMN], ids=lambda plan: plan.name)
def test_what_goes_in_comes_out(world: Collect, plan: Plan) -> None:
    """Every parent and every student, about every pupil, every field of every record."""
    with opened() as own_stage:
        scene = own_stage.play(plan)
        everybody: tuple[Who, ...] = (*scene.parents, *scene.desks)
        found = [one for who in everybody for one in _complaints(scene, who, world(scene, who))]
    assert not found, f"{len(found)} differences:\n" + "\n".join(found[:SHOWN])


@pytest.mark.parametrize("mode", ["lenient", "tes"])
def test_other_words_for_the_same_facts(mode: Any) -> None:
    """Another wording of the server changes nothing, with and without the gate."""
    with opened() as own_stage:
        scene = own_stage.play(ORDINARY, mode=mode, shapes=OTHER_WORDS)
        for who in (scene.parents[0], scene.desks[0]):
            assert _complaints(scene, who, collect(scene, who)) == []


def test_every_record_has_something_to_compare() -> None:
    """Two pupils, 120 activities; no reading of the first pupil is empty."""
    with opened() as own_stage:
        scene = own_stage.play(ORDINARY)
        collected = collect(scene, scene.parents[0])
    assert len(collected.readings) == 2
    assert len(scene.desks[0].activity) == 120
    assert all(collected.readings[scene.desks[0].file.id].values())


# -- nothing is left out --------------------------------------------------------------


def test_every_reading_is_compared() -> None:
    """What every school object can read is here, or not in ClassCharts."""
    readings = {name for name in vars(AsyncSchoolClient) if name.startswith("get_")}
    assert readings == READINGS.keys() | NOT_THERE


@pytest.mark.parametrize("method", READINGS)
def test_every_field_of_a_record_counts(method: str) -> None:
    """A record that differs in one field, whichever, is found: no field is left uncompared."""
    kind = READINGS[method].kind
    scene = Stage().play(ORDINARY)
    record = READINGS[method].expected(scene, scene.desks[0])[0]
    names = {getattr(record, field): field for field in kind.model_fields if field.endswith("_key")}
    for field in kind.model_fields:
        other = record.model_copy(update={field: "something else entirely"})
        noticed = [one.partition(":")[0] for one in differences([other], [record], names, names)]
        assert noticed == ([] if field in left_out(kind) else [field])


def test_what_is_left_out() -> None:
    """Keys, what refers to the own key, what the server sent; and nothing else."""
    assert left_out(Record) == {"key", "pupil_key", "raw"}
    assert left_out(Attachment) == {"ref"}
    assert left_out(Subject) == set()


def test_what_is_missing_or_too_much_is_named() -> None:
    """The comparison of lists, seen to fail."""
    math, art = Subject(name="Mathematics"), Subject(name="Art")
    assert differences([math, art], [art, math]) == []
    assert differences([math], [math, art]) == [f"not delivered: {facts(art, {})}"]
    assert differences([math, math], [math]) == [f"not at the school: {facts(math, {})}"]
    assert len(differences([math], [art])) == 1
