"""Badges, behaviour events and sanctions: what is always there, and the words for it."""

from __future__ import annotations

from schoolsync.model import Badge, BehaviourEvent, Polarity, Sanction, SanctionKind, SanctionStatus
from tests.model.samples import always_set, not_said


def test_what_is_always_set() -> None:
    """A name and a time for an award, a time and a side for an event, a kind for a sanction."""
    assert always_set(Badge) == {"name", "awarded_at"}
    assert always_set(BehaviourEvent) == {"at", "polarity"}
    assert always_set(Sanction) == {"kind"}


def test_points_may_not_be_said() -> None:
    """No points are not zero points."""
    assert "points" in not_said(Badge) & not_said(BehaviourEvent)
    assert {"given_on", "start", "end", "duration"} <= not_said(Sanction)


def test_the_words() -> None:
    """The sets that programs may rely on."""
    assert set(Polarity) == {"positive", "negative", "neutral"}
    assert set(SanctionKind) == {"detention", "punishment", "exclusion", "other"}
    assert set(SanctionStatus) == {"pending", "attended", "not_attended", "upscaled", "unknown"}
    assert Sanction.model_fields["status"].default is SanctionStatus.UNKNOWN
