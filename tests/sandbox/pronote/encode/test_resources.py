"""What teachers share on the wire."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schoolsync.sandbox.college.college import SandboxCollege
from schoolsync.sandbox.college.resources import Link, Paper, ResourceKind, document, resource_sheet
from schoolsync.sandbox.pronote.encode.resources import encode_papers, encode_resources
from schoolsync.sandbox.pronote.ids import Ids
from tests.sandbox.pronote.asking import unwrapped

MONDAY = dt.date(2026, 3, 9)
IDS = Ids(b"a session")


def _sent(college: SandboxCollege, kind: ResourceKind, subject: str | None, paper: Any) -> Any:
    sheet = resource_sheet(college.desks["e1"], 1, kind, subject, MONDAY, paper)
    return unwrapped(encode_resources([sheet], IDS))


def test_a_document_says_what_it_is_and_for_which_subject(college: SandboxCollege) -> None:
    """The subject by its id, its name and colour beside the list."""
    subject = IDS.of(79, "subject:FRANCAIS")
    assert _sent(college, ResourceKind.DOCUMENT, "FRANCAIS", document("z1", "note.pdf")) == {
        "listeRessources": [
            {
                "G": 0,
                "date": "09/03/2026",
                "matiere": {"N": subject},
                "ressource": {"N": IDS.of(48, "file:z1"), "L": "note.pdf", "G": 48},
            }
        ],
        "listeMatieres": [{"N": subject, "L": "FRANCAIS", "couleur": "#DC2F55"}],
    }


def test_a_link_has_its_address(college: SandboxCollege) -> None:
    """Where attachments have theirs."""
    paper = Link("Atlas", "https://atlas.example.test/?a=1&b=2")
    shared = _sent(college, ResourceKind.SITE, None, paper)["listeRessources"][0]
    assert shared["G"] == 1
    assert shared["ressource"]["url"] == "https://atlas.example.test/?a=1&b=2"
    assert "matiere" not in shared


def test_a_quiz_has_nothing_to_open(college: SandboxCollege) -> None:
    """But a name."""
    shared = _sent(college, ResourceKind.QUIZ, "FRANCAIS", "Quiz")["listeRessources"][0]
    assert shared["ressource"] == {"N": shared["ressource"]["N"], "L": "Quiz"}
    assert IDS.thing(shared["ressource"]["N"]) == "resource:resource-e1-1"


@pytest.mark.parametrize("kind", ResourceKind)
def test_kinds_are_numbers(college: SandboxCollege, kind: ResourceKind) -> None:
    """As the server counts them."""
    assert _sent(college, kind, None, document("z1", "a.pdf"))["listeRessources"][0]["G"] == kind.value


def test_each_subject_is_listed_once(college: SandboxCollege) -> None:
    """However much is shared for it, and only those for which anything is."""
    page = unwrapped(encode_resources(college.desks["e1"].resources, IDS))
    names = [one["L"] for one in page["listeMatieres"]]
    assert len(names) == len(set(names))
    used = {one["matiere"]["N"] for one in page["listeRessources"] if "matiere" in one}
    assert used == {one["N"] for one in page["listeMatieres"]}


def test_papers_come_in_order() -> None:
    """An empty list is a list."""
    papers: list[Paper] = [
        document("z2", "b.pdf"),
        Link("Page", "https://a.example.test"),
        document("z1", "a.pdf"),
    ]
    assert [one["L"] for one in unwrapped(encode_papers(IDS, papers))] == ["b.pdf", "Page", "a.pdf"]
    assert encode_papers(IDS, ()) == {"_T": 24, "V": []}
