"""The frame of every mapping: whose rows they are, and what happens to a senseless one."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

import attrs

from schoolsync.errors import DecodeIssue
from schoolsync.flow.html import name, rich, said
from schoolsync.model import FrozenMap, Pupil, Subject
from schoolsync.model.decoding import refuse_issues
from schoolsync.providers.pronote.envelope import Page
from schoolsync.providers.pronote.files import Shelved
from schoolsync.providers.pronote.mapping.year import SchoolYear
from schoolsync.providers.pronote.refusals import PROVIDER

__all__ = [
    "PROVIDER",
    "Context",
    "Shelved",
    "colour",
    "duration",
    "extras",
    "mapped_rows",
    "name",
    "number",
    "rich",
    "said",
    "subject",
]

LAST_SECOND = dt.time(23, 59, 59)
SENSELESS = (ValueError, ArithmeticError)
"""What a value raises that makes no sense."""
NUMBER = re.compile(r"\s*([+-]?[0-9]{1,12}(?:[.,][0-9]{1,12})?)\s*", re.ASCII)
COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
HOURS = re.compile(r"\s*([0-9]{1,5})\s*[hH:]\s*([0-5]?[0-9])?\s*", re.ASCII)
R = TypeVar("R")
T = TypeVar("T")

JsonValue: TypeAlias = str | int | float | bool | None


@attrs.define
class Context:
    """What every mapping needs beside the rows."""

    pupil: Pupil
    """Whose rows they are."""
    year: SchoolYear
    """Weeks, grid, periods."""
    is_strict: bool = False
    """Whether a senseless row is an error."""
    keeps_raw: bool = False
    """Whether records keep what the server sent."""
    can_tick: bool = False
    """Whether this account may tick homework."""
    issues: list[DecodeIssue] = attrs.field(factory=list)
    """What could not be read, by the schema and by the mapping."""
    place: str = ""
    """Where the row that is being mapped stands in the answer."""
    files: dict[tuple[str, int], Shelved] = attrs.field(factory=dict, repr=False)
    """The files of the records made so far: by record key and position."""
    zone: ZoneInfo = attrs.field(
        init=False, repr=False, default=attrs.Factory(lambda self: self.pupil.school.zone, takes_self=True)
    )
    """The school's zone."""

    def local(self, when: dt.datetime) -> dt.datetime:
        """*when*, a time of the school's clock, in the school's zone."""
        return dt.datetime.combine(when, when.time(), self.zone)  # faster than replace

    def start_of(self, day: dt.date) -> dt.datetime:
        """The first moment of *day* in the school's zone."""
        return dt.datetime.combine(day, dt.time(), self.zone)

    def end_of(self, day: dt.date) -> dt.datetime:
        """The last second of *day* in the school's zone."""
        return dt.datetime.combine(day, LAST_SECOND, self.zone)

    def common(self, raw: Any = None) -> dict[str, Any]:
        """What every record of this pupil carries."""
        common = {"provider": PROVIDER, "pupil_key": self.pupil.key}
        return common if raw is None else common | {"raw": raw}

    def tried(self, path: str, make: Callable[[], T], *, is_row_lost: bool = False) -> T | None:
        """What *make* gives; `None`, and an issue for *path* of the present row, when it makes no sense."""
        try:
            return make()
        except SENSELESS:
            self.complain(path, is_row_lost=is_row_lost)
            return None

    def complain(self, path: str, *, is_row_lost: bool = False) -> None:
        """There is an issue for *path* of the present row."""
        place = f"{self.place}.{path}" if path else self.place
        self.issues.append(DecodeIssue(place, "a value that makes no sense", is_row_lost))


def mapped_rows(
    context: Context,
    page: Page[Any],
    rows: Iterable[R],
    to_records: Callable[[R, Any], Iterable[T]],
    *steps: str | int,
) -> list[T]:
    """The records of *rows* that make sense, in the same order.

    Args:
        context: Gets an issue for each row that does not.
        page: The answer that they stand in; its own issues are for the caller to take over, once.
        rows: The rows.
        to_records: The records of one row, from it and from what was sent.
        steps: The way to the list in the answer, in the server's words: `"ListeCours"`.

    Raises:
        UnexpectedShape: A row makes no sense, in strict mode.
    """
    way = ".".join(map(str, (page.function, *steps)))
    raws = _at(page.raw, steps) if context.keeps_raw else None
    found = tuple(rows)
    lost = _lost(page, way, found)
    if lost:
        context.issues[:] = [
            attrs.evolve(issue, is_row_lost=True) if issue.path in lost else issue for issue in context.issues
        ]
    gone = frozenset(lost.values())
    places = (number for number in itertools.count() if number not in gone)
    records: list[T] = []
    for place, row in zip(places, found, strict=False):
        context.place = f"{way}.{place}"
        raw = raws[place] if isinstance(raws, list) and place < len(raws) else None
        try:
            records += [*to_records(row, raw)]  # all of a row's records, or none
        except SENSELESS:
            context.complain("", is_row_lost=True)
    if context.is_strict:
        refuse_issues(context.issues)
    return records


def _lost(page: Page[Any], way: str, rows: tuple[Any, ...]) -> dict[str, int]:
    """The rows of the list at *way* that the schema lost: path of the issue → where the row stood.

    A row is lost when an issue names the row itself, or a key that it must have.
    """
    start = f"{way}."
    paths = [issue.path for issue in page.issues if issue.path.startswith(start)]
    needed = _needed(rows[0]) if paths and rows else ()
    lost: dict[str, int] = {}
    for path in paths:
        place, *inner = path[len(start) :].split(".")
        if place.isdigit() and (not inner or (len(inner) == 1 and inner[0] in needed)):
            lost[path] = int(place)
    return lost


def _needed(row: Any) -> frozenset[str]:
    """The keys that rows of that kind must have."""
    fields: dict[str, Any] = getattr(type(row), "model_fields", {})
    return frozenset(field.alias or called for called, field in fields.items() if field.is_required())


def _at(said: Any, steps: Iterable[str | int]) -> Any:
    """What stands at *steps* of an answer as it was sent, its wrappings taken off on the way."""
    for step in steps:
        said = _bare(said)
        try:
            said = said[step]
        except (LookupError, TypeError):
            return None
    return _bare(said)


def _bare(said: Any) -> Any:
    return said.get("V") if isinstance(said, dict) and "_T" in said else said


def colour(text: str | None) -> str | None:
    """`#rrggbb` in lower case; older servers leave the sign out; `None` for anything else."""
    found = COLOUR.fullmatch((text or "").strip())
    return f"#{found[1].lower()}" if found else None


def subject(label: str | None, id_: str | None = None, shown: str | None = None) -> Subject | None:
    """The subject called *label*, if any."""
    called = name(label)
    return Subject(name=called, id=id_, colour=colour(shown)) if called else None


def number(text: str | None) -> Decimal | None:
    """The number that *text* is, with a comma or a point; `None` if it is none."""
    found = NUMBER.fullmatch(text or "")
    return Decimal(found[1].replace(",", ".")) if found else None


def duration(text: str | None) -> dt.timedelta | None:
    """The duration that *text* is: `3h30`, `18h`; `None` if nothing is said.

    Raises:
        ValueError: It is no such duration.
    """
    if not text or not text.strip():
        return None
    found = HOURS.fullmatch(text)
    if found is None:
        raise ValueError("no duration as the server writes it")
    return dt.timedelta(hours=int(found[1]), minutes=int(found[2] or 0))


def extras(**facts: JsonValue) -> FrozenMap:
    """What only PRONOTE says, under its namespace; what it did not say is left out."""
    return FrozenMap((f"{PROVIDER}.{fact}", value) for fact, value in facts.items() if value is not None)
