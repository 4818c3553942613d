"""Discussions of the invented collège, each around its neutral record, and what may become of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from schoolsync.flow.html import safe_html, text_of
from schoolsync.model import Discussion, Message
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.punishments import Giver
from schoolsync.sandbox.college.resources import Paper, attachments
from schoolsync.sandbox.papers import named

__all__ = [
    "DRAFTS",
    "TRASH",
    "DiscussionSheet",
    "Letter",
    "MessageSheet",
    "discussion_sheet",
    "labelled",
    "marked",
    "shut",
    "with_letter",
]

DRAFTS, TRASH = 4, 5
"""Labels of a discussion; the server's numbers."""


@attrs.frozen
class Letter:
    """A message as it is written."""

    body: str
    """What is said, plain or as HTML."""
    sent_at: dt.datetime
    """When."""
    author: Giver | None = None
    """Who wrote it; `None`: the family."""
    is_html: bool = False
    """Whether `body` is HTML."""
    is_read: bool = True
    """Whether the family has read it."""
    papers: tuple[Paper, ...] = ()
    """Files and links."""


@attrs.frozen
class MessageSheet:
    """One message of a discussion."""

    record: Message
    """As a correct client delivers it."""
    letter: Letter
    """As it was written."""
    answers: str | None = None
    """Key of the message that it answers; `None`: it begins the discussion."""


@attrs.frozen
class DiscussionSheet:
    """One thread of messages."""

    record: Discussion
    """As a correct client delivers it once the thread is open."""
    others: tuple[Giver, ...]
    """Who takes part beside the family."""
    messages: tuple[MessageSheet, ...] = ()
    """Oldest first."""
    labels: frozenset[int] = frozenset()
    """Under which labels the family has put it: `DRAFTS`, `TRASH`."""

    @property
    def initiator(self) -> Giver | None:
        """Who began it; `None`: the family."""
        return self.messages[0].letter.author if self.messages else None

    @property
    def public(self) -> str:
        """Who takes part beside family and initiator, in one text; the initiator where there is nobody else.

        Evidence: read for one other person, inferred for several.
        """
        others = [one.name for one in self.others if one != self.initiator]
        return ", ".join(others or [one.name for one in self.others])


def discussion_sheet(
    desk: CollegeDesk,
    number: int,
    title: str,
    others: tuple[Giver, ...],
    *letters: Letter,
    is_closed: bool = False,
    labels: Iterable[int] = (),
) -> DiscussionSheet:
    """A thread whose neutral record says the same as its other fields.

    Args:
        desk: Of the pupil whom it concerns.
        number: Tells the pupil's discussions apart.
        title: Its subject line.
        others: Who takes part beside the family.
        letters: The messages, oldest first, each answering the one before.
        is_closed: Whether no answer is taken any more.
        labels: As in `DiscussionSheet`.
    """
    record = Discussion(
        **named("discussion", number, desk.pupil),
        title=title,
        is_closed=is_closed,
    )
    sheet = DiscussionSheet(record, others, labels=frozenset(labels))
    for letter in letters:
        sheet = with_letter(desk, sheet, letter)
    return sheet


# -- changes ------------------------------------------------------------------------


def with_letter(
    desk: CollegeDesk, sheet: DiscussionSheet, letter: Letter, answers: str | None = None
) -> DiscussionSheet:
    """*sheet* with one more message; it answers the one with the key *answers*, or the last one."""
    last = sheet.messages[-1].record.key if sheet.messages else None
    number = f"{sheet.record.key.rpartition('-')[2]}.{len(sheet.messages) + 1}"
    identity = named("message", number, desk.pupil)
    record = Message(
        **identity,
        sent_at=letter.sent_at,
        author=letter.author.name if letter.author else None,
        body_html=safe_html(letter.body) if letter.is_html else None,
        body_text=text_of(letter.body) if letter.is_html else letter.body,
        is_read=letter.is_read,
        attachments=attachments(identity["key"], letter.papers),
    )
    return _restated(sheet, [*sheet.messages, MessageSheet(record, letter, answers or last)])


def marked(sheet: DiscussionSheet, *, is_read: bool) -> DiscussionSheet:
    """*sheet* with all its messages read, or those of others unread."""
    return _restated(sheet, [_marked(one, is_read or one.letter.author is None) for one in sheet.messages])


def _marked(message: MessageSheet, is_read: bool) -> MessageSheet:
    return attrs.evolve(
        message,
        record=message.record.model_copy(update={"is_read": is_read}),
        letter=attrs.evolve(message.letter, is_read=is_read),
    )


def labelled(sheet: DiscussionSheet, label: int, *, is_on: bool) -> DiscussionSheet:
    """*sheet* with or without *label*."""
    return attrs.evolve(sheet, labels=sheet.labels | {label} if is_on else sheet.labels - {label})


def shut(sheet: DiscussionSheet, *, is_closed: bool) -> DiscussionSheet:
    """*sheet*, closed or open again."""
    return attrs.evolve(sheet, record=sheet.record.model_copy(update={"is_closed": is_closed}))


def _restated(sheet: DiscussionSheet, messages: list[MessageSheet]) -> DiscussionSheet:
    """*sheet* with *messages*, and what its record says of them."""
    sheet = attrs.evolve(sheet, messages=tuple(messages))
    records = tuple(one.record for one in messages)
    initiator = (sheet.initiator.name,) if sheet.initiator else ()
    update = {
        "created_at": records[0].sent_at,
        "participants": tuple(dict.fromkeys((*initiator, sheet.public))),
        "unread": sum(not one.is_read for one in records),
        "messages": records,
    }
    return attrs.evolve(sheet, record=sheet.record.model_copy(update=update))
