"""What every measurement is made with: CPU time of this process, figures, a sandbox in another process."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

__all__ = ["ROOT", "ROUNDS", "Figure", "least", "served"]

ROOT = Path(__file__).parents[1]
ROUNDS = 15


@attrs.frozen
class Figure:
    """One line of the result."""

    what: str
    ours: float
    theirs: float
    target: float
    unit: str

    def __str__(self) -> str:
        """What was measured, and how it stands to its target."""
        ratio = self.ours / self.theirs
        verdict = "met" if ratio <= self.target else "MISSED"
        values = f"{self.ours:8.2f} / {self.theirs:8.2f} {self.unit}"
        return f"{self.what:<58} {values} = {ratio:6.2f} (target {self.target:g}: {verdict})"


def least(*runs: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of CPU that each needs, the least of several rounds in turn, after one to warm up.

    The governor lets every log-in pass, and forgets it at once: a ledger that grows from round to
    round is no part of signing in.
    """
    from schoolsync.drivers.vault import KEEPER
    from schoolsync.policy import Limits, Pace

    KEEPER.limits = Limits(paces=(Pace(10_000, dt.timedelta(milliseconds=1)),))
    found = [float("inf")] * len(runs)
    for round_number in range(rounds + 1):
        for place, run in enumerate(runs):
            before = time.process_time()
            run()
            if round_number:
                found[place] = min(found[place], (time.process_time() - before) * 1000)
    return found


@contextmanager
def served(program: str) -> Iterator[str]:
    """The address of a sandbox in a process of its own.

    Args:
        program: The module that serves it, when it is told to `serve`, and prints its address first.
    """
    command = [sys.executable, "-m", program, "serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            yield (server.stdout or sys.stdin).readline().strip()
        finally:
            server.terminate()
