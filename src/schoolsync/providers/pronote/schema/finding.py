"""What is told to everybody: an instance about itself, and the vendor's directory about schools."""

from __future__ import annotations

from typing import ClassVar

from pydantic import ConfigDict, Field

from schoolsync.providers.pronote.schema.words import Count, Flag, Row, Text, Tuple

__all__ = ["CasRow", "FoundRow", "InstancePage", "InstanceSpaceRow"]


class InstanceSpaceRow(Row):
    """One kind of page that an instance has."""

    label: Text = Field("", alias="nom")
    """`Espace Élèves`."""
    page: str = Field(alias="URL")
    """`mobile.eleve.html`."""
    number: Count = Field(None, alias="genreEspace")
    """The server's number of the mobile space; not on older servers."""


class CasRow(Row):
    """The portal before an instance. What is not named here is dropped: a token for one use stands there."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    is_active: Flag = Field(None, alias="actif")
    """Whether it lets people in."""
    url: Text = Field("", alias="casURL")
    """Its log-in page."""


class InstancePage(Row):
    """Wire: `InfoMobileApp.json`."""

    name: Text = Field("", alias="nomEtab")
    version: Tuple[int] = ()
    """`[2025, 2, 6]`."""
    date: Text = ""
    """When it was told: ISO 8601."""
    spaces: Tuple[InstanceSpaceRow] = Field((), alias="espaces")
    cas: CasRow | None = Field(None, alias="CAS")


class FoundRow(Row):
    """Wire: `geoLoc`. All values are texts."""

    url: str
    """Of the instance."""
    name: Text = Field("", alias="nomEtab")
    latitude: float = Field(alias="lat")
    """Degrees north."""
    longitude: float = Field(alias="long")
    """Degrees east."""
    postcode: Text = Field("", alias="cp")
