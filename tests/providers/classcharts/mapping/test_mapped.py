"""The frame of every mapping: names, notes, times, numbers, files, and what becomes of a senseless row."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from schoolsync.errors import DecodeIssue, UnexpectedShape
from schoolsync.providers.classcharts.calls import NoMeta
from schoolsync.providers.classcharts.mapping.mapped import (
    decimal,
    extras,
    local,
    mapped_rows,
    moment,
    name,
    person,
    rich,
    said,
    subject,
)
from schoolsync.providers.classcharts.schema.behaviour import TeacherRow
from schoolsync.providers.classcharts.schema.homework import FileRow, LinkRow
from schoolsync.providers.classcharts.schema.people import PupilRow
from tests.providers.classcharts.wire import ALEX, LONDON, context, listing


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-03-05 11:42:10", "2026-03-05T11:42:10+00:00"),
        ("2026-06-05 11:42:10", "2026-06-05T11:42:10+01:00"),
        (" 2026-06-05T11:42:10 ", "2026-06-05T11:42:10+01:00"),
        ("2026-06-04T23:00:00Z", "2026-06-05T00:00:00+01:00"),
        ("2026-06-04T23:00:00+00:00", "2026-06-05T00:00:00+01:00"),
        ("2026-03-05", "2026-03-05T00:00:00+00:00"),
    ],
)
def test_a_time_without_offset_is_the_school_s(text: str, when: str) -> None:
    """And one with an offset is brought into the school's zone."""
    found = moment(text, LONDON)
    assert found.isoformat() == when
    assert found.tzinfo is LONDON


@pytest.mark.parametrize("text", ["", "soon", "05/03/2026", "11:42"])
def test_what_is_no_time_is_an_error(text: str) -> None:
    """For the frame to make an issue of."""
    with pytest.raises(ValueError, match=r"."):
        moment(text, LONDON)


def test_both_sides_of_the_change_of_clocks() -> None:
    """The naive hour that exists twice is the first one; one that has an offset is told apart."""
    twice = dt.datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001 - naive is the point
    assert local(twice, LONDON).utcoffset() == dt.timedelta(hours=1)
    assert moment("2026-10-25T01:30:00+00:00", LONDON).utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Science &amp; Technology", "Science & Technology"),
        (" O&#039;Brien ", "O'Brien"),
        ("", None),
        ("  ", None),
        (None, None),
    ],
)
def test_a_name_has_no_character_references(text: str | None, called: str | None) -> None:
    """And an empty one is none."""
    assert name(text) == called
    assert (found := subject(text)) is None or found.name == called


def test_a_note_is_text_and_a_description_both() -> None:
    """Sanitised, with its text beside it."""
    assert said("<p>Page&nbsp;4</p><p>and 5</p>") == "Page 4\n\nand 5"
    assert said("<p> </p>") is None
    assert said(None) is None
    markup, text = rich("<p onclick=x>Hi <script>evil()</script><b>you</b></p>")
    assert markup == "<p>Hi <b>you</b></p>"
    assert text == "Hi you"
    assert rich(" \n") == rich(None) == (None, "")


@pytest.mark.parametrize(
    ("text", "number"),
    [("30", "30"), (" 7.5 ", "7.5"), ("-2", "-2"), ("+3", "3"), ("007", "7")],
)
def test_a_plain_number_is_read(text: str, number: str) -> None:
    """Digits, a sign, a point."""
    assert decimal(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    ["30+", "7,5", "1,000", "7E2", "1_000", "NaN", "Infinity", "١٢", ".5", "5.", "", None, "B+", "9" * 40],
)
def test_what_is_not_plainly_a_number_is_none(text: str | None) -> None:
    """`7E2` is a set, not seven hundred; a comma is of either kind."""
    assert decimal(text) is None


def test_a_teacher_is_written_as_the_service_writes_them() -> None:
    """Title, initial, family name, whatever is there of it."""
    row = TeacherRow(title="Ms", first_name="Dana", last_name="O&#039;Sample")
    assert person(row) == "Ms D O'Sample"
    assert person(TeacherRow(last_name="Sample")) == "Sample"
    assert person(TeacherRow()) is None
    assert person(None) is None


def test_extras_leave_out_what_was_not_said() -> None:
    """And keep a no."""
    assert dict(extras(a=False, b=None, c=0, d="")) == {
        "classcharts.a": False,
        "classcharts.c": 0,
        "classcharts.d": "",
    }


def test_files_come_before_links_and_their_addresses_stay_aside() -> None:
    """A file's address may carry a session; a link's is all that there is of it."""
    frame = context()
    found = frame.files(
        "homework-1",
        [
            FileRow(file_name="a.pdf", file="https://s.test/a", validated_file="https://r.test/a"),
            FileRow(file_name="Tom &amp; I.pdf", file="https://s.test/b"),
            FileRow(),
        ],
        [
            LinkRow(link="https://x.test", validated_link="https://r.test"),
            LinkRow(validated_link="https://r.test"),
            LinkRow(),
        ],
    )
    assert [(one.name, one.kind, one.ref, one.url) for one in found] == [
        ("a.pdf", "file", ("homework-1", 0), None),
        ("Tom & I.pdf", "file", ("homework-1", 1), None),
        ("file", "file", ("homework-1", 2), None),
        ("https://x.test", "link", ("homework-1", 3), "https://x.test"),
        ("https://r.test", "link", ("homework-1", 4), "https://r.test"),
    ]
    assert frame.addresses == {("homework-1", 0): "https://r.test/a", ("homework-1", 1): "https://s.test/b"}
    assert "s.test" not in repr(frame)


def _sensible(row: PupilRow, raw: Any) -> list[str]:
    if row.name == "senseless":
        raise ValueError("senseless")
    if row.name == "beyond":
        raise OverflowError
    return [row.name]


def test_a_senseless_row_is_an_issue_at_its_own_place() -> None:
    """Counted in the server's list, where the schema may have lost some before it."""
    names = ("first", None, "senseless", "beyond", "last")
    rows = [{"name": called, "id": number} if called else {} for number, called in enumerate(names)]
    frame = context()
    assert mapped_rows(frame, listing(PupilRow, NoMeta, rows), _sensible) == ["first", "last"]
    assert [(one.path, one.is_row_lost) for one in frame.issues] == [
        ("data.1.id", True),
        ("data.2", True),
        ("data.3", True),
    ]


def test_strict_mode_refuses_a_senseless_row() -> None:
    """By its place."""
    with pytest.raises(UnexpectedShape) as caught:
        mapped_rows(
            context(is_strict=True), listing(PupilRow, NoMeta, [ALEX | {"name": "senseless"}]), _sensible
        )
    assert caught.value.path == "data.0"


def test_a_senseless_field_costs_only_itself() -> None:
    """And says which one."""
    frame = context()
    frame.place = "data.7"
    assert frame.tried("time", lambda: dt.time.fromisoformat("soon")) is None
    assert frame.issues == [DecodeIssue("data.7.time", "a value that makes no sense", is_row_lost=False)]


def test_a_defect_of_ours_is_not_swallowed() -> None:
    """Only what a value can cause is an issue."""

    def broken(row: PupilRow, raw: Any) -> list[str]:
        raise TypeError

    with pytest.raises(TypeError):
        mapped_rows(context(), listing(PupilRow, NoMeta, [ALEX]), broken)
