"""The timetable and the notebook, as pronotepy shows what the school has."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.model import LessonKind
from schoolsync.sandbox.college.homework import HomeworkSheet
from schoolsync.sandbox.college.lessons import NORMAL, LessonSheet
from schoolsync.sandbox.college.notebook import ContentEntry
from tests.peers.pronote.expected.about import About, attachment, subject_of
from tests.peers.pronote.meanings import local, plain

__all__ = ["homework", "homework_order", "lesson_order", "lessons"]

URL = 23
"""The type that addresses of virtual rooms have on the wire."""


def lesson_order(said: dict[str, Any]) -> Any:
    """What lessons are sorted by: the server has no order."""
    return said["start"], said["num"]


def lessons(about: About, first: dt.date, last: dt.date) -> list[dict[str, Any]]:
    """Every row from *first* to *last*, both included."""
    rows = [_lesson(about, sheet) for sheet in about.desk.timetable.sheets(first, last)]
    return sorted(rows, key=lesson_order)


def _lesson(about: About, sheet: LessonSheet) -> dict[str, Any]:
    record = sheet.record
    is_lesson = record.kind not in {LessonKind.DETENTION, LessonKind.OUTING}
    teachers = [*record.teachers] if is_lesson else []
    groups = [name for name in record.groups if name not in (*sheet.classes, *sheet.class_parts)]
    groups = groups if is_lesson else []
    return {
        "id": about.known(f"lesson:{sheet.key}"),
        "subject": subject_of(about, record.subject) if record.subject else None,
        "teacher_name": ", ".join(teachers) or None,
        "teacher_names": teachers,
        "classroom": ", ".join(record.rooms) or None,
        "classrooms": [*record.rooms],
        "group_name": ", ".join(groups) or None,
        "group_names": groups,
        "canceled": sheet.is_cancelled,
        "status": record.status_text,
        "memo": record.extras.get("pronote.memo"),
        "background_color": record.colour.upper() if record.colour else None,
        "outing": record.kind is LessonKind.OUTING,
        "detention": record.kind is LessonKind.DETENTION,
        "normal": False,
        "exempted": record.is_exempted is True,
        "test": record.is_test is True and not sheet.is_evaluation and sheet.kind == NORMAL,
        "virtual_classrooms": [{"_T": URL, "V": url} for url in record.online_urls],
        "num": sheet.rank,
        "start": local(record.start),
        "end": local(record.end),
        "content": _content(about, sheet),
    }


def _content(about: About, sheet: LessonSheet) -> dict[str, Any] | None:
    """The first thing that was done; pronotepy does not read the others."""
    entries = [entry for one in about.desk.contents if one.lesson.key == sheet.key for entry in one.entries]
    return _entry(about, entries[0]) if entries else None


def _entry(about: About, entry: ContentEntry) -> dict[str, Any]:
    return {
        "title": entry.record.title,
        "description": plain(entry.markup),
        "category": entry.record.category,
        "files": [attachment(about, paper) for paper in entry.papers],
    }


def homework_order(said: dict[str, Any]) -> Any:
    """What homework is sorted by: no two pieces say the same."""
    return said["date"], said["description"]


def homework(about: About, first: dt.date, last: dt.date | None = None) -> list[dict[str, Any]]:
    """What is due from *first* to *last*, both included, or to the end of the year."""
    last = last or about.desk.year.last_day
    due = [sheet for sheet in about.desk.homeworks if first <= sheet.record.due <= last]
    return sorted((_homework(about, sheet) for sheet in due), key=homework_order)


def _homework(about: About, sheet: HomeworkSheet) -> dict[str, Any]:
    record = sheet.record
    assert record.subject is not None
    return {
        "id": about.known(f"homework:{sheet.key}"),
        "subject": subject_of(about, record.subject),
        "description": plain(sheet.markup),
        "background_color": (record.subject.colour or "").upper(),
        "done": sheet.is_done,
        "date": record.due,
        "files": [attachment(about, paper) for paper in sheet.papers],
    }
