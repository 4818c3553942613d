"""Announcements out of hand-written news, and replies to surveys."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.errors import BadArgument, UnexpectedShape
from schoolsync.model import Announcement
from schoolsync.providers.pronote.calls.news import Reply
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.mapped import Context, Shelved
from schoolsync.providers.pronote.mapping.news import (
    needing_details,
    to_announcements,
    to_receipts,
    to_replies,
)
from schoolsync.providers.pronote.schema.news import NewsDetailsPage, NewsPage, QuestionRow
from tests.providers.pronote.persons import bare, changed, context, day, element, listed, page

ZONE = ZoneInfo("Europe/Paris")
REPLY: dict[str, Any] = {
    "N": "0",
    "avecReponse": False,
    "estReponseAttendue": True,
    "estRepondant": True,
    "strRepondant": "EXAMPLE Louison",
}
RECEIPT: dict[str, Any] = {
    "N": "61#Qu1",
    "L": "Question 1",
    "rang": 1,
    "titre": "",
    "genreReponse": 0,
    "texte": {"_T": 21, "V": "<p>Réunion &agrave; 18h.</p>"},
    "listePiecesJointes": listed({"N": "48#PJ1", "G": 1, "L": "plan.pdf"}),
    "listeChoix": listed(),
    "reponse": element(**REPLY),
}
MEETING: dict[str, Any] = {
    "N": "43#Ac1",
    "L": "Réunion parents &amp; professeurs",
    "auteur": "MODELE A.",
    "lue": False,
    "estInformation": True,
    "estSondage": False,
    "dateCreation": day("01/10/2025 14:12:00"),
    "dateDebut": day("02/10/2025"),
    "dateFin": day("31/10/2025"),
    "genrePublic": 4,
    "public": element(N="46#Louison1", L="EXAMPLE Louison", G=4),
    "categorie": element(N="49#A", L="Vie de l'établissement"),
    "listeQuestions": listed(RECEIPT),
}
CHOICES = listed(
    {"N": "62#1", "L": "Randonnée", "rang": 1},
    {"N": "62#2", "L": "Voile", "rang": 2},
    {"N": "62#3", "L": "Autre", "rang": 3, "estReponseLibre": True},
)
TEXT_QUESTION: dict[str, Any] = {
    "N": "61#Q1",
    "rang": 1,
    "genreReponse": 1,
    "tailleReponse": 20,
    "texte": {"_T": 21, "V": "<p>Régime ?</p>"},
    "reponse": element(**REPLY),
}
ONE_QUESTION: dict[str, Any] = {
    "N": "61#Q2",
    "rang": 2,
    "genreReponse": 2,
    "texte": {"_T": 21, "V": "<p>Quelle sortie ?</p>"},
    "listeChoix": CHOICES,
    "reponse": element(**REPLY),
}
MANY_QUESTION: dict[str, Any] = changed(
    ONE_QUESTION,
    N="61#Q3",
    rang=3,
    genreReponse=3,
    avecMaximum=True,
    nombreReponsesMax=2,
    texte="Quels jours ?",
)
INTRODUCTION: dict[str, Any] = {"N": "61#Q0", "rang": 0, "genreReponse": 5, "texte": "<p>Bonjour,</p>"}
SURVEY: dict[str, Any] = changed(
    MEETING,
    N="43#Ac2",
    L="Sortie",
    estInformation=False,
    estSondage=True,
    listeQuestions=listed(MANY_QUESTION, ONE_QUESTION, INTRODUCTION, TEXT_QUESTION),
)


def news(*rows: dict[str, Any], mode: int | None = 0, **more: Any) -> dict[str, Any]:
    """A list of news as servers send it."""
    return {"listeModesAff": [{"G": mode, "listeActualites": listed(*rows)}], **more}


def announced(
    said: dict[str, Any],
    details: dict[str, Page[NewsDetailsPage]] | None = None,
    *,
    about: Context | None = None,
    keep_raw: bool = False,
) -> list[Announcement]:
    """What *said* becomes."""
    found = page("PageActualites", NewsPage, said, keep_raw=keep_raw)
    return to_announcements(about or context(), found, details)


def one(**change: Any) -> Announcement:
    """What the meeting becomes with something changed."""
    (found,) = announced(news(changed(MEETING, **change)))
    return found


def answered(question: dict[str, Any], **reply: Any) -> dict[str, Any]:
    """*question* with an answer."""
    return changed(question, reponse=element(**(REPLY | reply)))


def surveyed(*questions: dict[str, Any]) -> Announcement:
    """A survey of *questions*."""
    (found,) = announced(news(changed(SURVEY, listeQuestions=listed(*questions))))
    return found


# -- an information ---------------------------------------------------------------


def test_every_field_of_an_information() -> None:
    """As the semantics fix it."""
    about = context()
    (found,) = announced(news(MEETING), about=about)
    assert (found.identity, found.provider_id) == ("derived", "43#Ac1")
    assert (found.title, found.author) == ("Réunion parents & professeurs", "MODELE A.")
    assert (found.body_html, found.body_text) == ("<p>Réunion à 18h.</p>", "Réunion à 18h.")
    assert found.category == "Vie de l'établissement"
    assert found.published_at.isoformat() == "2025-10-01T14:12:00+02:00"
    assert found.visible_from == dt.datetime(2025, 10, 2, tzinfo=ZONE)
    assert found.visible_until == dt.datetime(2025, 10, 31, 23, 59, 59, tzinfo=ZONE)
    assert (found.is_read, found.is_acknowledged, found.is_pinned) == (False, False, False)
    assert (found.response, found.questions) == ("acknowledge", ())
    assert found.audience == ("EXAMPLE Louison",)
    assert [(file.name, file.kind, file.ref) for file in found.attachments] == [
        ("plan.pdf", "file", (found.key, 0))
    ]
    assert about.files == {(found.key, 0): Shelved("48#PJ1", "plan.pdf")}
    assert about.issues == []


def test_bare_values_are_read_as_typed_ones_are() -> None:
    """Whichever the server writes."""
    assert announced(bare(news(MEETING, SURVEY))) == announced(news(MEETING, SURVEY))


def test_the_word_of_newer_servers_comes_before_that_of_older_ones() -> None:
    """`nature` since 2026.2.4, `categorie` before; neither is no category."""
    assert one(nature=element(L="Orientation")).category == "Orientation"
    assert one(categorie=None).category is None
    assert one(categorie=None, nature=element(L="Orientation")).category == "Orientation"


@pytest.mark.parametrize(
    ("kind", "is_expected", "is_given", "response", "is_acknowledged"),
    [
        (0, True, False, "acknowledge", False),
        (0, True, True, "acknowledge", True),
        (0, False, False, "none", False),
        (0, None, None, "none", None),
        (4, False, False, "none", None),
        (5, True, True, "none", None),
        (None, True, True, "none", None),
    ],
)
def test_a_receipt_is_asked_for_and_given(
    kind: int | None, is_expected: bool | None, is_given: bool | None, response: str, is_acknowledged: object
) -> None:
    """Only a question of kind 0 wants one; what is not said stays unsaid."""
    reply = element(**(REPLY | {"estReponseAttendue": is_expected, "avecReponse": is_given}))
    found = one(listeQuestions=listed(changed(RECEIPT, genreReponse=kind, reponse=reply)))
    assert (found.response, found.is_acknowledged, found.questions) == (response, is_acknowledged, ())


def test_what_is_missing_or_null_is_not_said() -> None:
    """All but a day may be gone."""
    empty = dict.fromkeys(MEETING) | {"dateCreation": day("01/10/2025 14:12:00")}
    for row in (empty, {"dateCreation": "01/10/2025 14:12:00"}):
        (found,) = announced(news(row))
        assert (found.title, found.author, found.category, found.body_html) == (None, None, None, None)
        assert (found.body_text, found.is_read, found.is_acknowledged) == ("", None, None)
        assert (found.visible_from, found.visible_until) == (None, None)
        assert (found.response, found.attachments, found.audience) == ("none", (), ())


def test_without_a_creation_the_first_day_counts_and_without_both_the_row_is_lost() -> None:
    """An announcement has a time; the row beside it stays."""
    about = context()
    dayless = changed(MEETING, N="43#3", dateCreation=None, dateDebut=None)
    (found,) = announced(news(dayless, changed(MEETING, dateCreation=None)), about=about)
    assert found.published_at.isoformat() == "2025-10-02T00:00:00+02:00"
    assert [(issue.path, issue.is_row_lost) for issue in about.issues] == [
        ("PageActualites.listeModesAff.0.listeActualites.0", True)
    ]


def test_a_senseless_row_is_an_error_in_strict_mode() -> None:
    """With its place."""
    dayless = changed(MEETING, dateCreation=None, dateDebut=None)
    with pytest.raises(UnexpectedShape, match=r"listeModesAff\.0\.listeActualites\.0"):
        announced(news(dayless), about=context(is_strict=True))


def test_what_was_sent_is_kept_when_asked_for() -> None:
    """Typed values and all."""
    (found,) = announced(news(MEETING), about=context(keeps_raw=True), keep_raw=True)
    assert found.raw == MEETING


def test_scripts_are_not_handed_out() -> None:
    """HTML is cleaned."""
    question = changed(RECEIPT, texte="<p onclick='x()'>Bonjour<script>x()</script></p>")
    found = one(listeQuestions=listed(question))
    assert (found.body_html, found.body_text) == ("<p>Bonjour</p>", "Bonjour")


# -- which list -----------------------------------------------------------------------


def test_only_what_was_received_is_announced() -> None:
    """Not what the account sent, drafted or keeps as a template; newest first."""
    later = changed(MEETING, N="43#Ac3", dateCreation=day("03/10/2025 08:00:00"))
    said = news(MEETING, later)
    said["listeModesAff"] += [{"G": mode, "listeActualites": listed(MEETING)} for mode in (1, 2, 3)]
    assert [found.provider_id for found in announced(said)] == ["43#Ac3", "43#Ac1"]


@pytest.mark.parametrize(
    "said",
    [
        {"listeActualites": listed(MEETING)},
        {"listeActualites": [MEETING], "listeModesAff": None},
        news(MEETING, mode=None),
        news(MEETING, listeActualites=listed(MEETING)),
    ],
)
def test_servers_of_every_year_list_it_once(said: dict[str, Any]) -> None:
    """2021 has one list; later ones one for each mode, and some still the old one beside them."""
    assert [found.provider_id for found in announced(said)] == ["43#Ac1"]


# -- details ------------------------------------------------------------------------------


def detailed(*questions: dict[str, Any]) -> Page[NewsDetailsPage]:
    """The answer about one news."""
    said = {"genreRequeteActualite": 1, "detailsActualite": {"listeQuestions": listed(*questions)}}
    return page("PageActualites", NewsDetailsPage, said)


def unlisted(row: dict[str, Any], **change: Any) -> dict[str, Any]:
    """*row* as servers since 2026.2.4 list it."""
    return {key: value for key, value in row.items() if key != "listeQuestions"} | change


def test_details_fill_what_the_list_leaves_out() -> None:
    """The same announcement as from the list of an older server."""
    row = unlisted(MEETING, informationListeContenu={"avecPJ": True, "aToutRepondu": False})
    assert announced(news(row), {"43#Ac1": detailed(RECEIPT)}) == announced(news(MEETING))


def test_without_details_there_is_no_text_yet() -> None:
    """And nothing is made up: a survey is one, its questions are not known."""
    (found,) = announced(news(unlisted(SURVEY)))
    assert (found.body_html, found.body_text, found.questions) == (None, "", ())
    assert (found.response, found.is_acknowledged) == ("survey", None)


def test_details_are_needed_for_rows_without_questions_only() -> None:
    """A list that is there and empty needs none, and neither does what cannot be asked for."""
    said = news(
        unlisted(MEETING),
        SURVEY,
        changed(MEETING, N="43#Ac4", listeQuestions=listed()),
        unlisted(MEETING, N=None),
        changed(MEETING, N="43#Ac5", listeQuestions=None),
    )
    said["listeModesAff"].append({"G": 1, "listeActualites": listed(unlisted(MEETING, N="43#Sent"))})
    found = needing_details(page("PageActualites", NewsPage, said))
    assert [row.id for row in found] == ["43#Ac1", "43#Ac5"]


# -- surveys ------------------------------------------------------------------------------


def test_a_survey_has_its_questions_in_their_order() -> None:
    """Text to read is no question; all texts together are the body."""
    (found,) = announced(news(SURVEY))
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


def test_a_senseless_set_of_choices_costs_its_row_only() -> None:
    """With its place."""
    about = context()
    senseless = answered(ONE_QUESTION, avecReponse=True, valeurReponse="peut-être")
    said = news(changed(SURVEY, listeQuestions=listed(senseless)), MEETING)
    assert [found.provider_id for found in announced(said, about=about)] == ["43#Ac1"]
    assert [issue.path for issue in about.issues] == ["PageActualites.listeModesAff.0.listeActualites.0"]


# -- keys -----------------------------------------------------------------------------------


def test_a_key_survives_a_new_log_in_and_a_correction() -> None:
    """Neither ids nor text, title or state are part of it; time and author are."""
    before = one()
    after = one(N="43#Later", L="Réunion", lue=True, listeQuestions=listed(), public=None)
    assert before.key == after.key
    assert one(auteur="FACTICE B.").key != before.key
    assert one(dateCreation=day("01/10/2025 14:13:00")).key != before.key


def test_twins_do_not_merge_whatever_their_order() -> None:
    """Two of one author in one minute; each keeps its files."""
    other = changed(
        MEETING,
        N="43#Twin",
        L="Autre réunion",
        listeQuestions=listed(changed(RECEIPT, listePiecesJointes=listed({"N": "48#2", "G": 1, "L": "b"}))),
    )
    about = context()
    first = announced(news(MEETING, other), about=about)
    second = announced(news(other, MEETING))
    assert len({found.key for found in first}) == 2
    assert {found.provider_id: found.key for found in first} == {
        found.provider_id: found.key for found in second
    }
    keys = {found.provider_id: found.key for found in first}
    assert about.files == {
        (keys["43#Ac1"], 0): Shelved("48#PJ1", "plan.pdf"),
        (keys["43#Twin"], 0): Shelved("48#2", "b"),
    }


# -- replies ----------------------------------------------------------------------------------


def rows(*questions: dict[str, Any]) -> tuple[QuestionRow, ...]:
    """*questions*, read by the schema."""
    return detailed(*questions).data.details.questions


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
