"""Homework and its marks out of hand-written rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from schoolsync.model import Homework, Mark
from schoolsync.providers.classcharts.mapping.homework import due_of, grade_of, to_homeworks, to_marks
from schoolsync.providers.classcharts.schema.homework import HomeworkMeta, HomeworkRow
from tests.providers.classcharts.wire import LONDON, context, listing

STATUS: dict[str, Any] = {
    "id": 95500777,
    "state": None,
    "mark": None,
    "mark_relative": 0,
    "ticked": "no",
    "allow_attachments": True,
    "allow_marking_completed": True,
    "first_seen_date": "2026-03-02T17:20:31+00:00",
    "attachments": [{"id": 31001, "file_name": "answers.pdf", "file": "https://s.test/answers"}],
    "has_feedback": False,
}
ENERGY: dict[str, Any] = {
    "lesson": "9X/Sc1",
    "subject": "Science",
    "teacher": "Ms D Sample",
    "homework_type": "Worksheet",
    "id": 7600123,
    "title": "Energy &amp; transfers",
    "description": "<p>Pages 4&ndash;5.</p><script>x</script>",
    "issue_date": "2026-03-02",
    "due_date": "2026-03-09",
    "completion_time_unit": "minutes",
    "completion_time_value": "30",
    "publish_time": "08:00:00",
    "status": STATUS,
    "validated_links": [{"link": "https://www.example.test/energy", "validated_link": "https://r.test/1"}],
    "validated_attachments": [
        {
            "id": 21001,
            "filename": "worksheet.pdf",
            "file": "https://s.test/w",
            "validated_file": "https://r.test/w",
        }
    ],
}
NULLS: dict[str, Any] = dict.fromkeys(ENERGY) | {"id": 7600124, "due_date": "2026-03-10"}


def homework(change: dict[str, Any] | None = None, *, can_tick: bool = True, **status: Any) -> Homework:
    """What the row becomes with something changed."""
    row = ENERGY | {"status": STATUS | status} | (change or {})
    (found,) = to_homeworks(context(can_tick=can_tick), listing(HomeworkRow, HomeworkMeta, [row]))
    return found


def test_every_field_of_a_homework() -> None:
    """As model.md fixes it."""
    one = homework()
    assert (one.identity, one.provider_id) == ("native", "7600123")
    assert (one.due, one.assigned_on) == (dt.date(2026, 3, 9), dt.date(2026, 3, 2))
    assert type(one.due) is dt.date
    assert one.subject is not None
    assert (one.subject.name, one.title, one.teacher, one.kind) == (
        "Science",
        "Energy & transfers",
        "Ms D Sample",
        "Worksheet",
    )
    assert (one.description_html, one.description_text) == ("<p>Pages 4–5.</p>", "Pages 4–5.")
    assert (one.state, one.can_toggle, one.submission, one.mark_key) == ("todo", True, "upload", None)
    assert one.expected == dt.timedelta(minutes=30)
    assert [(file.name, file.kind, file.url) for file in one.attachments] == [
        ("worksheet.pdf", "file", None),
        ("https://www.example.test/energy", "link", "https://www.example.test/energy"),
    ]
    assert dict(one.extras) == {
        "classcharts.lesson": "9X/Sc1",
        "classcharts.ticked": False,
        "classcharts.status_id": 95500777,
    }


def test_every_null_is_not_said() -> None:
    """And none of them costs the row."""
    frame = context()
    (one,) = to_homeworks(frame, listing(HomeworkRow, HomeworkMeta, [NULLS]))
    assert frame.issues == []
    assert (one.subject, one.title, one.teacher, one.kind, one.assigned_on, one.expected) == (None,) * 6
    assert (one.description_html, one.description_text, one.attachments) == (None, "", ())
    assert (one.state, one.can_toggle, one.submission) == ("unknown", False, "unknown")
    assert dict(one.extras) == {}


@pytest.mark.parametrize(
    ("state", "ticked", "meant"),
    [
        (None, "no", "todo"),
        (None, "yes", "done"),
        ("", True, "done"),
        ("completed", "no", "done"),
        ("completed", None, "done"),
        ("late", "yes", "late"),
        ("late", "no", "late"),
        ("not_completed", "no", "todo"),
        ("not_completed", "yes", "done"),
        ("excused", "no", "unknown"),
        (None, None, "todo"),
    ],
)
def test_state_and_tick_together(state: str | None, ticked: object, meant: str) -> None:
    """The teacher's "late" wins, then either makes it done; what nobody recorded is unknown."""
    one = homework(state=state, ticked=ticked)
    assert one.state == meant
    assert one.extras.get("classcharts.state") == state


@pytest.mark.parametrize(
    ("value", "unit", "meant"),
    [
        ("30", "minutes", dt.timedelta(minutes=30)),
        ("1.5", "hours", dt.timedelta(minutes=90)),
        (2, "Days", dt.timedelta(days=2)),
        ("1", "week", dt.timedelta(weeks=1)),
        ("30+", "minutes", None),
        ("", "minutes", None),
        (None, None, None),
        ("0", "minutes", None),
        ("-5", "minutes", None),
        ("5", "fortnights", None),
        ("5", None, None),
        ("999999999999", "weeks", None),
    ],
)
def test_how_long_it_should_take(value: object, unit: str | None, meant: dt.timedelta | None) -> None:
    """What is not plainly a number of a known unit is not said; it never costs the row."""
    assert homework({"completion_time_value": value, "completion_time_unit": unit}).expected == meant


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-03-09", dt.date(2026, 3, 9)),
        (" 2026-03-09 ", dt.date(2026, 3, 9)),
        ("2026-06-08T23:00:00Z", dt.datetime(2026, 6, 9, tzinfo=LONDON)),
        ("2026-06-09 09:00:00", dt.datetime(2026, 6, 9, 9, tzinfo=LONDON)),
        ("2026-06-09T00:00:00+01:00", dt.datetime(2026, 6, 9, tzinfo=LONDON)),
    ],
)
def test_a_due_date_may_have_a_time(text: str, due: dt.date) -> None:
    """And then a midnight stays a moment."""
    found = due_of(text, LONDON)
    assert (found, type(found)) == (due, type(due))


def test_a_due_date_that_is_none_is_one_lost_row() -> None:
    """The others stay."""
    frame = context()
    rows = [ENERGY | {"due_date": "soon"}, ENERGY | {"due_date": None}, NULLS]
    assert len(to_homeworks(frame, listing(HomeworkRow, HomeworkMeta, rows))) == 1
    assert [(one.path, one.is_row_lost) for one in frame.issues] == [
        ("data.1.due_date", True),
        ("data.0", True),
    ]


@pytest.mark.parametrize(
    ("can_tick", "allowed", "meant"),
    [(True, True, True), (True, None, True), (True, False, False), (False, True, False)],
)
def test_who_may_tick(can_tick: bool, allowed: bool | None, meant: bool) -> None:
    """A student, unless the homework forbids it; an older server does not say."""
    assert homework(can_tick=can_tick, allow_marking_completed=allowed).can_toggle is meant


def test_a_homework_s_key_is_its_pupil_s() -> None:
    """The server's id is shared by the class."""
    assert homework().key == homework({"title": "Other", "due_date": "2026-04-01"}).key
    assert homework().key != homework({"id": 7600125}).key


# -- marks ---------------------------------------------------------------------------


def marks(meta: dict[str, Any] | None = None, **status: Any) -> list[Mark]:
    """What the row's mark becomes."""
    row = ENERGY | {"status": STATUS | status}
    return to_marks(context(), listing(HomeworkRow, HomeworkMeta, [row, NULLS], meta or {}))


@pytest.mark.parametrize(
    ("text", "value", "out_of"),
    [
        ("18/20", "18", "20"),
        (" 18 / 20 ", "18", "20"),
        ("7.5", "7.5", None),
        ("7", "7", None),
        ("B+", None, None),
        ("18/", None, None),
        ("/20", None, None),
        ("A/B", None, None),
        ("7/B", None, None),
        ("90%", None, None),
        ("7E2", None, None),
        ("1/2/3", None, None),
    ],
)
def test_a_grade_is_read_where_it_is_plain(text: str, value: str | None, out_of: str | None) -> None:
    """Else it stays a text."""
    assert grade_of(text) == (value and Decimal(value), out_of and Decimal(out_of))
    (mark,) = marks(mark=text)
    assert (mark.status, mark.text_value) == ("graded", text)
    assert (mark.value, mark.out_of) == grade_of(text)


def test_every_field_of_a_homework_s_mark() -> None:
    """The day of the mark is not said; the due date of its homework stands in the extras."""
    (mark,) = marks(mark="18/20")
    assert (mark.identity, mark.provider_id, mark.title) == ("native", "95500777", "Energy & transfers")
    assert mark.subject is not None
    assert (mark.subject.name, mark.given_on, mark.coefficient, mark.class_average) == (
        "Science",
        None,
        None,
        None,
    )
    assert dict(mark.extras) == {"classcharts.source": "homework", "classcharts.due_date": "2026-03-09"}
    assert mark.key == homework(mark="18/20").mark_key


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_mark_is_no_mark(text: str | None) -> None:
    """And the homework does not point to one."""
    assert marks(mark=text) == []
    assert homework(mark=text).mark_key is None


def test_hidden_marks_are_not_handed_out() -> None:
    """The school decides for this role."""
    assert marks({"display_marks": False}, mark="7") == []
    (hidden,) = to_homeworks(
        context(),
        listing(
            HomeworkRow, HomeworkMeta, [ENERGY | {"status": STATUS | {"mark": "7"}}], {"display_marks": False}
        ),
    )
    assert hidden.mark_key is None
    assert "classcharts.mark" not in hidden.extras
