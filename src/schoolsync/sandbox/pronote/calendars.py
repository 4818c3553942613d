"""The calendar behind a pupil's link: lessons as iCalendar text, without any session."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from schoolsync.flow.http import Request, Response
from schoolsync.model import Lesson, LessonKind, LessonStatus
from schoolsync.sandbox.pronote.readings.people import calendar_token

if TYPE_CHECKING:
    from schoolsync.sandbox.college.college import SandboxCollege

__all__ = ["calendar"]

WEEK = dt.timedelta(weeks=1)
ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n"})


def calendar(request: Request, college: SandboxCollege) -> Response | None:
    """The lessons of a month around the opening, if the link in *request* is a pupil's; else `None`."""
    token = next(iter(parse_qs(urlsplit(request.url).query).get("icalsecurise", [])), "")
    number = next((one for one in college.desks if calendar_token(one) == token), None)
    if number is None:
        return None
    monday = college.year.calendar.monday
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{college.school.name}//FR"]
    for lesson in college.lessons(number, monday - WEEK, monday + 3 * WEEK):
        if lesson.kind is not LessonKind.BREAK:
            lines += _event(lesson)
    body = "\r\n".join([*lines, "END:VCALENDAR", ""])
    return Response(200, (("content-type", "text/calendar; charset=utf-8"),), body=body.encode())


def _event(lesson: Lesson) -> list[str]:
    subject = lesson.subject.name if lesson.subject else ", ".join(lesson.groups)
    what = " - ".join(filter(None, (subject, *lesson.teachers, lesson.status_text)))
    cancelled = ["STATUS:CANCELLED"] if lesson.status is LessonStatus.CANCELLED else []
    return [
        "BEGIN:VEVENT",
        f"UID:{lesson.key}",
        f"DTSTAMP:{_utc(lesson.start)}",
        f"DTSTART:{_utc(lesson.start)}",
        f"DTEND:{_utc(lesson.end)}",
        f"SUMMARY:{what.translate(ESCAPED)}",
        f"LOCATION:{', '.join(lesson.rooms).translate(ESCAPED)}",
        *cancelled,
        "END:VEVENT",
    ]


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
