"""Lessons, and what else fills a pupil's day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

import attrs

from schoolsync.derive import keys
from schoolsync.model import FrozenMap, Identity, Lesson, LessonKind, LessonStatus, Subject
from schoolsync.model.decoding import refuse_issues
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.mapping import grid
from schoolsync.providers.pronote.mapping.attached import web_address
from schoolsync.providers.pronote.mapping.bands import to_bands
from schoolsync.providers.pronote.mapping.mapped import (
    Context,
    colour,
    extras,
    mapped_rows,
    name,
    said,
    subject,
)
from schoolsync.providers.pronote.mapping.superposed import linked, visible
from schoolsync.providers.pronote.schema.kinds import Kind, kind_number
from schoolsync.providers.pronote.schema.timetable import (
    LessonRow,
    NotebookRef,
    PartRow,
    RecessRow,
    TimetablePage,
)
from schoolsync.providers.pronote.schema.words import Version

__all__ = ["to_lessons"]

K = TypeVar("K")
V = TypeVar("V")
_SubjectFacts: TypeAlias = tuple[str | None, str | None, str | None]
_ExtraFacts: TypeAlias = tuple[int | None, str | None]

COUNCIL, REPLACEMENT, SUBSTITUTE = 1, 2, 4
"""Kinds of a row."""
SUBSTITUTE_MARK = 3
"""What marks a substitute among the parts of a row."""
TEACHER_AWAY = re.compile(r"\bprof.*absent", re.IGNORECASE | re.DOTALL)
CHANGES = (
    (re.compile(r"changement\s+de\s+salle", re.IGNORECASE), LessonStatus.ROOM_CHANGED),
    (re.compile(r"cours\s+déplacé", re.IGNORECASE), LessonStatus.MOVED),
    (re.compile(r"rempla[cç]", re.IGNORECASE), LessonStatus.TEACHER_CHANGED),
)
"""What the school's own words mean, as far as they are known."""
ROLES = {
    Kind.TEACHER: "teachers",
    Kind.STAFF: "teachers",
    Kind.ROOM: "rooms",
    Kind.CLASS: "groups",
    Kind.GROUP: "groups",
    Kind.CLASS_PART: "groups",
    Kind.SUBJECT: "subject",
}
"""What a part is to its lesson; other parts are left out."""


def to_lessons(
    context: Context, pages: Iterable[Page[TimetablePage]], *, raw_view: bool = False
) -> list[Lesson]:
    """The lessons of all *pages*, by start.

    A cancelled lesson that lies under another one is left out; recesses and the canteen's hours are added
    on days with lessons. Keys depend neither on the view nor on the server's order.

    Args:
        context: Gets the pages' issues too.
        pages: Weeks, or intervals of days. What several of them show, such as an outing over two weeks,
            is taken from the first one.
        raw_view: Every row of the server's, and no other.

    Losses: what the parts of a lesson say besides subject, teachers, rooms and groups (course label,
    site, material); which classes go on an outing.

    Raises:
        UnexpectedShape: A row, or a break, makes no sense, in strict mode.
    """
    reading = _Reading(context, _roles(context.year.version))
    recesses: list[RecessRow] = []
    drafts: list[dict[str, Any]] = []
    for page in pages:
        context.issues.extend(page.issues)
        recesses.extend(page.data.recesses)
        drafts += reading.page(page)
    lessons = linked([*_keyed(drafts)])
    if not raw_view:
        lessons = visible(lessons) + to_bands(context, recesses, lessons)
    if context.is_strict:
        refuse_issues(context.issues)
    return sorted(lessons, key=lambda lesson: (lesson.start, lesson.key))


def _keyed(drafts: Sequence[dict[str, Any]]) -> Iterator[Lesson]:
    for draft, key in zip(drafts, keys.lesson_keys(drafts), strict=True):
        draft["key"] = key
        yield Lesson.model_validate(draft)


class _Made(dict[K, V]):
    """What was made of each thing: made once, because most of it repeats from row to row."""

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, given: K) -> V:
        made = self[given] = self.make(given)
        return made


@attrs.define
class _Parts:
    """What a lesson is made of, in the server's order."""

    subject: PartRow | None = None
    teachers: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    title: str | None = None
    has_substitute: bool = False


@attrs.define
class _Reading:
    """Rows become lessons."""

    context: Context
    roles: Mapping[int | None, str]
    names: _Made[str | None, str | None] = attrs.field(factory=lambda: _Made(name))
    colours: _Made[str | None, str | None] = attrs.field(factory=lambda: _Made(colour))
    subjects: _Made[_SubjectFacts, Subject | None] = attrs.field(factory=lambda: _Made(_subject))
    extras: _Made[_ExtraFacts, FrozenMap] = attrs.field(factory=lambda: _Made(_extras))
    seen: set[tuple[str, dt.datetime]] = attrs.field(factory=set)
    """Ids and starts of earlier pages."""

    def page(self, page: Page[TimetablePage]) -> list[dict[str, Any]]:
        """The fields of the lessons of *page* that no earlier one had, in its order."""
        drafts = mapped_rows(self.context, page, page.data.lessons, self.drafts, "ListeCours")
        marked = [((draft["provider_id"], draft["start"]), draft) for draft in drafts]
        new = [draft for mark, draft in marked if mark not in self.seen]
        self.seen.update(mark for mark, _ in marked if mark[0] is not None)
        return new

    def drafts(self, row: LessonRow, raw: Any) -> list[dict[str, Any]]:
        """The fields of the one lesson of *row*, but for its key.

        Raises:
            ValueError: It does not say when it begins.
        """
        context, parts = self.context, self._parts(row)
        start = row.start or grid.start_in_week(context.year, row.week, row.place)
        if start is None:
            raise ValueError("a lesson without a start")
        end = row.end if row.end is not None and row.end > start else None
        about, notebook = parts.subject, row.notebook
        facts = {
            **context.common(raw),
            "identity": Identity.DERIVED,
            "provider_id": row.id,
            "start": context.local(start),
            "end": context.local(end or grid.end_of_lesson(context.year, start, row.place, row.duration)),
            "end_inferred": end is None,
            "subject": self.subjects[about.label, about.id, row.colour] if about is not None else None,
            "teachers": parts.teachers,
            "rooms": parts.rooms,
            "groups": parts.groups,
            "is_test": _is_test(notebook) if notebook is not None else None,
            "note": said(row.memo),
            "colour": self.colours[row.colour],
            "extras": self.extras[row.number, row.memo],
        }
        return [facts | _changes(row, parts) if _is_special(row, parts) else facts]

    def _parts(self, row: LessonRow) -> _Parts:
        found, roles, names = _Parts(), self.roles, self.names
        for part in row.parts:
            called, role = names[part.label], roles.get(part.kind)
            if part.marker == SUBSTITUTE_MARK:
                found.has_substitute = True
            if called is None:
                continue
            if role == "subject":
                found.subject = found.subject or part
            elif role is not None:
                setattr(found, role, (*getattr(found, role), called))
            elif part.is_title and found.title is None:
                found.title = called
        return found


def _roles(version: Version) -> dict[int | None, str]:
    """The role of each kind of part, by the number that a server of *version* has for it."""
    return {kind_number(kind, version): role for kind, role in ROLES.items()}


def _subject(facts: _SubjectFacts) -> Subject | None:
    return subject(*facts)


def _extras(facts: _ExtraFacts) -> FrozenMap:
    number, memo = facts
    return extras(num=number, memo=memo or None)


# -- what is not said of most lessons ---------------------------------------------


def _is_special(row: LessonRow, parts: _Parts) -> bool:
    """Whether it is more, or less, than a lesson that is given as planned."""
    is_marked = row.kind or row.is_cancelled or row.is_detention or row.is_outing or row.is_study
    return bool(is_marked or row.status or row.online or row.exemption is not None or parts.has_substitute)


def _changes(row: LessonRow, parts: _Parts) -> dict[str, Any]:
    """What else there is to say of such a lesson, or otherwise."""
    words = row.status if row.status and row.status.strip() else None
    facts: dict[str, Any] = {
        "kind": _kind(row),
        "status": _status(row, parts, words),
        "status_text": words,
        "is_teacher_absent": True if words and TEACHER_AWAY.search(words) else None,
        "is_exempted": True if row.exemption is not None else None,
        "online_urls": tuple(url for url in (web_address(online.url) for online in row.online) if url),
    }
    if row.is_detention:
        facts |= {"subject": None, "groups": (parts.title,) if parts.title else parts.groups}
    elif row.is_outing:
        companions = tuple(called for called in map(name, row.companions) if called)
        facts |= {"subject": None, "note": said(row.reason), "teachers": companions or parts.teachers}
    return facts


def _kind(row: LessonRow) -> LessonKind:
    if row.is_detention:
        return LessonKind.DETENTION
    if row.is_outing:
        return LessonKind.OUTING
    if row.is_study:
        return LessonKind.STUDY
    return LessonKind.OTHER if row.kind == COUNCIL else LessonKind.LESSON


def _status(row: LessonRow, parts: _Parts, words: str | None) -> LessonStatus:
    """By what the server marks, then by what the school writes."""
    if row.is_cancelled:
        return LessonStatus.CANCELLED
    if row.kind == REPLACEMENT:
        return LessonStatus.REPLACED
    if row.kind == SUBSTITUTE or parts.has_substitute:
        return LessonStatus.TEACHER_CHANGED
    for pattern, meant in CHANGES:
        if words and pattern.search(words):
            return meant
    if row.exemption is not None and row.exemption.is_at_home:
        return LessonStatus.ONLINE
    return LessonStatus.UNKNOWN if words else LessonStatus.SCHEDULED


def _is_test(notebook: NotebookRef) -> bool | None:
    """Whether a test or an evaluation is announced; `None`: the notebook does not say."""
    if notebook.is_test is None and notebook.is_evaluation is None:
        return None
    return bool(notebook.is_test or notebook.is_evaluation)
