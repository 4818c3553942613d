"""Discussions and messages: what is always there."""

from __future__ import annotations

from schoolsync.model import Discussion, Message
from tests.model.samples import always_set, not_said


def test_what_is_always_set() -> None:
    """A message has a time and a text, a discussion a subject line."""
    assert always_set(Message) == {"sent_at", "body_text"}
    assert always_set(Discussion) == {"title"}


def test_what_may_not_be_said() -> None:
    """How many are unread is a number only when the school counts."""
    assert {"unread", "is_closed", "created_at"} <= not_said(Discussion)
    assert {"author", "is_read"} <= not_said(Message)
