"""Files and links on the wire."""

from __future__ import annotations

from typing import Any

from schoolsync.sandbox.college.resources import Link, Paper
from schoolsync.sandbox.pronote.encode.words import element
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_paper"]

FILE, CLOUD_FILE = 1, 2


def encode_paper(ids: Ids, paper: Paper) -> dict[str, Any]:
    """A file, by whose name the server finds the bytes (`file:h1`), or a link with its address."""
    if isinstance(paper, Link):
        return element(ids.of(48, f"link:{paper.url}"), paper.name, int(paper.kind), url=paper.url)
    kind = CLOUD_FILE if paper.is_in_cloud else FILE
    return element(ids.of(48, f"file:{paper.number}"), paper.name, kind)
