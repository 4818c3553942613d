"""Report cards and transcripts."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.marks import Figure, ServiceRow
from schoolsync.providers.pronote.schema.words import Flag, Named, Row, Tuple

__all__ = [
    "OverallRow",
    "RemarkRow",
    "RemarksRow",
    "ReportElementRow",
    "ReportPage",
    "ReportServiceRow",
    "TranscriptPage",
]


class OverallRow(Row):
    """Averages; of one service or over all."""

    average: Figure = Field(None, alias="MoyenneEleve")
    class_average: Figure = Field(None, alias="MoyenneClasse")
    class_min: Figure = Field(None, alias="MoyenneInf")
    class_max: Figure = Field(None, alias="MoyenneSup")


class ReportElementRow(Named):
    """A part of a service, with teachers of its own."""

    teachers: Tuple[Named] = Field((), alias="ListeProfesseurs")


class ReportServiceRow(ServiceRow, OverallRow):
    """One line of a report card: a service."""

    subject: Named | None = Field(None, alias="Matiere")
    group: Named | None = Field(None, alias="SurMatiere")
    """The group of subjects that it belongs to; id `"0"` is none."""
    coefficient: Figure = Field(None, alias="Coefficient")
    teachers: Tuple[Named] = Field((), alias="ListeProfesseurs")
    comments: Tuple[Named] = Field((), alias="ListeAppreciations")
    elements: Tuple[ReportElementRow] = Field((), alias="ListeElements")
    is_part: Flag = Field(None, alias="estSousService")
    """Whether it is a part of the service before it. Evidence: read."""
    is_group: Flag = Field(None, alias="estSurMatiere")
    """Whether it is the heading of a group of subjects. Evidence: read."""


class RemarkRow(Named):
    """A comment about the whole; `label` is its text."""

    title: str | None = Field(None, alias="Intitule")
    """`Appréciation globale`."""


class RemarksRow(Row):
    """The comments about the whole."""

    comments: Tuple[RemarkRow] = Field((), alias="ListeAppreciations")


class TranscriptPage(Row):
    """The marks of one period as the school prints them, or the reason why it does not.

    Wire: `PageReleve`, tab 12. Evidence: read; no answer was seen, so what is inside the lines stays raw.
    """

    capital_message: str | None = Field(None, alias="Message")
    """Why there is nothing: it is not published yet."""
    small_message: str | None = Field(None, alias="message")
    """The same, as other servers spell it."""
    published: str | None = Field(None, alias="strInfoDatePublication")
    """When, in words."""
    class_: Named | None = Field(None, alias="Classe")
    overall: OverallRow | None = Field(None, alias="General")
    groups: Tuple[Named] = Field((), alias="ListeSurMatieres")
    services: Tuple[ReportServiceRow] = Field((), alias="ListeServices")

    @property
    def message(self) -> str | None:
        """Why there is nothing to read, if the server says so."""
        return self.capital_message or self.small_message or None

    @property
    def is_published(self) -> bool:
        """Whether there is anything to read."""
        return not self.message and bool(self.services or self.overall)


class ReportPage(TranscriptPage):
    """The report card of one period, of a pupil or of a class.

    Wire: `PageBulletins`, tab 13, tab 41 for a class. One that is not published says so by a message
    under either spelling, or is empty.
    """

    has_marked_services: Flag = Field(None, alias="existeServiceAvecNotes")
    has_unmarked_services: Flag = Field(None, alias="existeServiceSansNotes")
    remarks: RemarksRow | None = Field(None, alias="ObjetListeAppreciations")
    chart: str | None = Field(None, alias="graphe")
    """A picture, as text."""

    @property
    def is_published(self) -> bool:
        """Whether there is anything to read."""
        return not self.message and bool(self.services or self.overall or self.remarks)
