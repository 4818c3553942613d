"""Announcements: what is always there, and what is only said sometimes."""

from __future__ import annotations

import datetime as dt

from schoolsync.model import Announcement, Question, Response
from tests.model.samples import COMMON, LONDON, always_set, not_said

SENT = dt.datetime(2026, 3, 1, 7, 30, tzinfo=LONDON)


def test_what_is_always_set() -> None:
    """A text, maybe empty, and the time."""
    assert always_set(Announcement) == {"body_text", "published_at"}
    assert always_set(Question) == {"text"}


def test_what_may_not_be_said() -> None:
    """Read, confirmed and answerable are facts only when the school says so; pinned is a fact of the list."""
    assert not_said(Announcement) == {
        *("title", "body_html", "author", "category", "visible_from", "visible_until"),
        *("is_read", "is_acknowledged"),
    }
    assert not_said(Question) == {"can_answer"}
    plain = Announcement(key="announcement-1", body_text="", published_at=SENT, **COMMON)
    assert plain.is_pinned is False
    assert plain.response is Response.NONE


def test_the_words_for_an_answer() -> None:
    """What the school can expect back."""
    assert set(Response) == {"none", "acknowledge", "survey", "consent"}
