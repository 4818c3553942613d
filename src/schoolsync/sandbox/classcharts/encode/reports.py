"""Academic reports and report cards, as ClassCharts words them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.sandbox.classcharts.wire import escaped, yes_no
from schoolsync.sandbox.office_papers import AcademicReport, CardMark, CardTarget, ReportCard
from schoolsync.sandbox.staff import teacher_called

__all__ = [
    "encode_card",
    "encode_card_row",
    "encode_report",
    "encode_report_row",
    "encode_summary_comment",
    "encode_target",
]


def _day(day: dt.date, *, weekday: bool = False) -> str:
    return day.strftime("%a %d/%m/%Y" if weekday else "%d/%m/%Y")


def _minute(moment: dt.datetime | None) -> str | None:
    return moment.strftime("%d/%m/%Y %H:%M") if moment else None


# -- academic reports ---------------------------------------------------------------


def encode_report_row(report: AcademicReport) -> dict[str, Any]:
    """One report in the list."""
    record = report.record
    return {
        "id": report.id,
        "name": escaped(record.title),
        "start_date": record.start.isoformat() if record.start else None,
        "end_date": record.end.isoformat() if record.end else None,
    }


def encode_report(report: AcademicReport) -> dict[str, Any]:
    """One report, whole."""
    record = report.record
    percentage = record.attendance_percentage
    return {
        **encode_report_row(report),
        "overall_attendance_percentage": report.overall_percentage,
        "attendance_percentage": None if percentage is None else str(percentage),
        "lessons": [_encode_line(report, index) for index in range(len(record.lines))],
    }


def _encode_line(report: AcademicReport, index: int) -> dict[str, Any]:
    line = report.record.lines[index]
    shares = report.lesson_percentages
    return {
        "attendance_percentage": shares[index] if index < len(shares) else None,
        "lesson_name": escaped(line.subject.name if line.subject else None),
        "teachers": [
            _encode_teacher(name, text) for name, text in zip(line.teachers, line.comments, strict=True)
        ],
        "grades": [{"field_name": escaped(field), "grade": grade} for field, grade in line.grades],
    }


def _encode_teacher(name: str, text: str) -> dict[str, Any]:
    teacher = teacher_called(name)
    return {"teacher_name": escaped(name), "id": teacher.id if teacher else None, "text": escaped(text)}


# -- report cards -------------------------------------------------------------------


def encode_card_row(card: ReportCard) -> dict[str, Any]:
    """One card in the list."""
    return {
        "id": card.id,
        "start_date": _day(card.start),
        "end_date": _day(card.end),
        "reason": escaped(card.reason),
        "description": escaped(card.description),
    }


def encode_card(card: ReportCard) -> dict[str, Any]:
    """One card, whole."""
    comments = [
        {"id": one.id, "description": escaped(one.text), "date": _minute(one.at), "can_edit": one.can_edit}
        for one in card.comments
    ]
    return {
        **encode_card_row(card),
        "start_date": _day(card.start, weekday=True),
        "end_date": _day(card.end, weekday=True),
        "level": card.level,
        "teacher": None,
        "parent_comments": comments or None,
        "targets": [{"id": target.id} for target in card.targets] or None,
    }


def encode_summary_comment(card: ReportCard, day: dt.date) -> dict[str, Any] | None:
    """What the school wrote about one day; `None` if nothing."""
    if day not in card.summaries:
        return None
    text, teacher, at = card.summaries[day]
    return {
        "id": card.id * 10 + day.weekday(),
        "report_card_id": card.id,
        "text": escaped(text),
        "teacher_name": escaped(teacher),
        "date": _minute(at),
    }


def encode_target(target: CardTarget, card: ReportCard, day: dt.date) -> dict[str, Any]:
    """How one target went on one day."""
    return {
        "target": {
            "id": target.id,
            "pupil_report_card": {"id": card.id, "required_teacher_action": None},
            "description": escaped(target.description),
        },
        "periods": [_encode_period(mark) for mark in target.marks.get(day, ())],
    }


def _encode_period(mark: CardMark) -> dict[str, Any]:
    return {
        "id": mark.id,
        "mark_id": mark.id * 10,
        "met": None if mark.is_met is None else yes_no(mark.is_met),
        "label": escaped(mark.label),
        "comment_description": escaped(mark.comment),
        "comment_created": _minute(mark.at),
        "mark_ranking": None,
        "teacher_name": escaped(mark.teacher),
    }
