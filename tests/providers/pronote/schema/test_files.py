"""The words of a file or a link."""

from __future__ import annotations

from schoolsync.providers.pronote.schema.files import FileRow
from tests.providers.pronote.papers import read_row, worn

LINK = {"N": "48#PJ2", "G": 0, "L": "Manuel", "url": {"_T": 23, "V": "https://manuel.example.test/p/12"}}


def test_every_key_has_a_name_of_ours() -> None:
    """An address comes typed or bare; keys that we do not know are kept."""
    for url in (LINK["url"], "https://manuel.example.test/p/12"):
        row, issues = read_row(FileRow, LINK | {"url": url, "E": 1})
        assert isinstance(row, FileRow)
        assert (row.id, row.kind, row.label, row.url) == (
            "48#PJ2",
            0,
            "Manuel",
            "https://manuel.example.test/p/12",
        )
        assert (row.model_extra, issues) == ({"E": 1}, [])


def test_a_worn_key_costs_only_itself() -> None:
    """Missing, null or renamed: the others are read, and no issue is told."""
    intact, _ = read_row(FileRow, LINK)
    for key in LINK:
        for said in worn(LINK, key):
            row, issues = read_row(FileRow, said)
            differing = [name for name in FileRow.model_fields if getattr(row, name) != getattr(intact, name)]
            assert (issues, len(differing)) == ([], 1)


def test_a_number_may_be_an_id_and_neither_name_nor_address_is_shown() -> None:
    """Older servers number things."""
    row, _ = read_row(FileRow, LINK | {"N": 12})
    assert repr(row) == str(row) == "FileRow(id='12')"
