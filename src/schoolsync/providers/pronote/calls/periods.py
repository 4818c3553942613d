"""A period as the calls take it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Protocol

__all__ = ["AskedPeriod", "encode_period"]

GRADING = 2
"""The kind that every screen takes, whatever kind the year gives the period. Evidence: read."""


class AskedPeriod(Protocol):
    """What a call needs to know of a period."""

    @property
    def id(self) -> str:
        """Good for this session."""
        ...

    @property
    def name(self) -> str:
        """`Trimestre 1`."""
        ...

    @property
    def start(self) -> dt.date | None:
        """First day."""
        ...

    @property
    def end(self) -> dt.date | None:
        """Last day, included."""
        ...


def encode_period(period: AskedPeriod) -> dict[str, Any]:
    """*period* as the server takes it."""
    return {"N": period.id, "L": period.name, "G": GRADING}
