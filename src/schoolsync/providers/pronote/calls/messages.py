"""Discussions: one flow per server function, and what can be done with them."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Any, Final

from schoolsync.errors import Availability, Unavailable
from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.messages import (
    ButtonRow,
    DiscussionsPage,
    MessagesPage,
    ParticipantsPage,
    RecipientRow,
    RecipientsPage,
)
from schoolsync.providers.pronote.schema.words import Element
from schoolsync.providers.pronote.session import Resource, Session

__all__ = [
    "MESSAGES_TAB",
    "discussions",
    "mark_read",
    "messages",
    "participants",
    "recipients",
    "reply",
    "start",
]

MESSAGES_TAB: Final = 131
ALL: Final = 0
HTML: Final = 21
CREATED: Final = 1
NEW_DRAFT: Final = -1002
"""The number of something that the server does not know yet."""
SENDING = frozenset((0, 1, 2, 3, 4))
"""Kinds of buttons that send an answer; the best of them is the least."""


# -- reading --------------------------------------------------------------------


async def discussions(
    session: Session, about: Resource, *, only_unread: bool = False
) -> Page[DiscussionsPage]:
    """The discussions, without what was written in them.

    Costs: one request. Wire: `ListeMessagerie`, tab 131. Evidence: read.
    """
    data = {"avecMessage": True, "avecLu": not only_unread, "possessionMessageDiscussionUnique": None}
    answer = await session.ask("ListeMessagerie", tab=MESSAGES_TAB, data=data, about=about)
    return read_page(session.options, answer, DiscussionsPage)


async def messages(
    session: Session, about: Resource, possessions: Iterable[str], newest: int = ALL
) -> Page[MessagesPage]:
    """The messages of one discussion. They stay as unread as they were.

    Args:
        session: The conversation.
        about: Whose discussion.
        possessions: As the discussion names its messages.
        newest: How many are wanted; 0 for all.

    Costs: one request. Wire: `ListeMessages`, tab 131. Evidence: read.
    """
    data = {
        "listePossessionsMessages": _possessions(possessions),
        "marquerCommeLu": False,
        "nbMessagesVus": newest,
    }
    answer = await session.ask("ListeMessages", tab=MESSAGES_TAB, data=data, about=about)
    return read_page(session.options, answer, MessagesPage)


async def participants(session: Session, about: Resource, message_id: str) -> Page[ParticipantsPage]:
    """Who takes part in the discussion of that message.

    Costs: one request. Wire: `SaisiePublicMessage`, tab 131, which saves nothing. Evidence: read.
    """
    data = {
        "message": {"N": message_id},
        "estPublicParticipant": True,
        "estDestinatairesReponse": False,
    }
    answer = await session.ask("SaisiePublicMessage", tab=MESSAGES_TAB, data=data, about=about)
    return read_page(session.options, answer, ParticipantsPage)


async def recipients(session: Session, about: Resource, kind: Kind = Kind.TEACHER) -> Page[RecipientsPage]:
    """Whom the account may write to about a pupil; only some of them take discussions.

    Args:
        session: The conversation.
        about: The pupil.
        kind: Teachers, staff, or pupils.

    Costs: one request. Wire: `ListeRessourcesPourCommunication`, tab 131. Evidence: read.
    """
    data = {"onglet": {"N": 0, "G": int(kind)}, "filtreElement": about.element}
    answer = await session.ask("ListeRessourcesPourCommunication", tab=MESSAGES_TAB, data=data, about=about)
    return read_page(session.options, answer, RecipientsPage)


# -- writing --------------------------------------------------------------------


async def mark_read(
    session: Session, about: Resource, possessions: Iterable[str], *, is_read: bool = True
) -> Answer:
    """The messages count as read, or as unread again. A write.

    Costs: one request. Wire: `SaisieMessage`, `pourLu`, tab 131. Evidence: read.
    """
    data = {
        "commande": "pourLu",
        "lu": is_read,
        "listePossessionsMessages": _possessions(possessions),
    }
    return await _save(session, about, data)


async def reply(
    session: Session, about: Resource, page: MessagesPage, text: str, *, is_html: bool = False
) -> Answer:
    """*text* is sent to a discussion. A write; the new message's id is not told.

    Args:
        session: The conversation.
        about: Whose discussion.
        page: Its messages, as they were listed just before.
        text: Plain text.
        is_html: Whether the account's messages are HTML (`AvecDiscussionAvancee`).

    Raises:
        Unavailable: The discussion takes no answer.

    Costs: one request. Wire: `SaisieMessage`, tab 131. Evidence: read.
    """
    button = _button(page.buttons)
    if page.reply_to is None or button is None:
        raise Unavailable(Availability.NOT_FOR_THIS_ACCOUNT)
    data = {
        "messagePourReponse": _as_received(page.reply_to),
        "contenu": _body(text, is_html=is_html),
        "bouton": _as_received(button),
        "listeFichiers": [],
        "genreDiscussion": 0,
        "brouillon": {"N": NEW_DRAFT, "E": CREATED},
    }
    return await _save(session, about, data)


async def start(
    session: Session,
    about: Resource,
    title: str,
    text: str,
    recipients: Iterable[RecipientRow],
    *,
    is_html: bool = False,
) -> Answer:
    """A new discussion with *recipients* begins. A write; its id is not told.

    Args:
        session: The conversation.
        about: The pupil it is about.
        title: Its subject line.
        text: The first message, as plain text.
        recipients: As they were listed just before.
        is_html: Whether the account's messages are HTML (`AvecDiscussionAvancee`).

    Costs: one request. Wire: `SaisieMessage`, tab 131. Evidence: read.
    """
    data = {
        "objet": title,
        "contenu": _body(text, is_html=is_html),
        "listeDestinataires": [{"N": one.id, "L": one.label, "G": one.kind} for one in recipients],
        "listeFichiers": [],
        "estCreationCarnetLiaison": False,
    }
    return await _save(session, about, data)


async def _save(session: Session, about: Resource, data: dict[str, Any]) -> Answer:
    return await session.ask("SaisieMessage", tab=MESSAGES_TAB, data=data, about=about, is_read=False)


def _possessions(ids: Iterable[str]) -> list[dict[str, str]]:
    return [{"N": id_} for id_ in ids]


def _button(buttons: Iterable[ButtonRow]) -> ButtonRow | None:
    """The button that answers: plain "send" where there is one."""
    sending = [button for button in buttons if button.kind in SENDING]
    return min(sending, key=lambda button: button.kind or 0, default=None)


def _as_received(element: Element) -> dict[str, Any]:
    """Just as the server sent it."""
    return element.model_dump(by_alias=True, exclude_unset=True)


def _body(text: str, *, is_html: bool) -> Any:
    if not is_html:
        return text
    lines = "<br/>".join(html.escape(line, quote=False) for line in text.splitlines())
    return {"_T": HTML, "V": f"<div>{lines}</div>"}
