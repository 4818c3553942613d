"""The contract's flows against a school whose server is dirty, old, or wants things in another order."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from schoolsync.errors import ActionRequired, DecodeIssue, UnexpectedShape
from schoolsync.provider import Span
from schoolsync.sandbox.faults import Drop, Remove, Retype
from tests.providers.classcharts.world import EVER, READINGS, World


def test_a_bad_row_is_told_and_the_others_are_there(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """By its place; the log says the same and no value."""
    service = world.parent()
    whole = world.run(service.homeworks(EVER))
    world.server.faults.add(Remove("data[].due_date"), "*/homeworks/*")
    assert world.run(service.homeworks(EVER)) == []
    world.server.faults.add(Retype("data[].status.mark", {"Alex": 1}), "*/homeworks/*")
    found = world.run(service.homeworks(EVER))
    assert len(found) == len(whole)
    assert set(found.issues) == {
        DecodeIssue(f"data.{number}.status.mark", "string_type", is_row_lost=False)
        for number in range(len(whole))
    }
    assert "data.0.status.mark (string_type)" in caplog.text
    assert "Alex" not in caplog.text


def test_strict_mode_refuses_a_bad_field(world: World) -> None:
    """By its place."""
    service = world.parent(strict=True)
    world.server.faults.add(Retype("data[].score", "many"), "*/activity/*")
    with pytest.raises(UnexpectedShape) as caught:
        world.run(service.behaviour_events(Span()))
    assert caught.value.path == "data.0.score"


def test_what_a_list_of_reports_lost_is_told(world: World) -> None:
    """The marks know of it."""
    service = world.parent()
    world.server.faults.add(Retype("data[].start_date", "soon"), "*/getacademicreports")
    found = world.run(service.marks(Span(EVER)))
    assert {issue.path for issue in found.issues} == {"data.0.start_date", "data.1.start_date"}


@pytest.mark.parametrize("name", READINGS)
def test_raw_rows_are_kept_when_asked_for(world: World, name: str) -> None:
    """And only then."""
    kept = world.run(READINGS[name](world.parent(keep_raw=True), None))
    assert all(one.raw is not None for one in kept if one.extras.get("classcharts.source") != "report")
    assert all(one.raw is None for one in world.run(READINGS[name](world.parent(), None)))


@pytest.mark.parametrize(
    "shapes",
    [
        {"timetable_by_date": True},
        {"badges_wrapped": False},
        {"reports_as_list": True},
        {"success_as_bool": True},
        {"file_keys": ("filename",)},
        {"file_keys": ("file_name",)},
        {"announcement_file_key": "fileName"},
    ],
)
def test_every_shape_that_was_seen_reads_the_same(world: World, shapes: dict[str, Any]) -> None:
    """Record for record."""
    service = world.parent()
    before = [one for make in READINGS.values() for one in world.run(make(service, None))]
    world.server.shapes = attrs.evolve(world.server.shapes, **shapes)
    assert [one for make in READINGS.values() for one in world.run(make(service, None))] == before


def test_an_older_server_is_read_too(world: World) -> None:
    """Without the keys that came later; its switches are left open."""
    world.server.shapes = attrs.evolve(world.server.shapes, has_newer_fields=False)
    service = world.parent()
    for make in READINGS.values():
        assert world.run(make(service, None)).issues == ()


def test_an_account_without_children_is_an_error(world: World) -> None:
    """Not an empty one."""
    with pytest.raises(ActionRequired):
        world.parent(world.school.parents[-1])


def test_a_server_that_wants_a_ping_first_gets_one(world: World) -> None:
    """Else its pupils would be empty."""
    world.server.rules = attrs.evolve(world.server.rules, require_ping=True)
    assert len(world.parent().pupils) == 2
    assert len(world.student().pupils) == 1


def test_the_road_alone_is_no_issue(world: World) -> None:
    """A reading heals from a broken connection, with a pause."""
    service = world.parent()
    world.server.faults.add(Drop(), "*/eventbadges/*")
    assert world.run(service.badges())
    assert world.slept == [1.0]
