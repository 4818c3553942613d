"""How a command ends: one clear line on stderr, and an exit code that says who has to act."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from enum import IntEnum
from typing import Final

from schoolsync.errors import (
    AccountError,
    NetworkError,
    ProtocolError,
    SchoolSyncError,
    ServerError,
    UsageError,
)
from schoolsync.flow.secret import Secret

__all__ = [
    "EXIT_CODES",
    "MEANINGS",
    "ExitCode",
    "code_of",
    "line_of",
    "tell",
    "tell_interruption",
]


class ExitCode(IntEnum):
    """What a finished command says to the shell."""

    OK = 0
    """Done."""
    FAULT = 1
    """A mistake in schoolsync itself."""
    USAGE = 2
    """The command cannot be meant so."""
    ACCOUNT = 3
    """The account's owner must act."""
    NETWORK = 4
    """The road is broken: try later."""
    SERVER = 5
    """The school said no, or does not offer it."""
    PROTOCOL = 6
    """The school's answer was not understood: please report it."""
    INTERRUPTED = 130
    """Ctrl-C."""


BRANCHES: Final = (
    (UsageError, ExitCode.USAGE),
    (AccountError, ExitCode.ACCOUNT),
    (NetworkError, ExitCode.NETWORK),
    (ServerError, ExitCode.SERVER),
    (ProtocolError, ExitCode.PROTOCOL),
)
"""Branches of the tree of errors, and how they end a command."""

MEANINGS: Final = {
    ExitCode.OK: "done",
    ExitCode.FAULT: "a mistake in schoolsync: please report it",
    ExitCode.USAGE: "the command is not right",
    ExitCode.ACCOUNT: "the account's owner must act: a wrong password, too many log-ins",
    ExitCode.NETWORK: "the network: try later",
    ExitCode.SERVER: "the school said no, or does not offer this",
    ExitCode.PROTOCOL: "the school's answer was not understood: please report it",
    ExitCode.INTERRUPTED: "interrupted",
}
"""What each exit code means."""

EXIT_CODES: Final = "\b\nExit codes:\n" + "\n".join(f"{code:5}  {text}" for code, text in MEANINGS.items())
"""For the end of `--help`."""

FAULT: Final = "This is a mistake in schoolsync: run it again with --debug, and please report what it says."


def code_of(error: BaseException) -> ExitCode:
    """The exit code for *error*."""
    for branch, code in BRANCHES:
        if isinstance(error, branch):
            return code
    return ExitCode.FAULT


def line_of(error: BaseException) -> str:
    """*error* in one line: what is wrong, and what can be done.

    Only errors of our own tree are quoted. Any other may hold what a school sent, so its kind is named.
    """
    text = str(error) if isinstance(error, SchoolSyncError) else f"{type(error).__name__}. {FAULT}"
    return f"schoolsync: {' '.join(text.split())}"


def tell(error: BaseException, *, is_debug: bool = False, secrets: Iterable[Secret] = ()) -> ExitCode:
    """*error* stands on stderr, with its trace if *is_debug*; the exit code for it.

    A trace shows lines of code and the errors' own texts, never the values of variables.

    Args:
        error: What ended the command.
        is_debug: Whether to show where it happened.
        secrets: What no trace may show, whatever an error of another library quotes.
    """
    if is_debug:
        print(_without("".join(traceback.format_exception(error)), secrets), file=sys.stderr, end="")
    print(line_of(error), file=sys.stderr)
    return code_of(error)


def tell_interruption() -> ExitCode:
    """That the command was interrupted stands on stderr; the exit code for it."""
    print("schoolsync: interrupted.", file=sys.stderr)
    return ExitCode.INTERRUPTED


def _without(text: str, secrets: Iterable[Secret]) -> str:
    for secret in filter(None, secrets):
        text = text.replace(secret.reveal(), str(secret))
    return text
