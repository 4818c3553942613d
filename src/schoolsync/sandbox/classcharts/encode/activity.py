"""Activity and the behaviour summary, as ClassCharts words them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.classcharts.wire import as_map, escaped, local_stamp, utc_text
from schoolsync.sandbox.papers import ActivityRow
from schoolsync.sandbox.people import PupilFile

__all__ = ["PAGE", "encode_activity", "encode_summary", "encode_window", "page_of", "step_of"]

PAGE = 50
"""Rows of one page."""
DAY = dt.timedelta(days=1)
DAILY, WEEKLY = 14, 92
"""Up to so many days the summary goes by days, by weeks; beyond by months."""


# -- rows -------------------------------------------------------------------------


def encode_activity(row: ActivityRow, file: PupilFile) -> dict[str, Any]:
    """One row."""
    record = row.record
    slip = row.detention
    return {
        "id": row.id,
        "type": row.type,
        "polarity": row.polarity,
        "reason": escaped(record.reason),
        "score": record.points,
        "timestamp": local_stamp(record.at),
        "timestamp_custom_time": row.shown_time,
        "style": {"border_color": row.border_colour, "custom_class": row.colour},
        "pupil_name": file.pupil.name,
        "lesson_name": escaped(record.lesson_name),
        "teacher_name": escaped(record.given_by),
        "room_name": escaped(row.room_name),
        "note": escaped(row.note),
        "_can_delete": row.can_delete,
        "badges": "",
        "detention_date": slip.day.isoformat() if slip and slip.day else None,
        "detention_time": slip.time.strftime("%H:%M") if slip and slip.time else None,
        "detention_location": escaped(slip.record.location) if slip else None,
        "detention_type": escaped(slip.type_name) if slip else None,
    }


def page_of(
    rows: Iterable[ActivityRow], first: dt.date | None, last: dt.date, last_id: int | None
) -> list[ActivityRow]:
    """At most fifty rows, newest first, after the row *last_id* and between the days, both included.

    Args:
        rows: All rows.
        first: The first day; `None`: any.
        last: The last day.
        last_id: The oldest row of the page before; an unknown one means all with smaller numbers.
    """
    newest_first = sorted(rows, key=lambda row: (row.record.at.timestamp(), row.id), reverse=True)
    shown = [
        row
        for row in newest_first
        if (not first or first <= row.record.at.date()) and row.record.at.date() <= last
    ]
    if last_id is None:
        return shown[:PAGE]
    known = [index for index, row in enumerate(shown) if row.id == last_id]
    after = shown[known[0] + 1 :] if known else [row for row in shown if row.id < last_id]
    return after[:PAGE]


def encode_window(file: PupilFile, first: dt.date, last: dt.date) -> dict[str, Any]:
    """From the first second of *first* to the last one of *last*, in UTC."""
    start = dt.datetime.combine(first, dt.time(), file.zone)
    end = dt.datetime.combine(last, dt.time(23, 59, 59), file.zone)
    return {"start_date": utc_text(start), "end_date": utc_text(end)}


# -- summary ----------------------------------------------------------------------


def step_of(first: dt.date, last: dt.date) -> str:
    """In which steps the summary goes: `day`, `week` or `month`."""
    length = (last - first).days + 1
    return "day" if length <= DAILY else "week" if length <= WEEKLY else "month"


def encode_summary(
    rows: Sequence[ActivityRow], first: dt.date, last: dt.date, shapes: Shapes
) -> dict[str, Any]:
    """Points by step and by reason; reasons that are folded away are told under "other"."""
    shown = [row for row in rows if row.type == "behaviour" and first <= row.record.at.date() <= last]
    sign = -1 if shapes.negatives_signed else 1
    positive = _by_reason(shown, 1)
    negative = {reason: sign * points for reason, points in _by_reason(shown, -1).items()}
    others = {row.record.reason for row in shown if row.is_other}
    return {
        "timeline": [
            _encode_step(shown, start, end, step_of(first, last), sign)
            for start, end in _steps(first, last, step_of(first, last))
        ],
        "positive_reasons": as_map(_folded(positive, others, "Other positive")),
        "negative_reasons": as_map(_folded(negative, others, "Other negative")),
        "other_positive": [escaped(reason) for reason in positive if reason in others],
        "other_negative": [escaped(reason) for reason in negative if reason in others],
        "other_positive_count": _counts(positive, others, shapes),
        "other_negative_count": _counts(negative, others, shapes),
    }


def _by_reason(rows: Iterable[ActivityRow], sign: int) -> dict[str, int]:
    """Reason → points of that sign, as a magnitude."""
    totals: dict[str, int] = {}
    for row in rows:
        points = sign * (row.record.points or 0)
        if points > 0:
            reason = row.record.reason or ""
            totals[reason] = totals.get(reason, 0) + points
    return totals


def _folded(totals: Mapping[str, int], others: set[str | None], bucket: str) -> dict[str, int]:
    shown = {escaped(reason) or "": points for reason, points in totals.items() if reason not in others}
    folded = sum(points for reason, points in totals.items() if reason in others)
    return {**shown, bucket: folded} if folded else shown


def _counts(totals: Mapping[str, int], others: set[str | None], shapes: Shapes) -> object:
    counts = {escaped(reason) or "": points for reason, points in totals.items() if reason in others}
    return [{name: count} for name, count in counts.items()] if shapes.counts_as_list else as_map(counts)


def _steps(first: dt.date, last: dt.date, step: str) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last day of each step; weeks begin on Monday, months on their first."""
    start = first
    if step == "week":
        start -= DAY * start.weekday()
    elif step == "month":
        start = start.replace(day=1)
    while start <= last:
        if step == "month":
            following = (start + 31 * DAY).replace(day=1)
        else:
            following = start + (7 * DAY if step == "week" else DAY)
        yield start, following - DAY
        start = following


def _encode_step(
    rows: Iterable[ActivityRow], start: dt.date, end: dt.date, step: str, sign: int
) -> dict[str, Any]:
    points = [row.record.points or 0 for row in rows if start <= row.record.at.date() <= end]
    name = f"{start.month}/{start.year}" if step == "month" else f"{start.month}/{start.day}/{start.year}"
    return {
        "positive": sum(one for one in points if one > 0),
        "negative": -sign * sum(one for one in points if one < 0),
        "name": name,
        "start": start.isoformat(),
        "end": end.isoformat(),
    }
