"""Anything anywhere: several values of any kind in one answer of PRONOTE, and in those of the log-in."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings

from schoolsync.errors import SchoolSyncError, UnexpectedShape
from tests.fuzz.mutant import MARK, kept_in
from tests.fuzz.pronote.mutant import Stage, newcomer, places, pristine
from tests.fuzz.pronote.readings import READINGS, Reading
from tests.fuzz.pronote.test_fields import begin, issues_of, quiet
from tests.fuzz.test_anything import BOUNDED, answers, changes, edited


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_anything_is_survived(
    stages: dict[str, Stage], reading: Reading, caplog: pytest.LogCaptureFixture
) -> None:
    """Rows and issues come, or an error of ours; strict mode refuses what is told."""
    stage = stages[reading.generation]
    said = pristine(stage, reading)

    @settings(BOUNDED, max_examples=12)
    @given(changes(places(said)))
    def survive(made: Any) -> None:
        stage.play(reading, said, edited(said, made))
        for call in (reading.native, *reading.ours):
            came, refused = answers(call, stage.lenient), answers(call, stage.strict)
            if isinstance(came, SchoolSyncError):
                assert isinstance(refused, SchoolSyncError)
                continue
            assert quiet(came)
            assert not issues_of(came) or isinstance(refused, UnexpectedShape)

    with caplog.at_level(logging.DEBUG):
        survive()
    assert MARK not in caplog.text


@pytest.mark.parametrize("function", ["FonctionParametres", "ParametresUtilisateur"])
def test_a_log_in_survives_anything(ledger: None, function: str, caplog: pytest.LogCaptureFixture) -> None:
    """Somebody can read, or is told why not."""
    client, mutant = newcomer("2026.2.5.6")
    seen: list[Any] = []
    mutant.function, mutant.edit = function, partial(kept_in, seen)
    client.login()

    @settings(BOUNDED, max_examples=20)
    @given(changes(places(seen[0])))
    def survive(made: Any) -> None:
        mutant.edit = partial(edited, made=made)
        begin(client)

    with caplog.at_level(logging.DEBUG):
        survive()
    assert MARK not in caplog.text
