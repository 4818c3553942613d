"""Discussions: a sheet says the same as its neutral record, whatever becomes of it."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.letters import (
    TRASH,
    DiscussionSheet,
    Letter,
    discussion_sheet,
    labelled,
    marked,
    shut,
    with_letter,
)
from schoolsync.sandbox.college.resources import document
from schoolsync.sandbox.college.roll import TEACHERS
from schoolsync.sandbox.college.staff import COUNSELLOR
from schoolsync.sandbox.college.year import ZONE

AT = dt.datetime(2026, 2, 10, 9, 30, tzinfo=ZONE)
LATER = AT + dt.timedelta(hours=1)
MODELE = TEACHERS[0]


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil."""
    return college.desks["e1"]


@pytest.fixture
def sheet(desk: CollegeDesk) -> DiscussionSheet:
    """A teacher's question and the family's answer."""
    question = Letter("Qui vient ?", AT, MODELE, is_read=False)
    return discussion_sheet(desk, 9, "Sortie", (MODELE, COUNSELLOR), question, Letter("Nous.", LATER))


def test_a_discussion_says_everything_twice(sheet: DiscussionSheet) -> None:
    """Who begins it, who takes part, what is not read yet; the oldest message first."""
    record = sheet.record
    assert (record.title, record.created_at, record.unread) == ("Sortie", AT, 1)
    assert (record.participants, record.is_closed) == (("MODELE A.", "CANEVAS R."), False)
    assert [one.author for one in record.messages] == ["MODELE A.", None]
    assert record.messages == tuple(one.record for one in sheet.messages)
    assert sheet.initiator is MODELE


def test_people_are_told_as_the_list_tells_them(desk: CollegeDesk) -> None:
    """Who began it, then all others in one text; each once."""
    letter, own = Letter("Bonjour", AT, MODELE), Letter("Bonjour", AT)
    alone = discussion_sheet(desk, 9, "", (MODELE,), letter)
    both = discussion_sheet(desk, 9, "", (COUNSELLOR, MODELE), letter)
    asked = discussion_sheet(desk, 9, "", (COUNSELLOR, MODELE), own)
    assert [one.public for one in (alone, both, asked)] == [
        "MODELE A.",
        "CANEVAS R.",
        "CANEVAS R., MODELE A.",
    ]
    assert [one.record.participants for one in (alone, both, asked)] == [
        ("MODELE A.",),
        ("MODELE A.", "CANEVAS R."),
        ("CANEVAS R., MODELE A.",),
    ]


def test_each_message_answers_the_one_before(desk: CollegeDesk, sheet: DiscussionSheet) -> None:
    """Unless it says which one it answers."""
    first, second = sheet.record.messages
    more = with_letter(desk, sheet, Letter("Merci", LATER, MODELE), first.key)
    assert [one.answers for one in more.messages] == [None, first.key, first.key]
    assert [one.answers for one in with_letter(desk, more, Letter("?", LATER)).messages][-1] == (
        more.messages[-1].record.key
    )
    assert len({one.key for one in more.record.messages} | {second.key}) == 3


def test_plain_text_stays_what_it_is(desk: CollegeDesk) -> None:
    """HTML becomes safe HTML, and text."""
    plain = discussion_sheet(desk, 9, "", (MODELE,), Letter("a <b> & c\nd", AT)).record.messages[0]
    assert (plain.body_html, plain.body_text) == (None, "a <b> & c\nd")
    letter = Letter("<p onclick=x>a &amp; b</p>", AT, is_html=True, papers=(document("x-1", "un.pdf"),))
    rich = discussion_sheet(desk, 9, "", (MODELE,), letter).record.messages[0]
    assert (rich.body_html, rich.body_text) == ("<p>a &amp; b</p>", "a & b")
    assert [(one.name, one.ref) for one in rich.attachments] == [("un.pdf", (rich.key, 0))]


def test_reading_and_unreading(sheet: DiscussionSheet) -> None:
    """One's own messages are always read."""
    read = marked(sheet, is_read=True)
    assert (read.record.unread, [one.is_read for one in read.record.messages]) == (0, [True, True])
    assert marked(read, is_read=False) == sheet
    assert sheet.record.unread == 1


def test_labels_and_closing_change_nothing_else(sheet: DiscussionSheet) -> None:
    """And can be taken back."""
    thrown = labelled(sheet, TRASH, is_on=True)
    assert (thrown.labels, thrown.record) == (frozenset({TRASH}), sheet.record)
    assert labelled(thrown, TRASH, is_on=False) == sheet
    closed = shut(sheet, is_closed=True)
    assert closed.record == sheet.record.model_copy(update={"is_closed": True})
    assert shut(closed, is_closed=False) == sheet
