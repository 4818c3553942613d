"""Informations and surveys: a sheet says the same as its neutral record, and keeps doing so."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.model import Question, Response
from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.news_papers import (
    Answer,
    AnswerKind,
    Choice,
    NewsQuestion,
    NewsSheet,
    answered,
    marked_read,
    news_sheet,
)
from schoolsync.sandbox.college.resources import Link, document
from schoolsync.sandbox.college.staff import COUNSELLOR
from schoolsync.sandbox.college.year import ZONE

AT = dt.datetime(2026, 2, 10, 9, 30, 15, tzinfo=ZONE)
CHOICES = (Choice("Oui"), Choice("Non"), Choice("Autre", is_free=True))


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil."""
    return college.desks["e1"]


def _news(desk: CollegeDesk, *questions: NewsQuestion, **more: Any) -> NewsSheet:
    return news_sheet(desk, 99, "Nouvelle", AT, *questions, author=COUNSELLOR, category="Divers", **more)


def test_an_information_says_everything_twice(desk: CollegeDesk) -> None:
    """Who, when, for whom; shown for a month."""
    question = NewsQuestion(AnswerKind.NO_RECEIPT, "<p>Un<br>deux</p>")
    record = _news(desk, question).record
    assert (record.title, record.author, record.category) == ("Nouvelle", "CANEVAS R.", "Divers")
    assert (record.published_at, record.is_read) == (AT, False)
    assert record.visible_from == dt.datetime(2026, 2, 10, tzinfo=ZONE)
    assert record.visible_until == dt.datetime(2026, 3, 12, 23, 59, 59, tzinfo=ZONE)
    assert (record.body_html, record.body_text) == ("<p>Un<br>deux</p>", "Un\ndeux")
    assert (record.response, record.questions, record.is_acknowledged) == (Response.NONE, (), None)
    assert record.audience == ("EXAMPLE Louison",)


def test_a_receipt_is_waited_for_until_it_is_there(desk: CollegeDesk) -> None:
    """A school that does not wait still shows whether it has one."""
    asked = _news(desk, NewsQuestion(AnswerKind.RECEIPT, "Lu ?"))
    assert (asked.record.response, asked.record.is_acknowledged) == (Response.ACKNOWLEDGE, False)
    given = answered(asked, 0, Answer(AT))
    assert (given.record.response, given.record.is_acknowledged) == (Response.ACKNOWLEDGE, True)
    idle = _news(desk, NewsQuestion(AnswerKind.RECEIPT, "Lu ?", is_expected=False))
    assert (idle.record.response, idle.record.is_acknowledged) == (Response.NONE, False)


def test_a_survey_is_answered_rather_than_confirmed(desk: CollegeDesk) -> None:
    """Even if one of its questions only wants to be read."""
    record = _news(desk, NewsQuestion(AnswerKind.RECEIPT, "Lu ?"), is_survey=True).record
    assert (record.response, record.is_acknowledged) == (Response.SURVEY, None)


def test_a_survey_has_questions(desk: CollegeDesk) -> None:
    """In words; its files are counted through."""
    paper, link = document("x-1", "un.pdf"), Link("Deux", "https://deux.example.test/")
    sheet = _news(
        desk,
        NewsQuestion(AnswerKind.SINGLE, "<p>Oui ?</p>", CHOICES, papers=(paper,)),
        NewsQuestion(AnswerKind.TEXT, "<p>Pourquoi ?</p>", papers=(link,), is_expected=False),
        is_survey=True,
    )
    record = sheet.record
    assert record.response is Response.SURVEY
    assert record.questions == (
        Question(text="Oui ?", choices=("Oui", "Non", "Autre"), can_answer=True),
        Question(text="Pourquoi ?", can_answer=False),
    )
    assert [(one.name, one.ref, one.url) for one in record.attachments] == [
        ("un.pdf", (record.key, 0), None),
        ("Deux", (record.key, 1), "https://deux.example.test/"),
    ]
    assert (record.body_text, record.is_acknowledged) == ("Oui ?\n\nPourquoi ?", None)


def test_answers_are_told_in_words(desk: CollegeDesk) -> None:
    """Choices by their labels, and what was written; the other questions stay as they are."""
    sheet = _news(
        desk,
        NewsQuestion(AnswerKind.MULTIPLE, "Quoi ?", CHOICES),
        NewsQuestion(AnswerKind.TEXT, "Pourquoi ?"),
        is_survey=True,
    )
    chosen = answered(sheet, 0, Answer(AT, "peut-être", (1, 3)))
    assert [one.answers for one in chosen.record.questions] == [("Oui", "Autre", "peut-être"), ()]
    written = answered(chosen, 1, Answer(AT, "Parce que."))
    assert [one.answers for one in written.record.questions][1] == ("Parce que.",)
    assert sheet.record.questions[0].answers == ()


def test_reading_changes_nothing_else(desk: CollegeDesk) -> None:
    """And can be taken back."""
    sheet = _news(desk, NewsQuestion(AnswerKind.RECEIPT, "Lu ?"))
    read = marked_read(sheet, is_read=True)
    assert read.record == sheet.record.model_copy(update={"is_read": True})
    assert marked_read(read, is_read=False) == sheet


def test_a_body_may_be_cleaner_than_what_was_typed(desk: CollegeDesk) -> None:
    """Where somebody says what is left of it."""
    question = NewsQuestion(AnswerKind.NO_RECEIPT, "<b onclick=x>Non</b>")
    record = _news(desk, question, clean_html="<b>Oui</b>", text="Oui").record
    assert (record.body_html, record.body_text) == ("<b>Oui</b>", "Oui")


def test_nothing_typed_is_no_body(desk: CollegeDesk) -> None:
    """Neither HTML nor text."""
    record = _news(desk, NewsQuestion(AnswerKind.NO_RECEIPT, "")).record
    assert (record.body_html, record.body_text) == (None, "")
