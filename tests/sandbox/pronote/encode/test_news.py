"""Informations and surveys on the wire, on both sides of 2026.2.4."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.news_papers import (
    Answer,
    AnswerKind,
    Choice,
    NewsQuestion,
    NewsSheet,
    news_sheet,
)
from schoolsync.sandbox.college.resources import Link, document
from schoolsync.sandbox.college.staff import COUNSELLOR
from schoolsync.sandbox.college.year import ZONE
from schoolsync.sandbox.pronote.encode.news import encode_news, encode_questions
from schoolsync.sandbox.pronote.generations import CURRENT, GENERATIONS, Generation
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

IDS = Ids(b"a session")
AT = dt.datetime(2026, 2, 10, 9, 30, 15, tzinfo=ZONE)
CATEGORY = {"N": IDS.of(49, "nature:Divers"), "L": "Divers"}
PUPIL = {"N": IDS.of(46, "pupil:e1"), "L": "EXAMPLE Louison", "G": 4}
CHOICES = (Choice("Oui"), Choice("Autre", is_free=True))


@pytest.fixture
def desk(college: SandboxCollege) -> CollegeDesk:
    """The desk of the first pupil."""
    return college.desks["e1"]


def _news(
    desk: CollegeDesk, *questions: NewsQuestion, title: str | None = "Nouvelle", **more: Any
) -> NewsSheet:
    return news_sheet(desk, 1, title, AT, *questions, author=COUNSELLOR, category="Divers", **more)


def _row(desk: CollegeDesk, sheet: NewsSheet, generation: Generation = CURRENT) -> Any:
    said = unwrapped(encode_news(IDS, [sheet], [0], desk.file, generation))
    return said["listeModesAff"][0]["listeActualites"][0]


def _questions(desk: CollegeDesk, sheet: NewsSheet) -> Any:
    said = unwrapped(encode_questions(IDS, sheet, desk.file))
    assert said["genreRequeteActualite"] == 1
    return said["detailsActualite"]["listeQuestions"]


def test_an_information_with_everything(desk: CollegeDesk) -> None:
    """As newer servers tell it: with a nature, and only what its questions come to."""
    paper = document("x-1", "un.pdf")
    sheet = _news(desk, NewsQuestion(AnswerKind.RECEIPT, "<p>Lu ?</p>", papers=(paper,)))
    assert _row(desk, sheet) == {
        "N": IDS.of(43, "news:announcement-e1-1"),
        "L": "Nouvelle",
        "auteur": "CANEVAS R.",
        "estAuteur": False,
        "elmauteur": {"N": IDS.of(34, "staff:s1"), "L": "CANEVAS R.", "G": 34},
        "lue": False,
        "estInformation": True,
        "estSondage": False,
        "reponseAnonyme": False,
        "dateCreation": "10/02/2026 09:30:15",
        "dateDebut": "10/02/2026",
        "dateFin": "12/03/2026",
        "genrePublic": 4,
        "public": PUPIL,
        "nature": CATEGORY,
        "informationListeContenu": {
            "avecPJ": True,
            "aToutRepondu": False,
            "avecCommandeVisuResultat": False,
        },
    }


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_older_servers_tell_everything_at_once(desk: CollegeDesk, generation: Generation) -> None:
    """And say category for nature, of each and of all."""
    sheet = _news(desk, NewsQuestion(AnswerKind.NO_RECEIPT, "<p>Lu ?</p>"))
    said, row = (
        unwrapped(encode_news(IDS, [sheet], [0], desk.file, generation)),
        _row(desk, sheet, generation),
    )
    if generation.version >= (2026, 2, 4):
        assert (row["nature"], "categorie" in row, "listeQuestions" in row) == (CATEGORY, False, False)
        names, other = said["listeNatures"], "listeCategories"
    else:
        assert (row["categorie"], "nature" in row) == (CATEGORY, False)
        assert row["listeQuestions"] == _questions(desk, sheet)
        names, other = said["listeCategories"], "listeNatures"
    assert (names[0]["L"], names[0]["estDefaut"]) == ("Vie de l'établissement", True)
    assert other not in said


def test_news_without_a_title_has_none(desk: CollegeDesk) -> None:
    """Not even an empty one."""
    assert "L" not in _row(desk, _news(desk, NewsQuestion(AnswerKind.NO_RECEIPT, ""), title=None))


def test_what_was_asked_for_is_there_newest_first(college: SandboxCollege) -> None:
    """Families have only received things."""
    desk = college.desks["e1"]
    said = unwrapped(encode_news(IDS, desk.news, {3, 0, 1}, desk.file, CURRENT))
    modes = said["listeModesAff"]
    assert [(one["G"], len(one["listeActualites"])) for one in modes] == [(0, len(desk.news)), (1, 0), (3, 0)]
    newest = sorted(desk.news, key=lambda sheet: sheet.record.published_at, reverse=True)
    expected = [IDS.of(43, f"news:{sheet.record.key}") for sheet in newest]
    assert [one["N"] for one in modes[0]["listeActualites"]] == expected


def test_a_question_with_everything(desk: CollegeDesk) -> None:
    """Text, files and links, choices by their rank; what was answered so far: nothing."""
    papers = (document("x-1", "un.pdf"), Link("Deux", "https://deux.example.test/"))
    sheet = _news(
        desk,
        NewsQuestion(AnswerKind.TEXT, "<p>Un</p>"),
        NewsQuestion(AnswerKind.MULTIPLE, "<p>Deux</p>", CHOICES, papers, most=2),
        is_survey=True,
        is_anonymous=True,
    )
    name = "announcement-e1-1.1"
    said = _questions(desk, sheet)[1]
    assert [(one["N"], one["G"], one.get("url")) for one in said.pop("listePiecesJointes")] == [
        (IDS.of(48, "file:x-1"), 1, None),
        (IDS.of(48, "link:https://deux.example.test/"), 0, "https://deux.example.test/"),
    ]
    assert said == {
        "N": IDS.of(61, f"question:{name}"),
        "L": "Question 2",
        "P": 1,
        "rang": 2,
        "titre": "",
        "genreReponse": 3,
        "texte": "<p>Deux</p>",
        "tailleReponse": 200,
        "avecMaximum": True,
        "nombreReponsesMax": 2,
        "listeChoix": [
            {"N": IDS.of(61, f"choice:{name}.1"), "L": "Oui", "rang": 1, "estReponseLibre": False},
            {"N": IDS.of(61, f"choice:{name}.2"), "L": "Autre", "rang": 2, "estReponseLibre": True},
        ],
        "reponse": {
            "N": "0",
            "avecReponse": False,
            "estReponseAttendue": True,
            "estRepondant": True,
            "strRepondant": "EXAMPLE Louison",
        },
    }
    row = _row(desk, sheet)
    assert (row["estInformation"], row["estSondage"], row["reponseAnonyme"]) == (False, True, True)


@pytest.mark.parametrize(
    ("kind", "answer", "sent"),
    [
        (AnswerKind.RECEIPT, Answer(AT), {"valeurReponse": ""}),
        (AnswerKind.TEXT, Answer(AT, "Oui."), {"valeurReponse": "Oui."}),
        (AnswerKind.SINGLE, Answer(AT, ranks=(2,)), {"valeurReponse": "[2]"}),
        (
            AnswerKind.MULTIPLE,
            Answer(AT, "vélo", (1, 2)),
            {"valeurReponse": "[1..2]", "valeurReponseLibre": "vélo"},
        ),
    ],
)
def test_an_answer_is_told_by_its_kind(
    desk: CollegeDesk, kind: AnswerKind, answer: Answer, sent: dict[str, str]
) -> None:
    """Nothing, a text, or ranks; and when it was given."""
    sheet = _news(desk, NewsQuestion(kind, "?", CHOICES, answer=answer), is_survey=True)
    (question,) = _questions(desk, sheet)
    said = question["reponse"]
    assert {name: said[name] for name in said if name.startswith("valeur")} == sent
    assert (said["avecReponse"], said["reponduLe"]) == (True, "10/02/2026")
    assert IDS.thing(said["N"]) == "answer:announcement-e1-1.0"
    assert _row(desk, sheet)["informationListeContenu"]["aToutRepondu"] is True


@pytest.mark.parametrize(
    ("question", "is_expected"),
    [
        (NewsQuestion(AnswerKind.RECEIPT, ""), True),
        (NewsQuestion(AnswerKind.RECEIPT, "", is_expected=False), False),
        (NewsQuestion(AnswerKind.NO_RECEIPT, ""), False),
    ],
)
def test_a_receipt_may_be_expected(desk: CollegeDesk, question: NewsQuestion, is_expected: bool) -> None:
    """Or not; an information that takes none expects none."""
    (said,) = _questions(desk, _news(desk, question))
    assert said["reponse"]["estReponseAttendue"] is is_expected
