"""Questions of a log-in, on a terminal."""

from __future__ import annotations

import io
import sys
from typing import Any

import pytest

from schoolsync.cli.asking import answer
from schoolsync.cli.progress import Steps
from schoolsync.cli.stage import Stage
from schoolsync.flow.effects import Question

CODE = Question("second_factor", "The code that was sent to you:")
SCHOOL = Question("account", "Which account?", ("COLLEGE EXEMPLE", "LYCEE FACTICE"))


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self) -> bool:
        """They sit there."""
        return True


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Types lines."""

    def type_(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal("".join(f"{line}\n" for line in lines)))

    return type_


def test_a_code_is_what_was_typed(types: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Spaces around it do not count; the question stands on stderr."""
    types(" 246810 ")
    assert answer(Stage(), CODE) == "246810"
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", "The code that was sent to you: ")


@pytest.mark.parametrize("typed", ["2", "LYCEE FACTICE"])
def test_a_choice_by_number_or_by_name(typed: str, types: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """All choices are shown with their numbers."""
    types(typed)
    assert answer(Stage(), SCHOOL) == "LYCEE FACTICE"
    assert "1  COLLEGE EXEMPLE\n  2  LYCEE FACTICE" in capsys.readouterr().err


def test_what_is_not_offered_is_asked_again(types: Any) -> None:
    """Not for ever."""
    types("0", "3", "1")
    assert answer(Stage(), SCHOOL) == "COLLEGE EXEMPLE"
    types("0", "3", "-1", "1")
    assert answer(Stage(), SCHOOL) is None


def test_nothing_typed_is_no_answer(types: Any) -> None:
    """Whoever presses return wants to stop."""
    types("", "1")
    assert answer(Stage(), SCHOOL) is None
    types("")
    assert answer(Stage(), CODE) is None


def test_nobody_is_asked_without_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a pipe there is nobody."""
    monkeypatch.setattr(sys, "stdin", io.StringIO("246810\n"))
    assert answer(Stage(), CODE) is None
    assert capsys.readouterr().err == ""


def test_the_bar_stands_aside(types: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed must not fall into it."""
    calls: list[str] = []
    monkeypatch.setattr(Steps, "stand_aside", lambda _: calls.append("aside"))
    types("1")
    answer(Stage(steps=Steps()), CODE)
    assert calls == ["aside"]


def test_a_school_cannot_steer_the_terminal(types: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Its words are shown without control characters."""
    types("1")
    answer(Stage(), Question("account", "Which\x1b[2J?", ("A\x07B",)))
    assert capsys.readouterr().err == "  1  A B\nWhich [2J? "
