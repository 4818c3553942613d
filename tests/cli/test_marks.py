"""`schoolsync marks`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from schoolsync.cli.marks import MARKS
from schoolsync.cli.render import Look
from schoolsync.model import Mark, MarkStatus
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.test_render import shown

LOOK = Look(dt.date(2026, 3, 11), 100)


@pytest.fixture
def mark(school: SandboxSchool) -> Mark:
    """17 out of 20."""
    return next(one for one in school.marks(school.pupils[0]) if one.value == 17)


def line(mark: Mark) -> str:
    """Its line on paper."""
    return shown(MARKS.draw([mark], LOOK), 100).splitlines()[2]


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, "17 / 20"),
        ({"value": Decimal("6.50"), "out_of": None}, "6.5"),
        ({"value": None, "text_value": "B+"}, "B+"),
        ({"value": None, "text_value": None}, "–"),
        ({"value": None, "status": MarkStatus.ABSENT_ZERO}, "absent zero"),
    ],
)
def test_a_mark(mark: Mark, fields: dict[str, object], text: str) -> None:
    """With its scale, in words, or why there is none."""
    assert line(mark.model_copy(update=fields)).split("  ")[-1] == text


def test_a_mark_without_a_day(mark: Mark) -> None:
    """Has a dash there."""
    assert line(mark.model_copy(update={"given_on": None})).startswith("–  ")


def test_a_comment_stands_below(mark: Mark) -> None:
    """Only where there is room for it."""
    said = mark.model_copy(update={"comment": "Well argued."})
    assert "Well argued." in shown(MARKS.draw([said], LOOK), 100)
    assert "Well argued." not in shown(MARKS.draw([said], Look(LOOK.today, 100, is_brief=True)), 100)


def test_the_class_has_a_column_where_somebody_says_its_average(mark: Mark) -> None:
    """And a mark without one has an empty place in it."""
    said = mark.model_copy(update={"class_average": Decimal("11.40")})
    assert "Class" not in shown(MARKS.draw([mark], LOOK), 100)
    lines = shown(MARKS.draw([said, mark], LOOK), 100).splitlines()
    assert lines[0].endswith("Class")
    assert [line.split()[-1] for line in lines[2:]] == ["11.4", "20"]
