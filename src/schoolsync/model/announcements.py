"""News from the school."""

from __future__ import annotations

from enum import StrEnum

from schoolsync.model.files import Attachment
from schoolsync.model.record import Moment, Record, Value

__all__ = ["Announcement", "Question", "Response"]


class Response(StrEnum):
    """What the school expects back."""

    NONE = "none"
    ACKNOWLEDGE = "acknowledge"
    SURVEY = "survey"
    CONSENT = "consent"


class Question(Value):
    """One question of a survey or consent."""

    text: str
    """The question, as text."""
    choices: tuple[str, ...] = ()
    """What can be answered; empty for free text."""
    answers: tuple[str, ...] = ()
    """What was answered so far."""
    can_answer: bool | None = None
    """Whether an answer is still taken; `None`: not said."""


class Announcement(Record):
    """One piece of news, or a form to fill in."""

    title: str | None = None
    """Heading."""
    body_html: str | None = None
    """Sanitised HTML."""
    body_text: str
    """The same as text; empty if nothing was written."""
    author: str | None = None
    """Who wrote it."""
    category: str | None = None
    """The school's own category."""
    published_at: Moment
    """When it was published."""
    visible_from: Moment | None = None
    """From when it is shown."""
    visible_until: Moment | None = None
    """Until when it is shown."""
    is_read: bool | None = None
    """Whether this account has read it; `None`: not said."""
    is_acknowledged: bool | None = None
    """Whether this account has confirmed it; `None`: not said."""
    is_pinned: bool = False
    """Whether the school keeps it on top."""
    response: Response = Response.NONE
    """What the school expects back."""
    questions: tuple[Question, ...] = ()
    """Questions to answer."""
    attachments: tuple[Attachment, ...] = ()
    """Files and links."""
    audience: tuple[str, ...] = ()
    """Whom it is for, in the school's words."""
