"""A bar that appears only where a person waits."""

from __future__ import annotations

import io
import sys
import threading

import pytest

from schoolsync.cli import progress as bars
from schoolsync.cli.progress import Steps, progress

GONE = "\x1b[?25h\r\x1b[1A\x1b[2K"
"""The cursor is back, and the line of the bar is empty."""


class Screen(io.StringIO):
    """A terminal, as far as anybody asks; others may wait for what is written there."""

    def __init__(self) -> None:
        super().__init__()
        self._news = threading.Condition()

    def isatty(self) -> bool:
        """It says so."""
        return True

    def write(self, text: str) -> int:
        """*text* stands there, and whoever waits looks again."""
        with self._news:
            written = super().write(text)
            self._news.notify_all()
        return written

    def wait_for(self, text: str) -> None:
        """*text* was written; a thread of the bar does it, ten times a second."""
        with self._news:
            assert self._news.wait_for(lambda: text in self.getvalue(), timeout=5), self.getvalue()


def look_at(monkeypatch: pytest.MonkeyPatch, *, patience_seconds: float = 1) -> Screen:
    """Standard error is a terminal from now on."""
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(bars, "PATIENCE_SECONDS", patience_seconds)
    return screen


def test_steps_are_counted_without_a_bar(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe nothing is shown."""
    with progress("Signing in") as steps:
        steps.begin(2)
        steps.step("Lessons")
    assert (steps.total, steps.done) == (2, 1)
    assert capsys.readouterr() == ("", "")


def test_more_steps_are_added() -> None:
    """A second account goes on where the first one stopped."""
    steps = Steps()
    steps.begin(2)
    steps.begin(3)
    assert steps.total == 5


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No flicker: the bar waits for a second."""
    screen = look_at(monkeypatch)
    with progress("Signing in") as steps:
        steps.begin(1)
    assert "Signing in" not in screen.getvalue()


def test_what_takes_long_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar names the step, and is gone at the end."""
    screen = look_at(monkeypatch, patience_seconds=0)
    with progress("Signing in") as steps:
        screen.wait_for("Signing in")
        steps.begin(2)
        steps.step("Lessons [b]")
        screen.wait_for("Lessons [b]")
    assert screen.getvalue().endswith(GONE)


def test_an_error_passes_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the bar is gone then too."""
    screen = look_at(monkeypatch, patience_seconds=0)
    with pytest.raises(KeyError):
        _fail_below_a_bar(screen)
    assert screen.getvalue().endswith(GONE)


def _fail_below_a_bar(screen: Screen) -> None:
    with progress("Signing in"):
        screen.wait_for("Signing in")
        raise KeyError


def test_steps_without_a_bar_have_no_total_at_first() -> None:
    """Nobody knows yet."""
    assert Steps().total is None
