"""Informations and surveys: one flow per thing that can be done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import attrs

from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.schema.news import (
    RECEIVED,
    NewsDetailsPage,
    NewsPage,
    NewsRow,
    QuestionRow,
)
from schoolsync.providers.pronote.schema.words import Element, encode_numbers
from schoolsync.providers.pronote.session import Resource, Session

__all__ = ["NEWS_TAB", "Reply", "details", "mark_read", "news", "respond"]

NEWS_TAB: Final = 8
ONE: Final = 1
"""What is asked for is one of the list, with its questions."""
CREATED, CHANGED = 1, 2
"""States of what is saved."""


@attrs.frozen
class Reply:
    """An answer to one question."""

    question: QuestionRow
    """The question."""
    text: str = attrs.field(default="", repr=False)
    """The answer to a question that takes text; nothing else confirms a receipt."""
    ranks: tuple[int, ...] | None = attrs.field(default=None, repr=False)
    """The choices, where there are any."""
    own_words: str | None = attrs.field(default=None, repr=False)
    """What stands for the choice "other"."""

    @property
    def element(self) -> dict[str, Any]:
        """As the server takes it."""
        row = self.question.reply
        known = row.id if row else None
        reply: dict[str, Any] = {
            "N": int(known) if known and known.isdecimal() else (known or 0),
            "E": CHANGED if row and row.is_given else CREATED,
            "Actif": True,
            "avecReponse": True,
            "estReponseAttendue": True,
            "valeurReponse": self.text if self.ranks is None else encode_numbers(*self.ranks),
            "_validationSaisie": True,
        }
        if self.own_words is not None:
            reply["valeurReponseLibre"] = self.own_words
        return {
            "N": self.question.id,
            "L": self.question.label,
            "E": CHANGED,
            "genreReponse": self.question.reply_kind,
            "reponse": reply,
        }


async def news(session: Session, about: Resource, modes: Sequence[int] = (RECEIVED,)) -> Page[NewsPage]:
    """The news that there is now; servers keep no older ones.

    Args:
        session: The conversation.
        about: Whose news.
        modes: 0 received, 1 sent, 2 drafts, 3 templates.

    Costs: one request.
    Wire: `PageActualites`, tab 8. Servers of 2021 look for `estAuteur`, later ones for
    `modesAffActus`; each ignores the other. Evidence: read; that it is ignored is inferred.
    """
    data = {"modesAffActus": encode_numbers(*modes), "estAuteur": False}
    answer = await session.ask("PageActualites", tab=NEWS_TAB, data=data, about=about)
    return read_page(session.options, answer, NewsPage)


async def details(session: Session, about: Resource, row: NewsRow) -> Page[NewsDetailsPage]:
    """The questions of one news, which servers since 2026.2.4 leave out of the list.

    Costs: one request. Wire: `PageActualites`, tab 8, `genreRequeteActualite` 1. Evidence: read.
    """
    data = {
        "genreRequeteActualite": ONE,
        "modeAffActu": RECEIVED,
        "actualite": {"N": row.id, "genrePublic": row.audience_kind, "public": _audience(row.audience)},
    }
    answer = await session.ask("PageActualites", tab=NEWS_TAB, data=data, about=about)
    return read_page(session.options, answer, NewsDetailsPage)


async def mark_read(session: Session, about: Resource, row: NewsRow, *, is_read: bool = True) -> Answer:
    """The news counts as read, or as unread again. A write.

    Costs: one request. Wire: `SaisieActualites`, tab 8. Evidence: read.
    """
    return await _save(session, about, _saved(row, is_read=is_read, replies=(), marks_only=True))


async def respond(session: Session, about: Resource, row: NewsRow, replies: Iterable[Reply]) -> Answer:
    """The replies are given, and the news counts as read. A receipt cannot be taken back. A write.

    Costs: one request. Wire: `SaisieActualites`, tab 8. Evidence: read.
    """
    return await _save(session, about, _saved(row, is_read=True, replies=replies, marks_only=False))


def _saved(row: NewsRow, *, is_read: bool, replies: Iterable[Reply], marks_only: bool) -> dict[str, Any]:
    return {
        "N": row.id,
        "L": row.label,
        "E": CHANGED,
        "validationDirecte": True,
        "genrePublic": row.audience_kind,
        "public": _audience(row.audience),
        "lue": is_read,
        "marqueLueSeulement": marks_only,
        "supprimee": False,
        "saisieActualite": False,
        "listeQuestions": [reply.element for reply in replies],
    }


async def _save(session: Session, about: Resource, saved: dict[str, Any]) -> Answer:
    data = {"listeActualites": [saved], "saisieActualite": False}
    return await session.ask("SaisieActualites", tab=NEWS_TAB, data=data, about=about, is_read=False)


def _audience(public: Element | None) -> dict[str, Any] | None:
    """Whom it is for, as the server takes it back."""
    return None if public is None else {"N": public.id, "L": public.label, "G": public.kind}
