"""`schoolsync sandbox serve`: two invented schools to try things on, on this computer only."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import attrs
import typer

from schoolsync.cli.exits import EXIT_CODES
from schoolsync.cli.stage import Debug, paper, print_pages, program
from schoolsync.errors import BadArgument, UnknownName, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from schoolsync.flow.effects import Clock
    from schoolsync.sandbox.classcharts import ClassChartsServer
    from schoolsync.sandbox.college.college import SandboxCollege
    from schoolsync.sandbox.mount import Server
    from schoolsync.sandbox.pronote import PronoteServer
    from schoolsync.sandbox.school import SandboxSchool
    from schoolsync.sandbox.serve import Place

__all__ = [
    "PRONOTE_PATH",
    "Mode",
    "Schools",
    "add_to",
    "invented_academy",
    "invented_college",
    "need_sandbox",
    "running_since",
]

LONDON: Final = ZoneInfo("Europe/London")
"""Where the invented academy is."""
PARIS: Final = ZoneInfo("Europe/Paris")
"""Where the invented collège is."""
PRONOTE_PATH: Final = "/pronote"
"""Where PRONOTE stands on the host; the rest of it is ClassCharts'."""
VARIABLE: Final = "SANDBOX_PASSWORD"
"""The variable of the printed commands."""
TROUBLES: Final = {
    "disabled": "the account is disabled",
    "blocked": "the account is blocked",
    "forbidden": "this space is not theirs",
    "refused": "the server refuses",
    "message": "the school has something to say first",
    "new_password": "another password must be chosen first",
    "pin": "a PIN is asked for",
}
"""What becomes of a log-in that does not lead in."""


def need_sandbox() -> None:
    """The extra `sandbox` is there.

    Raises:
        UsageError: It is not.
    """
    from importlib.util import find_spec

    if not all(map(find_spec, ("starlette", "uvicorn"))):
        hint = "Install it: pip install 'schoolsync[cli,sandbox]'"
        raise UsageError("the sandbox is not installed", hint=hint)


def running_since(moment: dt.datetime, zone: dt.tzinfo) -> Clock:
    """A clock that runs from *moment*, as a school in *zone* sees it."""
    from schoolsync.sandbox.clock import RunningClock

    return RunningClock(moment.astimezone(zone))


class Mode(StrEnum):
    """What ClassCharts asks of a call."""

    LENIENT = "lenient"
    """The session id is enough."""
    TES = "tes"
    """The log-in's cookies too, as since April 2026."""


@attrs.frozen
class Schools:
    """Both invented schools, each behind the server of its platform."""

    academy: ClassChartsServer
    """ClassCharts, in London."""
    college: PronoteServer
    """PRONOTE, in Paris."""

    @property
    def by_path(self) -> Mapping[str, Server]:
        """Each by the beginning of the paths that it answers."""
        return {"/": self.academy, PRONOTE_PATH: self.college}


def invented_academy(moment: dt.datetime, *, mode: Mode = Mode.TES, seed: int = 1) -> ClassChartsServer:
    """A ClassCharts server in front of an invented school, whose clock runs from *moment*."""
    from schoolsync.sandbox.classcharts import ClassChartsServer
    from schoolsync.sandbox.school import make_school

    clock = running_since(moment, LONDON)
    school = make_school(seed=seed, today=clock.now().date())
    return ClassChartsServer(school, clock=clock, mode="tes" if mode is Mode.TES else "lenient", seed=seed)


def invented_college(moment: dt.datetime, *, generation: str | None = None, seed: int = 1) -> PronoteServer:
    """A PRONOTE server in front of an invented school, whose clock runs from *moment*.

    Raises:
        UnknownName: No generation of the protocol is called so.
    """
    from schoolsync.sandbox.college.college import make_college
    from schoolsync.sandbox.pronote import CURRENT, GENERATIONS, PronoteServer

    known = {one.label: one for one in GENERATIONS}
    chosen = CURRENT.label if generation is None else generation
    if chosen not in known:
        raise UnknownName("generation", chosen, known, hint=f"There are: {', '.join(known)}.")
    clock = running_since(moment, PARIS)
    college = make_college(seed=seed, today=clock.now().date())
    return PronoteServer(college, clock=clock, generation=known[chosen], seed=seed, base_path=PRONOTE_PATH)


def add_to(app: typer.Typer) -> None:
    """*app* has `sandbox` and what is below it."""
    below = typer.Typer(invoke_without_command=True, epilog=EXIT_CODES)
    below.callback()(sandbox)
    below.command("serve", epilog=EXIT_CODES)(serve)
    app.add_typer(below, name="sandbox")


def sandbox(context: typer.Context) -> None:
    """Invented schools to try things on."""
    if context.invoked_subcommand is None:
        print(context.get_help())


def serve(
    context: typer.Context,
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where; 0 for any free port.")] = 0,
    mode: Annotated[
        Mode, typer.Option(help="What a call to ClassCharts must bring: a session id, or its cookies too.")
    ] = Mode.TES,
    generation: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="How PRONOTE talks: 2025.1.3; the newest if not given."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Another one draws other timetables.")] = 1,
    debug: Debug = False,
) -> None:
    """Serve the sandbox on this computer, until Ctrl-C.

    It is a ClassCharts server and a PRONOTE server, for two schools that do not exist.
    """
    context.obj.is_debug = debug
    need_sandbox()
    from schoolsync.sandbox.serve import run

    moment = context.obj.clock.now()
    schools = Schools(
        invented_academy(moment, mode=mode, seed=seed),
        invented_college(moment, generation=generation, seed=seed),
    )
    try:
        run(schools.by_path, port=port, announce=lambda place: _announce(place, schools))
    except OSError as error:
        hint = "Choose another one, or 0 for any free port."
        raise BadArgument("--port", "is taken, or not yours to use", hint=hint) from error
    except KeyboardInterrupt:  # asked to stop, it has; some Pythons say so once more
        pass
    print("The sandbox is closed.", file=sys.stderr)


# -- what is said about it --------------------------------------------------------


def _announce(place: Place, schools: Schools) -> None:
    """Both addresses, who can sign in, and a command to try for each, on standard output."""
    from schoolsync.cli.render import said

    where = said(f"Two schools that do not exist, at {place.url} until you press Ctrl-C.", "bold")
    academy, college = schools.academy.school, schools.college.college
    pronote = f"{place.url}{PRONOTE_PATH}/"
    pages: list[RenderableType] = [where]
    pages += ["", _title("ClassCharts", academy.pupils[0].school.name, place.url), "", *_of_academy(academy)]
    title = _title(f"PRONOTE {schools.college.generation.label}", college.school.name, pronote)
    pages += ["", title, "", *_of_college(college), "\nTry them from another terminal:\n"]
    print_pages(paper(), pages)
    parent, user = academy.parents[0], college.households[0].parents[0]
    print(_command(parent.password, "--email", parent.email, "--base-url", place.url))
    words = ("--provider", "pronote", "--url", pronote, "--username", user.login, "--account", user.kind)
    print(_command(user.password, *words), flush=True)


def _title(platform: str, school: str, url: str) -> RenderableType:
    from rich.text import Text

    from schoolsync.cli.render import said

    return Text.assemble((platform, "bold cyan"), "  ", said(school), "  ", (url, "dim"))


def _of_academy(school: SandboxSchool) -> Sequence[RenderableType]:
    """Who can sign in to ClassCharts."""
    from schoolsync.cli.render import said, table

    parents = table("Parent's e-mail!", "Password!", "Children")
    for parent in school.parents:
        children = ", ".join(pupil.name for pupil in school.pupils_of(parent))
        parents.add_row(said(parent.email), said(parent.password), said(children or "–", "dim"))
    pupils = table("Pupil's code!", "Date of birth!", "Name")
    for file in school.pupil_files:
        born = f"{file.born_on:%d/%m/%Y}" if file.asks_birthday else "not asked for"
        pupils.add_row(said(file.access_code), said(born), said(file.pupil.name, "dim"))
    return parents, "", pupils


def _of_college(college: SandboxCollege) -> Sequence[RenderableType]:
    """Who can sign in to PRONOTE, and whom it keeps out."""
    from schoolsync.cli.render import said, table

    drawing = table("User name!", "Password!", "Account!", "Sees")
    for one in college.accounts:
        names = (
            ", ".join(pupil.name for pupil in college.pupils_of(one)) if one.kind != "teacher" else one.name
        )
        sees = TROUBLES.get(one.state) or names or "no child"
        drawing.add_row(said(one.login), said(one.password), one.kind, said(sees, "dim"))
    return (drawing,)


def _command(password: str, *account: str) -> str:
    """A line for a shell that reads what an account can see."""
    words = ["lessons", *account, "--password-env", VARIABLE]
    return f"{VARIABLE}={shlex.quote(password)} {program()} {shlex.join(words)}"
