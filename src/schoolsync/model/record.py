"""What every record carries: identity, provider, extras, and a way to and from JSON.

A *record* happens and may change (a lesson, a mark): it has a key. A *value*
describes (a subject, a file). Both are frozen, and neither shows anything of a
person in `repr`, `str` or a validation error; `to_dict` shows content.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
)

from schoolsync.errors import DecodeIssue, UsageError
from schoolsync.model.described import described
from schoolsync.model.extras import FrozenMap

__all__ = ["SCHEMA_VERSION", "Due", "Identity", "Moment", "Number", "Record", "Rows", "Value", "known_zone"]

SCHEMA_VERSION: Final = 1
"""Version of the dictionaries that `Record.to_dict` writes; a field that changes its meaning raises it."""

T = TypeVar("T")
MOST_DIGITS: Final = 60
"""Digits before or after the point beyond which nothing is a mark."""


def _in_zone(moment: dt.datetime, info: ValidationInfo) -> dt.datetime:
    zone = info.context.get("zone") if info.context else None
    try:
        return moment.astimezone(zone) if zone else moment
    except OverflowError:
        raise ValueError("a time beyond the calendar") from None


def _read_due(due: object, info: ValidationInfo) -> dt.date:
    if isinstance(due, str):
        due = _parsed(due)
    if not isinstance(due, dt.date):
        raise ValueError("a date or a time is expected")  # noqa: TRY004 - pydantic collects ValueErrors only
    if not isinstance(due, dt.datetime):
        return due
    if due.tzinfo is None:
        raise ValueError("a time without a zone is refused")
    return _in_zone(due, info)


def _parsed(text: str) -> dt.date:
    """A day without a time, else a moment: the text decides, so that a midnight stays one."""
    try:
        if len(text) > len("2026-01-31"):
            return dt.datetime.fromisoformat(text)
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("neither a date nor a time") from None  # Python's own text quotes it


def _write_due(due: dt.date) -> str:
    return due.isoformat()


def _read_number(number: Decimal) -> Decimal:
    if not -MOST_DIGITS < number.adjusted() < MOST_DIGITS:  # writing it out would fill the memory
        raise ValueError("a number beyond all measure")
    return number


def _write_number(number: Decimal) -> str:
    return format(number, "f")


Moment = Annotated[AwareDatetime, AfterValidator(_in_zone)]
"""A point in time, aware, in the school's zone; naive ones are refused."""

Due = Annotated[
    dt.date | dt.datetime,
    PlainValidator(_read_due),
    PlainSerializer(_write_due, return_type=str, when_used="json"),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
    ),
]
"""A day, or a point in time where the school gives one; a midnight stays a time."""

Number = Annotated[
    Decimal,
    AfterValidator(_read_number),
    PlainSerializer(_write_number, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}, mode="serialization"),
]
"""A number as a school gives it; as JSON its plain decimal text, never with an exponent."""


class Identity(StrEnum):
    """Where a record's key comes from, and so how far it can be trusted."""

    NATIVE = "native"
    """From the provider's own id, which lasts."""
    DERIVED = "derived"
    """From the content that nobody corrects; see `schoolsync.derive.keys`."""
    MINTED = "minted"
    """Given once and kept in the store."""


class Value(BaseModel):
    """Base of everything frozen that users hold.

    Types are taken at their word: text is no date, a number no boolean. (`from_dict` reads
    what JSON has no types for.)
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, strict=True, extra="forbid", hide_input_in_errors=True
    )

    if not TYPE_CHECKING:  # type checkers know that it is frozen

        def __setattr__(self, name: str, value: object) -> None:
            """Refused, without showing the value."""
            raise UsageError(f"a {type(self).__name__} never changes: make another with model_copy(update=…)")

        def __delattr__(self, name: str) -> None:
            """Refused."""
            raise UsageError(f"a {type(self).__name__} never changes: it keeps its {name}")

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        """The key, where there is one: nothing of a person."""
        key = self.__dict__.get("key")
        return [("key", key)] if key else []

    def __str__(self) -> str:
        """The same as `repr`."""
        return repr(self)

    def to_dict(self) -> dict[str, JsonValue]:
        """This value as JSON types: times as ISO 8601 text with offset, decimals as text.

        Beside the fields: `schema_version`, `type` (the class name), and `timezone`, the name of
        the zone that all its times are in (`None` where there is no time, or no one zone with a
        name: then only the offsets are kept). A `School` has a `timezone` of its own there.
        """
        zones = {getattr(moment.tzinfo, "key", None) for moment in _moments(self)}
        return {
            "schema_version": SCHEMA_VERSION,
            "type": type(self).__name__,
            "timezone": zones.pop() if len(zones) == 1 else None,
            **self.model_dump(mode="json"),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """What `to_dict` wrote, equal to the original: same instants, same zone name.

        Raises:
            UsageError: Of another schema version or type, or in a zone that nobody knows.
            pydantic.ValidationError: Fields are missing, unknown or of another shape.
        """
        fields = dict(data)
        version, name = fields.pop("schema_version", SCHEMA_VERSION), fields.pop("type", cls.__name__)
        if not isinstance(version, int) or version > SCHEMA_VERSION:
            raise UsageError("written by a newer schoolsync, or not by schoolsync at all")
        if name != cls.__name__:
            raise UsageError(f"this is another type, not a {cls.__name__}")
        zone = None if "timezone" in cls.model_fields else fields.pop("timezone", None)
        context = {"zone": known_zone(zone)} if zone else None
        return cls.model_validate(fields, strict=False, context=context)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of what `to_dict` writes."""
        schema = described(cls.model_json_schema(mode="serialization"), cls)
        frame = {
            "schema_version": {"const": SCHEMA_VERSION},
            "type": {"const": cls.__name__},
            "timezone": {"type": ["string", "null"], "description": "Zone that the times are in."},
        }
        schema["properties"] = {**frame, **schema.get("properties", {})}
        schema["required"] = [*dict.fromkeys([*frame, *schema.get("required", ())])]
        return schema


def _moments(value: object) -> Iterator[dt.datetime]:
    """Every time in *value* and in what it holds."""
    parts = value if isinstance(value, tuple) else value.__dict__.values()
    for part in parts:
        if part is None or isinstance(part, str | bool):  # most are: asked first
            continue
        if isinstance(part, dt.datetime):
            yield part
        elif isinstance(part, tuple | Value):
            yield from _moments(part)


def known_zone(name: str) -> ZoneInfo:
    """The zone called *name*.

    Raises:
        UsageError: There is none. (It is a `ValueError`, whatever is wrong with the name.)
    """
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, TypeError, ValueError):
        raise UsageError("no such time zone: an IANA name is expected, like Europe/Paris") from None


class Record(Value):
    """Base of everything that happens at school and has an identity.

    Two records are equal when all their fields are, `raw` excepted; a record
    hashes by class and key, so that a corrected record finds its older self.
    """

    key: str
    """Stable and opaque: equal for the same thing in every session. Kind and 128 bits as hex."""
    provider: str
    """Name of the provider that it came from."""
    pupil_key: str
    """Key of the pupil whom it concerns."""
    provider_id: str | None = None
    """The provider's own id; on PRONOTE it does not survive a log-in, so it is never an identity."""
    identity: Identity
    """How `key` was made."""
    extras: FrozenMap = FrozenMap()
    """What is true only of this provider, under names like `classcharts.ticked`."""
    raw: JsonValue = Field(default=None, exclude=True, repr=False)
    """What the server sent, only with `keep_raw=True`; never shown, written or compared."""

    compared_without: ClassVar[frozenset[str]] = frozenset({"raw"})
    """Fields that equality ignores."""

    def __eq__(self, other: object) -> bool:
        """Equal when class and all compared fields are."""
        if type(other) is not type(self):
            return NotImplemented
        mine, theirs = self.__dict__, other.__dict__
        return all(mine[name] == theirs[name] for name in mine if name not in self.compared_without)

    def __hash__(self) -> int:
        """By class and key."""
        return hash((type(self), self.key))


class Rows(list[T]):
    """A list of records, and what could not be read beside them.

    It is a `list` in every way, and equal to a plain one. Slices and sums of it are plain lists,
    because the issues are those of the whole reading; copies and pickles keep them.

    Args:
        rows: The good rows.
        issues: One per row or field that was lost.
    """

    def __init__(self, rows: Iterable[T] = (), issues: Iterable[DecodeIssue] = ()) -> None:
        super().__init__(rows)
        self.issues: tuple[DecodeIssue, ...] = tuple(issues)
