"""The rule for averages, computed a second way: with fractions, and every choice of optional marks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from schoolsync.model import Identity, Mark, MarkStatus
from schoolsync.sandbox.college.averages import mean, points, subject_average


def _mark(value: str | int | None, **fields: Any) -> Mark:
    status = MarkStatus.GRADED if value is not None else MarkStatus.ABSENT
    return Mark(
        **{
            "key": "mark-1",
            "provider": "pronote",
            "pupil_key": "pupil-1",
            "identity": Identity.DERIVED,
            "status": status,
            "value": None if value is None else Decimal(value),
            "out_of": Decimal(20),
            "coefficient": Decimal(1),
            "title": "",
            **fields,
        }
    )


def test_points_are_added_up() -> None:
    """Seven of ten and thirteen of twenty are twenty of thirty."""
    marks = [_mark(7, out_of=Decimal(10)), _mark(13)]
    assert subject_average(marks) == Decimal("13.33")


def test_a_rescaled_mark_weighs_as_much_as_any_other() -> None:
    """Seven of ten is fourteen of twenty then."""
    marks = [_mark(7, out_of=Decimal(10), is_rescaled=True), _mark(13)]
    assert subject_average(marks) == Decimal("13.50")


def test_a_coefficient_counts_a_mark_so_often() -> None:
    """Half, twice, or not at all."""
    marks = [
        _mark(10, coefficient=Decimal(2)),
        _mark(16, coefficient=Decimal("0.5")),
        _mark(0, coefficient=Decimal(0)),
    ]
    assert subject_average(marks) == Decimal("11.20")


def test_a_bonus_gives_what_lies_above_the_middle() -> None:
    """And takes nothing; the average never leaves its scale."""
    assert subject_average([_mark(12), _mark(13, is_bonus=True)]) == Decimal("15.00")
    assert subject_average([_mark(12), _mark(4, is_bonus=True)]) == Decimal("12.00")
    assert subject_average([_mark(19), _mark(20, is_bonus=True)]) == Decimal("20.00")


def test_an_optional_mark_counts_if_it_helps() -> None:
    """And only then; with nothing to help there is no average."""
    assert subject_average([_mark(10), _mark(14, is_optional=True)]) == Decimal("12.00")
    assert subject_average([_mark(10), _mark(9, is_optional=True)]) == Decimal("10.00")
    assert subject_average([_mark(14, is_optional=True)]) is None
    assert subject_average([_mark(14, is_bonus=True)]) is None


def test_who_was_away_has_nothing_to_count_unless_the_school_counts_a_zero() -> None:
    """Two of the codes are zeros."""
    away = [_mark(None, status=status) for status in (MarkStatus.ABSENT, MarkStatus.EXEMPT)]
    zeros = [_mark(None, status=MarkStatus.ABSENT_ZERO), _mark(None, status=MarkStatus.NOT_SUBMITTED_ZERO)]
    assert subject_average(away) is None
    assert subject_average([*away, _mark(12)]) == Decimal("12.00")
    assert subject_average([*zeros, _mark(12)]) == Decimal("4.00")
    assert [points(one) for one in zeros] == [Decimal(0), Decimal(0)]


def test_another_figure_can_be_averaged_by_the_same_rule() -> None:
    """That of the class."""
    marks = [_mark(1, class_average=Decimal(11)), _mark(2, class_average=Decimal(14)), _mark(3)]
    assert subject_average(marks, lambda mark: mark.class_average) == Decimal("12.50")


def test_a_mean_has_weights() -> None:
    """Half a cent is rounded up; without figures or weights there is none."""
    assert mean([(Decimal(10), Decimal(3)), (Decimal(14), Decimal(1)), (None, Decimal(9))]) == Decimal(11)
    assert mean([(Decimal("10.00"), Decimal(1)), (Decimal("10.01"), Decimal(1))]) == Decimal("10.01")
    assert mean([(None, Decimal(1))]) is None
    assert mean([(Decimal(10), Decimal(0))]) is None


# -- the rule, a second time ------------------------------------------------------


def _drawn(chance: random.Random) -> list[Mark]:
    """A handful of marks of every kind."""
    marks = []
    for _ in range(chance.randint(0, 7)):
        scale = chance.choice([5, 10, 20, 100])
        kind = chance.choice(["", "", "", "is_bonus", "is_optional"])
        marks.append(
            _mark(
                chance.choice([None, *[str(Decimal(chance.randint(0, scale * 4)) / 4)] * 5]),
                out_of=Decimal(scale),
                coefficient=chance.choice([Decimal(0), Decimal("0.5"), Decimal(1), Decimal(2)]),
                is_rescaled=chance.random() < 0.4,
                **({kind: True} if kind else {}),
            )
        )
    return marks


def _totals(marks: list[Mark]) -> Iterator[tuple[Fraction, Fraction]]:
    """What was had and what could be had, for every choice of optional marks."""
    counted = [mark for mark in marks if mark.value is not None]
    optional = [mark for mark in counted if mark.is_optional]
    for count in range(len(optional) + 1):
        for chosen in combinations(optional, count):
            had = possible = Fraction(0)
            for mark in counted:
                if mark.is_optional and mark not in chosen:
                    continue
                assert mark.value is not None
                assert mark.out_of is not None
                assert mark.coefficient is not None
                scale, weight = Fraction(mark.out_of), Fraction(mark.coefficient)
                value = Fraction(mark.value)
                if mark.is_rescaled:
                    value, scale = value * 20 / scale, Fraction(20)
                if mark.is_bonus:
                    had += max(value - scale / 2, Fraction(0)) * weight
                else:
                    had, possible = had + value * weight, possible + scale * weight
            yield had, possible


def _expected(marks: list[Mark]) -> Decimal | None:
    """The best average that a choice gives, if there is anything beside what is optional."""
    totals = list(_totals(marks))
    if not totals[0][1]:
        return None
    best = min(max(had / possible for had, possible in totals), Fraction(1)) * 20
    return (Decimal(best.numerator) / best.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("seed", range(100))
def test_both_ways_agree(seed: int) -> None:
    """On any handful of marks; twins of a mark are told apart by their keys."""
    marks = [
        mark.model_copy(update={"key": f"mark-{number}"})
        for number, mark in enumerate(_drawn(random.Random(seed)))
    ]
    assert subject_average(marks) == _expected(marks)
