"""What a session begins with: the school year, the user, and which screens they may open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from schoolsync.providers.pronote.schema.words import (
    Count,
    Day,
    Element,
    Flag,
    LocalTime,
    Named,
    Numbers,
    Row,
    Text,
    Tuple,
    Version,
)

__all__ = [
    "BreakRow",
    "ChildRow",
    "GeneralRow",
    "HolidayRow",
    "HourRow",
    "LevelRow",
    "PeriodRow",
    "SettingsPage",
    "TabPeriodRow",
    "TabPeriodsRow",
    "TabRow",
    "UserPage",
    "UserRow",
]

FIGURES = re.compile(r"\d{1,4}", re.ASCII)
MOST_FIGURES = 4
"""Of a version: `2026.2.5.6`."""


class HourRow(Row):
    """The name of one place of the day's grid."""

    place: int = Field(alias="G")
    """Place in the day, from 0."""
    label: Text = Field("", alias="L")
    """`08h30`; schools may write another one."""


class PeriodRow(Element):
    """A term, a semester, the year. `kind`: 1 term, 2 semester, 3 year or other."""

    start: Day = Field(None, alias="dateDebut")
    end: Day = Field(None, alias="dateFin")
    grading_number: Count = Field(None, alias="periodeNotation")
    """From 0."""


class HolidayRow(Named):
    """Holidays, both ends included."""

    start: Day = Field(None, alias="dateDebut")
    end: Day = Field(None, alias="dateFin")


class BreakRow(Row):
    """A break before a place of the day."""

    label: Text = Field("", alias="L")
    place: Count = None


class LevelRow(Row):
    """A level of acquisition that evaluations refer to by `kind`."""

    kind: Count = Field(None, alias="G")
    label: Text = Field("", alias="L")
    abbreviation: str | None = None
    colour: str | None = Field(None, alias="couleur")


class GeneralRow(Row):
    """The school year."""

    version: str | None = Field(None, alias="versionPN")
    """`2025.1.3`."""
    product: str | None = Field(None, alias="version")
    school: str | None = Field(None, alias="NomEtablissement")
    year_label: str | None = Field(None, alias="AnneeScolaire")
    first_monday: Day = Field(None, alias="PremierLundi")
    """Monday of week 1."""
    first_day: Day = Field(None, alias="PremiereDate")
    last_day: Day = Field(None, alias="DerniereDate")
    next_workday: Day = Field(None, alias="JourOuvre")
    """Today, or the next day with lessons."""
    places_per_day: Count = Field(None, alias="PlacesParJour")
    places_per_hour: Count = Field(None, alias="PlacesParHeure")
    first_hour: LocalTime = Field(None, alias="PremiereHeure")
    """On 30/12/1899."""
    starts: Tuple[HourRow] = Field((), alias="ListeHeures")
    ends: Tuple[HourRow] = Field((), alias="ListeHeuresFin")
    slots: Tuple[str] = Field((), alias="sequences")
    workdays: Numbers = Field((), alias="JoursOuvres")
    """1 is Monday."""
    periods: Tuple[PeriodRow] = Field((), alias="ListePeriodes")
    holidays: Tuple[HolidayRow] = Field((), alias="listeJoursFeries")
    breaks: Tuple[BreakRow] = Field((), alias="recreations")
    fortnights: Tuple[Numbers] = Field((), alias="DomainesFrequences")
    """All weeks with lessons, those of fortnight 1, those of fortnight 2."""
    fortnight_labels: Tuple[str] = Field((), alias="LibellesFrequences")
    scale: str | None = Field(None, alias="BaremeNotation")
    levels: Tuple[LevelRow] = Field((), alias="ListeNiveauxDAcquisitions")
    has_canteen: Flag = Field(None, alias="activationDemiPension")
    canteen_first_place: Count = Field(None, alias="debutDemiPension")
    canteen_end_place: Count = Field(None, alias="finDemiPension")
    """The place with which lessons go on. Evidence: read and recorded."""
    canteen_days: Numbers = Field((), alias="JoursDemiPension")
    """0 is Monday."""


class SettingsPage(Row):
    """Wire: `FonctionParametres`."""

    device: str | None = Field(None, alias="identifiantNav")
    """How the server knows this device again."""
    server_time: LocalTime = Field(None, alias="DateServeurHttp")
    is_new_caledonia: Flag = Field(None, alias="pourNouvelleCaledonie")
    has_app_pages: Flag = Field(None, alias="AvecEspaceMobile")
    """Whether the vendor's app has pages there."""
    version_numbers: Version | None = Field(None, alias="tableauVersion")
    """Newer servers."""
    general: GeneralRow = Field(alias="General")

    @property
    def server_version(self) -> Version:
        """The server's version: as numbers, else as text; empty if it says neither."""
        figures = FIGURES.findall(self.general.version or "")
        return (self.version_numbers or tuple(map(int, figures)))[:MOST_FIGURES]


class TabRow(Row):
    """One screen, or a group of screens."""

    number: Count = Field(None, alias="G")
    inner: Tuple[TabRow] = Field((), alias="Onglet")


class TabPeriodRow(Element):
    """A period of one screen. `kind`: 1 whole year (without id), 2 grading period, 4 out of period."""

    is_active: Flag = Field(None, alias="A")


class TabPeriodsRow(Row):
    """The periods of one screen."""

    tab: Count = Field(None, alias="G")
    periods: Tuple[TabPeriodRow] = Field((), alias="listePeriodes")
    default: Named | None = Field(None, alias="periodeParDefaut")


class ChildRow(Element):
    """A pupil: the user, or a parent's child."""

    school: Named | None = Field(None, alias="Etablissement")
    class_: Named | None = Field(None, alias="classeDEleve")
    groups: Tuple[Named] = Field((), alias="listeGroupes")
    has_photo: Flag = Field(None, alias="avecPhoto")
    photo_index: Count = Field(None, alias="photoBase64")
    """Place in the files that came along."""
    tab_periods: Tuple[TabPeriodsRow] = Field((), alias="listeOngletsPourPeriodes")
    is_delegate: Flag = Field(None, alias="estDelegue")


class UserRow(ChildRow):
    """Who is signed in. `kind`: 3 teacher, 4 pupil, 5 guardian, 34 staff."""

    children: Tuple[ChildRow] = Field((), alias="listeRessources")
    """A parent's."""


def _read_rights(said: object) -> object:
    return {} if said is None else said


class UserPage(Row):
    """Wire: `ParametresUtilisateur`."""

    user: UserRow = Field(alias="ressource")
    tabs: Tuple[TabRow] = Field((), alias="listeOnglets")
    hidden_tabs: Numbers = Field((), alias="listeOngletsInvisibles")
    """Screens, or groups of them, that are in the tree and yet not shown."""
    rights: Annotated[dict[str, Any], BeforeValidator(_read_rights)] = Field(
        default_factory=dict, alias="autorisations"
    )
    schools: Tuple[Named] = Field((), alias="listeInformationsEtablissements")

    @property
    def open_tabs(self) -> tuple[int, ...]:
        """The numbers of the screens that the user may open, each once, in the server's order."""
        return tuple(dict.fromkeys(_open(self.tabs, frozenset(self.hidden_tabs))))


def _open(tabs: Iterable[TabRow], hidden: frozenset[int]) -> Iterator[int]:
    """The numbers of *tabs* and of what is in them; nothing in a hidden group is shown."""
    for tab in tabs:
        if tab.number not in hidden:
            if tab.number is not None:
                yield tab.number
            yield from _open(tab.inner, hidden)
