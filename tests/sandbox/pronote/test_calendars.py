"""The calendar behind a link."""

from __future__ import annotations

import datetime as dt

from schoolsync.model import Subject
from schoolsync.sandbox.pronote import PronoteServer
from tests.sandbox.pronote.hand import Hand, signed_in


def test_a_calendar_needs_no_session(server: PronoteServer) -> None:
    """Only the link, which stays the same."""
    links = set()
    for _ in range(2):
        said = signed_in(server).call("PageInfosPerso", tab=16)
        links.add(said["iCal"]["liste"]["V"][0]["paramICal"])
    (token,) = links
    answer = Hand(server).get(f"ical/edt.ics?icalsecurise={token}&version=2026.2.5.6&param=266f3d32")
    assert answer.media_type == "text/calendar"
    text = answer.body.decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    monday = server.college.year.calendar.monday
    lessons = server.college.lessons("e1", monday - dt.timedelta(7), monday + dt.timedelta(21))
    taught = [lesson for lesson in lessons if lesson.kind != "break"]
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(taught)
    assert text.count("STATUS:CANCELLED") == sum(lesson.status == "cancelled" for lesson in taught) > 0
    first = taught[0]
    assert f"DTSTART:{first.start.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" in text
    assert Hand(server).get("ical/edt.ics?icalsecurise=0").status == 404
    assert Hand(server).get("ical/edt.ics").status == 404


def test_text_is_escaped(server: PronoteServer) -> None:
    """Commas, semicolons, backslashes."""
    monday = server.college.year.calendar.monday
    timetable = server.college.desk("e1").timetable
    sheet = timetable.sheets_of(monday)[0]
    odd = {"subject": Subject(name="A, B; C \\ D"), "teachers": (), "status_text": None, "rooms": ("1, 2",)}
    record = sheet.record.model_copy(update=odd)
    timetable.replace(sheet, type(sheet)(record=record, place=sheet.place, length=sheet.length))
    said = signed_in(server).call("PageInfosPerso", tab=49)
    token = said["iCal"]["liste"]["V"][0]["paramICal"]
    text = Hand(server).get(f"ical/x.ics?icalsecurise={token}").body.decode()
    assert "SUMMARY:A\\, B\\; C \\\\ D\r\n" in text
    assert "LOCATION:1\\, 2\r\n" in text
