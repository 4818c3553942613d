"""To dictionaries and back: nothing is lost, and the JSON Schema tells the truth."""

from __future__ import annotations

import copy
import datetime as dt
import json
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from schoolsync.errors import UsageError
from schoolsync.model import (
    SCHEMA_VERSION,
    Discussion,
    Lesson,
    Message,
    Pupil,
    School,
    Value,
)
from tests.model.samples import COMMON, LONDON, PARIS, TWICE, VALUES, anything

START = dt.datetime(2026, 3, 9, 9, 50, tzinfo=LONDON)
HOUR = dt.timedelta(hours=1)

every_value = pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
few = settings(max_examples=10)
two = settings(max_examples=2)


def lesson(key: str = "lesson-1", **fields: Any) -> Lesson:
    """A lesson with nothing special but *fields*."""
    return Lesson(**{"key": key, "start": START, "end": START + HOUR, **COMMON, **fields})


def drawn(kind: type[Value], data: st.DataObject) -> Any:
    """Any object of *kind*, in any zone."""
    return data.draw(anything(kind))


@every_value
@few
@given(data=st.data())
def test_round_trip(kind: type[Value], data: st.DataObject) -> None:
    """What `to_dict` writes is JSON, and `from_dict` gives an equal object: same instants, same zones."""
    value = drawn(kind, data)
    written = value.to_dict()
    again = kind.from_dict(json.loads(json.dumps(written, allow_nan=False)))
    assert again == value
    assert again.to_dict() == written
    assert (written["schema_version"], written["type"]) == (SCHEMA_VERSION, kind.__name__)
    for name in kind.model_fields:
        before, after = getattr(value, name), getattr(again, name)
        if isinstance(before, dt.datetime):
            assert after.tzinfo is before.tzinfo
            assert after.utcoffset() == before.utcoffset()


@every_value
@few
@given(data=st.data())
def test_the_json_schema_fits_what_is_written(kind: type[Value], data: st.DataObject) -> None:
    """Every object of every class."""
    schema_of(kind).validate(drawn(kind, data).to_dict())


@every_value
@two
@given(data=st.data())
def test_the_json_schema_fits_nothing_else(kind: type[Value], data: st.DataObject) -> None:
    """A missing frame, an unknown field or a mistyped one is noticed."""
    validator, written = schema_of(kind), drawn(kind, data).to_dict()
    for key in ("schema_version", "type"):
        assert not validator.is_valid({name: field for name, field in written.items() if name != key})
    assert not validator.is_valid({**written, "another": 1})
    for name in written:
        if name != "extras":
            assert not validator.is_valid({**written, name: {"no": "such"}}), name


@cache
def schema_of(kind: type[Value]) -> Draft202012Validator:
    """A validator of what *kind* writes; the schema itself is checked too."""
    schema = kind.json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@every_value
def test_the_json_schema_describes_every_field(kind: type[Value]) -> None:
    """With the docstring under the field; and it never mentions what the server sent."""
    schema = kind.json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        for name, field in part.get("properties", {}).items():
            assert field.get("description") or "const" in field, name
            assert name != "raw"


@pytest.mark.parametrize("zone", TWICE)
def test_the_hour_that_happens_twice_stays_itself(zone: str) -> None:
    """Both sides of the change to winter time survive, an hour apart."""
    first, second = (TWICE[zone].replace(fold=fold) for fold in (0, 1))
    one, other = (lesson(start=start, end=start + HOUR) for start in (first, second))
    back = [Lesson.from_dict(record.to_dict()) for record in (one, other)]
    assert [record.start.fold for record in back] == [0, 1]
    assert back[1].start.timestamp() - back[0].start.timestamp() == 3600


def test_times_inside_what_a_record_holds_keep_their_zone() -> None:
    """The messages of a discussion, though the discussion itself has no time."""
    message = Message(key="message-1", sent_at=TWICE["Europe/Paris"].replace(fold=1), body_text="", **COMMON)
    discussion = Discussion(key="discussion-1", title="Outing", messages=(message,), **COMMON)
    assert discussion.to_dict()["timezone"] == "Europe/Paris"
    again = Discussion.from_dict(discussion.to_dict())
    assert again == discussion
    assert again.messages[0].sent_at.tzinfo is PARIS


def test_times_in_two_zones_keep_their_instants() -> None:
    """There is one name for all; with two, offsets are what is left."""
    mixed = lesson(end=(START + HOUR).astimezone(PARIS))
    assert mixed.to_dict()["timezone"] is None
    assert Lesson.from_dict(mixed.to_dict()) == mixed


def test_a_school_keeps_its_own_zone() -> None:
    """Its field has the name that other records use for the zone of their times."""
    school = School(name="Example Academy", timezone="Pacific/Noumea", provider="sandbox")
    assert school.zone is ZoneInfo("Pacific/Noumea")
    assert School.from_dict(school.to_dict()) == school
    pupil = Pupil(key="pupil-1", name="Zoë Invented", school=school)
    assert Pupil.from_dict(pupil.to_dict()) == pupil


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema_version": SCHEMA_VERSION + 1}, "newer schoolsync"),
        ({"schema_version": "one"}, "not by schoolsync"),
        ({"type": "Mark"}, "not a Lesson"),
        ({"timezone": "Moon/Base"}, "time zone"),
        ({"timezone": 5}, "time zone"),
    ],
)
def test_what_is_not_ours_is_refused(change: dict[str, Any], says: str) -> None:
    """A newer version, another type and an unknown zone are errors of the caller."""
    with pytest.raises(UsageError, match=says):
        Lesson.from_dict({**lesson().to_dict(), **change})


def test_from_dict_leaves_its_argument_alone() -> None:
    """And what `to_dict` need not have written may be missing."""
    written = lesson().to_dict()
    kept = copy.deepcopy(written)
    assert Lesson.from_dict(written) == lesson()
    assert written == kept
    del written["schema_version"], written["type"], written["note"]
    assert Lesson.from_dict(written) == lesson()


def test_a_time_beyond_the_calendar_is_a_validation_error() -> None:
    """A zone can push the first day of year 1 out of the calendar."""
    written = {**lesson().to_dict(), "timezone": "America/Martinique", "start": "0001-01-01T00:00:00+00:00"}
    with pytest.raises(ValidationError, match="start"):
        Lesson.from_dict(written)


def test_what_the_server_sent_is_never_written() -> None:
    """`raw` is kept for the caller who asked for it, and goes nowhere else."""
    record = lesson(raw={"teacher": "Ms D Sample"})
    assert record.raw == {"teacher": "Ms D Sample"}
    assert "Ms D Sample" not in json.dumps(record.to_dict()) + repr(record)
    assert Lesson.from_dict(record.to_dict()).raw is None
