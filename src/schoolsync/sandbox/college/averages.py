"""The school's rule for averages: from marks to one figure, with two decimals.

Points are added up and compared with what could be had: 7/10 and 13/20 make
20/30. A mark that the school *rescales* is brought to the scale of the average
first, so that it weighs as much as any other. A *bonus* gives the points above
the middle of its scale and takes none away. An *optional* mark counts only if
it helps. Who was away or handed nothing in has nothing to count, unless the
school counts a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

import attrs

from schoolsync.model import Mark, MarkStatus

__all__ = ["SCALE", "PointsOf", "mean", "points", "subject_average"]

SCALE = Decimal(20)
"""Top of the scale that averages are given on."""
CENT = Decimal("0.01")
ZEROS = frozenset({MarkStatus.ABSENT_ZERO, MarkStatus.NOT_SUBMITTED_ZERO})

PointsOf: TypeAlias = Callable[[Mark], Decimal | None]
"""Whose points are averaged: the pupil's, or one of the class's figures; `None` where there are none."""


@attrs.frozen
class _Sum:
    """Points that were had, and points that could be had."""

    had: Decimal = Decimal(0)
    possible: Decimal = Decimal(0)

    def plus(self, had: Decimal, possible: Decimal) -> _Sum:
        return _Sum(self.had + had, self.possible + possible)

    @property
    def ratio(self) -> Decimal:
        return self.had / self.possible if self.possible else Decimal(0)


def points(mark: Mark) -> Decimal | None:
    """The pupil's points: the value, 0 where the school counts a zero, `None` for what does not count."""
    return Decimal(0) if mark.status in ZEROS else mark.value


def subject_average(marks: Iterable[Mark], of: PointsOf = points) -> Decimal | None:
    """The average of *marks* on a scale of 20, which no bonus exceeds; `None` if nothing counts."""
    usual, bonus, optional = _Sum(), Decimal(0), list[tuple[Decimal, Decimal]]()
    for mark in marks:
        figure = of(mark)
        if figure is None or not mark.out_of:
            continue
        had, possible = _weighed(mark, figure)
        if mark.is_bonus:
            bonus += max(had - possible / 2, Decimal(0))
        elif mark.is_optional:
            optional.append((had, possible))
        else:
            usual = usual.plus(had, possible)
    if not usual.possible:
        return None
    total = _helped(usual.plus(bonus, Decimal(0)), optional)
    return _rounded(min(total.ratio, Decimal(1)) * SCALE)


def mean(figures: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The mean of figures, each with its weight; `None` if there are none, or none has a weight."""
    known = [(figure, weight) for figure, weight in figures if figure is not None]
    total = sum((weight for _, weight in known), Decimal(0))
    if not total:
        return None
    return _rounded(sum((figure * weight for figure, weight in known), Decimal(0)) / total)


def _weighed(mark: Mark, figure: Decimal) -> tuple[Decimal, Decimal]:
    """What *figure* counts for, and the most that *mark* could count for."""
    weight, scale = mark.coefficient or Decimal(0), mark.out_of or SCALE
    factor = SCALE / scale if mark.is_rescaled else Decimal(1)
    return figure * factor * weight, scale * factor * weight


def _helped(total: _Sum, optional: list[tuple[Decimal, Decimal]]) -> _Sum:
    """*total* with those optional marks that raise it, the best first."""
    for had, possible in sorted(optional, key=lambda one: _Sum(*one).ratio, reverse=True):
        with_it = total.plus(had, possible)
        if with_it.ratio > total.ratio:
            total = with_it
    return total


def _rounded(figure: Decimal) -> Decimal:
    return figure.quantize(CENT, ROUND_HALF_UP)
