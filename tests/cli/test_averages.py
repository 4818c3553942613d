"""`schoolsync averages`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from schoolsync.cli.averages import AVERAGES
from schoolsync.cli.render import Look
from schoolsync.model import Subject, SubjectAverage
from tests.cli.test_render import shown


def test_figures_stand_below_each_other() -> None:
    """With their scale; a dash where nothing is said; the one without a subject is over all."""
    averages = [
        SubjectAverage(
            subject=Subject(name="Art"),
            pupil=Decimal("15.50"),
            class_=Decimal(12),
            min=Decimal(0),
            max=Decimal(20),
            out_of=Decimal(20),
        ),
        SubjectAverage(subject=Subject(name="Music"), class_=Decimal("11.2"), out_of=Decimal(20)),
        SubjectAverage(pupil=Decimal(14)),
    ]
    lines = shown(AVERAGES.draw(averages, Look(dt.date(2026, 3, 11), 80))).splitlines()
    assert [line.split() for line in lines[2:]] == [
        ["Art", "15.5", "/", "20", "12", "0", "20"],
        ["Music", "–", "11.2", "–", "–"],
        ["Over", "all", "14", "–", "–", "–"],
    ]
