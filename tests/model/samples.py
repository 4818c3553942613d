"""Invented records of every class, drawn from their own annotations.

A field added to the model is drawn here without a change; a type that is not
known here fails loudly.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from schoolsync import model
from schoolsync.model import AttachmentKind, FrozenMap, MarkStatus, Record, School, Value
from schoolsync.model.record import Due, Moment, Number

if TYPE_CHECKING:
    from pydantic import JsonValue
    from pydantic.fields import FieldInfo

VALUES: tuple[type[Value], ...] = tuple(
    found
    for found in (getattr(model, name) for name in model.__all__)
    if isinstance(found, type) and issubclass(found, Value) and found not in {Value, Record}
)
"""Every class that users hold."""
RECORDS: tuple[type[Record], ...] = tuple(kind for kind in VALUES if issubclass(kind, Record))
"""Those that have a key."""

ZONES = tuple(
    map(ZoneInfo, ("Europe/Paris", "Europe/London", "Pacific/Noumea", "America/Martinique", "Indian/Reunion"))
)
"""Zones of real schools: with and without a change of the clocks, on either side of Greenwich."""
PARIS, LONDON = ZONES[:2]
TWICE = {
    "Europe/Paris": dt.datetime(2026, 10, 25, 2, 30, tzinfo=PARIS),
    "Europe/London": dt.datetime(2026, 10, 25, 1, 30, tzinfo=LONDON),
}
"""Local times that happen twice."""

COMMON: dict[str, Any] = {"provider": "sandbox", "pupil_key": "pupil-1", "identity": model.Identity.DERIVED}
"""What every record needs beside its key."""

JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=8), inner, max_size=2),
    max_leaves=4,
)


def moments(zone: ZoneInfo) -> st.SearchStrategy[dt.datetime]:
    """Aware times in *zone*, both sides of every fold among them."""
    naive = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1))  # noqa: DTZ001 - the zone follows
    anywhen = naive.map(lambda moment: moment.replace(tzinfo=zone))
    twice = TWICE.get(zone.key)
    return anywhen | st.sampled_from([twice, twice.replace(fold=1)]) if twice else anywhen


def anything(kind: type[Value]) -> st.SearchStrategy[Any]:
    """Objects of class *kind*, with their times in one zone or another."""
    return st.one_of([records(kind, zone) for zone in ZONES])


@cache
def records(kind: type[Value], zone: ZoneInfo) -> st.SearchStrategy[Any]:
    """Objects of class *kind* whose times are in *zone*."""
    fields = {name: _of_field(field, zone) for name, field in kind.model_fields.items() if name != "raw"}
    if kind is School:
        fields["timezone"] = st.just(zone.key)
    return st.fixed_dictionaries(fields).map(_allowed).map(lambda drawn: kind(**drawn))


def _allowed(fields: dict[str, Any]) -> dict[str, Any]:
    """*fields* as the model's own rules have them: a value for a grade only, an address for a link only."""
    status = fields.get("status")
    if isinstance(status, MarkStatus) and status is not MarkStatus.GRADED:
        return {**fields, "value": None}
    return {**fields, "url": None} if fields.get("kind") is AttachmentKind.FILE else fields


def _of_field(field: FieldInfo, zone: ZoneInfo) -> st.SearchStrategy[Any]:
    """What fits a field; pydantic takes the first layer of `Annotated` apart."""
    for alias in SPECIAL:
        kind, *marks = get_args(alias)
        if field.annotation == kind and marks[-1] in field.metadata:
            return _special(alias, zone)
    return _of_type(field.annotation, zone)


SPECIAL = (Moment, Due, Number)
ODD_NUMBERS = [Decimal("1E+2"), Decimal("-0.00"), Decimal("14.50"), Decimal("1E-9")]


def _special(alias: object, zone: ZoneInfo) -> st.SearchStrategy[Any]:
    if alias is Number:
        return st.decimals(-(10**6), 10**6, places=3) | st.sampled_from(ODD_NUMBERS)
    midnight = st.just(dt.datetime(2026, 3, 9, tzinfo=zone))
    return moments(zone) if alias is Moment else st.dates() | moments(zone) | midnight


SCALARS: Mapping[object, st.SearchStrategy[Any]] = {
    str: st.text(max_size=12),
    bool: st.booleans(),
    int: st.integers(-(10**6), 10**6),
    NoneType: st.none(),
    dt.date: st.dates(),
    dt.timedelta: st.timedeltas(dt.timedelta(0), dt.timedelta(days=60)),
    FrozenMap: st.dictionaries(st.text(max_size=8), JSON, max_size=3).map(FrozenMap),
}


def _of_type(annotation: Any, zone: ZoneInfo) -> st.SearchStrategy[Any]:
    if annotation in SPECIAL:
        return _special(annotation, zone)
    if annotation in SCALARS:
        return SCALARS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return st.sampled_from(list(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return records(annotation, zone)
    return _of_parts(get_origin(annotation), get_args(annotation), zone)


def _of_parts(origin: object, parts: tuple[Any, ...], zone: ZoneInfo) -> st.SearchStrategy[Any]:
    if origin in {Union, UnionType}:
        return st.one_of([_of_type(part, zone) for part in parts])
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(_of_type(parts[0], zone), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*[_of_type(part, zone) for part in parts])
    raise LookupError(f"draw {origin} of {parts}")


def own_fields(kind: type[Value]) -> set[str]:
    """Fields of *kind* beside those that every record has."""
    return set(kind.model_fields) - (set(Record.model_fields) if issubclass(kind, Record) else set())


def always_set(kind: type[Value]) -> set[str]:
    """Those of them that must be given."""
    return {name for name in own_fields(kind) if kind.model_fields[name].is_required()}


def not_said(kind: type[Value]) -> set[str]:
    """Those of them that are `None` when nobody said."""
    fields = kind.model_fields
    return {
        name for name in own_fields(kind) if not fields[name].is_required() and fields[name].default is None
    }
