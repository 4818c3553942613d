"""Discussions between home and school."""

from __future__ import annotations

from schoolsync.model.files import Attachment
from schoolsync.model.record import Moment, Record

__all__ = ["Discussion", "Message"]


class Message(Record):
    """One message of a discussion."""

    sent_at: Moment
    """When it was sent."""
    author: str | None = None
    """Who wrote it; `None` when the account itself did and the provider gives no name."""
    body_html: str | None = None
    """Sanitised HTML."""
    body_text: str
    """The same as text."""
    is_read: bool | None = None
    """Whether this account has read it; `None`: not said."""
    attachments: tuple[Attachment, ...] = ()
    """Files and links."""


class Discussion(Record):
    """A thread of messages."""

    title: str
    """Its subject line."""
    created_at: Moment | None = None
    """When it began."""
    participants: tuple[str, ...] = ()
    """Who takes part, as far as the provider says."""
    unread: int | None = None
    """Messages not read yet; `None`: not said."""
    is_closed: bool | None = None
    """Whether no answer is taken any more; `None`: not said."""
    messages: tuple[Message, ...] = ()
    """The messages, oldest first; empty until the thread is opened."""
