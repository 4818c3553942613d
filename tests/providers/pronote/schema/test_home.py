"""The home page and documents as servers answer them."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.providers.pronote.schema.home import HomePage, LinkRow, PdfPage, PurseRow
from schoolsync.providers.pronote.schema.words import Row
from tests.providers.pronote.papers import read_row, worn
from tests.providers.pronote.persons import bare, listed

LINK: dict[str, Any] = {
    "N": "508#1",
    "L": "Cantine",
    "url": {"_T": 23, "V": "https://college.example"},
    "commentaire": "Repas",
    "SSO": {"codePartenaire": "ARD"},
}
PURSE: dict[str, Any] = {
    "libellePorteMonnaie": "Cantine",
    "hintPorteMonnaie": "Solde",
    "avecWarning": False,
    "valeurSolde": "12,40 €",
    "hintSolde": "au 06/10",
}
HOME: dict[str, Any] = {
    "lienUtile": {"listeLiens": listed(LINK)},
    "partenaireARD": {"SSO": {"codePartenaire": "ARD"}, "porteMonnaie": listed(PURSE)},
}
PDF: dict[str, Any] = {"url": {"_T": 23, "V": "PDF/a.pdf?Session=1"}, "OAuth2": {"url": "x"}}

ROWS: list[tuple[type[Row], dict[str, Any]]] = [
    (HomePage, HOME),
    (LinkRow, LINK),
    (PurseRow, PURSE),
    (PdfPage, PDF),
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
    assert not any(word in shown for word in ("EXAMPLE", "12,40", "Session", "college"))
