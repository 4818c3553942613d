"""Any key of any answer missing, null, renamed, of another type, wrapped or bare: the rest comes."""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Iterator
from functools import partial
from typing import Any
from zlib import crc32

import pytest

from schoolsync.errors import DecodeIssue, SchoolSyncError, UnexpectedShape
from schoolsync.model import LessonKind, Record
from tests.fuzz.mutant import LOST, MARK, Steps, put, spelt, taken
from tests.fuzz.pronote.mutant import Stage, changed, newcomer, places, pristine, rows_in
from tests.fuzz.pronote.readings import READINGS, Reading
from tests.fuzz.test_anything import answers

SHARE = 5
"""One in so many changes is tried; always the same ones."""
KINDS = ("missing", "null", "renamed", "alien", "number")


def tried(name: str, share: int = SHARE) -> bool:
    """Whether a change is one of those that are tried."""
    return crc32(name.encode()) % share == 0


def damaged(said: Any, steps: Steps, kind: str) -> Any:
    """A copy of *said* with what stands at *steps* spoilt in that way."""
    value = taken(said, steps)
    if kind == "missing":
        return changed(said, steps, LOST)
    if kind == "renamed":
        spoilt = changed(said, steps, LOST)
        inner = taken(spoilt, steps[:-1])
        if isinstance(inner, dict):
            inner[MARK] = copy.deepcopy(value)
        return spoilt
    if kind == "number":
        return changed(said, steps, 10**30)
    return changed(said, steps, None if kind == "null" else _alien(value))


def _alien(value: Any) -> Any:
    """What can never stand where *value* did."""
    return MARK if isinstance(value, dict | list) else [[{MARK: MARK}]]


def damages(said: Any, share: int = SHARE) -> Iterator[tuple[Steps, str]]:
    """Where, and how, *said* is spoilt."""
    for steps in places(said):
        for kind in KINDS:
            if tried(f"{spelt(steps)} {kind}", share):
                yield steps, kind


def quiet(given: Any) -> bool:
    """Whether what was given has issues of the right kind, which tell no value."""
    issues = getattr(given, "issues", ())
    return MARK not in f"{issues!r}{given!r}{given!s}" and all(type(one) is DecodeIssue for one in issues)


def keys_of(given: Any) -> set[str]:
    """The keys of the records in what a reading gave; recesses come and go with lessons."""
    rows = given if isinstance(given, list) else [given]
    return {
        row.key
        for row in rows
        if isinstance(row, Record) and getattr(row, "kind", None) is not LessonKind.BREAK
    }


def issues_of(given: Any) -> Any:
    """What could not be read."""
    return getattr(given, "issues", ())


def check(stage: Stage, call: Any, others: set[str] | None) -> None:
    """The other rows come, or an error of ours; strict mode raises exactly when something is told."""
    came, refused = answers(call, stage.lenient), answers(call, stage.strict)
    if isinstance(came, SchoolSyncError):
        assert isinstance(refused, SchoolSyncError), "strict mode takes what the other one refuses"
        return
    assert quiet(came), "a value is told"
    if isinstance(refused, SchoolSyncError):
        assert isinstance(refused, UnexpectedShape), refused
        assert issues_of(came) or not isinstance(came, list), "strict mode refuses what is not told"
    else:
        assert not issues_of(came), f"strict mode takes what is told: {issues_of(came)}"
    if others is not None and isinstance(came, list):
        assert others <= keys_of(came), "a row was lost that nobody touched"


def row_around(steps: Steps) -> Steps | None:
    """The outermost row in which *steps* lie."""
    place = next((number for number, step in enumerate(steps) if isinstance(step, int)), None)
    return None if place is None else steps[: place + 1]


def without_each_row(stage: Stage, reading: Reading, said: Any, call: Any) -> dict[Steps, set[str]]:
    """The keys that are left when a row is taken out, by row."""
    stage.play(reading, said, said)
    whole, left = keys_of(call(stage.lenient)), {}
    for steps in rows_in(said):
        stage.play(reading, said, changed(said, steps, LOST))
        given = answers(call, stage.lenient)
        keys = set() if isinstance(given, SchoolSyncError) else keys_of(given)
        if keys <= whole:  # others are made of what that row says
            left[steps] = keys
    return left


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_a_damaged_place_costs_its_row_at_most(
    stages: dict[str, Stage], reading: Reading, caplog: pytest.LogCaptureFixture
) -> None:
    """In every list and map at every depth; no value is told, and strict mode raises."""
    stage = stages[reading.generation]
    said = pristine(stage, reading)
    left = {call: without_each_row(stage, reading, said, call) for call in reading.ours}
    failures: list[str] = []
    count = 0
    with caplog.at_level(logging.DEBUG):
        for steps, kind in damages(said):
            count += 1
            spoilt = damaged(said, steps, kind)
            stage.play(reading, said, spoilt)
            row = row_around(steps)
            for call in (reading.native, *reading.ours):
                try:
                    check(stage, call, left.get(call, {}).get(row) if row else None)
                except Exception as error:  # noqa: BLE001 - any kind of failure is one, and all are shown
                    failures.append(f"{spelt(steps)} {kind}: {type(error).__name__} {str(error)[:200]}")
    assert count >= 12
    assert MARK not in caplog.text
    assert not failures, "\n".join(failures)


# -- wrapped or bare -----------------------------------------------------------------------------


def wrapped_otherwise(value: Any) -> Any:
    """A typed value bare, a bare one typed."""
    if isinstance(value, dict) and "_T" in value:
        return value.get("V")
    return {"_T": 24 if isinstance(value, dict | list) else 10, "V": value}


def everywhere(said: Any) -> Any:
    """*said* with every typed value bare, and every bare one typed, at all depths below the content."""
    if isinstance(said, dict) and "_T" in said:
        return everywhere(said.get("V"))
    if isinstance(said, dict):
        said = {key: everywhere(value) for key, value in said.items()}
    elif isinstance(said, list):
        said = [everywhere(value) for value in said]
    return {"_T": 24, "V": said}


def as_told(given: Any) -> Any:
    """Everything that a reading gave, to be compared."""
    if isinstance(given, list):
        return [as_told(one) for one in given], issues_of(given)
    return getattr(given, "data", given), issues_of(given)


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_typed_values_may_be_bare_and_bare_ones_typed(stages: dict[str, Stage], reading: Reading) -> None:
    """One at a time, and all at once: nothing changes."""
    stage = stages[reading.generation]
    said = pristine(stage, reading)
    calls = (reading.native, *reading.ours)
    stage.play(reading, said, said)
    whole = [as_told(call(stage.strict)) for call in calls]
    spots = [steps for steps in places(said) if len(steps) > 2 and steps[-1] != "_T" and tried(spelt(steps))]
    assert spots
    turned = [changed(said, steps, wrapped_otherwise(taken(said, steps))) for steps in spots]
    head = copy.deepcopy(said)
    turned.append(put(head, ("dataSec", "data"), everywhere(taken(head, ("dataSec", "data")))))
    failures = []
    for name, spoilt in zip([*map(spelt, spots), "everywhere"], turned, strict=True):
        stage.play(reading, said, spoilt)
        found = [as_told(answers(call, stage.strict)) for call in calls]
        if found != whole:
            failures.append(name)
    assert failures == []


# -- what a session begins with ------------------------------------------------------------------------


@pytest.mark.parametrize(("function", "share"), [("FonctionParametres", 16), ("ParametresUtilisateur", 12)])
def test_a_session_begins_with_whatever_is_left(
    ledger: None, function: str, share: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody is signed in and can read, or there is an error of ours: never another one, never a value."""
    client, mutant = newcomer("2026.2.5.6")
    seen: list[Any] = []
    mutant.function, mutant.edit = function, partial(_kept, seen)
    client.login()
    said = seen[0]
    failures: list[str] = []
    count = 0
    with caplog.at_level(logging.DEBUG):
        for steps, kind in damages(said, share):
            count += 1
            mutant.edit = partial(damaged, steps=steps, kind=kind)
            try:
                begin(client)
            except Exception as error:  # noqa: BLE001 - as above
                failures.append(f"{spelt(steps)} {kind}: {type(error).__name__} {str(error)[:200]}")
    assert count >= 20
    assert MARK not in caplog.text
    assert not failures, "\n".join(failures)


def begin(client: Any) -> None:
    """Sign in and read something that needs what the session began with."""
    came = answers(lambda one: one.login(), client)
    if isinstance(came, SchoolSyncError):
        return
    assert client.pupils
    for call in (
        lambda one: one.get_lessons("2026-03-11"),
        lambda one: one.get_periods(),
        lambda one: one.get_holidays(),
        lambda one: one.params,
        lambda one: one.user,
        lambda one: one.capabilities.of("marks"),
        lambda one: one.get_mark_book(),
    ):
        given = answers(call, client)
        if not isinstance(given, SchoolSyncError):
            assert quiet(given)


def _kept(seen: list[Any], said: Any) -> Any:
    seen.append(copy.deepcopy(said))
    return said


def test_a_mutant_bites(stages: dict[str, Stage]) -> None:
    """The changes reach the client: nobody survives because nothing happened."""
    stage, reading = stages["2026.2.5.6"], READINGS[0]
    said = pristine(stage, reading)
    spot = ("dataSec", "data", "ListeCours", 0, "DateDuCours")
    stage.play(reading, said, changed(said, spot, {"_T": 7, "V": MARK}))
    (issue,) = reading.native(stage.lenient).issues
    assert issue.path == "PageEmploiDuTemps.ListeCours.0.DateDuCours"
    assert isinstance(answers(reading.native, stage.strict), UnexpectedShape)
    assert json.dumps(said).count("DateDuCours") >= 4
