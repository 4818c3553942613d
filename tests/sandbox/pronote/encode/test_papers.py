"""Files and links on the wire."""

from __future__ import annotations

import attrs

from schoolsync.sandbox.college.resources import Link, LinkKind, document
from schoolsync.sandbox.pronote.encode.papers import encode_paper
from schoolsync.sandbox.pronote.ids import Ids

IDS = Ids(b"a session")


def test_a_file_is_found_by_its_number() -> None:
    """Wherever it is kept."""
    paper = document("x-1", "un.pdf")
    assert encode_paper(IDS, paper) == {"N": IDS.of(48, "file:x-1"), "L": "un.pdf", "G": 1}
    assert encode_paper(IDS, attrs.evolve(paper, is_in_cloud=True))["G"] == 2


def test_a_link_brings_its_address() -> None:
    """And says what kind it is; two with one name are two."""
    links = [Link("Ici", f"https://{kind}.example.test/?a=1&b=2", kind) for kind in LinkKind]
    said = [encode_paper(IDS, link) for link in links]
    assert [(one["L"], one["G"], one["url"]) for one in said] == [
        ("Ici", int(link.kind), link.url) for link in links
    ]
    assert len({one["N"] for one in said}) == 3
