"""Every reading over answers of the school that were damaged anywhere inside one row, by chance."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsync.errors import UnexpectedShape
from schoolsync.flow.http import Request, Response
from schoolsync.model import Record, Rows
from schoolsync.providers.classcharts.service import ClassCharts
from schoolsync.testing.play import Script
from tests.providers.classcharts.conftest import made
from tests.providers.classcharts.world import READINGS, World

NAMES = {
    "timetable": "lessons",
    "homeworks": "homeworks",
    "attendance": "absences",
    "announcements": "announcements",
    "eventbadges": "badges",
    "detentions": "sanctions",
    "activity": "behaviour_events",
}
"""Function of the server → the reading that stands on it."""
MUST = {
    "timetable": {"start_time", "end_time"},
    "homeworks": {"id", "due_date"},
    "attendance": {"status"},
    "announcements": {"id", "timestamp"},
    "eventbadges": {"id", "pupil_badges"},
    "detentions": {"id"},
    "activity": {"id", "timestamp", "type"},
}
"""Keys without which a row is none, or another one."""
GONE = st.booleans()
SPY = "Casey Specimen"
"""Put into damaged places: a name that nobody may be told."""
JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, "", SPY, 7, -1.5, True, [], {}, [SPY], {SPY: SPY}, 10**30, [None], [[]], "2026-13-45"]
)
Place: TypeAlias = tuple[str | int, ...]


@cache
def answers(name: str) -> tuple[ClassCharts, dict[str, Any]]:
    """A parent's service, and what the school answers to one reading, by path."""
    world = made()
    service, seen = world.parent(), dict[str, Any]()
    serve = world.server.answer

    def remember(request: Request) -> Response:
        response = serve(request)
        if "last_id=" not in request.url:
            seen[_path(request)] = response.json()
        return response

    script = Script([remember] * 20)
    script.run(READINGS[name](service, None))
    return service, seen


def _path(request: Request) -> str:
    parts = urlsplit(request.url)
    return f"{parts.path}?{parts.query}"


def read(name: str, said: dict[str, Any], *, strict: bool = False) -> Rows[Record]:
    """What the reading makes of *said*; further pages are empty."""
    service, _ = answers(name)
    session = service.account.session
    session.options = attrs.evolve(session.options, is_strict=strict)

    def serve(request: Request) -> Response:
        body = said.get(_path(request), {"success": 1, "data": [], "meta": []})
        return Response(200, body=json.dumps(body).encode(), url=request.url)

    found: Rows[Record] = Script([serve] * 20).run(READINGS[name](service, None))
    return found


def rows_of(data: Any) -> list[Place]:
    """Where the rows of an answer stand: in a list, or by day and session."""
    if isinstance(data, list):
        return [(number,) for number in range(len(data))]
    return [(day, session) for day, sessions in data.items() for session in sessions]


def places(value: Any, place: Place = ()) -> list[Place]:
    """Every place inside *value*, itself left out."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: list[Place] = []
    for step, inner in inside:
        found += [(*place, step), *places(inner, (*place, step))]
    return found


def at(value: Any, place: Place) -> Any:
    """What stands at *place*."""
    for step in place:
        value = value[step]
    return value


def shown(records: Rows[Record]) -> list[str]:
    """Records without what depends on their neighbours, in an order of their own."""
    return sorted(
        repr(sorted(one.model_dump(exclude={"key", "attachments", "times"}).items())) for one in records
    )


@pytest.mark.parametrize("function", NAMES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_damage_inside_a_row_costs_no_other_row(function: str, data: st.DataObject) -> None:
    """Something is gone, or is something else: the other rows are what they were, and no value is told."""
    name = NAMES[function]
    said = copy.deepcopy(answers(name)[1])
    path = data.draw(st.sampled_from(sorted(path for path in said if at(said[path], ("data",)))))
    body = said[path]["data"]
    row = data.draw(st.sampled_from(rows_of(body)))
    place: Place = data.draw(st.sampled_from([(), *places(at(body, row))]))
    whole, without = len(read(name, said)), copy.deepcopy(said)
    del at(without[path]["data"], row[:-1])[row[-1]]
    others = shown(read(name, without))
    holder, last = at(body, (*row, *place)[:-1]), (*row, *place)[-1]
    is_gone: bool = data.draw(GONE)
    if place and is_gone:
        del holder[last]
    else:
        holder[last] = data.draw(JUNK)
    found = read(name, said)
    kept = shown(found)
    assert [one for one in others if one not in kept] == []
    if place and place[0] not in MUST[function]:
        assert len(kept) == whole
    assert SPY not in str([(issue.path, issue.problem) for issue in found.issues])
    if found.issues:
        with pytest.raises(UnexpectedShape):
            read(name, said, strict=True)
    else:
        assert shown(read(name, said, strict=True)) == kept


def test_every_answer_has_rows_to_damage() -> None:
    """Else the test above would prove nothing."""
    for function, name in NAMES.items():
        said = answers(name)[1]
        assert any(function in path and rows_of(body["data"]) for path, body in said.items())
        assert isinstance(answers(name)[0], ClassCharts)
        assert isinstance(made(), World)
