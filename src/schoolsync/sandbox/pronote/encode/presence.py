"""School life on the wire: each paper that `PagePresence` lists, by its kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeAlias

from schoolsync.model import Justification
from schoolsync.sandbox.college.presence_papers import (
    DELAY,
    MISSED_MEAL,
    OBSERVATION,
    PUPIL_OBSERVATION,
    AbsenceSheet,
    ObservationSheet,
    OtherSheet,
    PresenceSheet,
)
from schoolsync.sandbox.college.punishments import (
    PUNISHMENT,
    Giver,
    MeasureSheet,
    Nature,
    PunishmentSheet,
    Sitting,
)
from schoolsync.sandbox.college.roll import Teacher
from schoolsync.sandbox.college.year import PLACES_PER_DAY
from schoolsync.sandbox.pronote.encode.givers import giver_element
from schoolsync.sandbox.pronote.encode.people import subject_element
from schoolsync.sandbox.pronote.encode.resources import encode_papers
from schoolsync.sandbox.pronote.encode.words import day, element, listed, moment, one, ranked
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_entry"]

Said: TypeAlias = dict[str, Any]

AT_ONE_TIME = frozenset({DELAY, MISSED_MEAL})
"""Kinds that have one time instead of two."""
SITTING = 52
PAGES = {PUPIL_OBSERVATION: OBSERVATION}
"""Kind → the page on which it stands, where that goes by another kind."""


def encode_entry(ids: Ids, sheet: PresenceSheet, generation: Generation) -> Said:
    """One paper, its kind counted as this server counts."""
    kind = PUNISHMENT if isinstance(sheet, PunishmentSheet) else sheet.kind
    number = generation.kind(kind)
    frame = {
        "N": ids.of(number, f"presence:{_name(sheet)}"),
        "G": number,
        "page": {"Absence": generation.kind(PAGES.get(kind, kind))},
    }
    return frame | _content(ids, sheet)


def _name(sheet: PresenceSheet) -> str:
    return f"{sheet.kind}-{sheet.number}" if isinstance(sheet, OtherSheet) else sheet.record.key


def _content(ids: Ids, sheet: PresenceSheet) -> Said:
    match sheet:
        case AbsenceSheet():
            return _absence(ids, sheet)
        case PunishmentSheet():
            return _punishment(ids, sheet)
        case MeasureSheet():
            return _measure(ids, sheet)
        case ObservationSheet():
            return _observation(ids, sheet)
        case OtherSheet():
            return {"L": sheet.label, "date": day(sheet.day)}


def _without_none(said: Said) -> Said:
    return {name: value for name, value in said.items() if value is not None}


def _reasons(ids: Ids, reasons: Iterable[str]) -> Said:
    return listed(element(ids.of(86, f"reason:{reason}"), reason) for reason in reasons)


# -- absences -------------------------------------------------------------------------


def _absence(ids: Ids, sheet: AbsenceSheet) -> Said:
    record = sheet.record
    is_known = record.justification is not Justification.UNKNOWN
    reasons = ("Motif non encore connu",) if sheet.is_reason_unknown else record.reasons
    return _without_none(
        {
            **_times(sheet),
            "ouverte": sheet.is_open,
            "reglee": sheet.is_settled,
            "justifie": record.justification is Justification.JUSTIFIED if is_known else None,
            "aJustifierParParents": record.justification is Justification.PENDING if is_known else None,
            "NbrHeures": sheet.hours,
            "NbrJours": sheet.days,
            "duree": record.minutes,
            "justification": sheet.word or None,
            "estMotifNonEncoreConnu": sheet.is_reason_unknown,
            "listeMotifs": _reasons(ids, reasons),
        }
    )


def _times(sheet: AbsenceSheet) -> Said:
    start, end = sheet.record.start, sheet.record.end
    if sheet.kind in AT_ONE_TIME:
        return {"date": moment(start) if start else day(sheet.day)}
    return {"dateDebut": moment(start) if start else None, "dateFin": moment(end) if end else None}


# -- punishments and measures ---------------------------------------------------------------


def _punishment(ids: Ids, sheet: PunishmentSheet) -> Said:
    record = sheet.record
    return _without_none(
        {
            "dateDemande": day(sheet.day),
            "placeDemande": sheet.place,
            "horsCours": sheet.place is None,
            "estUneExclusion": sheet.nature.number == 0,
            "estLieAUnIncident": False,
            "travailAFaire": record.work_to_do,
            "documentsTAF": encode_papers(ids, sheet.documents) if sheet.documents else None,
            "circonstances": sheet.circumstances,
            "documentsCirconstances": listed([]),
            "duree": None if record.duration is None else _minutes(record.duration),
            "demandeur": one(_asker(ids, sheet.giver)),
            "estProgrammable": sheet.is_schedulable,
            "nature": one(_nature(ids, sheet.nature, estProgrammable=sheet.is_schedulable)),
            "listeMotifs": _reasons(ids, sheet.reasons),
            "programmation": _sittings(ids, sheet) if sheet.is_schedulable else None,
        }
    )


def _minutes(length: dt.timedelta) -> int:
    return int(length.total_seconds()) // 60


def _nature(ids: Ids, nature: Nature, **more: Any) -> Said:
    given = ids.of(501, f"nature:{nature.label}")
    return element(given, nature.label, nature.number, estAvecARParent=False, **more)


def _asker(ids: Ids, giver: Giver) -> Said:
    is_head = isinstance(giver, Teacher) and giver.is_head_teacher
    return giver_element(ids, giver, estProfPrincipal=is_head, mail="")


def _sittings(ids: Ids, sheet: PunishmentSheet) -> Said:
    rows = enumerate(sheet.sittings, 1)
    return listed(_sitting(ids, f"{sheet.record.key}.{number}", one) for number, one in rows)


def _sitting(ids: Ids, name: str, sitting: Sitting) -> Said:
    before = sitting.day.weekday() * PLACES_PER_DAY if sitting.says_week_place else 0
    return {
        "N": ids.of(SITTING, f"sitting:{name}"),
        "G": SITTING,
        "date": day(sitting.day),
        "placeExecution": before + sitting.place,
        "duree": sitting.minutes,
    }


def _measure(ids: Ids, sheet: MeasureSheet) -> Said:
    return _without_none(
        {
            "nature": one(_nature(ids, sheet.nature)),
            "commentaire": "",
            "listeMotifs": _reasons(ids, sheet.reasons),
            "estUneExclusion": sheet.is_exclusion,
            "circonstances": sheet.circumstances,
            "documentsCirconstances": listed([]),
            "decideur": one(giver_element(ids, sheet.decider, has_kind=False)),
            "demandeur": one(giver_element(ids, sheet.giver, has_kind=False)),
            "dateDemande": day(sheet.day),
            "dateDebut": day(sheet.first) if sheet.first else None,
            "dateFin": day(sheet.last) if sheet.last else None,
            "interditAcces": ranked(sheet.closed) if sheet.closed else None,
        }
    )


# -- observations -----------------------------------------------------------------------------


def _observation(ids: Ids, sheet: ObservationSheet) -> Said:
    subject = sheet.record.lesson_name
    return _without_none(
        {
            "L": sheet.label,
            "date": day(sheet.day),
            "estLue": sheet.is_read,
            "avecARObservation": sheet.wants_receipt,
            "genreObservation": sheet.number,
            "rubrique": one(element(ids.of(502, f"heading:{sheet.category}"), sheet.category)),
            "matiere": one(subject_element(ids, subject, None)) if subject else None,
            "commentaire": sheet.comment,
            "demandeur": one(_asker(ids, sheet.giver)),
        }
    )
