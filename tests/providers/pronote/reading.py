"""Answers written by hand, read as the client reads them: for tests of schema and mapping."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, TypeVar

from schoolsync.model import Pupil, School
from schoolsync.provider import Options
from schoolsync.providers.pronote.envelope import Answer, Page, read_page
from schoolsync.providers.pronote.mapping.mapped import Context
from schoolsync.providers.pronote.mapping.year import SchoolYear, YearPeriod
from schoolsync.providers.pronote.schema.words import Row, Version, unwrapped
from tests.providers.pronote.wire import ROOT, options

H = TypeVar("H", bound=Row)

FIRST, LAST = dt.date(2026, 9, 1), dt.date(2027, 7, 3)
T1 = YearPeriod("11#t1", "Trimestre 1", 1, FIRST, dt.date(2026, 11, 29))
T2 = YearPeriod("11#t2", "Trimestre 2", 1, dt.date(2026, 11, 30), dt.date(2027, 2, 28))
S1 = YearPeriod("11#s1", "Semestre 1", 2, FIRST, dt.date(2027, 1, 24))
WHOLE = YearPeriod("11#y", "Année continue", 3, FIRST, LAST)
HOURS = {place: dt.time(8 + place // 2, 30 * (place % 2)) for place in range(0, 20, 2)}
"""Every other place is named, as on a grid of whole hours."""

SCHOOL = School(name="COLLEGE EXEMPLE", timezone="Europe/Paris", country="FR", provider="pronote", url=ROOT)
PUPIL = Pupil(key="pupil-" + "0" * 32, name="EXAMPLE Louison", class_name="4B", school=SCHOOL)
NEW: Version = (2026, 2, 6)
OLD: Version = (2024, 3, 11)


def year(version: Version = NEW, *periods: YearPeriod) -> SchoolYear:
    """A school year of terms, a semester and the whole of it, on a grid of half hours."""
    return SchoolYear(
        version=version,
        school=SCHOOL.name,
        first_monday=dt.date(2026, 8, 31),
        first_day=FIRST,
        last_day=LAST,
        starts=HOURS,
        periods=periods or (T1, T2, S1, WHOLE),
    )


def context(
    version: Version = NEW, *, pupil: Pupil = PUPIL, strict: bool = False, keep_raw: bool = False
) -> Context:
    """What a mapping is given."""
    return Context(pupil=pupil, year=year(version), is_strict=strict, keeps_raw=keep_raw)


def bare(said: Any) -> Any:
    """*said* as a server that types no value would write it."""
    if isinstance(said, dict):
        return bare(said["V"]) if "_T" in said else {key: bare(value) for key, value in said.items()}
    return [bare(value) for value in said] if isinstance(said, list) else said


def page(
    kind: type[H], function: str, said: object, *, strict: bool = False, keep_raw: bool = False
) -> Page[H]:
    """An answer to *function* as it goes through the envelope."""
    source = json.dumps(said).encode()
    answer = Answer(function, json.loads(source, object_hook=unwrapped), source=source)
    return read_page(Options(clock=options().clock, is_strict=strict, keeps_raw=keep_raw), answer, kind)


def number(text: object) -> dict[str, Any]:
    """A figure, as servers type it."""
    return {"_T": 10, "V": text}


def date(text: str) -> dict[str, Any]:
    """A date, as servers type it."""
    return {"_T": 7, "V": text}


def element(given: object) -> dict[str, Any]:
    """An element or a list of elements, as servers type it."""
    return {"_T": 24, "V": given}
