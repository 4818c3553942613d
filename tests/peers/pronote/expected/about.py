"""Whose answers they are, and what is the same wherever it stands: files, links, subjects, people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from schoolsync.model import Subject
from schoolsync.sandbox.college.desk import CollegeDesk
from schoolsync.sandbox.college.punishments import Giver
from schoolsync.sandbox.college.resources import LinkKind, Paper, StoredFile
from schoolsync.sandbox.college.roll import Account, Teacher
from schoolsync.sandbox.pronote import page
from tests.peers.matchers import Opens
from tests.peers.pronote.meanings import Known
from tests.peers.pronote.scenes import Scene, elsewhere

__all__ = ["About", "attachment", "subject_of"]

WEB, FILE, CLOUD_FILE = 0, 1, 2
"""Kinds of attachments, as pronotepy counts them. It calls everything but the first a file."""


@attrs.frozen
class About:
    """One pupil, as somebody sees them in a session."""

    scene: Scene
    """The school."""
    account: Account
    """Who is signed in."""
    desk: CollegeDesk
    """Of the pupil."""
    things: Callable[[object], str | None] = attrs.field(repr=False)
    """What the ids of the session stand for."""

    def known(self, thing: str) -> Known:
        """The id of *thing*."""
        return Known(thing, self.things)

    def of_giver(self, giver: Giver) -> Known:
        """The id of somebody of the school."""
        return self.known(f"{'teacher' if isinstance(giver, Teacher) else 'staff'}:{giver.number}")


def subject_of(
    about: About, subject: Subject, *, thing: str = "subject", groups: bool = False
) -> dict[str, Any]:
    """A subject; pronotepy says of a *service* too that it is one."""
    return {"id": about.known(f"{thing}:{subject.name}"), "name": subject.name, "groups": groups}


def attachment(about: About, paper: Paper) -> dict[str, Any]:
    """A file or a link."""
    if isinstance(paper, StoredFile):
        return _file(about, paper)
    said = {"name": paper.name, "id": about.known(f"link:{paper.url}"), "type": int(paper.kind)}
    if paper.kind is LinkKind.WEB:
        return {**said, "url": paper.url, "data": elsewhere(paper.url)}
    return {**said, "url": Opens(b"", about.scene), "data": page.missing().body}


def _file(about: About, file: StoredFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "id": about.known(f"file:{file.number}"),
        "type": CLOUD_FILE if file.is_in_cloud else FILE,
        "url": Opens(file.content, about.scene),
        "data": file.content,
    }
