"""`schoolsync absences`."""

from __future__ import annotations

import datetime as dt

import pytest

from schoolsync.cli.absences import ABSENCES, KINDS, REASONS
from schoolsync.cli.render import Look
from schoolsync.model import Absence, AbsenceKind, Justification
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.test_render import shown

LOOK = Look(dt.date(2026, 3, 11), 100)


@pytest.fixture
def absences(school: SandboxSchool) -> tuple[Absence, ...]:
    """Alex's."""
    return school.absences(school.pupils[0])


def drawn(*absences: Absence) -> list[str]:
    """Lines on paper, without the head."""
    return shown(ABSENCES.draw(ABSENCES.lines(absences), LOOK), 100).splitlines()[2:]


def test_every_kind_and_verdict_has_a_word() -> None:
    """None is left out."""
    assert set(KINDS) == set(AbsenceKind)
    assert set(REASONS) == set(Justification)


def test_the_parts_of_a_day_are_one_line(absences: tuple[Absence, ...]) -> None:
    """With lessons in a row drawn together."""
    lines = drawn(*absences)
    assert "Fri 6 Mar   absent       AM, PM, Period 1–5  excused" in lines
    assert len(lines) == len({(one.day, one.kind) for one in absences})


def test_parts_that_differ_are_lines_of_their_own(absences: tuple[Absence, ...]) -> None:
    """Excused in the morning, not in the afternoon."""
    first, second = [one for one in absences if one.day == dt.date(2026, 3, 6)][:2]
    other = second.model_copy(update={"justification": Justification.UNJUSTIFIED})
    assert len(drawn(first, second)) == 1
    assert len(drawn(first, other)) == 2


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (["AM", "PM"], "AM, PM"),
        (["Period 1"], "Period 1"),
        (["Period 1", "Period 2", "Period 4", "P5"], "Period 1–2, Period 4, P5"),
        (["9", "10"], "9–10"),
    ],
)
def test_labels_in_a_row(absences: tuple[Absence, ...], labels: list[str], text: str) -> None:
    """Only what follows directly, under the same name, is drawn together."""
    (line,) = drawn(*(absences[0].model_copy(update={"session_label": label}) for label in labels))
    assert line.split("  ")[-1].strip() == text


def test_minutes_hours_and_reasons(absences: tuple[Absence, ...]) -> None:
    """Where the school says them."""
    start = dt.datetime(2026, 3, 10, 9, 5, tzinfo=dt.UTC)
    fields = {
        "session_label": None,
        "start": start,
        "end": start + dt.timedelta(minutes=7),
        "reasons": ("The bus",),
        "minutes": 7,
        "kind": AbsenceKind.LATENESS,
        "justification": Justification.PENDING,
    }
    (line,) = drawn(absences[0].model_copy(update=fields))
    assert line.split("  ")[1:] == ["late 7 min", "09:05–09:12", "reason awaited The bus"]
