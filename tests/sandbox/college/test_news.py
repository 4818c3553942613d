"""What the college tells and asks: one of every kind for the first pupil."""

from __future__ import annotations

from schoolsync.flow.html import safe_html, text_of
from schoolsync.model import AttachmentKind, Response
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.news import HOSTILE, HOSTILE_CLEAN, HOSTILE_TEXT, NATURES, draw_news
from schoolsync.sandbox.college.news_papers import AnswerKind
from schoolsync.sandbox.college.roll import Teacher


def test_there_is_news_of_every_kind(college: SandboxCollege) -> None:
    """Read and not, confirmed and not, by teachers and the office, with files and links."""
    sheets = draw_news(college.desks["e1"])
    questions = [question for sheet in sheets for question in sheet.questions]
    assert {one.record.response for one in sheets} == set(Response) - {Response.CONSENT}
    assert {one.record.is_read for one in sheets} == {True, False}
    assert {one.record.is_acknowledged for one in sheets} == {True, False, None}
    assert {one.kind for one in questions} == set(AnswerKind)
    assert {one.is_anonymous for one in sheets} == {True, False}
    assert {isinstance(one.author, Teacher) for one in sheets} == {True, False}
    assert {file.kind for one in sheets for file in one.record.attachments} == set(AttachmentKind)
    assert {one.is_expected for one in questions} == {True, False}
    assert {one.record.category for one in sheets} == set(NATURES)
    assert max(len(one.questions) for one in sheets) == 3
    assert any(one.record.title is None for one in sheets)
    assert any(choice.is_free for one in questions for choice in one.choices)
    assert any(one.most for one in questions)


def test_what_is_hostile_becomes_harmless() -> None:
    """As it was worked out by hand, and as the one cleaner has it."""
    assert (safe_html(HOSTILE), text_of(HOSTILE)) == (HOSTILE_CLEAN, HOSTILE_TEXT)
    assert not any(word in HOSTILE_CLEAN for word in ("script", "alert", "onclick", "style", "img"))


def test_the_other_pupils_have_little_and_nothing(college: SandboxCollege) -> None:
    """One information, and an empty list; keys are told apart."""
    first, second, third = (draw_news(desk) for desk in college.desks.values())
    assert (len(second), third) == (1, [])
    keys = [sheet.record.key for sheet in (*first, *second)]
    assert len(keys) == len(set(keys))
