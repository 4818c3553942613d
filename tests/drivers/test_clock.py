"""The clock of this computer."""

from __future__ import annotations

import datetime as dt

from schoolsync.drivers.clock import SYSTEM_CLOCK
from schoolsync.flow.effects import Clock


def test_now_is_aware_and_present() -> None:
    """Between two looks at the same clock."""
    clock: Clock = SYSTEM_CLOCK
    before = dt.datetime.now(dt.UTC)
    assert before <= clock.now() <= dt.datetime.now(dt.UTC)
    assert clock.now().utcoffset() == dt.timedelta(0)


def test_ages_never_go_back() -> None:
    """Two looks, in order."""
    assert SYSTEM_CLOCK.monotonic() <= SYSTEM_CLOCK.monotonic()
