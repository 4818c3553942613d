"""Marks, and the averages that stand beside them."""

from __future__ import annotations

from typing import TypeAlias

from pydantic import Field

from schoolsync.providers.pronote.schema.words import Count, Day, Element, Flag, Named, Row, Tuple

__all__ = ["Figure", "MarkRow", "MarksPage", "ServiceAverageRow", "ServiceRow"]

Figure: TypeAlias = str | None
"""A number with a decimal comma, or a code: `15,50`, `|1`, `|8|20`; empty for none. A number of JSON
comes as its text. `None`: not said, as servers since 2024.3.9 leave out what is empty."""


class ServiceRow(Element):
    """What a class is taught: a subject, by its teachers. Its id is no subject's."""

    colour: str | None = Field(None, alias="couleur")


class ServiceAverageRow(ServiceRow):
    """The averages of one service; what the school hides is not there."""

    order: Count = Field(None, alias="ordre")
    """The school's own order."""
    is_group: Flag = Field(None, alias="estServiceGroupe")
    is_in_group: Flag = Field(None, alias="estServiceEnGroupe")
    """Taught to a group: then "the class" is that group."""
    pupil: Figure = Field(None, alias="moyEleve")
    out_of: Figure = Field(None, alias="baremeMoyEleve")
    default_out_of: Figure = Field(None, alias="baremeMoyEleveParDefaut")
    class_: Figure = Field(None, alias="moyClasse")
    class_min: Figure = Field(None, alias="moyMin")
    class_max: Figure = Field(None, alias="moyMax")


class MarkRow(Element):
    """One mark."""

    mark: Figure = Field(None, alias="note")
    out_of: Figure = Field(None, alias="bareme")
    default_out_of: Figure = Field(None, alias="baremeParDefaut")
    day: Day = Field(None, alias="date")
    service: ServiceRow | None = None
    period: Named | None = Field(None, alias="periode")
    themes: Tuple[Named] = Field((), alias="ListeThemes")
    class_average: Figure = Field(None, alias="moyenne")
    class_max: Figure = Field(None, alias="noteMax")
    class_min: Figure = Field(None, alias="noteMin")
    is_in_group: Flag = Field(None, alias="estEnGroupe")
    title: str | None = Field(None, alias="commentaire")
    """What it was given for; the server calls it a comment."""
    remark: str | None = Field(None, alias="commentaireSurNote")
    coefficient: Figure = None
    """A bare number on most servers."""
    is_optional: Flag = Field(None, alias="estFacultatif")
    """Counts only if it raises the average."""
    is_bonus: Flag = Field(None, alias="estBonus")
    """Only points above the middle count."""
    is_rescaled: Flag = Field(None, alias="estRamenerSur20")
    paper_name: str | None = Field(None, alias="libelleSujet")
    """File name of the paper; the file is known by the mark's id."""
    paper: Named | None = Field(None, alias="elmSujet")
    """The paper as a thing of its own: then it has its own id. Evidence: read."""
    solution_name: str | None = Field(None, alias="libelleCorrige")
    solution: Named | None = Field(None, alias="elmCorrige")


class MarksPage(Row):
    """The marks of one period, its averages by service and the overall one.

    Wire: `DernieresNotes`, tab 198.
    """

    overall: Figure = Field(None, alias="moyGenerale")
    class_overall: Figure = Field(None, alias="moyGeneraleClasse")
    out_of: Figure = Field(None, alias="baremeMoyGenerale")
    default_out_of: Figure = Field(None, alias="baremeMoyGeneraleParDefaut")
    shows_service_details: Flag = Field(None, alias="avecDetailService")
    shows_mark_details: Flag = Field(None, alias="avecDetailDevoir")
    services: Tuple[ServiceAverageRow] = Field((), alias="listeServices")
    marks: Tuple[MarkRow] = Field((), alias="listeDevoirs")
