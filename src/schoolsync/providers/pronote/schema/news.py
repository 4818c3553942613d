"""Informations and surveys."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from schoolsync.providers.pronote.schema.files import FileRow
from schoolsync.providers.pronote.schema.words import (
    Count,
    Day,
    Element,
    Flag,
    LocalTime,
    Named,
    Row,
    Tuple,
)

__all__ = [
    "ChoiceRow",
    "NewsDetailsPage",
    "NewsModeRow",
    "NewsPage",
    "NewsRow",
    "QuestionRow",
    "ReplyRow",
    "SummaryRow",
]

RECEIVED = 0
"""The list of what the account received; others are what it sent, its drafts, its templates."""


class ChoiceRow(Named):
    """One choice of a question."""

    rank: Count = Field(None, alias="rang")
    """From 1; answers are sets of ranks."""
    is_free: Flag = Field(None, alias="estReponseLibre")
    """Whether it means words of one's own: "other"."""


class ReplyRow(Row):
    """What was answered to a question so far."""

    id: str | None = Field(None, alias="N")
    """`"0"` until there is an answer."""
    is_given: Flag = Field(None, alias="avecReponse")
    is_expected: Flag = Field(None, alias="estReponseAttendue")
    given_at: LocalTime = Field(None, alias="reponduLe")
    value: Any = Field(None, alias="valeurReponse")
    """Text, or a set of ranks."""
    own_words: str | None = Field(None, alias="valeurReponseLibre")
    given_by: str | None = Field(None, alias="strRepondant")


class QuestionRow(Element):
    """A question, or the one text of an information."""

    rank: Count = Field(None, alias="rang")
    title: str | None = Field(None, alias="titre")
    reply_kind: Count = Field(None, alias="genreReponse")
    """0 receipt, 1 text, 2 one choice, 3 several, 4 without receipt, 5 no answer."""
    text: str | None = Field(None, alias="texte")
    """HTML."""
    most_characters: Count = Field(None, alias="tailleReponse")
    has_limit: Flag = Field(None, alias="avecMaximum")
    most_choices: Count = Field(None, alias="nombreReponsesMax")
    """Counts only with `has_limit`."""
    files: Tuple[FileRow] = Field((), alias="listePiecesJointes")
    choices: Tuple[ChoiceRow] = Field((), alias="listeChoix")
    reply: ReplyRow | None = Field(None, alias="reponse")


class SummaryRow(Row):
    """What newer servers list in place of the questions."""

    has_files: Flag = Field(None, alias="avecPJ")
    is_all_answered: Flag = Field(None, alias="aToutRepondu")


class NewsRow(Element):
    """One information or survey."""

    author: str | None = Field(None, alias="auteur")
    is_own: Flag = Field(None, alias="estAuteur")
    """Whether the account wrote it."""
    is_read: Flag = Field(None, alias="lue")
    is_information: Flag = Field(None, alias="estInformation")
    is_survey: Flag = Field(None, alias="estSondage")
    is_anonymous: Flag = Field(None, alias="reponseAnonyme")
    created_at: LocalTime = Field(None, alias="dateCreation")
    first_day: Day = Field(None, alias="dateDebut")
    last_day: Day = Field(None, alias="dateFin")
    audience_kind: Count = Field(None, alias="genrePublic")
    """Goes back to the server with every request about it, like `audience`."""
    audience: Element | None = Field(None, alias="public")
    category: Named | None = Field(None, alias="categorie")
    """Servers until 2026.2.3."""
    nature: Named | None = None
    """Servers since 2026.2.4."""
    questions: tuple[QuestionRow, ...] | None = Field(None, alias="listeQuestions")
    """`None`: not listed here, and to be asked for."""
    summary: SummaryRow | None = Field(None, alias="informationListeContenu")

    @property
    def needs_details(self) -> bool:
        """Whether the text must be asked for."""
        return self.questions is None


class NewsModeRow(Row):
    """One list of news. `mode`: 0 received, 1 sent, 2 drafts, 3 templates."""

    mode: Count = Field(None, alias="G")
    news: Tuple[NewsRow] = Field((), alias="listeActualites")


class NewsPage(Row):
    """Wire: `PageActualites`."""

    modes: Tuple[NewsModeRow] = Field((), alias="listeModesAff")
    news: Tuple[NewsRow] = Field((), alias="listeActualites")
    """Servers of 2021, in place of `modes`."""
    categories: Tuple[Named] = Field((), alias="listeCategories")
    natures: Tuple[Named] = Field((), alias="listeNatures")

    @property
    def received(self) -> tuple[tuple[tuple[str | int, ...], tuple[NewsRow, ...]], ...]:
        """What the account received: the way to each list, in the server's words, and its rows."""
        found = [
            (("listeModesAff", place, "listeActualites"), mode.news)
            for place, mode in enumerate(self.modes)
            if mode.mode in {RECEIVED, None}
        ]
        return tuple(found) if found else ((("listeActualites",), self.news),)


class NewsDetailsRow(Row):
    """What newer servers keep out of the list."""

    questions: Tuple[QuestionRow] = Field((), alias="listeQuestions")


class NewsDetailsPage(Row):
    """Wire: `PageActualites` with `genreRequeteActualite` 1."""

    details: NewsDetailsRow = Field(alias="detailsActualite")
