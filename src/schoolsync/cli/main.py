"""Where the program begins: `schoolsync` and `python -m schoolsync`."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Final

from schoolsync.cli.exits import tell, tell_interruption
from schoolsync.errors import UsageError

__all__ = ["run"]

NEEDED: Final = ("typer", "rich")
"""What the extra `cli` installs."""


def run() -> None:
    """The command line is carried out, and the process ends with its exit code."""
    if not all(map(find_spec, NEEDED)):
        hint = "Install it: pip install 'schoolsync[cli,sandbox]'"
        sys.exit(tell(UsageError("the command line is not installed", hint=hint)))
    try:
        from schoolsync.cli.program import app

        app(prog_name="schoolsync")
    except KeyboardInterrupt:
        sys.exit(tell_interruption())
