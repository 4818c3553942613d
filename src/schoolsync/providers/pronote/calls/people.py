"""The team around a pupil, personal data, the agenda and the home page: one flow per server function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from schoolsync.providers.pronote.calls.entering import HOME_TAB
from schoolsync.providers.pronote.envelope import Page, read_page
from schoolsync.providers.pronote.schema.events import AgendaPage
from schoolsync.providers.pronote.schema.home import HomePage
from schoolsync.providers.pronote.schema.people import PersonalPage, TeamPage
from schoolsync.providers.pronote.schema.words import encode_day
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["AGENDA_TAB", "PERSONAL_TAB", "TEAM_TAB", "agenda", "home", "personal", "team"]

TEAM_TAB: Final = 37
PERSONAL_TAB: Final = 49
AGENDA_TAB: Final = 9
BY_WEEK = (
    "coursNonAssures",
    "personnelsAbsents",
    "incidents",
    "exclusions",
    "donneesVS",
    "donneesProfs",
    "EDT",
)
"""Widgets that are told a week."""
BY_DAY = (
    "registreAppel",
    "previsionnelAbsServiceAnnexe",
    "TAFARendre",
    "TAFEtActivites",
    "tableauDeBord",
    "modificationsEDT",
)
"""Widgets that are told a day."""


async def team(session: Session, about: Resource) -> Page[TeamPage]:
    """The teachers and the staff around a pupil.

    Costs: one request. Wire: `PageEquipePedagogique`, tab 37. Evidence: read.
    """
    answer = await session.ask("PageEquipePedagogique", tab=TEAM_TAB, about=about)
    return read_page(session.options, answer, TeamPage)


async def personal(session: Session, about: Resource, *, tab: int = PERSONAL_TAB) -> Page[PersonalPage]:
    """What the school keeps about somebody, and the keys of calendars to subscribe to.

    Args:
        session: The conversation.
        about: The pupil, or the user.
        tab: Tab 16 answers too, where a school closed the screen of personal data.

    Costs: one request. Wire: `PageInfosPerso`, tab 49 or 16. Evidence: read.
    """
    answer = await session.ask("PageInfosPerso", tab=tab, about=about)
    return read_page(session.options, answer, PersonalPage)


async def agenda(session: Session, about: Resource, week: int, *, with_past: bool = True) -> Page[AgendaPage]:
    """The school's events of one week.

    Args:
        session: The conversation.
        about: Whose agenda.
        week: Its number; see `SchoolYear.week_of`.
        with_past: Whether events that are over are listed too.

    Costs: one request. Wire: `PageAgenda`, tab 9. Evidence: read in the web client.
    """
    data = {"NumeroSemaine": week, "avecEventsPasses": with_past, "AvecListeClasses": True}
    answer = await session.ask("PageAgenda", tab=AGENDA_TAB, data=data, about=about)
    return read_page(session.options, answer, AgendaPage)


async def home(
    session: Session, about: Resource, day: dt.date, week: int, widgets: Sequence[int] = ()
) -> Page[HomePage]:
    """The home page of *day*: links and purses typed, everything else as it was sent.

    Args:
        session: The conversation.
        about: Whose page.
        day: The day that its widgets are about.
        week: The number of the week of *day*.
        widgets: Numbers of the widgets wanted; all of them if empty.

    Costs: one request. Wire: `PageAccueil`, tab 7. Evidence: read.
    """
    when = {"date": encode_day(day)}
    data: dict[str, Any] = {
        "avecConseilDeClasse": True,
        "dateGrille": encode_day(day),
        "numeroSemaine": week,
        "partenaireCDI": {"CDI": {}},
        **{widget: {"numeroSemaine": week} for widget in BY_WEEK},
        **dict.fromkeys(BY_DAY, when),
    }
    if widgets:
        data["widgets"] = list(widgets)
    answer = await session.ask("PageAccueil", tab=HOME_TAB, data=data, about=about)
    return read_page(session.options, answer, HomePage)
