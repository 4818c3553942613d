"""Surveys: their questions, what was answered, and what is replied."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import BadArgument
from schoolsync.model import Announcement
from schoolsync.providers.pronote.calls.news import Reply
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.news import to_announcements, to_receipts, to_replies
from schoolsync.providers.pronote.schema.news import NewsDetailsPage, NewsPage, QuestionRow
from tests.providers.pronote.papers import (
    INTRODUCTION,
    MANY_QUESTION,
    MEETING,
    ONE_QUESTION,
    RECEIPT,
    REPLY,
    SURVEY,
    TEXT_QUESTION,
    answered,
    news,
)
from tests.providers.pronote.persons import changed, context, element, listed, page


def announced(*rows: dict[str, Any], about: Context | None = None) -> list[Announcement]:
    """What *rows* become."""
    return to_announcements(about or context(), page("PageActualites", NewsPage, news(*rows)))


def surveyed(*questions: dict[str, Any]) -> Announcement:
    """A survey of *questions*."""
    (found,) = announced(changed(SURVEY, listeQuestions=listed(*questions)))
    return found


# -- surveys ------------------------------------------------------------------------------


def test_a_survey_has_its_questions_in_their_order() -> None:
    """Text to read is no question; all texts together are the body."""
    (found,) = announced(SURVEY)
    assert found.response == "survey"
    assert [question.text for question in found.questions] == [
        "Régime ?",
        "Quelle sortie ?",
        "Quels jours ?",
    ]
    assert [question.choices for question in found.questions] == [
        (),
        ("Randonnée", "Voile", "Autre"),
        ("Randonnée", "Voile", "Autre"),
    ]
    assert {(question.answers, question.can_answer) for question in found.questions} == {((), True)}
    assert found.body_text == "Bonjour,\n\nRégime ?\n\nQuelle sortie ?\n\nQuels jours ?"
    assert found.body_html == ("<p>Bonjour,</p>\n<p>Régime ?</p>\n<p>Quelle sortie ?</p>\nQuels jours ?")


@pytest.mark.parametrize(
    ("question", "reply", "answers"),
    [
        (TEXT_QUESTION, {"avecReponse": True, "valeurReponse": "Végétarien"}, ("Végétarien",)),
        (TEXT_QUESTION, {"avecReponse": True, "valeurReponse": ""}, ()),
        (TEXT_QUESTION, {"avecReponse": False, "valeurReponse": "Végétarien"}, ()),
        (ONE_QUESTION, {"avecReponse": True, "valeurReponse": {"_T": 26, "V": "[2]"}}, ("Voile",)),
        (ONE_QUESTION, {"avecReponse": True, "valeurReponse": {"_T": 8, "V": "[2]"}}, ("Voile",)),
        (ONE_QUESTION, {"avecReponse": True, "valeurReponse": 2}, ("Voile",)),
        (ONE_QUESTION, {"avecReponse": True, "valeurReponse": [2]}, ("Voile",)),
        (TEXT_QUESTION, {"avecReponse": True, "valeurReponse": 12}, ("12",)),
        (MANY_QUESTION, {"avecReponse": True, "valeurReponse": "[1..2]"}, ("Randonnée", "Voile")),
        (
            MANY_QUESTION,
            {"avecReponse": True, "valeurReponse": "[1,3]", "valeurReponseLibre": "Cinéma"},
            ("Randonnée", "Cinéma"),
        ),
        (MANY_QUESTION, {"avecReponse": True, "valeurReponse": "[3]"}, ("Autre",)),
    ],
)
def test_what_was_answered_so_far(
    question: dict[str, Any], reply: dict[str, Any], answers: tuple[str, ...]
) -> None:
    """Text, or labels by their ranks; own words in place of "other"."""
    (found,) = surveyed(answered(question, **reply)).questions
    assert found.answers == answers


def test_choices_are_known_by_their_ranks_not_their_places() -> None:
    """Both ways."""
    choices = listed({"L": "Non", "rang": 2}, {"L": "Oui", "rang": 1})
    reply = element(**(REPLY | {"avecReponse": True, "valeurReponse": "[2]"}))
    question = changed(ONE_QUESTION, listeChoix=choices, reponse=reply)
    assert surveyed(question).questions[0].answers == ("Non",)
    assert to_replies(rows(question), ["Non"])[0].ranks == (2,)


def test_choices_without_ranks_are_counted() -> None:
    """From 1."""
    question = changed(
        ONE_QUESTION,
        listeChoix=listed({"L": "Oui"}, {"L": "Non"}),
        reponse=element(**(REPLY | {"avecReponse": True, "valeurReponse": "[2]"})),
    )
    assert surveyed(question).questions[0].answers == ("Non",)


@pytest.mark.parametrize(("is_expected", "can"), [(True, True), (False, False), (None, None)])
def test_whether_an_answer_is_still_taken(is_expected: bool | None, can: bool | None) -> None:
    """As the server says."""
    (found,) = surveyed(answered(TEXT_QUESTION, estReponseAttendue=is_expected)).questions
    assert found.can_answer is can


def test_a_question_without_text_is_called_by_its_title_or_label() -> None:
    """In this order."""
    nameless = changed(TEXT_QUESTION, texte=None, titre="Repas", L="Question 1")
    assert surveyed(nameless).questions[0].text == "Repas"
    assert surveyed(changed(nameless, titre="")).questions[0].text == "Question 1"


@pytest.mark.parametrize(
    ("question", "value"),
    [
        *((ONE_QUESTION, value) for value in ("peut-être", {"a": 1}, ["a"], [[1]], 1.5)),
        *((TEXT_QUESTION, value) for value in ({"a": 1}, ["a"])),
    ],
)
def test_a_senseless_answer_costs_its_row_only(question: dict[str, Any], value: object) -> None:
    """With its place."""
    about = context()
    senseless = answered(question, avecReponse=True, valeurReponse=value)
    row = changed(SURVEY, listeQuestions=listed(senseless))
    assert [found.provider_id for found in announced(row, MEETING, about=about)] == ["43#Ac1"]
    assert [issue.path for issue in about.issues] == ["PageActualites.listeModesAff.0.listeActualites.0"]


# -- replies ----------------------------------------------------------------------------------


def rows(*questions: dict[str, Any]) -> tuple[QuestionRow, ...]:
    """*questions*, read by the schema."""
    said = {"detailsActualite": {"listeQuestions": listed(*questions)}}
    return page("PageActualites", NewsDetailsPage, said).data.details.questions


def test_a_receipt_confirms_each_question_that_wants_one() -> None:
    """With an empty text."""
    found = to_receipts(rows(RECEIPT, TEXT_QUESTION))
    assert [(reply.question.id, reply.text, reply.ranks) for reply in found] == [("61#Qu1", "", None)]


def test_answers_are_given_in_the_order_of_the_questions() -> None:
    """The announcement's, whatever the server's; one text or several labels."""
    found = to_replies(
        rows(MANY_QUESTION, INTRODUCTION, ONE_QUESTION, TEXT_QUESTION),
        ["Végétarien", "Voile", ["Cinéma", "Randonnée"]],
    )
    assert [(reply.question.id, reply.text, reply.ranks, reply.own_words) for reply in found] == [
        ("61#Q1", "Végétarien", None, None),
        ("61#Q2", "", (2,), None),
        ("61#Q3", "", (1, 3), "Cinéma"),
    ]


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        (TEXT_QUESTION, []),
        (TEXT_QUESTION, ["a", "b"]),
        (TEXT_QUESTION, "a"),
        (TEXT_QUESTION, ["x" * 21]),
        (ONE_QUESTION, [["Voile", "Randonnée"]]),
        (MANY_QUESTION, [["Voile", "Randonnée", "Autre"]]),
        (changed(ONE_QUESTION, listeChoix=listed({"L": "Oui"})), ["Peut-être"]),
    ],
)
def test_answers_that_cannot_be_right_are_refused(question: dict[str, Any], answers: Any) -> None:
    """Before anything is sent; the error does not quote the answer."""
    with pytest.raises(BadArgument) as caught:
        to_replies(rows(question), answers)
    assert "Peut" not in str(caught.value)


def test_without_a_limit_all_choices_may_be_taken() -> None:
    """The number counts only with its switch."""
    question = changed(MANY_QUESTION, avecMaximum=False)
    (found,) = to_replies(rows(question), [["Voile", "Randonnée", "Autre"]])
    assert found.ranks == (1, 2, 3)
    assert isinstance(found, Reply)
