"""The words of shared resources."""

from __future__ import annotations

import datetime as dt

from schoolsync.providers.pronote.schema.resources import ResourceRow, ResourcesPage
from tests.providers.pronote.mapping.test_resources import SHEET, SITE, SUBJECTS
from tests.providers.pronote.papers import read_row, worn
from tests.providers.pronote.reading import bare, element, page


def test_every_key_has_a_name_of_ours() -> None:
    """Typed and bare values are one; keys that we do not know are kept."""
    said = {"listeMatieres": SUBJECTS, "listeRessources": element([SHEET, SITE | {"listeThemes": []}])}
    for form in (said, bare(said)):
        found = page(ResourcesPage, "RessourcePedagogique", form).data
        assert [(one.label, one.colour) for one in found.subjects] == [
            ("MATHS &amp; INFO", "#F49737"),
            ("FRANCAIS", None),
        ]
        sheet, site = found.resources
        assert sheet.day == dt.datetime.fromisoformat("2026-10-06")
        assert (sheet.kind, sheet.subject and sheet.subject.id) == (0, "16#Ma")
        assert sheet.target is not None
        assert (sheet.target.id, sheet.target.label, sheet.target.kind, sheet.target.url) == (
            "48#PJ1",
            "exercice n° 3.pdf",
            48,
            None,
        )
        assert (site.target and site.target.url, site.model_extra) == (
            "https://atlas.example.test/",
            {"listeThemes": []},
        )


def test_a_worn_key_costs_only_itself() -> None:
    """Missing, null or renamed: the others are read, and no issue is told."""
    intact, _ = read_row(ResourceRow, SHEET)
    for key in SHEET:
        for said in worn(SHEET, key):
            row, issues = read_row(ResourceRow, said)
            differing = [
                name for name in ResourceRow.model_fields if getattr(row, name) != getattr(intact, name)
            ]
            assert (issues, len(differing)) == ([], 1)
