"""A household that does not exist."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from schoolsync.cli.dates import days_between
from schoolsync.cli.household import PROVIDERS, read_household
from schoolsync.cli.lessons import LESSONS
from schoolsync.cli.progress import Steps
from schoolsync.model import Lesson
from schoolsync.sandbox import serve as serving
from schoolsync.sandbox.pronote import CURRENT
from tests.cli.terminal import AFTER_SCHOOL

WEEK = days_between("2026-03-09", "2026-03-13")


def test_a_child_on_each_platform() -> None:
    """In the order asked for, each with the lessons of the school's own zone."""
    steps = Steps()
    groups = read_household(AFTER_SCHOOL, tuple(PROVIDERS), {LESSONS: WEEK}, steps)
    assert [group.pupil.first_name for group in groups] == ["Louison", "Alex"]
    assert [group.pupil.school.provider for group in groups] == ["pronote", "classcharts"]
    for group in groups:
        lessons = [row for row in group.answers[0].rows if isinstance(row, Lesson)]
        assert {row.start.date().day for row in lessons} == {9, 10, 11, 12, 13}
        assert {row.start.tzinfo for row in lessons} == {group.pupil.school.zone}
    assert (steps.done, steps.total) == (6, 6)
    alone = read_household(AFTER_SCHOOL, ("classcharts",), {LESSONS: WEEK}, Steps())
    assert [group.pupil.first_name for group in alone] == ["Alex"]


def test_both_schools_are_on_one_port_of_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """PRONOTE in its newest generation; each is asked over HTTP, and both are closed afterwards."""
    seen: list[tuple[str, dict[str, Any]]] = []
    real = serving.serve

    @contextmanager
    def listening(servers: dict[str, Any]) -> Iterator[serving.Place]:
        with real(servers) as place:
            seen.append((place.url, servers))
            yield place

    monkeypatch.setattr(serving, "serve", listening)
    read_household(AFTER_SCHOOL, tuple(PROVIDERS), {LESSONS: WEEK}, Steps())
    ((url, servers),) = seen
    assert url.startswith("http://127.0.0.1:")
    assert servers["/pronote"].generation is CURRENT
    assert any(path.endswith("/PageEmploiDuTemps") for _, path in servers["/pronote"].log)
    assert sum("timetable" in path for _, path in servers["/"].log) == 5
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))
