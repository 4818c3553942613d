"""The timetable, as the server words it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from schoolsync.model import LessonKind
from schoolsync.sandbox.college.lessons import NORMAL, LessonSheet, VirtualRoom
from schoolsync.sandbox.college.year import BREAKS, CANTEEN, CANTEEN_LAST_PLACE, PLACES_PER_DAY, CollegeYear
from schoolsync.sandbox.pronote.call import Call
from schoolsync.sandbox.pronote.encode.people import (
    PUPIL,
    STAFF,
    TEACHER,
    class_element,
    group_element,
    room_element,
    subject_element,
)
from schoolsync.sandbox.pronote.encode.words import element, listed, moment, one, ranked, url
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_presence_weeks", "encode_timetable", "lesson_id", "notebook_id"]

SAYS_ENDS_SINCE = (2023,)
"""Older servers leave the end of a lesson to the grid."""
CLASS_PART = 57
"""The kind of a part of a class, as servers since 2025 count it."""
TEST = {"G": 3, "L": "Devoir sur table", "libelleIcone": "DS"}
EVALUATION = {"G": 7, "L": "Évaluation de compétences", "libelleIcone": "EV"}


def lesson_id(ids: Ids, key: str) -> str:
    """The id of the lesson *key*: `lesson:…`."""
    return ids.of(29, f"lesson:{key}")


def notebook_id(ids: Ids, lesson: str) -> str:
    """The id of the notebook's page for the lesson *lesson*, whether it is written or not: `notebook:…`."""
    return ids.of(18, f"notebook:{lesson}")


def encode_timetable(call: Call, days: Sequence[dt.date]) -> dict[str, Any]:
    """Every row of *days*, in an order that means nothing.

    Where a page begins on another day than Monday, the places of the canteen count on from that day's
    first. Evidence: recorded for a Monday, read in the web client for other days. The canteen ends
    where its last place begins: read there too.
    """
    year = call.desk.year
    rows = [_row(sheet, call) for day in days for sheet in call.desk.timetable.sheets_of(day)]
    base = days[0].weekday() * PLACES_PER_DAY if days else 0
    return {
        "avecCoursAnnule": True,
        "prefsGrille": {"genreRessource": TEACHER if call.account.kind == "teacher" else PUPIL},
        "ListeCours": sorted(rows, key=lambda row: str(row["N"])),
        "premierePlaceHebdoDuJour": base,
        "debutDemiPensionHebdo": base + CANTEEN.place,
        "finDemiPensionHebdo": base + CANTEEN_LAST_PLACE + 1,
        "absences": {"joursCycle": listed(_days_of_cycle(days, year))},
        "recreations": listed({"L": band.label, "place": band.place} for band in BREAKS),
    }


def _days_of_cycle(days: Iterable[dt.date], year: CollegeYear) -> list[dict[str, Any]]:
    return [
        {"jourCycle": day.weekday(), "numeroSemaine": year.week(day)}
        for day in days
        if year.calendar.is_school_day(day)
    ]


def encode_presence_weeks(year: CollegeYear) -> dict[str, Any]:
    """In which weeks, and on which days of them, there are lessons."""
    return {"Domaine": ranked(year.working_weeks(), 8), "joursPresence": ranked(range(5))}


# -- rows --------------------------------------------------------------------------


def _row(sheet: LessonSheet, call: Call) -> dict[str, Any]:
    """One row; keys that would say nothing are left out."""
    record = sheet.record
    says_end = sheet.says_end and call.generation.version >= SAYS_ENDS_SINCE
    said = {
        "N": lesson_id(call.ids, sheet.key),
        "G": sheet.kind,
        "P": sheet.rank,
        "place": sheet.day.weekday() * PLACES_PER_DAY + sheet.place,
        "duree": sheet.length,
        "DateDuCours": moment(record.start),
        "DateDuCoursFin": moment(record.end) if says_end else None,
        "CouleurFond": record.colour.upper() if record.colour else None,
        "estAnnule": sheet.is_cancelled or None,
        "Statut": record.status_text,
        "memo": record.extras.get("pronote.memo"),
        "dispenseEleve": one({"maison": sheet.follows_from_home}) if record.is_exempted else None,
        "listeVisios": _virtual_rooms(sheet.virtual_rooms, call.ids),
        "estPermanence": record.kind is LessonKind.STUDY or None,
        **(_outing(sheet) if record.kind is LessonKind.OUTING else {}),
        **(_notebook(sheet, call) if sheet.kind == NORMAL else {}),
        "estRetenue": record.kind is LessonKind.DETENTION or None,
        "ListeContenus": listed(_contents(sheet, call)),
    }
    return {name: value for name, value in said.items() if value is not None}


def _virtual_rooms(rooms: Iterable[VirtualRoom], ids: Ids) -> dict[str, Any] | None:
    """Evidence: recorded, the typed address included."""
    listed_rooms = [
        element(
            ids.of(178, f"virtual room:{room.url}"),
            room.name,
            url=url(room.url),
            libelleLien=room.link_label,
            commentaire=room.comment,
        )
        for room in rooms
    ]
    return listed(listed_rooms) if listed_rooms else None


def _outing(sheet: LessonSheet) -> dict[str, Any]:
    sort, who = sheet.audience
    start, end = sheet.record.start, sheet.record.end
    return {
        "estSortiePedagogique": True,
        "motif": sheet.record.note,
        "accompagnateurs": [*sheet.record.teachers],
        "strGenreRess": sort,
        "strRess": who,
        "strDateDebut": f"le {start:%d/%m} à {start:%Hh%M}",
        "strDateFin": f"le {end:%d/%m} à {end:%Hh%M}",
    }


def _notebook(sheet: LessonSheet, call: Call) -> dict[str, Any]:
    """What the notebook has for a lesson: homework, a page, a test."""
    desk = call.desk
    has_page = any(page.lesson.key == sheet.key for page in desk.contents)
    said = {"AvecTafPublie": any(one.lesson == sheet.key for one in desk.homeworks)}
    if not (has_page or sheet.record.is_test):
        return said
    test = ({"estEval": True} if sheet.is_evaluation else {"estDevoir": True}) if sheet.record.is_test else {}
    origins = [EVALUATION if sheet.is_evaluation else TEST] if test else []
    page = {"N": notebook_id(call.ids, sheet.key), **test, "originesCategorie": listed(origins)}
    return {**said, **({"AvecCdT": True} if has_page else {}), "cahierDeTextes": one(page)}


# -- contents ----------------------------------------------------------------------


def _contents(sheet: LessonSheet, call: Call) -> list[dict[str, Any]]:
    """Who, what and where, in the order in which the server lists it; nothing for an outing."""
    if sheet.record.kind is LessonKind.OUTING:
        return []
    ids, record = call.ids, sheet.record
    is_detention = record.kind is LessonKind.DETENTION
    return [
        *([subject_element(ids, record.subject.name)] if record.subject else []),
        *([{"L": title, "estHoraire": True} for title in record.groups] if is_detention else []),
        *(_person(name, ids, is_staff=is_detention) for name in record.teachers),
        *([] if is_detention else [_group(name, sheet, call) for name in record.groups]),
        *(room_element(ids, name) for name in record.rooms),
        *(_label(label, kind, call) for label, kind in sheet.labels),
        *({"L": label, "marqueur": marker} for label, marker in sheet.markers),
    ]


def _person(name: str, ids: Ids, *, is_staff: bool) -> dict[str, Any]:
    """Families are given no id of a teacher. Evidence: recorded."""
    return element(ids.of(34, f"staff:{name}"), name, STAFF) if is_staff else {"L": name, "G": TEACHER}


def _group(name: str, sheet: LessonSheet, call: Call) -> dict[str, Any]:
    if name in sheet.classes:
        return class_element(call.ids, name)
    if name in sheet.class_parts:
        return _label(name, CLASS_PART, call)
    return group_element(call.ids, name.strip("[]")) | {"L": name}


def _label(label: str, kind: int, call: Call) -> dict[str, Any]:
    return element(call.ids.of(60, f"label:{label}"), label, call.generation.kind(kind))
