"""What teachers share."""

from __future__ import annotations

from pydantic import Field

from schoolsync.providers.pronote.schema.files import FileRow
from schoolsync.providers.pronote.schema.words import Count, LocalTime, Row, Tuple

__all__ = ["ResourceRow", "ResourcesPage", "SubjectRow"]


class SubjectRow(Row):
    """A subject, or a reference to one by its id."""

    id: str | None = Field(None, alias="N")
    label: str | None = Field(None, alias="L")
    colour: str | None = Field(None, alias="couleur")


class ResourceRow(Row):
    """One thing that is shared."""

    kind: Count = Field(None, alias="G")
    """0 document, 1 site, 2 quiz, 3 subject, 4 correction, 5 work handed in, 6 kiosk, 7 cloud document."""
    day: LocalTime = Field(None, alias="date")
    subject: SubjectRow | None = Field(None, alias="matiere")
    """Mostly only its id."""
    target: FileRow | None = Field(None, alias="ressource")
    """The thing itself; its `kind` is a resource kind."""
    url: str | None = None
    """Of a site; some servers say it here. Evidence: guess."""


class ResourcesPage(Row):
    """Wire: `RessourcePedagogique`, tab 99."""

    subjects: Tuple[SubjectRow] = Field((), alias="listeMatieres")
    resources: Tuple[ResourceRow] = Field((), alias="listeRessources")
