"""`schoolsync absences`: absences and late arrivals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from schoolsync.cli.reading import Reading

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync import SchoolClient
    from schoolsync.cli.render import Look
    from schoolsync.model import Absence, Pupil, Rows
    from schoolsync.provider import Days

__all__ = ["ABSENCES"]

KINDS: Final = {
    "absence": ("absent", "yellow"),
    "lateness": ("late", "yellow"),
    "exclusion": ("excluded", "red"),
    "other": ("away", "yellow"),
}
"""Words and colours."""
REASONS: Final = {
    "justified": ("excused", "green"),
    "unjustified": ("not excused", "bold red"),
    "pending": ("reason awaited", "yellow"),
    "unknown": ("", ""),
}
"""Words and colours."""


def _ask(client: SchoolClient, pupil: Pupil, days: Days) -> Rows[Absence]:
    return client.get_absences(days.first, days.last, pupil=pupil)


def _draw(lines: Sequence[Sequence[Absence]], look: Look) -> RenderableType:
    from rich.text import Text

    from schoolsync.cli.render import day, said, table

    drawing = table("Day!", "What!", "When", "Reason")
    for same in lines:
        one = same[0]
        kind, colour = KINDS[one.kind]
        minutes = f" {one.minutes} min" if one.minutes is not None else ""
        verdict, style = REASONS[one.justification]
        reason = Text(" ").join(
            [*([Text(verdict, style)] if verdict else []), *(said(reason) for reason in one.reasons)]
        )
        drawing.add_row(day(one.day, look), Text(kind + minutes, colour), said(_when(same)), reason)
    return drawing


def _lines(absences: Sequence[Absence]) -> list[list[Absence]]:
    """The parts of a day that say the same are one line."""
    by_day = groupby(absences, key=lambda one: (one.day, one.kind, one.justification, one.reasons))
    return [list(same) for _, same in by_day]


def _when(same: Sequence[Absence]) -> str:
    """`AM, PM, Period 1`, or hours where the school gives those."""
    from schoolsync.cli.render import clock

    labels = [one.session_label for one in same if one.session_label]
    hours = [
        clock(one.start) + (f"–{_end(one.end, one.day)}" if one.end else "")
        for one in same
        if one.start and not one.session_label
    ]
    return ", ".join([*_runs(labels), *hours])


def _end(moment: dt.datetime, day: dt.date) -> str:
    """The time, after its day if that is not *day*."""
    from schoolsync.cli.render import clock

    date = moment.date()
    return clock(moment) if date == day else f"{date:%a} {date.day} {date:%b} {clock(moment)}"


def _runs(labels: Sequence[str]) -> list[str]:
    """*labels*, with `Period 1–5` for five in a row."""
    runs: list[list[str]] = []
    for label in labels:
        if runs and _is_next(runs[-1][-1], label):
            runs[-1].append(label)
        else:
            runs.append([label])
    return [run[0] if len(run) == 1 else f"{run[0]}–{_numbered(run[-1])[1]}" for run in runs]


def _is_next(before: str, label: str) -> bool:
    (name, number), (other, following) = _numbered(before), _numbered(label)
    return name == other and number is not None and following == number + 1


def _numbered(label: str) -> tuple[str, int | None]:
    """`Period 2` as its name and its number; `None` without one."""
    name = label.rstrip("0123456789")
    return name, int(label[len(name) :]) if len(name) < len(label) else None


ABSENCES = Reading(
    name="absences",
    title="Absences and late arrivals",
    help="Absences and late arrivals, newest first.\n\n"
    "Without days: this school year; on PRONOTE, this term.",
    nothing="Always there, and on time.",
    ask=_ask,
    draw=_draw,
    lines=_lines,
)
"""The command."""
