"""Discussions, their messages, and who may take part."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from schoolsync.providers.pronote.schema.files import FileRow
from schoolsync.providers.pronote.schema.words import Count, Element, Flag, LocalTime, Named, Row, Tuple

__all__ = [
    "ButtonRow",
    "DiscussionRow",
    "DiscussionsPage",
    "FunctionRow",
    "LabelRow",
    "MessageRow",
    "MessagesPage",
    "ParticipantRow",
    "ParticipantsPage",
    "RecipientRow",
    "RecipientsPage",
]


class LabelRow(Element):
    """A label on a discussion.

    `kind`: 0 user's, 1 inbox, 2 archive, 3 sent, 4 drafts, 5 bin, 6 report, 7 to 9 flags, and more.
    """


class DiscussionRow(Row):
    """One row of the flattened tree: a discussion, or a message in one."""

    id: str | None = Field(None, alias="N")
    title: str | None = Field(None, alias="objet")
    is_discussion: Flag = Field(None, alias="estUneDiscussion")
    depth: Count = Field(None, alias="profondeur")
    parent: Count = Field(None, alias="indicePere")
    """Place in this list of what the row belongs to."""
    count: Count = Field(None, alias="nombreMessages")
    unread: Count = Field(None, alias="nbNonLus")
    is_read: Flag = Field(None, alias="lu")
    initiator: str | None = Field(None, alias="initiateur")
    """Who began it; absent when the account did."""
    others: str | None = Field(None, alias="public")
    """Whom it is with."""
    date_label: str | None = Field(None, alias="libelleDate")
    """`lundi 10h15`: of the last message."""
    is_closable: Flag = Field(None, alias="fermable")
    is_closed: Flag = Field(None, alias="ferme")
    draft_count: Count = Field(None, alias="nbBrouillons")
    for_participants: Named | None = Field(None, alias="messagePourParticipants")
    """The message by which participants are asked for."""
    possessions: Tuple[Named] = Field((), alias="listePossessionsMessages")
    """By which every other call names its messages."""
    labels: Tuple[LabelRow] = Field((), alias="listeEtiquettes")

    @property
    def is_thread(self) -> bool:
        """Whether it is a discussion, not a message inside one."""
        return self.is_discussion is True and not self.depth


class DiscussionsPage(Row):
    """Wire: `ListeMessagerie`."""

    rows: Tuple[DiscussionRow] = Field((), alias="listeMessagerie")
    labels: Tuple[LabelRow] = Field((), alias="listeEtiquettes")


class MessageRow(Row):
    """One message of a discussion."""

    id: str | None = Field(None, alias="N")
    date_label: str | None = Field(None, alias="libelleDate")
    sent_at: LocalTime = Field(None, alias="date")
    is_own: Flag = Field(None, alias="emetteur")
    """Whether the account wrote it."""
    is_read: Flag = Field(None, alias="lu")
    is_not_held: Flag = Field(None, alias="estNonPossede")
    is_aside: Flag = Field(None, alias="estUnAparte")
    author: str | None = Field(None, alias="public_gauche")
    """`Moi` for the account itself."""
    author_hint: str | None = Field(None, alias="hint_gauche")
    recipient: str | None = Field(None, alias="public_droite")
    recipient_hint: str | None = Field(None, alias="hint_droite")
    recipient_count: Count = Field(None, alias="nbPublic")
    possession: Named | None = Field(None, alias="possessionMessage")
    reply_to: Named | None = Field(None, alias="messageSource")
    """`"0"` is the first one."""
    is_html: Flag = Field(None, alias="estHTML")
    body: str | None = Field(None, alias="contenu")
    files: Tuple[FileRow] = Field((), alias="listeDocumentsJoints")


class ButtonRow(Element):
    """A way to answer.

    `kind`: 0 send, 1 send to all, 2 reply to all, 3 and 4 the same without parents and pupils, 5 close.
    """


class MessagesPage(Row):
    """Wire: `ListeMessages`."""

    messages: Tuple[MessageRow] = Field((), alias="listeMessages")
    """Newest first."""
    reply_to: Element | None = Field(None, alias="messagePourReponse")
    """Goes back to the server with an answer, just as it came; absent when none is taken."""
    buttons: Tuple[ButtonRow] = Field((), alias="listeBoutons")
    marked_count: Count = Field(None, alias="nbMarquerLu")
    forwarded: Any = Field(None, alias="listeMessagesPourContexte")
    draft: Any = Field(None, alias="brouillon")


class ParticipantRow(Element):
    """Who takes part. `kind`: 3 teacher, 4 pupil, 5 guardian, 34 staff."""

    refuses: Flag = Field(None, alias="refusMess")


class ParticipantsPage(Row):
    """Wire: `SaisiePublicMessage`, which saves nothing."""

    participants: Tuple[ParticipantRow] = Field((), alias="listeDest")


class FunctionRow(Named):
    """A subject that a teacher teaches, or what a member of the staff does."""

    is_part: Flag = Field(None, alias="estUneSousMatiere")
    whole: str | None = Field(None, alias="libelleMatiere")
    """The subject that it is a part of."""


class RecipientRow(Element):
    """Whom the account may write to."""

    takes_discussions: Flag = Field(None, alias="avecDiscussion")
    is_head: Flag = Field(None, alias="estPrincipal")
    email: str | None = None
    subjects: Tuple[FunctionRow] = Field((), alias="listeRessources")
    function: Named | None = Field(None, alias="fonction")


class RecipientsPage(Row):
    """Wire: `ListeRessourcesPourCommunication`."""

    recipients: Tuple[RecipientRow] = Field((), alias="listeRessourcesPourCommunication")
