"""The time of this computer."""

from __future__ import annotations

import datetime as dt
import time
from typing import Final

import attrs

__all__ = ["SYSTEM_CLOCK", "SystemClock"]


@attrs.frozen
class SystemClock:
    """Real time: the `flow.effects.Clock` of every client that was given no other."""

    def now(self) -> dt.datetime:
        """The present in UTC, aware."""
        return dt.datetime.now(dt.UTC)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()


SYSTEM_CLOCK: Final = SystemClock()
"""One for all: it has no state."""
