"""What every record and value promises, for all classes at once."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schoolsync.errors import DecodeIssue, UsageError
from schoolsync.model import (
    Attachment,
    AttachmentKind,
    FrozenMap,
    Homework,
    HomeworkState,
    Identity,
    Lesson,
    Record,
    Rows,
    Subject,
    Value,
)
from schoolsync.model.record import known_zone
from tests.model.samples import COMMON, LONDON, PARIS, RECORDS, VALUES, anything

if TYPE_CHECKING:
    from collections.abc import Callable

START = dt.datetime(2026, 3, 9, 9, 50, tzinfo=LONDON)
HOUR = dt.timedelta(hours=1)
NAIVE = START.replace(tzinfo=None)

every_value = pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__name__)
every_record = pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
two = settings(max_examples=2)


def lesson(key: str = "lesson-1", **fields: Any) -> Lesson:
    """A lesson with nothing special but *fields*."""
    return Lesson(**{"key": key, "start": START, "end": START + HOUR, **COMMON, **fields})


def drawn(kind: type[Value], data: st.DataObject) -> Any:
    """Any object of *kind*, in any zone."""
    return data.draw(anything(kind))


# --- frozen, equal, hashed -----------------------------------------------------


@every_value
@two
@given(data=st.data())
def test_nothing_can_be_changed(kind: type[Value], data: st.DataObject) -> None:
    """Every field of every class refuses, with an error of ours that shows no value."""
    value = drawn(kind, data)
    for name in [*kind.model_fields, "another"]:
        with pytest.raises(UsageError) as caught:
            setattr(value, name, "Zoë Invented")
        assert "Zoë" not in str(caught.value)
        with pytest.raises(UsageError):
            delattr(value, name)


@every_value
@two
@given(data=st.data())
def test_equal_means_equal_fields(kind: type[Value], data: st.DataObject) -> None:
    """Equal objects hash alike; a copy with another field is another object."""
    value = drawn(kind, data)
    twin = kind(**{name: getattr(value, name) for name in kind.model_fields})
    assert value == twin
    assert hash(value) == hash(twin)
    for name in kind.model_fields:
        is_same = value == value.model_copy(update={name: object()})
        assert is_same == (name == "raw")


@every_record
@two
@given(data=st.data())
def test_a_record_hashes_by_class_and_key(kind: type[Record], data: st.DataObject) -> None:
    """So that a corrected record finds its older self; what the server sent does not count."""
    record = drawn(kind, data)
    corrected = record.model_copy(update={"provider_id": "another", "raw": {"sent": 1}})
    assert hash(corrected) == hash(record)
    assert record.model_copy(update={"raw": {"sent": 1}}) == record
    assert hash(record.model_copy(update={"key": record.key + "x"})) != hash(record)


def test_records_of_two_classes_are_never_equal() -> None:
    """Whatever their fields say."""
    one = lesson()
    other = Homework(key=one.key, due=START, description_text="", state=HomeworkState.TODO, **COMMON)
    assert one != other
    assert one != one.key
    assert len({one, other}) == 2


# --- nothing of a person -------------------------------------------------------


@every_value
@two
@given(data=st.data())
def test_repr_and_str_show_class_and_key_only(kind: type[Value], data: st.DataObject) -> None:
    """The same text for two objects that differ in everything but their key."""
    value = drawn(kind, data)
    key = getattr(value, "key", None)
    expected = f"{kind.__name__}({f'key={key!r}' if key else ''})"
    assert repr(value) == str(value) == f"{value}" == expected


@every_value
def test_a_validation_error_hides_what_was_given(kind: type[Value]) -> None:
    """Names and rules are told, the text is not: neither in the error nor in how it prints."""
    secret = "Zoë Invented"
    bads: list[object] = [{"name": secret}, [secret], secret]
    errors = [error for bad in bads if (error := refusal(kind, bad))]
    assert len(errors) >= 2
    for error in errors:
        assert secret not in str(error) + repr(error)


def refusal(kind: type[Value], bad: Any) -> ValidationError | None:
    """The error of giving *bad* for every field; `None` where it is all texts."""
    try:
        kind(**dict.fromkeys(kind.model_fields, bad))
    except ValidationError as error:
        return error
    return None


# --- types are taken at their word ---------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", NAIVE),
        ("start", START.date()),
        ("start", 0),
        ("start", START.isoformat()),
        ("is_test", "yes"),
        ("is_test", 1),
        ("teachers", ["Ms D Sample"]),
        ("kind", "lesson"),
        ("note", 5),
        ("extras", {"a": object()}),
        ("colour_", "#fff"),
    ],
)
def test_no_field_guesses(field: str, value: Any) -> None:
    """A number is no time, `"yes"` no boolean, a list no tuple."""
    with pytest.raises(ValidationError, match=field):
        lesson(**{field: value})


@every_record
@two
@given(data=st.data())
def test_naive_times_are_refused_everywhere(kind: type[Record], data: st.DataObject) -> None:
    """In every field that holds a time, of every class; built or read back."""
    record = drawn(kind, data)
    given_fields = {name: getattr(record, name) for name in kind.model_fields if name != "raw"}
    timed = [name for name, value in given_fields.items() if isinstance(value, dt.datetime)]
    for name in timed:
        with pytest.raises(ValidationError, match=name):
            kind(**{**given_fields, name: NAIVE})
        with pytest.raises(ValidationError, match=name):
            kind.from_dict({**record.to_dict(), name: NAIVE.isoformat()})


def test_a_midnight_stays_a_time() -> None:
    """A due time at midnight is no bare day, on the way out and back; a day is no midnight."""
    for due in (dt.datetime(2026, 3, 9, tzinfo=PARIS), dt.date(2026, 3, 9)):
        homework = Homework(key="h", due=due, description_text="", state=HomeworkState.TODO, **COMMON)
        again = Homework.from_dict(json.loads(json.dumps(homework.to_dict())))
        assert type(again.due) is type(due)
        assert again == homework


@pytest.mark.parametrize("due", [NAIVE, NAIVE.isoformat(), "soon", 20260309, None, "2026-03-09T25:00:00Z"])
def test_a_due_that_is_neither_is_refused(due: Any) -> None:
    """And the error does not quote it, as Python's own does."""
    with pytest.raises(ValidationError, match="due") as caught:
        Homework(key="h", due=due, description_text="", state=HomeworkState.TODO, **COMMON)
    assert not isinstance(due, str) or due not in str(caught.value)


# --- copies ---------------------------------------------------------------------


@every_value
@two
@given(data=st.data())
def test_copies_and_pickles_are_equal(kind: type[Value], data: st.DataObject) -> None:
    """Records go to other processes and caches as they are."""
    value = drawn(kind, data)
    makers: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))]
    for make in makers:
        assert make(value) == value
        assert make(value).to_dict() == value.to_dict()


# --- rows -----------------------------------------------------------------------

ISSUE = DecodeIssue("data.2.start_time", "missing")


def test_rows_are_a_list() -> None:
    """Equal to a plain one, empty when empty, and typed as one."""
    rows = Rows([lesson()], [ISSUE])
    assert rows == [lesson()]
    assert isinstance(rows, list)
    assert rows.issues == (ISSUE,)
    assert Rows() == []
    assert not Rows(issues=[ISSUE])
    assert json.dumps(Rows([1])) == "[1]"


def test_copies_and_pickles_of_rows_keep_the_issues() -> None:
    """They are the same reading, somewhere else."""
    rows = Rows([lesson()], [ISSUE])
    for again in (copy.copy(rows), copy.deepcopy(rows), pickle.loads(pickle.dumps(rows))):
        assert type(again) is Rows
        assert (again, again.issues) == (rows, rows.issues)


def test_a_part_of_rows_is_a_plain_list() -> None:
    """The issues are those of the whole reading: a part of it does not repeat them."""
    rows = Rows([1, 2, 3], [ISSUE])
    parts: list[list[int]] = [rows[1:], rows + rows, rows * 2, sorted(rows)]
    assert [type(part) for part in parts] == [list] * 4


def test_rows_show_no_content() -> None:
    """Printing a list prints its records, and they show their keys only."""
    assert repr(Rows([lesson(note="Zoë Invented")], [ISSUE])) == "[Lesson(key='lesson-1')]"


# --- the rest -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "Europe", "../etc/passwd", "/etc/localtime", "Europe/Paris\0", None])
def test_no_zone_is_a_value_error(name: Any) -> None:
    """Whatever the system makes of the name: a folder, a path, nothing."""
    with pytest.raises(UsageError):
        known_zone(name)


def test_values_hold_values() -> None:
    """A record with everything in it is still hashable and frozen through and through."""
    file = Attachment(name="sheet.pdf", kind=AttachmentKind.FILE, ref=("homework-1", 0))
    homework = Homework(
        key="homework-1",
        due=START,
        description_text="",
        state=HomeworkState.TODO,
        subject=Subject(name="Science"),
        attachments=(file,),
        extras=FrozenMap({"sandbox.tags": ["a", {"b": 1}]}),
        **COMMON,
    )
    assert hash((homework, homework.subject, homework.attachments, homework.extras))
    assert homework.identity is Identity.DERIVED
