"""What a log-in asks, asked on the terminal: a code, a date of birth, which of several accounts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from schoolsync.cli.stage import Stage

if TYPE_CHECKING:
    from schoolsync.flow.effects import Question

__all__ = ["answer"]

TRIES: Final = 3
"""How often somebody may choose what is not offered."""


def answer(stage: Stage, question: Question) -> str | None:
    """What the person answers to *question*; `None` when nobody sits at a terminal, or nothing is typed.

    The question stands on stderr, so that standard output stays what the command is for.
    """
    if not sys.stdin.isatty():
        return None
    if stage.steps is not None:
        stage.steps.stand_aside()
    for number, choice in enumerate(question.choices, 1):
        print(f"  {number}  {_plain(choice)}", file=sys.stderr)
    for _ in range(TRIES):
        print(f"{_plain(question.text)} ", file=sys.stderr, end="", flush=True)
        typed = sys.stdin.readline().strip()
        meant = _meant(typed, question.choices)
        if meant is not None or not typed:
            return meant
    return None


def _meant(typed: str, choices: tuple[str, ...]) -> str | None:
    """What is meant by what was *typed*: itself, or the choice with that number."""
    if not choices or typed in choices:
        return typed or None
    position = int(typed) - 1 if typed.isdecimal() else -1
    return choices[position] if 0 <= position < len(choices) else None


def _plain(text: str) -> str:
    """*text* without what steers a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
