"""Homework and the notebook on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.homework import HomeworkSheet, homework_sheet
from schoolsync.sandbox.college.notebook import content_sheet
from schoolsync.sandbox.pronote.encode.homework import encode_homework, encode_page
from schoolsync.sandbox.pronote.encode.timetable import lesson_id, notebook_id
from tests.sandbox.pronote.asking import Asker, unwrapped

MONDAY = dt.date(2026, 3, 9)
TUESDAY = dt.date(2026, 3, 10)


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in."""
    return Asker(college)


def _sheet(asker: Asker, **more: Any) -> HomeworkSheet:
    return homework_sheet(asker.desk, 50, "FRANCAIS", given=MONDAY, due=TUESDAY, **more)


def _sent(asker: Asker, sheet: HomeworkSheet) -> Any:
    return unwrapped(encode_homework(sheet, asker.call()))


def _drawn(asker: Asker, text: str) -> HomeworkSheet:
    return next(one for one in asker.desk.homeworks if one.record.description_text.startswith(text))


def test_plain_homework_has_its_keys_and_no_others(asker: Asker) -> None:
    """Nothing about handing in, themes, time or a lesson, where nobody said anything."""
    sheet = _sheet(asker, text="Lire.", lesson=None)
    assert encode_homework(sheet, asker.call()) == {
        "N": asker.ids.of(38, f"homework:{sheet.key}"),
        "descriptif": {"_T": 21, "V": "<div>Lire.</div>"},
        "avecMiseEnForme": True,
        "PourLe": {"_T": 7, "V": "10/03/2026"},
        "DonneLe": {"_T": 7, "V": "09/03/2026"},
        "TAFFait": False,
        "niveauDifficulte": 0,
        "Matiere": {"_T": 24, "V": {"N": asker.ids.of(79, "subject:FRANCAIS"), "L": "FRANCAIS"}},
        "CouleurFond": "#DC2F55",
        "ListePieceJointe": {"_T": 24, "V": []},
    }


def test_full_homework_has_everything(asker: Asker) -> None:
    """Difficulty, time, themes, who it is for, whether it is plain text, and the lesson that it is from."""
    sheet = _drawn(asker, "Exercices")
    row = _sent(asker, sheet)
    assert (row["niveauDifficulte"], row["duree"], row["nomPublic"]) == (2, 20, "4B")
    assert (row["avecMiseEnForme"], row["TAFFait"]) == (False, False)
    assert [theme["L"] for theme in row["ListeThemes"]] == ["Fractions", "Nombres relatifs"]
    assert [(one["L"], one["G"], one.get("url")) for one in row["ListePieceJointe"]] == [
        ("exercice n° 3.pdf", 1, None),
        ("Manuel en ligne", 0, "https://manuel.example.test/p/12?page=27&copy=1"),
    ]
    assert asker.ids.thing(row["ListePieceJointe"][0]["N"]) == "file:h1"


def test_markup_is_sent_as_the_teacher_typed_it(asker: Asker) -> None:
    """It is for a client to take out what does harm."""
    assert "<script>no()</script>" in _sent(asker, _drawn(asker, "Lire le chapitre"))["descriptif"]


@pytest.mark.parametrize("number", range(5))
def test_each_way_of_handing_in_is_told(asker: Asker, number: int) -> None:
    """And that the pupil may do it, unless there is nothing to hand in."""
    row = _sent(asker, _sheet(asker, submission=number))
    assert (row["genreRendu"], row["avecRendu"], row["peuRendre"]) == (number, number > 0, number > 0)


def test_a_parent_hands_nothing_in(college: SandboxCollege) -> None:
    """What is asked for is told to them too."""
    parent = Asker(college, "p1")
    row = _sent(parent, _sheet(parent, submission=2))
    assert (row["genreRendu"], row["avecRendu"], row["peuRendre"]) == (2, True, False)


def test_homework_names_the_lesson_it_was_given_in(asker: Asker) -> None:
    """And its page in the notebook, where one was written."""
    page = asker.desk.contents[0]
    row = _sent(asker, _sheet(asker, lesson=page.lesson.key))
    assert row["cours"] == {"N": lesson_id(asker.ids, page.lesson.key)}
    assert row["cahierDeTextes"] == {"N": notebook_id(asker.ids, page.lesson.key)}
    asker.desk.contents = []
    assert "cahierDeTextes" not in _sent(asker, _sheet(asker, lesson=page.lesson.key))


# -- the notebook ------------------------------------------------------------------


def _page(asker: Asker, *entries: dict[str, Any], **more: Any) -> Any:
    lesson = asker.desk.timetable.sheet(MONDAY, 13)
    return unwrapped(encode_page(content_sheet(asker.desk, lesson, entries, **more), asker.call()))


def test_a_page_has_everything_of_its_lesson(asker: Asker) -> None:
    """The lesson itself by its id, so that both can be brought together."""
    asker.desk.homeworks = []
    lesson = asker.desk.timetable.sheet(MONDAY, 13)
    page = _page(asker, programme=("Lire un texte",))
    assert [one["L"] for one in page.pop("listeElementsProgrammeCDT")] == ["Lire un texte"]
    assert [one["L"] for one in page.pop("listeProfesseurs")] == ["SPECIMEN P."]
    assert page == {
        "N": notebook_id(asker.ids, lesson.key),
        "cours": {"N": lesson_id(asker.ids, lesson.key)},
        "verrouille": False,
        "listeGroupes": [{"L": "4B GR.2"}],
        "Matiere": {"N": asker.ids.of(79, "subject:ANGLAIS LV1"), "L": "ANGLAIS LV1"},
        "CouleurFond": "#0FA28B",
        "Date": "09/03/2026 14:25:00",
        "DateFin": "09/03/2026 15:20:00",
        "listeContenus": [],
    }


def test_what_was_done_comes_in_order(asker: Asker) -> None:
    """With title and category where there are any, and lists that may be empty."""
    first, second = _page(asker, {"title": "Un", "category": 2, "themes": ("Récit",)}, {"text": "Deux"})[
        "listeContenus"
    ]
    assert first["L"] == "Un"
    assert (first["categorie"]["G"], first["categorie"]["L"]) == (2, "Correction")
    assert [theme["L"] for theme in first["ListeThemes"]] == ["Récit"]
    assert {"L", "categorie"}.isdisjoint(second)
    assert (second["descriptif"], second["ListePieceJointe"], second["ListeThemes"]) == (
        "<p>Deux</p>",
        [],
        [],
    )
    assert (second["parcoursEducatif"], second["training"]) == (-1, {"ListeExecutionsQCM": []})


def test_homework_of_the_lesson_is_told_when_asked_for(asker: Asker) -> None:
    """Until when the first of it is due is always told."""
    lesson = asker.desk.timetable.sheet(MONDAY, 13)
    page = content_sheet(asker.desk, lesson, [])
    asker.desk.homeworks = []
    assert "dateTAF" not in unwrapped(encode_page(page, asker.call(), with_homework=True))
    asker.desk.homeworks = [
        homework_sheet(
            *(asker.desk, number, "ANGLAIS LV1"),
            given=MONDAY,
            due=MONDAY + dt.timedelta(days),
            lesson=lesson.key,
        )
        for number, days in ((61, 5), (62, 2))
    ]
    told = unwrapped(encode_page(page, asker.call(), with_homework=True))
    assert told["dateTAF"] == "11/03/2026"
    assert [one["PourLe"] for one in told["ListeTravailAFaire"]] == ["11/03/2026", "14/03/2026"]
    assert "ListeTravailAFaire" not in encode_page(page, asker.call())
