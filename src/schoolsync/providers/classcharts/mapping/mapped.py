"""The frame of every mapping: whose row it is, and what happens to a senseless one."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

import attrs

from schoolsync.errors import DecodeIssue
from schoolsync.flow.html import name, rich, said
from schoolsync.model import Attachment, AttachmentKind, FrozenMap, Pupil, Subject
from schoolsync.model.decoding import refuse_issues
from schoolsync.providers.classcharts.envelope import Envelope
from schoolsync.providers.classcharts.schema.behaviour import TeacherRow
from schoolsync.providers.classcharts.schema.homework import FileRow, LinkRow

__all__ = [
    "PROVIDER",
    "Context",
    "decimal",
    "extras",
    "local",
    "mapped_rows",
    "moment",
    "name",
    "person",
    "rich",
    "said",
    "subject",
]

PROVIDER = "classcharts"
NUMBER = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)
R = TypeVar("R")
T = TypeVar("T")


JsonValue: TypeAlias = str | int | bool | None


@attrs.define
class Context:
    """What every mapping needs beside the rows."""

    pupil: Pupil
    """Whose rows they are."""
    is_strict: bool = False
    """Whether a senseless row is an error."""
    keeps_raw: bool = False
    """Whether records keep what the server sent."""
    can_tick: bool = False
    """Whether this account may tick homework."""
    issues: list[DecodeIssue] = attrs.field(factory=list)
    """What could not be read, by the schema and by the mapping."""
    place: str = "data"
    """Where the row that is being mapped stands in the answer."""
    addresses: dict[tuple[str, int], str] = attrs.field(factory=dict, repr=False)
    """Where the files of the listing are: by record key and position."""

    @property
    def zone(self) -> ZoneInfo:
        """The school's zone."""
        return self.pupil.school.zone

    @property
    def pupil_id(self) -> str:
        """The server's id of the pupil."""
        return self.pupil.provider_id or ""

    def common(self, raw: Any = None) -> dict[str, Any]:
        """What every record of this pupil carries."""
        return {"provider": PROVIDER, "pupil_key": self.pupil.key, "raw": raw}

    def tried(self, path: str, make: Callable[[], T], *, is_row_lost: bool = False) -> T | None:
        """What *make* gives; `None`, and an issue for *path* of the present row, when it makes no sense."""
        try:
            return make()
        except (ValueError, ArithmeticError):
            place = f"{self.place}.{path}" if path else self.place
            self.issues.append(DecodeIssue(place, "a value that makes no sense", is_row_lost))
            return None

    def files(
        self, key: str, files: Iterable[FileRow], links: Iterable[LinkRow] = ()
    ) -> tuple[Attachment, ...]:
        """Attachments of the record *key*: files first, then links; the files' addresses are kept aside."""
        found: list[Attachment] = []
        for row in files:
            address = row.validated_file or row.file
            if address:
                self.addresses[key, len(found)] = address
            called = name(row.called) or "file"
            found.append(Attachment(name=called, kind=AttachmentKind.FILE, ref=(key, len(found))))
        for link in links:
            url = link.link or link.validated_link
            if url:
                kind = AttachmentKind.LINK
                found.append(Attachment(name=url, kind=kind, ref=(key, len(found)), url=url))
        return tuple(found)


def mapped_rows(
    context: Context, envelope: Envelope[list[R], Any], to_records: Callable[[R, Any], Iterable[T]]
) -> list[T]:
    """The records of the rows in *envelope* that make sense, in the same order.

    Args:
        context: Gets an issue for each row that does not.
        envelope: The listing.
        to_records: The records of one row; they are made within this call.

    Raises:
        UnexpectedShape: A row makes no sense, in strict mode.
    """
    context.issues.extend(envelope.issues)
    records: list[T] = []
    raws: Iterable[Any] = envelope.raws or (None,) * len(envelope.data)
    for number, row, raw in zip(_numbers(envelope), envelope.data, raws, strict=False):
        context.place = f"data.{number}"
        found = context.tried("", partial(_made, to_records, row, raw), is_row_lost=True)
        records.extend(found or ())
    if context.is_strict:
        refuse_issues(context.issues)
    return records


def _made(to_records: Callable[[R, Any], Iterable[T]], row: R, raw: Any) -> list[T]:
    return [*to_records(row, raw)]


def _numbers(envelope: Envelope[list[R], Any]) -> Iterator[int]:
    """Where each row of *envelope* stood in the answer, between those that the schema lost."""
    paths = [issue.path.split(".") for issue in envelope.issues if issue.is_row_lost]
    lost = {int(path[1]) for path in paths if path[0] == "data" and path[1:] and path[1].isdigit()}
    return (number for number in itertools.count() if number not in lost)


def moment(text: str, zone: ZoneInfo) -> dt.datetime:
    """The moment that *text* means, in *zone*; without an offset it is local time.

    Raises:
        ValueError: It is no time.
    """
    return local(dt.datetime.fromisoformat(text.strip()), zone)


def local(when: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """*when* in *zone*; without an offset it is local time already."""
    return when.replace(tzinfo=zone) if when.tzinfo is None else when.astimezone(zone)


def subject(text: str | None) -> Subject | None:
    """The subject called *text*, if any."""
    called = name(text)
    return Subject(name=called) if called else None


def person(row: TeacherRow | None) -> str | None:
    """A teacher as the service writes them elsewhere: title, initial, family name."""
    if row is None:
        return None
    first = name(row.first_name)
    parts = (name(row.title), first[0] if first else None, name(row.last_name))
    return " ".join(part for part in parts if part) or None


def decimal(text: str | None) -> Decimal | None:
    """The number that *text* is, if it is plainly one: a comma may be of either kind, `7E2` a set."""
    number = NUMBER.fullmatch((text or "").strip())
    return Decimal(number[0]) if number else None


def extras(**facts: JsonValue) -> FrozenMap:
    """What only ClassCharts says, under its namespace; what it did not say is left out."""
    return FrozenMap((f"{PROVIDER}.{fact}", value) for fact, value in facts.items() if value is not None)
