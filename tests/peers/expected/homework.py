"""Homework, as teachers gave it and pupils did it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.model import AttachmentKind
from schoolsync.sandbox.desk import Desk
from schoolsync.sandbox.papers import HomeworkSheet, StoredFile
from tests.peers.expected.answers import answer, yes_no
from tests.peers.matchers import Addresses, DayFrom, Instant, LeadsTo, Name, Opens

__all__ = ["homeworks"]

WEEK = dt.timedelta(weeks=1)


def homeworks(
    desk: Desk,
    today: dt.date,
    addresses: Addresses,
    *,
    display: str = "issue_date",
    days: tuple[dt.date, dt.date] | None = None,
) -> dict[str, Any]:
    """Homework by the date *display*, between *days* or in the school year."""

    def date_of(sheet: HomeworkSheet) -> dt.date:
        return sheet.record.due if display == "due_date" else sheet.record.assigned_on or today

    shown = [sheet for sheet in desk.homeworks if days is None or days[0] <= date_of(sheet) <= days[1]]
    rows = [_homework(sheet, desk, addresses) for sheet in sorted(shown, key=date_of)]
    return answer(rows, _meta(desk, today, display, days))


def _homework(sheet: HomeworkSheet, desk: Desk, addresses: Addresses) -> dict[str, Any]:
    record = sheet.record
    links = [one.url for one in record.attachments if one.kind is AttachmentKind.LINK]
    return {
        "lesson": Name(str(record.extras["classcharts.lesson"])),
        "subject": Name(record.subject.name if record.subject else None),
        "teacher": Name(record.teacher),
        "homework_type": Name(record.kind),
        "id": int(record.provider_id or ""),
        "title": Name(record.title),
        "meta_title": "",
        "description": sheet.markup,
        "issue_date": f"{record.assigned_on}",
        "due_date": f"{record.due}",
        "completion_time_unit": sheet.expected_unit,
        "completion_time_value": sheet.expected_value,
        "publish_time": f"{sheet.published_at:%H:%M:%S}",
        "status": _status(sheet, desk, addresses),
        "validated_links": [{"link": link, "validated_link": LeadsTo(link, addresses)} for link in links],
        "validated_attachments": [_file(one, addresses) for one in sheet.files],
    }


def _status(sheet: HomeworkSheet, desk: Desk, addresses: Addresses) -> dict[str, Any]:
    return {
        "id": sheet.status_id,
        "state": sheet.teacher_word,
        "mark": sheet.mark if desk.file.features["marks"] else None,
        "mark_relative": sheet.mark_relative,
        "ticked": yes_no(sheet.is_ticked),
        "allow_attachments": sheet.allows_upload,
        "allow_marking_completed": sheet.allows_tick,
        "first_seen_date": Instant(sheet.first_seen),
        "last_seen_date": Instant(sheet.last_seen),
        "attachments": [
            {
                **_file(one, addresses),
                "teacher_note": one.teacher_note,
                "teacher_homework_attachments": [_file(other, addresses) for other in one.returned],
                "can_delete": sheet.teacher_word is None,
            }
            for one in sheet.uploads
        ],
        "has_feedback": sheet.has_feedback,
    }


def _file(file: StoredFile, addresses: Addresses) -> dict[str, Any]:
    opens = Opens(file.body, addresses)
    return {"id": file.id, "file_name": file.name, "file": opens, "validated_file": opens}


def _meta(desk: Desk, today: dt.date, display: str, days: tuple[dt.date, dt.date] | None) -> dict[str, Any]:
    monday = today - dt.timedelta(days=today.weekday())
    week = [sheet for sheet in desk.homeworks if monday <= sheet.record.due < monday + WEEK]
    done = [sheet for sheet in week if sheet.is_ticked or sheet.teacher_word == "completed"]
    return {
        "start_date": f"{days[0]}" if days else f"{desk.calendar.year_start}",
        "end_date": f"{days[1]}" if days else DayFrom(today),
        "display_type": display,
        "max_files_allowed": 5,
        "allowed_file_types": ["pdf", "docx", "jpg", "png"],
        "this_week_due_count": len(week),
        "this_week_outstanding_count": len(week) - len(done),
        "this_week_completed_count": len(done),
        "allow_attachments": True,
        "display_marks": desk.file.features["marks"],
    }
