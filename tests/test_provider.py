"""The contract of a provider: how days and spans are read, and what a provider need not write."""

from __future__ import annotations

import datetime as dt
import inspect
import logging
from typing import Any

import pytest

from schoolsync.errors import BadArgument, DecodeIssue, Unavailable, UsageError
from schoolsync.flow.http import Request, ResponseHead
from schoolsync.model import Attachment, AttachmentKind, Capabilities, Period, Pupil, School
from schoolsync.provider import (
    Days,
    Service,
    Span,
    needed_day,
    read_day,
    read_display_date,
    rows,
)
from schoolsync.testing.play import play

MONDAY, SUNDAY = dt.date(2026, 3, 9), dt.date(2026, 3, 15)

# -- days ------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "day"), [("2026-03-09", MONDAY), (MONDAY, MONDAY), (None, None)])
def test_a_day_is_a_date_or_iso_text(given: Any, day: dt.date | None) -> None:
    """And `None` stays `None`."""
    assert read_day(given, "to") == day


@pytest.mark.parametrize(
    "given",
    [
        "09/03/2026",
        "soon",
        "",
        "2026-02-30",
        "2026-03-09T00:00",
        20260309,
        1.5,
        b"2026-03-09",
        dt.datetime(2026, 3, 9, tzinfo=dt.UTC),
    ],
)
def test_anything_else_is_refused_by_its_argument(given: Any) -> None:
    """A `datetime` too: its day depends on a zone."""
    with pytest.raises(BadArgument) as caught:
        read_day(given, "from_")
    assert caught.value.argument == "from_"


def test_a_needed_day_may_not_be_missing() -> None:
    """Where a call cannot do without."""
    assert needed_day("2026-03-09", "date") == MONDAY
    with pytest.raises(BadArgument):
        needed_day(None, "date")  # type: ignore[arg-type]


def test_a_display_date_is_one_of_two_words() -> None:
    """Spelt as the interface spells them."""
    assert [read_display_date(word) for word in ("due_date", "issue_date")] == ["due_date", "issue_date"]
    for word in ("due", "", "displayDate", None):
        with pytest.raises(BadArgument):
            read_display_date(word)  # type: ignore[arg-type]


def test_days_are_read_as_a_caller_means_them() -> None:
    """Either side open, one day by its alias."""
    assert Days.read() == Days()
    assert Days.read("2026-03-09", SUNDAY) == Days(MONDAY, SUNDAY)
    assert Days.read(to=SUNDAY) == Days(None, SUNDAY)
    assert Days.read(date="2026-03-09") == Days(MONDAY, MONDAY)
    assert Days.read(MONDAY, MONDAY) == Days(MONDAY, MONDAY)


@pytest.mark.parametrize(
    ("given", "argument"),
    [
        ((SUNDAY, MONDAY), "from_"),
        ((MONDAY, None, MONDAY), "date"),
        ((None, MONDAY, MONDAY), "date"),
        (("soon",), "from_"),
        ((None, "soon"), "to"),
        ((None, None, "soon"), "date"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(given: tuple[Any, ...], argument: str) -> None:
    """Backwards, both ways at once, or no days at all."""
    with pytest.raises(BadArgument) as caught:
        Days.read(*given)
    assert caught.value.argument == argument


def test_open_sides_are_closed() -> None:
    """For a timetable, and by any interval."""
    today = dt.date(2026, 3, 11)
    assert Days().one_or_more(today) == Days(today, today)
    assert Days(MONDAY).one_or_more(today) == Days(MONDAY, MONDAY)
    assert Days(MONDAY, SUNDAY).one_or_more(today) == Days(MONDAY, SUNDAY)
    assert Days(None, SUNDAY).one_or_more(today) == Days(today, SUNDAY)
    with pytest.raises(BadArgument):
        Days(None, MONDAY).one_or_more(today)
    assert Days(MONDAY).within(dt.date.min, SUNDAY) == Days(MONDAY, SUNDAY)
    with pytest.raises(BadArgument):
        Days(SUNDAY).within(dt.date.min, MONDAY)


def test_a_day_lies_in_days_with_both_ends() -> None:
    """A moment by its local day."""
    week = Days(MONDAY, SUNDAY)
    assert all(day in week for day in (MONDAY, SUNDAY, dt.datetime(2026, 3, 15, 23, 59, tzinfo=dt.UTC)))
    assert not any(day in week for day in (dt.date(2026, 3, 8), dt.date(2026, 3, 16), None, "2026-03-09"))
    assert MONDAY in Days()
    assert SUNDAY not in Days(None, MONDAY)


def test_a_span_is_days_or_a_period() -> None:
    """Not both."""
    assert Span.read() == Span()
    assert Span.read("2026-03-09") == Span(Days(MONDAY))
    period = Period(key="period-1", name="Autumn", start=MONDAY, end=SUNDAY)
    assert Span.read(period=period).period is period
    with pytest.raises(BadArgument) as caught:
        Span.read(MONDAY, period="Autumn")
    assert caught.value.argument == "period"


# -- rows --------------------------------------------------------------------------------


def test_issues_are_told_once_and_by_place(caplog: pytest.LogCaptureFixture) -> None:
    """Five of them in the log, all of them beside the rows."""
    issues = [DecodeIssue(f"data.{number}.id", "missing") for number in range(7)]
    with caplog.at_level(logging.WARNING):
        found = rows(["x"], issues, operation="lessons", provider="example")
    assert (found, len(found.issues)) == (["x"], 7)
    assert "example lessons: 7 places could not be read: data.0.id (missing)" in caplog.text
    assert "data.5.id" not in caplog.text
    caplog.clear()
    rows([], operation="lessons", provider="example")
    assert caplog.text == ""


# -- a provider that implements nothing ------------------------------------------------------


class Least(Service):
    """What a provider must write, and no more."""

    name = "least"
    address = "https://least.example.test"

    def __init__(self) -> None:
        self.log_ins = 0

    @property
    def pupils(self) -> tuple[Pupil, ...]:
        """One pupil, after a log-in."""
        if not self.log_ins:
            raise UsageError("nobody has signed in yet")
        school = School(name="", timezone="Europe/London", provider="least")
        return (Pupil(key="pupil-1", name="Alex", school=school),)

    @property
    def capabilities(self) -> Capabilities:
        """None."""
        return Capabilities()

    async def login(self) -> None:
        """Counted."""
        self.log_ins += 1

    async def logout(self) -> None:
        """Nothing."""

    async def keep_alive(self) -> None:
        """Nothing."""


FILE = Attachment(name="x", kind=AttachmentKind.FILE, ref=("homework-1", 0))


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        ("lessons", (Days(),)),
        ("homeworks", (Days(),)),
        ("marks", (Span(),)),
        ("averages", (Span(),)),
        ("periods", ()),
        ("absences", (Span(),)),
        ("announcements", (Days(),)),
        ("badges", ()),
        ("sanctions", (Span(),)),
        ("behaviour_events", (Span(),)),
        ("set_homework_done", ("homework-1",)),
        ("locate", (FILE,)),
    ],
)
def test_what_is_left_out_is_not_in_the_provider(operation: str, arguments: tuple[Any, ...]) -> None:
    """And nothing is sent."""
    with pytest.raises(Unavailable) as caught:
        play(getattr(Least(), operation)(*arguments))
    assert (caught.value.reason, caught.value.provider) == ("not_in_provider", "least")


def test_files_and_native_calls_may_be_left_out_too() -> None:
    """They are not flows."""
    with pytest.raises(Unavailable):
        Least().native  # noqa: B018
    with pytest.raises(Unavailable):
        Least().follow(Request("GET", "https://x.test"), ResponseHead(200))


def test_ready_signs_in_when_nobody_has() -> None:
    """And then no more."""
    service = Least()
    for _ in range(2):
        play(service.ready())
    assert service.log_ins == 1


def test_what_must_be_written_is_abstract() -> None:
    """A provider without it cannot be made."""
    assert Service.__abstractmethods__ == {
        "pupils",
        "capabilities",
        "address",
        "login",
        "logout",
        "keep_alive",
    }
    assert inspect.isabstract(Service)
