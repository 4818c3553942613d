"""Discussions and their messages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Discussion, Identity, Message
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.attached import attachments, settled
from schoolsync.providers.pronote.mapping.mapped import Context, mapped_rows, name, rich
from schoolsync.providers.pronote.schema.messages import (
    DiscussionRow,
    DiscussionsPage,
    MessageRow,
    MessagesPage,
    ParticipantsPage,
)

__all__ = ["read_label", "to_discussions", "to_messages"]

YESTERDAY = "hier"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
LABEL = re.compile(
    rf"(?:le\s+)?(?P<word>{'|'.join((YESTERDAY, *WEEKDAYS))})?\s*"
    r"(?:(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?)?\s*"
    r"(?:à\s*)?(?:(?P<hour>\d{1,2})[h:](?P<minute>\d{2}))?",
    re.ASCII,
)
CENTURY = 2000
OLDEST = 9
"""Years that a date without a year may lie back: a 29 February is never further away."""
ME = "Moi"
"""The author's name on what the account wrote, where the server does not say so otherwise."""


def to_discussions(
    context: Context,
    page: Page[DiscussionsPage],
    now: dt.datetime,
    *,
    opened: Mapping[str, Page[MessagesPage]] | None = None,
    participants: Mapping[str, Page[ParticipantsPage]] | None = None,
) -> list[Discussion]:
    """The discussions in the server's order, which puts the newest message first.

    A key is made of the title and of who began it: when it began is not known before it is opened.
    Those that are alike in both are numbered by whom they are with, then by their last message.

    Losses: the user's labels, drafts.

    Args:
        context: The pupil.
        page: The list.
        now: What dates without a year or a day are counted from; aware.
        opened: By the discussion's id in this session, its messages. Without them `messages` is
            empty and `created_at` unknown.
        participants: By the discussion's id, who takes part; without it, whom the list names.
    """
    context.issues.extend(page.issues)
    make = partial(_discussions, context, participants or {})
    found = mapped_rows(context, page, page.data.rows, make, "listeMessagerie")
    keyed = keys.keyed(
        "discussion",
        found,
        lambda pair: (context.pupil.key, pair[1].title, name(pair[0].initiator)),
        lambda pair: (name(pair[0].others), _last(context, pair[0], now)),
    )
    known = opened or {}
    return [_opened(context, one, key, known.get(row.id or ""), now) for (row, one), key in keyed]


def _discussions(
    context: Context, participants: Mapping[str, Page[ParticipantsPage]], row: DiscussionRow, raw: Any
) -> Iterator[tuple[DiscussionRow, Discussion]]:
    """The row's discussion; nothing for a message inside one, which the flattened tree lists too."""
    if not row.is_thread:
        return
    page = participants.get(row.id or "")
    labels = [one.label for one in page.data.participants] if page else [row.initiator, row.others]
    discussion = Discussion(
        **context.common(raw),
        key=context.place,
        identity=Identity.DERIVED,
        provider_id=row.id,
        title=name(row.title) or "",
        participants=tuple(dict.fromkeys(called for called in map(name, labels) if called)),
        unread=row.unread,
        is_closed=row.is_closed,
    )
    yield row, discussion


def _last(context: Context, row: DiscussionRow, now: dt.datetime) -> dt.datetime | None:
    """When its last message was sent, as far as the label tells."""
    try:
        return context.local(read_label(row.date_label, now.astimezone(context.zone)))
    except ValueError:
        return None


def _opened(
    context: Context, discussion: Discussion, key: str, page: Page[MessagesPage] | None, now: dt.datetime
) -> Discussion:
    """*discussion* under its key, with the messages of *page*."""
    messages = tuple(to_messages(context, page, now, within=key)) if page else ()
    began = messages[0].sent_at if messages else None
    return discussion.model_copy(update={"key": key, "messages": messages, "created_at": began})


# -- messages -------------------------------------------------------------------


def to_messages(
    context: Context, page: Page[MessagesPage], now: dt.datetime, *, within: str
) -> list[Message]:
    """The messages of one discussion, oldest first.

    Losses: to whom each one went, whether it was an aside.

    Args:
        context: The pupil.
        page: The messages.
        now: What dates without a year or a day are counted from; aware.
        within: Key of the discussion; it is a part of theirs.
    """
    context.issues.extend(page.issues)
    make = partial(_messages, context, now.astimezone(context.zone))
    found = mapped_rows(context, page, page.data.messages, make, "listeMessages")
    lasting = settled(
        context,
        found,
        lambda messages: keys.with_keys(
            "message",
            messages,
            lambda message: (within, message.sent_at, message.author),
            lambda message: (message.body_text,),
        ),
    )
    return sorted(lasting, key=lambda message: (message.sent_at.timestamp(), message.key))


def _messages(context: Context, now: dt.datetime, row: MessageRow, raw: Any) -> Iterator[Message]:
    markup, text = _body(row)
    is_own = row.author == ME if row.is_own is None else row.is_own
    yield Message(
        **context.common(raw),
        key=context.place,
        identity=Identity.DERIVED,
        provider_id=row.id,
        sent_at=context.local(row.sent_at or read_label(row.date_label, now)),
        author=None if is_own else name(row.author),
        body_html=markup,
        body_text=text,
        is_read=row.is_read,
        attachments=attachments(context, context.place, row.files),
    )


def _body(row: MessageRow) -> tuple[str | None, str]:
    """HTML and text; what is said to be no HTML is text only."""
    return (None, (row.body or "").strip()) if row.is_html is False else rich(row.body)


# -- dates ----------------------------------------------------------------------


def read_label(label: str | None, now: dt.datetime) -> dt.datetime:
    """A time of the school's clock out of `lundi 10h15`, `10h15`, `samedi 18/04` or `13/06/26`.

    What is not said is chosen so that the time lies before *now*, as near to it as can be. A day
    alone is its midnight.

    Args:
        label: As the server writes it.
        now: The present, in the school's zone.

    Raises:
        ValueError: It is no such label, or of no day that there was.

    Evidence: read; `hier` is a guess.
    """
    found = LABEL.fullmatch((label or "").strip().casefold())
    said = found.groupdict() if found else {}
    if not any(said.values()):
        raise ValueError("no date as discussions show it")
    time = dt.time(int(said["hour"] or 0), int(said["minute"] or 0))
    if said["day"]:
        return dt.datetime.combine(_dated(said, now.date()), time)
    return dt.datetime.combine(_worded(said["word"], time, now), time)


def _dated(said: Mapping[str, str | None], today: dt.date) -> dt.date:
    """The day of a date; without a year, the last one of that name and date."""
    day, month = int(said["day"] or 0), int(said["month"] or 0)
    if said["year"]:
        year = int(said["year"])
        return dt.date(year if year >= CENTURY else CENTURY + year, month, day)
    for year in range(today.year, today.year - OLDEST, -1):
        found = _existing(year, month, day)
        if found and found <= today and said["word"] in {None, WEEKDAYS[found.weekday()]}:
            return found
    raise ValueError("a date that there was not")


def _existing(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _worded(word: str | None, time: dt.time, now: dt.datetime) -> dt.date:
    """Today, yesterday, or the last day called *word* that had *time* before *now*."""
    today = now.date()
    if word is None:
        return today
    if word == YESTERDAY:
        return today - dt.timedelta(days=1)
    back = (today.weekday() - WEEKDAYS.index(word)) % 7
    if back == 0 and time > now.time():
        back = 7
    return today - dt.timedelta(days=back)
