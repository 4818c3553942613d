"""What tests of the command line share: how a command ended, and the real program as a process."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import attrs

PROGRAM = (sys.executable, "-m", "schoolsync")
ROOT = Path(__file__).parents[2]
AFTER_SCHOOL = dt.datetime(2026, 3, 11, 16, tzinfo=ZoneInfo("Europe/London"))
"""A Wednesday."""
PASSWORD = "s3cret&+"
ROBIN = ("--email", "robin@example.test", "--password-env", "SECRET")
"""A parent of two, whose password is in `SECRET`."""

COLLEGE = "college.example.test"
"""Where the invented collège's PRONOTE is, in process."""
ROBIN_IN_FRANCE = (
    *("--provider", "pronote", "--url", f"https://{COLLEGE}/pronote/", "--username", "robin.example"),
    *("--account", "parent", "--password-env", "SECRET"),
)
"""The same parent, of one more child, with the same password."""


@attrs.frozen
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, read as JSON."""
        return json.loads(self.out)


def environment(**extra: str) -> dict[str, str]:
    """What a program is started with: this source, and `SECRET`."""
    own = {name: text for name, text in os.environ.items() if name not in {"FORCE_COLOR", "NO_COLOR"}}
    return {**own, "PYTHONPATH": str(ROOT / "src"), "SECRET": PASSWORD, **extra}


def start(*words: str, **extra: str) -> subprocess.Popen[str]:
    """The real program, begun: its output goes to pipes."""
    return subprocess.Popen(
        [*PROGRAM, *words],
        env=environment(**extra),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def run(*words: str, **extra: str) -> Ended:
    """The real program, from beginning to end."""
    with start(*words, **extra) as program:
        out, err = program.communicate(timeout=30)
    return Ended(program.returncode, out, err)


def run_on_terminal(*words: str, answers: Mapping[str, str] | None = None, **extra: str) -> Ended:
    """The real program on a terminal of 100 letters: all that was shown there, in `out`.

    Args:
        words: The command.
        answers: Question → what a person types when it stands there.
        extra: Variables.
    """
    ours, theirs = pty.openpty()
    given = {"TERM": "xterm-256color", "COLUMNS": "100", **extra}
    with subprocess.Popen(
        [*PROGRAM, *words],
        env=environment(**given),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as program:
        os.close(theirs)
        shown = b""
        waiting = dict(answers or {})
        while more := _read(ours):
            shown += more
            for question in [question for question in waiting if shown.endswith(question.encode())]:
                os.write(ours, f"{waiting.pop(question)}\n".encode())
    os.close(ours)
    return Ended(program.returncode, shown.decode(), "")


def _read(terminal: int) -> bytes:
    """What stands there next; nothing when the program has gone."""
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that nobody is at the other side any more
        return b""
