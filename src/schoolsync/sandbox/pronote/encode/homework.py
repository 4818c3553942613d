"""Homework and the notebook, as the server words them."""

from __future__ import annotations

from typing import Any

from schoolsync.sandbox.college.homework import HomeworkSheet
from schoolsync.sandbox.college.notebook import ContentEntry, ContentSheet
from schoolsync.sandbox.pronote.call import Call
from schoolsync.sandbox.pronote.encode.people import subject_element, teacher_element
from schoolsync.sandbox.pronote.encode.resources import encode_papers
from schoolsync.sandbox.pronote.encode.timetable import lesson_id, notebook_id
from schoolsync.sandbox.pronote.encode.words import day, element, html, listed, moment, one

__all__ = ["encode_homework", "encode_page"]

NO_PATH = -1
"""A lesson is part of no educational path."""


def encode_homework(sheet: HomeworkSheet, call: Call) -> dict[str, Any]:
    """One piece of homework; keys that would say nothing are left out."""
    record = sheet.record
    subject = record.subject
    said = {
        "N": call.ids.of(38, f"homework:{sheet.key}"),
        "descriptif": html(sheet.markup),
        "avecMiseEnForme": sheet.has_format,
        "PourLe": day(record.due),
        "DonneLe": day(record.assigned_on) if record.assigned_on else None,
        "TAFFait": sheet.is_done,
        "niveauDifficulte": sheet.difficulty,
        "duree": sheet.minutes,
        **_handing_in(sheet, call),
        **_origin(sheet.lesson, call),
        "Matiere": one(subject_element(call.ids, subject.name, None)) if subject else None,
        "CouleurFond": subject.colour.upper() if subject and subject.colour else None,
        "nomPublic": sheet.audience,
        "ListePieceJointe": encode_papers(call.ids, sheet.papers),
        "ListeThemes": _themes(sheet.themes, call) if sheet.themes else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _handing_in(sheet: HomeworkSheet, call: Call) -> dict[str, Any]:
    """Only pupils may hand anything in."""
    if sheet.submission is None:
        return {}
    is_wanted = sheet.submission > 0
    can_hand_in = is_wanted and call.account.kind == "student"
    return {"genreRendu": sheet.submission, "avecRendu": is_wanted, "peuRendre": can_hand_in}


def _origin(lesson: str | None, call: Call) -> dict[str, Any]:
    """The lesson in which it was given, and its page in the notebook if there is one."""
    if lesson is None:
        return {}
    has_page = any(page.lesson.key == lesson for page in call.desk.contents)
    page = {"cahierDeTextes": one({"N": notebook_id(call.ids, lesson)})} if has_page else {}
    return {"cours": one({"N": lesson_id(call.ids, lesson)}), **page}


def _themes(names: tuple[str, ...], call: Call) -> dict[str, Any]:
    return listed(element(call.ids.of(110, f"theme:{name}"), name) for name in names)


def encode_page(sheet: ContentSheet, call: Call, *, with_homework: bool = False) -> dict[str, Any]:
    """One page of the notebook.

    Args:
        sheet: The page.
        call: Who asks.
        with_homework: Whether the homework that was given in the lesson is told too.
    """
    record = sheet.lesson.record
    given = sorted(
        (one for one in call.desk.homeworks if one.lesson == sheet.lesson.key),
        key=lambda one: (one.record.due, one.key),
    )
    subject = record.subject
    said = {
        "N": notebook_id(call.ids, sheet.lesson.key),
        "cours": one({"N": lesson_id(call.ids, sheet.lesson.key)}),
        "verrouille": False,
        "listeGroupes": listed({"L": name} for name in record.groups),
        "Matiere": one(subject_element(call.ids, subject.name, None)) if subject else None,
        "CouleurFond": subject.colour.upper() if subject and subject.colour else None,
        "listeProfesseurs": listed(teacher_element(call.ids, name, None) for name in record.teachers),
        "Date": moment(record.start),
        "DateFin": moment(record.end),
        "dateTAF": day(given[0].record.due) if given else None,
        "listeContenus": listed(_entry(entry, call) for entry in sheet.entries),
        "listeElementsProgrammeCDT": listed(
            element(call.ids.of(84, f"programme:{label}"), label) for label in sheet.programme
        ),
        "ListeTravailAFaire": listed(encode_homework(one, call) for one in given) if with_homework else None,
    }
    return {name: value for name, value in said.items() if value is not None}


def _entry(entry: ContentEntry, call: Call) -> dict[str, Any]:
    record = entry.record
    said = {
        "N": call.ids.of(37, f"content:{record.key}"),
        "L": record.title,
        "descriptif": html(entry.markup),
        "categorie": one(_category(entry, call)) if entry.category is not None else None,
        "parcoursEducatif": NO_PATH,
        "ListePieceJointe": encode_papers(call.ids, entry.papers),
        "ListeThemes": _themes(entry.themes, call),
        "training": one({"ListeExecutionsQCM": []}),
    }
    return {name: value for name, value in said.items() if value is not None}


def _category(entry: ContentEntry, call: Call) -> dict[str, Any]:
    label = entry.record.category or ""
    return element(call.ids.of(49, f"category:{label}"), label, entry.category)
