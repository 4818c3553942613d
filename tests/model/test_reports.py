"""Report cards and resources: what is always there."""

from __future__ import annotations

from decimal import Decimal

from schoolsync.model import Report, ReportLine, Resource, Subject
from tests.model.samples import COMMON, always_set, not_said


def test_what_is_always_set() -> None:
    """A title each; a line may have nothing but comments."""
    assert always_set(Report) == {"title"}
    assert always_set(Resource) == {"title"}
    assert always_set(ReportLine) == set()


def test_what_may_not_be_said() -> None:
    """Days, averages and attendance are `None` when nobody said."""
    assert not_said(Report) == {"start", "end", "period_key", "is_published", "attendance_percentage"}
    assert not_said(ReportLine) == {"subject", "average", "class_average", "coefficient"}


def test_lines_keep_their_order() -> None:
    """Grades in words stay pairs, out and back."""
    line = ReportLine(
        subject=Subject(name="Science"), average=Decimal("14.50"), grades=(("Effort", "A"), ("Target", "6"))
    )
    report = Report(key="report-1", title="Spring", lines=(line, ReportLine()), **COMMON)
    assert Report.from_dict(report.to_dict()).lines == (line, ReportLine())
    assert report.to_dict()["lines"][0]["average"] == "14.50"  # type: ignore[index, call-overload]
