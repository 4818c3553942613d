"""The comparison complains about each way in which a peer and the school may differ."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from schoolsync.sandbox.classcharts.encode import lessons as encoder
from tests.peers.comparison import Comparison
from tests.peers.declared import NUMBER, TEXT, Either, Field, Fields, Listed, Mapped, Shape
from tests.peers.matchers import (
    ABSENT,
    Beginning,
    DayFrom,
    Ending,
    Instant,
    Markup,
    Matcher,
    Name,
    Same,
    Share,
    SomeNumber,
    SomeText,
    Wall,
    WallUntil,
)
from tests.peers.python_peer import PythonPeer
from tests.peers.readings import of_both
from tests.peers.scenes import ALEX_CARD, ORDINARY, Stage

LONDON = ZoneInfo("Europe/London")
ROW = Fields("Row", {"id": Field(NUMBER), "note": Field(TEXT, is_optional=True)})
SUMMER = dt.datetime(2026, 3, 30, 0, 30, tzinfo=LONDON)


def _compared(shape: Shape, said: Any, expected: Any) -> Comparison:
    comparison = Comparison()
    comparison.compare(shape, said, expected, "at", "Answer.rows")
    return comparison


def test_what_is_the_same_is_no_difference() -> None:
    """And every value is counted, the missing one and the empty list too."""
    said = [{"id": 1, "note": "a"}, {"id": 2}]
    found = _compared(Listed(ROW), said, [{"id": 1, "note": Name("a")}, {"id": 2, "note": ABSENT}])
    assert (found.differences, found.departures, found.values) == ([], set(), 4)
    assert found.compared == {"Row.id", "Row.note"}
    assert _compared(Listed(ROW), [], []).values == 1


@pytest.mark.parametrize(
    ("shape", "said", "expected", "complaint"),
    [
        (ROW, {"id": 1, "note": "a"}, {"id": 1}, "at: Row.note is not listed: what does the school say?"),
        (ROW, {"id": 1}, {"id": 1, "note": ABSENT, "more": 1}, "at: Row declares no more, which is listed"),
        (ROW, {"id": 1}, {"id": 1, "note": "a"}, "at: Row.note is missing, expected 'a'"),
        (ROW, {"id": 1, "note": "a"}, {"id": 1, "note": ABSENT}, "at.note: 'a', expected nothing at all"),
        (ROW, {"id": True}, {"id": 1, "note": ABSENT}, "at.id: True, expected 1"),
        (ROW, None, {"id": 1, "note": ABSENT}, "at: None, expected {'id': 1, 'note': nothing at all}"),
        (Listed(TEXT), ["a"], ["a", "b"], "at: 1 rows, expected 2"),
        (Listed(TEXT), ["a", "c"], ["a", "b"], "at[1]: 'c', expected 'b'"),
        (Mapped(TEXT), {"a": "x"}, {"b": "x"}, "at: the keys ['a'], expected ['b']"),
        (Mapped(TEXT), {"a &amp; b": "x"}, {"a & b": "y"}, "at.a & b: 'x', expected 'y'"),
        (TEXT, None, Name("a"), "at: None, expected Name(text='a')"),
        (TEXT, "soon", Instant(SUMMER), f"at: 'soon', expected {Instant(SUMMER)!r}"),
    ],
)
def test_a_difference_is_named(shape: Shape, said: Any, expected: Any, complaint: str) -> None:
    """With its place, what was said and what was expected."""
    assert _compared(shape, said, expected).differences == [complaint]


@pytest.mark.parametrize(
    ("shape", "said", "expected", "departure"),
    [
        (TEXT, None, None, "Answer.rows: NoneType"),
        (Mapped(TEXT), [], [], "Answer.rows: list"),
        (Listed(Either(())), [1], [1], "Answer.rows: int"),
        (Fields("Row", {"id": Field(NUMBER)}), {}, {"id": ABSENT}, "Row.id: missing"),
    ],
)
def test_a_departure_is_named(shape: Shape, said: Any, expected: Any, departure: str) -> None:
    """The school says so, but the peer does not declare it."""
    found = _compared(shape, said, expected)
    assert found.differences == []
    assert found.departures == {departure}


@pytest.mark.parametrize(
    ("matcher", "good", "bad"),
    [
        (Name("a & b"), ["a & b", "a &amp; b"], ["a", None, 1]),
        (Name(None), [None], ["", "None"]),
        (Markup("a\n<b>"), ["a<br>&lt;b&gt;"], ["a", ""]),
        (Markup(None), [""], ["a", None]),
        (Beginning("a\nb"), ["a", "a<br>b"], ["", "b", None]),
        (
            Instant(SUMMER),
            ["2026-03-29T23:30:00+00:00", "2026-03-30T00:30:00+01:00"],
            ["2026-03-30T00:30:00"],
        ),
        (Instant(SUMMER), [], ["2026-03-30T00:30:00+00:00", "2026-03-29T23:30:00", None, ""]),
        (Instant(None), [None], ["", "2026-03-30T00:30:00+00:00"]),
        (Wall(SUMMER), ["2026-03-30 00:30:00"], ["2026-03-29 23:30:00", None]),
        (WallUntil(SUMMER), ["2026-03-30 00:29:55"], ["2026-03-30 00:30:01", "2026-03-30 00:29:00"]),
        (DayFrom(dt.date(2026, 3, 9)), ["2026-03-09", "2026-09-01"], ["2026-03-08", None]),
        (Ending("a.png"), ["https://x.test/a.png"], ["https://x.test/ba.png", "/a.png", None]),
        (SomeText(), ["a"], ["", None, 1]),
        (SomeNumber(), [1], [0, True, "1", None]),
        (Share(Fraction(965, 1000)), ["96.5", "96.53"], ["96.6", 96.5, None]),
        (Same({"a": 1}), [{"a": 1}], [{"a": 1, "b": 2}, {}]),
    ],
)
def test_a_matcher_knows_what_fits(matcher: Matcher, good: list[Any], bad: list[Any]) -> None:
    """What means the same, and what does not."""
    assert [_compared(TEXT, said, matcher).differences for said in good] == [[]] * len(good)
    assert all(_compared(TEXT, said, matcher).differences for said in bad)


# -- the sandbox, broken on purpose -------------------------------------------------


@pytest.mark.peer
@pytest.mark.parametrize("key", ["room_name", "start_time", "is_break"])
def test_a_key_that_the_sandbox_forgets_is_named(
    monkeypatch: pytest.MonkeyPatch, stage: Stage, key: str
) -> None:
    """The comparison as the readings make it, in front of an encoder that drops a key."""
    whole = encoder.encode_lesson

    def without(*given: Any) -> dict[str, Any]:
        return {name: value for name, value in whole(*given).items() if name != key}

    monkeypatch.setattr(encoder, "encode_lesson", without)
    peer, found = PythonPeer(), Comparison()
    scene = stage.play(ORDINARY)
    with peer.client(scene, "student", *ALEX_CARD) as client:
        reading = next(iter(of_both(scene, scene.desks[0])))
        shape = peer.declared("student")[reading.method]
        found.compare(shape, client.read(reading), reading.expected, "lessons")
    assert found.differences
    assert all(f"Lesson.{key} is missing" in one for one in found.differences)
