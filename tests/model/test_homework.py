"""Homework: what is always there, and the order by due date."""

from __future__ import annotations

import datetime as dt
import random

from schoolsync.model import Homework, HomeworkState, Submission, by_due
from tests.model.samples import COMMON, LONDON, always_set, not_said


def homework(key: str, due: dt.date) -> Homework:
    """Homework with nothing special but when it is due."""
    return Homework(key=key, due=due, description_text="", state=HomeworkState.TODO, **COMMON)


def test_what_is_always_set() -> None:
    """When it is due, a text, maybe empty, and how far it is."""
    assert always_set(Homework) == {"due", "description_text", "state"}


def test_what_may_not_be_said() -> None:
    """How it is handed in has a word for that; ticking needs a yes."""
    assert not_said(Homework) == {
        *("assigned_on", "subject", "title", "description_html", "kind", "expected", "teacher", "mark_key"),
    }
    assert homework("h", dt.date(2026, 3, 9)).submission is Submission.UNKNOWN
    assert homework("h", dt.date(2026, 3, 9)).can_toggle is False


def test_the_words() -> None:
    """The sets that programs may rely on."""
    assert set(HomeworkState) == {"todo", "done", "late", "excused", "unknown"}
    assert set(Submission) == {"none", "paper", "upload", "audio", "other", "unknown"}


def test_the_order_of_mixed_dues() -> None:
    """By local day, then by time, a bare day at its end, then by key; never an error, never by chance."""
    day = dt.date(2026, 6, 9)

    def at(hour: int, minute: int = 0) -> dt.datetime:
        return dt.datetime(2026, 6, 9, hour, minute, tzinfo=LONDON)

    ordered = [
        homework("z", day - dt.timedelta(days=1)),
        homework("y", at(0)),  # 23:00 of the day before in UTC: the local day counts
        homework("x", at(0, 30)),
        homework("a", at(9)),
        homework("b", at(9)),
        homework("w", at(23, 59)),
        homework("c", day),
        homework("d", day),
        homework("e", at(0) + dt.timedelta(days=1)),
    ]
    for seed in range(20):
        shuffled = random.Random(seed).sample(ordered, len(ordered))
        assert sorted(shuffled, key=by_due) == ordered
