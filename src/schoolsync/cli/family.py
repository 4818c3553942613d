"""A family's school week on paper: one agenda of all children, then a page for each of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import attrs
from rich.console import Group as Stack
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schoolsync.cli.agenda import day_table, next_day, week_table, zone_notes
from schoolsync.cli.dates import school_week
from schoolsync.cli.reading import Answer, Group
from schoolsync.cli.render import Look, counted, heading, section
from schoolsync.cli.stage import program
from schoolsync.derive.agenda import AgendaDay, PupilRecords, agenda
from schoolsync.errors import Availability
from schoolsync.model import (
    Absence,
    AbsenceKind,
    Announcement,
    BehaviourEvent,
    Homework,
    HomeworkState,
    Lesson,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["week_pages"]

ROOMY: Final = 116
"""From this width on, sections stand side by side."""
GUTTER: Final = 4
"""Letters between the two."""
TITLES: Final = {
    "homework": "Homework",
    "announcements": "From the school",
    "absences": "Attendance, last two weeks",
    "marks": "Marks, last two weeks",
    "badges": "Badges, last month",
    "behaviour": "Behaviour, last seven days",
}
"""Headings, by the name of the reading."""
DOT: Final = ("  ·  ", "dim")
LEFT: Final = ("homework", "absences", "badges")
"""Sections of the left half; the others stand on the right."""


def week_pages(groups: Sequence[Group], look: Look, now: dt.datetime) -> Iterator[RenderableType]:
    """The week of all, a page for each child, and where to go from here.

    Args:
        groups: What was read of each child.
        look: How it is drawn.
        now: The time it is, in the home's zone; the agenda's times are in it too.
    """
    home = now.tzinfo or dt.UTC
    week = school_week(look.today)
    days = agenda(map(_records, groups), zone=home, first=week.first, last=week.last)
    notes = zone_notes(days, home)
    yield _title(look)
    if notes:
        yield Text("; ", "dim").join([Text(f"Times in {home}"), *notes.values()]).append(".")
    yield from _agenda(days, look, now)
    for group in groups:
        is_away = group.pupil.key in notes
        yield heading(group.pupil, f"times of {group.pupil.school.timezone}" if is_away else None)
        yield from _page(group, look)
    yield _farewell()


def _title(look: Look) -> Text:
    week = school_week(look.today)
    first, last = week.first or look.today, week.last or look.today
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {first:%B}"
    days = f"{first:%A} {first.day}{month} to {last:%A} {last.day} {last:%B} {last.year}"
    return Text.assemble(
        ("The family’s week", "bold"),
        f"  {days}\n",
        ("Of a family that does not exist, read over HTTP from invented schools.", "dim"),
    )


def _farewell() -> Text:
    own = f"{program()} lessons"
    return Text.assemble(
        ("Your own account  ", "dim"),
        f"{own} --provider pronote --url URL --username YOU --password-env VARIABLE\n",
        ("or                ", "dim"),
        f"{own} --email YOU --password-env VARIABLE\n",
        ("More to try       ", "dim"),
        f"{program()} sandbox serve",
        no_wrap=True,  # to be copied: a line that is cut in two is no command
    )


# -- the agenda -------------------------------------------------------------------


def _records(group: Group) -> PupilRecords:
    """What the agenda needs to know of a child."""
    rows = {answer.reading.name: answer.rows for answer in group.answers}
    return PupilRecords(
        group.pupil,
        lessons=[row for row in rows["lessons"] if isinstance(row, Lesson)],
        homework=[row for row in rows["homework"] if isinstance(row, Homework)],
        announcements=[row for row in rows["announcements"] if isinstance(row, Announcement)],
    )


def _agenda(days: Sequence[AgendaDay], look: Look, now: dt.datetime) -> Iterator[RenderableType]:
    """The week at a glance, and what comes next, hour by hour."""
    yield Padding(week_table(days, look), (1, 0, 0, 0))
    coming = next_day(days, now)
    if coming is not None:
        day = coming.day
        when = "Today, " if day == look.today else ""
        title = Text(f"{when}{day:%A} {day.day} {day:%B}, hour by hour", style="bold underline")
        yield Padding(Stack(title, day_table(coming)), (1, 0, 0, 0))


# -- a child ----------------------------------------------------------------------


def _page(group: Group, look: Look) -> Iterator[RenderableType]:
    """Everything about one child; what the platform does not have is not mentioned."""
    answers = {
        answer.reading.name: answer
        for answer in group.answers
        if answer.unavailable is not Availability.NOT_IN_PROVIDER
    }
    yield Padding(_summary(answers), (0, 0, 1, 0))
    yield Padding(section(answers.pop("lessons"), attrs.evolve(look, most=None)), (0, 0, 1, 0))
    if look.width < ROOMY:
        yield Stack(*(_section(answer, look) for answer in answers.values()))
        return
    half = attrs.evolve(look, width=(look.width - GUTTER) // 2)
    left = [_section(answer, half) for name, answer in answers.items() if name in LEFT]
    right = [_section(answer, half) for name, answer in answers.items() if name not in LEFT]
    both = Table.grid(padding=(0, GUTTER, 0, 0))
    both.add_column(width=half.width)
    both.add_column(width=half.width)
    both.add_row(Stack(*left), Stack(*right))
    yield both


def _section(answer: Answer, look: Look) -> RenderableType:
    title = Text(TITLES[answer.reading.name], style="bold underline")
    return Padding(Stack(title, section(answer, look)), (0, 0, 1, 0))


# -- in one line ----------------------------------------------------------------


def _summary(answers: Mapping[str, Answer]) -> Text:
    """The week in a line: what is to be done, who came late, what was earned."""
    facts = {"homework": _homework, "absences": _attendance, "badges": _badges, "behaviour": _behaviour}
    told = [tell(answers[name]) for name, tell in facts.items() if name in answers]
    return Text(*DOT).join(told)


def _homework(answer: Answer) -> Text:
    homework = [row for row in answer.rows if isinstance(row, Homework)]
    todo = sum(one.state in {HomeworkState.TODO, HomeworkState.LATE} for one in homework)
    return Text(f"{todo} to do", "bold yellow") if todo else Text("all homework done", "green")


def _attendance(answer: Answer) -> Text:
    rows = [row for row in answer.rows if isinstance(row, Absence)]
    late = {one.day for one in rows if one.kind is AbsenceKind.LATENESS}
    away = {one.day for one in rows if one.kind is AbsenceKind.ABSENCE} - late
    facts = [f"absent on {counted(away, 'day')}"] if away else []
    facts += [f"late on {counted(late, 'day')}"] if late else []
    return Text(", ".join(facts), "yellow") if facts else Text("always there and on time", "green")


def _badges(answer: Answer) -> Text:
    return Text(counted(answer.rows, "badge") if answer.rows else "no badges", "green" if answer.rows else "")


def _behaviour(answer: Answer) -> Text:
    """The points; where none are given, how many remarks there are."""
    rows = [row for row in answer.rows if isinstance(row, BehaviourEvent)]
    points = [row.points for row in rows if row.points]
    if rows and not points:
        return Text(counted(rows, "remark"))
    earned, lost = sum(one for one in points if one > 0), sum(one for one in points if one < 0)
    parts = [Text(f"+{earned}", "green")] if earned else []
    parts += [Text(str(lost), "red")] if lost else []
    return Text(" ").join([*parts, Text("points")]) if parts else Text("nothing noted")
