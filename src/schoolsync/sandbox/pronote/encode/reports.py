"""Report cards on the wire: `PageBulletins`."""

from __future__ import annotations

from typing import Any

from schoolsync.sandbox.college.reports import NOT_YET, Comment, LineSheet, ReportSheet
from schoolsync.sandbox.college.roll import Teacher, teacher_called
from schoolsync.sandbox.pronote.encode.marks import service_element
from schoolsync.sandbox.pronote.encode.people import class_element, subject_element, teacher_element
from schoolsync.sandbox.pronote.encode.words import element, listed, mark, one
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_report", "encode_unpublished"]

NOBODY: dict[str, Any] = {"N": "0", "L": ""}


def encode_unpublished(sheet: ReportSheet | None) -> dict[str, Any]:
    """What stands instead of a report card that families may not see, or that there is not."""
    comments = sheet.record.comments if sheet else ()
    return {"Message": " ".join(comments) or NOT_YET}


def encode_report(
    ids: Ids, sheet: ReportSheet, class_name: str, *, is_of_class: bool = False
) -> dict[str, Any]:
    """A published report card; that of the class says nothing of the pupil."""
    lines = [_line(ids, line, is_of_class=is_of_class) for line in sheet.lines]
    comments = () if is_of_class else sheet.comments
    return {
        "strInfoDatePublication": sheet.published,
        "graphe": "<svg></svg>",
        "existeServiceAvecNotes": bool(lines),
        "existeServiceSansNotes": False,
        "Classe": one(class_element(ids, class_name, None)),
        "ListeSurMatieres": listed([]),
        "General": one(_general(sheet, is_of_class=is_of_class)),
        "ListeServices": listed(lines),
        "ObjetListeAppreciations": one(
            {"ListeAppreciations": listed(_comment(ids, comment) for comment in comments)}
        ),
    }


def _general(sheet: ReportSheet, *, is_of_class: bool) -> dict[str, Any]:
    """The line about the whole."""
    for line in sheet.record.lines:
        if line.subject is None:
            said = {"MoyenneClasse": mark(line.class_average)}
            return said if is_of_class else {"MoyenneEleve": mark(line.average), **said}
    return {}


def _line(ids: Ids, line: LineSheet, *, is_of_class: bool) -> dict[str, Any]:
    record = line.record
    teachers = [teacher_element(ids, one, None) for one in map(_teacher, record.teachers)]
    comments = () if is_of_class else map(Comment, record.comments)
    said = service_element(ids, line.service, None) | {
        "Matiere": one(subject_element(ids, line.service.name, None)),
        "SurMatiere": one(NOBODY),
        "Coefficient": mark(record.coefficient),
        "MoyenneEleve": mark(record.average),
        "MoyenneClasse": mark(record.class_average),
        "MoyenneInf": mark(line.lowest),
        "MoyenneSup": mark(line.highest),
        "ListeProfesseurs": listed(teachers),
        "ListeAppreciations": listed(_comment(ids, comment) for comment in comments),
        "ListeElements": listed([NOBODY | {"ListeProfesseurs": listed(teachers)}]),
    }
    if is_of_class:
        del said["MoyenneEleve"]
    return said


def _teacher(name: str) -> Teacher | str:
    return teacher_called(name) or name


def _comment(ids: Ids, comment: Comment) -> dict[str, Any]:
    said = element(ids.of(87, f"comment:{comment.heading}:{comment.text}"), comment.text)
    return said | ({"Intitule": comment.heading} if comment.heading else {})
