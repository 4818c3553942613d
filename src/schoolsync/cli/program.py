"""The program as a whole: its commands, and how every one of them ends."""

from __future__ import annotations

import logging
import sys
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup

from schoolsync import __version__
from schoolsync.cli import cas, demo, doctor, sandbox, schools
from schoolsync.cli.absences import ABSENCES
from schoolsync.cli.announcements import ANNOUNCEMENTS
from schoolsync.cli.averages import AVERAGES
from schoolsync.cli.badges import BADGES
from schoolsync.cli.behaviour import BEHAVIOUR
from schoolsync.cli.contents import CONTENTS
from schoolsync.cli.evaluations import EVALUATIONS
from schoolsync.cli.exits import EXIT_CODES, ExitCode, tell, tell_interruption
from schoolsync.cli.homework import HOMEWORK
from schoolsync.cli.lessons import LESSONS
from schoolsync.cli.marks import MARKS
from schoolsync.cli.menus import MENUS
from schoolsync.cli.reading import add_reading
from schoolsync.cli.sanctions import SANCTIONS
from schoolsync.cli.stage import Stage
from schoolsync.errors import UsageError

__all__ = ["READINGS", "app"]

READINGS: Final = (
    *(LESSONS, CONTENTS, HOMEWORK, MARKS, AVERAGES, EVALUATIONS, ABSENCES),
    *(ANNOUNCEMENTS, MENUS, BADGES, BEHAVIOUR, SANCTIONS),
)
"""The reading commands, in the order of `--help`."""


class _Program(TyperGroup):
    """All commands under one roof: whatever goes wrong becomes one line and an exit code."""

    def main(self, *args: Any, **extra: Any) -> Any:
        """The command was carried out; the process ends."""
        stage = extra.setdefault("obj", Stage())
        extra["standalone_mode"] = False
        logging.getLogger("schoolsync").addHandler(logging.NullHandler())  # its warnings are for programs
        try:
            code = super().main(*args, **extra)
        except typer.Abort:  # older versions of typer say so; newer ones return the code
            code = ExitCode.INTERRUPTED
        except Exception as error:  # noqa: BLE001 - the last one who can: nothing is swallowed, it is told
            code = tell(_ours(error), is_debug=stage.is_debug, secrets=stage.secrets)
        if code == ExitCode.INTERRUPTED:
            tell_interruption()
        sys.exit(code if isinstance(code, int) else ExitCode.OK)


def _ours(error: Exception) -> Exception:
    """*error* as one of ours, if it is the command line's own; these have a message for people."""
    say = getattr(error, "format_message", None)
    if say is None:
        return error
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "schoolsync"
    return UsageError(say().rstrip(".") or "a command is needed", hint=f"See: {command} --help")


app: typer.Typer = typer.Typer(
    cls=_Program,
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
"""The program."""


@app.callback()
def schoolsync(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Your own timetable, homework and marks, from the platform of your school. Unofficial."""
    if version:
        print(f"schoolsync {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


demo.add_to(app)
for _reading in READINGS:
    add_reading(app, _reading)
for _others in (cas, schools, doctor, sandbox):
    _others.add_to(app)
