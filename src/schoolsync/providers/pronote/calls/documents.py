"""Documents that the server makes on demand, and the addresses of calendars to subscribe to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

import attrs

from schoolsync.errors import Availability, Unavailable, UnexpectedShape
from schoolsync.flow.secret import Secret
from schoolsync.providers.pronote.calls.periods import AskedPeriod, encode_period
from schoolsync.providers.pronote.calls.reports import REPORT_TAB
from schoolsync.providers.pronote.calls.timetable import TIMETABLE_TAB
from schoolsync.providers.pronote.envelope import Page, read_page
from schoolsync.providers.pronote.schema.home import PdfPage
from schoolsync.providers.pronote.schema.people import CalendarRow
from schoolsync.providers.pronote.schema.words import Version, encode_weeks
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["Calendar", "calendar_address", "pdf", "pdf_address", "report_pdf", "timetable_pdf", "to_calendar"]

TIMETABLE, REPORT = 0, 2
"""Kinds of documents."""
SUPPLEMENT: Final = "266f3d32"
"""What servers want beside the key that do not say it themselves. Evidence: read."""
LANDSCAPE: Mapping[str, Any] = {
    "portrait": False,
    "taillePolice": 8,
    "taillePoliceMin": 3,
    "couleur": 1,
    "renvoi": 0,
    "uneGrilleParSemaine": False,
    "inversionGrille": False,
    "ignorerLesPlagesSansCours": False,
    "estEDTAnnuel": True,
}
"""How a timetable is printed."""
UPRIGHT: Mapping[str, Any] = {
    "portrait": True,
    "taillePolice": 6.5,
    "taillePoliceMin": 5,
    "taillePolicePied": 6.5,
    "taillePolicePiedMin": 5,
    "adapterHauteurService": False,
    "desEleves": False,
    "gererRectoVerso": False,
    "hauteurServiceMax": 15,
    "hauteurServiceMin": 10,
    "piedMonobloc": True,
}
"""How a report card is printed."""


# -- PDF --------------------------------------------------------------------------


async def pdf(session: Session, about: Resource, tab: int, data: Mapping[str, Any]) -> Page[PdfPage]:
    """A document is made, and the server says where it lies; it lies there for this session only.

    Args:
        session: The conversation.
        about: The pupil.
        tab: The screen that prints.
        data: What is to be printed, in the server's words.

    Costs: one request, and more of them while the server is at work.
    Wire: `GenerationPDF`. Evidence: read.
    """
    answer = await session.ask("GenerationPDF", tab=tab, data=data, about=about)
    return read_page(session.options, answer, PdfPage)


async def timetable_pdf(session: Session, about: Resource, first: int, last: int) -> Page[PdfPage]:
    """The timetable of the weeks from *first* to *last*, as the school prints it.

    Costs: as `pdf`. Wire: `GenerationPDF`, kind 0, tab 16. Evidence: read.
    """
    who = {"G": about.kind, "N": about.id}
    data = {
        "genreGenerationPDF": TIMETABLE,
        "options": dict(LANDSCAPE),
        "estPlanning": False,
        "estPlanningParRessource": False,
        "estPlanningOngletParJour": False,
        "estPlanningParJour": False,
        "indiceJour": 0,
        "ressource": who,
        "ressources": [who],
        "domaine": encode_weeks(first, last),
        "avecCoursAnnules": True,
        "grilleInverse": False,
    }
    return await pdf(session, about, TIMETABLE_TAB, data)


async def report_pdf(session: Session, about: Resource, period: AskedPeriod) -> Page[PdfPage]:
    """The report card of *period*, as the school prints it.

    Costs: as `pdf`. Wire: `GenerationPDF`, kind 2, tab 13. Evidence: read.
    """
    data = {
        "genreGenerationPDF": REPORT,
        "avecCodeCompetences": False,
        "options": dict(UPRIGHT),
        "periode": encode_period(period),
    }
    return await pdf(session, about, REPORT_TAB, data)


def pdf_address(root: str, page: PdfPage) -> str:
    """Where the document lies below *root*. The address carries the session's number: tell it nobody.

    Raises:
        Unavailable: The school wants its documents in a cloud, and asks to sign in there.
        UnexpectedShape: No address, or one that leads out of the instance.
    """
    if not page.url:
        if page.cloud:
            raise Unavailable(Availability.OFF_AT_SCHOOL)
        raise UnexpectedShape("GenerationPDF.url", "missing")
    said = page.url.replace("\\", "/")
    path, mark, query = said.partition("?")
    parts = urlsplit(said)
    if parts.scheme or said.startswith("/") or ".." in path.split("/"):
        raise UnexpectedShape("GenerationPDF.url", "an address below the instance expected")
    return f"{root}/{quote(path, safe='/%')}{mark}{quote(query, safe='=&%')}"


# -- calendars ----------------------------------------------------------------------


@attrs.frozen
class Calendar:
    """What the address of a calendar is made of. Whoever knows it reads the timetable."""

    key: Secret
    """The calendar's own."""
    supplement: Secret | None = None
    """A second part, on servers that say one."""
    is_old: bool = False
    """Whether the key came with a timetable, as on servers before 2024."""


def to_calendar(row: CalendarRow) -> Calendar | None:
    """What *row* tells; `None` if it has no key."""
    if not row.key:
        return None
    return Calendar(Secret(row.key), Secret(row.supplement) if row.supplement else None)


def calendar_address(root: str, version: Version, calendar: Calendar) -> Secret:
    """The address of *calendar*, for programs that subscribe; it needs no session and works until reset.

    Evidence: read, three forms: a key and a supplement that the server says (2026); a key, and a
    supplement that is always the same (2024, 2025); a key alone, said with the timetable (before).
    """
    name = "Edt.ics" if calendar.is_old else "mesinformations.ics"
    query = {"icalsecurise": calendar.key.reveal(), "version": ".".join(map(str, version))}
    if not calendar.is_old:
        query["param"] = calendar.supplement.reveal() if calendar.supplement else SUPPLEMENT
    return Secret(f"{root}/ical/{name}?{urlencode(query)}")
