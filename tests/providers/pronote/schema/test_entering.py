"""What is said while somebody signs in, in all the forms that servers write it."""

from __future__ import annotations

from typing import Any

import pytest

from schoolsync.errors import DecodeIssue
from schoolsync.model.decoding import decode_row
from schoolsync.providers.pronote.schema.entering import ChallengePage, EntryPage


@pytest.mark.parametrize(("said", "mode"), [(1, 1), ("1", 1), (0, 0), ("", None), (None, None)])
def test_a_mode_is_a_number_however_it_is_written(said: object, mode: int | None) -> None:
    """Or not said."""
    page = ChallengePage.model_validate({"challenge": "ab", "modeCompLog": said, "modeCompMdp": said})
    assert (page.login_mode, page.password_mode) == (mode, mode)


def test_a_challenge_needs_nothing_else() -> None:
    """Newer servers send no `alea`, and other keys are kept."""
    page = ChallengePage.model_validate({"challenge": "ab", "utilisateur": "x"})
    assert (page.alea, page.login_mode, page.model_extra) == (None, None, {"utilisateur": "x"})


@pytest.mark.parametrize(
    ("said", "steps"),
    [("[3]", (3,)), ("[1..3]", (1, 2, 3)), ("[0,5]", (0, 5)), ("[]", ()), ([3], (3,)), (None, ())],
)
def test_the_steps_of_an_entry_are_a_set(said: object, steps: tuple[int, ...]) -> None:
    """Listed, in runs, bare, or none."""
    assert EntryPage.model_validate({"actionsDoubleAuth": said}).steps == steps


@pytest.mark.parametrize("bad", [{"Acces": "no"}, {"actionsDoubleAuth": "3"}, {"AccesMessage": "Revenez"}])
def test_a_part_that_cannot_be_read_costs_no_other(bad: dict[str, Any]) -> None:
    """The key beside it is there."""
    issues: list[DecodeIssue] = []
    page = decode_row(EntryPage, {"cle": "ab"} | bad, "Authentification", issues)
    assert page is not None
    assert (page.key, page.access, page.steps, page.message) == ("ab", None, (), None)
    assert [issue.path for issue in issues] == [f"Authentification.{key}" for key in bad]
