"""The timetable: lessons, and what else stands in the grid of a week.

Its rows come by the thousand, so they are read without code of ours wherever the plain type will do.
"""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.words import LocalTime, Numbers, Row, Tuple

__all__ = [
    "ExemptionRow",
    "LessonRow",
    "NotebookRef",
    "OnlineRow",
    "PartRow",
    "PresencePage",
    "RecessRow",
    "TimetablePage",
]


class PartRow(Row):
    """One thing that a lesson is made of: its subject, a teacher, a room or another."""

    id: str | None = Field(None, alias="N")
    """Teachers often have none."""
    label: str | None = Field(None, alias="L")
    kind: int | None = Field(None, alias="G")
    """A resource kind, as the server's version counts them."""
    marker: int | None = Field(None, alias="marqueur")
    """What a thing without kind is: 0 who booked it, 1 times, 2 title, 3 substitute, 4 period of the year,
    5 parts of the class, 6 pupils who are accompanied."""
    is_title: bool | None = Field(None, alias="estHoraire")
    """Of a detention."""


class ExemptionRow(Row):
    """The pupil need not come."""

    is_at_home: bool | None = Field(None, alias="maison")
    """Whether they follow from home."""


class NotebookRef(Row):
    """Where the lesson's contents are."""

    id: str | None = Field(None, alias="N")
    """What `donneesContenusCDT` takes."""
    is_test: bool | None = Field(None, alias="estDevoir")
    is_evaluation: bool | None = Field(None, alias="estEval")
    """An evaluation of skills."""


class OnlineRow(Row):
    """Where to join from home."""

    id: str | None = Field(None, alias="N")
    label: str | None = Field(None, alias="L")
    url: str | None = None
    url_label: str | None = Field(None, alias="libelleLien")
    comment: str | None = Field(None, alias="commentaire")


class LessonRow(Row):
    """One row of the timetable. Evidence: recorded; what has no example there was read in clients."""

    id: str | None = Field(None, alias="N")
    kind: int | None = Field(None, alias="G")
    """0 lesson, 1 class council, 2 replacement, 3 historical, 4 substitute teacher; not said of detentions
    and outings."""
    number: int | None = Field(None, alias="P")
    """Of rows in the same place, the greatest lies on top."""
    place: int | None = None
    """In the grid of the week, from 0."""
    duration: int | None = Field(None, alias="duree")
    """In places."""
    start: LocalTime = Field(None, alias="DateDuCours")
    end: LocalTime = Field(None, alias="DateDuCoursFin")
    """Not said by many servers."""
    week: int | None = Field(None, alias="numeroSemaine")
    parts: Tuple[PartRow] = Field((), alias="ListeContenus")
    """Subject, teachers, rooms, groups, …, in the order shown."""
    colour: str | None = Field(None, alias="CouleurFond")
    status: str | None = Field(None, alias="Statut")
    """`Cours annulé`, `Prof. absent`, `Changement de salle`, or whatever the school writes."""
    is_cancelled: bool | None = Field(None, alias="estAnnule")
    is_detention: bool | None = Field(None, alias="estRetenue")
    is_outing: bool | None = Field(None, alias="estSortiePedagogique")
    is_study: bool | None = Field(None, alias="estPermanence")
    exemption: ExemptionRow | None = Field(None, alias="dispenseEleve")
    notebook: NotebookRef | None = Field(None, alias="cahierDeTextes")
    online: Tuple[OnlineRow] = Field((), alias="listeVisios")
    memo: str | None = None
    """The teacher's note."""
    reason: str | None = Field(None, alias="motif")
    """Of an outing."""
    companions: Tuple[str] = Field((), alias="accompagnateurs")
    """Of an outing: plain names."""
    has_contents: bool | None = Field(None, alias="AvecCdT")
    """Whether the notebook may be asked for."""
    has_homework: bool | None = Field(None, alias="AvecTafPublie")


class RecessRow(Row):
    """A recess before a place of the day, or over some places."""

    label: str | None = Field(None, alias="L")
    place: int | None = None
    duration: int | None = Field(None, alias="duree")
    """In places; mostly not said. Evidence: read."""


class TimetablePage(Row):
    """Wire: `PageEmploiDuTemps`."""

    lessons: Tuple[LessonRow] = Field((), alias="ListeCours")
    recesses: Tuple[RecessRow] = Field((), alias="recreations")
    canteen_first_place: int | None = Field(None, alias="debutDemiPensionHebdo")
    """In the grid of the week."""
    canteen_end_place: int | None = Field(None, alias="finDemiPensionHebdo")
    """The place with which lessons go on. Evidence: read and recorded."""
    shows_cancelled: bool | None = Field(None, alias="avecCoursAnnule")
    """Whether the school shows what is cancelled."""
    can_export: bool | None = Field(None, alias="avecExportICal")
    """Older servers."""
    export_token: str | None = Field(None, alias="ParametreExportiCal")
    """Older servers. A secret: whoever has it reads the timetable."""


class PresencePage(Row):
    """Wire: `PageEmploiDuTemps_DomainePresence`."""

    weeks: Numbers = Field((), alias="Domaine")
    """Weeks with lessons."""
    days: Numbers = Field((), alias="joursPresence")
    """Days of the week with lessons; 0 is Monday."""
