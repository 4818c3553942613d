"""A timetable on paper: a grid of the week where there is room, else day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

from rich.console import Group as Stack
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from schoolsync.cli.render import LINES, Look, clock, said, subject_name, table
from schoolsync.derive.agenda import is_test
from schoolsync.model import LessonKind, LessonStatus

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync.model import Lesson

__all__ = ["lesson_name", "news_of", "timetable"]

ROOMY: Final = 110
"""From this width on, the grid names teachers too."""
NARROW: Final = 72
"""Below this width, a list has one column for all that there is to say."""
GAP: Final = 2
"""Spaces between two columns."""
TIME: Final = 5
"""Letters of `09:05`."""
PAUSE: Final = dt.timedelta(minutes=10)
"""A gap of this length is drawn."""
FEW_DAYS: Final = 2
"""So few days are listed, not drawn as a grid."""

NEWS: Final = {
    LessonStatus.CANCELLED: ("cancelled", "red"),
    LessonStatus.MOVED: ("moved", "yellow"),
    LessonStatus.ROOM_CHANGED: ("another room", "yellow"),
    LessonStatus.TEACHER_CHANGED: ("another teacher", "yellow"),
    LessonStatus.ONLINE: ("online", "yellow"),
    LessonStatus.REPLACED: ("changed", "yellow"),
}
"""What became of a lesson, and its colour."""
TEST: Final = ("test", "bold magenta")
EXEMPT: Final = ("exempt", "yellow")
KINDS: Final = {LessonKind.DETENTION: ("detention", "red"), LessonKind.OUTING: ("outing", "magenta")}
"""Rows that are news in themselves."""


def timetable(lessons: Sequence[Lesson], look: Look) -> RenderableType:
    """The lessons by week. Breaks are not listed: they are the lines between."""
    taught = [lesson for lesson in lessons if lesson.kind is not LessonKind.BREAK]
    weeks = [list(week) for _, week in groupby(taught, key=lambda one: one.start.isocalendar()[:2])]
    if not weeks:
        return Text("No lessons, only breaks.", style="dim")
    drawings = (_grid(week, look) or _list(week, look) for week in weeks)
    return Stack(*(Padding(drawing, (number > 0, 0, 0, 0)) for number, drawing in enumerate(drawings)))


# -- a grid ---------------------------------------------------------------------


def _grid(lessons: Sequence[Lesson], look: Look) -> Table | None:
    """The week as a grid; `None` if it is only a few days, or a name would have to be broken."""
    first = lessons[0].start.date()
    monday = first - dt.timedelta(days=first.weekday())
    latest = max(lesson.start.weekday() for lesson in lessons)
    days = [monday + dt.timedelta(days=number) for number in range(max(latest, 4) + 1)]
    width = (look.width - TIME) // len(days) - GAP
    cells = {
        (day, start): _cell(list(here), look, width)
        for (day, start), here in groupby(lessons, key=lambda one: (one.start.date(), one.start.time()))
    }
    words = [word for cell in cells.values() for word in cell.plain.split()]
    if len({day for day, _ in cells}) <= FEW_DAYS or max(map(len, words), default=0) > width:
        return None
    drawing = Table(box=LINES, show_edge=False, pad_edge=False, header_style="", padding=(0, GAP - 1, 0, 0))
    drawing.add_column("", width=TIME, style="dim")
    for day in days:
        drawing.add_column(_head(day, look), width=width)
    for start, is_last in _slots(lessons):
        row = [cells.get((day, start), Text()) for day in days]
        drawing.add_row(f"{start:%H:%M}", *row, end_section=is_last)
    return drawing


def _head(day: dt.date, look: Look) -> Text:
    if day == look.today:
        return Text.assemble((f"{day:%a} {day.day}", "bold cyan"), (" today", "cyan"))
    return Text(f"{day:%a} {day.day}", style="bold" if day > look.today else "dim")


def _slots(lessons: Sequence[Lesson]) -> Iterator[tuple[dt.time, bool]]:
    """The times at which lessons begin, and whether a pause follows."""
    ends: dict[dt.time, dt.time] = {}
    for lesson in lessons:
        start, end = lesson.start.time(), lesson.end.time()
        ends[start] = max(end, ends.get(start, end))
    starts = sorted(ends)
    for start, following in zip_longest(starts, starts[1:]):
        yield (
            start,
            following is not None and _since_midnight(following) - _since_midnight(ends[start]) >= PAUSE,
        )


def _since_midnight(time: dt.time) -> dt.timedelta:
    return dt.timedelta(hours=time.hour, minutes=time.minute)


def _cell(lessons: Sequence[Lesson], look: Look, width: int) -> Text:
    """What happens in one slot; several lessons stand below each other."""
    return Text("\n").join([_lesson(lesson, width, has_teachers=look.width >= ROOMY) for lesson in lessons])


def _lesson(lesson: Lesson, width: int | None = None, *, has_teachers: bool) -> Text:
    _, colour = _became(lesson)
    is_off = lesson.status is LessonStatus.CANCELLED
    name = lesson_name(lesson) if width is None else _hyphenated(lesson_name(lesson), width)
    lines = [said(name, f"{colour} strike" if is_off else colour or "bold")]
    places = [*lesson.rooms, *(lesson.teachers if has_teachers else ())]
    if places and not is_off:
        lines.append(said(" · ".join(places), "dim"))
    return Text("\n").join([*lines, *_news_lines(lesson)])


def _news_lines(lesson: Lesson) -> Iterator[Text]:
    for text in news_of(lesson, has_rooms=False):
        text.stylize("italic")
        yield text


def lesson_name(lesson: Lesson) -> str:
    """What a row of the timetable is called."""
    named = subject_name(lesson.subject) or ", ".join(lesson.groups) or lesson.note
    return named or lesson.kind.capitalize()


def news_of(lesson: Lesson, *, has_rooms: bool = True) -> Iterator[Text]:
    """What is not as always: what became of it, whether it is a test, whether the pupil need not come.

    Args:
        lesson: The row.
        has_rooms: Whether to name the other room.
    """
    news, colour = _became(lesson)
    if lesson.status is LessonStatus.ROOM_CHANGED and has_rooms:
        news = " ".join([news, *lesson.rooms])
    if news:
        yield said(news, colour)
    if lesson.kind in KINDS:
        yield Text(*KINDS[lesson.kind])
    if is_test(lesson):
        yield Text(*TEST)
    if lesson.is_exempted:
        yield Text(*EXEMPT)


def _became(lesson: Lesson) -> tuple[str, str]:
    """What became of it, and its colour: in the school's own words where we have none."""
    if lesson.status is LessonStatus.UNKNOWN:
        return lesson.status_text or "changed", "yellow"
    return NEWS.get(lesson.status, ("", ""))


def _hyphenated(name: str, width: int) -> str:
    """*name*, where a word that is wider than *width* goes on in the next line after its hyphens."""
    words = name.split(" ")
    return " ".join(word.replace("-", "-\n") if len(word) > width else word for word in words)


# -- day by day -----------------------------------------------------------------


def _list(lessons: Sequence[Lesson], look: Look) -> RenderableType:
    parts: list[RenderableType] = []
    for number, (day, here) in enumerate(groupby(lessons, key=lambda one: one.start.date())):
        head = Text(f"{day:%A} {day.day} {day:%B}", style="bold cyan" if day == look.today else "bold")
        drawing = _spacious(here) if look.width >= NARROW else _narrow(here)
        parts += [Padding(head, (number > 0, 0, 0, 0)), Padding(drawing, (0, 0, 0, 2))]
    return Stack(*parts)


def _spacious(lessons: Iterable[Lesson]) -> Table:
    drawing = table("Time!", "Lesson", "Room", "Teacher", "News")
    for lesson in lessons:
        _, colour = _became(lesson)
        drawing.add_row(
            _hours(lesson),
            said(lesson_name(lesson), colour or "bold"),
            said(", ".join(lesson.rooms)),
            said(", ".join(lesson.teachers)),
            Text(" · ").join(news_of(lesson, has_rooms=False)),
        )
    return drawing


def _narrow(lessons: Iterable[Lesson]) -> Table:
    drawing = table("Time!", "Lesson")
    for lesson in lessons:
        drawing.add_row(_hours(lesson), _lesson(lesson, has_teachers=True))
    return drawing


def _hours(lesson: Lesson) -> Text:
    return Text(f"{clock(lesson.start)}–{clock(lesson.end)}", style="dim")
