"""The words of the notebook."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.providers.pronote.schema.notebook import ContentsPage, EntryRow, HomeworkPage, HomeworkRow
from schoolsync.providers.pronote.schema.words import Row
from tests.providers.pronote.mapping.test_contents import ENTRY
from tests.providers.pronote.mapping.test_homework import ROW
from tests.providers.pronote.papers import read_row, worn
from tests.providers.pronote.reading import bare, element, page


def test_every_key_of_homework_has_a_name_of_ours() -> None:
    """What the records leave out, too; keys that we do not know are kept."""
    said = {
        "ListeTravauxAFaire": element([ROW | {"commentaireCorrige": "Bien", "executionQCM": {"N": "56#Q"}}])
    }
    for form in (said, bare(said)):
        (row,) = page(HomeworkPage, "PageCahierDeTexte", form).data.homeworks
        assert (row.id, row.due, row.assigned) == ("38#Ta1", dt.date(2026, 10, 8), dt.date(2026, 10, 6))
        assert (row.is_formatted, row.is_done, row.is_handed_in, row.may_hand_in) == (
            False,
            False,
            True,
            True,
        )
        assert (row.difficulty, row.minutes, row.submission, row.audience) == (2, 20, 2, "4B")
        assert (row.lesson and row.lesson.id, row.entry and row.entry.id) == ("20#Cr1", "36#Cd1")
        assert [(file.id, file.kind, file.url) for file in row.files] == [
            ("48#PJ1", 1, None),
            ("48#PJ2", 0, "https://manuel.example.test/p/12"),
        ]
        assert [theme.label for theme in row.themes] == ["Fractions", "Nombres"]
        assert row.correction_comment == "Bien"
        assert row.model_extra == {"executionQCM": {"N": "56#Q"}}


def test_every_key_of_an_entry_has_a_name_of_ours() -> None:
    """With the homework that was given in it, and what teachers share beside it."""
    said = {
        "ListeCahierDeTextes": element([ENTRY | {"ListeTravailAFaire": element([ROW])}]),
        "ListeRessourcesPedagogiques": element(
            {
                "listeMatieres": element([]),
                "listeRessources": element([{"G": 0, "ressource": element({"L": "a.pdf"})}]),
            }
        ),
    }
    for form in (said, bare(said)):
        found = page(ContentsPage, "donneesContenusCDT", form).data
        (entry,) = found.entries
        assert (entry.id, entry.lesson and entry.lesson.id, entry.is_locked) == ("36#Cd1", "20#Cr1", False)
        assert [f"{time:%d/%m/%Y %H:%M}" for time in (entry.start, entry.end) if time] == [
            "06/10/2026 08:00",
            "06/10/2026 09:00",
        ]
        assert (entry.homework_due, [row.id for row in entry.homeworks]) == (dt.date(2026, 10, 8), ["38#Ta1"])
        assert [group.label for group in entry.groups] == ["4B GR.1"]
        assert [part.label for part in entry.programme] == ["Calculer"]
        first = entry.contents[0]
        assert (first.title, first.category and first.category.kind) == ("Fractions &amp; rappels", 1)
        assert first.model_extra == {"parcoursEducatif": -1, "training": {"ListeExecutionsQCM": []}}
        assert found.resources is not None
        assert [row.target and row.target.label for row in found.resources.resources] == ["a.pdf"]


@pytest.mark.parametrize(("kind", "whole"), [(HomeworkRow, ROW), (EntryRow, ENTRY)])
def test_a_worn_key_costs_only_itself(kind: type[Row], whole: dict[str, object]) -> None:
    """Missing, null or renamed: the others are read, and no issue is told."""
    intact, _ = read_row(kind, whole)
    for key in whole:
        for said in worn(whole, key):
            row, issues = read_row(kind, said)
            assert row is not None
            differing = [name for name in kind.model_fields if getattr(row, name) != getattr(intact, name)]
            assert (issues, len(differing)) == ([], 1)


def test_empty_numbers_and_flags_are_not_said() -> None:
    """Servers send empty text for nothing."""
    row, issues = read_row(HomeworkRow, {"PourLe": "", "niveauDifficulte": "", "TAFFait": "", "duree": " "})
    assert isinstance(row, HomeworkRow)
    assert (issues, row.due, row.difficulty, row.is_done, row.minutes) == ([], None, None, None, None)


def test_nothing_of_a_person_is_shown() -> None:
    """Only ids."""
    row, _ = read_row(EntryRow, ENTRY)
    assert repr(row) == "EntryRow(id='36#Cd1')"
