"""Homework, as ClassCharts words it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from schoolsync.model import AttachmentKind
from schoolsync.sandbox.classcharts.links import Links
from schoolsync.sandbox.classcharts.shapes import Shapes
from schoolsync.sandbox.classcharts.wire import escaped, utc_text, yes_no
from schoolsync.sandbox.papers import HomeworkSheet, StoredFile
from schoolsync.sandbox.people import PupilFile

__all__ = ["encode_homework", "encode_homework_meta"]


def encode_homework(sheet: HomeworkSheet, file: PupilFile, links: Links, shapes: Shapes) -> dict[str, Any]:
    """One piece of homework with the pupil's own sheet."""
    record = sheet.record
    due = record.due.isoformat()
    targets = [one.url for one in record.attachments if one.kind is AttachmentKind.LINK and one.url]
    return {
        "lesson": escaped(str(record.extras["classcharts.lesson"])),
        "subject": escaped(record.subject.name if record.subject else None),
        "teacher": escaped(record.teacher),
        "homework_type": record.kind,
        "id": int(record.provider_id or 0),
        "title": escaped(record.title),
        "meta_title": "",
        "description": sheet.markup,
        "issue_date": record.assigned_on.isoformat() if record.assigned_on else None,
        "due_date": f"{due}T00:00:00" if shapes.due_with_time else due,
        "completion_time_unit": sheet.expected_unit,
        "completion_time_value": sheet.expected_value,
        "publish_time": sheet.published_at.isoformat(),
        "status": _encode_status(sheet, file, links, shapes),
        "validated_links": [{"link": one, "validated_link": links.redirect(one)} for one in targets],
        "validated_attachments": [_encode_file(one, file, links, shapes) for one in sheet.files],
    }


def _encode_status(sheet: HomeworkSheet, file: PupilFile, links: Links, shapes: Shapes) -> dict[str, Any]:
    newer = {"allow_marking_completed": sheet.allows_tick} if shapes.has_newer_fields else {}
    return {
        "id": sheet.status_id,
        "state": sheet.teacher_word,
        "mark": sheet.mark if file.features["marks"] else None,
        "mark_relative": sheet.mark_relative,
        "ticked": yes_no(sheet.is_ticked),
        "allow_attachments": sheet.allows_upload,
        **newer,
        "first_seen_date": utc_text(sheet.first_seen),
        "last_seen_date": utc_text(sheet.last_seen),
        "attachments": [
            {
                **_encode_file(one, file, links, shapes),
                "teacher_note": one.teacher_note,
                "teacher_homework_attachments": [_encode_file(i, file, links, shapes) for i in one.returned],
                "can_delete": sheet.teacher_word is None,
            }
            for one in sheet.uploads
        ],
        "has_feedback": sheet.has_feedback,
    }


def _encode_file(one: StoredFile, file: PupilFile, links: Links, shapes: Shapes) -> dict[str, Any]:
    address = links.direct(file.id, one)
    newer = {"scan_status": "pass", "scan_status_message": ""} if shapes.has_newer_fields else {}
    return {
        "id": one.id,
        **dict.fromkeys(shapes.file_keys, one.name),
        "file": address,
        "validated_file": links.redirect(address),
        **newer,
    }


def encode_homework_meta(
    sheets: Iterable[HomeworkSheet],
    shown: Sequence[dt.date],
    display: str,
    file: PupilFile,
    today: dt.date,
) -> dict[str, Any]:
    """What the listing says of itself: the window *shown*, what may be uploaded, this week's counts."""
    monday = today - dt.timedelta(days=today.weekday())
    week = [sheet for sheet in sheets if monday <= sheet.record.due < monday + dt.timedelta(weeks=1)]
    done = sum(sheet.is_ticked or sheet.teacher_word == "completed" for sheet in week)
    return {
        "start_date": shown[0].isoformat(),
        "end_date": shown[1].isoformat(),
        "display_type": display,
        "max_files_allowed": 5,
        "allowed_file_types": ["pdf", "docx", "jpg", "png"],
        "this_week_due_count": len(week),
        "this_week_outstanding_count": len(week) - done,
        "this_week_completed_count": done,
        "allow_attachments": True,
        "display_marks": file.features["marks"],
    }
