"""Marks and averages on the wire: `DernieresNotes`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from schoolsync.model import SubjectAverage
from schoolsync.sandbox.college.markbook import MarkBook, MarkSheet, Service
from schoolsync.sandbox.pronote.encode.people import period_element
from schoolsync.sandbox.pronote.encode.words import day, element, listed, mark, one
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_marks", "plain_number", "service_element"]

SERVICE, MARK = 12, 59
"""Kinds; that of a mark as servers since 2025.1.3 count."""


def service_element(ids: Ids, service: Service, kind: int | None = SERVICE, **more: Any) -> dict[str, Any]:
    """A subject of a class: `service:MATHEMATIQUES`."""
    given = ids.of(97, f"service:{service.name}")
    return element(given, service.name, kind, couleur=(service.subject.colour or "").upper(), **more)


def plain_number(value: Decimal | None) -> int | float | None:
    """A number that stands in JSON as it is: `2`, `0.5`."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def encode_marks(ids: Ids, book: MarkBook, period: str, generation: Generation) -> dict[str, Any]:
    """All marks of *period* with the averages of every subject, and those over all where they are shown.

    Averages that the school keeps to itself are empty here, as are those that there is no mark for.
    Evidence: inferred; some programs rely on the keys.
    """
    services = book.services_of(period)
    averages = [_average(ids, book, service, period) for service in services]
    marks = [_mark(ids, sheet, generation) for sheet in book.sheets_of(period)]
    return {
        **_overall(book.overall(period)),
        "avecDetailService": True,
        "avecDetailDevoir": True,
        "listeServices": listed(averages),
        "listeDevoirs": listed(marks),
    }


def _overall(average: SubjectAverage | None) -> dict[str, Any]:
    if average is None:
        return {}
    said = {
        "moyGenerale": average.pupil,
        "moyGeneraleClasse": average.class_,
        "baremeMoyGenerale": average.out_of,
        "baremeMoyGeneraleParDefaut": average.out_of,
    }
    return {name: mark(figure) for name, figure in said.items() if figure is not None}


def _average(ids: Ids, book: MarkBook, service: Service, period: str) -> dict[str, Any]:
    average = book.average(service, period)
    return service_element(ids, service) | {
        "ordre": book.services.index(service) + 1,
        "estServiceEnGroupe": service.is_in_groups,
        "estServiceGroupe": service.is_in_groups,
        "moyEleve": mark(average.pupil),
        "baremeMoyEleve": mark(average.out_of),
        "baremeMoyEleveParDefaut": mark(average.out_of),
        "moyClasse": mark(average.class_),
        "moyMin": mark(average.min),
        "moyMax": mark(average.max),
    }


def _mark(ids: Ids, sheet: MarkSheet, generation: Generation) -> dict[str, Any]:
    record = sheet.record
    said: dict[str, Any] = {
        "N": ids.of(30, f"mark:{record.key}"),
        "G": generation.kind(MARK),
        "note": mark(sheet.said if record.value is None else record.value),
        "bareme": mark(record.out_of),
        "service": one(service_element(ids, sheet.service)),
        "periode": one(period_element(ids, sheet.period)),
        "ListeThemes": listed([]),
        "estEnGroupe": sheet.service.is_in_groups,
        "coefficient": plain_number(record.coefficient),
        "estFacultatif": record.is_optional,
        "estBonus": record.is_bonus,
        "estRamenerSur20": record.is_rescaled,
    }
    if record.given_on:
        said["date"] = day(record.given_on)
    return said | _figures(sheet, generation) | _texts(sheet, generation)


def _figures(sheet: MarkSheet, generation: Generation) -> dict[str, Any]:
    """What newer servers leave out when there is none."""
    record = sheet.record
    said = {
        "baremeParDefaut": record.default_out_of,
        "moyenne": record.class_average,
        "noteMax": record.class_max,
        "noteMin": record.class_min,
    }
    is_kept = not generation.has_new_content
    return {name: mark(figure) for name, figure in said.items() if is_kept or figure is not None}


def _texts(sheet: MarkSheet, generation: Generation) -> dict[str, Any]:
    """Texts, empty ones left out by newer servers."""
    said = {
        "commentaire": sheet.record.title,
        "commentaireSurNote": sheet.record.comment or "",
        "libelleSujet": sheet.paper.name if sheet.paper else "",
        "libelleCorrige": sheet.correction.name if sheet.correction else "",
    }
    return {name: text for name, text in said.items() if text or not generation.has_new_content}
