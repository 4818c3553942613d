"""Announcements out of informations and surveys, and answers to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.errors import BadArgument
from schoolsync.model import Announcement, Identity, Question, Response
from schoolsync.providers.pronote.calls.news import Reply
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.attached import attachments, settled
from schoolsync.providers.pronote.mapping.mapped import Context, mapped_rows, name, rich, said
from schoolsync.providers.pronote.schema.news import (
    ChoiceRow,
    NewsDetailsPage,
    NewsPage,
    NewsRow,
    QuestionRow,
)
from schoolsync.providers.pronote.schema.words import read_numbers

__all__ = ["needing_details", "to_announcements", "to_receipts", "to_replies"]

RECEIPT, TEXT, ONE_CHOICE, CHOICES, NO_RECEIPT, NO_ANSWER = range(6)
"""Kinds of answers."""
SILENT = frozenset((RECEIPT, NO_RECEIPT, NO_ANSWER))
"""Kinds that are no question of a survey: text to read, or to confirm."""


def needing_details(page: Page[NewsPage]) -> list[NewsRow]:
    """The received news that lack their text and have an id to ask for it by, in the server's order."""
    return [row for _, rows in page.data.received for row in rows if row.needs_details and row.id]


def to_announcements(
    context: Context, page: Page[NewsPage], details: Mapping[str, Page[NewsDetailsPage]] | None = None
) -> list[Announcement]:
    """What the account received, newest first.

    Losses: who else was asked, what the others answered.

    Args:
        context: The pupil.
        page: The list.
        details: By id in this session, the text of those that the list shows without: see
            `needing_details`. One that is not there has no text and no questions.
    """
    known = {} if details is None else details
    context.issues.extend(page.issues)
    for told in known.values():
        context.issues.extend(told.issues)
    found: list[Announcement] = []
    for way, rows in page.data.received:
        found.extend(mapped_rows(context, page, rows, partial(_announcements, context, known), *way))
    lasting = settled(context, found, keys.with_announcement_keys)
    return sorted(lasting, key=lambda one: (one.published_at.timestamp(), one.key), reverse=True)


def _announcements(
    context: Context, details: Mapping[str, Page[NewsDetailsPage]], row: NewsRow, raw: Any
) -> Iterable[Announcement]:
    questions = _questions_of(row, details)
    markup, text = _body(questions)
    key = context.place
    yield Announcement(
        **context.common(raw),
        key=key,
        identity=Identity.DERIVED,
        provider_id=row.id,
        title=name(row.label),
        body_html=markup,
        body_text=text,
        author=name(row.author),
        category=_category(row),
        published_at=_published_at(context, row),
        visible_from=context.start_of(row.first_day) if row.first_day else None,
        visible_until=context.end_of(row.last_day) if row.last_day else None,
        is_read=row.is_read,
        is_acknowledged=_is_acknowledged(questions),
        response=_response(row, questions),
        questions=tuple(map(_question, _asked(questions))) if row.is_survey else (),
        attachments=attachments(context, key, (file for question in questions for file in question.files)),
        audience=_audience(row),
    )


def _questions_of(row: NewsRow, details: Mapping[str, Page[NewsDetailsPage]]) -> tuple[QuestionRow, ...]:
    """The questions of *row* in their order, from the list or from its details."""
    found = details.get(row.id or "")
    questions = row.questions if found is None else found.data.details.questions
    return tuple(sorted(questions or (), key=lambda question: question.rank or 0))


def _body(questions: Iterable[QuestionRow]) -> tuple[str | None, str]:
    """What there is to read: the texts of all questions, one below the other."""
    written = [rich(question.text) for question in questions]
    markup = "\n".join(markup for markup, _ in written if markup)
    return markup or None, "\n\n".join(text for _, text in written if text)


def _category(row: NewsRow) -> str | None:
    """The word of newer servers, else that of older ones."""
    return next((name(said_.label) for said_ in (row.nature, row.category) if said_), None)


def _published_at(context: Context, row: NewsRow) -> dt.datetime:
    """When it was written; where that is not said, from when it is shown.

    Raises:
        ValueError: Neither is said.
    """
    if row.created_at is not None:
        return context.local(row.created_at)
    if row.first_day is None:
        raise ValueError("news of no day")
    return context.start_of(row.first_day)


def _is_acknowledged(questions: Iterable[QuestionRow]) -> bool | None:
    """Whether every receipt was given; `None` where none is asked for, or nothing is said."""
    given = [row.reply.is_given for row in questions if row.reply and row.reply_kind == RECEIPT]
    return all(given) if given and None not in given else None


def _response(row: NewsRow, questions: Iterable[QuestionRow]) -> Response:
    if row.is_survey:
        return Response.SURVEY
    wants_receipt = any(
        question.reply_kind == RECEIPT and question.reply and question.reply.is_expected
        for question in questions
    )
    return Response.ACKNOWLEDGE if wants_receipt else Response.NONE


def _audience(row: NewsRow) -> tuple[str, ...]:
    called = name(row.audience.label) if row.audience else None
    return (called,) if called else ()


# -- questions ------------------------------------------------------------------


def _asked(questions: Iterable[QuestionRow]) -> list[QuestionRow]:
    """Those that an answer is written or chosen for."""
    return [question for question in questions if question.reply_kind not in SILENT]


def _question(row: QuestionRow) -> Question:
    return Question(
        text=said(row.text) or name(row.title) or name(row.label) or "",
        choices=tuple(map(_called, row.choices)),
        answers=_answers(row),
        can_answer=row.reply.is_expected if row.reply else None,
    )


def _called(choice: ChoiceRow) -> str:
    return name(choice.label) or ""


def _answers(row: QuestionRow) -> tuple[str, ...]:
    """What was answered: text, or the labels of what was chosen; own words in place of "other"."""
    reply = row.reply
    if reply is None or not reply.is_given or reply.value is None or reply.value == "":
        return ()
    if not row.choices:
        return (_words(reply.value),)
    ranks = _ranks(reply.value)
    chosen = [choice for place, choice in enumerate(row.choices, 1) if _rank(choice, place) in ranks]
    return tuple((choice.is_free and said(reply.own_words)) or _called(choice) for choice in chosen)


def _words(value: object) -> str:
    """An answer in words.

    Raises:
        ValueError: Something else.
    """
    if isinstance(value, str | int | float):
        return str(value)
    raise ValueError("no answer in words")


def _rank(choice: ChoiceRow, place: int) -> int:
    return place if choice.rank is None else choice.rank


def _ranks(value: object) -> frozenset[int]:
    """The ranks that were chosen: a set of numbers, or one number.

    Raises:
        ValueError: Something else.
    """
    if isinstance(value, int):
        return frozenset((value,))
    ranks = read_numbers(value)
    if isinstance(ranks, tuple | list) and all(isinstance(rank, int) for rank in ranks):
        return frozenset(ranks)
    raise ValueError("no set of choices")


# -- towards the server ---------------------------------------------------------


def to_receipts(questions: Iterable[QuestionRow]) -> tuple[Reply, ...]:
    """What confirms that *questions* were read: one reply to each that wants a receipt."""
    return tuple(Reply(row) for row in questions if row.reply_kind == RECEIPT)


def to_replies(questions: Iterable[QuestionRow], answers: Sequence[str | Sequence[str]]) -> tuple[Reply, ...]:
    """The replies to a survey.

    Args:
        questions: As the server lists them.
        answers: One for each `Question` of the announcement, in order: text, or labels of choices;
            what is no label is the answer in one's own words, where the question has such a choice.

    Raises:
        BadArgument: Not one answer for each question, no such choice, too many of them, or too long
            a text.
    """
    asked = _asked(sorted(questions, key=lambda question: question.rank or 0))
    if isinstance(answers, str) or len(answers) != len(asked):
        raise BadArgument("answers", f"one for each question is expected: {len(asked)}")
    return tuple(_reply(row, answer) for row, answer in zip(asked, answers, strict=True))


def _reply(row: QuestionRow, answer: str | Sequence[str]) -> Reply:
    given = (answer,) if isinstance(answer, str) else tuple(answer)
    if row.choices:
        return _choice(row, given)
    text = "\n".join(given)
    if row.most_characters and len(text) > row.most_characters:
        raise BadArgument("answers", f"at most {row.most_characters} characters are taken")
    return Reply(row, text=text)


def _choice(row: QuestionRow, given: Sequence[str]) -> Reply:
    most = 1 if row.reply_kind == ONE_CHOICE else (row.most_choices if row.has_limit else None)
    if most and len(given) > most:
        raise BadArgument("answers", f"at most {most} of the choices can be taken")
    ranks: list[int] = []
    own_words: str | None = None
    for said_ in given:
        rank, words = _chosen(row, said_)
        ranks.append(rank)
        own_words = words or own_words
    return Reply(row, ranks=tuple(sorted(set(ranks))), own_words=own_words)


def _chosen(row: QuestionRow, answer: str) -> tuple[int, str | None]:
    """The rank of the choice that *answer* names; its own words when it names none."""
    for place, choice in enumerate(row.choices, 1):
        if _called(choice) == answer:
            return _rank(choice, place), None
    for place, choice in enumerate(row.choices, 1):
        if choice.is_free:
            return _rank(choice, place), answer
    raise BadArgument("answers", "no such choice: see `Question.choices`")
