"""Files in the college's store, links, and what teachers share beside homework.

Every file has bytes of its own, so that a download can be compared with what was put in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import attrs

from schoolsync.model import Attachment, AttachmentKind, Resource
from schoolsync.sandbox.college.subjects import subject_called
from schoolsync.sandbox.papers import named

if TYPE_CHECKING:
    from schoolsync.sandbox.college.desk import CollegeDesk

__all__ = [
    "Link",
    "LinkKind",
    "Paper",
    "ResourceKind",
    "ResourceSheet",
    "StoredFile",
    "attachments",
    "document",
    "draw_resources",
    "resource_sheet",
    "stored_file",
]


@attrs.frozen
class StoredFile:
    """A file in the college's store."""

    number: str
    """Number in the store, by which the server finds it: no two files share one."""
    name: str
    """File name."""
    content: bytes = attrs.field(repr=False)
    """What is in it."""
    media_type: str = "application/pdf"
    """What it is."""
    is_in_cloud: bool = False
    """Whether the school keeps it in somebody's cloud; it is downloaded like any other."""


class LinkKind(IntEnum):
    """What a link is to the server."""

    WEB = 0
    KIOSK = 3
    """A book of the school's kiosk."""
    VIDEO = 4
    """A video conference."""


@attrs.frozen
class Link:
    """An address somewhere else."""

    name: str
    """What it is called; may be the address itself."""
    url: str
    """Where it leads."""
    kind: LinkKind = LinkKind.WEB
    """What it is to the server."""


Paper: TypeAlias = StoredFile | Link
"""What hangs on homework, on a lesson, on a piece of news."""


def document(number: str, name: str) -> StoredFile:
    """A file called *name*, with bytes that no other one has."""
    body = f"%PDF-1.4\n% {number}: an invented paper of a school that does not exist.\n".encode()
    return StoredFile(number, name, body + bytes(range(256)) * 12 + b"\n%%EOF\n")


def attachments(key: str, papers: Iterable[Paper]) -> tuple[Attachment, ...]:
    """The *papers* of the record *key*, as a correct client delivers them."""
    return tuple(
        Attachment(name=one.name, kind=AttachmentKind.LINK, ref=(key, place), url=one.url)
        if isinstance(one, Link)
        else Attachment(name=one.name, kind=AttachmentKind.FILE, ref=(key, place))
        for place, one in enumerate(papers)
    )


def stored_file(desk: CollegeDesk, number: str) -> StoredFile | None:
    """The file *number* among everything that lies on *desk*; `None` if there is none."""
    lists = (
        *(desk.homeworks, desk.contents, desk.resources, desk.marks.sheets, desk.evaluations),
        *(desk.reports, desk.presence, desk.news, desk.discussions),
    )
    return next((one for one in chain.from_iterable(map(_files_in, lists)) if one.number == number), None)


def _files_in(kept: object) -> Iterator[StoredFile]:
    """Every file in a sheet, or in a row of sheets, however deep."""
    sort = type(kept)
    if isinstance(kept, StoredFile):
        yield kept
    elif isinstance(kept, list | tuple):
        for part in kept:
            yield from _files_in(part)
    elif attrs.has(sort):
        for field in attrs.fields(sort):
            yield from _files_in(getattr(kept, field.name))


class ResourceKind(IntEnum):
    """What a resource is to the server."""

    DOCUMENT = 0
    SITE = 1
    QUIZ = 2
    SUBJECT_PAPER = 3
    CORRECTION = 4
    HANDED_IN = 5
    KIOSK = 6
    CLOUD_DOCUMENT = 7


CATEGORIES = {
    ResourceKind.DOCUMENT: "document",
    ResourceKind.SITE: "site",
    ResourceKind.QUIZ: "quiz",
    ResourceKind.SUBJECT_PAPER: "subject",
    ResourceKind.CORRECTION: "correction",
    ResourceKind.HANDED_IN: "handed-in work",
    ResourceKind.KIOSK: "kiosk",
    ResourceKind.CLOUD_DOCUMENT: "cloud document",
}
"""How a correct client calls each kind, the server giving numbers only."""


@attrs.frozen
class ResourceSheet:
    """Something that a teacher shares."""

    record: Resource
    """As a correct client delivers it."""
    kind: ResourceKind
    """What it is to the server."""
    paper: Paper | None = None
    """The file or the link; a quiz has neither."""


def resource_sheet(
    desk: CollegeDesk,
    number: int,
    kind: ResourceKind,
    subject: str | None,
    shared_on: dt.date,
    paper: Paper | str,
) -> ResourceSheet:
    """A sheet whose neutral record says the same as its other fields.

    Args:
        desk: Of the pupil with whom it is shared.
        number: Tells the pupil's resources apart.
        kind: What it is.
        subject: For which subject; `None`: for all of them.
        shared_on: Since when.
        paper: The file or link, or the name of something that is neither.
    """
    identity = named("resource", number, desk.pupil)
    papers: Sequence[Paper] = () if isinstance(paper, str) else (paper,)
    record = Resource(
        **identity,
        title=paper if isinstance(paper, str) else paper.name,
        shared_at=dt.datetime.combine(shared_on, dt.time(), desk.year.zone),
        subject=subject_called(subject) if subject else None,
        category=CATEGORIES[kind],
        attachments=attachments(identity["key"], papers),
    )
    return ResourceSheet(record, kind, *papers)


def draw_resources(desk: CollegeDesk) -> list[ResourceSheet]:
    """One resource of each kind; pupils of one class are shown the same."""
    site = Link("Atlas en ligne", "https://atlas.example.test/europe?page=1&lang=fr")
    book = Link("Manuel de sciences", "https://kiosque.example.test/manuel", LinkKind.KIOSK)
    plan: tuple[tuple[int, ResourceKind, str | None, Paper | str], ...] = (
        (-1, ResourceKind.DOCUMENT, "MATHEMATIQUES", document("r1", "fiche n° 1 – fractions.pdf")),
        (-3, ResourceKind.SITE, "HISTOIRE-GEOGRAPHIE", site),
        (-4, ResourceKind.QUIZ, "FRANCAIS", "Quiz : les homophones"),
        (-8, ResourceKind.SUBJECT_PAPER, "MATHEMATIQUES", document("r2", "sujet du 2e devoir.pdf")),
        (-8, ResourceKind.CORRECTION, "MATHEMATIQUES", document("r3", "corrigé du 2e devoir.pdf")),
        (-9, ResourceKind.HANDED_IN, "FRANCAIS", document("r4", "rédaction.pdf")),
        (-12, ResourceKind.KIOSK, "SCIENCES VIE & TERRE", book),
        (
            *(-15, ResourceKind.CLOUD_DOCUMENT, "ARTS PLASTIQUES"),
            attrs.evolve(document("r5", "palette & couleurs.pdf"), is_in_cloud=True),
        ),
        (-20, ResourceKind.DOCUMENT, None, document("r6", "règles de la salle informatique.pdf")),
    )
    return [
        resource_sheet(desk, number, kind, subject, desk.year.calendar.school_day(back), paper)
        for number, (back, kind, subject, paper) in enumerate(plan, 1)
    ]
