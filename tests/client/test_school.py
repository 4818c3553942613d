"""The type to write apps against: every client has all of it, with the same parameters."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import schoolsync
from schoolsync import classcharts
from schoolsync.client._async.base import AsyncClient
from schoolsync.client._sync.base import Client

PAIRS = [
    (schoolsync.SchoolClient, classcharts.ParentClient),
    (schoolsync.SchoolClient, classcharts.StudentClient),
    (schoolsync.SchoolClient, Client),
    (schoolsync.AsyncSchoolClient, classcharts.AsyncParentClient),
    (schoolsync.AsyncSchoolClient, classcharts.AsyncStudentClient),
    (schoolsync.AsyncSchoolClient, AsyncClient),
]
CONTRACT = """provider school capabilities pupils select_pupil get_lessons get_homeworks get_marks
get_averages get_periods get_absences get_announcements get_badges get_sanctions get_behaviour_events
set_homework_done download open keep_alive kept_alive login logout native""".split()


def members(protocol: type) -> dict[str, Any]:
    """What the protocol asks for."""
    asked = {"__enter__", "__exit__", "__aenter__", "__aexit__"}
    return {
        name: thing for name, thing in vars(protocol).items() if not name.startswith("_") or name in asked
    }


@pytest.mark.parametrize("protocol", [schoolsync.SchoolClient, schoolsync.AsyncSchoolClient])
def test_the_protocol_asks_for_everything_that_is_promised(protocol: type) -> None:
    """And for the ends of a session."""
    close = "aclose" if protocol is schoolsync.AsyncSchoolClient else "close"
    assert {*CONTRACT, close} <= members(protocol).keys()


@pytest.mark.parametrize(("protocol", "kind"), PAIRS)
def test_every_client_has_it_all(protocol: type, kind: type) -> None:
    """Properties as properties, and parameters by name, kind and default."""
    for name, asked in members(protocol).items():
        had = inspect.getattr_static(kind, name)
        assert isinstance(had, property) is isinstance(asked, property), name
        if not isinstance(asked, property):
            assert parameters(had) == parameters(asked), name


def parameters(function: Any) -> list[tuple[str, Any]]:
    """Names and defaults; kinds where they are not positional-only."""
    found = inspect.signature(getattr(function, "__wrapped__", function)).parameters.values()
    return [(one.name, one.default) for one in found]


def test_apps_can_be_written_against_it() -> None:
    """Here is one, for either provider."""

    def week(school: schoolsync.SchoolClient) -> list[str]:
        return [lesson.key for lesson in school.get_lessons()]

    client: schoolsync.SchoolClient = classcharts.ParentClient("a@example.test", "x")
    assert callable(week)
    assert client.provider == "classcharts"
