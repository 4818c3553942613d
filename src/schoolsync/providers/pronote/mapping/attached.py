"""Files and links: attachments of records, and what the files' addresses are made of.

A file's address holds an id of this session, so it stays beside the records, by the record's key and
the file's position. Most keys are derived only when all records of a listing are known; until then a
record goes under a provisional key that no other one has: `context.place`.

```python
records = mapped_rows(context, page, rows, lambda row, raw: [_record(context, row, raw)], "listeDevoirs")
return settled(context, records, keys.with_mark_keys)
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from schoolsync.model import Attachment, AttachmentKind, Record
from schoolsync.providers.pronote.mapping.mapped import Context, Shelved, name
from schoolsync.providers.pronote.schema.files import FileRow

__all__ = ["attachments", "settled", "web_address"]

R = TypeVar("R", bound=Record)

FILES = frozenset((1, 2))
LINKS = frozenset((0, 3, 4))
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
"""What a link may begin with."""
NOBODY = "0"
"""The id of nothing."""


def attachments(context: Context, key: str, rows: Iterable[FileRow | Shelved]) -> tuple[Attachment, ...]:
    """What *rows* name, in their order; the files are shelved in the context.

    Args:
        context: Gets the files, by *key* and position.
        key: Of the record that carries them, or a provisional one: see `settled`.
        rows: As the server lists them; a `Shelved` for a file that only its code tells apart.
    """
    return tuple(_attachment(context, (key, position), row) for position, row in enumerate(rows))


def settled(context: Context, records: Iterable[R], with_keys: Callable[[Iterable[R]], list[R]]) -> list[R]:
    """The records under their lasting keys, in the same order; their files are shelved under these.

    Args:
        context: Where the files are.
        records: Under provisional keys.
        with_keys: Gives them their keys, in the same order: `keys.with_homework_keys`.
    """
    provisional = list(records)
    lasting = with_keys(provisional)
    for before, after in zip(provisional, lasting, strict=True):
        files: tuple[Attachment, ...] = before.__dict__.get("attachments", ())
        for file in files:
            if file.ref in context.files:
                context.files[after.key, file.ref[1]] = context.files.pop(file.ref)
    return lasting


def web_address(text: str | None) -> str | None:
    """The address of a link; `None` for none, or for one that no page should follow (`javascript:`)."""
    address = (text or "").strip()
    scheme, colon, _ = address.partition(":")
    is_place = "." in scheme or "/" in scheme  # `www.example.test:8080`, `files/a:b`
    return None if not address or (colon and not is_place and scheme.lower() not in SCHEMES) else address


def _attachment(context: Context, ref: tuple[str, int], row: FileRow | Shelved) -> Attachment:
    if isinstance(row, Shelved):
        return _file(context, ref, row.name, row)
    called = name(row.label)
    if _is_link(row):
        url = web_address(row.url) or (web_address(called) if "://" in (called or "") else None)
        return Attachment(name=called or url or "link", kind=AttachmentKind.LINK, ref=ref, url=url)
    has_bytes = row.id and row.id != NOBODY
    return _file(context, ref, called, Shelved(row.id, row.label or "file") if row.id and has_bytes else None)


def _file(context: Context, ref: tuple[str, int], called: str | None, shelved: Shelved | None) -> Attachment:
    if shelved is not None:
        context.files[ref] = shelved
    return Attachment(name=name(called) or "file", kind=AttachmentKind.FILE, ref=ref)


def _is_link(row: FileRow) -> bool:
    """By its kind; a kind that we do not know is a link if it has an address."""
    return row.kind in LINKS or (row.kind not in FILES and bool(row.url))
