"""What a command stands on: its clock, its road, its secrets, and the paper it writes on."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from shutil import which
from typing import TYPE_CHECKING, Annotated, Any

import attrs
import typer

from schoolsync.cli.exits import ExitCode
from schoolsync.drivers.clock import SYSTEM_CLOCK
from schoolsync.flow.secret import Secret

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from schoolsync.cli.progress import Steps
    from schoolsync.drivers.http import HttpClient
    from schoolsync.flow.effects import Clock

__all__ = ["AsJson", "Debug", "Stage", "paper", "print_json", "print_pages", "program"]


@attrs.define
class Stage:
    """One run of the program. Tests bring their own clock and road."""

    clock: Clock = SYSTEM_CLOCK
    """Its time."""
    http_client: HttpClient | None = None
    """Its road; one of its own if `None`."""
    is_debug: bool = False
    """Whether an error shows its trace."""
    secrets: list[Secret] = attrs.field(factory=list, repr=False)
    """What no trace may show."""
    steps: Steps | None = None
    """What shows how far it is, while it shows that."""

    def options(self) -> dict[str, Any]:
        """The options of every client that this run makes."""
        return {"clock": self.clock, "http_client": self.http_client}


Debug = Annotated[bool, typer.Option("--debug", help="Show where an error happened.")]
"""The option `--debug`, which every command takes."""

AsJson = Annotated[bool, typer.Option("--json", help="JSON for programs.")]
"""The option `--json`, which every reading takes."""


def program() -> str:
    """What to type to run this very program again: `schoolsync`, or its path where a shell finds another."""
    name = sys.argv[0]
    if Path(name).name == "__main__.py":
        python = Path(sys.executable).name
        return f"{python if which(python) == sys.executable else quote(sys.executable)} -m schoolsync"
    found = which("schoolsync")
    is_found = found is not None and Path(found).resolve() == Path(name).resolve()
    return "schoolsync" if is_found or Path(name).name != "schoolsync" else quote(name)


def paper() -> Console:
    """Standard output: as wide as the terminal, plain in a pipe, without colour under `NO_COLOR`."""
    from rich.console import Console

    class Paper(Console):
        """A console that leaves a closed pipe to `_until_enough`."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    _forgive()
    return Paper(highlight=False, markup=False, emoji=False)


def _print(console: Console, pages: Iterable[RenderableType]) -> None:
    """*pages* on *console*; a text that must not be cut runs on, and the terminal folds it."""
    for page in pages:
        console.print(page, soft_wrap=bool(getattr(page, "no_wrap", None)))


def print_pages(console: Console, pages: Iterable[RenderableType]) -> None:
    """*pages* stand on *console*, one below the other; in a pipe no line ends in spaces."""
    with _until_enough():
        if console.is_terminal:
            _print(console, pages)
            return
        with console.capture() as captured:
            _print(console, pages)
        print("\n".join(line.rstrip() for line in captured.get().splitlines()), flush=True)


def print_json(value: object) -> None:
    """*value* stands on standard output as indented JSON."""
    import json

    _forgive()
    is_utf = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    with _until_enough():
        print(json.dumps(value, ensure_ascii=not is_utf, indent=2), flush=True)


def _forgive() -> None:
    """A letter that the terminal does not know becomes a question mark, instead of an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


@contextmanager
def _until_enough() -> Iterator[None]:
    """Whoever reads may stop reading, as `head` does: that ends the command, and well."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(ExitCode.OK) from None
