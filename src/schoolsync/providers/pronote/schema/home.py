"""What the home page and the generator of documents answer."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from schoolsync.providers.pronote.schema.words import Flag, Named, Row, Tuple

__all__ = ["HomePage", "LinkRow", "LinksRow", "PdfPage", "PurseRow", "PursesRow"]


class LinkRow(Named):
    """A link that the school shows; `partner` is what a sign-on there is asked with."""

    url: str | None = None
    comment: str | None = Field(None, alias="commentaire")
    partner: dict[str, Any] | None = Field(None, alias="SSO")


class LinksRow(Row):
    """Useful links."""

    links: Tuple[LinkRow] = Field((), alias="listeLiens")


class PurseRow(Row):
    """What is left to pay the canteen with."""

    label: str | None = Field(None, alias="libellePorteMonnaie")
    hint: str | None = Field(None, alias="hintPorteMonnaie")
    has_warning: Flag = Field(None, alias="avecWarning")
    balance: str | None = Field(None, alias="valeurSolde")
    """`12,40 €`."""
    balance_hint: str | None = Field(None, alias="hintSolde")


class PursesRow(Row):
    """The partner for meals and its purses."""

    partner: dict[str, Any] | None = Field(None, alias="SSO")
    purses: Tuple[PurseRow] = Field((), alias="porteMonnaie")


class HomePage(Row):
    """The widgets of the home page: two are typed, all others stay as they were sent.

    Wire: `PageAccueil`.
    """

    links: LinksRow | None = Field(None, alias="lienUtile")
    meals: PursesRow | None = Field(None, alias="partenaireARD")


class PdfPage(Row):
    """Wire: `GenerationPDF`."""

    url: str | None = None
    """Relative to the root; carries the session's number."""
    cloud: Any = Field(None, alias="OAuth2")
    """The server wants to export to a cloud, and asks for its password."""
