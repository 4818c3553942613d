"""A family's school week on paper: for each child the timetable, and below it what else there is to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import attrs
from rich.console import Group as Stack
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schoolsync.cli.dates import school_week
from schoolsync.cli.reading import Answer, Group
from schoolsync.cli.render import Look, counted, heading, section
from schoolsync.cli.stage import program
from schoolsync.model import Absence, AbsenceKind, BehaviourEvent, Homework, HomeworkState

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
    "badges": "Badges, last month",
    "behaviour": "Behaviour, last seven days",
}
"""Headings, by the name of the reading."""
DOT: Final = ("  ·  ", "dim")
LEFT: Final = ("homework", "absences", "badges")
"""Sections of the left half; the others stand on the right."""


def week_pages(groups: Sequence[Group], look: Look) -> Iterator[RenderableType]:
    """The week, a page for each child, and where to go from here."""
    yield _title(look)
    for group in groups:
        yield heading(group.pupil)
        yield from _page(group, look)
    yield _farewell()


def _title(look: Look) -> Text:
    week = school_week(look.today)
    first, last = week.first or look.today, week.last or look.today
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {first:%B}"
    days = f"{first:%A} {first.day}{month} to {last:%A} {last.day} {last:%B} {last.year}"
    return Text.assemble(
        ("The school week", "bold"),
        f"  {days}\n",
        ("Of a family that does not exist, read over HTTP from an invented ClassCharts school.", "dim"),
    )


def _farewell() -> Text:
    return Text.assemble(
        ("Your own account  ", "dim"),
        f"{program()} lessons --email YOU --password-env VARIABLE\n",
        ("More to try       ", "dim"),
        f"{program()} sandbox serve",
        no_wrap=True,  # to be copied: a line that is cut in two is no command
    )


def _page(group: Group, look: Look) -> Iterator[RenderableType]:
    answers = {answer.reading.name: answer for answer in group.answers}
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
    return Text.assemble(
        _homework(answers["homework"]),
        DOT,
        _attendance(answers["absences"]),
        DOT,
        _badges(answers["badges"]),
        DOT,
        _points(answers["behaviour"]),
    )


def _homework(answer: Answer) -> Text:
    homework = [row for row in answer.rows if isinstance(row, Homework)]
    todo = sum(one.state in {HomeworkState.TODO, HomeworkState.LATE} for one in homework)
    return Text(f"{todo} to do", "bold yellow") if todo else Text("all homework done", "green")


def _attendance(answer: Answer) -> Text:
    rows = [row for row in answer.rows if isinstance(row, Absence)]
    late = {one.day for one in rows if one.kind is AbsenceKind.LATENESS}
    away = {one.day for one in rows} - late
    facts = [f"absent on {counted(away, 'day')}"] if away else []
    facts += [f"late on {counted(late, 'day')}"] if late else []
    return Text(", ".join(facts), "yellow") if facts else Text("always there and on time", "green")


def _badges(answer: Answer) -> Text:
    return Text(counted(answer.rows, "badge") if answer.rows else "no badges", "green" if answer.rows else "")


def _points(answer: Answer) -> Text:
    points = [row.points for row in answer.rows if isinstance(row, BehaviourEvent) and row.points]
    earned, lost = sum(one for one in points if one > 0), sum(one for one in points if one < 0)
    parts = [Text(f"+{earned}", "green")] if earned else []
    parts += [Text(str(lost), "red")] if lost else []
    return Text(" ").join([*parts, Text("points")]) if parts else Text("no points")
