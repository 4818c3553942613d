"""Keys of records: what is corrected keeps its key, what is another thing has another, twins never merge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolsync import model
from schoolsync.derive import keys
from schoolsync.model import (
    Absence,
    AbsenceKind,
    Attachment,
    AttachmentKind,
    Badge,
    Homework,
    HomeworkState,
    Identity,
    Justification,
    Lesson,
    Mark,
    MarkStatus,
    Record,
    Subject,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PARIS = ZoneInfo("Europe/Paris")
DAY = dt.date(2026, 3, 9)
EIGHT = dt.datetime(2026, 3, 9, 8, tzinfo=PARIS)
COMMON: dict[str, Any] = {"provider": "sandbox", "pupil_key": "pupil-1", "identity": Identity.DERIVED}

WITH_KEYS: dict[type[Record], Callable[[list[Any]], list[Any]]] = {
    Lesson: keys.with_lesson_keys,
    Homework: keys.with_homework_keys,
    Mark: keys.with_mark_keys,
    Absence: keys.with_absence_keys,
    model.Announcement: keys.with_announcement_keys,
    Badge: keys.with_badge_keys,
}


# --- records --------------------------------------------------------------------------


def lesson(start: dt.datetime = EIGHT, **fields: Any) -> Lesson:
    """A lesson of an hour."""
    return Lesson(**{"key": "", "start": start, "end": start + dt.timedelta(hours=1), **COMMON, **fields})


def mark(**fields: Any) -> Mark:
    """A graded mark in Maths."""
    grade = {"status": MarkStatus.GRADED, "value": Decimal(14), "out_of": Decimal(20)}
    given_fields = {"title": "Fractions", "given_on": DAY, "subject": MATHS, **grade}
    return Mark(**{"key": "", **given_fields, **COMMON, **fields})


def homework(**fields: Any) -> Homework:
    """Homework in Maths."""
    given_fields = {"due": DAY, "subject": MATHS, "state": HomeworkState.TODO, "description_text": "Read."}
    return Homework(**{"key": "", **given_fields, **COMMON, **fields})


def absence(**fields: Any) -> Absence:
    """A morning's absence."""
    given_fields = {"kind": AbsenceKind.ABSENCE, "day": DAY, "justification": Justification.PENDING}
    return Absence(**{"key": "", "session_label": "AM", **given_fields, **COMMON, **fields})


def announcement(**fields: Any) -> model.Announcement:
    """An announcement of eight o'clock."""
    given_fields = {"published_at": EIGHT, "author": "Mr K Sample", "body_text": "Dear parents"}
    return model.Announcement(**{"key": "", **given_fields, **COMMON, **fields})


def badge(**fields: Any) -> Badge:
    """A badge of eight o'clock."""
    given_fields = {"name": "Star", "provider_id": "3301", "awarded_at": EIGHT}
    return Badge(**{"key": "", **given_fields, **COMMON, **fields})


MATHS, ART = Subject(name="Maths"), Subject(name="Art")
LATER = EIGHT + dt.timedelta(hours=2)
SAME = [
    (mark, {"value": Decimal("15.5")}),
    (mark, {"status": MarkStatus.ABSENT, "value": None}),
    (mark, {"comment": "Well done", "class_average": Decimal(11), "out_of": Decimal("20.0")}),
    (mark, {"subject": Subject(name="Maths", id="of another session", colour="#ffffff")}),
    (mark, {"provider_id": "of another session"}),
    (lesson, {"subject": ART, "teachers": ("Ms D Sample",), "rooms": ("S4",), "note": "Bring a pencil"}),
    (lesson, {"end": LATER, "provider_id": "of another session"}),
    (homework, {"title": "Energy", "description_text": "Read it twice.", "state": HomeworkState.DONE}),
    (absence, {"justification": Justification.JUSTIFIED, "reasons": ("Ill",), "minutes": 5, "code": "I"}),
    (announcement, {"body_text": "Corrected", "title": "Outing", "is_read": True}),
    (badge, {"reason": "Ten books", "times": 3, "name": "Renamed"}),
]
OTHER = [
    *((make, {"pupil_key": "pupil-2"}) for make in (mark, lesson, homework, absence, announcement, badge)),
    (mark, {"subject": ART}),
    (mark, {"subject": None}),
    (mark, {"given_on": None}),
    (mark, {"title": "Fractions 2"}),
    (mark, {"out_of": Decimal(10)}),
    (mark, {"coefficient": Decimal(2)}),
    (lesson, {"start": LATER, "end": LATER + dt.timedelta(hours=1)}),
    (lesson, {"period_label": "2"}),
    (homework, {"subject": ART}),
    (homework, {"assigned_on": DAY}),
    (homework, {"due": DAY + dt.timedelta(days=1)}),
    (homework, {"due": dt.datetime(2026, 3, 9, tzinfo=PARIS)}),
    (absence, {"kind": AbsenceKind.LATENESS}),
    (absence, {"day": DAY + dt.timedelta(days=1)}),
    (absence, {"session_label": "PM"}),
    (absence, {"start": EIGHT}),
    (announcement, {"published_at": LATER}),
    (announcement, {"author": None}),
    (badge, {"provider_id": "3302"}),
    (badge, {"awarded_at": LATER}),
]


def key_of(record: Record) -> str:
    """The key of *record* when it is alone."""
    ((made),) = WITH_KEYS[type(record)]([record])
    assert made.identity is Identity.DERIVED
    return str(made.key)


@pytest.mark.parametrize(("make", "change"), SAME)
def test_what_is_corrected_keeps_its_key(make: Callable[..., Record], change: dict[str, Any]) -> None:
    """A corrected mark is an update, and so is a lesson in another room."""
    assert key_of(make(**change)) == key_of(make())


@pytest.mark.parametrize(("make", "change"), OTHER)
def test_what_is_another_thing_has_another_key(make: Callable[..., Record], change: dict[str, Any]) -> None:
    """Another pupil's, another day's, another subject's."""
    assert key_of(make(**change)) != key_of(make())


def test_a_slot_keeps_its_lesson_when_its_times_shift() -> None:
    """Where the school names its slots; the local day counts, on the night of the change of clocks too."""
    shifted = lesson(EIGHT + dt.timedelta(minutes=10), period_label="2")
    assert key_of(shifted) == key_of(lesson(period_label="2"))
    night = dt.datetime(2026, 6, 9, 0, 30, tzinfo=PARIS)
    assert key_of(lesson(night, period_label="2")) != key_of(
        lesson(night - dt.timedelta(hours=1), period_label="2")
    )


def test_fields_have_the_keys_of_the_records_made_of_them() -> None:
    """Whether they say their defaults or leave them out; twins too, in any order."""
    fields: list[dict[str, Any]] = [
        {**COMMON, "start": EIGHT, "end": EIGHT + dt.timedelta(hours=1), **more}
        for more in (
            {},
            {"subject": Subject(name="Latin")},
            {"period_label": "2"},
            {"subject": None, "note": "x"},
        )
    ]
    records = keys.with_lesson_keys([Lesson(**{"key": "", **one}) for one in fields])
    assert keys.lesson_keys(fields) == [one.key for one in records]
    assert keys.lesson_keys(reversed(fields)) == [one.key for one in reversed(records)]
    assert len({one.key for one in records}) == len(fields)


DIFFERENCES: dict[Callable[..., Record], str] = {
    lesson: "rooms",
    mark: "comment",
    homework: "title",
    absence: "code",
    announcement: "title",
    badge: "reason",
}


@settings(max_examples=20)
@given(chance=st.randoms(use_true_random=False))
@pytest.mark.parametrize("make", DIFFERENCES)
def test_twins_never_merge(make: Callable[..., Record], chance: Any) -> None:
    """Three that are alike have three keys, and each keeps its own in any order."""
    field = DIFFERENCES[make]
    triplets = [make(**{field: (text,) if field == "rooms" else text}) for text in ("A", "B", "C")]
    with_keys = WITH_KEYS[type(triplets[0])]

    def keys_by_content(records: list[Record]) -> dict[Any, str]:
        return {getattr(record, field): record.key for record in with_keys(records)}

    expected = keys_by_content(triplets)
    assert len(set(expected.values())) == 3
    assert keys_by_content(chance.sample(triplets, 3)) == expected


def test_even_identical_ones_never_merge() -> None:
    """Two rows that nobody can tell apart are still two."""
    assert len({record.key for record in keys.with_mark_keys([mark(), mark()])}) == 2


def test_a_corrected_twin_stays_where_it_was() -> None:
    """What is steadier than the value orders twins first."""
    low, high = mark(comment="First", value=Decimal(5)), mark(comment="Second", value=Decimal(15))
    before = keys.with_mark_keys([low, high])
    after = keys.with_mark_keys([mark(comment="First", value=Decimal(18)), high])
    assert [record.key for record in before] == [record.key for record in after]


def test_records_come_back_in_order_and_whole() -> None:
    """Only key and identity are new."""
    given_lessons = [lesson(EIGHT + dt.timedelta(hours=n), note=str(n)) for n in (3, 1, 2)]
    made = keys.with_lesson_keys(given_lessons)
    blank = {"key": "", "identity": Identity.DERIVED}
    assert [record.model_copy(update=blank) for record in made] == given_lessons
    assert [record.key for record in given_lessons] == ["", "", ""]


def test_attachments_follow_their_record() -> None:
    """What pointed at the record points at its key; what pointed elsewhere stays."""
    own, other = (Attachment(name="a.pdf", kind=AttachmentKind.FILE, ref=(key, 1)) for key in ("", "pupil-1"))
    (made,) = keys.with_homework_keys([homework(attachments=(own, other))])
    assert [file.ref for file in made.attachments] == [(made.key, 1), ("pupil-1", 1)]
