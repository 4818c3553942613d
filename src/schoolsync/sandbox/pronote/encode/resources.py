"""What teachers share and what hangs on their homework, as the server words them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from schoolsync.sandbox.college.resources import Paper, ResourceSheet
from schoolsync.sandbox.pronote.encode.papers import encode_paper
from schoolsync.sandbox.pronote.encode.people import subject_element
from schoolsync.sandbox.pronote.encode.words import day, element, listed, one
from schoolsync.sandbox.pronote.ids import Ids

__all__ = ["encode_papers", "encode_resources"]

DOCUMENT = 48
"""The kind of a document among resources. The number in front of its id happens to be the same."""


def encode_papers(ids: Ids, papers: Iterable[Paper]) -> dict[str, Any]:
    """What hangs on something: an empty list when nothing does."""
    return listed(encode_paper(ids, paper) for paper in papers)


def encode_resources(sheets: Iterable[ResourceSheet], ids: Ids) -> dict[str, Any]:
    """What teachers share, and the subjects that it is for."""
    shown = [*sheets]
    subjects = {sheet.record.subject.name: sheet.record.subject for sheet in shown if sheet.record.subject}
    return {
        "listeRessources": listed(_resource(sheet, ids) for sheet in shown),
        "listeMatieres": listed(
            subject_element(ids, name, None, couleur=(subject.colour or "").upper())
            for name, subject in subjects.items()
        ),
    }


def _resource(sheet: ResourceSheet, ids: Ids) -> dict[str, Any]:
    record = sheet.record
    matter = {"matiere": one({"N": subject_element(ids, record.subject.name)["N"]})} if record.subject else {}
    return {
        "G": int(sheet.kind),
        "date": day(record.shared_at) if record.shared_at else None,
        **matter,
        "ressource": one(_thing(sheet, ids)),
    }


def _thing(sheet: ResourceSheet, ids: Ids) -> dict[str, Any]:
    """What is shared: a file, a link with its address, or something that has neither.

    Evidence: read for files; the address stands where those of attachments do, which is inferred.
    """
    if sheet.paper is None:
        return element(ids.of(DOCUMENT, f"resource:{sheet.record.key}"), sheet.record.title)
    return {**encode_paper(ids, sheet.paper), "G": DOCUMENT}
