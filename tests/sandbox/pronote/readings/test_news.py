"""Asking for news, and answering."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.news_papers import NewsSheet
from schoolsync.sandbox.pronote.call import Complaint, Trouble
from schoolsync.sandbox.pronote.generations import GENERATIONS, Generation
from tests.sandbox.pronote.asking import Asker

MEETING, POLL, CLUBS = "Réunion parents-professeurs", "Quel jour pour le soutien ?", "Clubs du midi"


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in."""
    return Asker(college)


def _rows(asker: Asker, **data: Any) -> Any:
    return asker.ask("PageActualites", tab=8, **data)["listeModesAff"][0]["listeActualites"]


def _row(asker: Asker, title: str) -> Any:
    return next(row for row in _rows(asker) if row.get("L") == title)


def _sheet(asker: Asker, title: str) -> NewsSheet:
    return next(sheet for sheet in asker.desk.news if sheet.record.title == title)


def _questions(asker: Asker, row: dict[str, Any]) -> Any:
    asked = {"N": row["N"], "genrePublic": row["genrePublic"], "public": row["public"]}
    said = asker.ask("PageActualites", tab=8, genreRequeteActualite=1, modeAffActu=0, actualite=asked)
    return said["detailsActualite"]["listeQuestions"]


def _save(asker: Asker, *rows: dict[str, Any]) -> None:
    assert asker.ask("SaisieActualites", tab=8, listeActualites=[*rows], saisieActualite=False) == {}


def _answer(asker: Asker, title: str, place: int, **said: Any) -> None:
    """Answer a question as the web client does."""
    row = _row(asker, title)
    question = _questions(asker, row)[place]
    given = {"N": 0, "Actif": True, "avecReponse": True, "estReponseAttendue": True, **said}
    sent = {"N": question["N"], "L": "", "genreReponse": question["genreReponse"], "reponse": given}
    flags = {"lue": True, "marqueLueSeulement": False, "supprimee": False}
    _save(asker, {"N": row["N"], "validationDirecte": True, **flags, "listeQuestions": [sent]})


# -- reading --------------------------------------------------------------------------


def test_each_id_leads_back_to_its_news(asker: Asker) -> None:
    """Whichever modes are asked for; families only ever receive."""
    expected = {f"news:{sheet.record.key}" for sheet in asker.desk.news}
    for data in ({}, {"modesAffActus": {"_T": 26, "V": "[0..3]"}}, {"estAuteur": False}):
        assert {asker.ids.thing(row["N"]) for row in _rows(asker, **data)} == expected
    sent = asker.ask("PageActualites", tab=8, modesAffActus={"_T": 26, "V": "[1,2,7]"})["listeModesAff"]
    assert [(mode["G"], mode["listeActualites"]) for mode in sent] == [(1, []), (2, [])]


@pytest.mark.parametrize("generation", GENERATIONS, ids=lambda one: one.label)
def test_questions_are_asked_for_one_by_one_on_new_servers(asker: Asker, generation: Generation) -> None:
    """Older ones do not know how, and send everything as always."""
    asker = attrs.evolve(asker, generation=generation)
    row = _row(asker, CLUBS)
    said = asker.ask(
        "PageActualites", tab=8, genreRequeteActualite=1, modeAffActu=0, actualite={"N": row["N"]}
    )
    if generation.version >= (2026, 2, 4):
        assert len(said["detailsActualite"]["listeQuestions"]) == 3
    else:
        assert len(said["listeModesAff"][0]["listeActualites"]) == len(asker.desk.news)
        assert len(row["listeQuestions"]) == 3


@pytest.mark.parametrize("given", [{"N": "43#unknown"}, {}, None])
def test_news_of_another_session_is_refused(asker: Asker, given: object) -> None:
    """As expired, when asked for and when changed."""
    with pytest.raises(Trouble) as caught:
        asker.ask("PageActualites", tab=8, genreRequeteActualite=1, actualite=given)
    assert caught.value.number == 22
    with pytest.raises(Trouble) as caught:
        _save(asker, {"N": "43#unknown", "lue": True})
    assert caught.value.number == 22


def test_news_of_another_pupil_is_refused(college: SandboxCollege) -> None:
    """Even in one session, as of a parent with two children."""
    first = Asker(college, "e1")
    given = {"N": _row(first, POLL)["N"]}
    second = Asker(college, "e2", ids=first.ids)
    with pytest.raises(Trouble) as caught:
        second.ask("PageActualites", tab=8, genreRequeteActualite=1, actualite=given)
    assert caught.value.number == 22


def test_the_third_pupil_has_an_empty_list(college: SandboxCollege) -> None:
    """And no error."""
    assert _rows(Asker(college, "e3")) == []


# -- changing -------------------------------------------------------------------------


@pytest.mark.parametrize("is_read", [True, False])
def test_news_is_read_and_unread(asker: Asker, is_read: bool) -> None:
    """With what one program sends, which is little; nothing else changes."""
    before = _sheet(asker, POLL)
    row = _row(asker, POLL)
    changed = {"N": row["N"], "validationDirecte": True, "genrePublic": 4, "public": row["public"]}
    _save(asker, {**changed, "lue": is_read})
    assert _sheet(asker, POLL).record == before.record.model_copy(update={"is_read": is_read})
    assert _row(asker, POLL)["lue"] is is_read


def test_only_reading_ignores_answers(asker: Asker) -> None:
    """Where it says so."""
    row = _row(asker, MEETING)
    question = {"N": _questions(asker, row)[0]["N"], "reponse": {"avecReponse": True}}
    _save(asker, {"N": row["N"], "lue": True, "marqueLueSeulement": True, "listeQuestions": [question]})
    record = _sheet(asker, MEETING).record
    assert (record.is_read, record.is_acknowledged) == (True, False)


def test_a_receipt_is_given(asker: Asker) -> None:
    """Today, and for good."""
    _answer(asker, MEETING, 0, valeurReponse="")
    record = _sheet(asker, MEETING).record
    assert (record.is_read, record.is_acknowledged) == (True, True)
    answer = _questions(asker, _row(asker, MEETING))[0]["reponse"]
    assert (answer["avecReponse"], answer["reponduLe"]) == (True, "11/03/2026")


@pytest.mark.parametrize("code", [8, 26])
def test_a_choice_is_made(asker: Asker, code: int) -> None:
    """By its rank, in either of the types that clients use; it may be made anew."""
    _answer(asker, POLL, 0, valeurReponse={"_T": code, "V": "[1]"})
    assert _sheet(asker, POLL).record.questions[0].answers == ("Lundi",)
    _answer(asker, POLL, 0, valeurReponse={"_T": code, "V": "[3]"}, valeurReponseLibre="samedi")
    assert _sheet(asker, POLL).record.questions[0].answers == ("Autre", "samedi")
    assert _questions(asker, _row(asker, POLL))[0]["reponse"]["valeurReponse"] == "[3]"


def test_several_choices_are_made(asker: Asker) -> None:
    """As many as may be; the other questions keep their answers."""
    _answer(asker, CLUBS, 1, valeurReponse={"_T": 26, "V": "[1,3]"})
    answers = [question.answers for question in _sheet(asker, CLUBS).record.questions]
    assert answers == [("Mardi",), ("Théâtre", "Échecs"), ("Un club d'échecs, s'il vous plaît.",)]


def test_a_text_is_written(asker: Asker) -> None:
    """Instead of the one before."""
    _answer(asker, CLUBS, 2, valeurReponse="Un club de go.")
    assert _sheet(asker, CLUBS).record.questions[2].answers == ("Un club de go.",)


@pytest.mark.parametrize(
    ("title", "place", "said"),
    [
        (POLL, 0, "[1..2]"),
        (POLL, 0, "[4]"),
        (POLL, 0, "[0]"),
        (POLL, 0, "[]"),
        (CLUBS, 1, "[1..3]"),
        ("Enquête close", 0, "[1]"),
        ("Voyage à Exemple-sur-Mer", 0, "[1]"),
    ],
)
def test_an_impossible_answer_changes_nothing(asker: Asker, title: str, place: int, said: str) -> None:
    """Too many choices, none, one that there is not, or where nobody asked."""
    before = [*asker.desk.news]
    with pytest.raises(Complaint):
        _answer(asker, title, place, valeurReponse={"_T": 26, "V": said})
    assert asker.desk.news == before


def test_one_bad_row_saves_nothing(asker: Asker) -> None:
    """Neither the good ones before it."""
    before = [*asker.desk.news]
    with pytest.raises(Trouble):
        _save(asker, {"N": _row(asker, POLL)["N"], "lue": True}, {"N": "43#unknown", "lue": True})
    assert asker.desk.news == before


def test_news_is_thrown_away(asker: Asker) -> None:
    """For good."""
    row = _row(asker, POLL)
    count = len(asker.desk.news)
    _save(asker, {"N": row["N"], "supprimee": True, "lue": True})
    assert len(asker.desk.news) == count - 1
    with pytest.raises(Trouble) as caught:
        _save(asker, {"N": row["N"], "lue": True})
    assert caught.value.number == 22
