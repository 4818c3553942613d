"""A progress bar, for what takes over a second."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["PATIENCE_SECONDS", "Steps", "progress"]

PATIENCE_SECONDS: Final = 1.0
"""How long a person looks at nothing before the bar appears."""


@attrs.define
class Steps:
    """How far a command is. Without a bar it only counts."""

    total: int | None = None
    """How many steps there are; `None`: not known yet."""
    done: int = 0
    """How many were begun."""
    _bar: Progress | None = attrs.field(default=None, alias="bar")
    _task: TaskID | None = attrs.field(default=None, alias="task")
    _timer: threading.Timer | None = attrs.field(default=None, alias="timer")

    def begin(self, total: int) -> None:
        """There are *total* steps, beside those that were begun with before."""
        self.total = (self.total or 0) + total
        self._show()

    def step(self, text: str) -> None:
        """The next step is *text*."""
        self._show(text)
        self.done += 1

    def stand_aside(self) -> None:
        """No bar is shown any more: a person is asked something, and their answer needs the line."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()
        if self._bar is not None:
            self._bar.stop()

    def _show(self, text: str | None = None) -> None:
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, total=self.total, completed=self.done, description=text)


@contextmanager
def progress(text: str) -> Iterator[Steps]:
    """Steps, shown as a bar on stderr once it takes over a second; only where a person looks.

    The bar is gone when the block ends.
    """
    if not sys.stderr.isatty():
        yield Steps()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(bar_width=30))
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    timer = threading.Timer(PATIENCE_SECONDS, bar.start)
    timer.daemon = True
    timer.start()
    steps = Steps(bar=bar, task=bar.add_task(text, total=None), timer=timer)
    try:
        yield steps
    finally:
        steps.stand_aside()
