"""`schoolsync evaluations`."""

from __future__ import annotations

import datetime as dt

from schoolsync.cli.evaluations import EVALUATIONS
from schoolsync.cli.render import Look
from schoolsync.model import Identity, Skill, SkillAssessment, Subject
from tests.cli.test_render import shown


def test_every_skill_has_a_line() -> None:
    """With the level reached; a dash where none was given."""
    skills = (Skill(label="Reading", level="Good"), Skill(label="Listening"))
    one = SkillAssessment(
        key="evaluation-1",
        provider="pronote",
        pupil_key="pupil-1",
        identity=Identity.DERIVED,
        subject=Subject(name="English"),
        title="A poem",
        day=dt.date(2026, 3, 9),
        skills=skills,
    )
    bare = one.model_copy(update={"skills": (), "subject": None, "day": None})
    lines = shown(EVALUATIONS.draw([one, bare], Look(dt.date(2026, 3, 11), 80))).splitlines()[2:]
    assert lines[0].split() == ["Mon", "9", "Mar", "English", "A", "poem", "Reading:", "Good"]
    assert lines[1].strip() == "Listening: –"
    assert lines[2].split() == ["–", "A", "poem"]
