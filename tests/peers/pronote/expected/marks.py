"""Periods with everything that pronotepy reads by period, as the school has it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from schoolsync.model import MarkStatus, SubjectAverage
from schoolsync.sandbox.college.evaluations import Acquired, EvaluationSheet
from schoolsync.sandbox.college.markbook import MarkSheet, Service
from schoolsync.sandbox.college.reports import LineSheet
from schoolsync.sandbox.college.year import TermPeriod
from tests.peers.pronote.expected.about import About, subject_of
from tests.peers.pronote.expected.presence import absences, delays, punishments
from tests.peers.pronote.meanings import Fails, Points, midnight

__all__ = ["UNREADABLE", "grades", "period"]

WORDS = {
    MarkStatus.ABSENT: "Absent",
    MarkStatus.EXEMPT: "Dispense",
    MarkStatus.NOT_GRADED: "NonNote",
    MarkStatus.UNFIT: "Inapte",
    MarkStatus.NOT_SUBMITTED: "NonRendu",
    MarkStatus.ABSENT_ZERO: "AbsentZero",
    MarkStatus.NOT_SUBMITTED_ZERO: "NonRenduZero",
    MarkStatus.COMMENDED: "Felicitations",
    MarkStatus.PENDING: "",
}
"""What pronotepy says instead of points."""
UNREADABLE = "|-1"
"""A mark that it does not survive: no mark of the period is read then."""
NO_AVERAGE = "-1"


def period(about: About, term: TermPeriod) -> dict[str, Any]:
    """A period, and what is read of it."""
    name, overall = term.record.name, about.desk.marks.overall(term.record.name)
    return {
        "id": about.known(f"period:{name}"),
        "name": name,
        "start": midnight(term.record.start),
        "end": midnight(term.record.end),
        "grades": grades(about, name),
        "averages": [_average(about, service, name) for service in about.desk.marks.services_of(name)],
        "overall_average": Points(overall.pupil if overall else None, NO_AVERAGE),
        "class_overall_average": Points(overall.class_ if overall else None),
        "evaluations": _evaluations(about, name),
        "report": _report(about, name),
        "absences": absences(about, term.record.start, term.record.end),
        "delays": delays(about, term.record.start, term.record.end),
        "punishments": punishments(about, term.record.start, term.record.end),
    }


# -- marks --------------------------------------------------------------------------


def grades(about: About, name: str) -> Any:
    """The marks of the period *name*, newest first."""
    sheets = about.desk.marks.sheets_of(name)
    if any(sheet.said == UNREADABLE for sheet in sheets):
        return Fails("ParsingError")
    return [_grade(about, sheet) for sheet in sheets]


def _grade(about: About, sheet: MarkSheet) -> dict[str, Any]:
    record = sheet.record
    assert record.subject is not None
    return {
        "id": about.known(f"mark:{record.key}"),
        "grade": _said(sheet),
        "out_of": Points(record.out_of),
        "default_out_of": Points(record.default_out_of),
        "date": record.given_on,
        "subject": subject_of(about, record.subject, thing="service"),
        "period": sheet.period,
        "average": Points(record.class_average),
        "max": Points(record.class_max),
        "min": Points(record.class_min),
        "coefficient": Points(record.coefficient),
        "comment": record.title or None,
        "is_bonus": record.is_bonus,
        "is_optionnal": record.is_optional and not record.is_bonus,
        "is_out_of_20": record.is_rescaled,
    }


def _said(sheet: MarkSheet) -> Any:
    """Points, or a word; what no code stands for is said as it was written."""
    if sheet.record.status is MarkStatus.GRADED:
        return Points(sheet.record.value)
    return WORDS.get(sheet.record.status, sheet.said)


def _average(about: About, service: Service, name: str) -> dict[str, Any]:
    average: SubjectAverage = about.desk.marks.average(service, name)
    return {
        "student": Points(average.pupil, ""),
        "class_average": Points(average.class_, ""),
        "max": Points(average.max, ""),
        "min": Points(average.min, ""),
        "out_of": Points(average.out_of),
        "default_out_of": "",
        "subject": subject_of(about, service.subject, thing="service", groups=service.is_in_groups),
        "background_color": (service.subject.colour or "").upper(),
    }


# -- skills -------------------------------------------------------------------------


def _evaluations(about: About, name: str) -> list[dict[str, Any]]:
    sheets = [sheet for sheet in about.desk.evaluations if sheet.period == name]
    newest = sorted(sheets, key=lambda sheet: sheet.record.day or dt.date.min, reverse=True)
    return [_evaluation(about, sheet) for sheet in newest]


def _evaluation(about: About, sheet: EvaluationSheet) -> dict[str, Any]:
    record = sheet.record
    assert record.subject is not None
    return {
        "name": record.title,
        "id": about.known(f"assessment:{record.key}"),
        "domain": sheet.domain,
        "teacher": record.teacher,
        "coefficient": int(record.coefficient or 0),
        "description": sheet.description,
        "subject": subject_of(about, record.subject),
        "paliers": [*sheet.stages],
        "acquisitions": [_acquired(about, skill, place) for place, skill in enumerate(sheet.skills, 1)],
        "date": record.day,
    }


def _acquired(about: About, skill: Acquired, place: int) -> dict[str, Any]:
    return {
        "id": about.known(f"level:{skill.level.label}"),
        "order": place,
        "level": skill.level.label,
        "abbreviation": skill.level.abbreviation,
        "coefficient": skill.coefficient,
        "domain": skill.domain,
        "domain_id": about.known(f"domain:{skill.domain}"),
        "name": skill.item,
        "name_id": about.known(f"item:{skill.item}") if skill.item else None,
        "pillar": skill.pillar,
        "pillar_id": about.known(f"pillar:{skill.pillar}"),
        "pillar_prefix": skill.prefixes,
    }


# -- report cards -------------------------------------------------------------------


def _report(about: About, name: str) -> dict[str, Any] | None:
    for sheet in about.desk.reports:
        if sheet.period == name and sheet.record.is_published:
            return {
                "subjects": [_line(about, line) for line in sheet.lines],
                "comments": [*sheet.record.comments],
            }
    return None


def _line(about: About, line: LineSheet) -> dict[str, Any]:
    record, service = line.record, line.service
    return {
        "id": about.known(f"service:{service.name}"),
        "name": service.name,
        "color": (service.subject.colour or "").upper(),
        "comments": [*record.comments],
        "class_average": Points(record.class_average),
        "student_average": Points(record.average),
        "min_average": Points(line.lowest),
        "max_average": Points(line.highest),
        "coefficient": Points(record.coefficient or Decimal(0)),
        "teachers": [*record.teachers],
    }
