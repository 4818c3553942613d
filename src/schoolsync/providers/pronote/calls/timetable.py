"""The timetable: one flow per server function."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schoolsync.providers.pronote.envelope import Page, read_page
from schoolsync.providers.pronote.schema.timetable import PresencePage, TimetablePage
from schoolsync.providers.pronote.schema.words import encode_day
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["TIMETABLE_TAB", "presence_weeks", "timetable"]

TIMETABLE_TAB = 16
SWITCHES = {
    "avecAbsencesEleve": False,
    "avecAbsencesRessource": True,
    "avecConseilDeClasse": True,
    "avecCoursSortiePeda": True,
    "avecDisponibilites": True,
    "avecInfosPrefsGrille": True,
    "avecRessourcesLibrePiedHoraire": False,
    "avecRetenuesEleve": True,
    "estEDTAnnuel": False,
    "estEDTPermanence": False,
    "edt": {"G": TIMETABLE_TAB, "L": "Emploi du temps"},
}
"""What the grid shows beside lessons."""


async def timetable(
    session: Session,
    about: Resource,
    *,
    week: int | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Page[TimetablePage]:
    """The timetable of one week, or of the days from *first* to *last*.

    Args:
        session: The conversation.
        about: The pupil, or the teacher.
        week: Its number; see `SchoolYear.week_of`.
        first: First day, instead of a week.
        last: Last day, included.

    Costs: one request.
    Wire: `PageEmploiDuTemps`, tab 16. Servers differ in the first letter of these keys, so both are
    sent. Evidence: read; the week in every client, the days in one.
    """
    who = about.element
    data: dict[str, Any] = {"ressource": who, "Ressource": who, **SWITCHES}
    if week is not None:
        data |= {"numeroSemaine": week, "NumeroSemaine": week}
    if first is not None:
        data |= {"dateDebut": encode_day(first), "DateDebut": encode_day(first)}
    if last is not None:
        data |= {"dateFin": encode_day(last), "DateFin": encode_day(last)}
    answer = await session.ask("PageEmploiDuTemps", tab=TIMETABLE_TAB, data=data, about=about)
    return read_page(session.options, answer, TimetablePage)


async def presence_weeks(session: Session, about: Resource) -> Page[PresencePage]:
    """The weeks and days on which there are lessons.

    Costs: one request. Wire: `PageEmploiDuTemps_DomainePresence`, tab 16. Evidence: read.
    """
    data = {"Ressource": about.element}
    answer = await session.ask("PageEmploiDuTemps_DomainePresence", tab=TIMETABLE_TAB, data=data, about=about)
    return read_page(session.options, answer, PresencePage)
