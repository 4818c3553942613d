"""What families and the college write to each other: one discussion of every kind."""

from __future__ import annotations

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.letters import DRAFTS, TRASH
from schoolsync.sandbox.college.messages import draw_discussions


def test_there_is_a_discussion_of_every_kind(college: SandboxCollege) -> None:
    """Begun by either side, unread, closed, a draft, thrown away; plain and HTML; with papers."""
    sheets = draw_discussions(college.desks["e1"])
    letters = [message.letter for sheet in sheets for message in sheet.messages]
    assert {sheet.initiator is None for sheet in sheets} == {True, False}
    assert {sheet.record.is_closed for sheet in sheets} == {True, False}
    assert {sheet.labels for sheet in sheets} == {frozenset(), frozenset({DRAFTS}), frozenset({TRASH})}
    assert sorted(sheet.record.unread or 0 for sheet in sheets) == [0, 0, 0, 1]
    assert {letter.is_html for letter in letters} == {True, False}
    assert max(len(letter.papers) for letter in letters) == 2
    assert max(len(sheet.others) for sheet in sheets) == 2
    assert {bool(sheet.record.title) for sheet in sheets} == {True, False}


def test_what_is_hostile_becomes_harmless(college: SandboxCollege) -> None:
    """In the message that is HTML."""
    (record,) = (
        message.record
        for sheet in draw_discussions(college.desks["e1"])
        for message in sheet.messages
        if message.letter.is_html
    )
    assert (
        record.body_html == "<div><p>Merci&nbsp;!</p><p>Le <b>plan</b> &amp; l'adresse sont joints.</p></div>"
    )
    assert record.body_text == "Merci !\n\nLe plan & l'adresse sont joints."


def test_the_other_pupils_have_little_and_nothing(college: SandboxCollege) -> None:
    """One discussion, and none; messages come in the order in which they were sent."""
    first, second, third = (draw_discussions(desk) for desk in college.desks.values())
    assert (len(second), third) == (1, [])
    for sheet in (*first, *second):
        times = [message.sent_at for message in sheet.record.messages]
        assert times == sorted(times)
    keys = [message.key for sheet in (*first, *second) for message in sheet.record.messages]
    assert len(keys) == len(set(keys))
