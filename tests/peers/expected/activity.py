"""What happened to a pupil, row by row and summed up."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

import attrs

from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import ActivityRow
from tests.peers.expected.answers import answer, map_or_list
from tests.peers.matchers import Instant, Name, Wall

__all__ = ["Window", "activity", "behaviour", "full_activity"]

PAGE = 50
DAY = dt.timedelta(days=1)
MONTH = 31
LAST_SECOND = dt.time(23, 59, 59)


@attrs.frozen
class Window:
    """Days, both included, and the steps in which a summary of them goes."""

    first: dt.date
    """The first day."""
    last: dt.date
    """The last day."""
    step: str
    """`day`, `week` or `month`."""

    def rows(self, desk: Desk) -> list[ActivityRow]:
        """What happened in it, newest first."""
        found = [row for row in desk.activity if self.first <= row.record.at.date() <= self.last]
        return sorted(found, key=lambda row: (row.record.at, row.id), reverse=True)

    def ends(self, desk: Desk) -> dict[str, Any]:
        """From midnight to the last second, at the school."""
        start = dt.datetime.combine(self.first, dt.time(), desk.file.zone)
        end = dt.datetime.combine(self.last, LAST_SECOND, desk.file.zone)
        return {"start_date": Instant(start), "end_date": Instant(end)}

    def steps(self) -> Iterator[tuple[dt.date, dt.date]]:
        """First and last day of each step that has a day of the window in it."""
        day = self.first
        while day <= self.last:
            start, after = self._step_around(day)
            yield start, after - DAY
            day = after

    def _step_around(self, day: dt.date) -> tuple[dt.date, dt.date]:
        if self.step == "day":
            return day, day + DAY
        if self.step == "week":
            monday = day - day.weekday() * DAY
            return monday, monday + 7 * DAY
        first = day.replace(day=1)
        return first, (first + MONTH * DAY).replace(day=1)


# -- rows -------------------------------------------------------------------------


def full_activity(desk: Desk, window: Window) -> list[dict[str, Any]]:
    """Everything in *window*, without an envelope."""
    return [_row(row, desk) for row in window.rows(desk)]


def activity(desk: Desk, window: Window, *, after: int | None = None) -> dict[str, Any]:
    """The first page of *window*, or the one after the row *after*."""
    rows = window.rows(desk)
    skipped = 0 if after is None else 1 + [row.id for row in rows].index(after)
    page = rows[skipped : skipped + PAGE]
    meta = {
        **window.ends(desk),
        "last_id": page[-1].id if page else False,
        "step_size": window.step,
        "detention_alias_uc": "Detention",
    }
    return answer([_row(row, desk) for row in page], meta)


def _row(row: ActivityRow, desk: Desk) -> dict[str, Any]:
    record, slip = row.record, row.detention
    return {
        "id": row.id,
        "type": row.type,
        "polarity": row.polarity,
        "reason": Name(record.reason),
        "score": record.points,
        "timestamp": Wall(record.at),
        "timestamp_custom_time": row.shown_time,
        "style": {"border_color": row.border_colour, "custom_class": row.colour},
        "pupil_name": Name(desk.pupil.name),
        "lesson_name": Name(record.lesson_name),
        "teacher_name": Name(record.given_by),
        "room_name": Name(row.room_name),
        "note": Name(row.note),
        "_can_delete": row.can_delete,
        "badges": "",
        "detention_date": f"{slip.day}" if slip and slip.day else None,
        "detention_time": f"{slip.time:%H:%M}" if slip and slip.time else None,
        "detention_location": Name(slip.record.location if slip else None),
        "detention_type": Name(slip.type_name if slip else None),
    }


# -- summary ----------------------------------------------------------------------


def behaviour(desk: Desk, window: Window) -> dict[str, Any]:
    """Points of *window* by time and by reason."""
    rows = [row for row in window.rows(desk) if row.type == "behaviour"]
    gains, losses = _by_reason(rows, 1), _by_reason(rows, -1)
    folded = {row.record.reason for row in rows if row.is_other}
    more_gains = {reason: gains[reason] for reason in gains if reason in folded}
    more_losses = {reason: losses[reason] for reason in losses if reason in folded}
    data = {
        "timeline": [_step(rows, start, end, window.step) for start, end in window.steps()],
        "positive_reasons": map_or_list(_shown(gains, more_gains, "Other positive")),
        "negative_reasons": map_or_list(_shown(losses, more_losses, "Other negative")),
        "other_positive": [Name(reason) for reason in more_gains],
        "other_negative": [Name(reason) for reason in more_losses],
        "other_positive_count": map_or_list(more_gains),
        "other_negative_count": map_or_list(more_losses),
    }
    return answer(data, {**window.ends(desk), "step_size": window.step})


def _by_reason(rows: list[ActivityRow], sign: int) -> dict[str, int]:
    """Reason → how many points of that sign, newest reason first."""
    total: Counter[str] = Counter()
    for row in rows:
        total[row.record.reason or ""] += max(0, sign * (row.record.points or 0))
    return {reason: points for reason, points in total.items() if points}


def _shown(total: dict[str, int], folded: dict[str, int], bucket: str) -> dict[str, int]:
    kept = {reason: points for reason, points in total.items() if reason not in folded}
    return {**kept, bucket: sum(folded.values())} if folded else kept


def _step(rows: list[ActivityRow], start: dt.date, end: dt.date, step: str) -> dict[str, Any]:
    points = [row.record.points or 0 for row in rows if start <= row.record.at.date() <= end]
    pieces = (start.month, start.year) if step == "month" else (start.month, start.day, start.year)
    return {
        "positive": sum(one for one in points if one > 0),
        "negative": sum(-one for one in points if one < 0),
        "name": "/".join(map(str, pieces)),
        "start": f"{start}",
        "end": f"{end}",
    }
