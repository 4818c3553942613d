"""The notebook of the class: homework, and what was done in lessons."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.files import FileRow
from schoolsync.providers.pronote.schema.resources import ResourcesPage
from schoolsync.providers.pronote.schema.words import Count, Day, Flag, LocalTime, Row, Tuple

__all__ = ["ContentRow", "ContentsPage", "EntryRow", "HomeworkPage", "HomeworkRow", "TopicRow"]


class TopicRow(Row):
    """Something that is known by its name, maybe by its kind."""

    id: str | None = Field(None, alias="N")
    label: str | None = Field(None, alias="L")
    kind: Count = Field(None, alias="G")


class HomeworkRow(Row):
    """One piece of homework."""

    id: str | None = Field(None, alias="N")
    description: str | None = Field(None, alias="descriptif")
    """HTML."""
    is_formatted: Flag = Field(None, alias="avecMiseEnForme")
    """`false`: plain text in a frame."""
    due: Day = Field(None, alias="PourLe")
    assigned: Day = Field(None, alias="DonneLe")
    is_done: Flag = Field(None, alias="TAFFait")
    """By the pupil's tick."""
    difficulty: Count = Field(None, alias="niveauDifficulte")
    """0 none, 1 to 3."""
    minutes: Count = Field(None, alias="duree")
    """How long it should take."""
    submission: Count = Field(None, alias="genreRendu")
    """0 nothing to hand in, 1 on paper, 2 a file, 3 in a kiosk, 4 a recording; not said: 0."""
    is_handed_in: Flag = Field(None, alias="avecRendu")
    may_hand_in: Flag = Field(None, alias="peuRendre")
    lesson: TopicRow | None = Field(None, alias="cours")
    """The lesson in which it was given."""
    entry: TopicRow | None = Field(None, alias="cahierDeTextes")
    """The entry of the notebook that it belongs to."""
    subject: TopicRow | None = Field(None, alias="Matiere")
    colour: str | None = Field(None, alias="CouleurFond")
    audience: str | None = Field(None, alias="nomPublic")
    """Class or group."""
    files: Tuple[FileRow] = Field((), alias="ListePieceJointe")
    themes: Tuple[TopicRow] = Field((), alias="ListeThemes")
    """Left out where the school does not use them."""
    correction_comment: str | None = Field(None, alias="commentaireCorrige")


class HomeworkPage(Row):
    """Wire: `PageCahierDeTexte`, tab 88."""

    homeworks: Tuple[HomeworkRow] = Field((), alias="ListeTravauxAFaire")


class ContentRow(Row):
    """One thing that was done in a lesson."""

    id: str | None = Field(None, alias="N")
    title: str | None = Field(None, alias="L")
    description: str | None = Field(None, alias="descriptif")
    """HTML."""
    category: TopicRow | None = Field(None, alias="categorie")
    """`kind`: 1 lesson, 2 correction, 3 test, 4 oral test, 5 tutorial, 6 practical, 7 evaluation of skills,
    12 video link, …; 0 the school's own."""
    files: Tuple[FileRow] = Field((), alias="ListePieceJointe")
    themes: Tuple[TopicRow] = Field((), alias="ListeThemes")


class EntryRow(Row):
    """What the notebook says about one lesson."""

    id: str | None = Field(None, alias="N")
    lesson: TopicRow | None = Field(None, alias="cours")
    is_locked: Flag = Field(None, alias="verrouille")
    subject: TopicRow | None = Field(None, alias="Matiere")
    colour: str | None = Field(None, alias="CouleurFond")
    teachers: Tuple[TopicRow] = Field((), alias="listeProfesseurs")
    groups: Tuple[TopicRow] = Field((), alias="listeGroupes")
    start: LocalTime = Field(None, alias="Date")
    end: LocalTime = Field(None, alias="DateFin")
    homework_due: Day = Field(None, alias="dateTAF")
    """When homework of this lesson is due, if there is any."""
    contents: Tuple[ContentRow] = Field((), alias="listeContenus")
    programme: Tuple[TopicRow] = Field((), alias="listeElementsProgrammeCDT")
    homeworks: Tuple[HomeworkRow] = Field((), alias="ListeTravailAFaire")
    """Only of one entry, and only when asked for."""


class ContentsPage(Row):
    """Wire: `PageCahierDeTexte`, tab 89, and `donneesContenusCDT`."""

    entries: Tuple[EntryRow] = Field((), alias="ListeCahierDeTextes")
    resources: ResourcesPage | None = Field(None, alias="ListeRessourcesPedagogiques")
    """What teachers share, as a page of its own says it too."""
