"""News as servers list them."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.providers.pronote.schema.news import NewsPage, NewsRow, QuestionRow
from schoolsync.providers.pronote.schema.words import Row
from tests.providers.pronote.papers import MEETING, ONE_QUESTION, SURVEY, read_row, worn
from tests.providers.pronote.persons import bare

ROWS: list[tuple[type[Row], dict[str, Any]]] = [
    (NewsRow, MEETING),
    (NewsRow, SURVEY),
    (QuestionRow, ONE_QUESTION),
]


@pytest.mark.parametrize(("kind", "said", "key"), [(kind, said, key) for kind, said in ROWS for key in said])
def test_any_key_may_be_missing_null_or_renamed(kind: type[Row], said: dict[str, Any], key: str) -> None:
    """The row stays, and no issue comes of it."""
    for change in worn(said, key):
        found, issues = read_row(kind, change)
        assert (found is None, issues) == (False, [])


@pytest.mark.parametrize(("kind", "said"), ROWS)
def test_typed_and_bare_are_alike(kind: type[Row], said: dict[str, Any]) -> None:
    """Every value at once."""
    assert read_row(kind, said) == read_row(kind, bare(said))


@pytest.mark.parametrize(("kind", "said"), ROWS)
def test_unknown_keys_are_kept_and_nothing_is_shown(kind: type[Row], said: dict[str, Any]) -> None:
    """`native` gives everything; `repr` gives the id."""
    found, _ = read_row(kind, said | {"aNewKey": "EXAMPLE Louison"})
    assert found is not None
    assert (found.model_extra or {})["aNewKey"] == "EXAMPLE Louison"
    shown = repr(found) + str(found)
    assert not any(word in shown for word in ("EXAMPLE", "MODELE", "Réunion", "sortie"))


@pytest.mark.parametrize(
    ("said", "ways"),
    [
        ({}, [("listeActualites",)]),
        ({"listeModesAff": [{"G": 1}]}, [("listeActualites",)]),
        ({"listeModesAff": [{"G": 1}, {"G": 0}]}, [("listeModesAff", 1, "listeActualites")]),
        ({"listeModesAff": [{}]}, [("listeModesAff", 0, "listeActualites")]),
    ],
)
def test_the_way_to_what_was_received(said: dict[str, Any], ways: list[tuple[object, ...]]) -> None:
    """In the server's words, for issues and raw rows."""
    assert [way for way, _ in NewsPage.model_validate(said).received] == ways


@pytest.mark.parametrize(
    ("said", "needs"), [({}, True), ({"listeQuestions": None}, True), ({"listeQuestions": []}, False)]
)
def test_only_a_list_that_is_not_there_must_be_asked_for(said: dict[str, Any], needs: bool) -> None:
    """An empty one is an answer."""
    assert NewsRow.model_validate(said).needs_details is needs
