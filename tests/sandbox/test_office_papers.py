"""What the office keeps: values that are complete with little said."""

from __future__ import annotations

import datetime as dt

from schoolsync.sandbox.office_papers import CardMark, CardTarget, HomeReason, ReportCard, ShopItem


def test_a_card_can_be_empty() -> None:
    """No targets, no comments, no summaries, each its own."""
    monday = dt.date(2026, 3, 9)
    one, other = (ReportCard(n, monday, monday, "Punctuality", "Signed") for n in (1, 2))
    assert (one.targets, one.comments, dict(one.summaries)) == ((), (), {})
    assert one.summaries is not other.summaries
    assert dict(CardTarget(1, "Arrive on time").marks) == {}


def test_what_is_not_said_is_none() -> None:
    """A mark without a word, a stock that nobody counts."""
    assert CardMark(1, "P1").is_met is None
    assert ShopItem(1, "Pencil", "It writes", "", 5).stock is None
    assert HomeReason(1, "Read at home", "").daily_limit == 1
