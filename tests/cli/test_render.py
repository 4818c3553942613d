"""Words, days and tables as people read them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from rich.console import Console, RenderableType

from schoolsync.cli.badges import BADGES
from schoolsync.cli.marks import MARKS
from schoolsync.cli.reading import Answer, Group
from schoolsync.cli.render import (
    Look,
    body,
    clock,
    counted,
    day,
    duration,
    heading,
    number,
    pages,
    said,
    section,
    subject_name,
    table,
)
from schoolsync.errors import Availability, DecodeIssue
from schoolsync.model import Pupil, School, Subject
from schoolsync.sandbox.school import SandboxSchool

TODAY = dt.date(2026, 3, 11)
LOOK = Look(TODAY, 80)


def shown(page: RenderableType, width: int = 80) -> str:
    """What stands on paper, without spaces at the ends of lines."""
    console = Console(width=width, color_system=None, legacy_windows=False)
    with console.capture() as captured:
        console.print(page)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def test_a_text_cannot_steer_the_terminal() -> None:
    """Escape codes, bells and the like are spaces; lines stay lines; square brackets are text."""
    nasty = "[red]one\x1b]0;title\x07\x9b31m\rtwo\r\nthree\tfour"
    assert said(nasty).plain == "[red]one ]0;title  31m\ntwo\nthree four"
    assert said(None).plain == ""


def test_days() -> None:
    """Short, today bold, with the year only if it is another one."""
    assert day(dt.date(2026, 3, 9), LOOK).plain == "Mon 9 Mar"
    assert day(dt.date(2025, 12, 1), LOOK).plain == "Mon 1 Dec 2025"
    assert day(None, LOOK).plain == "–"
    assert (day(TODAY, LOOK).style, day(dt.date(2026, 3, 9), LOOK).style) == ("bold", "")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (60, "1 h"),
        (90, "1 h 30"),
        (125, "2 h 05"),
        (1440, "1 day"),
        (2880, "2 days"),
        (1500, "25 h"),
    ],
)
def test_durations(minutes: int, text: str) -> None:
    """As people say them."""
    assert duration(dt.timedelta(minutes=minutes)) == text


def test_numbers_and_names() -> None:
    """Without zeros that say nothing, and never with an exponent."""
    assert [number(Decimal(one)) for one in ("7.50", "100", "1E+2", "0")] == ["7.5", "100", "100", "0"]
    assert clock(dt.datetime(2026, 3, 9, 9, 5, tzinfo=dt.UTC)) == "09:05"
    assert [counted([1] * count, "day") for count in (0, 1, 2)] == ["0 days", "1 day", "2 days"]
    assert (subject_name(Subject(name="Art")), subject_name(None)) == ("Art", "")


def test_a_brief_text_ends_at_a_word() -> None:
    """In a section among many; alone, all of it."""
    text = "one two\n\nthree four"
    brief = Look(TODAY, 80, is_brief=True)
    assert body(text, brief, short=12).plain == "one two …"
    assert body(text, brief).plain == "one two three four"
    assert body(text, LOOK, short=3).plain == text


def test_a_table_wraps_words_and_keeps_days_whole() -> None:
    """A head that ends in `!` is a column that is never wrapped."""
    whole, wrapped = table("Day!", "Name"), table("Day", "Name")
    for drawing in (whole, wrapped):
        drawing.add_row("Wed 11 March 2026", "Physical Education")
    assert shown(whole, 30).splitlines()[2:] == [
        "Wed 11 March 2026  Physical",
        "                   Education",
    ]
    assert "Wed 11 March 2026" in shown(whole, 23)
    assert "Wed 11 March 2026" not in shown(wrapped, 23)


def test_a_heading_names_child_and_school() -> None:
    """A pupil's own account may not name the school."""
    school = School(name="", timezone="Europe/London", provider="classcharts")
    pupil = Pupil(key="pupil-1", name="Alex [b]Example", school=school)
    assert shown(heading(pupil)).strip("─\n ") == "Alex [b]Example"
    named = pupil.model_copy(update={"school": school.model_copy(update={"name": "Example Academy"})})
    assert shown(heading(named)).strip("─\n ") == "Alex [b]Example  Example Academy"


def test_a_heading_may_have_a_note() -> None:
    """Behind the school."""
    school = School(name="Academy", timezone="Europe/London", provider="classcharts")
    pupil = Pupil(key="pupil-1", name="Alex", school=school)
    text = shown(heading(pupil, "times of Europe/London"))
    assert text.strip("─\n ") == "Alex  Academy  times of Europe/London"


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Availability.OFF_AT_SCHOOL, "The school has switched this off."),
        (Availability.NOT_IN_PROVIDER, "This platform has no such thing."),
        (Availability.NOT_FOR_THIS_ACCOUNT, "The school does not show this to this account."),
        (Availability.UNKNOWN, "The school does not say."),
    ],
)
def test_why_there_is_none(reason: Availability, sentence: str) -> None:
    """In words; and it is something else than having none."""
    assert shown(section(Answer(BADGES, unavailable=reason), LOOK)) == sentence
    assert shown(section(Answer(BADGES), LOOK)) == "No badges yet."


def test_a_section_says_what_it_leaves_out(school: SandboxSchool) -> None:
    """Lines beyond the most, and rows that could not be read."""
    badges = school.badges(school.pupils[0])
    brief = Look(TODAY, 80, most=1)
    text = shown(section(Answer(BADGES, badges, [DecodeIssue("data.3", "missing")]), brief))
    assert text.splitlines()[-2:] == [
        f"and {len(badges) - 1} more",
        "1 row could not be read in full; --json says which.",
    ]
    assert "more" not in shown(section(Answer(BADGES, badges), LOOK))


def test_pages_stand_one_below_the_other(school: SandboxSchool) -> None:
    """One for each child, in order."""
    groups = [Group(pupil, [Answer(MARKS)]) for pupil in school.pupils[:2]]
    text = "\n".join(shown(page) for page in pages(groups, LOOK))
    assert text.index("Alex") < text.index("No marks.") < text.index("Sam") < text.rindex("No marks.")
