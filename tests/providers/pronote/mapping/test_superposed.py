"""Lessons in the same place: which of them is shown, and what they know of each other."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsync.model import Identity, Lesson, LessonStatus
from schoolsync.providers.pronote.mapping.superposed import Occupied, linked, visible
from tests.providers.pronote.lessons import FRENCH, MATHS, OUTING, here, lessons, moved, one, parts, subject
from tests.providers.pronote.reading import date

GONE: dict[str, Any] = FRENCH | {"estAnnule": True, "Statut": "Prof. absent", "P": 0}
INSTEAD: dict[str, Any] = FRENCH | {
    "N": "20#Cr9",
    "G": 2,
    "P": 1,
    "Statut": "Remplaçant",
    "ListeContenus": parts(subject("ANGLAIS")),
}
PARIS = ZoneInfo("Europe/Paris")
FIRST = dt.datetime(2026, 9, 7, 8, tzinfo=PARIS)


def ids(found: list[Lesson]) -> list[str | None]:
    """Who is listed."""
    return [lesson.provider_id for lesson in found]


def test_a_cancelled_lesson_lies_under_the_one_in_its_place() -> None:
    """Only the upper one is shown, and says whose place it takes."""
    (shown,) = lessons(GONE, INSTEAD)
    assert (shown.provider_id, shown.status, shown.replaced_by_key) == ("20#Cr9", "replaced", None)
    raw = {lesson.provider_id: lesson for lesson in lessons(GONE, INSTEAD, raw_view=True)}
    assert shown.replaces_key == raw["20#Cr2"].key
    assert raw["20#Cr2"].replaced_by_key == raw["20#Cr9"].key == shown.key
    assert raw["20#Cr9"] == shown
    assert raw["20#Cr2"].status == "cancelled"


@pytest.mark.parametrize("order", list(itertools.permutations([GONE, INSTEAD, MATHS])))
@pytest.mark.parametrize("raw_view", [True, False])
def test_keys_depend_neither_on_the_order_nor_on_the_view(
    order: tuple[dict[str, Any], ...], raw_view: bool
) -> None:
    """A lesson has the same one wherever it is shown."""
    keys = {lesson.provider_id: lesson.key for lesson in lessons(GONE, INSTEAD, MATHS, raw_view=True)}
    found = lessons(*order, raw_view=raw_view)
    assert len(found) == (3 if raw_view else 2)
    assert {lesson.provider_id: lesson.key for lesson in found}.items() <= keys.items()


def test_a_cancelled_lesson_alone_is_shown() -> None:
    """Nobody stands in for it; nor does one that ends when it begins, or was cancelled too."""
    (shown,) = lessons(GONE)
    assert (shown.status, shown.replaced_by_key) == ("cancelled", None)
    other = GONE | {"N": "20#Cr8", "G": 2}
    assert ids(lessons(MATHS, GONE, moved(INSTEAD, "07/09/2026 10:00", "07/09/2026 11:00"))) == [
        "20#Cr1",
        "20#Cr2",
        "20#Cr9",
    ]
    assert sorted(map(str, ids(lessons(GONE, other)))) == ["20#Cr2", "20#Cr8"]


def test_two_lessons_that_are_given_are_both_shown() -> None:
    """A pupil may have the one or the other."""
    found = lessons(FRENCH, INSTEAD)
    assert sorted(map(str, ids(found))) == ["20#Cr2", "20#Cr9"]
    assert [lesson.replaces_key for lesson in found] == [None, None]
    assert len({lesson.key for lesson in found}) == 2


@pytest.mark.parametrize(
    ("start", "end"), [("08:30", "09:30"), ("09:30", "11:00"), ("09:15", "09:45"), ("08:00", "12:00")]
)
def test_a_lesson_stands_in_wherever_it_overlaps(start: str, end: str) -> None:
    """It need not be the same slot."""
    found = lessons(GONE, moved(INSTEAD, f"07/09/2026 {start}", f"07/09/2026 {end}"))
    assert ids(found) == ["20#Cr9"]


def test_one_lesson_for_two_and_two_for_one() -> None:
    """The longer one says the first; the uppermost is the one that counts."""
    second = moved(GONE, "07/09/2026 10:00", "07/09/2026 11:00", N="20#Cr3")
    double = moved(INSTEAD, "07/09/2026 09:00", "07/09/2026 11:00")
    raw = {lesson.provider_id: lesson for lesson in lessons(second, GONE, double, raw_view=True)}
    assert raw["20#Cr9"].replaces_key == raw["20#Cr2"].key
    assert raw["20#Cr3"].replaced_by_key == raw["20#Cr2"].replaced_by_key == raw["20#Cr9"].key
    below = INSTEAD | {"N": "20#Cr7", "P": 0}
    top = {lesson.provider_id: lesson for lesson in lessons(INSTEAD, below, GONE, raw_view=True)}
    assert top["20#Cr2"].replaced_by_key == top["20#Cr9"].key
    assert top["20#Cr7"].replaces_key == top["20#Cr9"].replaces_key == top["20#Cr2"].key


def test_an_outing_of_some_days_takes_the_place_of_lessons_on_each() -> None:
    """But not of those after it."""
    trip = OUTING | {"DateDuCoursFin": date("10/09/2026 12:00:00")}
    later = [
        moved(GONE, f"{day}/09/2026 09:00", f"{day}/09/2026 10:00", N=f"20#{day}")
        for day in ("09", "10", "11")
    ]
    found = lessons(trip, *later)
    assert ids(found) == ["20#So1", "20#11"]


# -- in general -----------------------------------------------------------------


def lesson(number: int, start: int, length: int, is_cancelled: bool) -> Lesson:
    """A lesson of some quarters of an hour."""
    begins = FIRST + dt.timedelta(minutes=15 * start)
    return Lesson(
        key=f"lesson-{number}",
        provider="pronote",
        pupil_key="pupil-0",
        identity=Identity.DERIVED,
        start=begins,
        end=begins + dt.timedelta(minutes=15 * length),
        status=LessonStatus.CANCELLED if is_cancelled else LessonStatus.SCHEDULED,
    )


days = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 8), st.booleans()), max_size=8)


def overlap(one_: Lesson, other: Lesson) -> bool:
    """Whether they share some time."""
    return max(one_.start, other.start) < min(one_.end, other.end)


@settings(max_examples=60, deadline=None)
@given(days, st.randoms())
def test_what_is_hidden_is_what_is_cancelled_under_another(
    day: list[tuple[int, int, bool]], chance: Any
) -> None:
    """Nothing else is lost, nothing changes with the order, and links go both ways."""
    made = [lesson(number, *facts) for number, facts in enumerate(day)]
    found = linked(made)
    assert [one_.key for one_ in found] == [one_.key for one_ in made]
    given_ = [one_ for one_ in made if one_.status != "cancelled"]
    hidden = {o.key for o in made if o.status == "cancelled" and any(overlap(o, other) for other in given_)}
    assert {one_.key for one_ in visible(found)} == {one_.key for one_ in made} - hidden
    assert {one_.key for one_ in found if one_.replaced_by_key} == hidden
    assert {one_.replaces_key for one_ in found if one_.replaces_key} <= hidden
    shuffled = made.copy()
    chance.shuffle(shuffled)
    assert {one_.key: one_ for one_ in linked(shuffled)} == {one_.key: one_ for one_ in found}


def test_time_is_occupied_on_each_day_that_a_lesson_takes() -> None:
    """And not on others."""
    long = lesson(1, 0, 4 * 24 * 2, is_cancelled=False)
    taken = Occupied([long])
    assert [
        bool(taken.within(FIRST + n * dt.timedelta(days=1), FIRST + dt.timedelta(days=n, hours=1)))
        for n in range(4)
    ] == [
        True,
        True,
        False,
        False,
    ]
    assert taken.within(FIRST - dt.timedelta(hours=1), FIRST) == []


def test_a_listing_without_cancelled_lessons_is_as_it_was() -> None:
    """The very same records."""
    made = [lesson(1, 0, 4, is_cancelled=False), lesson(2, 2, 4, is_cancelled=False)]
    assert all(a is b for a, b in zip(linked(made), made, strict=True))
    assert one(given=here()).replaces_key is None
