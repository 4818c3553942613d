"""What teachers share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from schoolsync.derive import keys
from schoolsync.model import Identity, Resource, Subject
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping.attached import attachments, settled, web_address
from schoolsync.providers.pronote.mapping.mapped import Context, Shelved, mapped_rows, name, subject
from schoolsync.providers.pronote.schema.files import FileRow
from schoolsync.providers.pronote.schema.kinds import Kind
from schoolsync.providers.pronote.schema.resources import ResourceRow, ResourcesPage

__all__ = ["to_resources"]

QUIZ = 2
CATEGORIES: Mapping[int | None, str] = {
    0: "document",
    1: "site",
    QUIZ: "quiz",
    3: "subject",
    4: "correction",
    5: "handed-in work",
    6: "kiosk",
    7: "cloud document",
}
"""What is shared. Evidence: read."""
ADDRESSES = frozenset((1, 6))
"""Categories that lead somewhere else."""
LINK = 0
"""What an attachment calls a link."""


def to_resources(context: Context, page: Page[ResourcesPage]) -> list[Resource]:
    """What is shared, newest first, things without a day last.

    The key is of subject, day and name. Losses: answers to quizzes.
    """
    context.issues.extend(page.issues)
    listed = {row.id: subject(row.label, row.id, row.colour) for row in page.data.subjects if row.id}
    subjects = {id_: known for id_, known in listed.items() if known}
    make = partial(_resources, context, subjects)
    found = mapped_rows(context, page, page.data.resources, make, "listeRessources")
    lasting = settled(
        context, found, lambda records: keys.with_keys("resource", records, _identity, _content)
    )
    lasting.sort(key=lambda one: one.key)
    return sorted(lasting, key=_shared, reverse=True)


def _resources(
    context: Context, subjects: Mapping[str, Subject], row: ResourceRow, raw: Any
) -> Iterator[Resource]:
    target = row.target or FileRow.model_validate({})
    called = name(target.label)
    if called is None and row.url is None:
        raise ValueError("something without a name")
    own = row.subject
    yield Resource(
        **context.common(raw),
        key=context.place,
        identity=Identity.DERIVED,
        provider_id=target.id,
        title=called or row.url or "",
        shared_at=context.local(row.day) if row.day else None,
        subject=(subjects.get(own.id or "") or subject(own.label, own.id, own.colour)) if own else None,
        category=CATEGORIES.get(row.kind),
        attachments=attachments(context, context.place, _targets(row, target)),
    )


def _targets(row: ResourceRow, target: FileRow) -> Iterator[FileRow | Shelved]:
    """What it leads to: an address, or a file. A quiz is neither, unless it is shared as a document."""
    url = web_address(target.url) or web_address(row.url)
    if url and (row.kind in ADDRESSES or not target.id):
        yield target.model_copy(update={"kind": LINK, "url": url})
    elif target.id and row.kind not in ADDRESSES and (row.kind != QUIZ or target.kind == Kind.DOCUMENT):
        yield Shelved(target.id, target.label or "file")


def _shared(resource: Resource) -> dt.datetime:
    return resource.shared_at or dt.datetime.min.replace(tzinfo=dt.UTC)


def _identity(resource: Resource) -> keys.Parts:
    return (resource.subject.name if resource.subject else None, resource.shared_at, resource.title)


def _content(resource: Resource) -> keys.Parts:
    return (resource.category, tuple(file.url for file in resource.attachments))
