"""`schoolsync sandbox serve`: an invented school to try things on, on this computer only."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from schoolsync.cli.exits import EXIT_CODES
from schoolsync.cli.stage import Debug, paper, print_pages, program
from schoolsync.errors import BadArgument, UsageError

if TYPE_CHECKING:
    from schoolsync.flow.effects import Clock
    from schoolsync.sandbox.classcharts import ClassChartsServer
    from schoolsync.sandbox.people import ParentAccount
    from schoolsync.sandbox.school import SandboxSchool
    from schoolsync.sandbox.serve import Place

__all__ = ["Mode", "add_to", "invented_server", "need_sandbox", "running_since"]

ZONE: Final = ZoneInfo("Europe/London")
"""Where the invented school is."""
VARIABLE: Final = "SANDBOX_PASSWORD"
"""The variable of the printed command."""


def need_sandbox() -> None:
    """The extra `sandbox` is there.

    Raises:
        UsageError: It is not.
    """
    from importlib.util import find_spec

    if not all(map(find_spec, ("starlette", "uvicorn"))):
        hint = "Install it: pip install 'schoolsync[cli,sandbox]'"
        raise UsageError("the sandbox is not installed", hint=hint)


def running_since(moment: dt.datetime) -> Clock:
    """A clock that runs from *moment*, as the invented school sees it."""
    from schoolsync.sandbox.clock import RunningClock

    return RunningClock(moment.astimezone(ZONE))


class Mode(StrEnum):
    """What the server asks of a call."""

    LENIENT = "lenient"
    """The session id is enough."""
    TES = "tes"
    """The log-in's cookies too, as since April 2026."""


def invented_server(clock: Clock, *, mode: Mode = Mode.TES, seed: int = 1) -> ClassChartsServer:
    """A ClassCharts server in front of an invented school, at the time of *clock*."""
    from schoolsync.sandbox.classcharts import ClassChartsServer
    from schoolsync.sandbox.school import make_school

    school = make_school(seed=seed, today=clock.now().date())
    return ClassChartsServer(school, clock=clock, mode="tes" if mode is Mode.TES else "lenient", seed=seed)


def add_to(app: typer.Typer) -> None:
    """*app* has `sandbox` and what is below it."""
    below = typer.Typer(invoke_without_command=True, epilog=EXIT_CODES)
    below.callback()(sandbox)
    below.command("serve", epilog=EXIT_CODES)(serve)
    app.add_typer(below, name="sandbox")


def sandbox(context: typer.Context) -> None:
    """An invented school to try things on."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def serve(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where; 0 for any free port.")] = 0,
    mode: Annotated[
        Mode, typer.Option(help="What a call must bring: a session id, or the log-in's cookies too.")
    ] = Mode.TES,
    seed: Annotated[int, typer.Option(help="Another one draws another timetable.")] = 1,
    debug: Debug = False,
) -> None:
    """Serve the sandbox on this computer, until Ctrl-C.

    It is a ClassCharts server for a school that does not exist.
    """
    context.obj.is_debug = debug
    need_sandbox()
    from schoolsync.sandbox.serve import run

    server = invented_server(running_since(context.obj.clock.now()), mode=mode, seed=seed)
    try:
        run(server, port=port, announce=lambda place: _announce(place, server.school))
    except OSError as error:
        hint = "Choose another one, or 0 for any free port."
        raise BadArgument("--port", "is taken, or not yours to use", hint=hint) from error
    except KeyboardInterrupt:  # asked to stop, it has; some Pythons say so once more
        pass
    print("The sandbox is closed.", file=sys.stderr)


def _announce(place: Place, school: SandboxSchool) -> None:
    """The address, who can sign in, and a command to try, on standard output."""
    from schoolsync.cli.render import said, table

    parents = table("Parent's e-mail!", "Password!", "Children")
    for parent in school.parents:
        children = ", ".join(pupil.name for pupil in school.pupils_of(parent))
        parents.add_row(said(parent.email), said(parent.password), said(children or "–", "dim"))
    pupils = table("Pupil's code!", "Date of birth!", "Name")
    for file in school.pupil_files:
        born = f"{file.born_on:%d/%m/%Y}" if file.asks_birthday else "not asked for"
        pupils.add_row(said(file.access_code), said(born), said(file.pupil.name, "dim"))
    where = said(f"A school that does not exist, at {place.url} until you press Ctrl-C.", "bold")
    print_pages(paper(), (where, "", parents, "", pupils, "\nTry it from another terminal:\n"))
    print(_command(place, school.parents[0]), flush=True)


def _command(place: Place, parent: ParentAccount) -> str:
    """A line for a shell that reads what *parent* can see."""
    words = ["lessons", "--email", parent.email, "--password-env", VARIABLE, "--base-url", place.url]
    return f"{VARIABLE}={shlex.quote(parent.password)} {program()} {shlex.join(words)}"
