"""Any key of any answer missing, null or of another type: the rest comes, and the loss is told."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

from schoolsync.errors import DecodeIssue, UnexpectedShape
from tests.fuzz.mutant import LOST, MARK, Place, Stage, Steps, places_in, pristine, put
from tests.fuzz.readings import READINGS, Reading
from tests.fuzz.rules import Loss, loss_of, row_of

DEEP = 4
"""Steps to a key of an object in a row."""


def worth_a_look(said: Any) -> Iterator[Place]:
    """Of places that differ in positions only: of rows the first and the last, deeper down the first."""
    alike: dict[str, list[Place]] = {}
    for place in places_in(said):
        if place.steps[0] in {"data", "meta"} and len(place.steps) > 1:
            shape = re.sub(r"\d+(-\d+)*", "#", str(place))
            alike.setdefault(shape, []).append(place)
    for places in alike.values():
        is_deep = len(places[0].steps) > DEEP
        yield from (places[0], places[-1]) if len(places) > 1 and not is_deep else places[:1]


def changed(said: Any, steps: Steps, value: Any, _: Any) -> Any:
    """A copy of *said* with *value* at *steps*, whatever was answered."""
    return put(copy.deepcopy(said), steps, value)


def alien(value: Any) -> Any:
    """What can never stand where *value* did."""
    return MARK if isinstance(value, dict | list) else [[MARK]]


def changes(said: Any) -> Iterator[tuple[Steps, Any]]:
    """Every change to be tried."""
    for place in worth_a_look(said):
        for value in (LOST, None, alien(place.value)):
            if value is not place.value:
                yield place.steps, value


def owner(reading: Reading, said: Any, record: Any, number: int) -> Any:
    """Which row *record*, the one of that number, was made from; `None` if of another answer."""
    if reading.kind == "register":
        return ("data", record.day.isoformat(), record.session_label)
    if "raw" not in type(record).model_fields:
        return ("data", number)
    return next((("data", place) for place, row in enumerate(said["data"]) if row == record.raw), None)


def tells(issues: Any, steps: Steps) -> bool:
    """Whether an issue names the very place."""
    wanted = [str(step) for step in steps]
    for issue in issues:
        parts = issue.path.split(".")
        if len(parts) >= len(wanted) and all(p in {w, "*"} for p, w in zip(parts, wanted, strict=False)):
            return True
    return False


def quiet(issues: Any) -> bool:
    """Whether no issue tells a value."""
    return MARK not in repr(issues) and all(type(issue) is DecodeIssue for issue in issues)


def attempt(call: Callable[[Any], Any], client: Any) -> Any:
    """What *call* gives, or the `UnexpectedShape` that it raises; any other error is a failure."""
    try:
        return call(client)
    except UnexpectedShape as error:
        return error


def rows_but(reading: Reading, data: Any, steps: Steps) -> Any:
    """The rows of an envelope without the one at *steps*, as dictionaries."""
    row = row_of(reading, steps)
    if reading.kind == "register":
        days = {day.isoformat(): sessions for day, sessions in data.items()}
        return {
            (day, session): found.model_dump()
            for day, sessions in days.items()
            for session, found in sessions.items()
            if ("data", day, session)[: len(steps)] != steps[:3]
        }
    ids = [found.model_dump() for found in data]
    return ids if row is None else ids[: int(row[1])] + ids[int(row[1]) + 1 :]


def check_native(stage: Stage, reading: Reading, said: Any, steps: Steps, value: Any, whole: Any) -> Loss:
    """The envelope has everything else and tells the loss; strict mode refuses. What was lost."""
    loss = loss_of(reading, said, steps, value)
    given, refused = attempt(reading.native, stage.lenient), attempt(reading.native, stage.strict)
    assert isinstance(refused, UnexpectedShape) is (loss is not Loss.NOTHING), refused
    if isinstance(given, UnexpectedShape):
        assert (reading.kind, loss) == ("one", Loss.ROW)
        return loss
    assert quiet(given.issues)
    assert bool(given.issues) is (loss is not Loss.NOTHING), given.issues
    if loss is not Loss.NOTHING:
        assert tells(given.issues, steps), given.issues
    if reading.kind == "rows":
        is_gone = loss is Loss.ROW or (len(steps) == 2 and value is LOST and steps[0] == "data")
        kept = [row.model_dump() for row in given.data]
        others = rows_but(reading, whole.data, steps)
        assert len(kept) == len(whole.data) - is_gone
        assert (kept if is_gone else rows_but(reading, given.data, steps)) == others
    elif reading.kind == "register":
        assert rows_but(reading, whole.data, steps).items() <= rows_but(reading, given.data, steps).items()
    return loss


def check_ours(
    stage: Stage, reading: Reading, call: Any, steps: Steps, loss: Loss, others: list[Any]
) -> None:
    """The neutral reading has every record of the other rows; a record that is lost is told."""
    given, refused = attempt(call, stage.lenient), attempt(call, stage.strict)
    if isinstance(given, UnexpectedShape):
        assert (reading.kind, loss) == ("one", Loss.ROW)
        return
    assert quiet(given.issues)
    missing = [record for record in others if record not in given]
    assert missing == []
    if loss is not Loss.NOTHING:
        assert given.issues
    assert isinstance(refused, UnexpectedShape) is bool(given.issues), (given.issues, refused)


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_a_changed_field_costs_no_more_than_itself(stages: dict[str, Stage], reading: Reading) -> None:
    """Every key at every depth, in a first and a last row: missing, null, alien."""
    stage = stages[reading.role]
    said = pristine(stage, reading)
    whole = reading.native(stage.lenient)
    is_of_rows = not reading.name.startswith("academic report")
    records = {
        call: [
            (owner(reading, said, record, number) if is_of_rows else None, record)
            for number, record in enumerate(call(stage.keeping))
        ]
        for call in reading.ours
    }
    failures: list[str] = []
    tried = 0
    for steps, value in changes(said):
        stage.play(reading.path, partial(changed, said, steps, value))
        tried += 1
        try:
            loss = check_native(stage, reading, said, steps, value, whole)
            for call, owned in records.items():
                mine = row_of(reading, steps) or steps
                others = [
                    one for own, one in owned if is_of_rows and (own is None or own[: len(mine)] != mine)
                ]
                check_ours(stage, reading, call, steps, loss, others)
        except Exception as error:  # noqa: BLE001 - any kind of failure is one, and all are shown
            kind = "missing" if value is LOST else "null" if value is None else "alien"
            failures.append(f"{'.'.join(map(str, steps))} {kind}: {type(error).__name__} {str(error)[:150]}")
    assert tried >= 12
    assert not failures, "\n".join(failures)


@pytest.mark.parametrize("value", [None, MARK, [[MARK]], 5])
def test_a_wrapper_of_another_kind_costs_one_award(stages: dict[str, Stage], value: Any) -> None:
    """The other badges come, the award that nobody can read is told, and strict mode refuses."""
    stage, reading = stages["parent"], next(one for one in READINGS if one.name == "badges")
    said = pristine(stage, reading)
    whole = stage.lenient.get_badges()
    stage.play(reading.path, partial(changed, said, ("data", 0, "pupil_badges", 0, "pupil_event"), value))
    given = stage.lenient.get_badges()
    assert len(given) < len(whole)
    assert all(badge in whole for badge in given)
    assert given.issues
    assert quiet(given.issues)
    with pytest.raises(UnexpectedShape):
        stage.strict.get_badges()
