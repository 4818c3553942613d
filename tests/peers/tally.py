"""How much was read and compared, by peer, role and method."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

__all__ = ["TALLY", "Count", "Tally"]


@attrs.define
class Count:
    """What one method gave."""

    calls: int = 0
    """How often it was called."""
    values: int = 0
    """How many single values of its answers were compared with the school."""


@attrs.frozen
class Tally:
    """Everything that was counted in a run."""

    counts: dict[tuple[str, str, str], Count] = attrs.field(factory=dict)
    """Peer, role and method → how much."""

    def add(self, peer: str, role: str, method: str, values: int) -> None:
        """One more call of *method*, with so many *values* compared."""
        count = self.counts.setdefault((peer, role, method), Count())
        count.calls += 1
        count.values += values

    def lines(self) -> Iterator[str]:
        """One line a method, sorted."""
        for (peer, role, method), count in sorted(self.counts.items()):
            yield f"{peer:<20} {role:<8} {method:<22} {count.calls:>5} calls {count.values:>7} values"


TALLY = pytest.StashKey[Tally]()
"""Where a run keeps its tally."""
