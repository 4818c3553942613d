"""A household's agenda on paper: the week at a glance, a column for each child, and one day in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Group as Stack
from rich.table import Table
from rich.text import Text

from schoolsync.cli.announcements import WANTED
from schoolsync.cli.render import LINES, Look, clock, said, subject_name, table
from schoolsync.cli.week import lesson_name, news_of
from schoolsync.model import Announcement, Homework, HomeworkState, Lesson, Pupil

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync.derive.agenda import AgendaDay, Entry, PupilDay

__all__ = ["day_table", "first_name", "next_day", "week_table", "zone_notes"]

DAY_WIDTH: Final = 6
"""Letters of `Wed 11`."""
GAP: Final = 2
"""Spaces between two columns."""
LABEL: Final = 5
"""Letters of `09:05`, `news`, `due`."""
NARROW: Final = 30
"""A child's column is not narrower than this; else the children stand below each other."""
BETWEEN: Final[Text] = Text("  ")
"""Stands between a name and what is said of it; unlike a sign, it leaves no trace where a line is folded."""
PLATFORMS: Final = {"pronote": "PRONOTE", "classcharts": "ClassCharts"}
"""Platforms as they write themselves."""
OPEN: Final = frozenset((HomeworkState.TODO, HomeworkState.LATE))
"""States of homework that is still to be done."""


def first_name(pupil: Pupil) -> str:
    """What the family calls *pupil*."""
    return pupil.first_name or pupil.name


# -- the week ---------------------------------------------------------------------


def week_table(days: Sequence[AgendaDay], look: Look) -> RenderableType:
    """A row for each day, a column for each child: when school is, and what is not as always."""
    pupils = [one.pupil for one in days[0].pupils] if days else []
    width = (look.width - DAY_WIDTH) // max(len(pupils), 1) - GAP
    if width < NARROW:
        return _stacked(days, look)
    drawing = Table(box=LINES, show_edge=False, pad_edge=False, header_style="", padding=(0, GAP - 1, 0, 0))
    drawing.add_column("", width=DAY_WIDTH)
    for pupil in pupils:
        drawing.add_column(_head(pupil), width=width)
    for day in days:
        cells = (_cell(day, one, look) for one in day.pupils)
        drawing.add_row(_date(day.day, look), *cells, end_section=True)
    return drawing


def _stacked(days: Sequence[AgendaDay], look: Look) -> RenderableType:
    """The same with the children below each other, for a narrow screen or a large family."""
    drawing = Table(box=LINES, show_edge=False, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    drawing.add_column(width=DAY_WIDTH)
    drawing.add_column()
    for day in days:
        parts: list[RenderableType] = []
        for one in day.pupils:
            parts += [said(first_name(one.pupil), "bold cyan"), _cell(day, one, look)]
        drawing.add_row(_date(day.day, look), Stack(*parts), end_section=True)
    return drawing


def _head(pupil: Pupil) -> Text:
    platform = PLATFORMS.get(pupil.school.provider, pupil.school.provider)
    who = Text.assemble(said(first_name(pupil), "bold cyan"), (f"  on {platform}", "dim"))
    return Text("\n").join([who, *([said(pupil.school.name, "dim")] if pupil.school.name else [])])


def _date(day: dt.date, look: Look) -> Text:
    text = Text(f"{day:%a} {day.day}", style="bold" if day >= look.today else "dim")
    return Text.assemble(text, ("\ntoday", "cyan")) if day == look.today else text


def _cell(day: AgendaDay, one: PupilDay, look: Look) -> RenderableType:
    """A child's day: from when to when, and below it what is not as always."""
    lines = Table.grid(padding=(0, GAP, 0, 0))
    lines.add_column(width=LABEL, style="dim")
    lines.add_column()
    for entry in day.entries:
        if entry.pupil.key == one.pupil.key and _is_notable(entry):
            lines.add_row(clock(entry.start) if entry.start else "", _lesson(entry))
    if one.homework:
        lines.add_row("due", _due(one.homework))
    for news in one.announcements:
        lines.add_row("news", _news(news))
    head = _hours(one, look)
    return Stack(head, lines) if lines.row_count else head


def _hours(one: PupilDay, look: Look) -> Text:
    if one.starts is None or one.ends is None:
        return Text("no lessons", style="dim")
    hours = Text(
        f"{clock(one.starts)}–{clock(one.ends)}", style="" if one.starts.date() < look.today else "bold"
    )
    return Text.assemble(hours, (f"  {one.lessons} lesson{'s' * (one.lessons != 1)}", "dim"))


def _is_notable(entry: Entry) -> bool:
    lesson = entry.record
    return isinstance(lesson, Lesson) and any(news_of(lesson))


def _lesson(entry: Entry) -> Text:
    """`MATHEMATIQUES  another room C001`."""
    lesson = entry.record
    if not isinstance(lesson, Lesson):
        return Text()
    name = said(lesson_name(lesson), "strike" if entry.is_cancelled else "")
    return BETWEEN.join([name, *news_of(lesson)])


def _due(homework: Iterable[Homework]) -> Text:
    """What is to be done first, then what is done."""
    ordered = sorted(homework, key=lambda one: (one.state not in OPEN, subject_name(one.subject)))
    return Text(", ").join([_homework(one) for one in ordered])


def _homework(homework: Homework) -> Text:
    """Its subject; a tick says that it is done, a word that it is late."""
    name = said(subject_name(homework.subject) or homework.title or "homework")
    if homework.state is HomeworkState.DONE:
        return Text.assemble(name, "✓", style="green")
    if homework.state is HomeworkState.LATE:
        return Text.assemble(name, " (late)", style="bold red")
    return Text.assemble(name, style="bold yellow" if homework.state in OPEN else "")


def _news(news: Announcement) -> Text:
    wanted = WANTED[news.response]
    title = said(news.title or "without a title")
    return BETWEEN.join([title, Text(wanted, "bold yellow")]) if wanted else title


# -- one day ----------------------------------------------------------------------


def next_day(days: Iterable[AgendaDay], now: dt.datetime) -> AgendaDay | None:
    """The first day on which somebody still has a lesson after *now*, if there is one."""
    for day in days:
        if any(one.ends and one.ends.timestamp() > now.timestamp() for one in day.pupils):
            return day
    return None


def day_table(day: AgendaDay) -> RenderableType:
    """The lessons of that day, whoever's they are, by time; above them what is due."""
    drawing = table("Time!", "Child!", "What", "Where")
    for one in day.pupils:
        if one.homework:
            drawing.add_row(Text("due", "dim"), _who(one.pupil), _due(one.homework), "")
    for entry in day.entries:
        if isinstance(entry.record, Lesson) and entry.start and entry.end:
            time = Text(f"{clock(entry.start)}–{clock(entry.end)}", style="dim")
            rooms = "" if entry.is_cancelled else ", ".join(entry.record.rooms)
            drawing.add_row(time, _who(entry.pupil), _lesson(entry), said(rooms, "dim"))
    return drawing


def _who(pupil: Pupil) -> Text:
    return said(first_name(pupil), "cyan")


# -- zones ------------------------------------------------------------------------


def zone_notes(days: Sequence[AgendaDay], zone: dt.tzinfo) -> Mapping[str, Text]:
    """`at Alex’s school, in Europe/London, it is 1 h earlier`, by pupil's key; only where clocks differ."""
    notes: dict[str, Text] = {}
    for one in days[0].pupils if days else ():
        school = one.pupil.school
        noons = [dt.datetime.combine(day.day, dt.time(12), zone) for day in days]
        ahead = {_offset(noon.astimezone(school.zone)) - _offset(noon) for noon in noons}
        if ahead != {dt.timedelta()}:
            how = " or ".join(_apart(difference) for difference in sorted(ahead))
            where = f"at {first_name(one.pupil)}’s school, in {school.timezone}, it is {how}"
            notes[one.pupil.key] = said(where, "dim")
    return notes


def _offset(moment: dt.datetime) -> dt.timedelta:
    return moment.utcoffset() or dt.timedelta()


def _apart(ahead: dt.timedelta) -> str:
    """`1 h earlier`."""
    from schoolsync.cli.render import duration

    if not ahead:
        return "the same time"
    return f"{duration(abs(ahead))} {'later' if ahead > dt.timedelta() else 'earlier'}"
