"""Marks: what is always there, when there is a value, and how it is rescaled."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from schoolsync.model import Mark, MarkStatus, Period, Skill, SkillAssessment, SubjectAverage
from tests.model.samples import COMMON, always_set, not_said


def mark(**fields: Any) -> Mark:
    """A graded mark with nothing special but *fields*."""
    return Mark(**{"key": "mark-1", "title": "Fractions", "status": MarkStatus.GRADED, **COMMON, **fields})


def test_what_is_always_set() -> None:
    """A mark says what it is and what for; averages may say nothing at all."""
    assert always_set(Mark) == {"status", "title"}
    assert always_set(Period) == {"key", "name", "start", "end"}
    assert always_set(SubjectAverage) == set()
    assert always_set(SkillAssessment) == {"title"}
    assert always_set(Skill) == {"label"}


def test_what_may_not_be_said() -> None:
    """No number is zero and no fact false for want of a word."""
    assert not_said(Mark) == {
        *("value", "text_value", "out_of", "default_out_of", "coefficient", "class_average", "class_min"),
        *(
            "class_max",
            "given_on",
            "subject",
            "period_key",
            "is_bonus",
            "is_optional",
            "is_rescaled",
            "comment",
        ),
    }
    assert not_said(SubjectAverage) == {"subject", "pupil", "class_", "min", "max", "out_of", "period_key"}
    assert not_said(Period) == {"is_current"}


def test_the_words() -> None:
    """The set that programs may rely on."""
    assert set(MarkStatus) == {
        *("graded", "absent", "exempt", "not_graded", "not_submitted", "absent_zero", "not_submitted_zero"),
        *("commended", "unfit", "pending", "unknown"),
    }


@pytest.mark.parametrize("status", MarkStatus)
def test_only_a_grade_has_a_value(status: MarkStatus) -> None:
    """Absent is not a number, and no pupil got zero for it; words may come with either."""
    assert mark(status=status, text_value="B+").value is None
    if status is MarkStatus.GRADED:
        assert mark(status=status, value=Decimal(0)).value == 0
    else:
        with pytest.raises(ValidationError, match="only a graded mark"):
            mark(status=status, value=Decimal(12))


@pytest.mark.parametrize(
    ("value", "scale", "wanted", "expected"),
    [
        ("14.5", "20", 20, "14.5"),
        ("7", "10", 20, "14"),
        ("0", "10", 20, "0"),
        ("22", "20", 100, "110"),
        ("14", "20", Decimal(5), "3.5"),
        (None, "20", 20, None),
        ("14", None, 20, None),
        ("14", "0", 20, None),
    ],
)
def test_normalised(
    value: str | None, scale: str | None, wanted: Decimal | int, expected: str | None
) -> None:
    """Rescaled, and `None` without a value or a scale that can be divided by."""
    made = mark(value=value and Decimal(value), out_of=scale and Decimal(scale))
    assert made.normalised(wanted) == (Decimal(expected) if expected else None)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "1E+999999999", "1E-999999999"])
def test_what_is_no_mark_is_refused(text: str) -> None:
    """Nor what would take a gigabyte to write out."""
    with pytest.raises(ValidationError, match="value"):
        mark(value=Decimal(text))


@pytest.mark.parametrize(
    ("text", "written"), [("1E+2", "100"), ("14.50", "14.50"), ("-0.5", "-0.5"), ("1E-3", "0.001")]
)
def test_numbers_are_written_plainly(text: str, written: str) -> None:
    """Never with an exponent, and with the zeros that the school wrote."""
    made = mark(value=Decimal(text))
    assert made.to_dict()["value"] == written
    assert str(Mark.from_dict(made.to_dict()).value) == written
