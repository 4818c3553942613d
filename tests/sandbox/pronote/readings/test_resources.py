"""Asking for what teachers share."""

from __future__ import annotations

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from tests.sandbox.pronote.asking import Asker


@pytest.fixture
def asker(college: SandboxCollege) -> Asker:
    """The first pupil, signed in."""
    return Asker(college)


def test_everything_shared_is_told(asker: Asker) -> None:
    """In no order, of whatever date."""
    said = asker.ask("RessourcePedagogique", tab=99, avecRessourcesPronote=True, avecRessourcesEditeur=False)
    told = [one["ressource"]["L"] for one in said["listeRessources"]]
    assert sorted(told) == sorted(sheet.record.title for sheet in asker.desk.resources)
    assert asker.ask("RessourcePedagogique") == said


def test_who_wants_only_the_publishers_is_given_nothing(asker: Asker) -> None:
    """The college has none of those."""
    said = asker.ask("RessourcePedagogique", tab=99, avecRessourcesPronote=False, avecRessourcesEditeur=True)
    assert said == {"listeRessources": [], "listeMatieres": []}


def test_the_bytes_of_every_shared_file_are_found(asker: Asker) -> None:
    """By what its id stands for."""
    rows = asker.ask("RessourcePedagogique", tab=99)["listeRessources"]
    found = {
        file.name: file.content
        for row in rows
        if (file := asker.college.stored(str(asker.ids.thing(row["ressource"]["N"]))))
    }
    kept = {
        sheet.paper.name: sheet.paper.content
        for sheet in asker.desk.resources
        if sheet.paper is not None and hasattr(sheet.paper, "content")
    }
    assert found == kept
    assert len(found) == 6
