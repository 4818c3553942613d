"""Informations and surveys on the wire: `PageActualites`.

Servers since 2026.2.4 say `nature` and give the questions only when asked for one
piece of news; older ones say `categorie` and give them at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from schoolsync.sandbox.college.news import NATURES
from schoolsync.sandbox.college.news_papers import AnswerKind, NewsQuestion, NewsSheet
from schoolsync.sandbox.college.roll import PupilFile
from schoolsync.sandbox.pronote.encode.givers import giver_element
from schoolsync.sandbox.pronote.encode.people import PUPIL, pupil_element
from schoolsync.sandbox.pronote.encode.resources import encode_papers
from schoolsync.sandbox.pronote.encode.words import day, element, html, listed, moment, one, ranked
from schoolsync.sandbox.pronote.generations import Generation
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["LIST", "QUESTIONS", "encode_news", "encode_questions"]

LIST, QUESTIONS = 0, 1
"""What `PageActualites` is asked for: everything in short, or the questions of one."""
LONGEST_ANSWER = 200
CHOICES = frozenset({AnswerKind.SINGLE, AnswerKind.MULTIPLE})

Said: TypeAlias = dict[str, Any]


def encode_news(
    ids: Ids, sheets: Iterable[NewsSheet], modes: Iterable[int], file: PupilFile, generation: Generation
) -> Said:
    """The news for a pupil, newest first, in each of the asked *modes*: 0 holds what was received."""
    newest = sorted(sheets, key=lambda sheet: sheet.record.published_at, reverse=True)
    received = [_news(ids, sheet, file, generation) for sheet in newest]
    return {
        "genreRequeteActualite": LIST,
        "listeNatures" if generation.has_natures else "listeCategories": listed(
            _nature(ids, name, estDefaut=name == NATURES[0]) for name in NATURES
        ),
        "listeModesAff": [
            {"G": mode, "listeActualites": listed(received if mode == 0 else [])} for mode in sorted(modes)
        ],
    }


def encode_questions(ids: Ids, sheet: NewsSheet, file: PupilFile) -> Said:
    """What one piece of news says and asks."""
    return {
        "genreRequeteActualite": QUESTIONS,
        "detailsActualite": {"listeQuestions": _questions(ids, sheet, file)},
    }


def _nature(ids: Ids, name: str, **more: Any) -> Said:
    return element(ids.of(49, f"nature:{name}"), name, **more)


def _news(ids: Ids, sheet: NewsSheet, file: PupilFile, generation: Generation) -> Said:
    record = sheet.record
    said = {
        "N": ids.of(43, f"news:{record.key}"),
        "auteur": record.author,
        "estAuteur": False,
        "elmauteur": one(giver_element(ids, sheet.author)),
        "lue": record.is_read,
        "estInformation": not sheet.is_survey,
        "estSondage": sheet.is_survey,
        "reponseAnonyme": sheet.is_anonymous,
        "dateCreation": moment(record.published_at),
        "genrePublic": PUPIL,
        "public": one(pupil_element(ids, file)),
    }
    if record.title:
        said["L"] = record.title
    if record.visible_from and record.visible_until:
        said |= {"dateDebut": day(record.visible_from), "dateFin": day(record.visible_until)}
    nature = one(_nature(ids, record.category or ""))
    if generation.has_natures:
        return said | {"nature": nature, "informationListeContenu": _summary(sheet)}
    return said | {"categorie": nature, "listeQuestions": _questions(ids, sheet, file)}


def _summary(sheet: NewsSheet) -> Said:
    """What newer servers tell of the questions before somebody asks."""
    waiting = [question for question in sheet.questions if question.is_expected]
    return {
        "avecPJ": bool(sheet.record.attachments),
        "aToutRepondu": all(question.answer is not None for question in waiting),
        "avecCommandeVisuResultat": False,
    }


def _questions(ids: Ids, sheet: NewsSheet, file: PupilFile) -> Said:
    rows = enumerate(sheet.questions)
    key = sheet.record.key
    return listed(_question(ids, f"{key}.{place}", place, question, file) for place, question in rows)


def _question(ids: Ids, name: str, place: int, question: NewsQuestion, file: PupilFile) -> Said:
    choices = [
        element(ids.of(61, f"choice:{name}.{rank}"), choice.label, rang=rank, estReponseLibre=choice.is_free)
        for rank, choice in enumerate(question.choices, 1)
    ]
    return element(ids.of(61, f"question:{name}"), f"Question {place + 1}") | {
        "P": place,
        "rang": place + 1,
        "titre": "",
        "genreReponse": int(question.kind),
        "texte": html(question.markup),
        "tailleReponse": LONGEST_ANSWER,
        "avecMaximum": bool(question.most),
        "nombreReponsesMax": question.most,
        "listePiecesJointes": encode_papers(ids, question.papers),
        "listeChoix": listed(choices),
        "reponse": one(_answer(ids, name, question, file)),
    }


def _answer(ids: Ids, name: str, question: NewsQuestion, file: PupilFile) -> Said:
    answer, is_expected = question.answer, question.is_expected and question.kind is not AnswerKind.NO_RECEIPT
    said = {
        "N": ids.of(62, f"answer:{name}") if answer else "0",
        "avecReponse": answer is not None,
        "estReponseAttendue": is_expected,
        "estRepondant": is_expected,
        "strRepondant": file.pupil.name,
    }
    if answer is None:
        return said
    said["reponduLe"] = day(answer.given_at)
    if question.kind in CHOICES:
        free = {"valeurReponseLibre": answer.text} if answer.text else {}
        return said | {"valeurReponse": ranked(answer.ranks)} | free
    return said | {"valeurReponse": answer.text}
