"""The register, session by session."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import RegisterMark
from tests.peers.expected.activity import Window
from tests.peers.expected.answers import answer, map_or_list
from tests.peers.matchers import ABSENT, Name, Share

__all__ = ["attendance"]


def attendance(desk: Desk, window: Window) -> dict[str, Any]:
    """The register of *window*."""
    shown = [mark for mark in desk.register if window.first <= mark.day <= window.last]
    days: dict[str, dict[str, Any]] = {}
    for mark in shown:
        days.setdefault(f"{mark.day}", {})[mark.session] = _cell(mark)
    year = [mark for mark in desk.register if mark.day >= desk.calendar.year_start]
    is_told = desk.file.features["attendance_percentage"]
    meta = {
        "dates": list(days),
        "sessions": list(desk.sessions),
        **window.ends(desk),
        "percentage": _share(shown) if is_told else None,
        "percentage_singe_august": _share(year) if is_told else None,
    }
    return answer(map_or_list(days), meta)


def _cell(mark: RegisterMark) -> dict[str, Any]:
    has_lesson = mark.lesson_name is not None
    return {
        "code": mark.code,
        "status": mark.status,
        "late_minutes": mark.late_minutes,
        "lesson_name": Name(mark.lesson_name) if has_lesson else ABSENT,
        "room_name": Name(mark.room_name) if has_lesson else ABSENT,
    }


def _share(marks: Sequence[RegisterMark]) -> Share:
    counted = [mark for mark in marks if mark.status != "ignore"]
    there = [mark for mark in counted if mark.status not in {"absent", "no", "excused"}]
    return Share(Fraction(len(there), len(counted) or 1))
