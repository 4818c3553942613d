"""Discussions and messages as servers list them."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.providers.pronote.schema.messages import DiscussionRow, MessageRow, RecipientRow
from schoolsync.providers.pronote.schema.words import Row
from tests.providers.pronote.papers import INNER, LETTER, THANKS, TRIP, read_row, worn
from tests.providers.pronote.persons import bare, element, listed

RECIPIENT: dict[str, Any] = {
    "N": "34#1",
    "L": "FACTICE B.",
    "G": 34,
    "avecDiscussion": True,
    "email": "b.factice@college.example",
    "fonction": element(L="CPE"),
    "listeRessources": listed({"L": "Latin", "estUneSousMatiere": False}),
}

ROWS: list[tuple[type[Row], dict[str, Any]]] = [
    (DiscussionRow, TRIP),
    (DiscussionRow, INNER),
    (MessageRow, THANKS),
    (MessageRow, LETTER),
    (RecipientRow, RECIPIENT),
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
    assert not any(word in shown for word in ("EXAMPLE", "MODELE", "FACTICE", "Merci", "Sortie"))
