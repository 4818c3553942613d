"""Informations and surveys of the invented collège, each around its neutral record."""

from __future__ import annotations

import datetime as dt
from enum import IntEnum
from itertools import chain
from typing import Any

import attrs

from schoolsync.flow.html import safe_html, text_of
from schoolsync.model import Announcement, Question, Response
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.punishments import Giver
from schoolsync.sandbox.college.resources import Paper, attachments
from schoolsync.sandbox.papers import named

__all__ = [
    "Answer",
    "AnswerKind",
    "Choice",
    "NewsQuestion",
    "NewsSheet",
    "answered",
    "marked_read",
    "news_sheet",
]

END_OF_DAY = dt.time(23, 59, 59)
MONTH = dt.timedelta(days=30)


class AnswerKind(IntEnum):
    """What kind of answer a question takes; the server's numbers."""

    RECEIPT = 0
    """That it was read."""
    TEXT = 1
    SINGLE = 2
    """One choice."""
    MULTIPLE = 3
    """Several choices."""
    NO_RECEIPT = 4
    """None, as of an information that is only to be read."""


@attrs.frozen
class Choice:
    """Something that can be answered."""

    label: str
    """The answer."""
    is_free: bool = False
    """Whether the family may write what they mean by it."""


@attrs.frozen
class Answer:
    """What a family answered."""

    given_at: dt.datetime
    """When."""
    text: str = ""
    """What they wrote."""
    ranks: tuple[int, ...] = ()
    """Which choices they made, from 1."""


@attrs.frozen
class NewsQuestion:
    """One question of a survey, or the one text of an information."""

    kind: AnswerKind
    """Which answers it takes."""
    markup: str
    """The text as typed."""
    choices: tuple[Choice, ...] = ()
    """What can be chosen."""
    papers: tuple[Paper, ...] = ()
    """Files and links."""
    most: int = 0
    """How many choices may be made; 0: any number."""
    is_expected: bool = True
    """Whether the school waits for an answer, or takes another one."""
    answer: Answer | None = None
    """What was answered."""

    @property
    def answers(self) -> tuple[str, ...]:
        """The answer in words."""
        if self.answer is None:
            return ()
        chosen = (self.choices[rank - 1].label for rank in self.answer.ranks)
        return (*chosen, *filter(None, (self.answer.text,)))

    @property
    def question(self) -> Question:
        """As a correct client delivers it."""
        return Question(
            text=text_of(self.markup),
            choices=tuple(choice.label for choice in self.choices),
            answers=self.answers,
            can_answer=self.is_expected,
        )


@attrs.frozen
class NewsSheet:
    """One information or survey."""

    record: Announcement
    """As a correct client delivers it."""
    author: Giver
    """Who wrote it."""
    questions: tuple[NewsQuestion, ...]
    """Of an information exactly one."""
    is_survey: bool = False
    """Whether it asks something."""
    is_anonymous: bool = False
    """Whether the school does not see who answered what."""


def news_sheet(
    desk: CollegeDesk,
    number: int,
    title: str | None,
    published_at: dt.datetime,
    *questions: NewsQuestion,
    author: Giver,
    category: str,
    is_read: bool = False,
    clean_html: str | None = None,
    text: str | None = None,
    **more: Any,
) -> NewsSheet:
    """A sheet whose neutral record says the same as its other fields.

    Args:
        desk: Of the pupil for whom it is.
        number: Tells the pupil's news apart.
        title: Heading.
        published_at: When; it is shown from that day on, for a month.
        questions: Of an information exactly one.
        author: Who wrote it.
        category: The school's own.
        is_read: Whether it was read.
        clean_html: The body as it may be shown, where that is more than `flow.html` says.
        text: The same as text.
        more: Fields of `NewsSheet`.
    """
    identity, start = named("announcement", number, desk.pupil), published_at.date()
    markup = "\n".join(question.markup for question in questions)
    papers = chain.from_iterable(question.papers for question in questions)
    record = Announcement(
        **identity,
        title=title,
        body_html=clean_html or safe_html(markup) or None,
        body_text=text or text_of(markup),
        author=author.name,
        category=category,
        published_at=published_at,
        visible_from=dt.datetime.combine(start, dt.time(), desk.year.zone),
        visible_until=dt.datetime.combine(start + MONTH, END_OF_DAY, desk.year.zone),
        is_read=is_read,
        attachments=attachments(identity["key"], papers),
        audience=(desk.pupil.name,),
    )
    return _restated(NewsSheet(record, author, questions, **more))


def marked_read(sheet: NewsSheet, *, is_read: bool) -> NewsSheet:
    """*sheet*, read or not."""
    return attrs.evolve(sheet, record=sheet.record.model_copy(update={"is_read": is_read}))


def answered(sheet: NewsSheet, place: int, answer: Answer) -> NewsSheet:
    """*sheet* with *answer* to its question number *place*, from 0."""
    questions = [*sheet.questions]
    questions[place] = attrs.evolve(questions[place], answer=answer)
    return _restated(attrs.evolve(sheet, questions=tuple(questions)))


def _restated(sheet: NewsSheet) -> NewsSheet:
    """*sheet* with what its record says of answers."""
    receipts = [one for one in sheet.questions if one.kind is AnswerKind.RECEIPT]
    update = {
        "response": _response(sheet, receipts),
        "questions": tuple(one.question for one in sheet.questions) if sheet.is_survey else (),
        "is_acknowledged": receipts[0].answer is not None if receipts and not sheet.is_survey else None,
    }
    return attrs.evolve(sheet, record=sheet.record.model_copy(update=update))


def _response(sheet: NewsSheet, receipts: list[NewsQuestion]) -> Response:
    if sheet.is_survey:
        return Response.SURVEY
    return Response.ACKNOWLEDGE if any(one.is_expected for one in receipts) else Response.NONE
