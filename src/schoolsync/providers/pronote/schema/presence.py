"""School life: absences, late arrivals, punishments, measures, observations, and their totals."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator, Field

from schoolsync.providers.pronote.schema.marks import Figure
from schoolsync.providers.pronote.schema.words import (
    Count,
    Day,
    Element,
    Flag,
    Named,
    Numbers,
    Row,
    Tuple,
    read_local_time,
)

__all__ = [
    "CountRow",
    "EventRow",
    "NatureRow",
    "PageRow",
    "PresencePage",
    "PresenceRights",
    "SittingRow",
    "SubjectTimeRow",
    "When",
]


def _read_when(said: object) -> object:
    """A local time; a day alone where no time of day was written."""
    when = read_local_time(said)
    has_clock = isinstance(said, str) and len(said.split()) > 1
    return when.date() if isinstance(when, dt.datetime) and isinstance(said, str) and not has_clock else when


When = Annotated[dt.datetime | dt.date | None, BeforeValidator(_read_when)]
"""A local time, or a day where the server writes no time of day; `None`: not said."""


class PageRow(Row):
    """On which page an event is shown."""

    kind: Count = Field(None, alias="Absence")
    """A kind of resource, coarser than the event's own: an observation is 45 here and 46 there."""


class NatureRow(Element):
    """What kind of punishment or measure. `kind`: 0 exclusion, 1 detention, 2 extra work, 3 other."""

    is_schedulable: Flag = Field(None, alias="estProgrammable")
    wants_receipt: Flag = Field(None, alias="estAvecARParent")


class SittingRow(Element):
    """One time at which a punishment is served."""

    day: Day = Field(None, alias="date")
    place: Count = Field(None, alias="placeExecution")
    """In the day, or in the week."""
    place_too: Count = Field(None, alias="place")
    """The same under another name. Evidence: read."""
    minutes: Count = Field(None, alias="duree")


class EventRow(Element):
    """Anything that happened. `kind` is a kind of resource and says which of the fields are there.

    `label` is of observations only.
    """

    page: PageRow | None = None
    start: When = Field(None, alias="dateDebut")
    end: When = Field(None, alias="dateFin")
    at: When = Field(None, alias="date")
    """Of a late arrival or an observation."""
    requested_at: When = Field(None, alias="dateDemande")
    """Of a punishment or a measure: when it was given."""
    requested_place: Count = Field(None, alias="placeDemande")
    reasons: Tuple[Named] = Field((), alias="listeMotifs")
    minutes: Count = Field(None, alias="duree")
    requested_by: Named | None = Field(None, alias="demandeur")

    is_open: Flag = Field(None, alias="ouverte")
    """Of an absence: still going on."""
    is_settled: Flag = Field(None, alias="reglee")
    """The office has done with it."""
    is_justified: Flag = Field(None, alias="justifie")
    is_reason_unknown: Flag = Field(None, alias="estMotifNonEncoreConnu")
    """Then the reasons mean nothing."""
    awaits_parents: Flag = Field(None, alias="aJustifierParParents")
    justification: str | None = None
    parents_reason: Named | None = Field(None, alias="motifParent")
    hours: str | None = Field(None, alias="NbrHeures")
    """`4h00`."""
    days: Figure = Field(None, alias="NbrJours")

    nature: NatureRow | None = None
    is_exclusion: Flag = Field(None, alias="estUneExclusion")
    is_outside_lessons: Flag = Field(None, alias="horsCours")
    is_tied_to_incident: Flag = Field(None, alias="estLieAUnIncident")
    is_schedulable: Flag = Field(None, alias="estProgrammable")
    work: str | None = Field(None, alias="travailAFaire")
    circumstances: str | None = Field(None, alias="circonstances")
    decided_by: Named | None = Field(None, alias="decideur")
    sittings: Tuple[SittingRow] = Field((), alias="programmation")
    no_access: Numbers = Field((), alias="interditAcces")
    """0 boarding house, 1 school, 2 canteen."""

    observation_kind: Count = Field(None, alias="genreObservation")
    """0 trouble with the notebook, 1 to the parents, 2 encouragement, 3 other."""
    category: Named | None = Field(None, alias="rubrique")
    subject: Named | None = Field(None, alias="matiere")
    comment: str | None = Field(None, alias="commentaire")
    is_read: Flag = Field(None, alias="estLue")
    wants_receipt: Flag = Field(None, alias="avecARObservation")


class SubjectTimeRow(Element):
    """Time in one subject, or in a group of subjects, in seconds."""

    group: Count = Field(None, alias="regroupement")
    """Above 0: this is the heading of that group, and its figures are those of its subjects together."""
    in_group: Count = Field(None, alias="dansRegroupement")
    """Above 0: it belongs to that group."""
    followed: Count = Field(None, alias="suivi")
    missed: Count = Field(None, alias="absence")
    excluded_from_lessons: Count = Field(None, alias="excluCours")
    excluded_from_school: Count = Field(None, alias="excluEtab")
    in_infirmary: Count = Field(None, alias="infirmerie")


class CountRow(Element):
    """How often. `kind` is a kind of resource, where it is said."""

    total: Count = Field(None, alias="NombreTotal")
    """Half days, of absences."""
    unjustified: Count = Field(None, alias="NombreNonJustifie")
    hours: str | None = Field(None, alias="NbrHeures")
    """`4h00`."""


class PresenceRights(Row):
    """Which kinds of events the school shows to this account."""

    absences: Flag = Field(None, alias="absence")
    delays: Flag = Field(None, alias="retard")
    punishments: Flag = Field(None, alias="punition")
    exclusions: Flag = Field(None, alias="exclusion")
    sanctions: Flag = Field(None, alias="sanction")
    measures: Flag = Field(None, alias="mesureConservatoire")
    observations: Flag = Field(None, alias="observation")
    incidents: Flag = Field(None, alias="incident")
    infirmary: Flag = Field(None, alias="infirmerie")
    missed_meals: Flag = Field(None, alias="absenceRepas")
    boarding_absences: Flag = Field(None, alias="absenceInternat")
    missed_time: Flag = Field(None, alias="totalHeuresManquees")


class PresencePage(Row):
    """What happened in an interval of days, and totals of it.

    Wire: `PagePresence`, tab 19.
    """

    message: str | None = None
    """Why there is nothing to see; then the school shows none of it."""
    rights: PresenceRights | None = Field(None, alias="autorisations")
    events: Tuple[EventRow] = Field((), alias="listeAbsences")
    """Of every kind, in one list."""
    subjects: Tuple[SubjectTimeRow] = Field((), alias="Matieres")
    counts: Tuple[CountRow] = Field((), alias="listeRecapitulatifs")
