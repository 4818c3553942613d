"""Time for the sandbox: moved by hand in tests, running when served."""

from __future__ import annotations

import datetime as dt
import threading
import time

import attrs

__all__ = ["HandClock", "RunningClock"]


def _aware(_clock: object, _attribute: object, moment: dt.datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("a clock needs a time with a zone")


def _later(moment: dt.datetime, duration: dt.timedelta) -> dt.datetime:
    """*duration* after *moment*, in its zone, across any change of the clocks."""
    return (moment.astimezone(dt.UTC) + duration).astimezone(moment.tzinfo)


@attrs.define
class HandClock:
    """Time that moves only when told. Starts at *moment*, which must be aware.

    Setting `moment` is what a person does to a clock on the wall: `monotonic` does not notice.
    """

    moment: dt.datetime = attrs.field(validator=_aware)
    """The present."""
    _age: float = 0.0
    _turn: threading.Lock = attrs.field(factory=threading.Lock, repr=False)

    def now(self) -> dt.datetime:
        """The present, as it was last set."""
        return self.moment

    def monotonic(self) -> float:
        """Seconds advanced so far."""
        return self._age

    def advance(self, duration: dt.timedelta | float) -> None:
        """Let *duration* (or seconds) pass.

        Raises:
            ValueError: It is negative: time does not go back.
        """
        step = duration if isinstance(duration, dt.timedelta) else dt.timedelta(seconds=duration)
        if step < dt.timedelta():
            raise ValueError("time does not go back")
        with self._turn:
            self.moment = _later(self.moment, step)
            self._age += step.total_seconds()


@attrs.define
class RunningClock:
    """Real time, moved so that it begins at *start*; aware, in the zone of *start*."""

    start: dt.datetime = attrs.field(validator=_aware)
    """The moment at which it was made."""
    _born: float = attrs.field(factory=time.monotonic)

    def now(self) -> dt.datetime:
        """*start* and what has passed since."""
        return _later(self.start, dt.timedelta(seconds=self.monotonic()))

    def monotonic(self) -> float:
        """Seconds since it was made."""
        return time.monotonic() - self._born
