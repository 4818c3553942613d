"""`schoolsync badges`."""

from __future__ import annotations

import datetime as dt

from schoolsync.cli.badges import BADGES
from schoolsync.cli.render import Look
from schoolsync.sandbox.school import SandboxSchool
from tests.cli.test_render import shown

LOOK = Look(dt.date(2026, 3, 11), 100)


def test_badges_with_all_that_is_known(school: SandboxSchool) -> None:
    """When, what for, points and from whom; what the school does not say stays empty."""
    text = shown(BADGES.draw(school.badges(school.pupils[0]), LOOK), 100)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "Mon 9 Mar ★ Star reader Read ten books +5 Ms D Sample" in lines
    assert "Tue 3 Mar ★ Week without a mark Five good days" in lines
