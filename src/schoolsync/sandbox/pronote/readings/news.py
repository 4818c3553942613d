"""Informations and surveys: what there is, what it asks, and what families answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from schoolsync.sandbox.college.news_papers import (
    Answer,
    AnswerKind,
    NewsQuestion,
    NewsSheet,
    answered,
    marked_read,
)
from schoolsync.sandbox.pronote.asked import asked_numbers
from schoolsync.sandbox.pronote.call import Call, Complaint, Reading, bare
from schoolsync.sandbox.pronote.encode.news import QUESTIONS, encode_news, encode_questions
from schoolsync.sandbox.pronote.things import expired, thing_called

__all__ = ["READINGS", "news", "save_news"]

RECEIVED = frozenset({0})
MODES = frozenset(range(4))
"""Received, sent, drafts, templates; families only ever receive."""


def news(call: Call) -> Mapping[str, Any]:
    """The pupil's news; or, on servers that have natures, the questions of one of them.

    Raises:
        Trouble: The one asked for is none of this session (22).
    """
    if call.generation.has_natures and call.data.get("genreRequeteActualite") == QUESTIONS:
        sheet = _sheet(call, call.data.get("actualite"))
        return encode_questions(call.ids, sheet, call.desk.file)
    modes = asked_numbers(call.data, "modesAffActus")
    asked = RECEIVED if modes is None else modes & MODES
    return encode_news(call.ids, call.desk.news, asked, call.desk.file, call.generation)


def save_news(call: Call) -> Mapping[str, Any]:
    """Nothing: the news are read, unread, answered or gone from now on; all that were named, or none.

    Raises:
        Trouble: One of them is none of this session (22).
        Complaint: An answer is not possible.
    """
    kept = {sheet.record.key: sheet for sheet in call.desk.news}
    for row in bare(call.data.get("listeActualites")) or ():
        sheet = _sheet(call, row)
        if row.get("supprimee"):
            del kept[sheet.record.key]
        else:
            kept[sheet.record.key] = _saved(call, sheet, row)
    call.desk.news[:] = kept.values()
    return {}


def _sheet(call: Call, given: object) -> NewsSheet:
    key = thing_called(call, given, "news")
    found = next((sheet for sheet in call.desk.news if sheet.record.key == key), None)
    if found is None:
        raise expired()
    return found


def _saved(call: Call, sheet: NewsSheet, row: Mapping[str, Any]) -> NewsSheet:
    """*sheet* as *row* says it is from now on."""
    if not row.get("marqueLueSeulement"):
        for given in _rows(row.get("listeQuestions")):
            name = thing_called(call, given, "question")
            sheet = _answered(call, sheet, int(name.rpartition(".")[2]), bare(given.get("reponse")) or {})
    is_read = row.get("lue")
    return marked_read(sheet, is_read=is_read) if isinstance(is_read, bool) else sheet


def _rows(given: Any) -> Iterable[Mapping[str, Any]]:
    rows: Iterable[Mapping[str, Any]] = bare(given) or ()
    return rows


def _answered(call: Call, sheet: NewsSheet, place: int, given: Mapping[str, Any]) -> NewsSheet:
    """*sheet* with what was answered to its question number *place*."""
    question = sheet.questions[place]
    if not given.get("avecReponse"):
        return sheet
    if not question.is_expected or question.kind is AnswerKind.NO_RECEIPT:
        raise Complaint("Aucune réponse n'est attendue.")
    return answered(sheet, place, _answer(question, given, Answer(call.now)))


def _answer(question: NewsQuestion, given: Mapping[str, Any], blank: Answer) -> Answer:
    match question.kind:
        case AnswerKind.RECEIPT:
            return blank
        case AnswerKind.TEXT:
            return attrs.evolve(blank, text=str(bare(given.get("valeurReponse")) or ""))
        case _:
            ranks = tuple(sorted(asked_numbers(given, "valeurReponse") or ()))
            _check(question, ranks)
            return attrs.evolve(blank, ranks=ranks, text=str(given.get("valeurReponseLibre") or ""))


def _check(question: NewsQuestion, ranks: tuple[int, ...]) -> None:
    """Refuse choices that there are not, and more of them than may be made."""
    most = 1 if question.kind is AnswerKind.SINGLE else question.most or len(question.choices)
    if not ranks or len(ranks) > most or not all(1 <= rank <= len(question.choices) for rank in ranks):
        raise Complaint("Cette réponse n'est pas possible.")


READINGS: Mapping[str, Reading] = {"PageActualites": news, "SaisieActualites": save_news}
"""Name of a function → what it does."""
