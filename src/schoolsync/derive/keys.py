"""Keys that mean the same thing in every session: opaque, and equal for equal things.

A key is a kind and 128 bits: `homework-` and 32 hex digits of BLAKE2b over what
makes the thing what it is. *Native* keys are made of the provider's own ids,
where those last; *derived* keys of content that nobody corrects: a mark keeps
its key when its value is corrected. A readable key would give a name away.

What is hashed is one text, UTF-8: the word `native` or `derived`, the kind, and
then the parts, each written so that no two tuples look alike:

- text: `s`, its number of characters, `:`, the text (NFC);
- a number: `#`, its plain decimal form without needless zeros, `;`;
- a day `d2026-03-09;`, a time of day `h09:50:00;`;
- a moment: `m`, the microseconds since 1970 began in UTC, `;`;
- nothing `n;`, true `t;`, false `f;`;
- a tuple: `(`, its parts, `)`.

The keys that people have stored depend on every word of this: `tests/vectors/keys.json`
holds it in place.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from hashlib import blake2b
from typing import Any, Literal, TypeAlias, TypeVar

from schoolsync.model import (
    Absence,
    Announcement,
    Attachment,
    Badge,
    Homework,
    Identity,
    Lesson,
    LessonKind,
    LessonStatus,
    Mark,
    Record,
    Subject,
)

__all__ = [
    "Kind",
    "Part",
    "Parts",
    "derived",
    "keyed",
    "lesson_keys",
    "native",
    "number_twins",
    "pupil",
    "with_absence_keys",
    "with_announcement_keys",
    "with_badge_keys",
    "with_homework_keys",
    "with_keys",
    "with_lesson_keys",
    "with_mark_keys",
]

T = TypeVar("T")
R = TypeVar("R", bound=Record)

Part: TypeAlias = "str | Decimal | int | bool | dt.date | dt.time | tuple[Part, ...] | None"
"""What a key can be made of. `dt.datetime` is a date too, and must be aware."""
Parts: TypeAlias = tuple[Part, ...]
"""Several of them, in an order that means something."""
Kind: TypeAlias = Literal[
    "absence",
    "announcement",
    "assessment",
    "badge",
    "behaviour",
    "content",
    "discussion",
    "homework",
    "lesson",
    "mark",
    "menu",
    "message",
    "period",
    "pupil",
    "report",
    "resource",
    "sanction",
]
"""What a key is a key of; it begins with this word."""


def native(kind: Kind, provider: str, *ids: str | int) -> str:
    """The key of what *provider* calls by *ids*, which last.

    Args:
        kind: What it is.
        provider: Name of the provider.
        ids: Its ids, a number and its digits being the same. Ids that are unique only within a
            host or an account need that beside them, and what pupils share (a class's homework, an
            announcement) the pupil's id.
    """
    return f"{kind}-{_digest(_start('native', kind) + _written((provider, *map(str, ids))))}"


def derived(kind: Kind, *parts: Part) -> str:
    """The key of what *parts* describe.

    Raises:
        TypeError: A part is of a type that has no one way to be written, such as a float.
        ValueError: A moment without a zone, or a number that is none.
    """
    return f"{kind}-{_digest(_start('derived', kind) + _written(parts))}"


def pupil(provider: str, host: str, school: str, name: str, class_name: str | None) -> str:
    """The key of a pupil whom the provider gives no lasting id, for clients without a store.

    Args:
        provider: Name of the provider.
        host: Host of the school's service, in lower case.
        school: The school's name.
        name: The pupil's full name as the school writes it.
        class_name: The pupil's class; a new class makes a new key.
    """
    return derived("pupil", provider, host, school, name, class_name)


# -- twins --------------------------------------------------------------------


def number_twins(
    rows: Iterable[T], identity: Callable[[T], Parts], content: Callable[[T], Parts]
) -> list[tuple[T, int]]:
    """Each row with its number among those of the same identity: 0, and 1, 2, … for its twins.

    Twins are numbered by their content, so that the server's order never matters. Give all rows
    of an identity at once (whole days), and before any is left out.

    Args:
        rows: The rows; the result is in the same order.
        identity: What makes a row what it is.
        content: What tells twins apart, the steadiest first: a corrected value stands last.
    """
    return [(row, ordinal) for row, _, ordinal in _numbered(list(rows), identity, content)]


def keyed(
    kind: Kind, rows: Iterable[T], identity: Callable[[T], Parts], content: Callable[[T], Parts]
) -> list[tuple[T, str]]:
    """Each row with its derived key, made of its identity and its number among its twins.

    Args:
        kind: What the rows are.
        rows: The rows; the result is in the same order.
        identity: As for `number_twins`.
        content: As for `number_twins`.
    """
    start = _start("derived", kind)
    return [
        (row, f"{kind}-{_digest(f'{start}{who}#{ordinal};')}")
        for row, who, ordinal in _numbered(list(rows), identity, content)
    ]


def _numbered(
    rows: list[T], identity: Callable[[T], Parts], content: Callable[[T], Parts]
) -> list[tuple[T, str, int]]:
    """Each row, its identity as it is hashed, and its number."""
    names = [_written(identity(row)) for row in rows]
    groups: dict[str, list[int]] = {}
    for position, name in enumerate(names):
        groups.setdefault(name, []).append(position)
    ordinals = [0] * len(rows)
    for twins in groups.values():
        if len(twins) > 1:
            twins.sort(key=lambda position: _written(content(rows[position])))
            for ordinal, position in enumerate(twins):
                ordinals[position] = ordinal
    return list(zip(rows, names, ordinals, strict=True))


# -- records ------------------------------------------------------------------


def with_keys(
    kind: Kind, records: Iterable[R], identity: Callable[[R], Parts], content: Callable[[R], Parts]
) -> list[R]:
    """The records with derived keys, in the same order; their attachments follow them.

    The pupil is part of every identity; *identity* need not name it.
    """
    return [_rekeyed(record, key) for record, key in keyed(kind, records, _of_pupil(identity), content)]


def with_lesson_keys(lessons: Iterable[Lesson]) -> list[Lesson]:
    """Lessons with keys of pupil, day and slot, whatever becomes of subject, teacher and room.

    The slot is the school's name for it; without one, the time at which the lesson begins.
    """
    records = list(lessons)
    found = lesson_keys(lesson.__dict__ for lesson in records)
    return [_rekeyed(record, key) for record, key in zip(records, found, strict=True)]


def lesson_keys(lessons: Iterable[Mapping[str, Any]]) -> list[str]:
    """The same keys for fields of lessons, in the same order, for those who make the records afterwards."""
    return [key for _, key in keyed("lesson", lessons, _lesson_identity, _lesson_content)]


def _lesson_identity(fields: Mapping[str, Any]) -> Parts:
    start: dt.datetime = fields["start"]
    return fields["pupil_key"], start.date(), fields.get("period_label") or start.time()


def _lesson_content(fields: Mapping[str, Any]) -> Parts:
    get = fields.get
    what = _name(get("subject")), get("groups", ()), get("kind", LessonKind.LESSON)
    where = fields["start"], fields["end"], get("teachers", ()), get("rooms", ())
    return *what, *where, get("status", LessonStatus.SCHEDULED), get("status_text"), get("note")


def with_homework_keys(homeworks: Iterable[Homework]) -> list[Homework]:
    """Homework with keys of pupil, subject, day given and due, whatever becomes of its text."""
    return with_keys(
        "homework",
        homeworks,
        lambda homework: (_name(homework.subject), homework.assigned_on, homework.due),
        lambda homework: (homework.title, homework.description_text, homework.teacher, homework.kind),
    )


def with_mark_keys(marks: Iterable[Mark]) -> list[Mark]:
    """Marks with keys of pupil, subject, day, title, scale and weight, whatever becomes of the value."""
    return with_keys(
        "mark",
        marks,
        lambda mark: (_name(mark.subject), mark.given_on, mark.title, mark.out_of, mark.coefficient),
        lambda mark: (
            mark.period_key,
            mark.class_max,
            mark.class_min,
            mark.class_average,
            mark.comment,
            mark.status,
            mark.text_value,
            mark.value,
        ),
    )


def with_absence_keys(absences: Iterable[Absence]) -> list[Absence]:
    """Absences with keys of pupil, kind and start, whatever becomes of their end and reason.

    Without a time, the start is the day and the school's name for the part of it.
    """
    return with_keys(
        "absence",
        absences,
        lambda absence: (absence.kind, absence.start or (absence.day, absence.session_label)),
        lambda absence: (
            absence.session_label,
            absence.lesson_key,
            absence.end,
            absence.minutes,
            absence.half_days,
            absence.code,
            absence.reasons,
            absence.justification,
        ),
    )


def with_announcement_keys(announcements: Iterable[Announcement]) -> list[Announcement]:
    """Announcements with keys of pupil, time and author, whatever becomes of their text."""
    return with_keys(
        "announcement",
        announcements,
        lambda announcement: (announcement.published_at, announcement.author),
        lambda announcement: (announcement.title, announcement.category, announcement.body_text),
    )


def with_badge_keys(badges: Iterable[Badge]) -> list[Badge]:
    """Badges with keys of pupil, badge and time of the award.

    The badge is known by the provider's id of it, and by its name where there is none.
    """
    return with_keys(
        "badge",
        badges,
        lambda badge: (badge.provider_id or badge.name, badge.awarded_at),
        lambda badge: (badge.reason, badge.awarded_by, badge.points, badge.lesson_name),
    )


def _of_pupil(identity: Callable[[R], Parts]) -> Callable[[R], Parts]:
    return lambda record: (record.pupil_key, *identity(record))


def _name(subject: Subject | None) -> str | None:
    return None if subject is None else subject.name


def _rekeyed(record: R, key: str) -> R:
    """*record* under *key*; attachments that were its own are so again."""
    update: dict[str, object] = {"key": key, "identity": Identity.DERIVED}
    files: tuple[Attachment, ...] = record.__dict__.get("attachments", ())
    if files:
        update["attachments"] = tuple(
            file.model_copy(update={"ref": (key, file.ref[1])}) if file.ref[0] == record.key else file
            for file in files
        )
    return record.model_copy(update=update)


# -- the one text -------------------------------------------------------------


@cache
def _start(origin: str, kind: Kind) -> str:
    return _written((origin, kind))


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MICROSECOND = dt.timedelta(microseconds=1)
_EMPTY = blake2b(digest_size=16)
"""Copied for every key: cheaper than a new one."""


def _digest(text: str) -> str:
    hasher = _EMPTY.copy()
    # Half a surrogate pair is no text, but a server may send one; it must not cost the row.
    hasher.update(text.encode("utf-8", "surrogatepass"))
    return hasher.hexdigest()


def _written(parts: Iterable[Part]) -> str:
    pieces = [
        f"s{len(part)}:{part}"
        if type(part) is str and part.isascii()  # most parts are: no call for them
        else _WRITERS.get(type(part), _write_kin)(part)
        for part in parts
    ]
    return "".join(pieces)


def _write_text(text: str) -> str:
    exact = unicodedata.normalize("NFC", text)
    return f"s{len(exact)}:{exact}"


def _write_decimal(number: Decimal) -> str:
    if not number.is_finite() or not -60 < number.adjusted() < 60:  # noqa: PLR2004 - beyond all measure
        raise ValueError("a key cannot be made of a number like that")
    if not number:
        return "#0;"
    plain = str(number)
    if "E" in plain:
        plain = format(number, "f")
    return f"#{plain.rstrip('0').rstrip('.') if '.' in plain else plain};"


def _write_moment(moment: dt.datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a key cannot be made of a time without a zone")
    return f"m{(moment - _EPOCH) // _MICROSECOND};"


def _write_time(time: dt.time) -> str:
    if time.tzinfo is not None:
        raise ValueError("a key cannot be made of a time of day with a zone")
    return f"h{time.isoformat()};"


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    str: _write_text,
    type(None): lambda _: "n;",
    bool: lambda fact: "t;" if fact else "f;",
    int: lambda number: f"#{number};",
    Decimal: _write_decimal,
    dt.datetime: _write_moment,
    dt.date: lambda day: f"d{day.isoformat()};",
    dt.time: _write_time,
    tuple: lambda parts: f"({_written(parts)})",
}


def _write_kin(part: object) -> str:
    """A part of a subclass, such as a `StrEnum`, written as what it is."""
    for kind, write in _WRITERS.items():
        if isinstance(part, kind):
            return write(part)
    raise TypeError(f"a key cannot be made of {type(part).__name__}")
