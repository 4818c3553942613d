"""Anything anywhere: several values of any kind in one answer, and in those of the log-in."""

from __future__ import annotations

import copy
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolsync import classcharts
from schoolsync.errors import SchoolSyncError, UnexpectedShape
from tests.fuzz.mutant import LOST, MARK, Mutant, Stage, Steps, kept_in, places_in, pristine, put, signed_in
from tests.fuzz.readings import READINGS, Reading
from tests.fuzz.test_fields import quiet

BOUNDED = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WORDS = st.sampled_from(
    [
        *(MARK, "", " ", "0", "-1", "yes", "NaN", "1e999", "9" * 80, "12:60", "2026-02-30"),
        *("9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "Europe", "../etc"),
        *("\ud800", "\x00", "<p>" * 300 + MARK, "👩\u200d👧" * 9),
    ]
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 10**12, 10**30, 1.5, 1e308, float("inf"), float("nan")]),
    WORDS,
)
VALUES = st.one_of(
    SCALARS,
    st.just(LOST),
    st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
        max_leaves=5,
    ),
)


@st.composite
def changes(draw: st.DrawFn, places: list[Steps]) -> list[tuple[Steps, Any]]:
    """Up to five values, wherever they may fall."""
    some = draw(st.lists(st.sampled_from(places), min_size=1, max_size=5, unique=True))
    return [(steps, draw(VALUES)) for steps in some]


def edited(said: Any, made: list[tuple[Steps, Any]]) -> Any:
    """*said* with all changes, outer places last."""
    changed = copy.deepcopy(said)
    for steps, value in sorted(made, key=lambda change: -len(change[0])):
        put(changed, steps, copy.deepcopy(value) if value is not LOST else LOST)
    return changed


def answers(call: Any, client: Any) -> Any:
    """What *call* gives, or the error of ours that it raises, which tells no value."""
    try:
        return call(client)
    except SchoolSyncError as error:
        told = f"{error!s}{error!r}{error.__cause__!r}{error.__context__!r}"
        return pytest.fail("a value is told") if MARK in told else error


def lost(envelope: Any) -> list[Any]:
    """One issue for each row that is missing."""
    return list({issue.path.split(".")[1]: issue for issue in envelope.issues if issue.is_row_lost}.values())


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_anything_is_survived(
    stages: dict[str, Stage], reading: Reading, caplog: pytest.LogCaptureFixture
) -> None:
    """Rows that nobody touched come; what is lost is told; strict mode refuses exactly what is told."""
    stage = stages[reading.role]
    said = pristine(stage, reading)
    places = [place.steps for place in places_in(said)]
    whole = [row.model_dump() for row in reading.native(stage.lenient).data] if reading.kind == "rows" else []

    @settings(BOUNDED, max_examples=30)
    @given(changes(places))
    def survive(made: list[tuple[Steps, Any]]) -> None:
        stage.play(reading.path, lambda _: edited(said, made))
        for call in (reading.native, *reading.ours):
            given_, refused = answers(call, stage.lenient), answers(call, stage.strict)
            if isinstance(given_, SchoolSyncError):
                assert isinstance(refused, SchoolSyncError)
                continue
            assert quiet(given_.issues)
            assert isinstance(refused, UnexpectedShape) is bool(given_.issues), (given_.issues, refused)
        if reading.kind == "rows" and not any(len(steps) < 2 for steps, _ in made):
            touched = {steps[1] for steps, _ in made if steps[0] == "data"}
            removed = sum(value is LOST and len(steps) == 2 for steps, value in made if steps[0] == "data")
            envelope = reading.native(stage.lenient)
            kept = [row.model_dump() for row in envelope.data]
            assert [
                row for number, row in enumerate(whole) if number not in touched and row not in kept
            ] == []
            assert len(kept) == len(whole) - removed - len(lost(envelope))

    with caplog.at_level(logging.DEBUG):
        survive()
    assert MARK not in caplog.text


@pytest.mark.parametrize(
    ("role", "path"), [("parent", "*/ping"), ("parent", "*/pupils"), ("student", "*/ping")]
)
def test_a_log_in_survives_anything(role: str, path: str, caplog: pytest.LogCaptureFixture) -> None:
    """It works, or raises an error of ours; the pupils that nobody touched are there."""
    kind = {"parent": classcharts.ParentClient, "student": classcharts.StudentClient}[role]
    client, mutant = signed_in(kind, role)
    seen: list[Any] = []
    mutant.path, mutant.edit = path, lambda said: kept_in(seen, said)
    client.login()
    places = [place.steps for place in places_in(seen[0])]

    @settings(BOUNDED, max_examples=60)
    @given(changes(places))
    def survive(made: list[tuple[Steps, Any]]) -> None:
        mutant.edit = lambda _: edited(seen[0], made)
        came = answers(lambda client: client.login(), client)
        if isinstance(came, SchoolSyncError):
            return
        assert client.pupils
        for pupil in client.pupils:
            assert client.capabilities.of("lessons", pupil=pupil)
            assert pupil.to_dict()
        if path.endswith("pupils") and not any(len(steps) < 2 for steps, _ in made):
            touched = {steps[1] for steps, _ in made if steps[0] == "data"}
            ids = {str(row["id"]) for number, row in enumerate(seen[0]["data"]) if number not in touched}
            assert ids <= {pupil.provider_id for pupil in client.pupils}

    with caplog.at_level(logging.DEBUG):
        survive()
    assert MARK not in caplog.text


def test_a_mutant_bites(stages: dict[str, Stage]) -> None:
    """The changes reach the client: nobody survives because nothing happened."""
    stage, reading = stages["parent"], READINGS[0]
    said = pristine(stage, reading)
    stage.play(reading.path, lambda _: edited(said, [(("data", 0, "start_time"), MARK)]))
    assert [issue.path for issue in reading.native(stage.lenient).issues][:1] == ["data.0.start_time"]
    assert isinstance(answers(reading.native, stage.strict), UnexpectedShape)
    assert isinstance(stage.mutants[0], Mutant)
