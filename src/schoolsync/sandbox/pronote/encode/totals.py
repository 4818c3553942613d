"""The sums that stand beside the papers of school life: lessons missed by subject, how often, how long."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from schoolsync.model import Justification, Lesson, LessonKind
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.presence_papers import ABSENCE, DELAY, EXCLUSION, AbsenceSheet, PresenceSheet
from schoolsync.sandbox.college.punishments import MEASURE, MeasureSheet
from schoolsync.sandbox.pronote.encode.people import subject_element
from schoolsync.sandbox.pronote.encode.words import listed
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["RIGHTS", "encode_counts", "encode_hours"]

RIGHTS = {
    "absence": True,
    "saisieMotifAbsence": False,
    "retard": True,
    "saisieMotifRetard": False,
    "punition": True,
    "exclusion": True,
    "sanction": True,
    "mesureConservatoire": True,
    "infirmerie": False,
    "absenceRepas": True,
    "absenceInternat": False,
    "observation": True,
    "incident": True,
    "totalHeuresManquees": True,
}
"""What families see of school life."""


def encode_hours(
    ids: Ids, desk: CollegeDesk, sheets: Sequence[PresenceSheet], first: dt.date, last: dt.date
) -> dict[str, Any]:
    """Seconds of lessons by subject, from *first* to *last*: those that took place, and those missed."""
    followed, missed, excluded, away = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    absences, exclusions = _spans(sheets, ABSENCE), _spans(sheets, EXCLUSION)
    closures = [one for one in sheets if isinstance(one, MeasureSheet)]
    for lesson in _taught(desk, first, last):
        name, seconds = lesson.subject.name if lesson.subject else "", _seconds(lesson)
        followed[name] += seconds
        missed[name] += seconds * _is_within(lesson, absences)
        excluded[name] += seconds * _is_within(lesson, exclusions)
        away[name] += seconds * any(_keeps_away(one, lesson) for one in closures)
    rows = [
        subject_element(ids, name, None)
        | {
            "P": place,
            "regroupement": 0,
            "dansRegroupement": 0,
            "suivi": followed[name],
            "absence": missed[name],
            "excluCours": excluded[name],
            "excluEtab": away[name],
            "infirmerie": 0,
        }
        for place, name in enumerate(sorted(followed), 1)
    ]
    return listed(rows)


def _taught(desk: CollegeDesk, first: dt.date, last: dt.date) -> Iterable[Lesson]:
    """The lessons that took place."""
    for sheet in desk.timetable.sheets(first, last):
        if sheet.record.kind is LessonKind.LESSON and not sheet.is_cancelled and sheet.record.subject:
            yield sheet.record


def _seconds(lesson: Lesson) -> int:
    return int((lesson.end - lesson.start).total_seconds())


def _spans(sheets: Iterable[PresenceSheet], kind: int) -> list[tuple[dt.datetime, dt.datetime]]:
    """From when to when the papers of that *kind* say that the pupil was not there."""
    records = (one.record for one in sheets if isinstance(one, AbsenceSheet) and one.kind == kind)
    return [(one.start, one.end) for one in records if one.start and one.end]


def _is_within(lesson: Lesson, spans: Iterable[tuple[dt.datetime, dt.datetime]]) -> bool:
    """Whether any of *spans* takes some of *lesson*."""
    return any(start < lesson.end and lesson.start < end for start, end in spans)


def _keeps_away(sheet: MeasureSheet, lesson: Lesson) -> bool:
    """Whether *sheet* kept the pupil away from school on the day of *lesson*."""
    if sheet.kind != MEASURE or not sheet.is_exclusion:
        return False
    start, end = sheet.record.start, sheet.record.end
    return start is not None and end is not None and start <= lesson.start <= end


def encode_counts(sheets: Iterable[PresenceSheet]) -> dict[str, Any]:
    """How many absences (in half days) and delays there are, and how many without a good reason."""
    papers = [sheet for sheet in sheets if isinstance(sheet, AbsenceSheet)]
    absences = [sheet for sheet in papers if sheet.kind == ABSENCE]
    delays = [sheet for sheet in papers if sheet.kind == DELAY]
    minutes = (
        sum((sheet.missed or dt.timedelta() for sheet in absences), dt.timedelta()).total_seconds() // 60
    )
    return listed(
        [
            {
                "L": "Absences",
                "NombreTotal": int(sum(2 * (sheet.days or 0) for sheet in absences)),
                "NbrHeures": f"{int(minutes // 60)}h{int(minutes % 60):02}",
                "NombreNonJustifie": _unjustified(absences),
            },
            {"L": "Retards", "NombreTotal": len(delays), "NombreNonJustifie": _unjustified(delays)},
        ]
    )


def _unjustified(sheets: Iterable[AbsenceSheet]) -> int:
    return sum(sheet.record.justification is not Justification.JUSTIFIED for sheet in sheets)
