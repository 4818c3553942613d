"""What is told to everybody, in the forms that servers and the vendor's directory write it."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import DecodeIssue
from schoolsync.model.decoding import decode_row
from schoolsync.providers.pronote.schema.finding import FoundRow, InstancePage


def test_the_token_for_one_use_is_not_kept() -> None:
    """Other words that we do not know are."""
    said = {"CAS": {"actif": True, "casURL": "https://cas.example/login", "jetonCAS": "5E0C"}, "modeModif": 1}
    page = InstancePage.model_validate(said)
    assert page.cas is not None
    assert (page.cas.is_active, page.cas.url) == (True, "https://cas.example/login")
    assert "5E0C" not in str(page.model_dump())
    assert page.model_extra == {"modeModif": 1}


@pytest.mark.parametrize("said", [{}, {"CAS": None, "espaces": None, "version": None, "nomEtab": None}])
def test_everything_may_be_missing(said: dict[str, Any]) -> None:
    """Older servers say less."""
    page = InstancePage.model_validate(said)
    assert (page.cas, page.spaces, page.version, page.name, page.date) == (None, (), (), "", "")


@pytest.mark.parametrize(
    "bad", [{"CAS": {"actif": "perhaps"}}, {"version": "2025"}, {"espaces": [{"nom": "x"}]}, {"date": 5.5}]
)
def test_a_part_that_cannot_be_read_costs_no_other(bad: dict[str, Any]) -> None:
    """The name beside it is there."""
    issues: list[DecodeIssue] = []
    page = decode_row(InstancePage, {"nomEtab": "COLLEGE EXEMPLE"} | bad, "InfoMobileApp.json", issues)
    assert page is not None
    assert page.name == "COLLEGE EXEMPLE"
    assert len(issues) == (0 if "date" in bad else 1)


def test_a_place_is_written_as_text() -> None:
    """Or as a number."""
    for north in ("48.85", 48.85):
        row = FoundRow.model_validate(
            {"url": "https://a.example", "lat": north, "long": "-2.35", "cp": 75000}
        )
        assert (row.latitude, row.longitude, row.postcode, row.name) == (48.85, -2.35, "75000", "")
